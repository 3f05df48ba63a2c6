/**
 * The life of a prefecture's questionnaire, by officers who only click and type: from the Excel file that one of them
 * has written to the published report. What they should come to is counted here by hand.
 */

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { directoryFixture, ok } from '../integration/support/fixtures.ts';
import { startTestSystem } from '../integration/support/system.ts';
import type { TestSystem } from '../integration/support/system.ts';
import { filledWorkbook } from '../support/filled-workbook.ts';
import { sampleCompound, samplePdf, withMacros } from '../support/sample-files.ts';
import { Browsers, press } from './support/browser.ts';
import {
  acceptAll,
  adoptAndAsk,
  choose,
  downloaded,
  exportAndPublish,
  figuresOf,
  openReturn,
  review,
  sendBack,
  submit,
  tableBelow,
  takeOver,
  type,
  upload,
  words,
} from './support/questionnaire-steps.ts';

const units = ['川越市', '熊谷市', '川口市'];

let system: TestSystem;
let browsers: Browsers;
let prefecture: Page;
let kawagoe: Page;
let kawaguchi: Page;

beforeAll(async () => {
  system = await startTestSystem({
    accounts: [
      { id: 'prefecture', name: '埼玉県担当', groups: ['prefecture'] },
      { id: 'kawagoe', name: '川越市担当', groups: ['unit-112011'] },
      { id: 'kawaguchi', name: '川口市担当', groups: ['unit-112038'] },
    ],
  });
  ok(await system.prefecture.put('/api/directory', await directoryFixture('saitama-r6')));
  browsers = await Browsers.launch(system.url);
  prefecture = await browsers.officer('prefecture', '/');
  kawagoe = await browsers.officer('kawagoe', '/');
  kawaguchi = await browsers.officer('kawaguchi', '/');
});
afterAll(async () => {
  expect(browsers.complaints).toEqual([]);
  await browsers.close();
  await system.stop();
});

describe('an urgent inquiry written in Excel', () => {
  const inquiry = { title: '大雪時の相談支援体制に関する緊急照会', file: 'kinkyu-oyuki.xlsx' };
  const round = '大雪緊急照会';

  it('is taken over, tried and adopted, and a round asks it', async () => {
    await takeOver(prefecture, inquiry);
    await choose(prefecture, '行っていない');
    await press(prefecture, '回答を確かめる');
    expect(await words(prefecture)).toContain('「問1の2 行っていない理由」が未回答です');
    const days = { referenceDate: '令和7年2月10日', from: '令和7年2月', to: '令和7年2月' };
    await adoptAndAsk(prefecture, inquiry, { id: 'K7', name: round, fiscalYear: '令和6年度', ...days });
  });

  it('is answered on the pages', async () => {
    await openReturn(kawagoe, inquiry);
    await press(kawagoe, '大雪時の対応', 'link');
    await choose(kawagoe, '行っていない');
    await type(kawagoe, { 'q.whyNot': '被害がなかったため。', 'q.by': '令和7年11月' });
    await press(kawagoe, '保存して次へ進む');
    await submit(kawagoe);
  });

  it('is answered by a program', async () => {
    const api = '/api/rounds/K7/returns/kinkyu-oyuki/112020';
    const answers = { q: { contacted: 'partly', persons: 80, means: ['provider'], by: '2025-12-10' } };
    ok(await system.municipality('112020').put(api, { answers }, { 'if-none-match': '*' }));
    ok(await system.municipality('112020').post(`${api}/submission`));
  });

  it('is answered in Excel, and the reason asked for is given on the page', async () => {
    await openReturn(kawaguchi, inquiry);
    await press(kawaguchi, 'Excelで記入する', 'link');
    const filled = await filledWorkbook(await downloaded(kawaguchi, '記入用のExcelファイルをダウンロードする'), {
      'q.contacted': '一部行った',
      'q.persons': '５，２００人',
      'q.means.phone': '○',
      'q.means.other': '〇',
      'q.meansOther': '防災無線',
    });
    await upload(kawaguchi, '回答.xlsx', Buffer.from(filled));
    expect(await words(kawaguchi)).toContain('ファイルの内容を保存しました');
    await press(kawaguchi, '提出前の確認へ進む', 'link');
    expect(await words(kawaguchi)).toContain('人数が5,000人を超えています');
    await choose(kawaguchi, '名簿登載者全員に行ったため');
    await submit(kawaguchi);
  });

  it('is sent back with a reason, corrected where the reason stands, and accepted', async () => {
    await review(prefecture, round, '川越市');
    await sendBack(prefecture, ['q.contacted'], '防災担当に確認してください。', '防災担当は行ったとしています。');

    await openReturn(kawagoe, inquiry);
    await press(kawagoe, /問1\s安否確認を行ったか/, 'link');
    expect(await words(kawagoe)).toContain('防災担当は行ったとしています。 提出時の回答：行っていない');
    await choose(kawagoe, '行った', '電話', '訪問');
    await type(kawagoe, { 'q.persons': '１５０' });
    await press(kawagoe, '保存して次へ進む');
    expect(await words(kawagoe)).toMatch(/取り除かれます。 大雪時の対応 問1の2 行っていない理由/);
    await submit(kawagoe);

    await acceptAll(prefecture, round, units);
  });

  it('is exported and published, with the figures of a hand count', async () => {
    await press(prefecture, '集計', 'link');
    await press(prefecture, '大雪時の対応', 'link');
    expect(await words(prefecture)).toMatch(
      /行った 名称を見る 1市 33.3％ 一部行った 名称を見る 2市 66.7％ 行っていない 0市町村 0.0％/,
    );
    expect(await words(prefecture)).toContain('5,430人 1810.0 150 80 5,200 3');

    await exportAndPublish(prefecture);

    // 150 of Kawagoe, 80 of Kumagaya, 5,200 of Kawaguchi.
    const summary = (await downloaded(prefecture, 'public/summary.csv')).toString();
    expect(figuresOf(summary, 'q.contacted')).toEqual(['yes=1/3', 'partly=2/3', 'no=0/3']);
    // By its totals alone: of three answers no median, least and greatest never.
    expect(figuresOf(summary, 'q.persons')).toEqual(['sum=5430/3', 'mean=1810/3']);
    expect(figuresOf(summary, 'q.means')).toEqual([
      'phone=2/3',
      'visit=1/3',
      'provider=1/3',
      'commissioner=0/3',
      'other=1/3',
    ]);
    expect(summary).not.toContain('q.whyNot');

    const report = (await downloaded(prefecture, 'public/report.html')).toString();
    expect(tableBelow(report, '問1　安否確認を行ったか')).toEqual([
      '選択肢|数（市町村）|割合',
      '行った|1市|33.3％',
      '一部行った|2市|66.7％',
      '行っていない|0|0.0％',
    ]);
    expect(tableBelow(report, '問1の1　安否確認を行った人数').at(-1)).toContain('|3|5,430|1810.0|非公表|非公表|非公表');
    expect(tableBelow(report, '問2　安否確認の手段')).toContain('その他|1市|33.3％');
    expect(report).not.toContain('被害がなかったため');
    const answers = (await downloaded(prefecture, 'public/kinkyu-oyuki.csv')).toString();
    expect(answers).not.toContain('5200');
  });
});

describe('a yearly questionnaire with every new kind', () => {
  const survey = { title: '障害者相談支援事業の実施状況等調査', file: 'soudan-jisshi.xlsx' };
  const round = '令和7年度相談支援調査';

  it('is taken over, tried and adopted, and a round asks it', async () => {
    await takeOver(prefecture, survey);
    await choose(prefecture, '直営と委託');
    await type(prefecture, { 'system.days': '２４３．５日' });
    await press(prefecture, '回答を確かめる');
    expect(await words(prefecture)).toContain('「問2 委託料（年額）」が未回答です');
    const days = { referenceDate: '令和7年4月1日', from: '令和6年4月', to: '令和7年3月' };
    await adoptAndAsk(prefecture, survey, { id: 'S7', name: round, fiscalYear: '令和7年度', ...days });
  });

  const offices = [
    ['あおば相談室', '3', '一般', '特定'],
    ['みどり', '0', '障害児'],
  ] as const;

  it('is answered on the pages', async () => {
    await openReturn(kawagoe, survey);
    await press(kawagoe, '実施体制', 'link');
    await choose(kawagoe, '直営と委託');
    await type(kawagoe, {
      'system.fee': '１２，０００千円',
      'system.days': '243.5',
      'system.staff.full.only': '2',
      'system.staff.full.also': '1',
      'system.staff.part.only': '0',
      'system.staff.part.also': '3',
    });
    await kawagoe.getByLabel('1位').selectOption({ label: '連携' });
    await kawagoe.getByLabel('2位').selectOption({ label: '権利擁護' });
    await press(kawagoe, '保存して次へ進む');

    const rows = kawagoe.locator('[data-rows="offices"] > .table-scroll > table > tbody');
    for (const [index, [name, staff, ...designations]] of offices.entries()) {
      if (index > 0) await kawagoe.getByRole('button', { name: /行を追加/ }).click();
      await rows.nth(index).locator('[name$=".name"]').fill(name);
      await rows.nth(index).locator('[name$=".staff"]').fill(staff);
      for (const each of designations) await rows.nth(index).getByLabel(each, { exact: true }).check();
    }
    await press(kawagoe, '保存して次へ進む');

    await type(kawagoe, {
      'cases.handled.physical.persons': '10',
      'cases.handled.physical.times': '8',
      'cases.handled.mental.persons': '5',
      'cases.handled.mental.times': '52',
      'cases.share': '98.5%',
    });
    await kawagoe.locator('[name="cases.wider.medical"][value="prefecture"]').check();
    await press(kawagoe, '保存して次へ進む');
    await type(kawagoe, { 'contact.person': '相談　花子' });
    await press(kawagoe, '保存して次へ進む');
    await kawagoe.getByText('参考となる確認').click();
    const check = await words(kawagoe);
    expect(check).toContain('延件数が実人員より少ない区分があります。');
    expect(check).toContain('相談支援専門員のいない事業所です。');
    // 60 cases by 6 members of staff.
    expect(check).toMatch(/問5の1 職員1人当たりの相談件数 10件/);
  });

  it('takes files from the page; what has macros or a password is refused in words', async () => {
    await openReturn(kawagoe, survey);
    await press(kawagoe, '実施体制', 'link');
    await press(kawagoe, /ファイルを追加する/);
    const add = (name: string, bytes: Buffer): Promise<void> => upload(kawagoe, name, bytes, 'ファイルを追加する');
    for (const [name, bytes] of Object.entries(withMacros)) {
      await add(name, bytes);
      expect(await words(kawagoe)).toContain('マクロ');
    }
    await add('実施要綱.docx', sampleCompound('EncryptedPackage'));
    expect(await words(kawagoe)).toContain('パスワード');
    const chosen = kawagoe.locator('input[type=file]');
    const said = (): Promise<string> => chosen.evaluate((input: HTMLInputElement) => input.validationMessage);
    // Ten million bytes would not reach the application: the page itself says that they are too many, and sends nothing.
    await chosen.setInputFiles({ name: '実施要綱.pdf', mimeType: '', buffer: Buffer.alloc(10_000_000) });
    expect(await said()).toContain('ファイルは1件3.5MBまでです。');
    await kawagoe.getByRole('button', { name: 'ファイルを追加する' }).click();
    expect(await words(kawagoe)).toContain('パスワード');
    await add('実施要綱.pdf', samplePdf('first'));
    expect(await words(kawagoe)).toContain('「実施要綱.pdf」を追加しました。');
    await press(kawagoe, /回答のページに戻る/, 'link');
    expect(await downloaded(kawagoe, /^実施要綱\.pdf/)).toEqual(samplePdf('first'));

    await press(kawagoe, new RegExp(survey.title), 'link');
    await press(kawagoe, '回答を確認して提出へ進む', 'link');
    await choose(kawagoe, '延件数を集計していないため');
    await submit(kawagoe);
  });

  it('is answered by a program', async () => {
    const api = '/api/rounds/S7/returns/soudan-jisshi/112020';
    const staff = { full: { only: 4, also: 0 }, part: { only: 1, also: 1 } };
    const handled = Object.fromEntries(
      ['physical', 'intellectual', 'mental', 'child'].map((row, index) => [
        row,
        { persons: index + 1, times: 10 * (index + 1) },
      ]),
    );
    const answers = {
      system: { form: 'direct', days: 250, priorities: ['network', 'expert', 'training'], staff },
      offices: [{ id: 'a', name: '熊谷相談', designations: ['general'], staff: 2 }],
      cases: { handled, share: 100, wider: { medical: 'region' } },
      contact: { person: '熊谷' },
    };
    ok(await system.municipality('112020').put(api, { answers }, { 'if-none-match': '*' }));
    ok(await system.municipality('112020').post(`${api}/submission`));
  });

  it('is answered in Excel', async () => {
    await openReturn(kawaguchi, survey);
    await press(kawaguchi, 'Excelで記入する', 'link');
    const filled = await filledWorkbook(
      await downloaded(kawaguchi, '記入用のExcelファイルをダウンロードする'),
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
    await upload(kawaguchi, '回答.xlsx', Buffer.from(filled));
    expect(await words(kawaguchi)).toContain('ファイルの内容を保存しました');
    await press(kawaguchi, '提出前の確認へ進む', 'link');
    await submit(kawaguchi);
  });

  it('is sent back with reasons, corrected where they stand, a file replaced, and accepted', async () => {
    await review(prefecture, round, '川越市');
    await sendBack(
      prefecture,
      ['system.guideline', 'system.fee'],
      '要綱は改正後のものを付けてください。',
      '旧版です。',
    );
    await openReturn(kawagoe, survey);
    await press(kawagoe, /問6\s実施要綱/, 'link');
    expect(await words(kawagoe)).toContain('旧版です。');
    await type(kawagoe, { 'system.fee': '18000' });
    await press(kawagoe, /実施要綱\.pdf.*削除|削除.*実施要綱\.pdf/);
    expect(await words(kawagoe)).toContain('問6 実施要綱 「実施要綱.pdf」を削除しました。');
    await press(kawagoe, /ファイルを追加する/);
    await upload(kawagoe, '実施要綱（改正後）.pdf', samplePdf('second'), 'ファイルを追加する');
    await press(kawagoe, /回答のページに戻る/, 'link');
    expect(await words(kawagoe)).toContain('実施要綱（改正後）.pdf');
    expect(await kawagoe.locator('[id="system.fee"]').inputValue()).toBe('18000');
    await press(kawagoe, new RegExp(survey.title), 'link');
    await press(kawagoe, '回答を確認して提出へ進む', 'link');
    await submit(kawagoe);
    await acceptAll(prefecture, round, units);
  });

  it('is exported and published, with the figures of a hand count', async () => {
    await exportAndPublish(prefecture);
    const summary = (await downloaded(prefecture, 'public/summary.csv')).toString();
    const of = (question: string): string[] => figuresOf(summary, question);
    expect(of('system.form')).toEqual(['direct=1/3', 'both=1/3', 'commissioned=1/3']);
    // Of three who are asked for it two pay: 18,000, corrected, and 24,000.
    expect(of('system.fee').slice(0, 2)).toEqual(['sum=42000/2', 'mean=21000/2']);
    expect(of('system.days').slice(1)).toEqual(['mean=264.5/3', 'median=250/3', 'min=243.5/3', 'max=300/3']);
    expect(of('system.priorities')).toEqual(expect.arrayContaining(['network=2/3', 'rights=2/3', '2.rights=1/3']));
    expect(of('system.staff')[0]).toBe('sum=12/3');
    // 60 by 6, 100 by 6; nothing by nobody.
    expect(of('system.perStaff')).toEqual(['mean=13.35/2']);
    expect(of('offices.designations')).toEqual(['general=3/4', 'specific=1/4', 'children=2/4']);
    expect(of('cases.wider.medical')).toEqual(['prefecture=2/3', 'region=1/3', 'any=3/3']);
    expect(of('specialists')[0]).toBe('sum=10/3');

    const report = (await downloaded(prefecture, 'public/report.html')).toString();
    expect(report).toContain('障害者相談支援事業の実施状況について');
    expect(tableBelow(report, '問5　職員数')).toEqual(expect.arrayContaining(['常勤|6|1|7', '計|7|5|12']));
    expect(tableBelow(report, '問3　1事業所当たりの平均開所日数').at(-1)).toContain('|3|264.5|250|243.5|300');
    expect(report).not.toContain('相談　花子');
    // The file is for the prefecture alone, and it is the one that was accepted.
    expect(report).not.toContain('実施要綱（改正後）');
    expect(await downloaded(prefecture, /^internal\/files\//)).toEqual(samplePdf('second'));
  });
});
