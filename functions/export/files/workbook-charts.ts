/** The charts of the report as the spreadsheet's own, each beside the table that it is drawn from; a sheet for every form. */

import type { Bars } from '../../domain/report/document.ts';
import { chartsOf } from '../../domain/report/report.ts';
import type { WorkbookCell } from '../xlsx/cells.ts';
import type { SheetChart } from '../xlsx/chart.ts';
import { rowHeight } from '../xlsx/sheet.ts';
import type { Sheet, SheetRow } from '../xlsx/sheet.ts';
import type { DocumentContext } from './formats.ts';
import { chartInWords } from './report-chart-text.ts';

/** Of the label, of each number, and between the table and the chart. */
const widths = { label: 44, number: 11, between: 3 };
const chartSize = {
  /** Of a chart and of the numbers before it. */
  beside: 732,
  column: 66,
  below: 940,
  bar: 13,
  group: 9,
  around: 80,
  least: 9 * rowHeight,
  most: 34 * rowHeight,
};
/** Rows on a landscape page. */
const pageRows = 37;

function heading(value: string): WorkbookCell {
  return { value, style: 'heading' };
}

function header(value: string): WorkbookCell {
  return { value, style: 'header' };
}

export class ChartRows {
  readonly #rows: SheetRow[] = [];
  readonly #charts: SheetChart[] = [];
  readonly #pageEnds: number[] = [];
  readonly #mostBeside: number;
  #page = 0;

  /** @param mostBeside a chart stands beside a table of as many series, and below one of more */
  constructor(mostBeside = 2) {
    this.#mostBeside = mostBeside;
  }

  sheet(name: string): Sheet {
    return {
      name,
      rows: this.#rows,
      charts: this.#charts,
      pageEnds: this.#pageEnds,
      widths: [widths.label, ...Array.from({ length: this.#mostBeside }, () => widths.number), widths.between],
    };
  }

  add(drawn: Bars, isLine = false): void {
    const { title, unit } = drawn;
    // What has the name of the whole stands under its title already.
    const series = drawn.series.map((name) => (name === title ? '数' : name));
    const wanted = isLine
      ? 0
      : chartSize.around + drawn.bars.length * (series.length * chartSize.bar + chartSize.group);
    const height = Math.min(chartSize.most, Math.max(chartSize.least, wanted));
    const tall = Math.ceil(height / rowHeight);
    const isBeside = series.length <= this.#mostBeside;
    const table = drawn.bars.length + 2;
    const taken = 1 + (isBeside ? Math.max(table, tall + 1) : table + tall);
    if (this.#rows.length > this.#page && this.#rows.length + taken - this.#page > pageRows) {
      this.#pageEnds.push(this.#rows.length);
      this.#page = this.#rows.length;
    }
    const start = this.#rows.length;
    this.#rows.push([heading(`${title}（単位：${unit}）`)], ['項目', ...series].map(header));
    for (const { label, values } of drawn.bars) this.#rows.push([label, ...values]);
    while (this.#rows.length < start + taken) this.#rows.push([]);
    const corner = isBeside ? { column: this.#mostBeside + 2, row: start + 1 } : { column: 0, row: start + table };
    const beside = chartSize.beside - this.#mostBeside * chartSize.column;
    const width = isBeside ? beside : chartSize.below;
    const bars = { ...drawn, series };
    this.#charts.push({ bars, isLine, words: chartInWords(bars), tableRow: start + 2, ...corner, width, height });
  }
}

export function chartSheets(context: DocumentContext): Sheet[] {
  const all = context.forms.flatMap(({ form }) => {
    const bars = chartsOf(context, form);
    return bars.length === 0 ? [] : [{ form, bars }];
  });
  return all.map(({ form, bars }) => {
    const drawn = new ChartRows();
    for (const each of bars) drawn.add(each);
    return drawn.sheet(all.length === 1 ? 'グラフ' : `グラフ（${form.title}）`);
  });
}
