/** Returns of earlier years, brought in from their files: accepted at once, each in one transaction. */

import type { Answers, ReturnKey, Version } from '../../schemas/return.ts';
import { sameAnswers } from '../../schemas/same-answers.ts';
import { bringIn } from '../domain/life.ts';
import { done, refused } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { StorageContext } from './context.ts';
import type { Directories } from './directories.ts';
import { draftAttributes } from './draft-content.ts';
import { draftKey } from './keys.ts';
import { changeWrites, putNew } from './numbered.ts';
import { readReturn } from './return-reads.ts';
import { neverSaved, nextRevisions } from './revisions.ts';
import { receiptOf, sealOf } from './seal.ts';
import { versionWrite } from './submissions.ts';
import { transact } from './transact.ts';
import type { Step } from './transact.ts';
import type { Versions } from './versions.ts';

/** `unchanged`: it came in before, with the same answers. */
export type Imported = 'imported' | 'unchanged';

export interface Imports {
  /**
   * Whether a return could come in. Refuses `already-submitted` and `not-editable` (there is another one), `not-found`
   * and `return-too-large`.
   */
  mayImport(key: ReturnKey, answers: Answers): Promise<Outcome<Imported>>;
  /** Brings it in as version 1, accepted and marked as imported. Refuses as `mayImport`, and `busy`. */
  importReturn(key: ReturnKey, answers: Answers, actor: string): Promise<Outcome<Imported>>;
}

export function createImports(
  context: StorageContext,
  directories: Directories,
  versions: Pick<Versions, 'version'>,
): Imports {
  const { table } = context;

  /** What an import would do now, without writing. */
  async function decide(
    key: ReturnKey,
    answers: Answers,
    actor: string,
    operation: string,
  ): Promise<Outcome<Step<Imported>>> {
    const read = await readReturn(context, directories, key);
    if (!read.ok) return read;
    const { form, meta, head, standing } = read.value;
    if (standing.state === 'accepted') {
      const accepted = await versions.version(key, standing.version);
      if (accepted !== undefined && sameAnswers(accepted.answers, answers))
        return done({ kind: 'settled', value: 'unchanged' });
      return refused('already-submitted', { version: standing.version });
    }
    const content = { answers, reasons: {} };
    const revisions = nextRevisions(form, neverSaved, { answers: {}, reasons: {} }, content, { kind: 'return' });
    const draft = draftAttributes(content, revisions);
    if (draft === undefined) return refused('return-too-large');
    const sealed = {
      round: key.round,
      form: form.id,
      formVersion: form.version,
      unit: key.unit,
      version: 1,
      answers,
      reasons: {},
    };
    const sha256 = sealOf(sealed);
    const receipt = receiptOf(key.round, meta.seq + 1, sha256);
    const transition = bringIn(standing, receipt);
    if (!transition.ok) return transition;
    const at = context.now().toISOString();
    const version: Version = { ...sealed, submittedAt: at, submittedBy: actor, late: false, receipt, sha256 };
    const change = { key, meta, head, transition: transition.value, actor, at, operation };
    const { writes, proof } = changeWrites(table, change);
    // The draft is what a correction starts from.
    const draftItem = { ...draftKey(key), ...draft, versions: 1, savedAt: at, savedBy: actor, operation };
    return done({
      kind: 'write',
      writes: [...writes, putNew(table, draftItem), versionWrite(table, key, version)],
      proof,
      value: 'imported',
    });
  }

  return {
    mayImport: async (key, answers) => {
      const decided = await decide(key, answers, '', '');
      return decided.ok ? done(decided.value.value) : decided;
    },
    importReturn: (key, answers, actor) =>
      transact<Imported>(context, (operation) => decide(key, answers, actor, operation)),
  };
}
