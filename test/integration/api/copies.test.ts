/** A submitted version as a file to keep, over HTTP and from the pages. */

import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { readWorkbookSheets } from '../../../functions/platform/workbook/spreadsheet.ts';
import type { Answers } from '../../../schemas/values/json.ts';
import { TestBrowser } from '../support/browser.ts';
import { answer, directoryFixture, ok, openRound, openSystem, returnsFixture } from '../support/fixtures.ts';
import { startTestSystem } from '../support/system.ts';
import type { Reply, TestSystem } from '../support/system.ts';

const unit = '112321';
const form = 'municipal-survey';
const place = `/rounds/R6/returns/${form}/${unit}`;
const lines = z.array(z.array(z.string()));

let system: TestSystem;
let answers: Answers;

beforeAll(async () => {
  system = await startTestSystem({ accounts: [{ id: 'officer', name: '久喜市担当', groups: [`unit-${unit}`] }] });
  await openSystem(system, await directoryFixture('saitama-r6'), 'R6', openRound({ [form]: 2024 }));
  const fixture = (await returnsFixture('saitama-r6/municipal-survey.json'))[unit] ?? {};
  answers = { ...fixture, contact: { remarks: '=HYPERLINK("http://example.jp")' } };
  await answer(system.municipality(unit), `/api${place}`, answers);
});
afterAll(() => system.stop());

function copy(format: 'workbook' | 'csv', version = '1'): Promise<Reply> {
  return system.municipality(unit).get(`/api${place}/versions/${version}/${format}`);
}

function rowsOf(reply: Reply): string[][] {
  return lines.parse(parse(Buffer.from(reply.bytes), { bom: true, record_delimiter: '\r\n' }));
}

describe('a copy of a version', () => {
  it('as a CSV has a line per question with the answer as it is printed, for Excel', async () => {
    const reply = ok(await copy('csv'));
    expect(Array.from(reply.bytes.slice(0, 3))).toEqual([0xef, 0xbb, 0xbf]);
    const [head, ...rows] = rowsOf(reply);
    expect(head).toEqual(['区分', '番号', '設問', '回答']);
    expect(rows).toContainEqual(['市町村自立支援協議会の設置状況', '問1', '自立支援協議会の設置', '設置済']);
    expect(rows).toContainEqual(['相談支援事業所の設置状況', '問10', '指定特定相談支援事業所', '14事業所']);
    expect(rows.every((row) => row.length === 4)).toBe(true);
  });

  it('has no cell that runs as a formula', async () => {
    const remarks = rowsOf(ok(await copy('csv'))).find(([, , label]) => label === '特記事項');
    expect(remarks?.[3]).toBe(`'=HYPERLINK("http://example.jp")`);
  });

  it('as a workbook says the same, and what it is', async () => {
    const { bytes } = ok(await copy('workbook'));
    const read = await readWorkbookSheets(bytes);
    const [sheet] = read.ok ? read.value : [];
    const texts = (sheet?.rows ?? []).map(({ cells }) => cells.map(({ text }) => text));
    expect(texts[0]?.[0]).toBe('市町村調査票（久喜市）第1版');
    const { receipt, sha256 } = ok(await system.municipality(unit).get(`/api${place}/versions/1`)).json();
    expect(JSON.stringify(texts.slice(0, 4))).toContain(String(receipt));
    expect(JSON.stringify(texts.slice(0, 4))).toContain(String(sha256));
    const answered = texts.slice(5).map((row) => row.join('|'));
    const printed = rowsOf(ok(await copy('csv'))).slice(1);
    expect(answered).toHaveLength(printed.length);
    expect(texts.flat()).toContain('=HYPERLINK("http://example.jp")');
  });

  it('is saved under a name that tells which it is, and the download is logged', async () => {
    for (const [format, extension] of [
      ['workbook', '.xlsx'],
      ['csv', '.csv'],
    ] as const) {
      const disposition = ok(await copy(format)).headers.get('content-disposition') ?? '';
      expect(disposition).toContain(`filename="${form}-${unit}-1${extension}"`);
      expect(decodeURIComponent(disposition)).toContain(`市町村調査票（久喜市）第1版${extension}`);
      const { log } = ok(await system.prefecture.get('/api/rounds/R6/log')).json();
      expect(log).toContainEqual(expect.objectContaining({ what: 'downloaded', path: `versions/1${extension}` }));
    }
  });

  it.each(['2', '0', '01', '1e0', 'x'])('is not there for a version that is not: %s', async (version) => {
    expect([(await copy('csv', version)).status, (await copy('workbook', version)).status]).toEqual([404, 404]);
  });

  it('is reached from the receipt and the history', async () => {
    const browser = new TestBrowser(system.url);
    await browser.signIn('officer');
    for (const page of ['receipt', 'history', 'history/1']) {
      const { html } = await browser.open(`${place}/${page}`);
      for (const format of ['workbook', 'csv']) expect(html).toContain(`href="${place}/history/1/${format}"`);
      expect(html).toContain(`href="${place}/print?version=1"`);
    }
    const file = await browser.open(`${place}/history/1/csv`);
    expect(file.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect((await browser.open(`${place}/history/1/pdf`)).status).toBe(404);
    expect((await browser.open(`${place}/history/9/csv`)).status).toBe(404);
  });
});
