/** Submissions: the change that makes a draft a version. */

import { isDeepStrictEqual } from 'node:util';
import type { Reasons, ReturnKey } from '../../schemas/return.ts';
import { sameAnswers } from '../../schemas/same-answers.ts';
import type { Round } from '../../schemas/round.ts';
import { askedAnswers } from '../domain/asked.ts';
import { phaseOfReturn } from '../domain/due-date.ts';
import type { Examination } from '../domain/examination.ts';
import { mayBeAnsweredAgain, mayBeSubmitted, submit } from '../domain/life.ts';
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
import { unreadyFiles } from './named-files.ts';
import { draftView, draftWith, entryIds, examinationOf, fitsVersion, knowingLastTime } from './drafts.ts';
import type { DraftView, ReturnsAndVersions, ReturnSources } from './drafts.ts';

const whole = { kind: 'return' } as const;

interface SubmissionRequest {
  readonly actor: string;
  /** The header `Idempotency-Key`, 1–255 characters. */
  readonly idempotencyKey?: string | undefined;
  /** The request's body as received; empty when there was none. */
  readonly body: string;
  /** Of a page that has shown the whole return: the reasons typed there are saved in the same step. */
  readonly checked?: CheckedReturn;
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
   * `busy`.
   */
  submit(key: ReturnKey, request: SubmissionRequest): Promise<Submission>;
}

/** An examination, and what it was of: while that stays the same, another try need not repeat it. */
interface Examined {
  readonly round: Round;
  readonly revision: number;
  readonly examination: Examination;
}

export function createSubmissions(
  store: ReturnsAndVersions & ApprovalSources,
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
    const transition = submit(standing, phaseOfReturn(round, standing, instant), receipt);
    if (!transition.ok) return transition;
    const late = transition.value.after.late === true;
    const submittedAt = instant.toISOString();
    const { actor, idempotencyKey: name, body } = request;
    const answer = { version, receipt, sha256, submittedAt, late };
    return done({
      kind: 'change',
      change: {
        actor,
        at: submittedAt,
        transition: transition.value,
        ...(draft === read.draft ? {} : { draft: { ...draft, versions: version } }),
        version: { ...sealed, ...kept, submittedAt, submittedBy: actor, late, receipt, sha256 },
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
        const open = mayBeSubmitted(standing, phaseOfReturn(round, standing, now()));
        if (!open.ok) return open;
        if (draft === undefined) return refused('nothing-to-submit');
        const form = await knowingLastTime(store, read, key);
        const made = submittedDraft({ ...read, form }, draft, request);
        if (!made.ok) return made;
        if (last?.revision !== draft.revision || !isDeepStrictEqual(last.round, round))
          last = {
            round,
            revision: draft.revision,
            examination: await examinationOf(store, read, key, made.value, sources),
          };
        const errors = [
          ...last.examination.errors,
          ...(await unreadyFiles(uploads, key, read.form, made.value.answers)),
        ];
        const { isDemanded, approval } = await approvalState(store, key, read);
        // What is added to an approved draft now was approved by nobody.
        const isFree = !isDemanded || (approval !== undefined && made.value === draft);
        if (errors.length === 0 && isFree) return submission(read, made.value, last.examination, { key, request });
        const { examination } = last;
        const examined = draftView({ standing, draft: made.value }, async () => examination);
        const problem = errors.length > 0 ? refused('invalid-return', { errors }) : refused('approval-required');
        const value = { ...problem, examined };
        if (made.value === draft) return done({ kind: 'settled', value });
        const change = { actor: request.actor, at: made.value.savedAt, draft: made.value };
        return done({ kind: 'change', change, value });
      };
      const decided = await store.changeReturn(key, decide, { rounds: true, idempotencyKey });
      return decided.ok ? decided.value : decided;
    },
  };
}
