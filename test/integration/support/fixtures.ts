/** The fixtures, and the steps that bring them into a system over HTTP. */

import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { examine } from '../../../functions/domain/examination.ts';
import { directory as directorySchema } from '../../../schemas/directory.ts';
import type { Directory } from '../../../schemas/directory.ts';
import { municipalSurvey2024 } from '../../../schemas/forms/municipal-survey/v2024.ts';
import type { Answers } from '../../../schemas/values/json.ts';
import type { Reasons } from '../../../schemas/return.ts';
import { roundDefinition } from '../../../schemas/round.ts';
import type { Client, Reply, TestSystem } from './system.ts';

const folder = new URL('../../fixtures/', import.meta.url);

async function readJson(name: string): Promise<unknown> {
  return JSON.parse(await readFile(new URL(name, folder), 'utf8'));
}

export async function directoryFixture(name: 'saitama-r6' | 'gunma-h30'): Promise<Directory> {
  return directorySchema.parse(await readJson(`${name}/directory.json`));
}

const isAnswers = z.custom<Answers>((value) => typeof value === 'object' && value !== null);

export async function answersFixture(name: string): Promise<Answers> {
  return isAnswers.parse(await readJson(name));
}

/** Answers by unit. */
export async function returnsFixture(name: string): Promise<Record<string, Answers>> {
  return z.record(z.string(), isAnswers).parse(await readJson(name));
}

/** A round that is open now; what is given replaces. */
export function openRound(forms: Record<string, number>, rest: Record<string, unknown> = {}): Record<string, unknown> {
  const day = (offset: number): string => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
  return {
    name: '令和6年度調査',
    fiscalYear: 2024,
    compareYear: 2022,
    referenceDate: '2024-09-30',
    asOf: { consultation: '2024-04-01' },
    period: { from: '2023-04', to: '2024-09' },
    forms,
    opensAt: day(-2),
    dueAt: day(2),
    ...rest,
  };
}

export interface SubmittableDraft {
  readonly answers: Answers;
  readonly reasons: Reasons;
}

/** By unit, every return of Saitama's fixture with the reasons that are asked for, so that each may be submitted. */
export async function submittableDrafts(): Promise<ReadonlyMap<string, SubmittableDraft>> {
  const directory = await directoryFixture('saitama-r6');
  const round = { ...roundDefinition.parse(openRound({ 'municipal-survey': 2024 })), id: 'R6', directoryVersion: 1 };
  const municipalities = new Set(directory.municipalities.map(({ code }) => code));
  const all = Object.entries(await returnsFixture('saitama-r6/municipal-survey.json'));
  return new Map(
    all.map(([unit, answers]) => {
      const { asked } = examine(municipalSurvey2024, answers, {}, { unit, round, municipalities });
      return [
        unit,
        { answers, reasons: Object.fromEntries(asked.map(({ key }) => [key, '数値に誤りはありません。'])) },
      ];
    }),
  );
}

/** Answers with 2xx, or fails saying what came. */
export function ok(reply: Reply): Reply {
  if (reply.status >= 300) throw new Error(`${reply.status} ${reply.text.slice(0, 2000)}`);
  return reply;
}

export async function openSystem(
  system: TestSystem,
  directory: Directory,
  round: string,
  definition: unknown,
): Promise<void> {
  ok(await system.prefecture.put('/api/directory', directory));
  ok(await system.prefecture.put(`/api/rounds/${round}`, definition));
}

export interface SubmittedReturn {
  readonly version: number;
  readonly receipt: string;
  readonly sha256: string;
}

const submittedReturn = z.object({ version: z.number(), receipt: z.string(), sha256: z.string() });

export interface AskedReason {
  readonly path: string;
  readonly check: string;
}

/**
 * Saves a return and submits it; where edit checks ask for reasons, gives them and submits again.
 * Tells which were asked.
 */
export async function answer(
  client: Client,
  path: string,
  answers: Answers,
): Promise<SubmittedReturn & { readonly asked: readonly AskedReason[] }> {
  const saved = ok(await client.put(path, { answers }, { 'if-none-match': '*' }));
  const first = await client.post(`${path}/submission`);
  if (first.status === 201) return { ...submittedReturn.parse(first.json()), asked: [] };
  const errors = z
    .array(z.object({ path: z.string(), code: z.literal('reason-required'), check: z.string() }))
    .parse(first.json().errors);
  const reasons = Object.fromEntries(errors.map(({ check }) => [check, '数値に誤りはありません。']));
  ok(await client.put(path, { answers, reasons }, { 'if-match': saved.headers.get('etag') ?? '' }));
  return { ...submittedReturn.parse(ok(await client.post(`${path}/submission`)).json()), asked: errors };
}

/** Runs an export and waits until it has ended. */
// oxlint-disable-next-line typescript/no-explicit-any -- tests look into the record
export async function exportRound(system: TestSystem, round: string): Promise<{ exportId: string; record: any }> {
  const { exportId } = ok(await system.prefecture.post(`/api/rounds/${round}/exports`)).json();
  await system.settled();
  const record = ok(await system.prefecture.get(`/api/rounds/${round}/exports/${exportId}`)).json();
  return { exportId, record };
}

export async function exportedFile(system: TestSystem, round: string, exportId: string, path: string): Promise<string> {
  return ok(await system.prefecture.get(`/api/rounds/${round}/exports/${exportId}/files/${path}`)).text;
}
