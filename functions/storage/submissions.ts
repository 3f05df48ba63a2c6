/** Submissions: the examination of a draft, and one transaction that makes it a version. */

import { isDeepStrictEqual } from 'node:util';
import { unitsByCode } from '../../schemas/directory.ts';
import type { ReturnKey, Version } from '../../schemas/return.ts';
import { phaseAt } from '../../schemas/round.ts';
import type { Round } from '../../schemas/round.ts';
import { examine } from '../domain/examination.ts';
import type { Examination } from '../domain/examination.ts';
import { mayBeAnsweredAgain, mayBeSubmitted, submit } from '../domain/life.ts';
import { done, refused } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { StorageContext } from './context.ts';
import type { Directories } from './directories.ts';
import { contentOf } from './draft-content.ts';
import type { Content } from './draft-parts.ts';
import { isIdempotencyKey, keepAnswer, keptAnswer } from './idempotency.ts';
import type { DraftItem } from './items.ts';
import { draftKey, idempotencyKey, roundListKey, versionKey } from './keys.ts';
import { changeWrites, putNew } from './numbered.ts';
import { previousAmong } from './previous.ts';
import { readReturn } from './return-reads.ts';
import type { ReturnAsRead } from './return-reads.ts';
import { roundsOf } from './round-list.ts';
import { receiptOf, sealOf } from './seal.ts';
import { transact } from './transact.ts';
import type { Step, Write } from './transact.ts';

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
   * `nothing-to-submit`,   * `not-open`, `closed`, `idempotency-key-reused`, `malformed-request` (the key), `not-found`, `busy`.
   */
  submit(key: ReturnKey, request: SubmissionRequest): Promise<Outcome<Submitted>>;
}

/** An examination, and what it was of: while that stays the same, another try need not repeat it. */
interface Examined {
  readonly round: Round;
  readonly revision: number | undefined;
  readonly content: Content;
  readonly examination: Examination;
}

/** The item of a new version. */
export function versionWrite(table: string, key: ReturnKey, version: Version): Write {
  const { answers, reasons, ...summary } = version;
  const bulk = { answers: JSON.stringify(answers), reasons: JSON.stringify(reasons) };
  return putNew(table, { ...versionKey(key, version.version), ...summary, ...bulk });
}

/** Fails the transaction unless the draft is the one examined, and any save that has not seen the submission. */
function draftWrite(table: string, key: ReturnKey, { revision, versions }: DraftItem, version: number): Write {
  return {
    Update: {
      TableName: table,
      Key: draftKey(key),
      UpdateExpression: 'SET versions = :version',
      ConditionExpression: 'revision = :revision AND versions = :versions',
      ExpressionAttributeValues: { ':version': version, ':revision': revision, ':versions': versions },
    },
  };
}

export function createSubmissions(context: StorageContext, directories: Directories): Submissions {
  const { table } = context;

  /** Examines what was read, with the list of rounds as the first item besides. */
  async function examineRead(read: ReturnAsRead, key: ReturnKey): Promise<Examined> {
    const { form, round, directory, draft, besides } = read;
    const content = contentOf(form, draft);
    const previous = await previousAmong(context, roundsOf(besides[0]), round, key);
    const municipalities = unitsByCode(directory, 'municipality');
    const about = { unit: key.unit, round, previous: previous?.version.answers, municipalities };
    const examination = examine(form, content.answers, content.reasons, about);
    return { round, revision: draft?.revision, content, examination };
  }

  /** The writes of a submission that may be made, and its answer. */
  function submission(
    read: ReturnAsRead & { draft: DraftItem },
    examined: Examined,
    { key, request, now, operation }: { key: ReturnKey; request: SubmissionRequest; now: Date; operation: string },
  ): Outcome<Step<Submitted>> {
    const { form, meta, round, head, standing, draft } = read;
    const sealed = {
      round: key.round,
      form: key.form,
      formVersion: form.version,
      unit: key.unit,
      version: standing.version + 1,
      answers: examined.content.answers,
      reasons: examined.examination.reasons,
    };
    const sha256 = sealOf(sealed);
    const receipt = receiptOf(key.round, meta.seq + 1, sha256);
    const transition = submit(standing, phaseAt(round, now), receipt);
    if (!transition.ok) return transition;
    const late = transition.value.after.late === true;
    const submittedAt = now.toISOString();
    const answer = { version: sealed.version, receipt, sha256, submittedAt, late };
    const change = { key, meta, head, transition: transition.value, actor: request.actor, at: submittedAt, operation };
    const { writes, proof } = changeWrites(table, change);
    const { idempotencyKey: name, body, actor } = request;
    return done({
      kind: 'write',
      writes: [
        ...writes,
        draftWrite(table, key, draft, sealed.version),
        versionWrite(table, key, { ...sealed, submittedAt, submittedBy: actor, late, receipt, sha256 }),
        ...(name === undefined ? [] : [keepAnswer(table, { key, name, body, now }, answer)]),
      ],
      proof,
      value: { ...answer, replayed: false },
    });
  }

  return {
    examineDraft: async (key) => {
      const read = await readReturn(context, directories, key, [roundListKey]);
      if (!read.ok) return read;
      const { examination } = await examineRead(read.value, key);
      return done(examination);
    },

    submit: async (key, request) => {
      const { idempotencyKey: name, body } = request;
      if (name !== undefined && !isIdempotencyKey(name))
        return refused('malformed-request', { detail: 'Idempotency-Key は1〜255文字で指定してください。' });
      let examined: Examined | undefined;
      return transact<Submitted>(context, async (operation) => {
        const kept = name === undefined ? [] : [idempotencyKey(key, name)];
        const outcome = await readReturn(context, directories, key, [roundListKey, ...kept]);
        if (!outcome.ok) return outcome;
        const read = outcome.value;
        const now = context.now();
        if (name !== undefined) {
          const answer = keptAnswer({ key, name, body, now }, read.besides[1]);
          if (!answer.ok) return answer;
          if (answer.value !== undefined) {
            const still = mayBeAnsweredAgain(read.standing, answer.value);
            return still.ok ? done({ kind: 'settled', value: { ...answer.value, replayed: true } }) : still;
          }
        }
        const open = mayBeSubmitted(read.standing, phaseAt(read.round, now));
        if (!open.ok) return open;
        const { draft, round } = read;
        if (draft === undefined) return refused('nothing-to-submit');
        if (examined?.revision !== draft.revision || !isDeepStrictEqual(examined.round, round))
          examined = await examineRead(read, key);
        const { errors } = examined.examination;
        if (errors.length > 0) return refused('invalid-return', { errors });
        return submission({ ...read, draft }, examined, { key, request, now, operation });
      });
    },
  };
}
