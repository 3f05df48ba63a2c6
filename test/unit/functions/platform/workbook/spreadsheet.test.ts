/** What is read of a file that somebody uploads: the visible sheet as text, within limits, or a refusal that names why. */

import { readFile } from 'node:fs/promises';
import { describe, expect, it, vi } from 'vitest';
import { tableWith } from '../../../../../functions/platform/workbook/sheet-table.ts';
import { readSpreadsheet } from '../../../../../functions/platform/workbook/spreadsheet.ts';
import type { Spreadsheet } from '../../../../../functions/platform/workbook/spreadsheet.ts';
import { unzip } from '../../../../../functions/platform/unzip.ts';
import { xlsx } from '../../../../support/xlsx.ts';
import { zipOf } from '../../../../support/zip.ts';

// The thread that files are read in takes its time to start.
vi.setConfig({ testTimeout: 60_000 });

/** Ten times what any of them takes: other tests run beside. */
const patience = 60_000;

function fixture(name: string): Promise<Buffer> {
  return readFile(new URL(`../../../../fixtures/spreadsheets/${name}.xlsx`, import.meta.url));
}

async function read(bytes: Uint8Array): Promise<Spreadsheet> {
  const sheet = await readSpreadsheet(bytes, patience);
  if (!sheet.ok) throw new Error(sheet.refusal.message);
  return sheet.value;
}

async function refusalOf(bytes: Uint8Array): Promise<string> {
  const sheet = await readSpreadsheet(bytes, patience);
  return sheet.ok ? 'read' : `${sheet.refusal.code} ${sheet.refusal.message}`;
}

const cellsOf = ({ rows }: Spreadsheet): string[][] => rows.map(({ cells }) => cells);

describe('an uploaded workbook', () => {
  it('is read from the first sheet that shows, and the others are named', async () => {
    const { rows, sheet } = await read(await fixture('hidden-first-sheet'));
    expect(sheet).toEqual({ name: '名簿', leftAside: [{ name: '旧名簿', isHidden: true }] });
    expect(rows.map(({ cells }) => cells[1])).toEqual(['市町村名', 'さいたま市', '川越市']);
  });

  it('says which rows are hidden', async () => {
    const { rows } = await read(await fixture('hidden-row'));
    expect(rows.map(({ cells, isHidden }) => [cells[1], isHidden])).toEqual([
      ['市町村名', false],
      ['さいたま市', false],
      ['隠れ町', true],
    ]);
  });

  it('says which of the columns that are looked for are hidden', async () => {
    const bytes = await xlsx(
      {
        名簿: [
          ['コード', '名称', '備考'],
          ['1', '川越市', ''],
        ],
      },
      (sheet) => {
        sheet.getColumn(2).hidden = true;
        sheet.getColumn(3).hidden = true;
      },
    );
    expect(tableWith(await read(bytes), ['コード', '名称'])?.hiddenColumns).toEqual(['名称']);
  });

  it('has dates, numbers, rich text, escapes and codes as people see them', async () => {
    const bytes = await xlsx(
      {
        表: [
          [new Date('2024-04-01T00:00:00Z'), 2.5, { richText: [{ text: '川' }, { text: '越' }] }, '_x0041_', 11002],
          [true, ' 前後 ', { formula: 'A1', result: '結果' }, { text: '市', hyperlink: 'https://example.jp' }],
        ],
      },
      (sheet) => {
        sheet.getCell('E1').numFmt = '000000';
      },
    );
    expect(cellsOf(await read(bytes))).toEqual([
      ['2024-04-01', '2.5', '川越', '_x0041_', '011002'],
      ['TRUE', '前後', '結果', '市'],
    ]);
  });

  it('leaves furigana out', async () => {
    const parts = unzip(Buffer.from(await xlsx({ 表: [['川越市']] })));
    const strings = '<si><t>川越市</t><rPh sb="0" eb="3"><t>カワゴエシ</t></rPh><phoneticPr fontId="1"/></si>';
    const text = parts
      .get('xl/sharedStrings.xml')
      ?.toString('utf8')
      .replace(/<si>.*<\/si>/u, strings);
    const bytes = zipOf(new Map([...parts, ['xl/sharedStrings.xml', Buffer.from(text ?? '')]]));
    expect(cellsOf(await read(bytes))).toEqual([['川越市']]);
  });

  it('tells cells without a value by their address, where the column is looked for', async () => {
    const bytes = await xlsx({
      表: [
        ['コード', '名称', '計'],
        [{ error: '#N/A' }, { formula: 'VLOOKUP(1,A:B,2)', result: { error: '#REF!' } }, { error: '#DIV/0!' }],
        ['1', { formula: 'A1&"市"' }, 1],
      ],
    });
    expect(tableWith(await read(bytes), ['コード', '名称'])?.faults).toEqual([
      { row: 2, message: 'セルA2はエラー値（#N/A）です。' },
      { row: 2, message: 'セルB2はエラー値（#REF!）です。' },
      { row: 3, message: expect.stringContaining('セルB3は数式の計算結果が保存されていません。') },
    ]);
  });

  it('tells them in a CSV file too, which has the words of the spreadsheet', async () => {
    const bytes = Buffer.from('コード,名称,計\r\n#N/A,川越市,#DIV/0!\r\n1,#REF!,1\r\n2,#1,2\r\n');
    expect(tableWith(await read(bytes), ['コード', '名称'])?.faults).toEqual([
      { row: 2, message: 'セルA2はエラー値（#N/A）です。' },
      { row: 3, message: 'セルB3はエラー値（#REF!）です。' },
    ]);
  });

  it('is refused with the cell that stands far outside of the table', async () => {
    expect(await refusalOf(await fixture('stray-last-cell'))).toContain(
      'file-too-large セルXFD1048576に値があります。',
    );
    const far = await xlsx({ 表: [['コード']] }, (sheet) => {
      sheet.getCell('I20001').value = 'x';
    });
    expect(await refusalOf(far)).toContain('セルI20001に値があります。');
  });

  it('is read with a cell at the end of what is allowed', async () => {
    const bytes = await xlsx({ 表: [['コード']] }, (sheet) => {
      sheet.getCell('I20000').value = 'x';
    });
    expect((await read(bytes)).rows.map(({ number }) => number)).toEqual([1, 20_000]);
  });

  it('is refused when it unpacks to more than allowed, whatever it says of itself', async () => {
    const parts = unzip(Buffer.from(await xlsx({ 表: [['コード']] })));
    const bytes = zipOf(new Map([...parts, ['xl/worksheets/sheet1.xml', Buffer.alloc(48 * 1024 * 1024, ' ')]]));
    expect(bytes.length).toBeLessThan(400 * 1024);
    expect(await refusalOf(bytes)).toMatch(/^file-too-large ファイルを展開した大きさが32MBを超える/u);
  });

  it('is refused while it has a password, an old format, macros or no sheet that shows', async () => {
    const compound = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    expect(await refusalOf(compound)).toMatch(/^file-encrypted パスワード/u);
    const parts = unzip(Buffer.from(await xlsx({ 表: [['コード']] })));
    const macros = zipOf(new Map([...parts, ['xl/vbaProject.bin', Buffer.from('x')]]));
    expect(await refusalOf(macros)).toMatch(/^file-with-macros マクロ/u);
    const word = zipOf(new Map([['word/document.xml', Buffer.from('<w/>')]]));
    expect(await refusalOf(word)).toMatch(/^file-unreadable /u);
    const hidden = await xlsx({ 表: [['コード']] }, (sheet) => {
      sheet.state = 'hidden';
    });
    expect(await refusalOf(hidden)).toMatch(/^file-without-sheet /u);
    expect(await refusalOf(Buffer.from('PK no zip'))).toMatch(/^file-unreadable /u);
  });
});

describe('an uploaded CSV', () => {
  it.each([
    ['a million line ends', '\n'.repeat(1_000_000)],
    ['490,000 rows of one letter', 'a\n'.repeat(490_000)],
    ['450,000 rows that end as on old computers', 'a\r'.repeat(450_000)],
    ['a million cells', ','.repeat(1_000_000)],
  ])('of %s is refused before it is taken apart', async (_, text) => {
    expect(await refusalOf(Buffer.from(text))).toMatch(/^file-too-large .*20000行、400000セルまで/u);
  });

  it('is refused with the cell that stands outside, and with the row that is damaged', async () => {
    expect(await refusalOf(Buffer.from(`a\r\n${','.repeat(256)}x`))).toContain('セルIW2に値があります。');
    expect(await readSpreadsheet(Buffer.from('a\r\n"b'), patience)).toMatchObject({
      refusal: { code: 'csv-damaged', row: 2 },
    });
  });

  it('is read in UTF-8 and in Shift_JIS, without rows that hold nothing', async () => {
    const inShiftJis = Buffer.from([0x90, 0xec, 0x89, 0x7a, 0x2c, 0x31, 0x0a, 0x2c, 0x0a]);
    expect(cellsOf(await read(inShiftJis))).toEqual([['川越', '1']]);
    expect(cellsOf(await read(Buffer.from('\uFEFF川越,1\r\n,\r\n')))).toEqual([['川越', '1']]);
  });
});

/** A workbook whose only sheet has so many cells. */
async function ofCells(count: number): Promise<Buffer> {
  const parts = unzip(Buffer.from(await xlsx({ 表: [['コード']] })));
  const cells = `<row><c t="n"><v>1</v></c></row>`.repeat(count);
  const sheet = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${cells}</sheetData></worksheet>`;
  return zipOf(new Map([...parts, ['xl/worksheets/sheet1.xml', Buffer.from(sheet)]]));
}

describe('the reading', () => {
  it('is ended when it takes longer than it may, and the next file is read', async () => {
    expect(await readSpreadsheet(await ofCells(20_000), 1)).toMatchObject({
      ok: false,
      refusal: { code: 'file-too-slow' },
    });
    expect(cellsOf(await read(Buffer.from('a,b')))).toEqual([['a', 'b']]);
  });

  it('is ended when it takes more memory than it may, and the next file is read', async () => {
    const bytes = await ofCells(900_000);
    expect(bytes.length).toBeLessThan(1024 * 1024);
    expect(await refusalOf(bytes)).toMatch(/^file-too-(?:slow|large) /u);
    expect(cellsOf(await read(Buffer.from('a,b')))).toEqual([['a', 'b']]);
  });

  it('of several files at once mixes nothing up', async () => {
    const names = ['川越', '熊谷', '川口', '行田'];
    const files = await Promise.all(names.map((name) => read(Buffer.from(name))));
    expect(files.map(cellsOf)).toEqual(names.map((name) => [[name]]));
  });

  it('takes no file larger than a megabyte', async () => {
    expect(await refusalOf(Buffer.alloc(1024 * 1024 + 1))).toBe('file-too-large ファイルは1MBまでです。');
  });
});
