/** The directory imported from a file: what it changes is shown first. */

import { describe, expect, it } from 'vitest';
import { unpackDirectory } from '../../../functions/web/manage/directory/import.ts';
import { dayInJapan } from '../../../schemas/round.ts';
import { printPartialDate } from '../../../schemas/values/partial-date.ts';
import { xlsx } from '../../support/xlsx.ts';
import { fieldIn, words } from '../support/browser.ts';
import type { Loaded } from '../support/browser.ts';
import { directoryFixture, ok } from '../support/fixtures.ts';
import { reviewSystem } from '../support/review-system.ts';

const review = reviewSystem();
const { post } = review;

describe('the directory', () => {
  async function upload(file: string | Uint8Array<ArrayBuffer>, validFrom = ''): Promise<Loaded> {
    const form = await review.officer.open('/directory/import');
    const body = new FormData();
    body.set('csrf', fieldIn(form, 'csrf'));
    body.set('validFrom', validFrom);
    body.set('file', new Blob([file]), 'directory.csv');
    return review.officer.open('/directory/import', {
      method: 'POST',
      body,
      headers: { origin: review.system.url, 'sec-fetch-site': 'same-origin' },
    });
  }

  it('is imported after the changes were shown, and not when it changed meanwhile', async () => {
    const file = await review.officer.request('/directory?as=csv');
    expect(file.headers.get('content-disposition')).toContain(encodeURIComponent('名簿_埼玉県.csv'));
    const csv = await file.text();
    const shown = await upload(csv.replace('伊奈町,', '新伊奈町,'));
    expect(words(shown)).toContain('名称の変更 市町村 113018 新伊奈町 伊奈町 新伊奈町');
    expect(words(shown)).toContain('回答を求めている調査（受付を終了したものを除く。）はありません。');
    const proposal = [
      ['proposal', fieldIn(shown, 'proposal')],
      ['seen', fieldIn(shown, 'seen')],
    ] as const;
    expect(words(await post(shown, '/directory/import', proposal))).toContain('名簿を取り込みました。');
    expect(words(await post(shown, '/directory/import', proposal))).toContain('名簿を取り込みました。');
    const older = await upload(csv);
    ok(await review.system.prefecture.put('/api/directory', await directoryFixture('saitama-r6')));
    const late = await post(older, '/directory/import', [
      ['proposal', fieldIn(shown, 'proposal')],
      ['seen', fieldIn(older, 'seen')],
    ]);
    expect(late.status).toBe(412);
  });

  it('is imported for the day that was shown, also when it is confirmed after midnight', async () => {
    const today = dayInJapan(new Date());
    const csv = await (await review.officer.request('/directory?as=csv')).text();
    const shown = await upload(csv.replace('伊奈町,', '新伊奈町,'));
    expect(words(shown)).toContain(`有効になる日： ${printPartialDate(today)}`);
    const proposal = unpackDirectory(fieldIn(shown, 'proposal'));
    expect(proposal?.validFrom).toBe(today);
  });

  it('is imported for a day that is shown before, and asked for at its field when it is none', async () => {
    const csv = await (await review.officer.request('/directory?as=csv')).text();
    expect(words(await upload(csv, '令和12年4月1日'))).toContain('有効になる日： 令和12年4月1日');
    const wrong = await upload(csv, '令和12年');
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('href="#field-validFrom"');
    expect(fieldIn(wrong, 'validFrom')).toBe('令和12年');
    expect(words(wrong)).not.toContain('取り込めない行');
  });

  /** The directory as it is, as rows of cells. */
  async function currentRows(): Promise<string[][]> {
    const csv = await (await review.officer.request('/directory?as=csv')).text();
    return csv
      .replace('\uFEFF', '')
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(',').map((cell) => cell.replaceAll('"', '')));
  }

  it('is imported from the first sheet that shows; which one it was and what was left aside is said', async () => {
    const rows = await currentRows();
    const bytes = await xlsx({ 旧名簿: [['種別']], 名簿: rows, 備考: [['メモ']] }, (sheet) => {
      sheet.state = 'hidden';
    });
    const shown = words(await upload(new Uint8Array(bytes)));
    expect(shown).toContain('シート「名簿」を読み取りました。');
    expect(shown).toContain('読み取らなかったシート：「旧名簿」（非表示）、「備考」');
    expect(shown).toContain('その日に有効な名簿と同じ内容です。');
    expect(shown).not.toContain('非表示の列');
    expect(shown).not.toContain('非表示の行');
  });

  it('is imported from hidden rows and columns too, and says so', async () => {
    const rows = await currentRows();
    const at = rows.findIndex((cells) => cells.includes('伊奈町'));
    const renamed = rows.map((cells, index) =>
      index === at ? cells.map((cell) => (cell === '伊奈町' ? '新伊奈町' : cell)) : cells,
    );
    const bytes = await xlsx({ 名簿: renamed }, (sheet) => {
      sheet.getRow(at + 1).hidden = true;
      sheet.getColumn((rows[0]?.indexOf('区分') ?? -1) + 1).hidden = true;
    });
    const shown = words(await upload(new Uint8Array(bytes)));
    expect(shown).toContain('非表示の列も読み取りました：区分');
    expect(shown).toContain('非表示の行も読み取りました（1件）。');
    expect(shown).toContain('113018 新伊奈町 非表示の行 伊奈町 新伊奈町');
  });

  it('explains a change that the eye cannot tell from what was there', async () => {
    const csv = await (await review.officer.request('/directory?as=csv')).text();
    const variant = await upload(csv.replaceAll('川越市', '川越\u{E0100}市'));
    expect(words(variant)).toContain('見た目は同じですが、文字が異なります（なし → U+E0100）。');
    expect(words(await upload(csv.replaceAll('川越市', '新川越市')))).not.toContain('見た目は同じ');
    const unseen = await upload(csv.replaceAll('川越市', '川越\u200B市'));
    expect(unseen.status).toBe(422);
    expect(words(unseen)).toContain('見えない文字（U+200B）');
  });

  it('says what is wrong by row', async () => {
    const csv = await (await review.officer.request('/directory?as=csv')).text();
    const wrong = await upload(csv.replace('112038,川口市,市', '112039,川口市,市'));
    expect(wrong.status).toBe(422);
    expect(words(wrong)).toContain('検査数字（6桁目）が合いません');
  });
});
