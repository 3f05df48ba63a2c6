/**
 * The list of rounds: one item with one attribute per round. The transaction that defines a round writes its attribute,
 * and a small item beside it, the revision: a process keeps the list as long as that says the same, since the list grows
 * with every year and a submission only wants to know which rounds came before.
 */

import * as z from 'zod';
import { keptDefinition, wholeDefinition } from '../../schemas/round.ts';
import type { KeptDefinition, Round } from '../../schemas/round.ts';
import { listedRound } from './items.ts';
import type { MetaItem } from './items.ts';
import type { StorageContext } from './context.ts';
import { roundListKey, roundListRevisionKey } from './keys.ts';
import { readItem } from './reads.ts';
import type { StoredItem } from './reads.ts';
import type { Write } from './transact.ts';

/** A round as META and the list keep it. */
export function roundOf(
  id: string,
  { directoryVersion, documents, ...kept }: KeptDefinition & Pick<MetaItem, 'directoryVersion' | 'documents'>,
): Round {
  return { ...wholeDefinition(kept), id, directoryVersion, ...(documents === undefined ? {} : { documents }) };
}

const prefix = 'round:';
const disposedPrefix = 'disposed:';

function byReferenceDate(a: Round, b: Round): number {
  return a.referenceDate < b.referenceDate ? -1 : a.referenceDate > b.referenceDate ? 1 : a.id < b.id ? -1 : 1;
}

export function roundsOf(list: StoredItem | undefined): Round[] {
  return Object.entries(list ?? {})
    .flatMap(([name, value]): Round[] => {
      if (!name.startsWith(prefix)) return [];
      return [roundOf(name.slice(prefix.length), listedRound.parse(value))];
    })
    .toSorted(byReferenceDate);
}

/** Of lists that releases up to 0.3 wrote there is no revision. */
const revisionItem = z.object({ operation: z.string() }).optional();

/** The list as this process keeps it: given the item under `roundListRevisionKey`, every round by reference date. */
export function createKeptRounds(context: StorageContext): (revision: StoredItem | undefined) => Promise<Round[]> {
  let kept: { readonly revision: string | undefined; readonly rounds: Round[] } | undefined;
  return async (item) => {
    const revision = revisionItem.parse(item)?.operation;
    // What is read after its revision may be newer: then the next one differs, and it is read again.
    if (kept === undefined || kept.revision !== revision)
      kept = { revision, rounds: roundsOf(await readItem(context, roundListKey)) };
    return kept.rounds;
  };
}

function markChanged(table: string, operation: string): Write {
  return {
    Update: {
      TableName: table,
      Key: roundListRevisionKey,
      UpdateExpression: 'SET operation = :operation',
      ExpressionAttributeValues: { ':operation': operation },
    },
  };
}

/**
 * Adds a round to the list, or replaces it.
 *
 * @param operation the token of the transaction that it is written in
 */
export function listRound(
  table: string,
  { id, directoryVersion, documents, ...definition }: Round,
  operation: string,
): Write[] {
  const write = {
    Update: {
      TableName: table,
      Key: roundListKey,
      UpdateExpression: 'SET #round = :round',
      ExpressionAttributeNames: { '#round': `${prefix}${id}` },
      ExpressionAttributeValues: {
        ':round': JSON.stringify({ ...keptDefinition(definition), directoryVersion, documents }),
      },
    },
  };
  return [write, markChanged(table, operation)];
}

export function disposedOf(list: StoredItem | undefined): string[] {
  return Object.keys(list ?? {})
    .filter((name) => name.startsWith(disposedPrefix))
    .map((name) => name.slice(disposedPrefix.length));
}

/** Takes a round from the list, where only its name among the disposed stays. */
export function delistRound(table: string, id: string, operation: string): Write[] {
  const write = {
    Update: {
      TableName: table,
      Key: roundListKey,
      UpdateExpression: 'REMOVE #round SET #disposed = :disposed',
      ExpressionAttributeNames: { '#round': `${prefix}${id}`, '#disposed': `${disposedPrefix}${id}` },
      ExpressionAttributeValues: { ':disposed': true },
    },
  };
  return [write, markChanged(table, operation)];
}
