/** A day of a round as requests: municipalities open their returns and save them, the prefecture looks how far they are. */

import { setTimeout as wait } from 'node:timers/promises';
import { directoryFixture, ok, openRound, returnsFixture } from '../integration/support/fixtures.ts';
import type { RunningServer } from '../integration/support/server.ts';
import type { Client, Reply } from '../integration/support/system.ts';

/** One request, and the statuses that answer it. */
interface Asked {
  readonly name: string;
  readonly statuses: readonly number[];
  readonly send: () => Promise<Pick<Reply, 'status'>>;
}

export interface SoakResult {
  readonly sent: number;
  /** What was sent and not answered as it should be. */
  readonly unanswered: readonly string[];
  /** In milliseconds, from when each was due, in ascending order. */
  readonly durations: readonly number[];
}

const returns = '/api/rounds/R6/returns';

/**
 * Opens a round with a saved return of every municipality.
 *
 * @returns the requests to choose from, by turns
 */
export async function openReturns({ prefecture, municipality, url }: RunningServer): Promise<readonly Asked[]> {
  ok(await prefecture.put('/api/directory', await directoryFixture('saitama-r6')));
  ok(await prefecture.put('/api/rounds/R6', openRound({ 'municipal-survey': 2024 })));
  const saved = Object.entries(await returnsFixture('saitama-r6/municipal-survey.json')).slice(0, 20);
  const asked: Asked[] = [
    { name: 'health', statuses: [200], send: () => prefecture.get('/api/health') },
    { name: 'page of the sign-in', statuses: [200], send: () => pageAt(`${url}/sign-in`) },
    { name: 'tracker', statuses: [200], send: () => prefecture.get(returns) },
  ];
  for (const [unit, answers] of saved) {
    const client: Client = municipality(unit);
    const path = `${returns}/municipal-survey/${unit}`;
    const first = ok(await client.put(path, { answers, reasons: {} }, { 'if-none-match': '*' }));
    let etag = first.headers.get('etag') ?? '';
    asked.push(
      { name: 'draft', statuses: [200], send: () => client.get(path) },
      {
        name: 'save',
        // Two that are under way at once are one save and one conflict.
        statuses: [200, 412],
        send: async () => {
          const reply = await client.put(path, { answers, reasons: {} }, { 'if-match': etag });
          etag = reply.headers.get('etag') ?? etag;
          return reply;
        },
      },
    );
  }
  return asked;
}

async function pageAt(url: string): Promise<Pick<Reply, 'status'>> {
  const response = await fetch(url);
  await response.arrayBuffer();
  return { status: response.status };
}

/** Sends at the rate, each when it is due: a server that falls behind is asked no less. */
export async function soak(
  requests: readonly Asked[],
  { seconds, rate }: { readonly seconds: number; readonly rate: number },
): Promise<SoakResult> {
  const durations: number[] = [];
  const unanswered: string[] = [];
  const sent: Promise<void>[] = [];
  const begin = performance.now();
  const ask = async ({ name, statuses, send }: Asked, due: number): Promise<void> => {
    try {
      const { status } = await send();
      if (!statuses.includes(status)) unanswered.push(`${name}: ${status}`);
    } catch (error) {
      unanswered.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
    durations.push(performance.now() - due);
  };
  for (let number = 0; number < seconds * rate; number += 1) {
    const due = begin + (number * 1000) / rate;
    await wait(Math.max(0, due - performance.now()));
    const next = requests[number % requests.length];
    if (next !== undefined) sent.push(ask(next, due));
  }
  await Promise.all(sent);
  return { sent: sent.length, unanswered, durations: durations.toSorted((one, other) => one - other) };
}

/** The duration that so many of a hundred stay below. */
function percentile(durations: readonly number[], percent: number): number {
  return Math.round(durations[Math.ceil((durations.length * percent) / 100) - 1] ?? 0);
}

export function printSoak({ sent, unanswered, durations }: SoakResult): string {
  const [p50, p95, p99] = [50, 95, 99].map((percent) => percentile(durations, percent));
  return `${sent - unanswered.length} of ${sent} answered, p50 ${p50} ms, p95 ${p95} ms, p99 ${p99} ms`;
}
