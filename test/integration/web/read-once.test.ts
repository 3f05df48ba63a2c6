/** What pages ask the table for: each item once for a request, however many parts of the page need it. */

import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import * as z from 'zod';
import type { StorageContext } from '../../../functions/storage/context.ts';
import { adoptQuestionnaire } from '../support/asked-by-last-time.ts';
import type { TestBrowser } from '../support/browser.ts';
import { answer, answersFixture, ok } from '../support/fixtures.ts';
import type { TestSystem } from '../support/system.ts';
import { startTown, unit } from '../support/town-with-councils.ts';

const forms = { 'municipal-survey': 2024, 'council-report': 2024, lasting: 2025 };
const report = '/rounds/R6/returns/council-report/tried';

/** Of a questionnaire that asks by what was answered last. */
const questions = [
  { key: 'held', kind: 'count', label: '研修', unit: '回' },
  { key: 'why', kind: 'text', label: '減った理由', maxLength: 100, when: 'held < previous.held' },
];

let system: TestSystem;
let officer: TestBrowser;
/** A line for each call: the keys of the items that it asks for, or of the range. */
const calls: string[][] = [];

const key = z.object({ pk: z.object({ S: z.string() }), sk: z.object({ S: z.string() }) });
const asked = z.object({
  Key: key.optional(),
  RequestItems: z.record(z.string(), z.object({ Keys: z.array(key).optional() })).optional(),
  ExpressionAttributeValues: z.record(z.string(), z.unknown()).optional(),
});

/** The names of what a call reads; of a range, its bounds. */
function namesIn(input: unknown): string[] {
  const { Key, RequestItems = {}, ExpressionAttributeValues } = asked.parse(input);
  const keys = [...(Key === undefined ? [] : [Key]), ...Object.values(RequestItems).flatMap(({ Keys = [] }) => Keys)];
  return keys.length > 0 ? keys.map(({ pk, sk }) => `${pk.S} ${sk.S}`) : [JSON.stringify(ExpressionAttributeValues)];
}

function watched(storage: StorageContext): StorageContext {
  storage.client.middlewareStack.add(
    (next, { commandName = '' }) =>
      (args) => {
        if (/GetItem|Query/.test(commandName)) calls.push(namesIn(args.input));
        return next(args);
      },
    { step: 'initialize', priority: 'high' },
  );
  return storage;
}

beforeAll(async () => {
  ({ system, officer } = await startTown({
    councils: ['tried'],
    asked: forms,
    hasRoundBefore: true,
    prepare: (begun) => adoptQuestionnaire(begun, 'lasting', questions),
    alter: watched,
  }));
  const last = '/api/rounds/R5/returns/council-report/tried';
  await answer(system.municipality(unit), last, await answersFixture('councils/kisarazu.json'));
  const survey = `/api/rounds/R5/returns/lasting/${unit}`;
  await answer(system.municipality(unit), survey, { q: { held: 3 } });
  for (const each of [last, survey])
    ok(await system.prefecture.post(`${each}/decision`, { version: 1, decision: 'accept' }));
});
afterAll(() => system.stop());
beforeEach(() => {
  calls.length = 0;
});

it.each([
  ['the list of rounds', '/', 8],
  ['a section', `${report}/sections/profile`, 8],
  ['a section that asks by what was answered last', `/rounds/R6/returns/lasting/${unit}/sections/q`, 8],
  ['the workbook to fill in', `${report}/workbook/file`, 5],
])('%s asks for no directory, return or version twice, in few calls', async (_what, address, most) => {
  expect((await officer.request(address)).status).toBe(200);
  const names = calls.flat().filter((name) => !/^(UNITS|ROUNDS REVISION)/.test(name));
  expect(names).toContain('DIR# LATEST');
  expect(names.filter((name, index) => names.indexOf(name) < index)).toEqual([]);
  expect(calls.length).toBeLessThanOrEqual(most);
});
