/**
 * Returns begin (a first save, an import) under the form version and the directory that the round pins then. Each passes
 * one of the round's gates by counting itself there; whoever changes what returns begin under reads the gates, looks for
 * returns, and writes only where no gate has counted on. Two who begin at once seldom meet in one gate, and later changes
 * of a return pass none. A check instead of a count would meet others as often (DynamoDB cancels whoever comes second to
 * an item, checked or written) and would need a gate that is closed first and opened again after a crash.
 */

import type { ReturnKey } from '../../schemas/return.ts';
import type { StorageContext } from './context.ts';
import { gateItem } from './items.ts';
import type { MetaItem } from './items.ts';
import { gateKey, gateKeys, gatePartition } from './keys.ts';
import { readAll } from './reads.ts';
import type { Write } from './transact.ts';

/** Counts a return that begins; fails where what it begins under has changed since META was read. */
export function passGate(table: string, key: ReturnKey, { gate = 0 }: Pick<MetaItem, 'gate'>): Write {
  return {
    Update: {
      TableName: table,
      Key: gateKey(key),
      UpdateExpression: 'ADD starts :one',
      ConditionExpression: 'attribute_not_exists(gate) OR gate = :gate',
      ExpressionAttributeValues: { ':one': 1, ':gate': gate },
    },
  };
}

type SeenGates = ReadonlyMap<string, number | undefined>;

export async function readGates(context: StorageContext, round: string): Promise<SeenGates> {
  const items = await readAll(context, { pk: gatePartition(round) });
  return new Map(items.map((item) => gateItem.parse(item)).map(({ sk, starts }) => [sk, starts]));
}

/**
 * The writes that go with a change of what returns begin under; they fail where one has begun since the gates were read.
 *
 * @param gate what META says from then on
 */
export function changeGates(table: string, round: string, gate: number, seen: SeenGates): Write[] {
  return gateKeys(round).map((key): Write => {
    const starts = seen.get(key.sk);
    const condition =
      starts === undefined
        ? { ConditionExpression: 'attribute_not_exists(starts)' }
        : { ConditionExpression: 'starts = :seen', ExpressionAttributeValues: { ':seen': starts } };
    const counted = starts === undefined ? {} : { starts };
    return { Put: { TableName: table, Item: { ...key, ...counted, gate }, ...condition } };
  });
}

/** What META says of no round: no return begins any more. */
export const closedGate = -1;

/** Lets no return begin any more. */
export function closeGates(table: string, round: string): Write[] {
  return gateKeys(round).map((key): Write => ({ Put: { TableName: table, Item: { ...key, gate: closedGate } } }));
}
