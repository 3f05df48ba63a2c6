/** Rounds (調査): their definitions, and the directory version that each pins. */

import { isDeepStrictEqual } from 'node:util';
import type { FieldError } from '../../schemas/problem.ts';
import type { Round, RoundDefinition } from '../../schemas/round.ts';
import { versionOn } from '../domain/directory-calendar.ts';
import { done, refused } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { StorageContext } from './context.ts';
import { disposedRound, metaOf } from './disposals.ts';
import type { Directories } from './directories.ts';
import type { MetaItem } from './items.ts';
import { headPrefix, isRoundId, logKey, metaKey, returnOfHead, roundListKey } from './keys.ts';
import { changeGates } from './gates.ts';
import { nextPlace, numberWaiting, putEntry } from './numbering.ts';
import { readAll, readItem } from './reads.ts';
import { listRound, roundsOf } from './round-list.ts';
import { changesInUse, definitionErrors } from './round-changes.ts';
import type { StartedReturn } from './round-changes.ts';
import { putNew, transact } from './transact.ts';
import type { Write } from './transact.ts';

export interface Rounds {
  /** Every round, by reference date. */
  rounds(): Promise<Round[]>;
  round(id: string): Promise<Round | undefined>;
  /**
   * Creates or changes a round. A new one pins the directory in force on its reference date; one that exists keeps the
   * version it pins until another is asked for. Refuses unknown forms, sections and directory versions
   * (`invalid-round`), a round before there is a directory (`no-directory`) and a change that would contradict a
   * return already started (`round-in-use`), and the name of a round that was disposed of (`round-disposed`). Without
   * a change nothing is written.
   *
   * @param directoryVersion the version to pin from now on
   */
  defineRound(
    id: string,
    definition: RoundDefinition,
    actor: string,
    directoryVersion?: number,
  ): Promise<Outcome<{ round: Round; created: boolean }>>;
}

function roundOf(
  id: string,
  { definition, directoryVersion }: Pick<MetaItem, 'definition' | 'directoryVersion'>,
): Round {
  return { ...definition, id, directoryVersion };
}

/** Whether returns begin under the same as before: the forms with their versions, and the directory. */
function beginsAlike(
  before: Pick<MetaItem, 'definition' | 'directoryVersion'>,
  { forms }: RoundDefinition,
  directoryVersion: number,
): boolean {
  return before.directoryVersion === directoryVersion && isDeepStrictEqual(before.definition.forms, forms);
}

function unknownDirectory(version: number): FieldError {
  return { path: 'directoryVersion', code: 'unknown-directory', message: `名簿の第${version}版はありません。` };
}

export function createRounds(context: StorageContext, directories: Directories): Rounds {
  const { table, forms } = context;

  async function readMeta(id: string): Promise<MetaItem | undefined> {
    return metaOf(isRoundId(id) ? await readItem(context, metaKey(id)) : undefined);
  }

  /** Returns that somebody has started. One that is started meanwhile passes a gate and fails the write. */
  async function started(id: string): Promise<StartedReturn[]> {
    const heads = await readAll(context, { pk: metaKey(id).pk, prefix: headPrefix, attributes: ['sk'] });
    return heads.map(({ sk }) => returnOfHead(String(sk)));
  }

  /** What a changed definition and another directory would contradict; nothing where neither changes. */
  async function contradictions(
    id: string,
    before: MetaItem,
    definition: RoundDefinition,
    version: number,
  ): Promise<FieldError[]> {
    const [pinned, wanted, returns] = await Promise.all([
      directories.directoryVersion(before.directoryVersion),
      directories.directoryVersion(version),
      started(id),
    ]);
    const was = { definition: before.definition, directory: pinned };
    return changesInUse(was, { definition, directory: wanted }, returns, forms);
  }

  async function definitionWrites(
    id: string,
    definition: RoundDefinition,
    version: number,
    before: MetaItem | undefined,
    by: { actor: string; operation: string; gate: number | undefined },
  ): Promise<Write[]> {
    const place = await nextPlace(context, id, before);
    const body = { definition: JSON.stringify(definition), directoryVersion: version };
    const gate = by.gate === undefined ? {} : { gate: by.gate };
    const meta = { ...metaKey(id), ...place, ...body, ...gate };
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
        { ...place, actor: by.actor, at, what: 'roundDefined', definition, directoryVersion: version },
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

    defineRound: async (id, definition, actor, directoryVersion) => {
      const errors = definitionErrors(definition, forms);
      if (!isRoundId(id)) return refused('not-found');
      if (errors.length > 0) return refused('invalid-round', { errors });
      return transact<{ round: Round; created: boolean }>(context, async (operation) => {
        await numberWaiting(context, id);
        const [meta, calendar] = await Promise.all([readItem(context, metaKey(id)), directories.directoryCalendar()]);
        const gone = disposedRound(meta);
        if (gone !== undefined) return gone;
        const before = metaOf(meta);
        const pin = directoryVersion ?? before?.directoryVersion ?? versionOn(calendar, definition.referenceDate);
        if (pin === undefined) return refused('no-directory');
        if (pin > calendar.newest) return refused('invalid-round', { errors: [unknownDirectory(pin)] });
        const round = roundOf(id, { definition, directoryVersion: pin });
        if (before !== undefined && isDeepStrictEqual(roundOf(id, before), round))
          return done({ kind: 'settled', value: { round, created: false } });
        const isOpenTo = before === undefined || beginsAlike(before, definition, pin);
        const gate = isOpenTo ? before?.gate : (before.gate ?? 0) + 1;
        // Read before the returns are looked for: whoever begins after that has passed one of them.
        const gates = isOpenTo || gate === undefined ? [] : await changeGates(context, id, gate);
        const inUse = before === undefined ? [] : await contradictions(id, before, definition, pin);
        if (inUse.length > 0) return refused('round-in-use', { errors: inUse });
        return done({
          kind: 'write',
          writes: [...(await definitionWrites(id, definition, pin, before, { actor, operation, gate })), ...gates],
          proof: logKey(id, (before?.seq ?? 0) + 1),
          value: { round, created: before === undefined },
        });
      });
    },
  };
}
