/** Items of exports and publications as they lie in the table, and the guarded writes of them. */

import * as z from 'zod';
import { editionWithdrawal } from '../../schemas/edition.ts';
import { asOf } from '../../schemas/export.ts';
import { problems } from '../../schemas/problem.ts';
import type { ProblemCode } from '../../schemas/problem.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { ItemKey } from './keys.ts';
import type { Write } from './transact.ts';

const problemCode = z.custom<ProblemCode>((value) => typeof value === 'string' && Object.hasOwn(problems, value));

/** The token of the write that made the item so; the next write names it, so that nothing comes in between. */
const operation = z.string();
const instant = z.iso.datetime();

export const exportItem = z.lazy(() =>
  z.object({
    sk: z.string(),
    /** `written`: the files are complete and it is the latest export; only `latest.json` may still say otherwise. */
    status: z.enum(['running', 'written', 'done', 'failed']),
    requestedBy: z.string(),
    requestedAt: instant,
    /** While it runs: when it counts as abandoned unless it is renewed. */
    until: instant,
    /** The run that writes it: an export is written once, however often its request is delivered. */
    run: z.string().optional(),
    asOf: asOf.optional(),
    done: z.int().nonnegative(),
    total: z.int().nonnegative(),
    problem: problemCode.optional(),
    edition: z.int().positive().optional(),
    /** The edition that it became was withdrawn. */
    isWithdrawn: z.literal(true).optional(),
    /** JSON text. */
    manifest: z.string().optional(),
    operation,
  }),
);
export type ExportItem = z.infer<typeof exportItem>;

export const runningItem = z.object({ exportId: z.string(), operation });

export const latestItem = z.object({ exportId: z.string(), asOf, operation });

export const editionItem = z.lazy(() =>
  z.object({
    edition: z.int().positive(),
    exportId: z.string(),
    /** `sealed`: every file is copied and checked, and nobody but this export may become the edition. */
    status: z.enum(['copying', 'sealed', 'published']),
    actor: z.string(),
    owner: z.string(),
    until: instant,
    publishedAt: instant.optional(),
    /** Of a published one: the number of the log entry that says so. */
    seq: z.int().positive().optional(),
    withdrawal: editionWithdrawal.extend({ seq: z.int().positive() }).optional(),
    operation,
  }),
);
export type EditionItem = z.infer<typeof editionItem>;

/** How long a run or a publication may be silent before it counts as abandoned, in milliseconds. */
export const lease = 180_000;

export function leaseFrom(now: Date): string {
  return new Date(now.getTime() + lease).toISOString();
}

export function isLive({ until }: { readonly until: string }, now: Date): boolean {
  return now.toISOString() < until;
}

export function putOver(table: string, item: ItemKey & Readonly<Record<string, unknown>>, seen: string): Write {
  return {
    Put: {
      TableName: table,
      Item: item,
      ConditionExpression: '#operation = :seen',
      ExpressionAttributeNames: { '#operation': 'operation' },
      ExpressionAttributeValues: { ':seen': seen },
    },
  };
}

/** Thrown when somebody else has taken over what this process was writing. */
export class Superseded extends Error {
  override readonly name = 'Superseded';
}

/** The value of an outcome whose only refusal is that the table stays busy. */
export function valueWritten<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`not written: ${outcome.problem.code}`);
  return outcome.value;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const randomLength = 6;
const second = 1000;

function stamp(at: Date): string {
  return at.toISOString().replaceAll(/[-:]|\.\d+/g, '');
}

function instantOf(exportId: string): number {
  const [, date = '', time = ''] = /^(\d{8})T(\d{6})Z/.exec(exportId) ?? [];
  const day = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`;
  return Date.parse(`${day}T${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4)}Z`);
}

/**
 * A new id that sorts behind the one before it, even when both start in the same second or a clock is behind.
 *
 * @param random from 0 up to 1
 */
export function exportIdAfter(previous: string | undefined, at: Date, random: () => number): string {
  const earliest = previous === undefined ? 0 : instantOf(previous) + second;
  const from = new Date(Math.max(at.getTime(), earliest));
  const letters = Array.from({ length: randomLength }, () => alphabet.charAt(Math.floor(random() * alphabet.length)));
  return `${stamp(from)}-${letters.join('')}`;
}
