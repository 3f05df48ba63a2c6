/** Two pages that differ in more questions than one page can ask about. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { catalogue, form } from '../../../schemas/form.ts';
import { section, text } from '../../../schemas/question.ts';
import { TestBrowser } from '../support/browser.ts';
import { directoryFixture, ok, openRound, openSystem } from '../support/fixtures.ts';
import { Officer, formOn } from '../support/officer.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

const unit = '112321';
const address = `/rounds/R6/returns/many/${unit}/sections/texts`;
const keys = Array.from({ length: 120 }, (_, index) => `text${index}`);
const many = form(
  'many',
  2024,
  { title: '多くの項目', units: 'municipality', help: '' },
  {
    texts: section('記述', Object.fromEntries(keys.map((key) => [key, text(`記述${key}`, 200)]))),
  },
);

let system: TestSystem;

async function officerCalled(account: string): Promise<Officer> {
  const browser = new TestBrowser(system.url);
  await browser.signIn(account);
  return new Officer(browser);
}

beforeAll(async () => {
  system = await startTestSystem({
    forms: catalogue([many]),
    accounts: [
      { id: 'first', name: '主任', groups: [`unit-${unit}`] },
      { id: 'second', name: '係長', groups: [`unit-${unit}`] },
    ],
  });
  await openSystem(system, await directoryFixture('saitama-r6'), 'R6', openRound({ many: 2024 }, { asOf: {} }));
});
afterAll(() => system.stop());

const answers = (mark: string): Record<string, string> =>
  Object.fromEntries(keys.map((key) => [key, `${mark}${'文'.repeat(150)}`]));
const typed = (mark: string): Map<string, readonly string[]> =>
  new Map(Object.entries(answers(mark)).map(([key, value]) => [`texts.${key}`, [value]]));

it('are settled on one page after the other, each of 60 KB at most, and every choice holds', async () => {
  const [officer, colleague] = await Promise.all(['first', 'second'].map(officerCalled));
  if (officer === undefined || colleague === undefined) throw new Error('nobody');
  const [mine, theirs] = [await officer.open(address), await colleague.open(address)];
  await colleague.press(theirs, 'save', typed('他'));
  let page = await officer.post(mine, formOn(mine, 'save'), typed('自'), ['action', 'save']);
  const asked: string[] = [];
  for (let pages = 1; page.status === 412; pages += 1) {
    expect(pages).toBeLessThan(10);
    expect(Buffer.byteLength(page.html)).toBeLessThan(60_000);
    const names = [...page.html.matchAll(/name="texts\.([^"]+):choice" value="mine"/g)].map(([, key = '']) => key);
    expect(page.html.includes('次の画面で確認します。')).toBe(asked.length + names.length < keys.length);
    expect(page.html).not.toContain('error-message');
    asked.push(...names);
    const choices = names.map((key): [string, string[]] => [
      `texts.${key}:choice`,
      [Number(key.slice(4)) % 2 === 0 ? 'mine' : 'theirs'],
    ]);
    page = await officer.post(page, formOn(page, 'save'), new Map(choices), ['action', 'save']);
  }
  expect(page.status).toBe(200);
  expect(asked).toEqual(keys);
  const stored = ok(await system.prefecture.get(`/api/rounds/R6/returns/many/${unit}`)).json().answers.texts;
  const [own, other] = [answers('自'), answers('他')];
  expect(stored).toEqual(Object.fromEntries(keys.map((key, index) => [key, index % 2 === 0 ? own[key] : other[key]])));
});
