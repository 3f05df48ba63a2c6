/**
 * 経年: the figures of every question over all rounds in which it meant the same, a column for each round, and their charts. The
 * numbers are those of the page 分析; a question that has them of one round only is left out.
 */

import type { Bars } from '../../domain/report/document.ts';
import { printFiscalYear } from '../../../schemas/values/partial-date.ts';
import { seriesOfNumbers, seriesOfOptions } from '../../domain/analysis/tables-over-rounds.ts';
import type { FigureTable } from '../../domain/analysis/tables.ts';
import { isAnswered, seriesRows, timeSeries } from '../../domain/analysis/time-series.ts';
import type { SeriesRound, TimeSeries } from '../../domain/analysis/time-series.ts';
import type { NumberVariable, OptionsVariable, Variable } from '../../domain/analysis/variables.ts';
import { distinct } from '../../domain/headings.ts';
import type { WorkbookCell } from '../xlsx/cells.ts';
import type { Sheet, SheetColumn } from '../xlsx/sheet.ts';
import type { DocumentContext } from './formats.ts';
import { ChartRows } from './workbook-charts.ts';

/** The newest rounds of which the options are drawn beside each other, and of how many options. */
const most = { drawn: 3, options: 20 };

interface Line {
  readonly form: string;
  readonly question: string;
  /** The option, where there are any. */
  readonly item: string;
  readonly measure: string;
  readonly decimals: number;
  /** By round; none where the round has no figure. */
  readonly figures: ReadonlyMap<string, number>;
  readonly note: string;
}

interface Chart {
  readonly bars: Bars;
  readonly isLine: boolean;
}

interface Column extends SheetColumn {
  readonly cell: (line: Line) => WorkbookCell;
}

type Points = TimeSeries['points'];

/** One column of a table of the page, round by round. */
function figuresIn({ rows }: FigureTable, column: number, points: Points): Map<string, number> {
  return new Map(
    rows.flatMap(({ cells }, index) => {
      const [cell, point] = [cells[column], points[index]];
      return typeof cell === 'number' && point !== undefined ? [[point.round, cell] as const] : [];
    }),
  );
}

/** The columns of numbers of a table of the page as lines. */
function linesOf(
  table: FigureTable,
  points: Points,
  name: (label: string, column: number) => Pick<Line, 'item' | 'measure'> | undefined,
): Omit<Line, 'form' | 'question' | 'note'>[] {
  return table.columns.flatMap(({ label, decimals }, column) => {
    const named = decimals === undefined ? undefined : name(label, column);
    if (named === undefined || decimals === undefined) return [];
    return [{ ...named, decimals, figures: figuresIn(table, column, points) }];
  });
}

function numberLines(series: TimeSeries, variable: NumberVariable) {
  return seriesOfNumbers(series, variable).flatMap((table) =>
    linesOf(table, series.points, (measure) => ({ item: '', measure })),
  );
}

function optionLines(series: TimeSeries, variable: OptionsVariable) {
  const [shares, counts] = seriesOfOptions(series, variable);
  const base = variable.options.length + 1;
  return [
    ...(counts === undefined
      ? []
      : linesOf(counts, series.points, (label, column) =>
          column === base ? { item: '', measure: '回答した団体' } : { item: label, measure: '回答数' },
        )),
    ...(shares === undefined
      ? []
      : linesOf(shares, series.points, (item, column) =>
          column === base ? undefined : { item, measure: '割合（％）' },
        )),
  ];
}

function lineChart(points: Points, { question, figures }: Line, { unit, addsUp }: NumberVariable): Chart[] {
  const bars = points.flatMap(({ round, fiscalYear }) => {
    const value = figures.get(round);
    return value === undefined ? [] : [{ label: printFiscalYear(fiscalYear), values: [value] }];
  });
  if (bars.length < 2 || bars.every(({ values }) => values.every((value) => value === 0))) return [];
  const title = `${question}の推移`;
  return [
    {
      bars: { kind: 'bars', title, unit: unit === '' ? '数' : unit, series: [addsUp ? '合計' : '平均'], bars },
      isLine: true,
    },
  ];
}

/** The shares of the newest rounds that have all options of now. */
function shareChart(points: Points, lines: readonly Line[], question: string): Chart[] {
  const shares = lines.filter(({ measure }) => measure === '割合（％）');
  const drawn = points.filter(({ round }) => shares.every(({ figures }) => figures.has(round))).slice(-most.drawn);
  if (drawn.length < 2 || shares.length === 0 || shares.length > most.options) return [];
  const bars = shares.map(({ item, figures }) => ({
    label: item,
    values: drawn.map(({ round }) => figures.get(round) ?? 0),
  }));
  const series = distinct(
    drawn.map(({ fiscalYear }) => printFiscalYear(fiscalYear)),
    drawn.map(({ name }) => name),
  );
  return [{ bars: { kind: 'bars', title: `${question}の推移`, unit: '％', series, bars }, isLine: false }];
}

interface Question {
  readonly lines: readonly Line[];
  readonly charts: readonly Chart[];
}

function questionOver(rounds: readonly SeriesRound[], form: string, variable: Variable): Question[] {
  const series = timeSeries(rounds, variable.id);
  const { points } = series;
  const question = variable.label;
  const note = points.flatMap(({ name, notes }) => notes.map((each) => `${name}：${each}`)).join('。');
  const own = variable.of === 'numbers' ? numberLines(series, variable) : optionLines(series, variable);
  const lines = own.map((line): Line => ({ ...line, form, question, note }));
  const [first] = lines;
  if (first === undefined || points.filter(({ figures }) => figures !== undefined && isAnswered(figures)).length < 2)
    return [];
  const charts = variable.of === 'numbers' ? lineChart(points, first, variable) : shareChart(points, lines, question);
  return [{ lines, charts }];
}

function styled(value: number | undefined, decimals: number): WorkbookCell {
  if (value === undefined) return undefined;
  return { value, style: decimals === 0 ? 'count' : decimals === 1 ? 'share' : decimals === 2 ? 'rate' : 'number' };
}

/** The oldest first, of all forms. */
function roundsOf(all: readonly (readonly SeriesRound[])[]): SeriesRound['round'][] {
  const rounds = new Map(all.flat().map(({ round }) => [round.id, round]));
  return [...rounds.values()].toSorted((a, b) => a.referenceDate.localeCompare(b.referenceDate));
}

export function seriesSheets({ forms, round, summary, earlier, analysed }: DocumentContext): Sheet[] {
  const all = forms.flatMap(({ form }) => {
    const known = analysed.get(form.id);
    const before = earlier.get(form.id) ?? [];
    if (known === undefined || before.length === 0) return [];
    const rows = seriesRows(summary.rows.filter((row) => row.form === form.id));
    return [{ variables: known.now.answers.variables, rounds: [{ round, form, rows }, ...before], form }];
  });
  const questions = all.flatMap(({ variables, rounds, form }) =>
    variables.flatMap((variable) => questionOver(rounds, form.title, variable)),
  );
  if (questions.length === 0) return [];
  const columns: Column[] = [
    { heading: '調査票', widest: 20, cell: ({ form }) => form },
    { heading: '設問', widest: 32, cell: ({ question }) => question },
    { heading: '選択肢', widest: 24, cell: ({ item }) => item },
    { heading: '集計の種類', cell: ({ measure }) => measure },
    ...roundsOf(all.map(({ rounds }) => rounds)).map(({ id, name }): Column => ({
      heading: name,
      cell: ({ figures, decimals }) => styled(figures.get(id), decimals),
    })),
    { heading: '備考', cell: ({ note }) => note },
  ];
  const lines = questions.flatMap((each) => each.lines);
  const drawn = new ChartRows(most.drawn);
  const charts = questions.flatMap((each) => each.charts);
  for (const { bars, isLine } of charts) drawn.add(bars, isLine);
  return [
    { name: '経年', columns, sticky: 4, rows: lines.map((line) => columns.map(({ cell }) => cell(line))) },
    ...(charts.length === 0 ? [] : [drawn.sheet('経年のグラフ')]),
  ];
}
