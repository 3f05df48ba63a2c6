/** A round from the directory to the publication, over the API: what a deployment is for. */

import * as z from 'zod';
import type { Answers } from '../../../schemas/values/json.ts';
import { directoryFixture, ok, openRound, returnsFixture } from '../../integration/support/fixtures.ts';
import type { Deployment } from './deployment.ts';

export const units = { submitted: '112038', accepted: '112011', drafting: '112321' } as const;
export const council = 'c112321';

const exportStarted = z.object({ exportId: z.string() });
const exportRecord = z.object({
  status: z.enum(['running', 'done', 'failed']),
  manifest: z.object({ files: z.array(z.object({ path: z.string() })) }).optional(),
});
const asked = z.object({ errors: z.array(z.object({ check: z.string() })) });

const surveyOf = (round: string, unit: string): string => `/api/rounds/${round}/returns/municipal-survey/${unit}`;

/** The draft with the most text: the council with the most bodies. */
export async function largestReport(): Promise<Answers> {
  const reports = Object.values(await returnsFixture('gunma-h30/council-report.json'));
  const size = (answers: Answers): number => JSON.stringify(answers).length;
  return reports.toSorted((a, b) => size(b) - size(a))[0] ?? {};
}

async function submit({ municipality }: Deployment, unit: string, answers: Answers): Promise<void> {
  const client = municipality(unit);
  const path = surveyOf('R6', unit);
  const saved = ok(await client.put(path, { answers }, { 'if-none-match': '*' }));
  const refused = await client.post(`${path}/submission`);
  if (refused.status === 201) return;
  const reasons = Object.fromEntries(
    asked.parse(refused.json()).errors.map(({ check }) => [check, '数値に誤りはありません。']),
  );
  ok(await client.put(path, { answers, reasons }, { 'if-match': saved.headers.get('etag') ?? '' }));
  ok(await client.post(`${path}/submission`, undefined, { 'idempotency-key': `first-${unit}` }));
}

/** Opens the round, takes returns in and decides. */
export async function takeReturnsIn(deployment: Deployment): Promise<void> {
  const { prefecture, municipality } = deployment;
  const forms = { 'municipal-survey': 2024, 'council-report': 2024, 'coordination-meeting': 2024 };
  ok(await prefecture.put('/api/directory', await directoryFixture('saitama-r6')));
  ok(await prefecture.put('/api/rounds/R6', openRound(forms)));
  // Changed before anybody has begun.
  ok(await prefecture.put('/api/rounds/R6', openRound(forms, { name: '令和6年度の調査' })));
  const surveys = await returnsFixture('saitama-r6/municipal-survey.json');
  for (const unit of [units.submitted, units.accepted]) await submit(deployment, unit, surveys[unit] ?? {});
  const draft = municipality(units.drafting);
  ok(await draft.put(surveyOf('R6', units.drafting), { answers: surveys[units.drafting] }, { 'if-none-match': '*' }));
  const withdrawn = `${surveyOf('R6', units.submitted)}/submission`;
  // Whoever looks at the tracker after a change numbers an event whose predecessor has its number.
  ok(await prefecture.get('/api/rounds/R6/returns'));
  ok(await municipality(units.submitted).delete(withdrawn));
  ok(await prefecture.get('/api/rounds/R6/returns'));
  ok(await municipality(units.submitted).post(withdrawn));
  ok(await prefecture.post(`${surveyOf('R6', units.accepted)}/decision`, { version: 1, decision: 'accept' }));
  ok(await prefecture.get(`${surveyOf('R6', units.submitted)}/versions/2?against=1`));
}

/** Exports the round and publishes; gives the paths of the files. */
export async function exportAndPublish(deployment: Deployment): Promise<readonly string[]> {
  const { prefecture } = deployment;
  const { exportId } = exportStarted.parse(ok(await prefecture.post('/api/rounds/R6/exports')).json());
  await deployment.settled();
  const record = exportRecord.parse(ok(await prefecture.get(`/api/rounds/R6/exports/${exportId}`)).json());
  if (record.status !== 'done') throw new Error(`the export is ${record.status}: ${deployment.log()}`);
  ok(await prefecture.post(`/api/rounds/R6/exports/${exportId}/publication`));
  return record.manifest?.files.map(({ path }) => path) ?? [];
}
