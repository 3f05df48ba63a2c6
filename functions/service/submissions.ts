/** Submissions: the change that makes a draft a version. */

import { isDeepStrictEqual } from 'node:util';
import { loadedOnce } from '../../schemas/once.ts';
import type { OnBehalf, Reasons, ReturnKey } from '../../schemas/return.ts';
import { sameAnswers } from '../../schemas/values/same-answers.ts';
import type { Phase, Round } from '../../schemas/round.ts';
import { askedAnswers } from '../domain/asked.ts';
import { phaseOfReturn } from '../domain/due-date.ts';
import type { Examination } from '../domain/examination.ts';
import { correct, mayBeAnsweredAgain, mayBeSubmitted, submit } from '../domain/life.ts';
import type { Standing, Transition } from '../domain/life.ts';
import { replacePart } from '../domain/draft-parts.ts';
import type { DraftBody } from '../domain/draft-parts.ts';
import { normalForm } from '../domain/normal-form.ts';
import { done, refused } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import { checkPrecondition } from '../domain/revisions.ts';
import { isIdempotencyName } from '../storage/idempotency.ts';
import type { Decided, StoredDraft, StoredReturn } from '../storage/returns.ts';
import { receiptOf, sealOf, sha256 as hashOf } from '../storage/seal.ts';
import type { Uploads } from '../storage/uploads.ts';
import { approvalState } from './approvals.ts';
import type { ApprovalSources } from './approvals.ts';
import { unknownFiles, unreadyFiles } from './named-files.ts';
import { draftView, draftWith, entryIds, examinationOf, fitsVersion, knowingLastTime } from './drafts.ts';
import type { DraftView, ReturnsAndFiles, ReturnSources } from './drafts.ts';

const whole = { kind: 'return' } as const;

interface SubmissionRequest {
  readonly actor: string;
  /** The header `Idempotency-Key`, 1–255 characters. */
  readonly idempotencyKey?: string | undefined;
  /** The request's body as received; empty when there was none. */
  readonly body: string;
  /** Of a page that has shown the whole return: the reasons typed there are saved in the same step. */
  readonly checked?: CheckedReturn;
  /** Where the prefecture submits; a correction of what is submitted brings its answers. */
  readonly onBehalf?: OnBehalf | undefined;
  readonly corrected?: Corrected | undefined;
}

interface Corrected extends DraftBody {
  /** The ETag of the return that was corrected, where the caller saw one. */
  readonly ifMatch?: string | undefined;
  readonly actorId: string;
}

interface CheckedReturn {
  /** The ETag of the return that was shown. */
  readonly ifMatch: string;
  /** By the key of the check; an empty one takes the reason away, others stay. */
  readonly reasons: Reasons;
  readonly actorId: string;
}

export interface Submitted {
  readonly version: number;
  readonly receipt: string;
  readonly sha256: string;
  readonly submittedAt: string;
  readonly late: boolean;
  /** The answer was given before, to the same idempotency key. */
  readonly replayed: boolean;
}

/** What a submission came to; where the return itself was found wanting, with the draft that it was found in. */
type Submission = Outcome<Submitted> & { readonly examined?: DraftView };

interface Submissions {
  /**
   * What was typed on a page that has shown the return is saved even where the submission is refused with
   * `invalid-return` or `approval-required`, and answers that are not asked are left out of it. Refuses `invalid-return` (with every error),
   * `precondition-failed` (the page showed another draft), `return-too-large`, `already-submitted` and `already-withdrawn` (with the receipt),
   * `nothing-to-submit`, `not-open`, `closed`, `idempotency-key-reused`, `malformed-request` (the key), `not-found`,
   * `busy`. A correction by the prefecture (職権訂正) is sent back and submitted in one, or nothing of it is stored; it is refused with
   * `not-submitted`, and as saving its answers is.
   */
  submit(key: ReturnKey, request: SubmissionRequest): Promise<Submission>;
}

/** An examination, and what it was of: while that stays the same, another try need not repeat it. */
interface Examined {
  readonly round: Round;
  readonly revision: number;
  readonly examination: Examination;
}

interface Moved {
  readonly transition: Transition;
  readonly sentBack?: Transition;
}

interface Moving extends Pick<SubmissionRequest, 'onBehalf'> {
  readonly standing: Standing;
  readonly phase: Phase;
  readonly receipt: string;
}

function transitionsOf({ standing, phase, receipt, onBehalf }: Moving): Outcome<Moved> {
  if (onBehalf?.source === 'correction') {
    const corrected = correct(standing, phase, receipt, onBehalf);
    return corrected.ok
      ? done({ sentBack: corrected.value.sentBack, transition: corrected.value.submitted })
      : corrected;
  }
  const submitted = submit(standing, phase, receipt, onBehalf);
  return submitted.ok ? done({ transition: submitted.value }) : submitted;
}

export function createSubmissions(
  store: ReturnsAndFiles & ApprovalSources,
  sources: ReturnSources,
  uploads: Pick<Uploads, 'stateOf'>,
): Submissions {
  const { now, randomId } = sources;

  /** The draft as it is submitted: as it stands, or with what a page that has shown it adds and leaves out. */
  function submittedDraft(
    read: StoredReturn,
    draft: StoredDraft,
    { actor, checked }: SubmissionRequest,
  ): Outcome<StoredDraft> {
    if (checked === undefined) return done(draft);
    const { ifMatch, reasons: typed, actorId } = checked;
    const shown = checkPrecondition(draft, whole, { ifMatch });
    if (!shown.ok) return shown;
    const given = Object.entries({ ...draft.reasons, ...typed }).filter(([, reason]) => reason !== '');
    const { sections } = read.form;
    const answers = normalForm(sections, askedAnswers(sections, draft.answers), entryIds(randomId));
    const content = { answers, reasons: Object.fromEntries(given) };
    if (sameAnswers(content.answers, draft.answers) && sameAnswers(content.reasons, draft.reasons)) return done(draft);
    return draftWith(read, content, whole, { savedAt: now().toISOString(), savedBy: actor, savedById: actorId });
  }

  /** The draft with the answers that the prefecture puts in its place. */
  async function correctedDraft(
    read: StoredReturn,
    draft: StoredDraft,
    key: ReturnKey,
    { actor, corrected }: SubmissionRequest,
  ): Promise<Outcome<StoredDraft>> {
    if (corrected === undefined) return done(draft);
    const { ifMatch, actorId, ...body } = corrected;
    const shown = ifMatch === undefined ? done(undefined) : checkPrecondition(draft, whole, { ifMatch });
    if (!shown.ok) return shown;
    const content = replacePart(read.form, draft, whole, body, entryIds(randomId));
    if (!content.ok) return content;
    const unknown = await unknownFiles(store, key, read.form, draft.answers, content.value.answers);
    if (unknown.length > 0) return refused('unknown-file', { errors: unknown });
    return draftWith(read, content.value, whole, { savedAt: now().toISOString(), savedBy: actor, savedById: actorId });
  }

  /** The change of a submission that may be made, and its answer. */
  function submission(
    read: StoredReturn,
    draft: StoredDraft,
    { answers, reasons, previous }: Examination,
    { key, request }: { key: ReturnKey; request: SubmissionRequest },
  ): Outcome<Decided<Submission>> {
    const { form, round, standing } = read;
    const version = standing.version + 1;
    const sealed = { ...key, formVersion: form.version, version, answers, reasons };
    const kept = previous === undefined ? {} : { previous };
    if (!fitsVersion({ ...sealed, ...kept })) return refused('return-too-large');
    const sha256 = sealOf(sealed);
    const receipt = receiptOf(sealed, sha256);
    const instant = now();
    const moved = transitionsOf({ standing, phase: phaseOfReturn(round, standing, instant), receipt, ...request });
    if (!moved.ok) return moved;
    const late = moved.value.transition.after.late === true;
    const submittedAt = instant.toISOString();
    const { actor, idempotencyKey: name, body, onBehalf } = request;
    const answer = { version, receipt, sha256, submittedAt, late };
    return done({
      kind: 'change',
      change: {
        actor,
        at: submittedAt,
        ...moved.value,
        ...(draft === read.draft ? {} : { draft: { ...draft, versions: version } }),
        version: {
          ...sealed,
          ...kept,
          submittedAt,
          submittedBy: actor,
          late,
          ...(onBehalf === undefined ? {} : { onBehalf }),
          receipt,
          sha256,
        },
        ...(name === undefined ? {} : { kept: { name, bodyHash: hashOf(body), answer } }),
      },
      value: done({ ...answer, replayed: false }),
    });
  }

  return {
    submit: async (key, request) => {
      const { idempotencyKey, body } = request;
      if (idempotencyKey !== undefined && !isIdempotencyName(idempotencyKey))
        return refused('malformed-request', { detail: 'Idempotency-Key は1〜255文字で指定してください。' });
      let last: Examined | undefined;
      const decide = async (read: StoredReturn): Promise<Outcome<Decided<Submission>>> => {
        const { kept, standing, round, draft } = read;
        if (kept !== undefined) {
          if (kept.bodyHash !== hashOf(body)) return refused('idempotency-key-reused');
          const still = mayBeAnsweredAgain(standing, kept.answer);
          return still.ok ? done({ kind: 'settled', value: done({ ...kept.answer, replayed: true }) }) : still;
        }
        const phase = phaseOfReturn(round, standing, now());
        const { onBehalf } = request;
        const isCorrection = onBehalf?.source === 'correction';
        const open = isCorrection ? correct(standing, phase, '', onBehalf) : mayBeSubmitted(standing, phase);
        if (!open.ok) return open;
        if (draft === undefined) return refused('nothing-to-submit');
        const previous = loadedOnce(() => store.previousReturn(round, key, read.rounds));
        const form = await knowingLastTime(read.form, { previous });
        const made = isCorrection
          ? await correctedDraft(read, draft, key, request)
          : submittedDraft({ ...read, form }, draft, request);
        if (!made.ok) return made;
        if (last?.revision !== draft.revision || !isDeepStrictEqual(last.round, round))
          last = {
            round,
            revision: draft.revision,
            examination: await examinationOf({ previousReturn: previous }, read, key, made.value, sources),
          };
        const errors = [
          ...last.examination.errors,
          ...(await unreadyFiles(uploads, key, read.form, made.value.answers)),
        ];
        const { isDemanded, approval } = await approvalState(store, key, read);
        // What is added to an approved draft now was approved by nobody; what the prefecture enters, it answers for.
        const isFree = !isDemanded || onBehalf !== undefined || (approval !== undefined && made.value === draft);
        if (errors.length === 0 && isFree) return submission(read, made.value, last.examination, { key, request });
        const { examination } = last;
        const looks = { examination: async () => examination, previous };
        const examined = draftView({ ...read, draft: made.value }, looks);
        const problem = errors.length > 0 ? refused('invalid-return', { errors }) : refused('approval-required');
        const value = { ...problem, examined };
        if (made.value === draft || isCorrection) return done({ kind: 'settled', value });
        const change = { actor: request.actor, at: made.value.savedAt, draft: made.value };
        return done({ kind: 'change', change, value });
      };
      const decided = await store.changeReturn(key, decide, { rounds: true, idempotencyKey });
      return decided.ok ? decided.value : decided;
    },
  };
}
