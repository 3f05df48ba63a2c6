/**
 * The list of rounds: one item with one attribute per round, so that it comes with the same request as whatever else
 * is read. The transaction that defines a round writes its attribute.
 */

import type { Round } from '../../schemas/round.ts';
import { listedRound } from './items.ts';
import { roundListKey } from './keys.ts';
import type { StoredItem } from './reads.ts';
import type { Write } from './transact.ts';

const prefix = 'round:';
const disposedPrefix = 'disposed:';

function byReferenceDate(a: Round, b: Round): number {
  return a.referenceDate < b.referenceDate ? -1 : a.referenceDate > b.referenceDate ? 1 : a.id < b.id ? -1 : 1;
}

export function roundsOf(list: StoredItem | undefined): Round[] {
  return Object.entries(list ?? {})
    .flatMap(([name, value]): Round[] => {
      if (!name.startsWith(prefix)) return [];
      const { definition, directoryVersion } = listedRound.parse(value);
      return [{ ...definition, id: name.slice(prefix.length), directoryVersion }];
    })
    .toSorted(byReferenceDate);
}

export function listRound(table: string, { id, directoryVersion, ...definition }: Round): Write {
  return {
    Update: {
      TableName: table,
      Key: roundListKey,
      UpdateExpression: 'SET #round = :round',
      ExpressionAttributeNames: { '#round': `${prefix}${id}` },
      ExpressionAttributeValues: { ':round': JSON.stringify({ definition, directoryVersion }) },
    },
  };
}

export function disposedOf(list: StoredItem | undefined): string[] {
  return Object.keys(list ?? {})
    .filter((name) => name.startsWith(disposedPrefix))
    .map((name) => name.slice(disposedPrefix.length));
}

/** Takes a round from the list, where only its name among the disposed stays. */
export function delistRound(table: string, id: string): Write {
  return {
    Update: {
      TableName: table,
      Key: roundListKey,
      UpdateExpression: 'REMOVE #round SET #disposed = :disposed',
      ExpressionAttributeNames: { '#round': `${prefix}${id}`, '#disposed': `${disposedPrefix}${id}` },
      ExpressionAttributeValues: { ':disposed': true },
    },
  };
}
