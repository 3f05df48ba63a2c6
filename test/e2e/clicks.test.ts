/** How many clicks and page loads a return costs, from the home page to the receipt. */

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { councilReport2024 } from '../../schemas/forms/council-report/v2024.ts';
import type { Answers, Json } from '../../schemas/values/json.ts';
import { byPosition } from '../integration/support/by-position.ts';
import {
  answer,
  directoryFixture,
  ok,
  openRound,
  openSystem,
  returnsFixture,
} from '../integration/support/fixtures.ts';
import { entriesOf, isValues, plain } from '../integration/support/officer.ts';
import type { Values } from '../integration/support/officer.ts';
import { startTestSystem } from '../integration/support/system.ts';
import type { TestSystem } from '../integration/support/system.ts';
import { printAnswer } from '../../functions/domain/print-answer.ts';
import { Browsers } from './support/browser.ts';
import { CountedOfficer } from './support/counted-officer.ts';
import { excelClipboard } from './support/excel-clipboard.ts';
import type { ExcelCell } from './support/excel-clipboard.ts';

let system: TestSystem;
let browsers: Browsers;

const closed = { fiscalYear: 2018, referenceDate: '2019-03-31', period: { from: '2018-04', to: '2019-03' }, asOf: {} };

const town = '104647';
const city = '111007';

beforeAll(async () => {
  const accounts = [town, city].map((code) => ({ id: code, name: `${code}担当`, groups: [`unit-${code}`] }));
  system = await startTestSystem({ accounts });
  browsers = await Browsers.launch(system.url);
});
afterAll(async () => {
  await browsers.close();
  await system.stop();
});
afterEach(async () => {
  await browsers.closeWindows();
  expect(browsers.complaints.splice(0)).toEqual([]);
});

const body = councilReport2024.sections[1];
const question = (key: string) => {
  const item = body?.children.find((each) => each.key === key);
  if (item === undefined) throw new Error(key);
  return item;
};
/** As it stands in an officer's sheet. */
const printed = (key: string, answer: Json | undefined): string =>
  answer === undefined ? '' : printAnswer(question(key), answer, { municipalities: new Map(), entries: new Map() });

const textIn = (value: Json | undefined): string => (typeof value === 'number' ? String(value) : '');

/** A sheet of sessions: a line an item of the agenda, beside it the session's cells, merged. */
function sessionSheet(sessions: readonly Values[]): (ExcelCell | undefined)[][] {
  const kinds = question('sessions').children.find(({ key }) => key === 'items')?.children[0]?.definition;
  const options = kinds !== undefined && 'options' in kinds && isValues(kinds.options) ? kinds.options : {};
  return sessions.flatMap((session) => {
    const items = entriesOf(session['items']);
    const [year, month, day] = plain(session['heldOn']).split('-');
    return items.map((item, index) => [
      ...(index === 0
        ? [
            { text: plain(session['title']), rows: items.length },
            { text: `平成${Number(year) - 1988}年${Number(month)}月${Number(day)}日`, rows: items.length },
          ]
        : [undefined, undefined]),
      { text: plain(options[plain(item['kind'])]) },
      { text: plain(item['text']) },
    ]);
  });
}

const lines = (texts: Json | undefined): ExcelCell[][] =>
  Array.isArray(texts) ? texts.map((text) => [{ text: plain(text) }]) : [];

async function typeBody(officer: CountedOfficer, answers: Values): Promise<void> {
  const { page } = officer;
  const base = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  const field = (key: string) => page.locator(`[id="bodies.${base}.${key}"]`);
  await officer.type(field('name'), plain(answers['name']));
  await officer.click(page.getByRole('radio', { name: printed('kind', answers['kind']), exact: true }).first());
  await officer.type(field('meetings'), printed('meetings', answers['meetings']));
  await officer.type(field('members'), printed('members', answers['members']));
  const { composition } = answers;
  if (isValues(composition)) {
    const cells = question('composition').children.map(({ key }) => [{ text: textIn(composition[key]) }]);
    await officer.paste(page.locator(`[name^="bodies.${base}.composition."]`).first(), excelClipboard(cells));
  }
  const first = (key: string) =>
    page.locator(`[data-rows="bodies.${base}.${key}"] :is(input, textarea)`).locator('visible=true').first();
  if (answers['themes'] !== undefined) await officer.paste(first('themes'), excelClipboard(lines(answers['themes'])));
  if (answers['sessions'] !== undefined)
    await officer.paste(first('sessions'), excelClipboard(sessionSheet(entriesOf(answers['sessions']))));
  if (answers['futureIssues'] !== undefined)
    await officer.paste(first('futureIssues'), excelClipboard(lines(answers['futureIssues'])));
}

function tell(what: string, { clicks, loads }: CountedOfficer): void {
  process.stdout.write(`${what}: ${clicks} clicks, ${loads} page loads\n`);
}

describe('from the home page to the receipt', () => {
  it('a council report of 31 sessions, from a sheet in Excel, takes at most 40 clicks and 12 pages', async () => {
    await openSystem(system, await directoryFixture('gunma-h30'), 'H30', openRound({ 'council-report': 2024 }, closed));
    const report: Answers = (await returnsFixture('gunma-h30/council-report.json'))['tamamura'] ?? {};
    const officer = new CountedOfficer(await browsers.officer(town, '/'));
    const { page } = officer;
    await officer.follow(/協議会活動報告書/);
    await officer.follow(/協議会の概要/);
    const { profile } = report;
    if (!isValues(profile)) throw new Error('the fixture has a profile');
    await officer.type(page.locator('[id="profile.secretariat"]'), plain(profile['secretariat']));
    await officer.type(page.locator('[id="profile.establishedOn"]'), '平成21年4月');
    await officer.click(page.getByRole('radio', { name: '共同運営' }));
    await officer.type(page.locator('[id="profile.operationNote"]'), plain(profile['operationNote']));
    await officer.follow('保存して次へ進む', 'button');
    const bodies = entriesOf(report['bodies']);
    await officer.follow(/追加/, 'button');
    for (const [index, answers] of bodies.entries()) {
      await typeBody(officer, answers);
      await officer.follow(index < bodies.length - 1 ? /^保存して「会議体」を追加/ : '保存して一覧に戻る', 'button');
    }
    await officer.follow('次へ進む', 'button');
    await officer.follow('県に提出する', 'button');
    expect(await page.locator('h1').textContent()).toBe('提出しました');
    const { answers } = ok(
      await system.prefecture.get('/api/rounds/H30/returns/council-report/tamamura/versions/1'),
    ).json();
    expect(byPosition(answers)).toEqual(byPosition(report));
    tell('玉村町の報告書', officer);
    expect(officer.clicks).toBeLessThanOrEqual(40);
    expect(officer.loads).toBeLessThanOrEqual(12);
  });

  it('a survey with the answers of last year takes at most 20 clicks and 8 pages', async () => {
    const survey = { 'municipal-survey': 2024 };
    const before = { referenceDate: '2023-09-30', fiscalYear: 2023, asOf: {}, name: '令和5年度調査' };
    await openSystem(system, await directoryFixture('saitama-r6'), 'R5', openRound(survey, before));
    ok(await system.prefecture.put('/api/rounds/R6', openRound(survey)));
    const answers: Answers = (await returnsFixture('saitama-r6/municipal-survey.json'))[city] ?? {};
    const { consultation } = answers;
    if (!isValues(consultation)) throw new Error('the fixture has counts');
    const last = `/api/rounds/R5/returns/municipal-survey/${city}`;
    const { version } = await answer(system.municipality(city), last, answers);
    ok(await system.prefecture.post(`${last}/decision`, { version, decision: 'accept' }));

    const officer = new CountedOfficer(await browsers.officer(city, '/'));
    const { page } = officer;
    await officer.follow(/市町村調査票/);
    expect(page.url()).toContain('/R6/');
    await officer.follow('前回の回答を全て転記する');
    for (const box of await page.getByRole('checkbox').all()) await officer.click(box);
    await officer.follow('選んだ区分を転記して保存する', 'button');
    await officer.follow('確認と提出');
    await officer.follow(/^変更.*委託相談支援事業所/);
    await officer.type(page.locator('[id="consultation.commissioned"]'), '19');
    await officer.follow('保存して確認の画面に戻る', 'button');
    for (const reason of await page.locator('.reason').all()) await officer.click(reason.getByRole('radio').first());
    await officer.follow('県に提出する', 'button');
    expect(await page.locator('h1').textContent()).toBe('提出しました');
    const now = ok(await system.prefecture.get(`/api/rounds/R6/returns/municipal-survey/${city}/versions/1`)).json();
    expect(now.answers).toEqual({ ...answers, consultation: { ...consultation, commissioned: 19 } });
    tell('市町村調査票', officer);
    expect(officer.clicks).toBeLessThanOrEqual(20);
    expect(officer.loads).toBeLessThanOrEqual(8);
  });
});
