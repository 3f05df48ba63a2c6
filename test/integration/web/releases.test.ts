/** Two editions with one more return between them: what the public can subtract, and the prefecture's decision to let it. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { summary as summarySchema } from '../../../schemas/export.ts';
import type { Summary, SummaryRow } from '../../../schemas/export.ts';
import type { Answers } from '../../../schemas/values/json.ts';
import { fieldIn, TestBrowser, words } from '../support/browser.ts';
import type { Loaded } from '../support/browser.ts';
import {
  answer,
  directoryFixture,
  exportedFile,
  exportRound,
  ok,
  openRound,
  openSystem,
  returnsFixture,
} from '../support/fixtures.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

const form = 'municipal-survey';
let system: TestSystem;
let officer: TestBrowser;
let ahead = 0;
let surveys: Record<string, Answers>;

async function accept(unit: string): Promise<void> {
  const path = `/api/rounds/R6/returns/${form}/${unit}`;
  const { version } = await answer(system.municipality(unit), path, surveys[unit] ?? {});
  ok(await system.prefecture.post(`${path}/decision`, { version, decision: 'accept' }));
}

interface Published {
  readonly summary: Summary;
  readonly file: (path: string) => Promise<string>;
}

async function publish(): Promise<Published> {
  const { exportId } = await exportRound(system, 'R6');
  ok(await system.prefecture.post(`/api/rounds/R6/exports/${exportId}/publication`));
  const file = (path: string): Promise<string> => exportedFile(system, 'R6', exportId, `public/${path}`);
  return { summary: summarySchema.parse(JSON.parse(await file('summary.json'))), file };
}

/** The figures of questions that tell totals only. */
function totals({ summary }: Published): Omit<SummaryRow, 'asOf'>[] {
  return summary.rows.flatMap(({ asOf, ...row }) => (asOf === undefined ? [] : [row]));
}

function post(page: Loaded, fields: readonly (readonly [string, string])[]): Promise<Loaded> {
  const seen = [
    ['csrf', fieldIn(page, 'csrf')],
    ['seen', fieldIn(page, 'seen')],
  ];
  return officer.open('/rounds/R6/releases', {
    method: 'POST',
    body: new URLSearchParams([...seen, ...fields.map(([name, value]) => [name, value])]),
    headers: { origin: system.url, 'sec-fetch-site': 'same-origin' },
  });
}

let first: Published;
let second: Published;

beforeAll(async () => {
  system = await startTestSystem({
    alter: (storage) => ({ ...storage, now: () => new Date(Date.now() + ahead) }),
    accounts: [{ id: 'prefecture', name: '埼玉県担当', groups: ['prefecture'] }],
  });
  surveys = await returnsFixture('saitama-r6/municipal-survey.json');
  await openSystem(system, await directoryFixture('saitama-r6'), 'R6', openRound({ [form]: 2024 }));
  for (const unit of ['111007', '112011', '112020', '112038']) await accept(unit);
  ok(await system.prefecture.put('/api/rounds/R6/handout', { byClass: 'kind' }, { 'if-none-match': '*' }));
  first = await publish();
  await accept('112089');
  second = await publish();
  officer = new TestBrowser(system.url);
  await officer.signIn('prefecture');
});
afterAll(() => system.stop());

describe('one more return between two editions', () => {
  it('moves open figures, and none that tells totals only', () => {
    expect(totals(first).length).toBeGreaterThan(50);
    expect(totals(second)).toEqual(totals(first));
    expect(second.summary.municipalities).toBe(first.summary.municipalities + 1);
    expect(second.summary.rows).not.toEqual(first.summary.rows);
  });

  it('is told of no such figure in the list of corrections, and the report says what stays as it was', async () => {
    const errata = await second.file('errata.csv');
    const names = new Set(totals(second).map(({ question }) => question));
    expect(errata.split('\r\n').length).toBeGreaterThan(2);
    expect([...names].filter((question) => errata.includes(`,${question},`))).toEqual([]);
    expect(await first.file('report.html')).not.toContain('公表済みの集計値をそのまま記載した');
    const report = await second.file('report.html');
    expect(report).toContain('公表済みの集計値をそのまま記載した');
    expect(report).toMatch(/・市町村調査票（令和\d+年\d+月\d+日現在）：「/);
    expect(await second.file('summary.csv')).toMatch(/,asOf,number,class,classValue\r\n/);
    expect(await second.file('codebook.csv')).toContain('前の版の値のまま記載したもの');
  });
});

describe('the class that is published', () => {
  const byClass = ({ summary: { byClass: rows = [] } }: Published): SummaryRow[] => rows;
  const ofTotals = (published: Published): Omit<SummaryRow, 'asOf'>[] =>
    byClass(published).flatMap(({ asOf, ...row }) => (asOf === undefined ? [] : [row]));

  it('tells open figures anew and totals as they were printed, in the summary, the directory and the report', async () => {
    expect(new Set(byClass(first).map((row) => row.class))).toEqual(new Set(['kind']));
    expect(ofTotals(first).length).toBeGreaterThan(50);
    expect(ofTotals(second)).toEqual(ofTotals(first));
    expect(byClass(second)).not.toEqual(byClass(first));
    expect(await second.file('directory.classes.csv')).toContain('112089,所沢市,kind,区分,市');
    expect(await second.file('errata.csv')).toMatch(/,kind,市\r\n/);
    expect(await second.file('report.html')).toContain('市町村調査票（区分別）');
  });

  it('is one of the directory', async () => {
    const wanted = { byClass: 'constructor' };
    const refused = await system.prefecture.put('/api/rounds/R6/handout', wanted, { 'if-match': '"1"' });
    expect([refused.status, refused.text]).toEqual([422, expect.stringContaining('"path":"byClass"')]);
    const page = await officer.open('/rounds/R6/handout');
    expect(page.html).toContain('name="byClass" value="kind" checked');
    expect(words(page)).toContain('どの団体がどの区分かも公表します。');
    expect(words(page)).toContain('全ての団体が同じ回答をした区分');
  });
});

describe('the page of releases', () => {
  it('names the units whose answers the difference would tell', async () => {
    const page = await officer.open('/rounds/R6/releases');
    expect(words(page)).toContain('差から回答が分かる団体');
    expect(words(page)).toContain('所沢市');
    expect(words(page)).not.toContain('川口市');
    expect(words(await officer.open('/rounds/R6/exports'))).toContain('合計のみを公表する項目の繰上げ公表');
  });

  it('asks for a question and a reason', async () => {
    const refused = await post(await officer.open('/rounds/R6/releases'), []);
    expect(refused.status).toBe(422);
    expect(words(refused)).toContain('繰り上げて公表する項目を選んでください。');
    expect(words(refused)).toContain('理由を入力してください。');
  });

  it('takes no reason that shows nothing', async () => {
    const page = await officer.open('/rounds/R6/releases');
    const [, question = ''] = /name="question" value="([^"]+)"/.exec(page.html) ?? [];
    for (const reason of ['\u{200B}', '\u{3164}\n\u{200B}']) {
      const refused = await post(page, [
        ['question', question],
        ['reason', reason],
      ]);
      expect([refused.status, words(refused).includes('理由を入力してください。')]).toEqual([422, true]);
    }
    expect(words(await officer.open('/rounds/R6/log?what=figuresReleased'))).toContain('条件に合う履歴はありません。');
  });

  it('has what was chosen and typed when the session ended', async () => {
    const page = await officer.open('/rounds/R6/releases');
    const [, chosen = ''] = /name="question" value="([^"]+)"/.exec(page.html) ?? [];
    ahead = 12 * 60 * 60_000;
    const asked = await post(page, [
      ['question', chosen],
      ['reason', '書きかけの理由'],
    ]);
    expect(asked.url.pathname).toBe('/sign-in');
    ahead = 0;
    const back = await officer.signIn('prefecture', asked.url.searchParams.get('returnTo') ?? '');
    expect(back.html).toContain('書きかけの理由');
    expect(back.html).toContain(`value="${chosen}" checked`);
    expect(words(await officer.open('/rounds/R6/log?what=figuresReleased'))).toContain('条件に合う履歴はありません。');
  });

  it('writes the decision into the log, and the next edition prints what was released and nothing else', async () => {
    const page = await officer.open('/rounds/R6/releases');
    const [, chosen = ''] = /name="question" value="([^"]+)"/.exec(page.html) ?? [];
    const fields = [
      ['question', chosen],
      ['reason', '報告書の訂正のため'],
    ] as const;
    // Somebody accepted another return while the page was read: it names a unit more now.
    await accept('112097');
    const outdated = await post(page, fields);
    expect([outdated.status, words(outdated).includes('飯能市')]).toEqual([412, true]);
    const released = await post(outdated, fields);
    expect(words(released)).toContain('繰上げ公表を履歴に記録しました。');
    expect(words(await officer.open('/rounds/R6/log?what=figuresReleased'))).toContain(
      '合計のみを公表する項目1件の繰上げ公表を決めた（理由：報告書の訂正のため）',
    );
    const third = await publish();
    const changed = new Set(
      totals(third)
        .filter((row, index) => JSON.stringify(row) !== JSON.stringify(totals(second)[index]))
        .map(({ form: of, question }) => `${of} ${question}`),
    );
    expect([...changed]).toEqual([chosen]);
  });

  it('has only what was printed anew once three units differ from the first edition', async () => {
    await accept('112101');
    const page = await officer.open('/rounds/R6/releases');
    expect(page.html.match(/name="question"/g)).toHaveLength(1);
    expect(words(page)).toContain('加須市');
    expect(words(page)).not.toContain('所沢市');
  });
});
