/** A system that has no address to send mails from: what its pages say of them. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestBrowser, words } from '../support/browser.ts';
import { answer, directoryFixture, ok, openRound, openSystem, returnsFixture } from '../support/fixtures.ts';
import { formOn } from '../support/officer.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

const own = '/rounds/R6/returns/municipal-survey/112038';
let system: TestSystem;
let officer: TestBrowser;

beforeAll(async () => {
  system = await startTestSystem({
    accounts: [{ id: 'prefecture', name: '埼玉県担当', groups: ['prefecture'] }],
    sendsMails: false,
  });
  await openSystem(system, await directoryFixture('saitama-r6'), 'R6', openRound({ 'municipal-survey': 2024 }));
  const surveys = await returnsFixture('saitama-r6/municipal-survey.json');
  await answer(system.municipality('112038'), `/api${own}`, surveys['112038'] ?? {});
  officer = new TestBrowser(system.url);
  await officer.signIn('prefecture');
});
afterAll(() => system.stop());

describe('where no mails are sent', () => {
  it('a correction is not said to be told by one', async () => {
    const page = await officer.open(`${own}/correction`);
    const { action, fields } = formOn(page, 'check');
    const review = await officer.postFrom(page, action, [
      ...fields.filter(([name]) => name !== 'csrf'),
      ['action', 'check'],
    ]);
    expect(words(review)).toContain('理由と変更点が市町村の画面に表示されます。その後、確認済にしてください。');
    expect(words(review)).not.toContain('メールでも知らせます');
  });

  it('a contact is not said to be all that is missing to tell of what is sent back', async () => {
    const body = { version: 1, decision: 'return', comment: 'ご確認をお願いします。', questions: [] };
    ok(await system.prefecture.post(`/api${own}/decision`, body));
    const page = words(await officer.open(`${own}/review?done=returned`));
    expect([page.includes('差し戻しました。'), page.includes('連絡先がないため')]).toEqual([true, false]);
  });

  it('they are written, to be copied, and cannot be sent', async () => {
    expect(words(await officer.open('/rounds/R6/mails'))).toContain('このシステムからはメールを送りません。');
    const page = await officer.open('/rounds/R6/mails/new');
    const look = await officer.postFrom(page, '/rounds/R6/mails/new', [
      ['event', 'eve'],
      ['filter', 'all'],
      ['action', 'look'],
    ]);
    expect(words(look)).toContain('宛先（62団体）');
    expect(look.html).not.toContain('value="send"');
  });
});
