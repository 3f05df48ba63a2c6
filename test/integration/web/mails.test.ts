/** The pages of mails: the opening in the outbox of this machine, words of one's own, a notice to some, and one's own mail. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fieldIn, TestBrowser, words } from '../support/browser.ts';
import type { Loaded } from '../support/browser.ts';
import { directoryFixture, ok, openRound, openSystem } from '../support/fixtures.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';
import { readMessage } from '../../../infra/local/outbox.ts';

const main = { division: '障害福祉課', person: '山田', telephone: '049-000-0000', email: 'fukushi@kawagoe.example' };
const place = '/rounds/R6/mails';

let system: TestSystem;
let prefecture: TestBrowser;

beforeAll(async () => {
  system = await startTestSystem({
    accounts: [{ id: 'prefecture', name: '埼玉県担当', groups: ['prefecture'] }],
  });
  const day = new Date().toISOString().slice(0, 10);
  await openSystem(
    system,
    await directoryFixture('saitama-r6'),
    'R6',
    openRound({ 'municipal-survey': 2024 }, { opensAt: `${day}T00:00:00Z`, dueAt: '2099-11-29' }),
  );
  ok(await system.prefecture.put('/api/contacts/112011', { main, deputy: { ...main, email: 'fuku@kawagoe.example' } }));
  prefecture = new TestBrowser(system.url);
  await prefecture.signIn('prefecture');
});
afterAll(() => system.stop());

/** From the page at an address, with some of its fields changed. */
function post(page: Loaded, address: string, fields: Record<string, string>): Promise<Loaded> {
  return prefecture.postFrom(page, address, Object.entries(fields));
}

async function outbox(): Promise<ReturnType<typeof readMessage>[]> {
  return [...(await system.outbox.messages()).values()].map(readMessage);
}

describe('the mails of a round', () => {
  it('say at opening what is asked, in words that the prefecture has changed and looked at', async () => {
    const address = `${place}/texts/opened`;
    const page = await prefecture.open(address);
    expect(words(page)).toContain('提出期限：令和81年11月29日');
    const seen = fieldIn(page, 'seen');
    const wrong = await post(page, address, { action: 'save', seen, subject: '{回答}', body: '本文' });
    expect([wrong.status, words(wrong).includes('差し込みは {市町村}')]).toEqual([422, true]);
    const text = { seen, subject: '開始：{調査名}', body: '{市町村} {担当者} 様\n<b>{調査票}</b>' };
    const looked = await post(page, address, { action: 'preview', ...text });
    expect(words(looked)).toContain('件名：開始：令和6年度調査');
    expect(looked.html).not.toContain('<b>');
    expect(words(await post(page, address, { action: 'save', ...text }))).toContain('文面を保存しました。');
    expect((await post(page, address, { action: 'save', ...text, body: '別' })).status).toBe(422);
    const before = words(await prefecture.open(place));
    expect(before).toContain('まもなく自動で送るメール：1件');
    expect(before).toContain('連絡先がないため送れない市町村があります（62団体）');
    await system.sendMails(new Date(Date.now() + 24 * 3_600_000));
    expect(await outbox()).toEqual([
      {
        to: 'fukushi@kawagoe.example,fuku@kawagoe.example',
        subject: '開始：令和6年度調査',
        body: '川越市 障害福祉課 山田 様\r\n<b>・市町村調査票（川越市）</b>',
      },
    ]);
    expect(words(await prefecture.open(place))).toContain(
      '川越市 受付開始 開始：令和6年度調査 fukushi@kawagoe.example',
    );
    expect(words(await prefecture.open('/local/outbox'))).toContain('開始：令和6年度調査');
  });

  it('go back to the usual words, and the page says so', async () => {
    const address = `${place}/texts/week`;
    const seen = fieldIn(await prefecture.open(address), 'seen');
    const text = { seen, subject: '別の件名', body: '本文' };
    await post(await prefecture.open(address), address, { action: 'save', ...text });
    const page = await prefecture.open(address);
    const back = words(await post(page, address, { ...text, action: 'usual', seen: fieldIn(page, 'seen') }));
    expect([back.includes('標準の文面に戻しました。'), back.includes('文面を保存しました')]).toEqual([true, false]);
  });

  it('that tell of another due date are named where it is changed, unless they are off', async () => {
    const settings = '/rounds/R6/settings';
    expect(words(await prefecture.open(settings))).toContain('「提出期限の変更」のメールが送られます');
    for (const [action, isTold] of [
      ['stop', false],
      ['start', true],
    ] as const) {
      await post(await prefecture.open(place), place, { action });
      expect(words(await prefecture.open(settings)).includes('のメールが送られます')).toBe(isTold);
    }
    // Before a round opens nobody is told of its due date.
    const later = openRound({ 'municipal-survey': 2024 }, { opensAt: '2098-10-01', dueAt: '2098-11-29' });
    ok(await system.prefecture.put('/api/rounds/R80', later));
    expect(words(await prefecture.open('/rounds/R80/settings'))).not.toContain('のメールが送られます');
  });

  it('go by hand to those that a filter leaves, once they were looked at, and once alone', async () => {
    const address = `${place}/new`;
    const fields = {
      event: 'notice',
      filter: 'unsubmitted',
      subject: '説明会',
      body: '{市町村} 様\n説明会を行います。',
    };
    const looked = await post(await prefecture.open(address), address, { action: 'look', ...fields });
    const shown = words(looked);
    expect(shown).toContain('宛先（63団体）');
    expect(shown).toContain('fukushi@kawagoe.example fuku@kawagoe.example');
    const ofClass = (key: string) =>
      post(looked, address, { action: 'look', ...fields, class: key }).then(
        (page) => /宛先（(\d+)団体）/.exec(words(page))?.[1],
      );
    expect([await ofClass('kind:村'), await ofClass('area:南部')]).toEqual(['1', '0']);
    const sending = { action: 'send', id: fieldIn(looked, 'id'), seen: fieldIn(looked, 'seen'), ...fields };
    const changed = words(await post(looked, address, { ...sending, filter: 'all', body: '別の本文' }));
    expect(changed).toContain('確かめた後に宛先又は文面が変わったため、まだ送信していません。');
    expect(words(await post(looked, address, sending))).toContain('送信待ちにしました。');
    expect(words(await post(looked, address, sending))).toContain('送るメールはありませんでした。');
    await system.sendMails();
    expect((await outbox()).map(({ subject }) => subject)).toEqual(['開始：令和6年度調査', '説明会']);
    expect(words(await prefecture.open('/rounds/R6/log'))).toContain('メールの送信を指示した');
  });

  it('go by hand only to those of whom they say what is true, of whom one is shown', async () => {
    const address = `${place}/new`;
    const page = await prefecture.open(address);
    const look = (fields: Record<string, string>) => post(page, address, { action: 'look', filter: 'all', ...fields });
    const eve = await look({ event: 'eve' });
    expect(words(eve)).toContain('宛先（63団体）');
    expect(eve.html).toContain('value="send"');
    expect(words(eve)).toContain('川越市に送る場合の例 宛先：fukushi@kawagoe.example、fuku@kawagoe.example');
    for (const event of ['accepted', 'returned', 'overdue', 'dueMoved', 'onBehalf', 'answered', 'published']) {
      const nobody = await look({ event });
      expect([event, words(nobody).includes('宛先（0団体）')]).toEqual([event, true]);
      expect(nobody.html).not.toContain('value="send"');
    }
    const absence = '/api/rounds/R6/returns/municipal-survey/112011/absence';
    ok(await system.prefecture.put(absence, { reason: '災害のため' }));
    expect(words(await look({ event: 'eve' }))).toContain('宛先（62団体）');
    const body = '至急御回答ください。';
    expect(words(await look({ event: 'notice', filter: 'unsubmitted', body }))).toContain('宛先（62団体）');
    ok(await system.prefecture.delete(absence));
  });

  it('are not sent before the text was written', async () => {
    const address = `${place}/new`;
    const unwritten = await post(await prefecture.open(address), address, { action: 'look', filter: 'all' });
    expect([unwritten.status, words(unwritten).includes('お知らせする内容に書き換えてください。')]).toEqual([
      422,
      true,
    ]);
  });

  it('are not sent by themselves where no mark is set', async () => {
    const off = await post(await prefecture.open(place), place, { action: 'events', on: 'week' });
    expect(words(off)).toContain('自動で送るメールを保存しました。');
    expect(ok(await system.prefecture.get('/api/rounds/R6/mail-settings')).json().off).toHaveLength(9);
    expect(words(off)).not.toContain('連絡先がないため送れない');
    // Whoever only reads has no link in the table, by which the keyboard would reach what is wider than the window.
    expect(off.html).toContain('role="region" aria-label="自動で送るメールの表"');
  });

  it('are stopped altogether and taken up again in one press, and the marks stay', async () => {
    const settings = async () => ok(await system.prefecture.get('/api/rounds/R6/mail-settings')).json();
    const before = await settings();
    const stopped = await post(await prefecture.open(place), place, { action: 'stop' });
    expect(words(stopped)).toContain('自動のメールを全て止めました。');
    expect(words(stopped)).toContain('この調査では、自動のメールを全て止めています。');
    expect(await settings()).toEqual({ ...before, automatic: false });
    await post(stopped, place, { action: 'events', on: 'eve' });
    expect(await settings()).toMatchObject({ automatic: false });
    const started = await post(stopped, place, { action: 'start' });
    expect(words(started)).toContain('自動のメールを再開しました。');
    expect(await settings()).not.toHaveProperty('automatic');
  });
});
