/**
 * The life of a prefecture's yearly questionnaire on its pages, from the Excel file to the published report. Three
 * municipalities answer it: one on pages, one by a program, one in Excel. What they come to is counted here by hand.
 */

import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentTypeOf } from '../../../functions/domain/content-types.ts';
import { filledWorkbook } from '../../support/filled-workbook.ts';
import { TestBrowser, fieldIn } from '../support/browser.ts';
import type { Loaded } from '../support/browser.ts';
import { directoryFixture, exportRound, ok } from '../support/fixtures.ts';
import { formOn, formTo } from '../support/officer.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

const form = 'soudan-jisshi';
const place = (unit: string): string => `/rounds/S7/returns/${form}/${unit}`;

let system: TestSystem;
let officer: TestBrowser;
let kawagoe: TestBrowser;
let kawaguchi: TestBrowser;

beforeAll(async () => {
  system = await startTestSystem({
    accounts: [
      { id: 'prefecture', name: '埼玉県担当', groups: ['prefecture'] },
      { id: 'kawagoe', name: '川越市担当', groups: ['unit-112011'] },
      { id: 'kawaguchi', name: '川口市担当', groups: ['unit-112038'] },
    ],
  });
  ok(await system.prefecture.put('/api/directory', await directoryFixture('saitama-r6')));
  [officer, kawagoe, kawaguchi] = [
    new TestBrowser(system.url),
    new TestBrowser(system.url),
    new TestBrowser(system.url),
  ];
  await officer.signIn('prefecture');
  await kawagoe.signIn('kawagoe');
  await kawaguchi.signIn('kawaguchi');
});
afterAll(() => system.stop());

function words({ html }: Loaded): string {
  return html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
}

type Typed = Readonly<Record<string, string | readonly string[]>>;

/** Types into the fields of a page's form, presses its button and follows where that leads. */
async function press(browser: TestBrowser, page: Loaded, button: string, typed: Typed = {}): Promise<Loaded> {
  const found = button.startsWith('/') ? formTo(page, button) : formOn(page, button);
  const body = new URLSearchParams(found.fields.map(([name, value]) => [name, value]));
  for (const [name, values] of Object.entries(typed)) {
    body.delete(name);
    for (const value of [values].flat()) body.append(name, value);
  }
  const pressed = found.buttons.find(({ value }) => value === button);
  if (pressed !== undefined) body.set(pressed.name, pressed.value);
  return browser.open(new URL(found.action, page.url), {
    method: 'POST',
    body,
    headers: { origin: system.url, 'sec-fetch-site': 'same-origin' },
  });
}

async function send(browser: TestBrowser, address: string, file: File): Promise<Loaded> {
  const body = new FormData();
  body.set('csrf', fieldIn(await browser.open(address), 'csrf'));
  body.set('file', file);
  return browser.open(address, {
    method: 'POST',
    body,
    headers: { origin: system.url, 'sec-fetch-site': 'same-origin' },
  });
}

async function submitted(browser: TestBrowser, unit: string, typed: Typed = {}): Promise<void> {
  const page = await press(browser, await browser.open(`${place(unit)}/check`), `${place(unit)}/submission`, typed);
  expect(words(page)).toContain('提出しました');
}

async function accepted(unit: string): Promise<void> {
  const review = await officer.open(`${place(unit)}/review`);
  const decision = formTo(review, `${place(unit)}/decision`);
  const page = await press(officer, review, decision.action, { read: 'yes', decision: 'accept' });
  expect(words(page)).toContain('確認済にしました');
}

describe('the questionnaire', () => {
  it('is taken over, tried, adopted and asked', async () => {
    const xlsx = await readFile(new URL('../../fixtures/questionnaires/soudan-jisshi.xlsx', import.meta.url));
    const draft = await send(officer, '/forms/import', new File([new Uint8Array(xlsx)], 'soudan-jisshi.xlsx'));
    expect(words(draft)).toContain('調査票を取り込みました');
    const trial = await press(officer, await officer.open(`/forms/${form}/2025/trial`), 'check', {
      'system.form': 'both',
      'system.days': '２４３．５日',
    });
    expect(words(trial)).toContain('「問2 委託料（年額）」が未回答です');
    await press(officer, draft, 'adopt');
    const round = await press(officer, await officer.open('/rounds/new'), '/rounds/new', {
      id: 'S7',
      name: '令和7年度相談支援調査',
      fiscalYear: '令和7年度',
      referenceDate: '令和7年4月1日',
      'period.from': '令和6年4月',
      'period.to': '令和7年3月',
      [`forms.${form}`]: '2025',
      opensAt: '令和7年4月10日',
      dueAt: '令和30年3月31日',
    });
    expect(words(round)).toContain('令和7年度相談支援調査');
  });
});

describe('three municipalities', () => {
  it('answer on pages, with a file', async () => {
    const sections = `${place('112011')}/sections`;
    const system1 = await press(kawagoe, await kawagoe.open(`${sections}/system`), 'save', {
      'system.form': 'both',
      'system.fee': '１２，０００千円',
      'system.days': '243.5',
      'system.priorities': ['network', 'rights', ''],
      'system.staff.full.only': '2',
      'system.staff.full.also': '1',
      'system.staff.part.only': '0',
      'system.staff.part.also': '3',
    });
    expect(words(system1)).toContain('保存しました');
    const pdf = new File(['%PDF-1.4\n%%EOF\n'], '実施要綱.pdf', { type: 'application/pdf' });
    expect(words(await send(kawagoe, `${place('112011')}/attachments/system.guideline`, pdf))).toContain(
      '実施要綱.pdf',
    );
    await press(kawagoe, await kawagoe.open(`${sections}/cases`), 'save', {
      'cases.handled.physical.persons': '10',
      'cases.handled.physical.times': '8',
      'cases.handled.mental.persons': '5',
      'cases.handled.mental.times': '52',
      'cases.share': '98.5%',
      'cases.wider.medical': 'prefecture',
    });
    await press(kawagoe, await kawagoe.open(`${sections}/contact`), 'save', { 'contact.person': '相談　花子' });
    // The table of offices comes from the program that the city has for it.
    const { headers } = ok(await system.municipality('112011').get(`/api${sections}/offices`));
    const offices = [
      { id: 'a', name: 'あおば相談室', designations: ['general', 'specific'], staff: 3 },
      { id: 'b', name: 'みどり', designations: ['children'], staff: 0 },
    ];
    const etag = { 'if-match': headers.get('etag') ?? '' };
    ok(await system.municipality('112011').put(`/api${sections}/offices`, { answers: offices }, etag));
    const check = words(await kawagoe.open(`${place('112011')}/check`));
    expect(check).toContain('延件数が実人員より少ない区分があります。');
    expect(check).toContain('相談支援専門員のいない事業所です。');
    // 60 cases by 6 members of staff.
    expect(check).toMatch(/問5の1 職員1人当たりの相談件数 10件/);
    await submitted(kawagoe, '112011', {
      'ready:cases.handled.times-fewer': '延件数を集計していないため',
      'reason:cases.handled.times-fewer': '',
    });
  });

  it('answer by a program', async () => {
    const api = `/api${place('112020')}`;
    const answers = {
      system: {
        form: 'direct',
        days: 250,
        priorities: ['network', 'expert', 'training'],
        staff: { full: { only: 4, also: 0 }, part: { only: 1, also: 1 } },
      },
      offices: [{ id: 'a', name: '熊谷相談', designations: ['general'], staff: 2 }],
      cases: {
        handled: {
          physical: { persons: 3, times: 30 },
          intellectual: { persons: 2, times: 20 },
          mental: { persons: 1, times: 10 },
          child: { persons: 4, times: 40 },
        },
        share: 100,
        wider: { medical: 'region' },
      },
      contact: { person: '熊谷' },
    };
    ok(await system.municipality('112020').put(api, { answers }, { 'if-none-match': '*' }));
    ok(await system.municipality('112020').post(`${api}/submission`));
  });

  it('answer in Excel', async () => {
    const file = await kawaguchi.request(`${place('112038')}/workbook/file`);
    const filled = await filledWorkbook(
      new Uint8Array(await file.arrayBuffer()),
      {
        'system.form': '委託のみ',
        'system.fee': 24000,
        'system.days': '300',
        'system.priorities.1': '権利擁護',
        'system.staff.full.only': 0,
        'system.staff.full.also': '0人',
        'system.staff.part.only': '０',
        'system.staff.part.also': 0,
        'cases.handled.child.persons': 7,
        'cases.handled.child.times': 70,
        'cases.share': '55.5',
        'cases.wider.medical': '県全域で対応',
        'contact.person': '川口',
      },
      (workbook) => {
        const sheet = workbook.getWorksheet('問7　事業所');
        for (const [address, value] of Object.entries({ D9: 'かわぐち', E9: '○', G9: '○', I9: 5 }))
          if (sheet !== undefined) sheet.getCell(address).value = value;
      },
    );
    const upload = new File([filled.slice()], '回答.xlsx', { type: contentTypeOf('.xlsx') });
    expect(words(await send(kawaguchi, `${place('112038')}/workbook`, upload))).toContain(
      'ファイルの内容を保存しました',
    );
    await submitted(kawaguchi, '112038');
  });

  it('are sent back with a reason, submit again and are accepted', async () => {
    const review = await officer.open(`${place('112038')}/review`);
    const form = `${place('112038')}/decision`;
    const address = `${form}?${new URLSearchParams({ version: '1', question: 'system.fee' })}`;
    const sendBack = await officer.open(address);
    await press(officer, sendBack, form, { comment: '委託料を確認してください。', reason: '年額ですか。' });
    expect(words(review)).toContain('24,000千円');
    const section = await kawaguchi.open(`${place('112038')}/sections/system`);
    expect(words(section)).toContain('年額ですか。 提出時の回答： 24,000千円');
    await press(kawaguchi, section, 'save', { 'system.fee': '18000' });
    await submitted(kawaguchi, '112038');
    for (const unit of ['112011', '112020', '112038']) await accepted(unit);
  });
});

describe('the figures', () => {
  it('of the summary and of the published report are those of a hand count', async () => {
    const { exportId } = await exportRound(system, 'S7');
    const page = await officer.open(`/rounds/S7/exports/${exportId}/publication`);
    const published = await press(officer, page, `/rounds/S7/exports/${exportId}/publication`);
    expect(words(published)).toContain('公表版 第1版を確定しました');
    const file = async (path: string): Promise<string> =>
      ok(await system.prefecture.get(`/api/rounds/S7/exports/${exportId}/files/${path}`)).text;
    const figures = async (path: string): Promise<(question: string) => string[]> => {
      const [head = '', ...lines] = (await file(path)).replace('\uFEFF', '').trim().split(/\r?\n/);
      const names = head.split(',');
      const rows = lines.map((line) => new Map(line.split(',').map((cell, index) => [names[index] ?? '', cell])));
      return (question) =>
        rows
          .filter((row) => row.get('question') === question)
          .map((row) => `${row.get('option') || row.get('measure')}=${row.get('value')}/${row.get('base')}`);
    };
    const of = await figures('public/summary.csv');
    expect(of('system.form')).toEqual(['direct=1/3', 'both=1/3', 'commissioned=1/3']);
    // Of three who are asked for it two pay: 12,000 and, corrected, 18,000.
    expect(of('system.fee').slice(0, 2)).toEqual(['sum=30000/2', 'mean=15000/2']);
    expect(of('system.days')).toEqual(['sum=793.5/3', 'mean=264.5/3', 'median=250/3', 'min=243.5/3', 'max=300/3']);
    expect(of('system.priorities')).toEqual(
      expect.arrayContaining(['network=2/3', 'rights=2/3', 'training=1/3', '1.network=2/3', '2.rights=1/3']),
    );
    expect(of('system.staff')[0]).toBe('sum=12/3');
    expect(of('system.staff.full')[0]).toBe('sum=7/3');
    expect(of('system.staff.also')[0]).toBe('sum=5/3');
    // 60 by 6, 100 by 6; nothing by nobody. Public by its totals alone: of two answers no median, least and greatest never.
    expect(of('system.perStaff')).toEqual(['mean=13.35/2']);
    expect(of('offices')).toEqual(['count=4/3']);
    expect(of('offices.designations')).toEqual(['general=3/4', 'specific=1/4', 'children=2/4']);
    expect(of('offices.staff')[0]).toBe('sum=10/4');
    // One city alone says how many cases of 知的 it has: that total, and what would tell it, is for the prefecture only.
    expect(of('cases.handled')).toEqual([]);
    expect((await figures('internal/summary.csv'))('cases.handled')[0]).toBe('sum=262/3');
    expect(of('cases.share').at(1)).toMatch(/^mean=84\.66/);
    expect(of('cases.wider.medical')).toEqual(['prefecture=2/3', 'region=1/3', 'any=3/3']);
    expect(of('specialists')[0]).toBe('sum=10/3');
    expect(of('scale')).toEqual(['large=0/3', 'small=3/3']);

    const report = (await file('public/report.html')).replaceAll(/<[^>]*>/g, '|').replaceAll(/[|\s]+/g, '|');
    expect(report).toContain('障害者相談支援事業の実施状況について');
    for (const line of [
      '〇問7　事業所：相談支援専門員|・合計　10人',
      '〇問3　1事業所当たりの平均開所日数|・平均264.5日',
      '|常勤|6|1|7|',
      '|計|7|5|12|',
    ])
      expect(report).toContain(line.replaceAll('　', '|'));
    expect(report).not.toContain('相談　花子');
  });
});
