/** Returns of earlier years, brought in from their files: accepted at once, each in one transaction. */

import type { Answers } from '../../schemas/values/json.ts';
import type { ReturnKey } from '../../schemas/return.ts';
import { sameAnswers } from '../../schemas/values/same-answers.ts';
import { withComputed } from '../domain/computed.ts';
import { bringIn } from '../domain/life.ts';
import { keptOfLastTime } from '../domain/previous-scopes.ts';
import { done, refused } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import { neverSaved, nextRevisions } from '../domain/revisions.ts';
import type { Decided, StoredReturn } from '../storage/returns.ts';
import { receiptOf, sealOf } from '../storage/seal.ts';
import { fits, fitsVersion, noContent } from './drafts.ts';
import type { ReturnsAndFiles, ClockAndIds } from './drafts.ts';
import { unknownFiles } from './named-files.ts';

/** `unchanged`: it came in before, with the same answers. */
export type Imported = 'imported' | 'unchanged';

export interface Imports {
  /**
   * Whether a return could come in. Refuses `already-submitted` and `not-editable` (there is another one), `not-found`,
   * `return-too-large` and `unknown-file` (tables have no contents).
   */
  mayImport(key: ReturnKey, answers: Answers): Promise<Outcome<Imported>>;
  /** Brings it in as version 1, accepted and marked as imported. Refuses as `mayImport`, and `busy`. */
  importReturn(key: ReturnKey, answers: Answers, actor: string): Promise<Outcome<Imported>>;
}

export function createImports(store: ReturnsAndFiles, { now }: ClockAndIds): Imports {
  async function bring(
    { form, round, standing }: StoredReturn,
    key: ReturnKey,
    answers: Answers,
    actor: string,
  ): Promise<Outcome<Decided<Imported>>> {
    const last = form.abouts.has('previous') ? await store.previousReturn(round, key) : undefined;
    // Tables may have been written before something was computed, or by hand.
    const whole = withComputed(form.knowing({ previous: last?.version.answers }), answers);
    if (standing.state === 'accepted') {
      const accepted = await store.version(key, standing.version);
      if (accepted !== undefined && sameAnswers(accepted.answers, whole))
        return done({ kind: 'settled', value: 'unchanged' });
      return refused('already-submitted', { version: standing.version });
    }
    const errors = await unknownFiles(store, key, form, {}, answers);
    if (errors.length > 0) return refused('unknown-file', { errors });
    const content = { answers, reasons: {} };
    const revisions = nextRevisions(form, neverSaved, noContent, content, { kind: 'return' });
    const kept = keptOfLastTime(form, last?.version.answers);
    if (!fits(content, revisions) || !fitsVersion({ ...content, ...kept })) return refused('return-too-large');
    const sealed = { ...key, formVersion: form.version, version: 1, ...content, answers: whole };
    const sha256 = sealOf(sealed);
    const receipt = receiptOf(sealed, sha256);
    const transition = bringIn(standing, receipt);
    if (!transition.ok) return transition;
    const at = now().toISOString();
    return done({
      kind: 'change',
      change: {
        actor,
        at,
        transition: transition.value,
        // What a correction starts from.
        draft: { ...content, ...revisions, versions: 1, savedAt: at, savedBy: actor },
        version: { ...sealed, ...kept, submittedAt: at, submittedBy: actor, late: false, receipt, sha256 },
      },
      value: 'imported',
    });
  }

  return {
    mayImport: async (key, answers) => {
      const read = await store.storedReturn(key);
      if (!read.ok) return read;
      const decided = await bring(read.value, key, answers, '');
      return decided.ok ? done(decided.value.value) : decided;
    },
    importReturn: (key, answers, actor) => store.changeReturn(key, (read) => bring(read, key, answers, actor)),
  };
}
