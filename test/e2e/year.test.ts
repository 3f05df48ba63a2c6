/**
 * A prefecture's year, from an empty table to the successor who finds everything: by an officer who only clicks and types,
 * on a clock that is passed in. What is answered in numbers, and asked of a machine, goes through the API.
 */

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportHtml } from '../../functions/export/files/report-files.ts';
import { summaryJson } from '../../functions/export/files/summary-files.ts';
import { directoryFixture, exportRound, exportedFile, ok } from '../integration/support/fixtures.ts';
import { startTestSystem } from '../integration/support/system.ts';
import type { TestSystem } from '../integration/support/system.ts';
import { Browsers, press } from './support/browser.ts';
import { CountedOfficer } from './support/counted-officer.ts';
import { firstSignIn, signInAgain } from './support/password-sign-in.ts';
import {
  exportAndPublish,
  openReturn,
  submit,
  tableBelow,
  type,
  upload,
  words,
} from './support/questionnaire-steps.ts';
import { forms, japan, place, towns, YearRound } from './support/year-round.ts';

let clock: Date;
let system: TestSystem;
let year: YearRound;
let browsers: Browsers;
let officer: Page;
/** Passwords that were mailed, by user name. */
const invited = new Map<string, string>();
/** What the authenticator of 川越市 keeps. */
let secret: string;
let codes: readonly string[];

/** On another day the officer signs in again: a session ends when nobody is there. */
async function on(time: string): Promise<void> {
  clock = japan(time);
  await browsers.closeWindows();
  browsers.forget('kanri');
  officer = await browsers.officer('kanri', '/');
}

beforeAll(async () => {
  clock = japan('2025-04-01T09:30');
  system = await startTestSystem({
    accounts: [{ id: 'kanri', name: '県庁 管理', groups: ['prefecture', 'prefecture-admin'] }],
    formats: { returns: [], documents: [summaryJson, reportHtml] },
    alter: (storage) => ({ ...storage, now: () => clock }),
    onInvitation: (username, password) => invited.set(username, password),
  });
  year = new YearRound(system);
  browsers = await Browsers.launch(system.url);
  const directory = await directoryFixture('saitama-r6');
  codes = directory.municipalities.map(({ code }) => code);
  ok(await system.prefecture.put('/api/directory', directory));
  await year.adoptQuestionnaires();
});
afterAll(async () => {
  await browsers.close();
  await system.stop();
});

describe('in April', () => {
  it('people are registered from a file, once however often it is chosen', async () => {
    officer = await browsers.officer('kanri', '/');
    await press(officer, '利用者を管理する', 'link');
    await press(officer, '利用者のいない市町村等', 'link');
    expect(await words(officer)).toContain('63団体');
    await press(officer, '利用者', 'link');
    const lines = [
      '利用者名,氏名,メールアドレス,区分,団体コード,状態',
      'kawagoe-01,川越 太郎,taro@kawagoe.example,市町村,112011,利用',
      'kouninsha,県庁 後任,kounin@pref.example,県（管理者）,,利用',
    ];
    const file = Buffer.from(`\uFEFF${lines.join('\r\n')}\r\n`);
    await press(officer, /ファイルで登録/, 'link');
    await upload(officer, 'accounts.csv', file, '変更点を確かめる');
    expect(await words(officer)).toContain('新規 2');
    await press(officer, 'この内容で登録・変更する');
    expect(await words(officer)).toContain('2件を終えました。');
    expect([...invited.keys()].toSorted()).toEqual(['kawagoe-01', 'kouninsha']);
    await press(officer, '利用者の一覧に戻る', 'link');
    await press(officer, '利用者のいない市町村等', 'link');
    expect(await words(officer)).toContain('62団体');
    await press(officer, '利用者', 'link');
    await press(officer, /ファイルで登録/, 'link');
    await upload(officer, 'accounts.csv', file, '変更点を確かめる');
    expect(await words(officer)).toContain('今の利用者と同じ内容です。');
    expect(invited.size).toBe(2);
    expect(await year.newMails()).toEqual(
      ['kounin@pref.example', 'taro@kawagoe.example'].map(
        (to) => `${to} 【埼玉県】調査・回答のサイトの利用者名のお知らせ`,
      ),
    );
  });

  it('municipalities say whom to write to, and the prefecture sees it', async () => {
    const town = await browsers.window();
    secret = await firstSignIn(town, 'kawagoe-01', invited.get('kawagoe-01') ?? '');
    await press(town, /連絡先/, 'link');
    const fields = ['division', 'person', 'telephone', 'email'] as const;
    const values = ['障害福祉課', '川越太郎', '049-000-0000', 'kawagoe@town.example'];
    await type(town, Object.fromEntries(fields.map((name, at) => [`field-main.${name}`, values[at] ?? ''])));
    await press(town, '保存する');
    expect(await words(town)).toContain('連絡先を保存しました。');
    for (const name of ['kumagaya', 'tokorozawa', 'wako'] as const) {
      const main = { division: '福祉課', person: name, telephone: '048-000-0000', email: `${name}@town.example` };
      ok(await system.prefecture.put(`/api/contacts/${towns[name]}`, { main }));
    }
    await press(officer, '調査の一覧', 'link');
    await press(officer, '連絡先を見る・登録する', 'link');
    expect(await words(officer)).toContain('障害福祉課 川越太郎');
  });

  it('the round is made, with its request and the words of its mail', async () => {
    await officer.goto('/');
    await press(officer, '調査を作成する', 'link');
    for (const title of Object.values(forms)) await officer.getByLabel(title).selectOption('2025');
    await type(officer, {
      'field-name': '令和7年度開催状況調査',
      'field-fiscalYear': '令和7年度',
      'field-referenceDate': '令和7年4月1日',
      'field-period.from': '令和6年4月',
      'field-period.to': '令和7年3月',
      'field-opensAt': '令和7年6月2日',
      'field-dueAt': '令和7年6月30日',
      'field-closesAt': '令和7年8月29日',
    });
    await press(officer, '調査を作成する');
    await press(officer, '調査の設定', 'link');
    await press(officer, '依頼文・記入要領を書く', 'link');
    await type(officer, { 'field-request': '各市町村　御担当者様\n御回答をお願いします。' });
    await press(officer, '保存する');
    await press(officer, 'メール', 'link');
    await officer.goto('/rounds/R7/mails/texts/opened');
    await type(officer, { 'field-subject': '【開始】{調査名}' });
    await press(officer, '例を表示する');
    expect(await words(officer)).toContain('件名：【開始】令和7年度開催状況調査');
    await press(officer, '保存する');
    expect(await words(officer)).toContain('文面を保存しました。');
  });
});

describe('in June', () => {
  it('every municipality with a contact is told at nine that the round is open, once', async () => {
    const opened = ['kawagoe', 'kumagaya', 'tokorozawa', 'wako'].map((to) => `${to} 【開始】令和7年度開催状況調査`);
    expect(await year.mailsAt('2025-06-02T09:00')).toEqual(opened);
    await on('2025-06-02T10:00');
    await officer.goto('/local/outbox');
    expect(await officer.locator('body').innerText()).toContain('川越市');
    await officer.goto('/rounds/R7/mails');
    expect(await words(officer)).toContain('連絡先がないため送れない市町村があります（59団体）');
  });

  it('one is answered on the pages, with a wrong number, and most are by programs', async () => {
    const town = await browsers.window();
    await signInAgain(town, 'kawagoe-01', secret);
    expect(await words(town)).toContain('令和7年度開催状況調査');
    await openReturn(town, { title: forms.kouhan });
    await press(town, '開催状況', 'link');
    await type(town, { 'q.held': '１２０' });
    await press(town, '保存して次へ進む');
    await submit(town);
    const late = new Set<string>([towns.kumagaya, towns.tokorozawa, towns.wako]);
    const rest = codes.filter((code) => !late.has(code));
    const sent = [
      ...[towns.kumagaya, towns.tokorozawa, ...rest].map((code) => ['zenhan', code] as const),
      ...rest.filter((code) => code !== towns.kawagoe).map((code) => ['kouhan', code] as const),
    ].slice(0, 109);
    await Promise.all(
      sent.map(([form, code], at) =>
        year.answer(form, code, { held: 2, ...(at < 10 ? { memo: '月ごとに開いています。' } : {}) }),
      ),
    );
    expect(await year.standings()).toEqual({ submitted: 110, notStarted: 16 });
  });

  it('those who have not answered are reminded a week before it is due', async () => {
    expect(await year.mailsAt('2025-06-23T09:00')).toEqual(
      ['kumagaya', 'tokorozawa', 'wako'].map((to) => `${to} 【令和7年度開催状況調査】提出期限が近づいています`),
    );
  });

  it('one is given more time, of which it is told', async () => {
    await on('2025-06-24T14:00');
    await officer.goto(`${place('kouhan', towns.kumagaya)}/review`);
    await press(officer, /期限の延長/, 'link');
    await type(officer, { 'field-dueAt': '令和7年7月14日', 'field-reason': '台風による庁舎の被害のため' });
    await press(officer, '期限を延長する');
    expect(await words(officer)).toContain('令和7年7月14日 延長（理由：台風による庁舎の被害のため）');
    await system.sendMails();
    expect(await year.newMails()).toEqual(['kumagaya 【令和7年度開催状況調査】提出期限を変更しました']);
  });

  it('on the eve only those are reminded whose own due date it is', async () => {
    expect(await year.mailsAt('2025-06-29T09:00')).toEqual(
      ['tokorozawa', 'wako'].map((to) => `${to} 【令和7年度開催状況調査】提出期限が迫っています`),
    );
  });
});

describe('in June, by telephone', () => {
  it('one answers, which the prefecture enters and accepts, marked for both', async () => {
    await on('2025-06-30T16:00');
    const told = '代理入力（電話）：通信障害のため電話で聞き取り';
    await officer.goto(`${place('kouhan', towns.tokorozawa)}/review`);
    await press(officer, '代理で入力する', 'link');
    await officer.getByLabel('回答の受け方').selectOption({ label: '電話' });
    await officer.getByLabel('代理入力の理由').fill('通信障害のため電話で聞き取り');
    await press(officer, '代理入力を始める');
    await press(officer, '開催状況', 'link');
    await type(officer, { 'q.held': '4' });
    await press(officer, '保存して次へ進む');
    await press(officer, '県に提出する');
    expect(await words(officer)).toContain(told);
    await press(officer, /確認済にする$/);
    const own = ok(
      await system.municipality(towns.tokorozawa).get(`/api${place('kouhan', towns.tokorozawa)}/versions`),
    );
    expect(own.json().versions).toMatchObject([{ version: 1, onBehalf: { source: 'telephone' } }]);
    await system.sendMails();
    expect(await year.newMails()).toEqual(['tokorozawa 【令和7年度開催状況調査】県が回答を提出しました']);
    // What one press accepts is told together, a minute later.
    await system.sendMails(japan('2025-06-30T16:02'));
    expect(await year.newMails()).toEqual(['tokorozawa 【令和7年度開催状況調査】回答を確認しました']);
  });
});

describe('in July', () => {
  it('who is late is told, and no one else', async () => {
    expect(await year.mailsAt('2025-07-01T09:00')).toEqual(['wako 【令和7年度開催状況調査】提出期限を過ぎています']);
  });

  it('100 unremarkable returns are accepted in at most 5 clicks, and 10 others are read and accepted in at most 15', async () => {
    await on('2025-07-02T09:00');
    const counted = new CountedOfficer(officer);
    await counted.follow(/^確認を待っている回答が110件/);
    await counted.follow('特記事項のない100件をまとめて確認する', 'button');
    await counted.follow('100件を確認済にする', 'button');
    expect(await year.standings()).toMatchObject({ accepted: 101 });
    expect(counted.clicks).toBeLessThanOrEqual(5);
    await officer.goto('/');
    counted.clicks = 0;
    await counted.follow(/^確認を待っている回答が10件/);
    await counted.followAt(officer.getByRole('rowheader').getByRole('link').first());
    for (let left = 10; left > 0; left -= 1) {
      await officer.getByRole('heading', { name: '公表される記述（1件）' }).waitFor();
      await counted.follow(/確認済に(?:して次へ|する)$/, 'button');
    }
    expect(await year.standings()).toMatchObject({ accepted: 111 });
    expect(counted.clicks).toBeLessThanOrEqual(15);
  });

  const table = '開催回数';
  async function printed(): Promise<string[]> {
    const { exportId } = await exportRound(system, 'R7');
    return tableBelow(await exportedFile(system, 'R7', exportId, 'public/report.html'), table);
  }

  it('who is accepted is told once', async () => {
    await system.sendMails(japan('2025-07-02T09:02'));
    await system.sendMails(japan('2025-07-02T09:02'));
    expect(await year.newMails()).toEqual(
      ['kawagoe', 'kumagaya', 'tokorozawa'].map((to) => `${to} 【令和7年度開催状況調査】回答を確認しました`),
    );
  });

  it('a wrong number is corrected, and until the correction is accepted the report stays as it is', async () => {
    const before = await printed();
    expect(before.join()).toContain('120');
    const wrong = place('kouhan', towns.kawagoe);
    await officer.goto(`${wrong}/review`);
    await officer.locator('input[name=question][value="q.held"]').check();
    await press(officer, '訂正のための差戻しへ進む');
    await type(officer, { comment: '電話で確認した内容です。', 'reason-0': '12回の誤りではありませんか。' });
    await press(officer, '訂正のため差し戻す');
    await system.sendMails();
    expect(await year.newMails()).toEqual(['kawagoe 【令和7年度開催状況調査】回答の修正をお願いします']);
    await year.answer('kouhan', towns.kawagoe, { held: 12 });
    expect(await printed()).toEqual(before);
    await officer.goto(`${wrong}/review`);
    await press(officer, '訂正を確認済にした場合の集計の変化', 'link');
    expect(await words(officer)).toContain('120');
    await press(officer, '回答へ戻る', 'link');
    await press(officer, /確認済にする$/);
    const after = await printed();
    expect(after).not.toEqual(before);
    expect(after.join()).not.toContain('120');
  });

  it('the round is closed, and its figures are published', async () => {
    await officer.goto(`${place('kouhan', towns.wako)}/exceptions`);
    await type(officer, { 'field-absenceReason': '担当者が不在のため' });
    await press(officer, '回答なしと記録する');
    await officer.goto('/rounds/R7/settings');
    await press(officer, '受付を終了・再開する', 'link');
    await press(officer, '受付を終了する');
    await officer.goto('/rounds/R7');
    await exportAndPublish(officer);
    await system.sendMails(japan('2025-07-02T09:04'));
    expect(await year.newMails()).toEqual([
      'kawagoe 【令和7年度開催状況調査】回答を確認しました',
      ...['kawagoe', 'kumagaya', 'tokorozawa', 'wako'].map((to) => `${to} 【令和7年度開催状況調査】結果を公表しました`),
    ]);
  });
});

describe('in March', () => {
  it('the successor finds what there is to know, and begins the next year', async () => {
    await officer.goto('/rounds/R7');
    await press(officer, /引継メモ（0件）/, 'link');
    await type(officer, { 'field-text': '熊谷市は台風の被害のため、期限を延ばした。' });
    await press(officer, 'メモを残す');
    clock = japan('2026-03-27T10:00');
    const successor = await browsers.window();
    await firstSignIn(successor, 'kouninsha', invited.get('kouninsha') ?? '');
    await press(successor, '引継メモ', 'link');
    expect(await words(successor)).toContain('熊谷市は台風の被害のため、期限を延ばした。');
    await press(successor, '年間の予定', 'link');
    expect(await words(successor)).toContain('令和7年6月30日 提出期限（済） 令和7年度開催状況調査');
    await press(successor, '令和7年度開催状況調査', 'link');
    await press(successor, '履歴', 'link');
    await successor.getByLabel('できごと').selectOption('changes');
    await press(successor, '絞り込む');
    const log = await words(successor);
    for (const said of ['公表版を確定した', '回答なしと記録した', '差し戻した', '県庁 管理'])
      expect(log).toContain(said);
    await successor.getByLabel('市町村・協議会').fill('所沢市');
    await press(successor, '絞り込む');
    expect(await words(successor)).toContain('通信障害のため電話で聞き取り');
    await press(successor, 'メール', 'link');
    expect(await words(successor)).toContain(
      '川越市 公表 【令和7年度開催状況調査】結果を公表しました kawagoe@town.example 送信済',
    );
    await press(successor, '調査の設定', 'link');
    await press(successor, 'この調査をもとに翌年度の調査を作成する', 'link');
    expect(await successor.locator('[id="field-name"]').inputValue()).toBe('令和8年度開催状況調査');
    expect(await successor.locator('[id="field-dueAt"]').inputValue()).toBe('令和8年6月30日');
    await press(successor, '調査を作成する');
    await press(successor, '調査の設定', 'link');
    await press(successor, '依頼文・記入要領を書く', 'link');
    expect(await successor.locator('[id="field-request"]').inputValue()).toContain('御回答をお願いします。');
    await successor.goto('/rounds/R8/mails/texts/opened');
    expect(await successor.locator('[id="field-subject"]').inputValue()).toBe('【開始】{調査名}');
    await successor.goto('/office-log');
    expect(await words(successor)).toContain('県庁 管理 kouninsha 登録し、招待した');
  });

  it('nothing on any page complained', () => {
    expect(browsers.complaints).toEqual([]);
  });
});
