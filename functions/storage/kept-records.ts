/**
 * Small records about one return that stand beside it: each replaced whole, with who did it in the log where that is to be
 * told. They lie with what stands of their round and go with it.
 */

import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { ReturnKey } from '../../schemas/return.ts';
import { done, refused } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { StorageContext } from './context.ts';
import { disposedRound } from './disposals.ts';
import { putOver } from './export-items.ts';
import { accessText } from './items.ts';
import type { AccessRecord } from './items.ts';
import { accessKey, isReturnKey, isRoundId, metaKey, recordKey, recordPrefix } from './keys.ts';
import type { RecordKind } from './keys.ts';
import { readAll, readItem } from './reads.ts';
import { putNew, transact } from './transact.ts';
import type { TransactionStep, Write } from './transact.ts';

const recordItem = z.object({ record: z.string(), operation: z.string() });

interface Told {
  readonly what: AccessRecord['what'];
  readonly actor: string;
}

export interface KeptRecords<T> {
  /** Of a return, or of a whole round, in the order of their ids. */
  all(of: Pick<ReturnKey, 'round'> | ReturnKey): Promise<T[]>;
  read(key: ReturnKey, id: string): Promise<T | undefined>;
  /** One with an id that is there already changes nothing, and gives that one. Refuses `round-disposed` and `busy`. */
  add(key: ReturnKey, value: T, told?: Told): Promise<Outcome<T>>;
  /** Replaces it with what `decide` wants, `undefined` for no change. Refuses `not-found`, what `decide` refuses, and `busy`. */
  change(key: ReturnKey, id: string, told: Told, decide: (kept: T) => Outcome<T | undefined>): Promise<Outcome<T>>;
  remove(key: ReturnKey, id: string): Promise<void>;
}

interface RecordsOf<T> {
  readonly kind: RecordKind;
  readonly schema: z.ZodType<T>;
  /** In seconds since the epoch: when one may go before its round does. */
  readonly expiresAt?: (value: T) => number;
}

export function createKeptRecords<T extends { readonly id: string }>(
  context: StorageContext,
  { kind, schema, expiresAt }: RecordsOf<T>,
): KeptRecords<T> {
  const { client, table, now, randomId } = context;

  function parse(item: unknown): T {
    return schema.parse(JSON.parse(recordItem.parse(item).record));
  }

  function itemOf(key: ReturnKey, value: T, operation: string) {
    const end = expiresAt === undefined ? {} : { expiresAt: expiresAt(value) };
    return { ...recordKey(kind, key, value.id), record: JSON.stringify(value), operation, ...end };
  }

  function telling({ round, form, unit }: ReturnKey, told: Told | undefined): Write[] {
    if (told === undefined) return [];
    const at = now().toISOString();
    const record: AccessRecord = { ...told, return: { form, unit }, at };
    return [putNew(table, { ...accessKey(round, at, randomId()), record: accessText(record) })];
  }

  async function item(key: ReturnKey, id: string) {
    return isReturnKey(key) ? readItem(context, recordKey(kind, key, id)) : undefined;
  }

  return {
    all: async (of) => {
      if (!isRoundId(of.round)) return [];
      const prefix = recordPrefix(kind, 'unit' in of ? of : undefined);
      return (await readAll(context, { pk: metaKey(of.round).pk, prefix })).map(parse);
    },
    read: async (key, id) => {
      const found = await item(key, id);
      return found === undefined ? undefined : parse(found);
    },
    add: (key, value, told) =>
      transact<T>(context, async (operation) => {
        const [found, meta] = await Promise.all([item(key, value.id), readItem(context, metaKey(key.round))]);
        // A round that is disposed of between here and the write has no number any more.
        const gone = disposedRound(meta);
        if (gone !== undefined) return gone;
        if (found !== undefined) return done<TransactionStep<T>>({ kind: 'settled', value: parse(found) });
        const isThere = { TableName: table, Key: metaKey(key.round), ConditionExpression: 'attribute_exists(seq)' };
        const writes = [
          { ConditionCheck: isThere },
          putNew(table, itemOf(key, value, operation)),
          ...telling(key, told),
        ];
        return done<TransactionStep<T>>({ kind: 'write', writes, proof: recordKey(kind, key, value.id), value });
      }),
    change: (key, id, told, decide) =>
      transact<T>(context, async (operation) => {
        const found = await item(key, id);
        if (found === undefined) return refused('not-found');
        const kept = parse(found);
        const wanted = decide(kept);
        if (!wanted.ok) return wanted;
        const value = wanted.value;
        if (value === undefined) return done<TransactionStep<T>>({ kind: 'settled', value: kept });
        const over = putOver(table, itemOf(key, value, operation), recordItem.parse(found).operation);
        const writes = [over, ...telling(key, told)];
        return done<TransactionStep<T>>({ kind: 'write', writes, proof: recordKey(kind, key, id), value });
      }),
    remove: async (key, id) => {
      if (isReturnKey(key)) await client.send(new DeleteCommand({ TableName: table, Key: recordKey(kind, key, id) }));
    },
  };
}
