/** 公表された結果: what a publication says to each municipality, on its page and by the API. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answers } from '../../../schemas/values/json.ts';
import { isObject } from '../../../schemas/values/json.ts';
import { TestBrowser, words } from '../support/browser.ts';
import {
  answer,
  directoryFixture,
  exportRound,
  ok,
  openRound,
  openSystem,
  returnsFixture,
} from '../support/fixtures.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

const own = '111007';
const place = (round: string, unit = own): string => `/rounds/${round}/returns/municipal-survey/${unit}`;

let system: TestSystem;
let town: TestBrowser;
let stranger: TestBrowser;
let answered: Record<string, Answers>;

async function accept(round: string, unit: string, answers: Answers): Promise<void> {
  const address = `/api${place(round, unit)}`;
  const { version } = await answer(system.municipality(unit), address, answers);
  ok(await system.prefecture.post(`${address}/decision`, { version, decision: 'accept' }));
}

async function publish(round: string): Promise<void> {
  const { exportId } = await exportRound(system, round);
  ok(await system.prefecture.post(`/api/rounds/${round}/exports/${exportId}/publication`));
}

beforeAll(async () => {
  system = await startTestSystem({
    accounts: [own, '112020'].map((code) => ({ id: code, name: `${code}担当`, groups: [`unit-${code}`] })),
  });
  const directory = await directoryFixture('saitama-r6');
  const forms = { 'municipal-survey': 2024 };
  const before = { name: '令和5年度調査', fiscalYear: 2023, referenceDate: '2023-09-30' };
  await openSystem(system, directory, 'R5', openRound(forms, before));
  ok(await system.prefecture.put('/api/rounds/R6', openRound({ ...forms, 'council-report': 2024 })));
  const all = await returnsFixture('saitama-r6/municipal-survey.json');
  const ofKind = (kind: string, count: number): string[] =>
    directory.municipalities
      .filter((each) => each.kind === kind)
      .slice(0, count)
      .map(({ code }) => code);
  answered = Object.fromEntries([...ofKind('city', 5), ...ofKind('town', 2)].map((code) => [code, all[code] ?? {}]));
  for (const [unit, answers] of Object.entries(answered)) await accept('R6', unit, answers);
  for (const [unit, answers] of Object.entries(answered).slice(0, 3)) await accept('R5', unit, answers);
  [town, stranger] = [new TestBrowser(system.url), new TestBrowser(system.url)];
  await town.signIn(own);
  await stranger.signIn('112020');
});
afterAll(() => system.stop());

describe('results', () => {
  it('are not there before the round is published', async () => {
    expect(words(await town.open(place('R6')))).not.toContain('公表された結果');
    expect(words(await town.open(`${place('R6')}/results`))).toContain('まだ公表されていません');
    expect(ok(await system.municipality(own).get(`/api/rounds/R6/results/${own}`)).json()).toEqual({ results: [] });
  });

  it('stand beside the prefecture, other cities and the year before; of two towns nothing is told', async () => {
    await publish('R5');
    await publish('R6');
    const reply = ok(await system.municipality(own).get(`/api/rounds/R6/results/${own}`)).json();
    const [{ lines, className, edition }] = reply.results;
    expect([className, edition]).toEqual(['市', 1]);
    const commissioned = lines.find(({ question }: { question: string }) => question === 'consultation.commissioned');
    const counts = Object.values(answered).map(({ consultation }) =>
      isObject(consultation) ? Number(consultation['commissioned']) : 0,
    );
    const sum = (list: number[]): number => list.reduce((total, each) => total + each, 0);
    expect(commissioned).toMatchObject({
      own: counts[0],
      all: { base: 7, value: sum(counts) },
      ofClass: { base: 4, value: sum(counts.slice(1, 5)) },
      earlier: [{ year: '令和5年度調査', own: counts[0], all: { base: 3, value: sum(counts.slice(0, 3)) } }],
    });
    const raised = lines.filter(({ question }: { question: string }) => question === 'issues.raised');
    expect(raised.length).toBeGreaterThan(0);
    for (const line of raised) expect(line).not.toHaveProperty('ofClass');
    expect(lines.some(({ question }: { question: string }) => question.startsWith('contact.'))).toBe(false);

    const aTown = Object.keys(answered).at(-1) ?? '';
    const ofTown = ok(await system.municipality(aTown).get(`/api/rounds/R6/results/${aTown}`)).json().results[0].lines;
    expect(ofTown.every((line: object) => !('ofClass' in line))).toBe(true);

    const text = words(await town.open(`${place('R6')}/results`));
    for (const part of [
      '公表版 第1版',
      '県の平均',
      '他の市の平均',
      '令和5年度調査：貴団体',
      '集計表（CSV）',
      '割合は小数第２位を四捨五入し',
    ])
      expect(text).toContain(part);
    expect(text).not.toMatch(/summary\.csv|report\.html/);
    type Line = { option?: string; label: string; all: { base: number } };
    const unanswered = lines.filter(({ option, all }: Line) => option === undefined && all.base === 0);
    expect(unanswered.length).toBeGreaterThan(0);
    for (const { label } of unanswered) expect(text).toContain(`${label} － 回答なし － －`);
  });

  it('say of a choice that nobody has answered that there is no answer', async () => {
    const { councils } = await directoryFixture('saitama-r6');
    const { id } = councils.find(({ lead }) => lead === own) ?? { id: '' };
    const text = words(await town.open(`/rounds/R6/returns/council-report/${id}/results`));
    expect(text).toMatch(/選択肢 貴団体 県 割合の図 [^ ]+ － 回答なし/);
    expect(text).not.toContain('0／0');
  });

  it('bring the published files, and are nobody else’s', async () => {
    const file = await town.request(`${place('R6')}/results/summary.csv`);
    expect([file.status, file.headers.get('content-disposition')]).toEqual([200, 'attachment; filename="summary.csv"']);
    for (const path of ['none.csv', '..%2Finternal%2Fsummary.csv', 'internal/summary.csv'])
      expect((await town.request(`${place('R6')}/results/${path}`)).status).toBe(404);
    expect((await stranger.open(`${place('R6')}/results`)).status).toBe(403);
    expect((await stranger.request(`${place('R6')}/results/summary.csv`)).status).toBe(403);
    expect((await system.municipality('112020').get(`/api/rounds/R6/results/${own}`)).status).toBe(403);
    expect((await system.prefecture.get('/api/rounds/R6/results/999999')).status).toBe(404);
  });
});
