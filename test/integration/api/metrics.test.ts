/** What operators count, from calls as they come: each once, and nothing that only was asked again. */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OperatorMetric } from '../../../functions/platform/metrics.ts';
import { directory as directorySchema } from '../../../schemas/directory.ts';
import { TestBrowser } from '../support/browser.ts';
import { exportRound, ok, openRound, openSystem } from '../support/fixtures.ts';
import { scratchCatalogue } from '../support/scratch-form.ts';
import { tablesOnly } from '../support/exports.ts';
import { startTestSystem } from '../support/system.ts';
import type { Client, TestSystem } from '../support/system.ts';

const code = '112038';
const directory = directorySchema.parse({
  prefecture: { code: '110001', name: '埼玉県' },
  municipalities: [{ code, name: '川口市', kind: 'city' }],
  councils: [],
});
const path = `/api/rounds/R6/returns/scratch-form/${code}`;
const answers = { overview: { status: 'established', meetings: 12 } };

const counted: OperatorMetric[] = [];
let system: TestSystem;
let town: Client;

beforeAll(async () => {
  system = await startTestSystem({
    formats: tablesOnly,
    forms: scratchCatalogue,
    metrics: { count: (metric) => counted.push(metric) },
    accounts: [{ id: 'nobody', name: '役割なし', groups: [] }],
  });
  town = system.municipality(code);
  await openSystem(system, directory, 'R6', openRound({ 'scratch-form': 2024 }, { asOf: {} }));
});
beforeEach(() => {
  counted.length = 0;
});
afterAll(() => system.stop());

describe('a count', () => {
  it('is made of a submission, and not of its repetition', async () => {
    ok(await town.put(path, { answers }, { 'if-none-match': '*' }));
    expect(counted).toEqual([]);
    const key = { 'idempotency-key': randomUUID() };
    ok(await town.post(`${path}/submission`, undefined, key));
    ok(await town.post(`${path}/submission`, undefined, key));
    expect(counted).toEqual(['Submissions']);
  });

  it('is made of a conflict: somebody else was faster, or the return is submitted', async () => {
    expect((await town.put(path, { answers }, { 'if-none-match': '*' })).status).toBeGreaterThanOrEqual(409);
    expect((await town.post(`${path}/submission`)).status).toBe(409);
    expect(counted).toEqual(['Conflicts', 'Conflicts']);
  });

  it('is made of a refusal and of a token that is not taken, and not of a call without one', async () => {
    expect((await town.post('/api/rounds/R6/exports')).status).toBe(403);
    expect((await system.bearer('Bearer a.b.c').get('/api/rounds')).status).toBe(401);
    expect((await system.bearer().get('/api/rounds')).status).toBe(401);
    expect(counted).toEqual(['Refusals', 'RefusedTokens']);
  });

  it('is made of a sign-in with a name that nobody has', async () => {
    expect((await new TestBrowser(system.url).signIn('no-such-person')).status).toBe(401);
    expect(counted).toEqual(['RefusedTokens']);
  });

  it('is made of an export and of a publication', async () => {
    ok(await system.prefecture.post(`${path}/decision`, { version: 1, decision: 'accept' }));
    const { exportId } = await exportRound(system, 'R6');
    ok(await system.prefecture.post(`/api/rounds/R6/exports/${exportId}/publication`));
    expect(counted).toEqual(['ExportsDone', 'Publications']);
  });
});
