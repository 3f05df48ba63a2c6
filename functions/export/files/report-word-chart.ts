/**
 * A bar chart of the document: a table without lines, in which every bar is one cell, as wide as its number is large,
 * with the number behind it. Any word processor draws it, and it can be edited as any table.
 */

import { printCount } from '../../../schemas/values/count.ts';
import type { Bar, Bars } from '../../domain/report/document.ts';
import { chartInWords, labelLines } from './report-chart-text.ts';
import { blank, gridRow, gridTable, keepNext, sides } from './report-word-grid.ts';
import type { GridCell } from './report-word-grid.ts';
import { fullWidths, shortened, styled, textWidth } from './report-word-text.ts';

/** Twentieths of a point: a full-width character with a little room; a line of text, which is as high as a bar. */
const character = 190;
const lineHeight = 220;
const besideText = 70;
/** Between the bars of two labels, and between the lines of the legend. */
const gapHeight = 80;
const swatchGap = 40;
const swatchWidth = 400;
const narrowestLabel = 5 * character;
const widestLabel = 21 * character + 2 * besideText;
const onePage = 13_200;
/** Columns of the longest bar; with those of labels and numbers no more than Word takes. */
const mostColumns = 60;
const longestSeries = 40;

/** Told apart without colour: dark, hatched, white; then greys. Some programs draw the hatching as an even grey of a third. */
const fills = [
  'w:val="clear" w:color="auto" w:fill="444444"',
  'w:val="diagStripe" w:color="000000" w:fill="FFFFFF"',
  'w:val="clear" w:color="auto" w:fill="FFFFFF"',
  'w:val="clear" w:color="auto" w:fill="D9D9D9"',
  'w:val="clear" w:color="auto" w:fill="808080"',
];

/** Lines are as high in every font, so that a bar is as high in every program. */
function text(content: string, keep: string, alignment = ''): string {
  return styled(
    'Cell',
    content,
    `${keep}<w:spacing w:before="0" w:after="0" w:line="${lineHeight}" w:lineRule="exact"/>${alignment}`,
  );
}

/** With room for what programs put between digits and full-width characters, so that a line stays one. */
function widthOf(content: string): number {
  return Math.ceil((fullWidths(content) + 1) * character) + 2 * besideText;
}

class BarTable {
  /** The labels; the columns that bars take; room behind the longest bar for its number. */
  readonly columns: readonly number[];
  readonly #chart: Bars;
  readonly #largest: number;
  readonly #barColumns: number;

  constructor(chart: Bars) {
    const { bars } = chart;
    const values = bars.flatMap((each) => each.values);
    this.#chart = chart;
    this.#largest = Math.max(...values, 1);
    // Small numbers are drawn exactly: as many columns for each 1.
    this.#barColumns =
      this.#largest > mostColumns ? mostColumns : Math.round(Math.floor(mostColumns / this.#largest) * this.#largest);
    const label = Math.min(
      widestLabel,
      Math.max(...bars.flatMap((each) => labelLines(each.label)).map(widthOf), narrowestLabel),
    );
    const number = Math.max(...values.map((each) => widthOf(printCount(each))));
    const column = Math.floor((textWidth - label - number) / this.#barColumns);
    this.columns = [label, ...Array.from({ length: this.#barColumns }, () => column), number];
  }

  /** The columns of a bar; a number that is not 0 has one. */
  #lengthOf(value: number): number {
    return value === 0 ? 0 : Math.max(1, Math.round((value / this.#largest) * this.#barColumns));
  }

  #row(height: number, cells: readonly GridCell[]): string {
    return gridRow({ height, rule: 'atLeast', cells }, this.columns);
  }

  /** Nothing but the line that bars begin at. */
  #besideLabel(keep: string): GridCell {
    return { from: 1, to: this.columns.length, edges: ['left'], content: blank(keep) };
  }

  #gap(keep: string): string {
    const label: GridCell = { from: 0, to: 1, edges: [], content: blank(keep) };
    return gridRow({ height: gapHeight, rule: 'exact', cells: [label, this.#besideLabel(keep)] }, this.columns);
  }

  #bar(value: number, series: number, keep: string): GridCell[] {
    const end = 1 + this.#lengthOf(value);
    const shading = fills[series % fills.length];
    return [
      ...(end === 1 ? [] : [{ from: 1, to: end, edges: sides, shading, content: blank(keep) }]),
      {
        from: end,
        to: this.columns.length,
        edges: ['left'],
        margin: besideText,
        content: text(printCount(value), keep),
      },
    ];
  }

  #legend(): string[] {
    const { series } = this.#chart;
    const end = this.columns.length;
    const swatch = 1 + Math.max(1, Math.round(swatchWidth / (this.columns[1] ?? 1)));
    // More would take too much of every page.
    const isHeader = series.length <= fills.length;
    const between = gridRow(
      {
        height: swatchGap,
        rule: 'exact',
        isHeader,
        cells: [{ from: 0, to: end, edges: [], content: blank(keepNext) }],
      },
      this.columns,
    );
    return series.map((name, index) => {
      const cells: GridCell[] = [
        { from: 0, to: 1, edges: [], content: blank(keepNext) },
        { from: 1, to: swatch, edges: sides, shading: fills[index % fills.length], content: blank(keepNext) },
        {
          from: swatch,
          to: end,
          edges: [],
          margin: besideText,
          content: text(shortened(name, longestSeries), keepNext),
        },
      ];
      return gridRow({ height: lineHeight, rule: 'atLeast', isHeader, cells }, this.columns) + between;
    });
  }

  /** Above and below the bars of a label that has more lines than bars. */
  #beyondBars(label: string): number {
    return Math.max(0, labelLines(label).length - this.#chart.series.length) * (lineHeight / 2);
  }

  /** A label and its bars, which stay together; `keep` is of the last row. */
  #group({ label, values }: Bar, keep: string): string {
    const beyond = this.#beyondBars(label);
    const beside = (last: string): { height: number; cells: readonly GridCell[] } => ({
      height: beyond,
      cells: [this.#besideLabel(last)],
    });
    const isLast = (series: number): boolean => beyond === 0 && series === values.length - 1;
    const rows = [
      ...(beyond === 0 ? [] : [beside(keepNext)]),
      ...values.map((value, series) => ({
        height: lineHeight,
        cells: this.#bar(value, series, isLast(series) ? keep : keepNext),
      })),
      ...(beyond === 0 ? [] : [beside(keep)]),
    ];
    const last = rows.length - 1;
    return rows
      .map(({ height, cells }, index) => {
        const below = index === last ? keep : keepNext;
        const content = index === 0 ? text(labelLines(label).join(''), below, '<w:jc w:val="right"/>') : blank(below);
        const merge = last === 0 ? undefined : index === 0 ? 'restart' : 'continue';
        return this.#row(height, [{ from: 0, to: 1, edges: [], merge, margin: besideText, content }, ...cells]);
      })
      .join('');
  }

  get #height(): number {
    const { series, bars } = this.#chart;
    const legend = series.length > 1 ? series.length * (lineHeight + swatchGap) : 0;
    const groups = bars.map(({ label }) => series.length * lineHeight + 2 * this.#beyondBars(label) + gapHeight);
    return legend + gapHeight + groups.reduce((sum, each) => sum + each, 0);
  }

  *rows(): Generator<string> {
    const { series, bars } = this.#chart;
    const keep = this.#height <= onePage ? keepNext : '';
    if (series.length > 1) yield* this.#legend();
    yield this.#gap(keepNext);
    for (const [index, bar] of bars.entries()) {
      const isLast = index === bars.length - 1;
      yield this.#group(bar, isLast ? keepNext : keep);
      yield this.#gap(isLast ? '' : keep);
    }
  }
}

/** On one page as a whole where that is possible; the bars of a label never stand on two. Without bars nothing. */
export function* chartWord(chart: Bars): Generator<string> {
  const { title, unit, bars } = chart;
  if (bars.length === 0) return;
  const table = new BarTable(chart);
  yield* gridTable(
    { caption: `${title}（グラフ、単位：${unit}）`, title, words: chartInWords(chart) },
    table.columns,
    table.rows(),
  );
}
