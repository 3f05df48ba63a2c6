/** The bar charts of the document: bars as long as their numbers are large, and text in the order of reading. */

import { describe, expect, it } from 'vitest';
import type { Bars } from '../../../../../functions/domain/report/document.ts';
import { barsSvg } from '../../../../../functions/export/files/report-chart.ts';
import { chartWord } from '../../../../../functions/export/files/report-word-chart.ts';
import { textWidth } from '../../../../../functions/export/files/report-word-text.ts';
import { linesOfWord, malformedAt } from '../../../../support/markup.ts';
import { cellsOf, columnsOf, gridProblems, numbersOf, rowsOf } from '../../../../support/word-grid.ts';
import { named } from '../../../../support/xml-tree.ts';
import type { XmlElement } from '../../../../support/xml-tree.ts';

const matrix: Bars = {
  kind: 'bars',
  title: '広域の課題',
  unit: '市町村',
  series: ['県全域', '広域'],
  bars: [
    { label: '医療的ケア', values: [30, 12] },
    { label: '防災', values: [0, 1] },
  ],
};

function chartOf(values: readonly number[], label = '項目'): Bars {
  return {
    ...matrix,
    series: ['数'],
    bars: values.map((value, index) => ({ label: `${label}${index}`, values: [value] })),
  };
}

function xmlOf(chart: Bars): string {
  return [...chartWord(chart)].join('');
}

function framedIn(row: XmlElement): { from: number; to: number } | undefined {
  return cellsOf(row).find(({ edges }) => edges.length === 4);
}

/** The columns that each bar takes, from the top. */
function lengthsIn(xml: string): number[] {
  return rowsOf(xml).flatMap((row) => {
    const bar = framedIn(row);
    return bar === undefined ? [] : [bar.to - bar.from];
  });
}

/** The rows of which not every paragraph stays with what is below it: where a page may end. */
function endsOfPages(xml: string): number[] {
  return rowsOf(xml).flatMap((row, index) =>
    named('w:keepNext', [row]).length < named('w:p', [row]).length ? [index] : [],
  );
}

function many(count: number): Bars {
  return chartOf(Array.from({ length: count }, (_, index) => index));
}

describe('a bar chart', () => {
  it('is text in the order of reading: title, labels, each with its number', () => {
    const xml = xmlOf(chartOf([3, 0, 1_234_567]));
    expect(malformedAt(`<r>${xml}</r>`)).toBeUndefined();
    expect(linesOfWord(xml)).toEqual([
      '広域の課題（グラフ、単位：市町村）',
      '項目0',
      '3',
      '項目1',
      '0',
      '項目2',
      '1,234,567',
    ]);
  });

  it('has the words of the page as text equivalent', () => {
    const label = /aria-label="(?<label>[^"]*)"/u.exec(barsSvg(matrix, 0))?.groups?.['label'] ?? '';
    expect(label).toContain('医療的ケア 県全域 30、広域 12');
    expect(xmlOf(matrix)).toContain(`<w:tblCaption w:val="広域の課題"/><w:tblDescription w:val="${label}"/>`);
  });

  it('is a table that Word reads, as wide as the page takes', () => {
    for (const chart of [
      chartOf([1]),
      chartOf([0, 7, 63]),
      chartOf([Number.MAX_SAFE_INTEGER], '長い名前'.repeat(30)),
      chartOf([0.5, 7.3]),
      matrix,
    ]) {
      const xml = xmlOf(chart);
      expect(gridProblems(xml)).toEqual([]);
      const width = columnsOf(xml).reduce((sum, each) => sum + each, 0);
      expect(width).toBeLessThanOrEqual(textWidth);
      expect(width).toBeGreaterThan(textWidth - 63);
    }
  });

  it('is nothing where there are no bars', () => {
    expect(xmlOf(chartOf([]))).toBe('');
  });
});

describe('the bars', () => {
  it('are exactly as long as small numbers are large', () => {
    expect(lengthsIn(xmlOf(chartOf([33, 11, 1])))).toEqual([33, 11, 1]);
    expect(lengthsIn(xmlOf(chartOf([6, 3, 2])))).toEqual([60, 30, 20]);
    expect(lengthsIn(xmlOf(chartOf([60, 59])))).toEqual([60, 59]);
  });

  it('are as long as large numbers are to the nearest of sixty parts, and seen however small the number', () => {
    expect(lengthsIn(xmlOf(chartOf([123_456, 61_728, 41_152, 1])))).toEqual([60, 30, 20, 1]);
  });

  it('are none for 0, whose number stands at the line', () => {
    const xml = xmlOf(chartOf([0, 2]));
    expect(lengthsIn(xml)).toHaveLength(1);
    const [, zero] = rowsOf(xml);
    expect(zero === undefined ? [] : cellsOf(zero)).toEqual([
      { from: 0, to: 1, edges: [] },
      { from: 1, to: 62, edges: ['left'] },
    ]);
    expect(lengthsIn(xmlOf(chartOf([0, 0])))).toEqual([]);
  });

  it('begin at one line, which goes through all rows, with no others', () => {
    for (const row of rowsOf(xmlOf(chartOf([3, 0, 1])))) {
      const [label, first, ...others] = cellsOf(row);
      expect(label).toEqual({ from: 0, to: 1, edges: [] });
      expect(first?.edges).toContain('left');
      expect(others.every(({ edges }) => edges.join('') === 'left')).toBe(true);
    }
  });

  it.each([[9], [63], [123_456], [Number.MAX_SAFE_INTEGER]])(
    'leave room for their number behind the longest: %i',
    (value) => {
      const columns = columnsOf(xmlOf(chartOf([value])));
      const digits = value.toLocaleString('en-US');
      // A digit of this size is about five points wide.
      expect(columns.at(-1)).toBeGreaterThan(digits.length * 5 * 20);
    },
  );

  it('are as high for a label of any length, which stands beside their middle', () => {
    const long = xmlOf({
      ...chartOf([]),
      bars: [
        { label: '障害者等への支援体制に関する課題の抽出、把握及び共有に関すること並びに連携の緊密化', values: [5] },
      ],
    });
    const [, above, bar, below] = rowsOf(long);
    const heights = [above, bar, below].map((row) =>
      row === undefined ? undefined : numbersOf('w:trHeight', [row])[0],
    );
    expect(heights).toEqual([220, 220, 220]);
    expect(named('w:vMerge', rowsOf(long)).map(({ attributes }) => attributes)).toEqual([
      'w:val="restart"',
      'w:val="continue"',
      'w:val="continue"',
    ]);
    expect(lengthsIn(long)).toEqual([60]);
  });

  it('have a label that is cut where it is too long', () => {
    expect(linesOfWord(xmlOf({ ...chartOf([]), bars: [{ label: '長'.repeat(500), values: [5] }] }))).toContain(
      `${'長'.repeat(60)}…`,
    );
  });
});

describe('several series', () => {
  it('stand beside one label, each with its number, below the names of all', () => {
    expect(linesOfWord(xmlOf(matrix))).toEqual([
      '広域の課題（グラフ、単位：市町村）',
      '県全域',
      '広域',
      '医療的ケア',
      '30',
      '12',
      '防災',
      '0',
      '1',
    ]);
    const merged = named('w:vMerge', rowsOf(xmlOf(matrix))).map(({ attributes }) => attributes);
    expect(merged).toEqual(['w:val="restart"', 'w:val="continue"', 'w:val="restart"', 'w:val="continue"']);
  });

  it('are told apart by pattern, in the legend as in the bars', () => {
    const xml = xmlOf(matrix);
    const shades = rowsOf(xml).flatMap((row) => named('w:shd', [row]).map(({ attributes }) => attributes));
    const dark = 'w:val="clear" w:color="auto" w:fill="444444"';
    const hatched = 'w:val="diagStripe" w:color="000000" w:fill="FFFFFF"';
    expect(shades).toEqual([dark, hatched, dark, hatched, hatched]);
    expect(lengthsIn(xml).slice(2)).toEqual([60, 24, 2]);
  });

  it('have their legend on every page, unless it would take too much of it', () => {
    const headers = (count: number): number => {
      const series = Array.from({ length: count }, (_, index) => `系列${index}`);
      const xml = xmlOf({ ...matrix, series, bars: [{ label: '甲', values: series.map((_, index) => index) }] });
      expect(gridProblems(xml)).toEqual([]);
      return rowsOf(xml).findIndex((row) => named('w:tblHeader', [row]).length === 0);
    };
    expect(headers(1)).toBe(0);
    expect(headers(2)).toBe(4);
    expect(headers(80)).toBe(0);
  });
});

describe('the pages of a bar chart', () => {
  it.each([2, 23, 40])('are one where it is short: %i bars', (count) => {
    const xml = xmlOf(many(count));
    expect(endsOfPages(xml)).toEqual([rowsOf(xml).length - 1]);
    expect(rowsOf(xml).every((row) => named('w:cantSplit', [row]).length === 1)).toBe(true);
    expect(xml.indexOf('<w:keepNext/>')).toBeLessThan(xml.indexOf('<w:tbl>'));
  });

  it('end between labels where it is long, but not before the first or the last', () => {
    const rows = endsOfPages(xmlOf(many(70)));
    expect(rows).toEqual([...Array.from({ length: 138 }, (_, index) => index + 1), 140]);
    const bars = Array.from({ length: 40 }, (_, index) => ({ label: `項目${index}`, values: [index, 1] }));
    // Four rows of legend and a gap; then two bars and a gap for each label.
    const expected = bars.flatMap((_, index) => (index === 39 ? [] : [6 + 3 * index, 7 + 3 * index]));
    expect(endsOfPages(xmlOf({ ...matrix, bars }))).toEqual([...expected, 4 + 3 * 40]);
  });
});

describe('hostile text', () => {
  it.each(['<w:tc>" w:val="]]>\'&', '\u0001\uFFFE𠮷\n二行目', '𠮷'.repeat(100_000)])('%# stays text', (text) => {
    const chart: Bars = {
      ...matrix,
      title: text,
      unit: text,
      series: [text, text],
      bars: [{ label: text, values: [1, 2] }],
    };
    const xml = xmlOf(chart);
    expect(malformedAt(`<r>${xml}</r>`)).toBeUndefined();
    expect(gridProblems(xml)).toEqual([]);
  });
});
