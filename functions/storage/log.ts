/** The log (履歴) of a round: its fold up to a number, and its pages, where unnumbered records of access mix in. */

import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { LogFold, loggedAt } from '../domain/log.ts';
import type { LogEntry, RoundState } from '../domain/log.ts';
import { done, refused } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { StorageContext } from './context.ts';
import { loadDocuments } from './form-documents.ts';
import { metaOf } from './disposals.ts';
import { accessItem, accessText, logItem, noMoreRefusals } from './items.ts';
import type { Access, AccessRecord } from './items.ts';
import { accessKey, isRoundId, logKey, metaKey, refusalsKey } from './keys.ts';
import { mergeByTime } from './merge.ts';
import { numberWaiting } from './numbering.ts';
import { readItem, readLastPage, readPage, readItemRange } from './reads.ts';
import { sha256 } from './seal.ts';

/** A numbered entry (with `seq`), or a record of access (without). */
export type LogPageEntry = LogEntry | AccessRecord;

interface LogPage extends Pick<RoundState, 'isBehind'> {
  readonly entries: LogPageEntry[];
  /** The cursor of the next page; absent on the last. */
  readonly next?: string;
}

/** An entry with the cursor that goes on behind it. */
interface NewestEntry {
  readonly entry: LogPageEntry;
  readonly cursor: string;
}

interface NewestPage extends Pick<RoundState, 'isBehind'> {
  readonly entries: readonly NewestEntry[];
  /** Nothing older is left. */
  readonly complete: boolean;
}

interface NewestWanted {
  readonly cursor?: string | undefined;
  readonly limit: number;
  /** Records of access are read up to this moment only; numbered entries have no index by time, and may be newer. */
  readonly until?: string | undefined;
}

interface RoundLog {
  /**
   * The round after log entry `upTo`, or after all that has happened; none for an unknown round or a number not yet
   * written.
   */
  roundState(round: string, upTo?: number): Promise<RoundState | undefined>;
  /** Oldest first. Refuses `not-found` and, for a cursor that is none, `malformed-request`. */
  log(round: string, page: { readonly cursor?: string | undefined; readonly limit: number }): Promise<Outcome<LogPage>>;
  /** Newest first, with the same refusals. The cursors of the two directions are not exchangeable. */
  newestLog(round: string, page: NewestWanted): Promise<Outcome<NewestPage>>;
  /**
   * Records an access. Nothing is written for what cannot be a round, nor for more than a hundred refusals of a person in
   * an hour; the last one says so.
   */
  recordAccess(round: string, access: Access): Promise<void>;
}

/** Of one person in one hour; whoever calls what does not exist would fill the log. */
const mostRefusals = 100;
const secondsPerHour = 60 * 60;

/** The number of a refusal of a person in an hour; what is counted any further is not told apart. */
async function countRefusal(
  { client, table }: StorageContext,
  round: string,
  actor: string,
  at: string,
): Promise<number> {
  const hour = Math.floor(Date.parse(at) / 1000 / secondsPerHour);
  try {
    const { Attributes } = await client.send(
      new UpdateCommand({
        TableName: table,
        Key: refusalsKey(sha256(JSON.stringify([round, actor, hour]))),
        UpdateExpression: 'ADD refusals :one SET expiresAt = :end',
        ConditionExpression: 'attribute_not_exists(refusals) OR refusals < :most',
        ExpressionAttributeValues: { ':one': 1, ':most': mostRefusals, ':end': (hour + 2) * secondsPerHour },
        ReturnValues: 'UPDATED_NEW',
      }),
    );
    return z.object({ refusals: z.number() }).parse(Attributes).refusals;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return mostRefusals + 1;
    throw error;
  }
}

/** How far a reader has come: the last number, and the last key of a record of access. */
const position = z.lazy(() =>
  z.object({
    seq: z.int().nonnegative(),
    access: z.string().regex(/^(?: |~|\d{4}-[0-9T:.-]+Z#[\w-]+)$/),
  }),
);
type Position = z.infer<typeof position>;

const start: Position = { seq: 0, access: ' ' };
/** After every sort key of the partition. */
const end = '~';

function timeOf(each: LogEntry | z.infer<typeof accessItem>): string {
  return 'record' in each ? each.record.at : loggedAt(each);
}

function toCursor(at: Position): string {
  return Buffer.from(JSON.stringify(at)).toString('base64url');
}

function fromCursor(cursor: string): Position | undefined {
  try {
    return position.safeParse(JSON.parse(Buffer.from(cursor, 'base64url').toString())).data;
  } catch {
    return undefined;
  }
}

export function createLog(context: StorageContext): RoundLog {
  async function lastNumber(round: string): Promise<number | undefined> {
    return metaOf(isRoundId(round) ? await readItem(context, metaKey(round)) : undefined)?.seq;
  }

  /** The last number once what waits is numbered, and whether some of it still waits. */
  async function numbered(round: string): Promise<{ last: number | undefined; behind: Pick<RoundState, 'isBehind'> }> {
    const read = await numberWaiting(context, round);
    return { last: read?.meta.seq, behind: read?.isComplete === false ? { isBehind: true } : {} };
  }

  /** The same for who reads on, or an earlier number: nothing is numbered for that. */
  async function asNumbered(round: string): ReturnType<typeof numbered> {
    return { last: await lastNumber(round), behind: {} };
  }

  return {
    roundState: async (round, upTo) => {
      const { last, behind } = await (upTo === undefined ? numbered(round) : asNumbered(round));
      if (last === undefined) return undefined;
      const asOf = upTo ?? last;
      if (asOf < 1 || asOf > last) return undefined;
      const fold = new LogFold();
      const { pk, sk: from } = logKey(round, 1);
      const items = readItemRange(context, { pk, from, to: logKey(round, asOf).sk });
      for await (const item of items) fold.add(logItem.parse(item).entry);
      const state = fold.state();
      await loadDocuments(context, [state]);
      return { ...state, ...behind };
    },

    log: async (round, { cursor, limit }) => {
      const from = cursor === undefined ? start : fromCursor(cursor);
      // The end is where newest first begins, and nothing follows it.
      if (from === undefined || from.access === end)
        return refused('malformed-request', { detail: 'cursor が正しくありません。' });
      const { last, behind } = await numbered(round);
      if (last === undefined) return refused('not-found');
      const first = logKey(round, from.seq + 1);
      const [entries, accesses] = await Promise.all([
        readPage(context, { pk: first.pk, from: first.sk, to: logKey(round, Math.max(last, from.seq + 1)).sk }, limit),
        readPage(context, { pk: accessKey(round, '', '').pk, from: `${from.access} `, to: end }, limit),
      ]);
      const merged = mergeByTime(
        { ...entries, items: entries.items.map((item) => logItem.parse(item).entry) },
        { ...accesses, items: accesses.items.map((item) => accessItem.parse(item)) },
        timeOf,
        limit,
      );
      const seq = merged.first.at(-1)?.seq ?? from.seq;
      const access = merged.second.at(-1)?.sk ?? from.access;
      const shown = merged.order.map((each): LogPageEntry => ('record' in each ? each.record : each));
      return done({ entries: shown, ...behind, ...(merged.complete ? {} : { next: toCursor({ seq, access }) }) });
    },

    newestLog: async (round, { cursor, limit, until }) => {
      const before = cursor === undefined ? { seq: Number.MAX_SAFE_INTEGER, access: end } : fromCursor(cursor);
      if (before === undefined) return refused('malformed-request', { detail: 'cursor が正しくありません。' });
      const { last, behind } = await (cursor === undefined ? numbered(round) : asNumbered(round));
      if (last === undefined) return refused('not-found');
      const to = Math.min(last, before.seq - 1);
      const { pk, sk: from } = logKey(round, 1);
      const accessTo = until !== undefined && until < before.access ? until : before.access;
      const [entries, accesses] = await Promise.all([
        to < 1 ? { items: [], more: false } : readLastPage(context, { pk, from, to: logKey(round, to).sk }, limit),
        // The upper end of a range belongs to it, and was read already.
        readLastPage(context, { pk: accessKey(round, '', '').pk, from: ' ', to: accessTo }, limit + 1),
      ]);
      const records = accesses.items.map((item) => accessItem.parse(item)).filter(({ sk }) => sk !== before.access);
      const merged = mergeByTime(
        { ...entries, items: entries.items.map((item) => logItem.parse(item).entry) },
        { ...accesses, items: records },
        timeOf,
        limit,
        'newestFirst',
      );
      let [seq, access] = [before.seq, before.access];
      const shown = merged.order.map((each): NewestEntry => {
        if ('record' in each) access = each.sk;
        else ({ seq } = each);
        return { entry: 'record' in each ? each.record : each, cursor: toCursor({ seq, access }) };
      });
      return done({ entries: shown, ...behind, complete: merged.complete });
    },

    recordAccess: async (round, access) => {
      if (!isRoundId(round)) return;
      const at = context.now().toISOString();
      const refusals = access.what === 'refused' ? await countRefusal(context, round, access.actor, at) : 0;
      if (refusals > mostRefusals) return;
      const isLast = refusals === mostRefusals;
      const record: AccessRecord = { ...access, at, ...(isLast ? { code: noMoreRefusals } : {}) };
      const item = { ...accessKey(round, at, context.randomId()), record: accessText(record) };
      await context.client.send(new PutCommand({ TableName: context.table, Item: item }));
    },
  };
}
