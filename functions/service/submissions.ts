/** Submissions: the examination of a draft, and the change that makes it a version. */

import { isDeepStrictEqual } from 'node:util';
import { unitsByCode } from '../../schemas/directory.ts';
import type { ReturnKey } from '../../schemas/return.ts';
import { phaseAt } from '../../schemas/round.ts';
import type { Round } from '../../schemas/round.ts';
import { examine } from '../domain/examination.ts';
import type { Examination } from '../domain/examination.ts';
import { mayBeAnsweredAgain, mayBeSubmitted, submit } from '../domain/life.ts';
import { done, refused } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { Decided, StoredDraft, StoredReturn } from '../storage/returns.ts';
import { receiptOf, sealOf, sha256 as hashOf } from '../storage/seal.ts';
import { noContent } from './drafts.ts';
import type { ReturnStore, Sources } from './drafts.ts';

const longestKey = 255;

export interface SubmissionRequest {
  readonly actor: string;
  /** The header `Idempotency-Key`, 1–255 characters. */
  readonly idempotencyKey?: string | undefined;
  /** The request's body as received; empty when there was none. */
  readonly body: string;
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

export interface Submissions {
  /** What a submission would find now, without writing. Refuses `not-found`. */
  examineDraft(key: ReturnKey): Promise<Outcome<Examination>>;
  /**
   * Refuses `invalid-return` (with every error), `already-submitted` and `already-withdrawn` (with the receipt),
   * `nothing-to-submit`, `not-open`, `closed`, `idempotency-key-reused`, `malformed-request` (the key), `not-found`,
   * `busy`.
   */
  submit(key: ReturnKey, request: SubmissionRequest): Promise<Outcome<Submitted>>;
}

/** An examination, and what it was of: while that stays the same, another try need not repeat it. */
interface Examined {
  readonly round: Round;
  readonly revision: number;
  readonly examination: Examination;
}

export function createSubmissions(store: ReturnStore, { now }: Sources): Submissions {
  async function examined(read: StoredReturn, key: ReturnKey): Promise<Examination> {
    const { form, round, rounds, directory, draft = noContent } = read;
    const previous = await store.previousReturn(round, key, rounds);
    const municipalities = unitsByCode(directory, 'municipality');
    const about = { unit: key.unit, round, previous: previous?.version.answers, municipalities };
    return examine(form, draft.answers, draft.reasons, about);
  }

  /** The change of a submission that may be made, and its answer. */
  function submission(
    read: StoredReturn,
    { answers }: StoredDraft,
    { reasons }: Examination,
    { key, request }: { key: ReturnKey; request: SubmissionRequest },
  ): Outcome<Decided<Submitted>> {
    const { form, round, standing, nextSeq } = read;
    const version = standing.version + 1;
    const sealed = { ...key, formVersion: form.version, version, answers, reasons };
    const sha256 = sealOf(sealed);
    const receipt = receiptOf(key.round, nextSeq, sha256);
    const instant = now();
    const transition = submit(standing, phaseAt(round, instant), receipt);
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
        version: { ...sealed, submittedAt, submittedBy: actor, late, receipt, sha256 },
        ...(name === undefined ? {} : { kept: { name, bodyHash: hashOf(body), answer } }),
      },
      value: { ...answer, replayed: false },
    });
  }

  return {
    examineDraft: async (key) => {
      const read = await store.storedReturn(key, { rounds: true });
      return read.ok ? done(await examined(read.value, key)) : read;
    },

    submit: async (key, request) => {
      const { idempotencyKey, body } = request;
      if (idempotencyKey !== undefined && (idempotencyKey === '' || idempotencyKey.length > longestKey))
        return refused('malformed-request', { detail: 'Idempotency-Key は1〜255文字で指定してください。' });
      let last: Examined | undefined;
      const decide = async (read: StoredReturn): Promise<Outcome<Decided<Submitted>>> => {
        const { kept, standing, round, draft } = read;
        if (kept !== undefined) {
          if (kept.bodyHash !== hashOf(body)) return refused('idempotency-key-reused');
          const still = mayBeAnsweredAgain(standing, kept.answer);
          return still.ok ? done({ kind: 'settled', value: { ...kept.answer, replayed: true } }) : still;
        }
        const open = mayBeSubmitted(standing, phaseAt(round, now()));
        if (!open.ok) return open;
        if (draft === undefined) return refused('nothing-to-submit');
        if (last?.revision !== draft.revision || !isDeepStrictEqual(last.round, round))
          last = { round, revision: draft.revision, examination: await examined(read, key) };
        const { errors } = last.examination;
        if (errors.length > 0) return refused('invalid-return', { errors });
        return submission(read, draft, last.examination, { key, request });
      };
      return store.changeReturn(key, decide, { rounds: true, idempotencyKey });
    },
  };
}
