/** Reports of real councils, by keyboard alone: from the sign-in to the receipt. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { councilReport2024 } from '../../schemas/forms/council-report/v2024.ts';
import type { Answers } from '../../schemas/values/json.ts';
import { entriesOf, isValues } from '../integration/support/officer.ts';
import { byPosition } from '../integration/support/by-position.ts';
import { directoryFixture, ok, openRound, openSystem, returnsFixture } from '../integration/support/fixtures.ts';
import { startTestSystem } from '../integration/support/system.ts';
import type { TestSystem } from '../integration/support/system.ts';
import { Browsers } from './support/browser.ts';
import { Typist } from './support/typist.ts';

const period = { fiscalYear: 2018, referenceDate: '2019-03-31', period: { from: '2018-04', to: '2019-03' }, asOf: {} };

/** Dozens of pages, on a machine that is busy with something else. */
const mostMilliseconds = 240_000;

let system: TestSystem;
let browsers: Browsers;
let reports: Record<string, Answers>;

beforeAll(async () => {
  system = await startTestSystem({
    prefecture: 'gunma',
    accounts: [
      { id: 'town', name: 'tamamuraの担当', groups: ['unit-104647'] },
      { id: 'city', name: 'isesakiの担当', groups: ['unit-102041'] },
    ],
  });
  await openSystem(system, await directoryFixture('gunma-h30'), 'H30', openRound({ 'council-report': 2024 }, period));
  reports = await returnsFixture('gunma-h30/council-report.json');
  browsers = await Browsers.launch(system.url);
});
afterAll(async () => {
  await browsers.close();
  await system.stop();
});

// These bodies are asked every question between them; the others would be the same pages again.
it.each([
  { javaScriptEnabled: true, unit: 'tamamura', typed: [3] },
  { javaScriptEnabled: false, unit: 'isesaki', typed: [0, 1] },
])(
  'a report is typed in and submitted without a mouse: %o',
  async ({ javaScriptEnabled, unit, typed }) => {
    const report = reports[unit] ?? {};
    const place = `/rounds/H30/returns/council-report/${unit}`;
    const page = await browsers.window({ javaScriptEnabled });
    const typist = new Typist(page);
    const [profile, list] = councilReport2024.sections;
    if (profile === undefined || list === undefined || !isValues(report['profile']))
      throw new Error('the fixture has a profile');
    const bodies = entriesOf(report['bodies']).filter((_, index) => typed.includes(index));

    await page.goto(place);
    await typist.link('サインインする');
    await typist.link(`${unit}の担当`);
    await typist.link('協議会の概要');
    await typist.page(profile.children, report['profile']);
    await typist.list(list, bodies);
    await typist.button('next');
    expect(new URL(page.url()).pathname).toBe(`${place}/check`);

    // Whatever has to be explained is explained with a reason typed in.
    for (const id of await page
      .locator('textarea[id^="reason:"]')
      .evaluateAll((fields) => fields.map((field) => field.id))) {
      await typist.to({ id });
      await typist.type('開催した会議のうち主なものを記入しました。');
    }
    await typist.link('県に提出する');
    expect(await page.locator('h1').textContent()).toBe('提出しました');

    const stored = ok(await system.prefecture.get(`/api${place}/versions/1`)).json().answers;
    expect(byPosition(stored)).toEqual(byPosition({ ...report, bodies }));
    expect(browsers.complaints).toEqual([]);
    expect([...browsers.hosts()]).toEqual(['127.0.0.1']);
  },
  mostMilliseconds,
);
