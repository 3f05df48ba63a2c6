/** Mergers and divisions on the pages of the prefecture, between rounds and in the middle of one. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Directory } from '../../../schemas/directory.ts';
import { dayInJapan } from '../../../schemas/round.ts';
import { checkDigit } from '../../../schemas/values/municipality-code.ts';
import { printPartialDate } from '../../../schemas/values/partial-date.ts';
import { words } from '../support/browser.ts';
import type { Loaded, TestBrowser } from '../support/browser.ts';
import { ok } from '../support/fixtures.ts';
import { formTo } from '../support/officer.ts';
import { startReviewSystem, submitSurvey } from '../support/review-system.ts';
import type { ReviewSystem } from '../support/review-system.ts';

let started: ReviewSystem;
let officer: TestBrowser;

beforeAll(async () => {
  started = await startReviewSystem();
  ({ officer } = started);
});
afterAll(() => started.system.stop());

const address = '/directory/reorganisation';
const today = dayInJapan(new Date());

function codeOf(number: number): string {
  const five = `11${String(number)}`;
  return `${five}${checkDigit(five)}`;
}

/** Posts the form of a page with what is typed over what stands in its fields. */
function send(page: Loaded, typed: Record<string, string>, action = address): Promise<Loaded> {
  const form = formTo(page, action);
  const standing = form.fields.filter(([name]) => !Object.hasOwn(typed, name));
  return officer.postFrom(page, action.split('?')[0] ?? action, [...standing, ...Object.entries(typed)]);
}

async function first(what: string, typed: Record<string, string>): Promise<Loaded> {
  const page = await officer.open(`${address}?what=${what}`);
  return send(page, typed, `${address}?what=${what}`);
}

async function directoryOn(day: string): Promise<Directory> {
  return ok(await started.system.prefecture.get(`/api/directory?on=${day}`)).json();
}

/** What each form asks now: how many returns are expected, and of which units there are any. */
async function returnsOf(round: string): Promise<{ form: string; unit: string; state: string }[]> {
  return ok(await started.system.prefecture.get(`/api/rounds/${round}/returns`)).json().returns;
}

async function sumOf(round: string, question: string): Promise<readonly [number, number]> {
  const { rows } = ok(await started.system.prefecture.get(`/api/rounds/${round}/summary`)).json();
  const row = rows.find(
    (each: { question: string; measure: string }) => each.question === question && each.measure === 'sum',
  );
  return [row.value, row.base];
}

describe('a merger in the middle of a round', () => {
  const merged = codeOf(401);

  it('asks for what is missing, at its fields', async () => {
    const page = await first('merger', { day: '', from: '川越市' });
    expect(page.status).toBe(422);
    for (const field of ['day', 'from', 'existing']) expect(page.html).toContain(`href="#field-${field}"`);
    const unknown = await first('merger', { day: today, from: '川越市、無名市', existing: '112038' });
    expect(words(unknown)).toContain('「無名市」は、その日の名簿にありません。');
  });

  it('is shown with what becomes of the councils, then applied; twice is once, and two tabs are told', async () => {
    const councils = await first('merger', {
      day: printPartialDate(today),
      from: '川越市、熊谷市',
      'begun.0.code': merged,
      'begun.0.name': '川熊市',
      'begun.0.kind': '市',
    });
    expect(words(councils)).toContain('川越市 → 川熊市');
    const shown = await send(councils, { do: 'preview' });
    expect(words(shown)).toContain('終了 市町村 112011 川越市 川越市');
    expect(words(shown)).toContain(`追加 市町村 ${merged} 川熊市`);
    const tab = await send(councils, { do: 'preview' });
    const applied = await send(shown, { do: 'apply' });
    expect(words(applied)).toContain('合併等を名簿に反映しました。');
    const version = async (): Promise<string | null> =>
      (await started.system.prefecture.get('/api/directory')).headers.get('x-directory-version');
    const newest = await version();
    expect(words(await send(shown, { do: 'apply' }))).toContain('合併等を名簿に反映しました。');
    expect(await version()).toBe(newest);
    // The same page, opened before: what it would save is what stands.
    expect((await send(tab, { do: 'apply' })).status).toBe(200);
    const { municipalities } = await directoryOn(today);
    expect(municipalities.find(({ code }) => code === '112011')).toMatchObject({ successors: [merged] });
    expect(municipalities.find(({ code }) => code === merged)).toMatchObject({ validFrom: today });
    const page = await officer.open('/directory');
    expect(words(page)).toContain('この日には有効でない市町村（2件）');
  });

  it('leaves the round as it is: what is asked, and who merged answers in place of who ended', async () => {
    const returns = await returnsOf('R6');
    expect(returns.some(({ unit }) => unit === '112011')).toBe(true);
    expect(returns.some(({ unit }) => unit === merged)).toBe(false);
    const path = '/api/rounds/R6/returns/municipal-survey/112011';
    expect((await started.system.municipality('112011').get(path)).status).toBe(403);
    expect((await started.system.municipality(merged).get(path)).status).toBe(200);
    expect((await started.system.municipality('112038').get(path)).status).toBe(403);
  });

  it('takes the new directory only after a page that says what becomes of the returns; nothing is lost or counted', async () => {
    const [before] = await sumOf('R6', 'consultation.specific');
    const { surveys } = started;
    const figure = (unit: string): number => Number(Object(surveys[unit]?.['consultation'])['specific']);
    const version = (await started.system.prefecture.get('/api/directory')).headers.get('x-directory-version') ?? '';
    const shown = await officer.open(`/rounds/R6/settings?directory=${version}`);
    expect(words(shown)).toContain('市町村調査票：63件 → 62件');
    expect(words(shown)).toContain('読むことだけができます');
    expect(words(shown)).toMatch(/川越市 川熊市 市町村調査票/);
    const pinned = formTo(shown, '/rounds/R6/settings').fields.find(([name]) => name === 'pinned')?.[1] ?? '';
    const taken = await officer.postFrom(shown, '/rounds/R6/settings', [
      ['directory', version],
      ['pinned', pinned],
    ]);
    expect(words(taken)).toContain('設定を保存しました。');

    const returns = (await returnsOf('R6')).filter(({ form }) => form === 'municipal-survey');
    expect(returns).toHaveLength(62);
    expect(returns.some(({ unit }) => ['112011', '112020'].includes(unit))).toBe(false);
    expect(await sumOf('R6', 'consultation.specific')).toEqual([before - figure('112011') - figure('112020'), 2]);

    const path = '/api/rounds/R6/returns/municipal-survey/112011';
    const { system } = started;
    expect(ok(await system.prefecture.get(`${path}/versions/1`)).json()).toMatchObject({ unit: '112011' });
    expect(ok(await system.municipality(merged).get(path)).json()).toHaveProperty('answers');
    expect((await system.municipality('112011').get(path)).status).toBe(403);
    const decided = await system.prefecture.post(`${path}/decision`, { version: 1, decision: 'accept' });
    expect(decided.json()).toMatchObject({ status: 409, code: 'unit-ended' });
    expect((await system.municipality(merged).delete(`${path}/submission`)).json()).toMatchObject({
      code: 'unit-ended',
    });
    expect(words(await officer.open('/rounds/R6'))).toContain('対象でなくなった団体の回答（2件）');
    expect((await officer.open('/rounds/R6/returns/municipal-survey/112011/review')).status).toBe(200);
  });

  it('counts the merged municipality once it has answered', async () => {
    const [before] = await sumOf('R6', 'consultation.specific');
    await submitSurvey(started, merged, started.surveys['112011']);
    const figure = Number(Object(started.surveys['112011']?.['consultation'])['specific']);
    expect(await sumOf('R6', 'consultation.specific')).toEqual([before + figure, 3]);
  });
});
