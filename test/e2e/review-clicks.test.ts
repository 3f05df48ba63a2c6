/** How many clicks it takes the prefecture to decide on what was submitted, from its home page. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { directoryFixture, ok, openRound, openSystem } from '../integration/support/fixtures.ts';
import { startTestSystem } from '../integration/support/system.ts';
import type { TestSystem } from '../integration/support/system.ts';
import { Browsers } from './support/browser.ts';
import { CountedOfficer } from './support/counted-officer.ts';

let system: TestSystem;
let browsers: Browsers;

const forms = { kouhan: 2025, zenhan: 2025 };
const remarkable = 10;
const unremarkable = 100;

function questionnaire(id: string) {
  const held = { key: 'held', kind: 'count', label: '開催回数', unit: '回', required: true };
  const memo = { key: 'memo', kind: 'text', label: '特色', maxLength: 200, visibility: 'open' };
  const sections = [{ key: 'q', label: '照会', questions: [held, memo] }];
  return { format: 1, id, version: 2025, title: `照会（${id}）`, units: 'municipality', help: '', sections };
}

beforeAll(async () => {
  system = await startTestSystem({ accounts: [{ id: 'prefecture', name: '県担当', groups: ['prefecture'] }] });
  browsers = await Browsers.launch(system.url);
  for (const id of Object.keys(forms)) {
    ok(await system.prefecture.put(`/api/forms/${id}/2025`, questionnaire(id)));
    ok(await system.prefecture.post(`/api/forms/${id}/2025/adoption`));
  }
  const directory = await directoryFixture('saitama-r6');
  await openSystem(system, directory, 'R6', openRound(forms, { asOf: undefined }));
  const all = Object.keys(forms).flatMap((form) => directory.municipalities.map(({ code }) => ({ form, code })));
  await Promise.all(
    all.slice(0, remarkable + unremarkable).map(async ({ form, code }, index) => {
      const path = `/api/rounds/R6/returns/${form}/${code}`;
      const answers = { q: { held: index, ...(index < remarkable ? { memo: '月ごとに開いています。' } : {}) } };
      const client = system.municipality(code);
      ok(await client.put(path, { answers }, { 'if-none-match': '*' }));
      ok(await client.post(`${path}/submission`));
    }),
  );
});
afterAll(async () => {
  await browsers.close();
  await system.stop();
});

async function accepted(): Promise<number> {
  const { returns } = ok(await system.prefecture.get('/api/rounds/R6/returns')).json();
  return returns.filter(({ state }: { state: string }) => state === 'accepted').length;
}

it('accepts 100 unremarkable returns in at most 5 clicks, and reads and accepts 10 others in at most 15', async () => {
  const officer = new CountedOfficer(await browsers.officer('prefecture', '/'));
  await officer.follow(/^確認を待っている回答が110件/);
  await officer.follow('特記事項のない100件をまとめて確認する', 'button');
  await officer.follow('100件を確認済にする', 'button');
  expect(await accepted()).toBe(unremarkable);
  expect(officer.clicks).toBeLessThanOrEqual(5);

  await officer.page.goto('/');
  officer.clicks = 0;
  await officer.follow(/^確認を待っている回答が10件/);
  await officer.click(officer.page.getByRole('rowheader').getByRole('link').first());
  for (let left = remarkable; left > 0; left -= 1) {
    await officer.page.getByRole('heading', { name: '公表される記述（1件）' }).waitFor();
    await officer.follow(/確認済に(?:して次へ|する)$/, 'button');
  }
  expect(await accepted()).toBe(unremarkable + remarkable);
  expect(officer.clicks).toBeLessThanOrEqual(15);
  expect(browsers.complaints).toEqual([]);
});
