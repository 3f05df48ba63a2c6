/**
 * `npm run simulate`: what one minute of submissions to one round meets on DynamoDB, numbered in the transaction of each
 * submission (as releases up to 0.3 did) and numbered afterwards in batches. No AWS account can be loaded like this from
 * a laptop, so the limits that the service documents are simulated: a transaction that finds an item in another one's
 * hands is cancelled, a partition takes 1,000 write units a second, and a transactional write costs two units a KB.
 */

import { backoff } from '../../functions/storage/backoff.ts';
import { VirtualClock } from './virtual-clock.ts';

/** Milliseconds of one call, from and to; each call takes a time between them. */
const readTime = [4, 10] as const;
const transactionTime = [20, 50] as const;
const refusalTime = [6, 14] as const;
const thinking = 5;

const unitsPerSecond = 1000;
/** DynamoDB takes 100 items in a transaction: the counter, and an entry and an event for each number. */
const batch = 49;
const shards = 4;
/** Pages that somebody opens, and what they read first numbers what waits. */
const readerEvery = 3000;
const minute = 60_000;

/** Random numbers that are the same in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

interface ItemWrite {
  readonly partition: string;
  readonly item: string;
  readonly kilobytes: number;
}

type Answer = 'written' | 'conflict' | 'throttled';

/** A table as far as writers meet each other in it. */
class Table {
  conflicts = 0;
  throttles = 0;
  readonly #clock: VirtualClock;
  readonly #random: () => number;
  readonly #held = new Set<string>();
  readonly #spent = new Map<string, { second: number; units: number }>();

  constructor(clock: VirtualClock, random: () => number) {
    this.#clock = clock;
    this.#random = random;
  }

  #pass([from, to]: readonly [number, number]): Promise<void> {
    return this.#clock.wait(from + this.#random() * (to - from));
  }

  read(): Promise<void> {
    return this.#pass(readTime);
  }

  /** Whether every partition takes these writes within this second; then they are charged. */
  #charge(writes: readonly ItemWrite[]): boolean {
    const second = Math.floor(this.#clock.now / 1000);
    const wanted = new Map<string, number>();
    for (const { partition, kilobytes } of writes)
      wanted.set(partition, (wanted.get(partition) ?? 0) + 2 * Math.ceil(kilobytes));
    const spentOn = (partition: string): number => {
      const spent = this.#spent.get(partition);
      return spent?.second === second ? spent.units : 0;
    };
    const isTaken = [...wanted].every(([partition, units]) => spentOn(partition) + units <= unitsPerSecond);
    if (isTaken)
      for (const [partition, units] of wanted)
        this.#spent.set(partition, { second, units: spentOn(partition) + units });
    return isTaken;
  }

  /** @param holds whether what the writer has read still stands when the transaction begins */
  async transact(writes: readonly ItemWrite[], holds: () => boolean): Promise<Answer> {
    const isHeld = writes.some(({ item }) => this.#held.has(item));
    if (isHeld || !holds()) {
      this.conflicts += 1;
      await this.#pass(refusalTime);
      return 'conflict';
    }
    if (!this.#charge(writes)) {
      this.throttles += 1;
      await this.#pass(refusalTime);
      return 'throttled';
    }
    for (const { item } of writes) this.#held.add(item);
    await this.#pass(transactionTime);
    for (const { item } of writes) this.#held.delete(item);
    return 'written';
  }
}

interface Counter {
  seq: number;
}

interface Run {
  readonly clock: VirtualClock;
  readonly table: Table;
  readonly random: () => number;
  readonly counter: Counter;
  /** Events that have no number yet, by shard. */
  readonly waiting: number[];
  /** The most that waited at any time. */
  mostWaiting: number;
}

function ownWrites(unit: number): ItemWrite[] {
  const partition = `return ${unit}`;
  return [
    { partition: 'round', item: `head ${unit}`, kilobytes: 1 },
    { partition, item: `draft ${unit}`, kilobytes: 4 },
    { partition, item: `version ${unit}`, kilobytes: 4 },
    { partition: `idempotency ${unit}`, item: `key ${unit}`, kilobytes: 1 },
  ];
}

/** One submission under optimistic concurrency, as `storage/transact.ts` runs it; whether it was written in time. */
async function submission(run: Run, write: () => Promise<Answer>): Promise<boolean> {
  const pause = backoff({ wait: (ms) => run.clock.wait(ms), random: run.random });
  do {
    await run.table.read();
    await run.table.read();
    await run.clock.wait(thinking);
    if ((await write()) === 'written') return true;
  } while (await pause());
  return false;
}

/** As releases up to 0.3: the submission moves the round's counter and puts the log entry itself. */
function numberedAtOnce(run: Run, unit: number): Promise<boolean> {
  const { table, counter } = run;
  return submission(run, async () => {
    const seen = counter.seq;
    const writes = [
      ...ownWrites(unit),
      { partition: 'round', item: 'meta', kilobytes: 1 },
      { partition: 'log', item: `entry ${seen + 1}`, kilobytes: 1 },
    ];
    const answer = await table.transact(writes, () => counter.seq === seen);
    if (answer === 'written') counter.seq = seen + 1;
    return answer;
  });
}

/** Numbers one batch of what waits; whoever comes second to the counter leaves it to the first. */
async function numberBatch({ table, counter, waiting }: Run): Promise<boolean> {
  const seen = counter.seq;
  await table.read();
  const shard = waiting.findIndex((count) => count > 0);
  const count = Math.min(batch, waiting[shard] ?? 0);
  if (shard < 0 || count === 0) return false;
  const pairs = Array.from({ length: count }, (_, index): ItemWrite[] => [
    { partition: 'log', item: `entry ${seen + 1 + index}`, kilobytes: 1 },
    { partition: `events ${shard}`, item: `event ${shard} ${seen} ${index}`, kilobytes: 1 },
  ]);
  const writes = [{ partition: 'round', item: 'meta', kilobytes: 1 }, ...pairs.flat()];
  if ((await table.transact(writes, () => counter.seq === seen)) !== 'written') return false;
  counter.seq = seen + count;
  waiting[shard] = (waiting[shard] ?? 0) - count;
  return true;
}

/** The submission puts an event; numbers come afterwards. */
async function numberedAfterwards(run: Run, unit: number): Promise<boolean> {
  const { table, waiting } = run;
  const shard = unit % shards;
  const isWritten = await submission(run, () =>
    table.transact(
      [...ownWrites(unit), { partition: `events ${shard}`, item: `event of ${unit}`, kilobytes: 1 }],
      () => true,
    ),
  );
  if (!isWritten) return false;
  waiting[shard] = (waiting[shard] ?? 0) + 1;
  run.mostWaiting = Math.max(
    run.mostWaiting,
    waiting.reduce((sum, count) => sum + count, 0),
  );
  // One writer in so many numbers a batch.
  if ((waiting[shard] ?? 0) >= batch && run.random() * batch < 1) void numberBatch(run);
  return true;
}

async function readers(run: Run): Promise<void> {
  while (run.clock.now < minute) {
    await run.clock.wait(readerEvery);
    while (await numberBatch(run));
  }
}

interface Outcome {
  readonly accepted: number;
  readonly busy: number;
  readonly times: readonly number[];
  readonly run: Run;
}

async function oneMinute(submissions: number, submit: (run: Run, unit: number) => Promise<boolean>): Promise<Outcome> {
  const clock = new VirtualClock();
  const random = seeded(submissions);
  const table = new Table(clock, random);
  const run: Run = { clock, table, random, counter: { seq: 1 }, waiting: Array(shards).fill(0), mostWaiting: 0 };
  const times: number[] = [];
  let busy = 0;
  const one = async (unit: number): Promise<void> => {
    await clock.wait(random() * minute);
    const began = clock.now;
    if (await submit(run, unit)) times.push(clock.now - began);
    else busy += 1;
  };
  const all = [readers(run), ...Array.from({ length: submissions }, (_, unit) => one(unit))];
  await clock.run(Promise.all(all));
  return { accepted: times.length, busy, times: times.toSorted((a, b) => a - b), run };
}

function percentile(sorted: readonly number[], share: number): string {
  return `${Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)} ms`;
}

const schemes = [
  ['number in the transaction', numberedAtOnce],
  ['numbers afterwards', numberedAfterwards],
] as const;

const rows = [['submissions in a minute', 'scheme', 'accepted', 'busy', 'p50', 'p99', 'conflicts', 'most waiting']];
for (const submissions of [180, 468, 1741, 20_000]) {
  for (const [name, submit] of schemes) {
    const { accepted, busy, times, run } = await oneMinute(submissions, submit);
    const cells = [percentile(times, 0.5), percentile(times, 0.99), run.table.conflicts, run.mostWaiting];
    rows.push([submissions, name, accepted, busy, ...cells].map(String));
  }
}
const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
for (const row of rows)
  process.stdout.write(`${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}\n`);
