/** 分析, as its page, its CSV and the API have it. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestBrowser, words } from '../support/browser.ts';
import { exportRound, ok } from '../support/fixtures.ts';
import { tablesOnly } from '../support/exports.ts';
import { startReviewSystem, submitSurvey } from '../support/review-system.ts';
import type { ReviewSystem } from '../support/review-system.ts';

let started: ReviewSystem;
beforeAll(async () => {
  started = await startReviewSystem(tablesOnly);
  await submitSurvey(started, '112038');
});
afterAll(() => started.system.stop());

const survey = 'form=municipal-survey';
const place = '/rounds/R6/analysis';

interface Given {
  readonly notes: string[];
  readonly tables: { readonly title: string; readonly rows: { readonly unit?: string; readonly cells: unknown[] }[] }[];
}

async function given(query: string, round = 'R6'): Promise<Given> {
  return ok(await started.system.prefecture.get(`/api/rounds/${round}/analysis?${survey}&${query}`)).json();
}

describe('an analysis', () => {
  it('is reached from the summary, is chosen without a script, and says that it is for internal use', async () => {
    const from = await started.officer.open('/rounds/R6/summary');
    expect(from.html).toContain(`href="${place}"`);
    const empty = await started.officer.open(place);
    expect(words(empty)).toContain('庁内用です。');
    expect(words(empty)).toContain('設問を選んで「表示する」を押してください。');
    expect(empty.html).toContain('method="get"');
    const chosen = `${place}?kind=cross&${survey}&question=establishment.status&with=class%3Akind&share=column`;
    const shown = await started.officer.open(chosen);
    expect(words(shown)).toContain('「問1 自立支援協議会の設置」×「区分」：回答数');
    expect(shown.html).toContain('<option value="class:kind" selected="">');
  });

  it('goes over to another kind with the question when that kind has it, and to choose one when it has not', async () => {
    const chosen = await started.officer.open(`${place}?kind=cross&${survey}&question=establishment.status`);
    const links = [...chosen.html.matchAll(/href="([^"]*kind=(ranking|series)[^"]*)"/g)];
    const to = new Map(links.map(([, href = '', kind]) => [kind, href.replaceAll('&amp;', '&')]));
    expect(words(await started.officer.open(to.get('ranking') ?? ''))).toContain('設問を選んで「表示する」を');
    expect(words(await started.officer.open(to.get('series') ?? ''))).toContain('「問1 自立支援協議会の設置」の推移');
  });

  it('has the figures of the summary by class in its cross table', async () => {
    const summary = ok(await started.system.prefecture.get('/api/rounds/R6/summary?by=kind')).json();
    const rows: { question: string; classValue?: string; option?: string; value: number }[] = summary.rows;
    const of = (option: string, by: string): number | undefined =>
      rows.find((row) => row.question === 'establishment.status' && row.option === option && row.classValue === by)
        ?.value;
    const [counts] = (await given('kind=cross&question=establishment.status&with=class:kind')).tables;
    expect(counts?.rows[0]?.cells.slice(1, -1)).toEqual(['市', '町', '村'].map((by) => of('established', by)));
  });

  it('ranks every unit of the round', async () => {
    const [ranking] = (await given('kind=ranking&question=consultation.specific')).tables;
    const units = ranking?.rows.flatMap(({ unit }) => unit ?? []) ?? [];
    expect(new Set(units).size).toBe(63);
    expect(ranking?.rows.filter(({ cells }) => cells.at(-1) === '未提出')).toHaveLength(58);
  });

  it('compares with the round before, whoever answered in both, and goes on over the rounds', async () => {
    const { notes, tables } = await given('kind=changes&question=consultation.specific');
    expect(notes[0]).toBe('前回は「令和5年度調査」です。');
    expect(tables[0]?.rows[0]?.unit).toBe('112038');
    expect(tables[1]?.rows).toHaveLength(62);
    const before = await given('kind=series&question=consultation.specific');
    expect(before.tables[0]?.rows.map(({ cells }) => cells[0])).toEqual(['令和5年度', '令和6年度']);
    // From the file of an export the figures are the same.
    await exportRound(started.system, 'R5');
    await exportRound(started.system, 'R6');
    expect((await given('kind=series&question=consultation.specific')).tables).toEqual(before.tables);
  });

  it('says that there is no round before, and no answer', async () => {
    expect(await given('kind=changes&question=consultation.specific', 'R5')).toMatchObject({
      notes: ['この調査票による前回の調査がありません。'],
      tables: [],
    });
    const cross = await started.system.prefecture.get(
      '/api/rounds/R6/analysis?kind=cross&form=council-report&question=bodies&with=class:kind',
    );
    const [counts] = ok(cross).json().tables;
    expect(counts.rows).toEqual([{ cells: ['計', 0, 0, 0, 0], isTotal: true }]);
  });

  it('is a CSV for Excel, table by table', async () => {
    const address = `${place}?kind=ranking&${survey}&question=consultation.specific`;
    const file = await started.officer.open(`${address}&as=csv&table=0`);
    expect(file.html).toContain('団体,順位,値（事業所）,合計に占める割合（％）,備考');
    expect(decodeURIComponent(file.headers.get('content-disposition') ?? '')).toContain(
      'の団体別順位_令和6年度調査.csv',
    );
    expect((await started.officer.open(`${address}&as=csv&table=9`)).status).toBe(404);
    expect((await started.officer.open(`${address}&as=csv&table=x`)).status).toBe(404);
  });

  it('answers what nobody asks with a page that leads back', async () => {
    for (const query of [
      'kind=ranking&question=__proto__',
      `kind=cross&question=nothing&with=class:kind`,
      'kind=ranking&question=establishment.status',
      'kind=cross&question=establishment.status&with=class:constructor',
    ]) {
      const page = await started.officer.open(`${place}?${survey}&${query}`);
      expect([query, page.status, words(page).includes('分析へ戻る')]).toEqual([query, 404, true]);
    }
    for (const query of [
      'kind=cross&question=establishment.status',
      'kind=population&question=x&per=7',
      `question=${'𠮷'.repeat(600)}`,
    ]) {
      const page = await started.officer.open(`${place}?${survey}&${query}`);
      expect([query, page.status]).toEqual([query, 200]);
      expect(words(page)).toContain('選び直してください。');
    }
    expect((await started.officer.open(`${place}?form=constructor`)).status).toBe(404);
  });

  it('is for the prefecture alone', async () => {
    const town = new TestBrowser(started.system.url);
    await town.signIn('unit-112038');
    expect((await town.open(place)).status).toBe(403);
    const reader = new TestBrowser(started.system.url);
    await reader.signIn('reader');
    expect((await reader.open(place)).status).toBe(200);
  });
});
