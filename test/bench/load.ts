/**
 * `npm run bench:load [-- --processes 4] [--rounds 170] [--seconds 60]`: municipalities save and submit at the same time, on
 * local systems in processes of their own on one table, beside bare transactions of the same items. First 1, 8 and 32 at once,
 * each beginning when it has been answered, the median of five turns; then 50 a second, answered or not. What a peer reached is
 * quoted with its date; only figures of one machine compare.
 */

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { tableClient } from '../../functions/storage/client.ts';
import { createTable } from '../../functions/storage/create-table.ts';
import { draftKey, eventKey, gateKey, headKey, versionKey } from '../../functions/storage/keys.ts';
import type { ItemKey } from '../../functions/storage/keys.ts';
import { putNew } from '../../functions/storage/transact.ts';
import type { Write } from '../../functions/storage/transact.ts';
import { startDynamoDb } from '../../infra/local/dynamodb.ts';
import type { ReturnKey } from '../../schemas/return.ts';
import { directoryFixture, ok, openRound, submittableDrafts } from '../integration/support/fixtures.ts';
import type { SubmittableDraft } from '../integration/support/fixtures.ts';
import { startServer } from '../integration/support/server.ts';
import type { RunningServer } from '../integration/support/server.ts';
import type { Client } from '../integration/support/system.ts';
import { median } from './measure.ts';

const form = 'municipal-survey';
const { values } = parseArgs({
  options: {
    processes: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '0' },
    seconds: { type: 'string', default: '60' },
  },
});
const [processes, earlier, seconds] = [values.processes, values.rounds, values.seconds].map(Number);
const perSecond = 50;
/** Rounds for each turn: 63 returns each. */
const roundsEach = 3;
/** How often ours and the bare transactions take turns for each number at once. */
const turns = 5;

/** One return that nobody has begun. */
interface Fresh extends SubmittableDraft {
  readonly key: ReturnKey;
  readonly server: RunningServer;
}

interface Measured {
  readonly perSecond: number;
  readonly p50: number;
  readonly p95: number;
  /** Milliseconds of CPU that the servers took for each. */
  readonly cpu: number | undefined;
}

/** On Linux; nowhere else does a process tell of another what it took. */
async function cpuOf(servers: readonly RunningServer[]): Promise<number | undefined> {
  const texts = await Promise.all(servers.map(({ pid }) => readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')));
  if (texts.includes('')) return undefined;
  const ticks = texts.map((text) => {
    // After the name, which may hold spaces: the state, then numbers; user and system time are the 12th and 13th.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return Number(fields[11]) + Number(fields[12]);
  });
  return ticks.reduce((sum, each) => sum + each, 0) * 10;
}

function percentile(durations: readonly number[], percent: number): number {
  return durations.toSorted((a, b) => a - b)[Math.ceil((durations.length * percent) / 100) - 1] ?? Number.NaN;
}

/** Runs all of them, so many at once, or one every so many milliseconds. */
async function measure<T>(
  servers: readonly RunningServer[],
  each: readonly T[],
  pace: { readonly atOnce: number } | { readonly every: number },
  act: (one: T) => Promise<void>,
): Promise<Measured> {
  const durations: number[] = [];
  const before = await cpuOf(servers);
  const begin = performance.now();
  const timed = async (one: T, since: number): Promise<void> => {
    await act(one);
    durations.push(performance.now() - since);
  };
  if ('atOnce' in pace) {
    const left = each.values();
    const loop = async (): Promise<void> => {
      for (const one of left) await timed(one, performance.now());
    };
    await Promise.all(Array.from({ length: pace.atOnce }, loop));
  } else {
    const sent: Promise<void>[] = [];
    for (const [index, one] of each.entries()) {
      const due = begin + index * pace.every;
      await wait(Math.max(0, due - performance.now()));
      sent.push(timed(one, due));
    }
    await Promise.all(sent);
  }
  const elapsed = performance.now() - begin;
  const after = await cpuOf(servers);
  return {
    perSecond: (durations.length * 1000) / elapsed,
    p50: median(durations),
    p95: percentile(durations, 95),
    cpu: before === undefined || after === undefined ? undefined : (after - before) / durations.length,
  };
}

/** Of each figure the median by itself. */
function medianOf(measured: readonly Measured[]): Measured {
  const of = (name: 'perSecond' | 'p50' | 'p95'): number => median(measured.map((each) => each[name]));
  const cpu = measured.flatMap((each) => each.cpu ?? []);
  return {
    perSecond: of('perSecond'),
    p50: of('p50'),
    p95: of('p95'),
    cpu: cpu.length === measured.length ? median(cpu) : undefined,
  };
}

const pathOf = ({ round, form: of, unit }: ReturnKey): string => `/api/rounds/${round}/returns/${of}/${unit}`;

const clients = new Map<string, Client>();

/** The same for each unit and server, so that a token is issued once. */
function clientOf({ server, key: { unit } }: Fresh): Client {
  const name = `${server.url} ${unit}`;
  const known = clients.get(name) ?? server.municipality(unit);
  clients.set(name, known);
  return known;
}

async function save(fresh: Fresh): Promise<void> {
  const { key, answers, reasons } = fresh;
  ok(await clientOf(fresh).put(pathOf(key), { answers, reasons }, { 'if-none-match': '*' }));
}

async function submit(fresh: Fresh): Promise<void> {
  ok(await clientOf(fresh).post(`${pathOf(fresh.key)}/submission`));
}

/** The two transactions of a first save and a submission, as the application writes them. */
function transactionsOf(table: string, { key, answers, reasons }: Fresh): Write[][] {
  const head = {
    ...headKey(key),
    standing: JSON.stringify({ state: 'draft', version: 0 }),
    operations: ['0'.repeat(36)],
  };
  const event = JSON.stringify({ what: 'submitted', return: key, before: head, after: head });
  const sections = Object.fromEntries(Object.entries(answers).map(([name, value]) => [name, JSON.stringify(value)]));
  const draft = { ...draftKey(key), sections, reasons: JSON.stringify(reasons), revision: 1, versions: 0 };
  const version = { ...versionKey(key, 1), answers: JSON.stringify(answers), reasons: JSON.stringify(reasons) };
  const put = (Item: Readonly<Record<string, unknown>>): Write => ({ Put: { TableName: table, Item } });
  const change = (Key: ItemKey, UpdateExpression: string): Write => ({
    Update: { TableName: table, Key, UpdateExpression, ExpressionAttributeValues: { ':one': 1 } },
  });
  return [
    [
      putNew(table, head),
      putNew(table, { ...eventKey(key, 1), event }),
      change(gateKey(key), 'ADD starts :one'),
      put(draft),
    ],
    [
      put(head),
      putNew(table, { ...eventKey(key, 2), event }),
      putNew(table, version),
      change(draftKey(key), 'SET versions = :one'),
    ],
  ];
}

const shown = (figure: number | undefined, digits = 0): string => figure?.toFixed(digits) ?? '-';

function line(name: string, { perSecond: rate, p50, p95, cpu }: Measured, bare: Measured): string {
  const figures = [`${shown(rate)}/s`, `p50 ${shown(p50)} ms`, `p95 ${shown(p95)} ms`, `CPU ${shown(cpu, 1)} ms`];
  const ours = figures.map((each) => each.padStart(12)).join('  ');
  const beside = `bare ${shown(bare.perSecond)}/s, p95 ${shown(bare.p95)} ms; p50 × ${shown(p50 / bare.p50, 1)}`;
  return `  ${name.padEnd(16)}${ours}   ${beside}\n`;
}

/** ODK Central, master of August 2026, PostgreSQL with its defaults, on another machine: submissions a second, p95, CPU of each. */
const peer = new Map([
  [1, '222/s, 6 ms, 4.3 ms'],
  [8, '362/s, 39 ms, 4.5 ms'],
  [32, '365/s, 117 ms, 4.4 ms'],
]);

async function run(servers: readonly RunningServer[], bareEndpoint: string): Promise<void> {
  const [first] = servers;
  if (first === undefined) throw new Error('no server');
  const all = await submittableDrafts();
  ok(await first.prefecture.put('/api/directory', await directoryFixture('saitama-r6')));
  for (let index = 0; index < (earlier ?? 0); index += 1)
    ok(await first.prefecture.put(`/api/rounds/E${index}`, openRound({ [form]: 2024 })));
  // Everybody has a token, and the code is warm.
  let rounds = 0;
  const fresh = async (count: number): Promise<Fresh[]> => {
    const made: Fresh[] = [];
    while (made.length < count) {
      rounds += 1;
      const round = `L${rounds}`;
      ok(await first.prefecture.put(`/api/rounds/${round}`, openRound({ [form]: 2024 })));
      for (const [unit, draft] of all) {
        const server = servers[made.length % servers.length] ?? first;
        made.push({ ...draft, server, key: { round, form, unit } });
      }
    }
    return made.slice(0, count);
  };
  const warm = await fresh(all.size * servers.length * 2);
  await measure(servers, warm, { atOnce: 4 }, async (one) => save(one).then(() => submit(one)));

  const client = tableClient(bareEndpoint);
  await createTable(client, 'bare');
  const write = async (writes: readonly Write[] | undefined): Promise<void> => {
    await client.send(new TransactWriteCommand({ TransactItems: [...(writes ?? [])] }));
  };
  const bareOf = async (one: Fresh): Promise<void> => {
    for (const writes of transactionsOf('bare', one)) await write(writes);
  };
  for (const atOnce of [1, 8, 32]) {
    const ours: Measured[] = [];
    const alone: Measured[] = [];
    const bare: Measured[] = [];
    const bareAlone: Measured[] = [];
    for (let turn = 0; turn < turns; turn += 1) {
      const both = await fresh(all.size * roundsEach);
      bare.push(await measure([], both, { atOnce }, bareOf));
      ours.push(await measure(servers, both, { atOnce }, async (one) => save(one).then(() => submit(one))));
      const saved = await fresh(all.size * roundsEach);
      for (const one of saved) await save(one);
      for (const one of saved) await write(transactionsOf('bare', one)[0]);
      bareAlone.push(await measure([], saved, { atOnce }, (one) => write(transactionsOf('bare', one)[1])));
      alone.push(await measure(servers, saved, { atOnce }, submit));
    }
    process.stdout.write(`${atOnce} at once (ODK Central, August 2026: ${peer.get(atOnce) ?? ''})\n`);
    process.stdout.write(line('save + submit', medianOf(ours), medianOf(bare)));
    process.stdout.write(line('submit alone', medianOf(alone), medianOf(bareAlone)));
  }
  const pace = { every: 1000 / perSecond };
  const steady = await fresh(perSecond * (seconds ?? 0));
  if (steady.length === 0) return;
  const bare = await measure([], steady, pace, bareOf);
  process.stdout.write(`${perSecond} a second for ${seconds} s\n`);
  process.stdout.write(
    line('save + submit', await measure(servers, steady, pace, async (one) => save(one).then(() => submit(one))), bare),
  );
  client.destroy();
}

const folder = await mkdtemp(join(tmpdir(), 'yoriai-load-'));
const engine = await startDynamoDb({ dataDir: join(folder, 'shared') });
const bareEngine = await startDynamoDb({ dataDir: join(folder, 'bare') });
process.env['DYNAMODB_ENDPOINT'] = engine.endpoint;
const servers: RunningServer[] = [];
try {
  for (let index = 0; index < (processes ?? 1); index += 1)
    servers.push(await startServer({ DATA_DIR: join(folder, String(index)), DEMO: 'off' }));
  await run(servers, bareEngine.endpoint);
} finally {
  for (const server of servers) await server.end('SIGTERM');
  await bareEngine.stop();
  await engine.stop();
  await rm(folder, { recursive: true, force: true });
}
