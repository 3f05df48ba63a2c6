/** The charts of the report as the spreadsheet's own, each beside the table that it is drawn from; a sheet for every form. */

import type { Bars } from '../../domain/report/document.ts';
import { chartsOf } from '../../domain/report/report.ts';
import type { WorkbookCell } from '../xlsx/cells.ts';
import type { SheetChart } from '../xlsx/chart.ts';
import { rowHeight } from '../xlsx/sheet.ts';
import type { Sheet, SheetRow } from '../xlsx/sheet.ts';
import type { DocumentContext } from './formats.ts';
import { chartInWords } from './report-chart-text.ts';

/** Of the table; a chart stands beside as many series, and below more. */
const widths = [44, 11, 11, 3];
const mostBeside = widths.length - 2;
const chartSize = {
  beside: 600,
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

class ChartRows {
  readonly rows: SheetRow[] = [];
  readonly charts: SheetChart[] = [];
  readonly pageEnds: number[] = [];
  #page = 0;

  add(drawn: Bars): void {
    const { title, unit } = drawn;
    // What has the name of the whole stands under its title already.
    const series = drawn.series.map((name) => (name === title ? '数' : name));
    const wanted = chartSize.around + drawn.bars.length * (series.length * chartSize.bar + chartSize.group);
    const height = Math.min(chartSize.most, Math.max(chartSize.least, wanted));
    const tall = Math.ceil(height / rowHeight);
    const isBeside = series.length <= mostBeside;
    const table = drawn.bars.length + 2;
    const taken = 1 + (isBeside ? Math.max(table, tall + 1) : table + tall);
    if (this.rows.length > this.#page && this.rows.length + taken - this.#page > pageRows) {
      this.pageEnds.push(this.rows.length);
      this.#page = this.rows.length;
    }
    const start = this.rows.length;
    this.rows.push([heading(`${title}（単位：${unit}）`)], ['項目', ...series].map(header));
    for (const { label, values } of drawn.bars) this.rows.push([label, ...values]);
    while (this.rows.length < start + taken) this.rows.push([]);
    const corner = isBeside ? { column: widths.length, row: start + 1 } : { column: 0, row: start + table };
    const width = isBeside ? chartSize.beside : chartSize.below;
    const bars = { ...drawn, series };
    this.charts.push({ bars, words: chartInWords(bars), tableRow: start + 2, ...corner, width, height });
  }
}

export function chartSheets(context: DocumentContext): Sheet[] {
  const all = context.forms.flatMap(({ form }) => {
    const bars = chartsOf(context, form);
    return bars.length === 0 ? [] : [{ form, bars }];
  });
  return all.map(({ form, bars }) => {
    const sheet = new ChartRows();
    for (const each of bars) sheet.add(each);
    return {
      name: all.length === 1 ? 'グラフ' : `グラフ（${form.title}）`,
      rows: sheet.rows,
      charts: sheet.charts,
      pageEnds: sheet.pageEnds,
      widths,
    };
  });
}
