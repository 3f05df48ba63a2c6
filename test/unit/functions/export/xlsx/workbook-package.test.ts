/** The workbook as it is written: its cells, rows and columns, its charts, and how it prints on A4 with headers on every page. */

import { Workbook } from '@cj-tech-master/excelts';
import { installChartSupport } from '@cj-tech-master/excelts/chart';
import { assert, integer, property } from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { columnName, dateCell } from '../../../../../functions/export/xlsx/cells.ts';
import type { Sheet } from '../../../../../functions/export/xlsx/sheet.ts';
import { workbookBytes } from '../../../../../functions/export/xlsx/workbook-package.ts';
import { unzip } from '../../../../../functions/platform/unzip.ts';
import { packageProblems } from '../../../../support/package.ts';
import { elementsOf } from '../../../../support/xml-tree.ts';

const properties = { author: '埼玉県', at: new Date('2024-11-20T04:00:00Z') };

async function bytesOf(sheets: readonly Sheet[]): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of workbookBytes(properties, sheets)) pieces.push(piece);
  return Buffer.concat(pieces);
}

let bytes: Buffer;
let parts: Map<string, Buffer>;

function part(path: string): string {
  return parts.get(path)?.toString('utf8') ?? '';
}

function sheet(number: number): string {
  return part(`xl/worksheets/sheet${number}.xml`);
}

const long = '長'.repeat(60);

const table = (count: number) => ({
  columns: Array.from({ length: count }, (_, index) => ({ heading: `列${index}` })),
  rows: [Array.from({ length: count }, () => '長い文章が入る欄')],
  sticky: 2,
});

const bars = {
  kind: 'bars',
  title: '設置<状況>',
  unit: '市町村',
  series: ['直営', '委託'],
  bars: [
    { label: '有', values: [3, 1] },
    { label: '無', values: [0, 2] },
  ],
} as const;

beforeAll(async () => {
  bytes = await bytesOf([
    { name: '表紙', rows: [['県', '埼玉県'], [], ['短い', long]] },
    { name: '狭い表', ...table(4) },
    { name: "広い'表&", ...table(9) },
    { name: 'とても広い表', ...table(60) },
    {
      name: '一列の表',
      columns: [{ heading: '列', numbers: 'count' }],
      rows: [
        [long],
        ['一\n二'],
        ['  三'],
        [4],
        ['_x0041_ \u0001'],
        ['=HYPERLINK("x")'],
        ['𠮷&<'],
        [dateCell('2024-11-20')],
      ],
    },
    {
      name: '折りたたむ表',
      columns: [{ heading: '欄' }, { heading: '識別子', isFolded: true }, { heading: '値', numbers: 'count' }],
      rows: [
        [undefined, 'a', 1],
        ['一', 'b', 2],
      ],
      below: (rows) => [
        [
          { value: '合計', style: 'totalLabel' },
          undefined,
          { value: 3, style: 'total', formula: `SUBTOTAL(109,C2:C${rows + 1})` },
        ],
      ],
    },
    {
      name: 'グラフ',
      rows: [['設置'], ['項目', '直営', '委託'], ['有', 3, 1], ['無', 0, 2]],
      widths: [46, 12, 12, 4],
      pageEnds: [20],
      charts: [{ bars, words: '有 <3>', tableRow: 2, column: 4, row: 1, width: 400, height: 200 }],
    },
  ]);
  parts = unzip(bytes);
});

describe('the written workbook', () => {
  it('is a package that opens', () => {
    expect(packageProblems(parts)).toEqual([]);
  });

  it('names who made it and as of when', () => {
    const core = part('docProps/core.xml');
    expect(core).toContain('<dc:creator>埼玉県</dc:creator>');
    expect(core.match(/2024-11-20T04:00:00Z/g)).toHaveLength(2);
  });

  it('has text as text, numbers as numbers, days as days, and nothing as nothing', async () => {
    installChartSupport();
    const read = new Workbook();
    await read.xlsx.load(bytes);
    const values = read.getWorksheet('一列の表')?.getColumn(1).values.slice(2);
    expect(values?.[1]).toBe('一\n二');
    expect(JSON.stringify(values?.[2])).toContain('  三');
    expect(values?.slice(3)).toEqual([
      4,
      expect.stringContaining('_x0041_ '),
      '=HYPERLINK("x")',
      '𠮷&<',
      new Date('2024-11-20T00:00:00Z'),
    ]);
    expect(sheet(5)).not.toContain('<f>');
    expect(sheet(5)).toContain('_x005F_x0041_ _x0001_');
    expect(sheet(6)).not.toContain(' r="A2"');
  });

  it('breaks what is wider than its column', () => {
    expect(/<row r="3"[^>]*>/u.exec(sheet(1))?.[0]).toContain('ht="51"');
    expect(/<row r="1"[^>]*>/u.exec(sheet(1))?.[0]).not.toContain('ht=');
    expect(/<row r="2"[^>]*>/u.exec(sheet(5))?.[0]).toContain('ht="51"');
    expect(/<row r="3"[^>]*>/u.exec(sheet(5))?.[0]).toContain('ht="34"');
  });

  it('stands on A4, on pages wider than high where it is wide, and with its charts on pages of its own breaks', () => {
    const setups = [1, 2, 3, 4, 7].map((number) => /<pageSetup [^>]*>/u.exec(sheet(number))?.[0]);
    expect(setups).toEqual([
      '<pageSetup paperSize="9" orientation="portrait" fitToWidth="1" fitToHeight="0"/>',
      '<pageSetup paperSize="9" orientation="portrait" fitToWidth="1" fitToHeight="0"/>',
      '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>',
      expect.stringMatching(/orientation="landscape" fitToWidth="[4-9]" fitToHeight="0"/u),
      '<pageSetup paperSize="9" scale="70" orientation="landscape"/>',
    ]);
    expect(sheet(2)).toContain('<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>');
    expect(sheet(7)).toContain(
      '<rowBreaks count="1" manualBreakCount="1"><brk id="20" max="16383" man="1"/></rowBreaks>',
    );
  });

  it('has its parts in the order of the schema', () => {
    const order = (number: number): string[] => elementsOf(sheet(number))[0]?.children.map(({ name }) => name) ?? [];
    const data = ['sheetPr', 'sheetViews', 'sheetFormatPr', 'cols', 'sheetData'];
    const print = ['pageMargins', 'pageSetup', 'headerFooter'];
    expect(order(1)).toEqual([...data, ...print, 'ignoredErrors']);
    expect(order(2)).toEqual([...data, 'autoFilter', 'conditionalFormatting', ...print, 'ignoredErrors']);
    expect(order(7)).toEqual([...data, ...print, 'rowBreaks', 'ignoredErrors', 'drawing']);
  });

  it('freezes the header and the columns that say whose row it is', () => {
    expect(sheet(1)).not.toContain('state="frozen"');
    expect(sheet(2)).toContain(
      '<pane xSplit="2" ySplit="1" topLeftCell="C2" activePane="bottomRight" state="frozen"/>',
    );
    expect(sheet(5)).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>');
  });

  it('filters the rows of a table, and sums below them what the filter shows', () => {
    const filters = [1, 2, 6, 7].map(
      (number) => /<autoFilter ref="(?<range>[^"]*)"/u.exec(sheet(number))?.groups?.['range'],
    );
    expect(filters).toEqual([undefined, 'A1:D2', 'A1:C3', undefined]);
    expect(part('xl/workbook.xml')).toContain(
      '<definedName name="_xlnm._FilterDatabase" localSheetId="5" hidden="1">&#39;折りたたむ表&#39;!$A$1:$C$3</definedName>',
    );
    expect(sheet(6)).toMatch(/<c r="C4" s="\d+"><f>SUBTOTAL\(109,C2:C3\)<\/f><v>3<\/v><\/c>/u);
  });

  it('folds what is for programs, with a button to open it', () => {
    expect(sheet(6)).toContain('outlineLevelCol="1"');
    expect(sheet(6)).toMatch(
      /<col min="2" max="2" [^>]*hidden="1" outlineLevel="1"\/><col min="3" max="3" [^>]*collapsed="1"\/>/u,
    );
    expect(sheet(2)).not.toContain('outlineLevel');
  });

  it('draws bars from its cells, and has the same numbers where nobody calculates', () => {
    const chart = part('xl/charts/chart1.xml');
    const ranges = [...chart.matchAll(/<c:f>(?<range>[^<]*)<\/c:f>/gu)].map(({ groups }) =>
      groups?.['range']?.replaceAll('&#39;', "'"),
    );
    expect(ranges).toEqual([
      "'グラフ'!$B$2:$B$2",
      "'グラフ'!$A$3:$A$4",
      "'グラフ'!$B$3:$B$4",
      "'グラフ'!$C$2:$C$2",
      "'グラフ'!$A$3:$A$4",
      "'グラフ'!$C$3:$C$4",
    ]);
    expect([...chart.matchAll(/<c:v>(?<value>[^<]*)<\/c:v>/gu)].map(({ groups }) => groups?.['value'])).toEqual([
      '直営',
      '有',
      '無',
      '3',
      '0',
      '委託',
      '有',
      '無',
      '1',
      '2',
    ]);
    expect(chart).toContain('設置&lt;状況&gt;（単位：市町村）');
    expect(part('xl/drawings/drawing7.xml')).toContain('descr="有 &lt;3&gt;"');
  });

  it('prints lines between the cells of a table, the empty ones too', () => {
    const ranges = [1, 2, 6].map((number) => /<conditionalFormatting sqref="(?<range>[^"]*)"/u.exec(sheet(number)));
    expect(ranges.map((found) => found?.groups?.['range'])).toEqual([undefined, 'A1:D2', 'A1:C4']);
    expect(part('xl/styles.xml')).toContain('<dxf><border><left style="thin">');
  });

  it('has the name of the sheet and the number of the page below', () => {
    expect(sheet(1)).toContain('<oddFooter>&amp;L&amp;A&amp;R&amp;P / &amp;N</oddFooter>');
  });

  it('repeats the header of a table, and the columns that say whose row it is', () => {
    const names = [
      ...part('xl/workbook.xml').matchAll(
        /<definedName name="_xlnm.Print_Titles" localSheetId="(?<sheet>\d+)">(?<ranges>[^<]*)</gu,
      ),
    ].map(({ groups }) => [groups?.['sheet'], groups?.['ranges']?.replaceAll('&#39;', "'")]);
    expect(names.slice(0, 4)).toEqual([
      ['1', "'狭い表'!$A:$B,'狭い表'!$1:$1"],
      ['2', "'広い''表&amp;'!$A:$B,'広い''表&amp;'!$1:$1"],
      ['3', "'とても広い表'!$A:$B,'とても広い表'!$1:$1"],
      ['4', "'一列の表'!$1:$1"],
    ]);
  });

  it('is the same bytes for the same content', async () => {
    const sheets = [{ name: '表', ...table(3) }];
    expect(await bytesOf(sheets)).toEqual(await bytesOf(sheets));
  });

  it('fails as its rows fail', async () => {
    const rows = async function* () {
      yield ['一'];
      throw new Error('unreadable row');
    };
    await expect(bytesOf([{ name: '表', columns: [{ heading: '列' }], rows: rows() }])).rejects.toThrow(
      'unreadable row',
    );
  });
});

describe('a column', () => {
  it('has the letters that spreadsheets give it', () => {
    expect([0, 25, 26, 701, 702, 16_383].map(columnName)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA', 'XFD']);
  });
});

describe('a day', () => {
  it('is a number of days where spreadsheets agree on it, and text otherwise', () => {
    expect(dateCell('1900-03-01')).toEqual({ value: 61, style: 'date' });
    expect(dateCell('2024-11-20 13:00')).toEqual({ value: 45_616 + 13 / 24, style: 'time' });
    for (const text of ['1899-12-31', '2024', '2024-11', '2024-13-40', '令和元年', ''])
      expect(dateCell(text)).toBe(text);
  });

  it('follows the one before', () => {
    const first = Date.UTC(1900, 2, 1);
    assert(
      property(integer({ min: 0, max: 100_000 }), (days) => {
        const day = new Date(first + days * 86_400_000).toISOString().slice(0, 10);
        expect(dateCell(day)).toEqual({ value: 61 + days, style: 'date' });
      }),
    );
  });
});
