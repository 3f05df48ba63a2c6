/** What pages ask the table for: each item once for a request, however many parts of the page need it. */

import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import * as z from 'zod';
import type { StorageContext } from '../../../functions/storage/context.ts';
import { TestBrowser } from '../support/browser.ts';
import { answer, answersFixture, directoryFixture, ok, openRound, openSystem } from '../support/fixtures.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

const forms = { 'municipal-survey': 2024, 'council-report': 2024, lasting: 2025 };
const unit = '111007';
const report = '/rounds/R6/returns/council-report/tried';

/** A questionnaire that asks by what was answered last. */
const lasting = {
  format: 1,
  id: 'lasting',
  version: 2025,
  title: '取組の継続に関する調査',
  units: 'municipality',
  sections: [
    {
      key: 'q',
      label: '取組',
      questions: [
        { key: 'held', kind: 'count', label: '研修', unit: '回' },
        { key: 'why', kind: 'text', label: '減った理由', maxLength: 100, when: 'held < previous.held' },
      ],
    },
  ],
};

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
  system = await startTestSystem({
    accounts: [{ id: 'town', name: 'さいたま市担当', groups: [`unit-${unit}`] }],
    alter: watched,
  });
  const saitama = await directoryFixture('saitama-r6');
  const councils = [{ id: 'tried', name: '協議会', members: [unit], lead: unit }];
  const before = { name: '令和5年度調査', fiscalYear: 2023, referenceDate: '2023-09-30' };
  ok(await system.prefecture.put('/api/forms/lasting/2025', lasting));
  ok(await system.prefecture.post('/api/forms/lasting/2025/adoption'));
  await openSystem(
    system,
    { ...saitama, councils: [...saitama.councils, ...councils] },
    'R5',
    openRound(forms, before),
  );
  ok(await system.prefecture.put('/api/rounds/R6', openRound(forms)));
  const last = '/api/rounds/R5/returns/council-report/tried';
  await answer(system.municipality(unit), last, await answersFixture('councils/kisarazu.json'));
  const survey = `/api/rounds/R5/returns/lasting/${unit}`;
  await answer(system.municipality(unit), survey, { q: { held: 3 } });
  for (const each of [last, survey])
    ok(await system.prefecture.post(`${each}/decision`, { version: 1, decision: 'accept' }));
  officer = new TestBrowser(system.url);
  await officer.signIn('town');
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
