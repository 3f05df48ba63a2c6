/** Rounds (調査): their definitions, and the directory version that each pins. */

import { isDeepStrictEqual } from 'node:util';
import { keptDefinition } from '../../schemas/round.ts';
import type { Disposal } from '../../schemas/disposal.ts';
import type { Round } from '../../schemas/round.ts';
import type { DirectoryCalendar } from '../domain/directory-calendar.ts';
import type { RoundChange } from '../domain/log.ts';
import { done, refused } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { StartedReturn } from '../domain/round-changes.ts';
import type { StorageContext } from './context.ts';
import { closeRound, disposedRound, metaOf } from './disposals.ts';
import type { Directories } from './directories.ts';
import { headItem } from './items.ts';
import type { MetaItem } from './items.ts';
import {
  editionPrefix,
  exportKey,
  headPrefix,
  isRoundId,
  logKey,
  metaKey,
  returnOfHead,
  roundListKey,
} from './keys.ts';
import { changeGates, closedGate, readGates } from './gates.ts';
import { nextPlace, numberWaiting, putEntry } from './numbering.ts';
import { readAll, readItem } from './reads.ts';
import { loadDocuments } from './form-documents.ts';
import { pinForm } from './forms.ts';
import type { FormPin } from './forms.ts';
import { listRound, roundOf, roundsOf } from './round-list.ts';
import { putNew, transact } from './transact.ts';
import type { Write } from './transact.ts';

/** What is decided from about a round. */
export interface StoredRound {
  /** The round as it stands; `undefined` for a new one. */
  readonly before: Round | undefined;
  readonly calendar: DirectoryCalendar;
  /** Returns that somebody has started. One that is started meanwhile passes a gate and fails the write. */
  readonly started: () => Promise<StartedReturn[]>;
}

/** What is decided from whether a round may be removed. */
interface RemovableRound extends Pick<StoredRound, 'started'> {
  readonly isPublished: () => Promise<boolean>;
}

interface WantedRound {
  readonly round: Round;
  /** Versions of forms that it pins and did not pin before. */
  readonly pins: readonly FormPin[];
  /** What the log calls it. */
  readonly what: RoundChange;
}

interface Rounds {
  rounds(): Promise<Round[]>;
  round(id: string): Promise<Round | undefined>;
  /**
   * Writes the round that `decide` wants from what was read; where something changed in between, it is read and decided
   * again. Without a change nothing is written. Refuses what is no name of a round (`not-found`), the name of one that
   * was disposed of (`round-disposed`), as `decide`, and `busy`.
   */
  changeRound(
    id: string,
    actor: string,
    decide: (read: StoredRound) => Promise<Outcome<WantedRound>>,
  ): Promise<Outcome<{ round: Round; created: boolean }>>;
  /**
   * Takes a round away as a disposal does, which removes what is left of it; the record says who did it. Refuses what
   * `decide` refuses, a name that is none (`not-found`) or gone (`round-removed`, `round-disposed`), and `busy`.
   */
  removeRound(
    id: string,
    actor: string,
    decide: (read: RemovableRound) => Promise<Outcome<undefined>>,
  ): Promise<Outcome<Disposal>>;
}

/** Whether returns begin under the same as before: the forms with their versions and documents, the directory, and who may. */
function beginsAlike(before: MetaItem, { forms, documents, directoryVersion, draft, units }: Round): boolean {
  return (
    before.draft === draft &&
    isDeepStrictEqual(before.units, units) &&
    before.directoryVersion === directoryVersion &&
    isDeepStrictEqual(before.definition.forms, forms) &&
    isDeepStrictEqual(before.documents ?? {}, documents ?? {})
  );
}

export function createRounds(context: StorageContext, directories: Directories): Rounds {
  const { table } = context;

  async function readMeta(id: string): Promise<MetaItem | undefined> {
    return metaOf(isRoundId(id) ? await readItem(context, metaKey(id)) : undefined);
  }

  async function started(id: string): Promise<StartedReturn[]> {
    const heads = await readAll(context, { pk: metaKey(id).pk, prefix: headPrefix, attributes: ['sk', 'standing'] });
    // What was only given more time has a head, and nobody has started it.
    const begun = heads.filter((head) => headItem.parse(head).standing.state !== 'notStarted');
    return begun.map(({ sk }) => returnOfHead(String(sk)));
  }

  async function definitionWrites(
    { round, pins, what }: WantedRound,
    before: MetaItem | undefined,
    by: { actor: string; operation: string; gate: number | undefined },
  ): Promise<Write[]> {
    const { id, directoryVersion, documents, ...whole } = round;
    const { definition, ...beside } = keptDefinition(whole);
    const place = await nextPlace(context, id, before);
    const gate = by.gate === undefined ? {} : { gate: by.gate };
    const pinned = documents === undefined ? {} : { documents };
    const meta = {
      ...metaKey(id),
      ...place,
      definition: JSON.stringify(definition),
      ...beside,
      directoryVersion,
      ...(documents === undefined ? {} : { documents: JSON.stringify(documents) }),
      ...gate,
    };
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
      ...listRound(table, round, by.operation),
      ...pins.flatMap((pin) => pinForm(context, pin, by)),
      putEntry(
        table,
        id,
        {
          ...place,
          actor: by.actor,
          at,
          what,
          definition,
          ...beside,
          ...(before?.draft && whole.draft === undefined ? { opened: true as const } : {}),
          directoryVersion,
          ...pinned,
        },
        by.operation,
      ),
    ];
  }

  return {
    rounds: async () => {
      const rounds = roundsOf(await readItem(context, roundListKey));
      await loadDocuments(context, rounds);
      return rounds;
    },

    round: async (id) => {
      const meta = await readMeta(id);
      if (meta === undefined) return undefined;
      await loadDocuments(context, [meta]);
      return roundOf(id, meta);
    },

    changeRound: async (id, actor, decide) => {
      if (!isRoundId(id)) return refused('not-found');
      return transact<{ round: Round; created: boolean }>(context, async (operation) => {
        await numberWaiting(context, id);
        // The gates before the returns are looked for: whoever begins after that has passed one of them.
        const [meta, calendar, gates] = await Promise.all([
          readItem(context, metaKey(id)),
          directories.directoryCalendar(),
          readGates(context, id),
        ]);
        const gone = disposedRound(meta);
        if (gone !== undefined) return gone;
        const before = metaOf(meta);
        const stands = before === undefined ? undefined : roundOf(id, before);
        if (stands !== undefined) await loadDocuments(context, [stands]);
        const decided = await decide({ before: stands, calendar, started: () => started(id) });
        if (!decided.ok) return decided;
        const { round } = decided.value;
        if (isDeepStrictEqual(stands, round)) return done({ kind: 'settled', value: { round, created: false } });
        const isOpenTo = before === undefined || beginsAlike(before, round);
        const gate = isOpenTo ? before?.gate : (before.gate ?? 0) + 1;
        const changed = isOpenTo || gate === undefined ? [] : changeGates(table, id, gate, gates);
        return done({
          kind: 'write',
          writes: [...(await definitionWrites(decided.value, before, { actor, operation, gate })), ...changed],
          proof: logKey(id, (before?.seq ?? 0) + 1),
          value: { round, created: before === undefined },
        });
      });
    },

    removeRound: async (id, actor, decide) => {
      if (!isRoundId(id)) return refused('not-found');
      return transact<Disposal>(context, async (operation) => {
        // The gates before the returns are looked for: whoever begins after that has passed one of them.
        const [item, gates] = await Promise.all([readItem(context, metaKey(id)), readGates(context, id)]);
        const gone = disposedRound(item);
        if (gone !== undefined) return gone;
        const meta = metaOf(item);
        if (meta === undefined) return refused('not-found');
        const editions = { pk: exportKey(id, '').pk, prefix: editionPrefix, attributes: ['sk'] };
        const decided = await decide({
          started: () => started(id),
          isPublished: async () => (await readAll(context, editions)).length > 0,
        });
        if (!decided.ok) return decided;
        const { name, fiscalYear, referenceDate } = meta.definition;
        const begunAt = context.now().toISOString();
        const known = { round: id, name, fiscalYear, referenceDate, begunAt };
        const disposal: Disposal = { ...known, actor: 'system', removedBy: actor };
        const writes = [...closeRound(table, disposal, meta, operation), ...changeGates(table, id, closedGate, gates)];
        return done({ kind: 'write', writes, proof: metaKey(id), value: disposal });
      });
    },
  };
}
