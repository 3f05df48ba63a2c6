/**
 * The survey of 2024, which ships, continued by an officer for 2025: downloaded as a workbook, a question renamed, an option
 * added, a question added, one retired, taken back, adopted and asked. Comparison says exactly that, and nothing is zero
 * because it is not there. That a version of 2025 ships as well is in nobody's way.
 */

import { Workbook } from '@cj-tech-master/excelts';
import type { Worksheet } from '@cj-tech-master/excelts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answers } from '../../../schemas/values/json.ts';
import { isObject } from '../../../schemas/values/json.ts';
import { linesOfHtml } from '../../support/markup.ts';
import {
  answer,
  directoryFixture,
  exportedFile,
  exportRound,
  ok,
  openRound,
  openSystem,
  submittableDrafts,
} from '../support/fixtures.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

const form = 'municipal-survey';
const [first, second] = ['111007', '112011'] as const;
const spreadsheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

let system: TestSystem;
let workbook: Workbook;
let answers: ReadonlyMap<string, Answers>;

function sheet(name: string): Worksheet {
  const found = workbook.getWorksheet(name);
  if (found === undefined) throw new Error(`no sheet ${name}`);
  return found;
}

function column(name: string, heading: string): number {
  const headings = Array.from({ length: 40 }, (_, index) => sheet(name).getCell(1, index + 1).text);
  return headings.indexOf(heading) + 1;
}

/** The row of a sheet in which a column says this; with another one that says that. */
function row(name: string, heading: string, text: string, beside: readonly [string, string] = [heading, text]): number {
  for (let number = 2; number <= sheet(name).rowCount; number += 1) {
    const says = (of: string): string => sheet(name).getCell(number, column(name, of)).text;
    if (says(heading) === text && says(beside[0]) === beside[1]) return number;
  }
  throw new Error(`${name} has no ${heading} ${text}`);
}

function write(name: string, number: number, cells: Readonly<Record<string, string | number>>): void {
  for (const [heading, value] of Object.entries(cells))
    sheet(name).getCell(number, column(name, heading)).value = value;
}

function insert(name: string, number: number, cells: Readonly<Record<string, string | number>>): void {
  sheet(name).insertRow(number, []);
  write(name, number, cells);
}

async function upload() {
  const bytes = new Uint8Array(await workbook.xlsx.writeBuffer());
  return system.prefecture.put(`/api/forms/${form}/2025/workbook`, bytes, { 'content-type': spreadsheet });
}

function path(round: string, unit: string): string {
  return `/api/rounds/${round}/returns/${form}/${unit}`;
}

beforeAll(async () => {
  system = await startTestSystem();
  await openSystem(system, await directoryFixture('saitama-r6'), 'R6', openRound({ [form]: 2024 }));
  const drafts = await submittableDrafts();
  answers = new Map([first, second].map((unit) => [unit, drafts.get(unit)?.answers ?? {}]));
  for (const [unit, each] of answers) await answer(system.municipality(unit), path('R6', unit), each);
  const file = ok(await system.prefecture.get(`/api/forms/${form}/2024/workbook`));
  workbook = new Workbook();
  await workbook.xlsx.load(file.bytes);
});
afterAll(() => system.stop());

const retired = '拠点コーディネーターの配置数';
const renamed = '障害児相談支援事業所';
const added = '地域移行の相談件数';
const addedOption = '取組の評価';

describe('the survey of 2024 as the one of 2025', () => {
  it('is refused while a check reads what was retired, at its cell, and nothing is stored', async () => {
    write('調査票', row('調査票', '項目', '版'), { 内容: 2025 });
    write('設問', row('設問', '設問', '指定障害児相談支援事業所'), { 設問: renamed });
    const last = row('選択肢', '選択肢', '分野を越えてのネットワークの構築');
    const list = sheet('選択肢').getCell(last, column('選択肢', '一覧')).text;
    insert('選択肢', last + 1, { 一覧: list, 選択肢: addedOption });
    insert('設問', row('設問', '設問', renamed) + 1, { 種類: '数', 設問: added, 単位: '件' });
    sheet('設問').spliceRows(row('設問', '設問', retired), 1);
    const refused = await upload();
    expect(refused.json()).toMatchObject({ code: 'invalid-form' });
    const check = row('確認', '対象', 'bases.coordinators');
    expect(refused.json().errors.map(({ cell }: { cell: string }) => cell)).toContain(`確認!A${check}`);
    expect((await system.prefecture.get(`/api/forms/${form}/2025`)).json()).toMatchObject({ state: 'shipped' });
    sheet('確認').spliceRows(check, 1);
  });

  it('is taken back, says what changed, and is adopted', async () => {
    expect(ok(await upload()).json()).toMatchObject({ form, version: 2025, state: 'draft', notices: [] });
    const compared = ok(await system.prefecture.get(`/api/forms/${form}/2025/comparison?with=2024`)).json();
    expect(compared).toMatchObject({
      added: [{ label: added }],
      retired: [{ id: 'bases.coordinators', label: retired }],
      moved: [],
      relabelled: [{ id: 'consultation.children', from: '指定障害児相談支援事業所', to: renamed }],
      options: [{ id: 'activity.roles', added: [{ label: addedOption }], retired: [], relabelled: [] }],
      changed: [],
      conditions: [],
    });
    const etag = ok(await system.prefecture.get(`/api/forms/${form}/2025`)).headers.get('etag') ?? '';
    ok(await system.prefecture.post(`/api/forms/${form}/2025/adoption`, undefined, { 'if-match': etag }));
  });

  it('is asked by the next round, whose figures stand beside those of the last', async () => {
    const { document } = ok(await system.prefecture.get(`/api/forms/${form}/2025`)).json();
    const section = document.sections.find(({ key }: { key: string }) => key === 'consultation');
    const { key } = section.questions.find(({ label }: { label: string }) => label === added);
    const next = openRound({ [form]: 2025 }, { name: '令和7年度調査', fiscalYear: 2025, referenceDate: '2025-09-30' });
    ok(await system.prefecture.put('/api/rounds/R7', next));
    for (const [unit, each] of answers) {
      const consultation = isObject(each['consultation']) ? each['consultation'] : {};
      const now = unit === first ? { ...each, consultation: { ...consultation, [key]: 4 } } : each;
      await answer(system.municipality(unit), path('R7', unit), now);
    }
    const { exportId, record } = await exportRound(system, 'R7');
    expect(record.status).toBe('done');
    const html = await exportedFile(system, 'R7', exportId, 'internal/report.html');
    const lines = linesOfHtml(html.slice(html.indexOf('前回調査との比較')));
    const noted = lines.filter((line) => /(?:新設|廃止|追加あり|設問変更のため比較不可)$/u.test(line));
    // What is new has no figure of last time, what is gone none of this time: 0 is what somebody answered.
    expect(noted).toEqual([
      '問3　役割：情報共有・情報発信市町村2222±0選択肢の追加あり',
      '問3　役割：地域課題の整理市町村2222±0選択肢の追加あり',
      '問3　役割：課題解決に向けての検討市町村1212±0選択肢の追加あり',
      '問3　役割：分野を越えてのネットワークの構築市町村1212±0選択肢の追加あり',
      '問3　役割：取組の評価市町村－－02－新設',
      '問3　役割：その他市町村0202±0選択肢の追加あり',
      '地域移行の相談件数件－－41－新設',
      '地域移行の相談件数：平均件－－4.01－新設',
      '問12の5　拠点コーディネーターの配置数人…0－－－廃止',
      '問12の5　拠点コーディネーターの配置数：平均人…0－－－廃止',
    ]);
    const sum = [...answers.values()]
      .map((each) => (isObject(each['consultation']) ? Number(each['consultation']['children']) : 0))
      .reduce((all, own) => all + own);
    expect(lines).toContain(`問11　${renamed}事業所${sum}2${sum}2±0`);
  });
});
