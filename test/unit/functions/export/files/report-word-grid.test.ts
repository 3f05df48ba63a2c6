/** Tables that are drawings: what every cell and row says, in the order that Word insists on. */

import { describe, expect, it } from 'vitest';
import { blank, gridRow, gridTable, keepNext } from '../../../../../functions/export/files/report-word-grid.ts';
import { linesOfWord, malformedAt } from '../../../../support/markup.ts';
import { gridProblems } from '../../../../support/word-grid.ts';

const columns = [1000, 200, 300];
const content = '<w:p/>';

function tableOf(rows: readonly string[], title = '題'): string {
  return [...gridTable({ caption: `${title}（図）`, title, words: `${title}。甲 1` }, columns, rows)].join('');
}

describe('a cell of a drawing', () => {
  it('takes the columns that it is said to take, with what it needs and no more', () => {
    const cells = [
      { from: 0, to: 1, edges: [], content },
      {
        from: 1,
        to: 3,
        edges: ['right', 'top'] as const,
        merge: 'restart' as const,
        shading: 'w:val="clear" w:fill="444444"',
        margin: 60,
        content,
      },
    ];
    expect(gridRow({ height: 220, rule: 'atLeast', cells }, columns)).toBe(
      '<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="220" w:hRule="atLeast"/></w:trPr>' +
        '<w:tc><w:tcPr><w:tcW w:w="1000" w:type="dxa"/></w:tcPr><w:p/></w:tc>' +
        '<w:tc><w:tcPr><w:tcW w:w="500" w:type="dxa"/><w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>' +
        '<w:tcBorders><w:top w:val="single" w:sz="6" w:space="0" w:color="000000"/><w:right w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:tcBorders>' +
        '<w:shd w:val="clear" w:fill="444444"/><w:tcMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tcMar><w:vAlign w:val="center"/></w:tcPr><w:p/></w:tc></w:tr>',
    );
  });
});

describe('a row of a drawing', () => {
  it('stands at the head of every page where it is said to', () => {
    expect(gridRow({ height: 40, rule: 'exact', isHeader: true, cells: [] }, columns)).toBe(
      '<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="40" w:hRule="exact"/><w:tblHeader/></w:trPr></w:tr>',
    );
  });

  it('takes no room where there is no text', () => {
    expect(blank(keepNext)).toBe('<w:p><w:pPr><w:pStyle w:val="Blank"/><w:keepNext/></w:pPr></w:p>');
  });
});

describe('the table of a drawing', () => {
  const rows = [gridRow({ height: 220, rule: 'atLeast', cells: [{ from: 0, to: 3, edges: [], content }] }, columns)];

  it('has a caption above it, a title and words, and a paragraph behind it that parts it from the next', () => {
    const xml = tableOf(rows);
    expect(linesOfWord(xml)).toEqual(['題（図）']);
    expect(xml).toContain('<w:tblW w:w="1500" w:type="dxa"/><w:tblLayout w:type="fixed"/>');
    expect(xml).toContain('<w:tblCaption w:val="題"/><w:tblDescription w:val="題。甲 1"/></w:tblPr><w:tblGrid>');
    expect(xml).toMatch(/<\/w:tbl><w:p>.*<\/w:p>$/u);
    expect(gridProblems(xml)).toEqual([]);
  });

  it.each(['"/><w:p>]]>\'&', '\u0001\uFFFE', '𠮷'.repeat(100_000)])(
    'holds hostile text %# as text, and cuts what is said of it',
    (text) => {
      const xml = tableOf(rows, text);
      expect(malformedAt(`<r>${xml}</r>`)).toBeUndefined();
      const words = /<w:tblDescription w:val="(?<words>[^"]*)"/u.exec(xml)?.groups?.['words'] ?? '';
      expect(Array.from(words).length).toBeLessThanOrEqual(250);
      expect(words.isWellFormed()).toBe(true);
    },
  );
});

describe('the check of a drawing', () => {
  it('sees what Word would not read', () => {
    const xml = tableOf(rowsWith('<w:vAlign/><w:tcW w:w="1500"/>'));
    expect(gridProblems(xml)).toEqual([
      'w:tcPr: w:vAlign w:tcW',
      'row 0 does not fill the grid',
      'row 0 has a cell without a paragraph',
    ]);
    const wide = Array.from({ length: 64 }, () => 10);
    expect(gridProblems([...gridTable({ caption: '', title: '', words: '' }, wide, [])].join(''))).toEqual([
      `columns: ${wide.join(' ')}`,
    ]);
  });
});

function rowsWith(properties: string): string[] {
  return [`<w:tr><w:tc><w:tcPr>${properties}</w:tcPr></w:tc></w:tr>`];
}
