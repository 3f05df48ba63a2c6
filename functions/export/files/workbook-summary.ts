/** The tally as sheets: numbers as numbers, with shares and last time's; and by class. */

import { figureName } from '../../../schemas/export.ts';
import type { SummaryRow } from '../../../schemas/export.ts';
import { classesOf, unclassified } from '../../../schemas/unit-classes.ts';
import type { UnitClass } from '../../../schemas/unit-classes.ts';
import { comparisonNotes } from '../../domain/comparison.ts';
import type { ComparisonRow } from '../../domain/comparison.ts';
import { measureNames, nobodyAnswered } from '../../domain/measures.ts';
import { shareOf } from '../../domain/report/words.ts';
import type { WorkbookCell } from '../xlsx/cells.ts';
import type { Sheet, SheetColumn } from '../xlsx/sheet.ts';
import type { DocumentContext } from './formats.ts';

interface Column extends SheetColumn {
  readonly cell: (row: SummaryRow) => WorkbookCell;
}

/** Room for the figures on the same page. */
const widestLabel = 28;
/** What says which figure a row has, up to the option: beside the classes too, which take a second page. */
const labels = 4;

/** In per cent, of how many answered; of an option alone. */
function share({ option, measure, value, base }: SummaryRow): number | undefined {
  return option === undefined || measure !== 'count' || value === null || base === 0 ? undefined : shareOf(value, base);
}

function figure({ value, base }: SummaryRow): WorkbookCell {
  return base === 0 ? nobodyAnswered : (value ?? undefined);
}

function whatColumns({ forms }: DocumentContext): Column[] {
  const titles = new Map(forms.map(({ form }) => [form.id, form.title]));
  return [
    { heading: '調査票', widest: 20, cell: ({ form }) => titles.get(form) ?? form },
    { heading: '番号', cell: ({ number }) => number },
    { heading: '項目名', widest: widestLabel, cell: ({ label }) => label },
    { heading: '選択肢', widest: widestLabel, cell: ({ optionLabel }) => optionLabel },
    { heading: '集計の種類', cell: ({ measure }) => measureNames[measure] },
  ];
}

const idColumns: readonly Column[] = [
  { heading: '設問の識別子', isFolded: true, cell: ({ question }) => question },
  { heading: '選択肢の符号', isFolded: true, cell: ({ option }) => option },
];

function comparedColumns({ comparisons }: DocumentContext): Column[] {
  if (comparisons.length === 0) return [];
  const rows = new Map(comparisons.flatMap(({ rows }) => rows.map((row) => [figureName(row), row] as const)));
  const of = (cell: (row: ComparisonRow) => WorkbookCell) => (row: SummaryRow) => {
    const compared = rows.get(figureName(row));
    return compared && cell(compared);
  };
  return [
    { heading: '前回の値', numbers: 'count', cell: of(({ previous }) => previous?.value ?? undefined) },
    { heading: '増減', numbers: 'count', cell: of(({ change }) => change ?? undefined) },
    { heading: '前回との比較', cell: of(({ note }) => note && comparisonNotes[note]) },
  ];
}

function sheetOf(name: string, columns: readonly Column[], rows: readonly SummaryRow[]): Sheet {
  const cells = function* () {
    for (const row of rows) yield columns.map(({ cell }) => cell(row));
  };
  return { name, columns, rows: cells() };
}

export function summarySheet(context: DocumentContext): Sheet {
  const columns: Column[] = [
    ...whatColumns(context),
    { heading: '値', numbers: 'count', cell: figure },
    { heading: '割合（％）', numbers: 'share', cell: share },
    { heading: '表示する値', cell: ({ shown }) => shown },
    { heading: '母数', numbers: 'count', cell: ({ base }) => base },
    { heading: '単位', cell: ({ unit }) => unit },
    { heading: '市町村の種別', cell: ({ kinds }) => kinds },
    ...comparedColumns(context),
    ...idColumns,
  ];
  return sheetOf('集計', columns, context.summary.rows);
}

/** Every figure of the whole with the same of each value of a class beside it. */
function classSheet(context: DocumentContext, { id, label, values }: UnitClass, figures: readonly SummaryRow[]): Sheet {
  const nameOf = (row: SummaryRow, value: string | undefined): string =>
    figureName({ ...row, class: id, classValue: value });
  const rows = new Map(figures.map((row) => [figureName(row), row]));
  const hasRest = figures.some(({ classValue }) => classValue === undefined);
  const all = [...values, ...(hasRest ? [undefined] : [])];
  const headingOf = (value: string | undefined): string => value ?? unclassified;
  const of = (value: string | undefined, row: SummaryRow): SummaryRow | undefined => rows.get(nameOf(row, value));
  const columns: Column[] = [
    ...whatColumns(context),
    { heading: '単位', cell: ({ unit }) => unit },
    { heading: '全体', numbers: 'count', cell: figure },
    ...all.map((value): Column => ({
      heading: headingOf(value),
      numbers: 'count',
      cell: (row) => {
        const found = of(value, row);
        return found && figure(found);
      },
    })),
    { heading: '全体（％）', numbers: 'share', cell: share },
    ...all.map((value): Column => ({
      heading: `${headingOf(value)}（％）`,
      numbers: 'share',
      cell: (row) => {
        const found = of(value, row);
        return found && share(found);
      },
    })),
    ...idColumns,
  ];
  return { ...sheetOf(`集計（${label}別）`, columns, context.summary.rows), sticky: labels };
}

/** In public of the one class that is published, where one is. */
export function classSheets(context: DocumentContext): Sheet[] {
  const figures = Map.groupBy(context.summary.byClass ?? [], (row) => row.class);
  return classesOf(context.directory).flatMap((each) => {
    const own = figures.get(each.id);
    return own === undefined ? [] : [classSheet(context, each, own)];
  });
}
