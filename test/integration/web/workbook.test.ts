/** A return filled in with Excel through the pages, without a script. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cell } from '@cj-tech-master/excelts';
import { filledWorkbook } from '../../support/filled-workbook.ts';
import { fieldIn, TestBrowser, words } from '../support/browser.ts';
import type { Loaded } from '../support/browser.ts';
import { directoryFixture, ok, openRound, openSystem } from '../support/fixtures.ts';

import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

const unit = '112011';
const address = `/rounds/R6/returns/municipal-survey/${unit}`;

let system: TestSystem;
let browser: TestBrowser;
let file: Uint8Array;

beforeAll(async () => {
  system = await startTestSystem({ accounts: [{ id: 'officer', name: '担当者', groups: [`unit-${unit}`] }] });
  await openSystem(system, await directoryFixture('saitama-r6'), 'R6', openRound({ 'municipal-survey': 2024 }));
  browser = new TestBrowser(system.url);
  await browser.signIn('officer');
  file = new Uint8Array(await (await browser.request(`${address}/workbook/file`)).arrayBuffer());
});

afterAll(() => system.stop());

async function send(given: Uint8Array | readonly Uint8Array[]): Promise<Loaded> {
  const form = await browser.open(`${address}/workbook`);
  const body = new FormData();
  body.set('csrf', fieldIn(form, 'csrf'));
  for (const [index, bytes] of (given instanceof Uint8Array ? [given] : given).entries())
    body.append('file', new Blob([new Uint8Array(bytes)]), index === 0 ? '回答.xlsx' : `回答${index + 1}.xlsx`);
  return browser.open(`${address}/workbook`, {
    method: 'POST',
    body,
    headers: { origin: system.url, 'sec-fetch-site': 'same-origin' },
  });
}

function noteText(note: NonNullable<Cell['note']>): string {
  return typeof note === 'string' ? note : (note.texts ?? []).map(({ text }) => text).join('');
}

async function stored(): Promise<unknown> {
  return ok(await system.municipality(unit).get(`/api${address}`)).json().answers;
}

describe('the page for filling in with Excel', () => {
  it('is reached from the return, and offers the file', async () => {
    expect(words(await browser.open(address))).toContain('Excelで記入する');
    expect(words(await browser.open(`${address}/workbook`))).toContain('記入用のExcelファイルをダウンロードする');
  });

  it('lists what is wrong by sheet and cell, and saves nothing', async () => {
    const shown = await send(
      await filledWorkbook(file, { 'establishment.status': '検討中', 'establishment.form': '単独設置' }),
    );
    expect(shown.status).toBe(422);
    expect(words(shown)).toMatch(/市町村自立支援協議会の設置状況 E6 .*選択肢にない回答です。/u);
    expect(await stored()).toEqual({});
    expect(words(await send(Buffer.from('a,b')))).toContain('Excelのファイルとして読み取れません。');
    expect(await stored()).toEqual({});
  });

  it('saves what was filled in and tells it beside what was there, but nothing over what others saved since', async () => {
    const filled = await filledWorkbook(file, { 'establishment.status': '設置済', 'contact.department': '障害福祉課' });
    const shown = await send(filled);
    expect(shown.status).toBe(200);
    expect(words(shown)).toMatch(/ファイルの内容を保存しました。.*障害福祉課/u);
    const answers = { contact: { department: '障害福祉課' }, establishment: { status: 'established' } };
    expect(await stored()).toEqual(answers);
    expect(words(await send(filled))).toContain('違いはありませんでした');

    const path = `/api${address}/sections/contact`;
    const { headers } = ok(await system.municipality(unit).get(path));
    const theirs = { answers: { department: '福祉課' } };
    ok(await system.municipality(unit).put(path, theirs, { 'if-match': headers.get('etag') ?? '' }));
    const conflict = await send(filled);
    expect(conflict.status).toBe(412);
    expect(words(conflict)).toMatch(/ファイルの作成後に保存された回答.*福祉課/u);
    expect(await stored()).toMatchObject({ contact: { department: '福祉課' } });
    // The page has the file in it.
    const kept = ['name', 'content'].map((name): [string, string] => [name, fieldIn(conflict, name)]);
    const replaced = await browser.postFrom(conflict, `${address}/workbook`, [...kept, ['choice', 'mine']]);
    expect(words(replaced)).toContain('後に他の人が保存した回答を');
    expect(await stored()).toEqual(answers);
  });

  it('has each answer that others saved since chosen, as on the pages', async () => {
    const path = `/api${address}/sections`;
    const save = async (section: string, answers: unknown): Promise<void> => {
      const { headers } = ok(await system.municipality(unit).get(`${path}/${section}`));
      ok(
        await system
          .municipality(unit)
          .put(`${path}/${section}`, { answers }, { 'if-match': headers.get('etag') ?? '' }),
      );
    };
    const made = Buffer.from(await (await browser.request(`${address}/workbook/file`)).arrayBuffer());
    const filled = await filledWorkbook(made, {
      'contact.department': '障害者支援課',
      'contact.person': '山田',
      'consultation.commissioned': '3',
    });
    await save('contact', { department: '福祉課', person: '鈴木' });
    const before = await stored();
    const conflict = await send(filled);
    expect(words(conflict)).toMatch(/ファイルの内容（.*！?.*） 障害者支援課 保存されている内容/u);
    const kept = ['name', 'content'].map((name): [string, string] => [name, fieldIn(conflict, name)]);
    const choose = (...chosen: [string, string][]): Promise<Loaded> =>
      browser.postFrom(conflict, `${address}/workbook`, [...kept, ['conflict', '1'], ...chosen]);
    const half = await choose(['contact.department:choice', 'theirs']);
    expect(half.status).toBe(422);
    expect(words(half)).toContain('全ての設問で、どちらの内容にするかを選んでください。');
    expect(await stored()).toEqual(before);
    const taken = await choose(['contact.department:choice', 'theirs'], ['contact.person:choice', 'mine']);
    expect(taken.status).toBe(200);
    expect(await stored()).toMatchObject({
      contact: { department: '福祉課', person: '山田' },
      consultation: { commissioned: 3 },
    });
    expect(words(await choose(['choice', 'theirs']))).toContain('違いはありませんでした');
    await save('contact', { department: '障害福祉課' });
  });

  it('gives a copy in which the wrong cells are marked, which comes back once it is mended', async () => {
    const before = await stored();
    const wrong = await filledWorkbook(file, { 'establishment.status': '検討中', 'consultation.specific': '多い' });
    const shown = await send(wrong);
    const fields = ['csrf', 'name', 'content'].map((name) => [name, fieldIn(shown, name)] as const);
    const body = new FormData();
    for (const [name, value] of fields) body.set(name, value);
    const reply = await browser.request(`${address}/workbook/marked`, {
      method: 'POST',
      body,
      headers: { origin: system.url, 'sec-fetch-site': 'same-origin' },
    });
    expect(decodeURIComponent(reply.headers.get('content-disposition') ?? '')).toContain('回答（要修正）.xlsx');
    const marked = new Uint8Array(await reply.arrayBuffer());
    const notes: string[] = [];
    const mended = await filledWorkbook(
      marked,
      { 'establishment.status': '設置済', 'consultation.specific': '4' },
      (workbook) => {
        for (const sheet of workbook.worksheets)
          sheet.eachRow((row) =>
            row.eachCell((cell) => {
              if (cell.note !== undefined) notes.push(`${sheet.name}!${cell.address}：${noteText(cell.note)}`);
            }),
          );
      },
    );
    expect(notes).toHaveLength(2);
    expect(notes.join()).toContain('選択肢にない回答です。');
    expect(await stored()).toEqual(before);
    expect((await send(mended)).status).toBe(200);
    expect(await stored()).toMatchObject({ consultation: { specific: 4 } });
  });

  it('takes several files of one return at once: what each has changed, or nothing of any', async () => {
    const now = new Uint8Array(await (await browser.request(`${address}/workbook/file`)).arrayBuffer());
    const one = await filledWorkbook(now, { 'consultation.children': '2' });
    const other = await filledWorkbook(now, { 'contact.person': '乙' });
    const wrong = await filledWorkbook(now, { 'consultation.commissioned': '多い' });
    const before = await stored();
    const refused = await send([one, wrong]);
    expect(refused.status).toBe(422);
    expect(words(refused)).toContain('回答2.xlsx：');
    expect(words(refused)).toContain('印を付けたファイル（回答2.xlsx）');
    expect(words(refused)).not.toContain('印を付けたファイル（回答.xlsx）');
    expect(await stored()).toEqual(before);
    expect((await send([one, other])).status).toBe(200);
    expect(await stored()).toMatchObject({ consultation: { children: 2 }, contact: { person: '乙' } });
    // Two files that say different things of one question.
    const again = new Uint8Array(await (await browser.request(`${address}/workbook/file`)).arrayBuffer());
    const [three, four] = [
      await filledWorkbook(again, { 'consultation.children': '3' }),
      await filledWorkbook(again, { 'consultation.children': '4' }),
    ];
    expect((await send([three, four])).status).toBe(412);
    expect(await stored()).toMatchObject({ consultation: { children: 2 } });
    expect((await send(Array.from({ length: 11 }, () => again))).status).toBe(422);
  });
});
