/**
 * クロス集計: two questions, or a question and a class, are chosen from lists, and formulas count the units from a sheet that says
 * who chose what. What is chosen at first is worked out already. Every table is the one that the page 分析 makes of the same two.
 */

import { classSides, questionSide } from '../../domain/analysis/cross-axes.ts';
import { CrossTable, hasNoAnswer, keysOf, shareBaseOf, shareBases } from '../../domain/analysis/cross-table.ts';
import type { Axis as AxisOfTable, Chosen, Crossed } from '../../domain/analysis/cross-table.ts';
import { shareIn } from '../../domain/analysis/tables.ts';
import { distinct } from '../../domain/headings.ts';
import { heightOf, widthOf } from '../../platform/workbook/workbook-text.ts';
import { columnName } from '../xlsx/cells.ts';
import type { SheetLimits, WorkbookCell } from '../xlsx/cells.ts';
import type { StyleName } from '../xlsx/styles.ts';
import type { Sheet, SheetRow } from '../xlsx/sheet.ts';
import type { AnsweredForm } from '../../domain/analysis/changes-since.ts';
import type { AskedOf } from '../../domain/analysis/unit-answers.ts';
import { answeredBoth, at, both, heading, lookUp, mostOptions, ofOption, share } from './cross-formulas.ts';
import type { Source } from './cross-formulas.ts';
import type { DocumentContext } from './formats.ts';

const widths = { label: { least: 44, most: 70 }, number: 11 };
const usualShare = 'column';

interface Axis {
  readonly side: AxisOfTable;
  readonly isClass: boolean;
  readonly label: string;
  readonly chosen: ReadonlyMap<string, Chosen>;
  /** The options that anybody could have, with how many units do. */
  readonly entries: Crossed['rows']['entries'];
}

function crossed(rows: Pick<Axis, 'side' | 'chosen'>, columns: Pick<Axis, 'side' | 'chosen'>): Crossed {
  const table = new CrossTable(rows.side, columns.side);
  for (const [code, chosen] of rows.chosen) table.add(chosen, columns.chosen.get(code));
  return table.crossed();
}

/** Classes, then questions, for which there is room, by labels of their own. */
function axesOf({ directory, answers }: AnsweredForm, units: AskedOf['units']): Axis[] {
  const classes = classSides(directory).map((side) => ({
    id: side.id,
    side,
    chosen: new Map(units.map((unit) => [unit.code, side.chosen({ unit })])),
  }));
  const questions = answers.variables.map((variable) => ({
    id: variable.id,
    side: questionSide(variable),
    chosen: answers.sideOf(variable),
  }));
  const all = [...classes, ...questions];
  // Formulas find a label by it, and take a for A.
  const found = all.map(({ side }) => side.label.toLowerCase());
  const marked = distinct(
    found,
    all.map(({ id }) => id),
  );
  return all.flatMap((each, index) => {
    const { entries } = crossed(each, each).rows;
    const isClass = index < classes.length;
    const hasRoom = entries.length > 0 && entries.length <= mostOptions;
    const label = marked[index] === found[index] ? each.side.label : `${each.side.label}［${each.id}］`;
    return hasRoom ? [{ ...each, entries, isClass, label }] : [];
  });
}

/** Who chose what: a row for each option, a column for each unit. */
function sourceSheet(name: string, axes: readonly Axis[], units: AskedOf['units']): Sheet {
  const rows = axes.flatMap(({ label, entries, chosen }) =>
    entries.map(({ key, label: option, total }): SheetRow => {
      const has = ({ code }: { readonly code: string }): boolean => keysOf(chosen.get(code)).includes(key);
      return [label, option, total, ...units.map((unit) => (has(unit) ? 1 : undefined))];
    }),
  );
  const names = distinct(
    units.map(({ name }) => name),
    units.map(({ code }) => code),
  );
  const columns = [
    { heading: '設問・分類', widest: 32 },
    { heading: '選択肢', widest: 32 },
    { heading: '計' },
    ...names.map((heading) => ({ heading, widest: 6 })),
  ];
  return { name, columns, sticky: 3, rows };
}

interface Listed {
  readonly axis: Axis;
  /** Its first row on the sheet of options, from 1. */
  readonly start: number;
}

function listed(axes: readonly Axis[]): Listed[] {
  let start = 2;
  return axes.map((axis) => {
    const own = { axis, start };
    start += axis.entries.length;
    return own;
  });
}

/** The last ones, of units that gave no answer or were not asked. */
function unansweredIn({ entries }: Axis): number {
  return entries.filter(hasNoAnswer).length;
}

/** Of all options that may be chosen. */
function longest(axes: readonly Axis[], measure: (label: string) => number): number {
  return Math.max(...axes.flatMap(({ entries }) => entries.map(({ label }) => measure(label))));
}

const numbers = Array.from({ length: mostOptions }, (_, index) => index);

/** The tables of what is chosen at first, cell by cell with the formula that makes them of any other choice. */
function crossSheet(name: string, title: string, all: readonly Listed[], source: Source): Sheet {
  const axes = all.map(({ axis }) => axis);
  const [columns] = all;
  const rows = all.find(({ axis }) => !axis.isClass && axis !== columns?.axis);
  if (columns === undefined || rows === undefined) return { name, rows: [] };
  const table = crossed(rows.axis, columns.axis);
  const bases = shareBaseOf(table, usualShare);
  const [height, width] = [table.rows.entries.length, table.columns.entries.length];
  const side = Math.min(widths.label.most, Math.max(widths.label.least, longest(axes, widthOf)));
  const head = longest(axes, (label) => heightOf(label, widths.number));
  const tall = longest(axes, (label) => heightOf(label, side));
  const made = (value: string | number | null | undefined, formula: string, style: StyleName): WorkbookCell => ({
    value: value ?? '',
    style,
    formula,
  });
  const label = (value: string | undefined, formula: string, least: number): WorkbookCell => ({
    value: value ?? '',
    style: 'label',
    formula,
    height: least,
  });
  const header = (value: string): WorkbookCell => ({ value, style: 'header' });
  const note = (value: string): WorkbookCell => ({ value, style: 'text' });
  const choice = (row: number, { axis, start }: Listed): SheetRow => [
    { value: axis.label, style: 'input' },
    ...[start, axis.entries.length, unansweredIn(axis)].map((value, index) =>
      made(value, lookUp(row, ['B', 'C', 'D'][index] ?? '', all.length), 'count'),
    ),
  ];
  const places = ['元データの行', '選択肢の数', 'うち回答なし等'].map(header);
  const answered = { rows: height - unansweredIn(rows.axis), columns: width - unansweredIn(columns.axis) };
  const option = (index: number): string | undefined => table.columns.entries[index]?.label;
  const shareOf = (row: number, column: number): number | null | undefined =>
    row < answered.rows && column < answered.columns
      ? shareIn(table.cells[row]?.[column] ?? 0, bases[row]?.[column])
      : undefined;
  const sheetRows: SheetRow[] = [
    [{ value: `クロス集計（${title}）`, style: 'heading' }],
    [note('色の付いた欄で設問又は分類と割合の取り方を選ぶと、下の2つの表が変わります。')],
    [header('行に置く設問・分類'), ...places],
    choice(at.rows, rows),
    [header('列に置く設問・分類'), ...places],
    choice(at.columns, columns),
    [header('割合の取り方'), header('両方に回答した団体')],
    [{ value: shareBases[usualShare], style: 'input' }, made(table.answeredBoth, answeredBoth, 'count')],
    [],
    [{ value: '回答数（団体）', style: 'heading' }],
    [
      '',
      { value: '計', style: 'label', height: head },
      ...numbers.map((index) => label(option(index), ofOption(source, 'columns', index, 'B'), head)),
    ],
    [
      '計',
      table.units,
      ...numbers.map((index) =>
        made(table.columns.entries[index]?.total, ofOption(source, 'columns', index, 'C'), 'count'),
      ),
    ],
    ...numbers.map((row): SheetRow => {
      const entry = table.rows.entries[row];
      return [
        label(entry?.label, ofOption(source, 'rows', row, 'B'), tall),
        made(entry?.total, ofOption(source, 'rows', row, 'C'), 'count'),
        ...numbers.map((column) => made(table.cells[row]?.[column], both(source, row, column), 'count')),
      ];
    }),
    [],
    [note('複数を選べる設問では、計は選んだ団体の数で、各欄の和と一致しません。')],
    [{ value: '割合（％）', style: 'heading' }],
    [
      '',
      '',
      ...numbers.map((index) =>
        label(index < answered.columns ? option(index) : undefined, heading('columns', index), head),
      ),
    ],
    ...numbers.map((row): SheetRow => [
      label(row < answered.rows ? table.rows.entries[row]?.label : undefined, heading('rows', row), tall),
      '',
      ...numbers.map((column) => made(shareOf(row, column), share(row, column), 'share')),
    ]),
    [],
    [{ value: '選べる設問・分類', style: 'heading' }],
    [header('設問・分類'), ...places],
    ...all.map(({ axis, start }): SheetRow => [axis.label, start, axis.entries.length, unansweredIn(axis)]),
  ];
  const list = `$A$${at.list}:$A$${at.list + all.length - 1}`;
  const end = columnName(mostOptions + 1);
  return {
    name,
    widths: [side + 2, ...Array.from({ length: mostOptions + 1 }, () => widths.number)],
    isOnePageWide: true,
    rows: sheetRows,
    choices: [
      { cell: `A${at.rows}`, of: list },
      { cell: `A${at.columns}`, of: list },
      { cell: `A${at.share}`, of: `"${Object.values(shareBases).join(',')}"` },
    ],
    ruled: [
      `A${at.counts - 1}:${end}${at.counts + mostOptions}`,
      `A${at.shares - 1}:${end}${at.shares + mostOptions - 1}`,
    ],
  };
}

/**
 * A sheet of tables and one of options for each form. They stand before the sheets that are named after forms and lists, so that
 * the names by which the formulas know them are theirs.
 */
export function crossSheets({ analysed }: Pick<DocumentContext, 'analysed'>, limits: SheetLimits): Sheet[] {
  const forms = [...analysed.values()].map(({ now }) => now);
  return forms.flatMap((now, index) => {
    const units = now.answers.answered();
    const all = listed(axesOf(now, units));
    const rows = all.reduce((sum, { axis }) => sum + axis.entries.length, 0);
    const hasQuestion = all.some(({ axis }, at) => at > 0 && !axis.isClass);
    if (units.length === 0 || !hasQuestion || units.length + 3 > limits.columns || rows >= limits.rows) return [];
    const of = forms.length === 1 ? '' : `（${index + 1}）`;
    const sheet = `クロス集計の元データ${of}`;
    return [
      crossSheet(forms.length === 1 ? 'クロス集計' : `クロス集計（${now.form.title}）`, now.form.title, all, {
        sheet,
        rows,
        units: units.length,
      }),
      sourceSheet(
        sheet,
        all.map(({ axis }) => axis),
        units,
      ),
    ];
  });
}
