/** How the workbook prints: A4, the whole width, headers on every page, page numbers. */

import { beforeAll, describe, expect, it } from 'vitest';
import writeWorkbook from 'write-excel-file/node';
import { printSetup } from '../../../../../functions/export/files/workbook-print.ts';
import { sheetOf } from '../../../../../functions/export/files/workbook-sheet.ts';
import { packageProblems } from '../../../../support/package.ts';
import { elementsOf } from '../../../../support/xml-tree.ts';
import { unzip } from '../../../../support/zip.ts';

let parts: Map<string, Buffer>;

const table = (columns: number) => ({
  title: '表',
  header: Array.from({ length: columns }, (_, index) => `列${index}`),
  rows: [Array.from({ length: columns }, () => '長い文章が入る欄')],
});

function sheet(number: number): string {
  return parts.get(`xl/worksheets/sheet${number}.xml`)?.toString('utf8') ?? '';
}

beforeAll(async () => {
  const sheets = [
    sheetOf({ title: '表紙', rows: [['県', '埼玉県']] }, '表紙'),
    sheetOf(table(4), '狭い表'),
    sheetOf(table(9), "広い'表&"),
    sheetOf(table(60), 'とても広い表'),
    sheetOf(table(1), '一列の表'),
  ];
  parts = unzip(await writeWorkbook(sheets, { features: [printSetup] }).toBuffer());
});

describe('the printed workbook', () => {
  it('is a package that opens', () => {
    const xml = new Map([...parts].filter(([name]) => /\.(?:xml|rels)$/u.test(name)));
    expect(packageProblems(xml)).toEqual([]);
  });

  it('stands on A4, on pages wider than high where it is wide', () => {
    const setups = [1, 2, 3, 4].map((number) => /<pageSetup [^>]*>/u.exec(sheet(number))?.[0]);
    expect(setups).toEqual([
      '<pageSetup paperSize="9" orientation="portrait" fitToWidth="1" fitToHeight="0"/>',
      '<pageSetup paperSize="9" orientation="portrait" fitToWidth="1" fitToHeight="0"/>',
      '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>',
      expect.stringMatching(/orientation="landscape" fitToWidth="(?:[4-9])" fitToHeight="0"/u),
    ]);
  });

  it('has its parts in the order of the schema', () => {
    const order = (number: number): string[] => elementsOf(sheet(number))[0]?.children.map(({ name }) => name) ?? [];
    expect(order(1)).toEqual(['sheetPr', 'cols', 'sheetData', 'pageMargins', 'pageSetup', 'headerFooter']);
    expect(order(2)).toEqual([
      'sheetPr',
      'sheetViews',
      'cols',
      'sheetData',
      'printOptions',
      'pageMargins',
      'pageSetup',
      'headerFooter',
    ]);
    expect(sheet(2)).toContain('<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>');
  });

  it('has the name of the sheet and the number of the page below', () => {
    expect(sheet(1)).toContain('<oddFooter>&amp;L&amp;A&amp;R&amp;P / &amp;N</oddFooter>');
  });

  it('repeats the header of a table, and the columns that say whose row it is', () => {
    const workbook = parts.get('xl/workbook.xml')?.toString('utf8') ?? '';
    const names = [
      ...workbook.matchAll(/<definedName name="_xlnm.Print_Titles" localSheetId="(?<sheet>\d+)">(?<ranges>[^<]*)</gu),
    ].map(({ groups }) => [groups?.['sheet'], groups?.['ranges']]);
    expect(names).toEqual([
      ['1', '&#39;狭い表&#39;!$A:$C,&#39;狭い表&#39;!$1:$1'],
      ['2', '&#39;広い&#39;&#39;表&amp;&#39;!$A:$C,&#39;広い&#39;&#39;表&amp;&#39;!$1:$1'],
      ['3', '&#39;とても広い表&#39;!$A:$C,&#39;とても広い表&#39;!$1:$1'],
      ['4', '&#39;一列の表&#39;!$1:$1'],
    ]);
    expect(elementsOf(workbook)[0]?.children.map(({ name }) => name)).toEqual([
      'workbookPr',
      'bookViews',
      'sheets',
      'definedNames',
      'calcPr',
    ]);
  });
});
