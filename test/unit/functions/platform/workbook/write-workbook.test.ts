/** The workbook as it is written: its cells, its rows' heights, and how it prints on A4 with headers on every page. */

import { beforeAll, describe, expect, it } from 'vitest';
import { writeWorkbook } from '../../../../../functions/platform/workbook/write-workbook.ts';
import type { SheetContent } from '../../../../../functions/platform/workbook/write-workbook.ts';
import { packageProblems } from '../../../../support/package.ts';
import { elementsOf } from '../../../../support/xml-tree.ts';
import { unzip } from '../../../../../functions/platform/unzip.ts';

const properties = { author: '埼玉県', at: new Date('2024-11-20T04:00:00Z') };

async function partsOf(sheets: readonly SheetContent[]): Promise<Map<string, Buffer>> {
  const chunks: Uint8Array[] = [];
  await writeWorkbook(async (bytes) => void chunks.push(bytes), properties, sheets);
  return unzip(Buffer.concat(chunks));
}

let parts: Map<string, Buffer>;

function sheet(number: number): string {
  return parts.get(`xl/worksheets/sheet${number}.xml`)?.toString('utf8') ?? '';
}

const long = '長'.repeat(60);

const table = (columns: number) => ({
  header: Array.from({ length: columns }, (_, index) => `列${index}`),
  rows: [Array.from({ length: columns }, () => '長い文章が入る欄')],
});

beforeAll(async () => {
  parts = await partsOf([
    { name: '表紙', rows: [['県', '埼玉県'], [], ['短い', long]] },
    { name: '狭い表', ...table(4) },
    { name: "広い'表&", ...table(9) },
    { name: 'とても広い表', ...table(60) },
    { name: '一列の表', header: ['列'], rows: [[long], ['一\n二'], ['  三'], [4], ['_x0041_ \u0001']] },
    { name: '空欄', header: ['列', '欄'], rows: [[undefined, '一']] },
  ]);
});

describe('the written workbook', () => {
  it('is a package that opens', () => {
    const xml = new Map([...parts].filter(([name]) => /\.(?:xml|rels)$/u.test(name)));
    expect(packageProblems(xml)).toEqual([]);
  });

  it('names who made it and as of when', () => {
    const core = parts.get('docProps/core.xml')?.toString('utf8') ?? '';
    expect(core).toContain('<dc:creator>埼玉県</dc:creator>');
    expect(core.match(/2024-11-20T04:00:00Z/g)).toHaveLength(2);
  });

  it('has text as text, numbers as numbers, and nothing as nothing', () => {
    expect(sheet(5)).toMatch(/<c r="A3" s="\d+" t="str"><v>一\n二<\/v><\/c>/u);
    expect(sheet(5)).toMatch(
      /<c r="A4" s="\d+" t="inlineStr"><is><r><t xml:space="preserve"> {2}三<\/t><\/r><\/is><\/c>/u,
    );
    expect(sheet(5)).toMatch(/<c r="A5"><v>4<\/v><\/c>/u);
    expect(sheet(6)).not.toContain('"A2"');
    expect(sheet(5)).toContain('<v>_x005F_x0041_ _x0001_</v>');
  });

  it('breaks what is wider than its column in a sheet that is read as a page', () => {
    expect(/<row r="3"[^>]*>/u.exec(sheet(1))?.[0]).toContain('ht="51"');
    expect(/<row r="1"[^>]*>/u.exec(sheet(1))?.[0]).not.toContain('ht=');
  });

  it('keeps the rows of a table as high as they are, but for the line breaks that were typed', () => {
    expect(/<row r="2"[^>]*>/u.exec(sheet(5))?.[0]).not.toContain('ht=');
    expect(/<row r="3"[^>]*>/u.exec(sheet(5))?.[0]).toContain('ht="34"');
  });

  it('stands on A4, on pages wider than high where it is wide', () => {
    const setups = [1, 2, 3, 4].map((number) => /<pageSetup [^>]*>/u.exec(sheet(number))?.[0]);
    expect(setups).toEqual([
      '<pageSetup paperSize="9" orientation="portrait" fitToHeight="0"/>',
      '<pageSetup paperSize="9" orientation="portrait" fitToHeight="0"/>',
      '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>',
      expect.stringMatching(/orientation="landscape" fitToWidth="[4-9]" fitToHeight="0"/u),
    ]);
    expect(sheet(2)).toContain('<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>');
  });

  it('has its parts in the order of the schema', () => {
    const order = (number: number): string[] => elementsOf(sheet(number))[0]?.children.map(({ name }) => name) ?? [];
    const data = ['sheetFormatPr', 'cols', 'sheetData'];
    const print = ['pageMargins', 'pageSetup', 'headerFooter'];
    expect(order(1)).toEqual(['sheetPr', ...data, ...print]);
    expect(order(2)).toEqual(['sheetPr', 'sheetViews', ...data, 'conditionalFormatting', ...print]);
  });

  it('freezes the header and the columns that say whose row it is', () => {
    expect(sheet(1)).not.toContain('state="frozen"');
    expect(sheet(2)).toMatch(/<pane xSplit="3" ySplit="1"[^>]* state="frozen"\/>/u);
    expect(sheet(5)).toMatch(/<pane ySplit="1"[^>]* state="frozen"\/>/u);
  });

  it('prints lines between the cells of a table, the empty ones too', () => {
    const ranges = [1, 2, 5].map((number) => /<conditionalFormatting sqref="(?<range>[^"]*)"/u.exec(sheet(number)));
    expect(ranges.map((found) => found?.groups?.['range'])).toEqual([undefined, 'A1:D2', 'A1:A6']);
    expect(parts.get('xl/styles.xml')?.toString('utf8')).toContain('<dxf><border><left style="thin">');
  });

  it('has the name of the sheet and the number of the page below', () => {
    expect(sheet(1)).toContain('<oddFooter>&amp;L&amp;A&amp;R&amp;P / &amp;N</oddFooter>');
  });

  it('repeats the header of a table, and the columns that say whose row it is', () => {
    const workbook = parts.get('xl/workbook.xml')?.toString('utf8') ?? '';
    const names = [
      ...workbook.matchAll(/<definedName name="_xlnm.Print_Titles" localSheetId="(?<sheet>\d+)">(?<ranges>[^<]*)</gu),
    ].map(({ groups }) => [groups?.['sheet'], groups?.['ranges']?.replaceAll('&apos;', "'")]);
    expect(names).toEqual([
      ['1', "'狭い表'!$A:$C,'狭い表'!$1:$1"],
      ['2', "'広い''表&amp;'!$A:$C,'広い''表&amp;'!$1:$1"],
      ['3', "'とても広い表'!$A:$C,'とても広い表'!$1:$1"],
      ['4', "'一列の表'!$1:$1"],
      ['5', "'空欄'!$A:$A,'空欄'!$1:$1"],
    ]);
  });

  it('fails as its rows and its output fail', async () => {
    const rows = async function* () {
      yield ['一'];
      throw new Error('unreadable row');
    };
    await expect(partsOf([{ name: '表', header: ['列'], rows: rows() }])).rejects.toThrow('unreadable row');
    const full = (): Promise<void> => Promise.reject(new Error('disk full'));
    await expect(writeWorkbook(full, properties, [{ name: '表', ...table(60) }])).rejects.toThrow('disk full');
  });
});
