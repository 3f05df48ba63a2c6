/** Municipalities save, submit and withdraw while the server and its DynamoDB are killed in turn; what is left is checked. */

import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod';
import { tableClient } from '../../functions/storage/client.ts';
import { checkLedgers } from '../../functions/storage/ledger-check.ts';
import type { LogPageEntry } from '../../functions/storage/log.ts';
import { runtimeStorage } from '../../functions/storage/runtime.ts';
import { createStore } from '../../functions/storage/store.ts';
import type { Store } from '../../functions/storage/store.ts';
import { startDynamoDb } from '../../infra/local/dynamodb.ts';
import { scan } from '../../infra/operation/restore-drill/items.ts';
import { forms } from '../../schemas/forms/catalogue.ts';
import { directoryFixture, ok, openRound, submittableDrafts } from '../integration/support/fixtures.ts';
import type { SubmittableDraft } from '../integration/support/fixtures.ts';
import { processesNaming, startServer } from '../integration/support/server.ts';
import type { RunningServer } from '../integration/support/server.ts';
import { succeed } from '../integration/support/storage.ts';
import type { Client, Reply } from '../integration/support/system.ts';

const round = 'R6';
const form = 'municipal-survey';
/** Requests that are on their way when something dies. */
const atOnce = 8;

const receiptAnswer = z.object({ version: z.number(), receipt: z.string(), sha256: z.string() });

/** What a municipality was told about its submissions. */
export interface Told {
  readonly unit: string;
  readonly receipts: readonly z.infer<typeof receiptAnswer>[];
  /** Whether a submission was sent whose answer never came. */
  readonly isWaiting: boolean;
}

export interface KillResult {
  readonly acknowledged: number;
  readonly kills: number;
  readonly unanswered: number;
  /** What is not as it should be. */
  readonly findings: readonly string[];
  readonly told: readonly Told[];
}

class Unanswered extends Error {}

function answered(reply: Reply, ...statuses: readonly number[]): Reply {
  if (statuses.includes(reply.status)) return reply;
  if (reply.status >= 500) throw new Unanswered(String(reply.status));
  throw new Error(`${reply.status} ${reply.text}`);
}

class Municipality implements Told {
  readonly unit: string;
  readonly receipts: z.infer<typeof receiptAnswer>[] = [];
  isWaiting = false;
  readonly #draft: SubmittableDraft;

  constructor(unit: string, draft: SubmittableDraft) {
    this.unit = unit;
    this.#draft = draft;
  }

  /** The next version; a submission that was not answered is sent again first, with the same key. */
  async submit(client: Client): Promise<void> {
    const path = `/api/rounds/${round}/returns/${form}/${this.unit}`;
    const count = this.receipts.length;
    if (!this.isWaiting) {
      // The withdrawal that was not answered may have been made.
      if (count > 0) answered(await client.delete(`${path}/submission`), 200, 409);
      const { headers } = answered(await client.get(path), 200);
      answered(await client.put(path, this.#draft, { 'if-match': headers.get('etag') ?? '' }), 200);
    }
    this.isWaiting = true;
    const key = { 'idempotency-key': String(count) };
    const reply = answered(await client.post(`${path}/submission`, undefined, key), 201);
    this.receipts.push(receiptAnswer.parse(reply.json()));
    this.isWaiting = false;
  }
}

async function killEngine(dataDir: string): Promise<void> {
  const ids = await processesNaming(dataDir);
  const names = await Promise.all(ids.map((id) => readFile(`/proc/${id}/comm`, 'utf8').catch(() => '')));
  const engine = ids.find((_id, index) => names[index]?.startsWith('dynoxide'));
  if (engine === undefined) throw new Error('DynamoDB does not run');
  process.kill(Number(engine), 'SIGKILL');
}

interface Tally {
  acknowledged: number;
  kills: number;
  unanswered: number;
  readonly findings: string[];
}

/** Municipalities submit and the prefecture reads until `target` submissions are acknowledged and `kill` has killed somebody. */
async function requestsUntilKilled(
  server: RunningServer,
  municipalities: readonly Municipality[],
  tally: Tally,
  { target, kill }: { readonly target: number; readonly kill: () => Promise<unknown> },
): Promise<void> {
  let killing: Promise<void> | undefined;
  let isKilled = false;
  const killSoon = async (): Promise<void> => {
    // Not at once: whatever the others are doing.
    await wait(Math.random() * 20);
    isKilled = true;
    tally.kills += 1;
    await kill();
  };
  const failed = (error: unknown): void => {
    tally.unanswered += 1;
    // Whoever got no answer got none because somebody died, not because it was refused.
    const isCutOff = error instanceof Unanswered || /fetch failed|terminated/.test(String(error));
    if (!isKilled || !isCutOff) tally.findings.push(`a request failed: ${String(error)}`);
  };
  const queue = municipalities.map((municipality) => ({
    municipality,
    client: server.municipality(municipality.unit),
  }));
  const submit = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      try {
        await next.municipality.submit(next.client);
      } catch (error) {
        failed(error);
        return;
      }
      queue.push(next);
      tally.acknowledged += 1;
      if (tally.acknowledged === target) killing = killSoon();
    }
  };
  // Reading the log gives the numbers, and may be cut off in it.
  const read = async (): Promise<void> => {
    try {
      while (tally.findings.length === 0) {
        answered(await server.prefecture.get(`/api/rounds/${round}/log?limit=1`), 200);
        await wait(100);
      }
    } catch (error) {
      failed(error);
    }
  };
  await Promise.all([...Array.from({ length: atOnce }, submit), read()]);
  await killing;
}

/**
 * Submits until so many submissions are acknowledged, and kills the server (which takes DynamoDB with it) or DynamoDB alone
 * each time a share of them is.
 *
 * @param program what node runs as the server; default what `npm start` does
 */
export async function surviveKills(
  dataDir: string,
  wanted: { readonly submissions: number; readonly kills: number },
  program?: readonly string[],
): Promise<KillResult> {
  const start = (): Promise<RunningServer> => startServer({ DATA_DIR: dataDir, DEMO: 'off' }, program);
  const tally: Tally = { acknowledged: 0, kills: 0, unanswered: 0, findings: [] };
  const share = Math.ceil(wanted.submissions / wanted.kills);
  const municipalities = [...(await submittableDrafts())].map(([unit, draft]) => new Municipality(unit, draft));
  let server = await start();
  try {
    ok(await server.prefecture.put('/api/directory', await directoryFixture('saitama-r6')));
    ok(await server.prefecture.put(`/api/rounds/${round}`, openRound({ [form]: 2024 })));
    while (tally.kills < wanted.kills && tally.findings.length === 0) {
      if (tally.kills > 0) server = await start();
      const isServerKilled = tally.kills % 2 === 0;
      await requestsUntilKilled(server, municipalities, tally, {
        target: Math.max(tally.acknowledged + 1, share * (tally.kills + 1)),
        kill: () => (isServerKilled ? server.end('SIGKILL') : killEngine(dataDir)),
      });
      await server.end('SIGKILL');
    }
  } finally {
    await server.end('SIGKILL');
  }
  const findings = [...tally.findings, ...(await checkKept(dataDir, municipalities))];
  return { ...tally, findings, told: municipalities };
}

async function logOf(store: Store): Promise<LogPageEntry[]> {
  const entries: LogPageEntry[] = [];
  let cursor: string | undefined;
  do {
    const page = succeed(await store.log(round, { limit: 500, cursor }));
    entries.push(...page.entries);
    cursor = page.next;
  } while (cursor !== undefined);
  return entries;
}

/**
 * Every acknowledged receipt is a version with its hash, once in a log without a gap, and nothing is half there: neither as the
 * kill has left the table, nor once every event has its number.
 */
export async function checkKept(dataDir: string, told: readonly Told[]): Promise<string[]> {
  const engine = await startDynamoDb({ dataDir });
  const storage = runtimeStorage(tableClient(engine.endpoint), 'yoriai-saitama', forms);
  const store = createStore(storage);
  const ledgerFindings = async (): Promise<string[]> =>
    (await checkLedgers(scan(storage))).findings.map(({ where, message }) => `${where}: ${message}`);
  try {
    const findings = await ledgerFindings();
    const seq = (await store.roundState(round))?.asOf.seq;
    const entries = (await logOf(store)).filter((entry) => 'seq' in entry);
    const isGapless = entries.length === seq && entries.every((entry, index) => entry.seq === index + 1);
    if (!isGapless) findings.push(`the log of ${entries.length} entries has a gap, or does not end at ${seq}`);
    const logged = entries.flatMap((entry) =>
      'return' in entry && entry.what === 'submitted'
        ? [`${entry.return.unit} ${entry.after.version} ${entry.after.receipt}`]
        : [],
    );
    const inLog = Map.groupBy(logged, (entry) => entry);
    for (const { unit, receipts, isWaiting } of told) {
      const versions = new Map((await store.versions({ round, form, unit })).map((each) => [each.version, each]));
      for (const { version, receipt, sha256 } of receipts) {
        const kept = versions.get(version);
        const times = inLog.get(`${unit} ${version} ${receipt}`)?.length ?? 0;
        if (kept?.receipt !== receipt || kept.sha256 !== sha256) findings.push(`${receipt} is lost`);
        if (times !== 1) findings.push(`${receipt} is in the log ${times} times`);
      }
      const unasked = versions.size - receipts.length - (isWaiting ? 1 : 0);
      if (unasked > 0) findings.push(`${unit} has ${unasked} versions more than it has submitted`);
    }
    return [...findings, ...(await ledgerFindings())];
  } finally {
    storage.client.destroy();
    await engine.stop();
  }
}

export function printKills({ acknowledged, kills, unanswered, findings }: KillResult): string {
  return `${acknowledged} submissions acknowledged through ${kills} kills, ${unanswered} requests cut off, ${findings.length} findings`;
}
