/** Rounds (調査): their definitions, and the directory version that each pins. */

import { isDeepStrictEqual } from 'node:util';
import type { Round, RoundDefinition } from '../../schemas/round.ts';
import { done, refused } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { StorageContext } from './context.ts';
import { disposedRound, metaOf } from './disposals.ts';
import type { Directories, NumberedDirectory } from './directories.ts';
import type { MetaItem } from './items.ts';
import { headPrefix, isRoundId, logKey, metaKey, returnOfHead, roundListKey } from './keys.ts';
import { putEntry, putNew } from './numbered.ts';
import { readAll, readItem } from './reads.ts';
import { listRound, roundsOf } from './round-list.ts';
import { changesInUse, definitionErrors } from './round-changes.ts';
import type { StartedReturn } from './round-changes.ts';
import { transact } from './transact.ts';
import type { Write } from './transact.ts';

export interface Rounds {
  /** Every round, by reference date. */
  rounds(): Promise<Round[]>;
  round(id: string): Promise<Round | undefined>;
  /**
   * Creates or changes a round; it pins the directory version that holds on its reference date. Refuses unknown forms
   * and sections (`invalid-round`), a round before there is a directory (`no-directory`) and a change that would
   * contradict a return already started (`round-in-use`), and the name of a round that was disposed of
   * (`round-disposed`). Without a change nothing is written.
   */
  defineRound(
    id: string,
    definition: RoundDefinition,
    actor: string,
  ): Promise<Outcome<{ round: Round; created: boolean }>>;
}

function roundOf(
  id: string,
  { definition, directoryVersion }: Pick<MetaItem, 'definition' | 'directoryVersion'>,
): Round {
  return { ...definition, id, directoryVersion };
}

export function createRounds(context: StorageContext, directories: Directories): Rounds {
  const { table, forms } = context;

  async function readMeta(id: string): Promise<MetaItem | undefined> {
    return metaOf(isRoundId(id) ? await readItem(context, metaKey(id)) : undefined);
  }

  /** Returns that somebody has started. A return started meanwhile moves the round's counter and fails the write. */
  async function started(id: string): Promise<StartedReturn[]> {
    const heads = await readAll(context, { pk: metaKey(id).pk, prefix: headPrefix, attributes: ['sk'] });
    return heads.map(({ sk }) => returnOfHead(String(sk)));
  }

  /**
   * The directory that a changed round pins: the newest, or, where that lacks what returns already use, the one it has.
   * Moving a due date must not fail because a municipality has merged meanwhile; moving the reference date does.
   */
  async function pinFor(
    id: string,
    before: MetaItem,
    definition: RoundDefinition,
    newest: NumberedDirectory,
  ): Promise<Outcome<NumberedDirectory>> {
    const returns = await started(id);
    const current = await directories.directoryVersion(before.directoryVersion);
    const was = { definition: before.definition, directory: current };
    const errors = changesInUse(was, { definition, directory: newest.directory }, returns, forms);
    if (errors.length === 0) return done(newest);
    const kept = changesInUse(was, { definition, directory: current }, returns, forms);
    if (kept.length === 0 && definition.referenceDate === before.definition.referenceDate)
      return done({ version: before.directoryVersion, directory: current });
    return refused('round-in-use', { errors });
  }

  function definitionWrites(
    id: string,
    definition: RoundDefinition,
    { version }: NumberedDirectory,
    before: MetaItem | undefined,
    by: { actor: string; operation: string },
  ): Write[] {
    const seq = (before?.seq ?? 0) + 1;
    const body = { definition: JSON.stringify(definition), directoryVersion: version };
    const meta = { ...metaKey(id), seq, ...body };
    const at = context.now().toISOString();
    return [
      before === undefined
        ? putNew(table, meta)
        : {
            Put: {
              TableName: table,
              Item: meta,
              ConditionExpression: 'seq = :before',
              ExpressionAttributeValues: { ':before': before.seq },
            },
          },
      listRound(table, roundOf(id, { definition, directoryVersion: version })),
      putEntry(
        table,
        id,
        { seq, actor: by.actor, at, what: 'roundDefined', definition, directoryVersion: version },
        by.operation,
      ),
    ];
  }

  return {
    rounds: async () => roundsOf(await readItem(context, roundListKey)),

    round: async (id) => {
      const meta = await readMeta(id);
      return meta === undefined ? undefined : roundOf(id, meta);
    },

    defineRound: async (id, definition, actor) => {
      const errors = definitionErrors(definition, forms);
      if (!isRoundId(id)) return refused('not-found');
      if (errors.length > 0) return refused('invalid-round', { errors });
      return transact<{ round: Round; created: boolean }>(context, async (operation) => {
        const [meta, newest] = await Promise.all([
          readItem(context, metaKey(id)),
          directories.directoryOn(definition.referenceDate),
        ]);
        const gone = disposedRound(meta);
        if (gone !== undefined) return gone;
        const before = metaOf(meta);
        if (newest === undefined) return refused('no-directory');
        const pin = before === undefined ? done(newest) : await pinFor(id, before, definition, newest);
        if (!pin.ok) return pin;
        const pinned = pin.value;
        const round = roundOf(id, { definition, directoryVersion: pinned.version });
        if (before !== undefined && isDeepStrictEqual(roundOf(id, before), round))
          return done({ kind: 'settled', value: { round, created: false } });
        return done({
          kind: 'write',
          writes: definitionWrites(id, definition, pinned, before, { actor, operation }),
          proof: logKey(id, (before?.seq ?? 0) + 1),
          value: { round, created: before === undefined },
        });
      });
    },
  };
}
