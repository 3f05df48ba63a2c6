import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import * as z from 'zod';
import { examine } from '../../../functions/domain/examination.ts';
import { municipalSurvey2024 } from '../../../schemas/forms/municipal-survey/v2024.ts';
import { roundDefinition } from '../../../schemas/round.ts';
import { directoryFixture, ok, openRound, returnsFixture } from '../support/fixtures.ts';
import { startServer } from '../support/server.ts';
import type { RunningServer } from '../support/server.ts';
import type { Client } from '../support/system.ts';

let dataDir: string;
const running: RunningServer[] = [];

async function start(): Promise<RunningServer> {
  const server = await startServer({ DATA_DIR: dataDir, DEMO: 'off' }, [join(inject('bundles'), 'start.mjs')]);
  running.push(server);
  return server;
}

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'yoriai-'));
});
afterEach(async () => {
  for (const server of running.splice(0)) await server.end('SIGKILL');
  await rm(dataDir, { recursive: true, force: true });
});

const returns = '/api/rounds/R6/returns';
const submissions = 60;

interface Receipt {
  readonly unit: string;
  readonly version: number;
  readonly receipt: string;
  readonly sha256: string;
}

const receiptAnswer = z.object({ version: z.number(), receipt: z.string(), sha256: z.string() });

/** Saves the returns of 60 municipalities with the reasons that are asked for, so that each may be submitted. */
async function saveReturns(server: RunningServer): Promise<string[]> {
  const directory = await directoryFixture('saitama-r6');
  const definition = openRound({ 'municipal-survey': 2024 });
  ok(await server.prefecture.put('/api/directory', directory));
  ok(await server.prefecture.put('/api/rounds/R6', definition));
  const round = { ...roundDefinition.parse(definition), id: 'R6', directoryVersion: 1 };
  const municipalities = new Set(directory.municipalities.map(({ code }) => code));
  const all = Object.entries(await returnsFixture('saitama-r6/municipal-survey.json')).slice(0, submissions);
  for (const [unit, answers] of all) {
    const { asked } = examine(municipalSurvey2024, answers, {}, { unit, round, municipalities });
    const reasons = Object.fromEntries(asked.map(({ key }) => [key, '数値に誤りはありません。']));
    const draft = { answers, reasons };
    ok(await server.municipality(unit).put(`${returns}/municipal-survey/${unit}`, draft, { 'if-none-match': '*' }));
  }
  return all.map(([unit]) => unit);
}

/** Submissions on their way at once: those that the server dies under. */
const atOnce = 8;

/** Fires a submission of every unit, and kills the server with -9 when so many have been answered. */
async function submitAndKill(server: RunningServer, units: readonly string[], answers: number): Promise<Receipt[]> {
  const receipts: Receipt[] = [];
  const clients = await Promise.all(
    units.map(async (unit) => {
      const client = server.municipality(unit);
      ok(await client.get(`${returns}/municipal-survey/${unit}`));
      return { unit, client };
    }),
  );
  let killed: Promise<unknown> | undefined;
  const submit = async ({ unit, client }: { unit: string; client: Client }): Promise<void> => {
    const reply = await client.post(`${returns}/municipal-survey/${unit}/submission`);
    receipts.push({ unit, ...receiptAnswer.parse(ok(reply).json()) });
    if (receipts.length === answers) killed ??= server.end('SIGKILL');
  };
  const left = clients.values();
  const one = async (): Promise<void> => {
    for (const client of left) await submit(client);
  };
  const settled = await Promise.allSettled(Array.from({ length: atOnce }, one));
  // Every request that was not answered failed because nobody listens or answers any more, not because it was refused.
  for (const each of settled)
    if (each.status === 'rejected') expect(String(each.reason)).toMatch(/fetch failed|terminated/);
  expect(killed).toBeDefined();
  await killed;
  return receipts;
}

const logPage = z.object({
  log: z.array(
    z.looseObject({
      seq: z.number().optional(),
      what: z.string(),
      return: z.object({ unit: z.string() }).optional(),
      after: z.object({ version: z.number(), receipt: z.string().optional() }).optional(),
    }),
  ),
  next: z.string().optional(),
});

async function readLog({ prefecture }: RunningServer): Promise<z.infer<typeof logPage>['log']> {
  const entries: z.infer<typeof logPage>['log'] = [];
  let cursor = '';
  for (;;) {
    const page = logPage.parse(ok(await prefecture.get(`/api/rounds/R6/log?limit=500${cursor}`)).json());
    entries.push(...page.log);
    if (page.next === undefined) return entries;
    cursor = `&cursor=${page.next}`;
  }
}

const tracker = z.object({
  asOf: z.object({ seq: z.number() }),
  returns: z.array(
    z.object({ unit: z.string(), state: z.string(), version: z.number(), receipt: z.string().optional() }),
  ),
});

const versionList = z.object({ versions: z.array(receiptAnswer) });

describe('kill -9 of the server in the middle of 60 submissions', () => {
  it.for([1, 20, 45])(
    'after %i answers: every receipt exists, nothing is half there, the log has no gap',
    async (answers) => {
      const server = await start();
      const units = await saveReturns(server);
      const receipts = await submitAndKill(server, units, answers);
      expect(receipts.length).toBeGreaterThanOrEqual(answers);
      expect(receipts.length).toBeLessThan(submissions);

      const again = await start();
      for (const { unit, ...receipt } of receipts) {
        const version = ok(await again.prefecture.get(`${returns}/municipal-survey/${unit}/versions/1`)).json();
        expect(version).toMatchObject(receipt);
      }

      const { asOf, returns: tracked } = tracker.parse(ok(await again.prefecture.get(returns)).json());
      const log = (await readLog(again)).filter(({ seq }) => seq !== undefined);
      expect(log.map(({ seq }) => seq)).toEqual(Array.from({ length: asOf.seq }, (_, index) => index + 1));

      const submitted = tracked.filter(({ state }) => state === 'submitted');
      expect(submitted.length).toBeGreaterThanOrEqual(receipts.length);
      expect(submitted.length).toBeLessThan(submissions);
      for (const unit of units) {
        const stands = tracked.find((each) => each.unit === unit);
        const { versions } = versionList.parse(
          ok(await again.prefecture.get(`${returns}/municipal-survey/${unit}/versions`)).json(),
        );
        const entries = log.filter((entry) => entry.what === 'submitted' && entry.return?.unit === unit);
        const logged = entries.map(({ after }) => [after?.version, after?.receipt]);
        const expected = stands?.state === 'submitted' ? [[1, stands.receipt]] : [];
        expect({ versions: versions.map(({ version, receipt }) => [version, receipt]), logged }).toEqual({
          versions: expected,
          logged: expected,
        });
      }

      // Who got no answer submits once more: the first time, or told of the receipt that exists.
      const unanswered = units.filter((unit) => !receipts.some((receipt) => receipt.unit === unit));
      for (const unit of unanswered) {
        const reply = await again.municipality(unit).post(`${returns}/municipal-survey/${unit}/submission`);
        const stood = submitted.find((each) => each.unit === unit);
        if (stood === undefined) expect(reply.status).toBe(201);
        else
          expect({ status: reply.status, receipt: reply.json().receipt }).toEqual({
            status: 409,
            receipt: stood.receipt,
          });
      }
    },
  );
});
