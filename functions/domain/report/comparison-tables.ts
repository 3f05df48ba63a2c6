/** 前回｜今回｜増減: a form's figures beside those of the round before. */

import { printCount } from '../../../schemas/values/count.ts';
import { numberedLabel } from '../../../schemas/kinds/question.ts';
import { comparisonNotes } from '../comparison.ts';
import type { ComparedFigure, ComparisonRow, FormComparison } from '../comparison.ts';
import { measureRemark } from '../measures.ts';
import { heading } from './document.ts';
import type { Block } from './document.ts';
import { noFigure, notApplicableInReport } from './figures.ts';

/** `約1,454.0`: the whole part of a decimal as counts are printed. */
function grouped(decimal: string): string {
  return decimal.replace(/\d+/, (whole) => printCount(Number(whole)));
}

function printFigure(figure: ComparedFigure | undefined): string {
  if (figure === undefined) return notApplicableInReport;
  if (figure.value === null) return noFigure;
  return figure.shown === undefined ? printCount(figure.value) : grouped(figure.shown);
}

function printBase(figure: ComparedFigure | undefined): string {
  return figure === undefined ? notApplicableInReport : printCount(figure.base);
}

/** `+3`, `-2`, `±0`, of means `+0.3` */
function printChange(change: number | null, isMean: boolean): string {
  if (change === null) return notApplicableInReport;
  if (change === 0) return '±0';
  const size = isMean ? grouped(Math.abs(change).toFixed(1)) : printCount(Math.abs(change));
  return `${change > 0 ? '+' : '-'}${size}`;
}

/** Spread and middle are left to 参考資料1. */
const compared: ReadonlySet<ComparisonRow['measure']> = new Set([
  'count',
  'sum',
  'mean',
  'perMunicipality',
  'perCouncil',
]);

/** Nobody answered it, neither then nor now; a question that is another one is told all the same. */
function isEmpty({ previous, current, note }: ComparisonRow): boolean {
  return previous?.value === null && current?.value === null && note !== 'changed';
}

function rowOf({
  number,
  label,
  option,
  optionLabel,
  measure,
  unit,
  previous,
  current,
  change,
  note,
  yearly,
}: ComparisonRow): string[] {
  const about = option === 'any' ? '計' : (optionLabel ?? measureRemark(measure) ?? '');
  const own = numberedLabel({ number, label });
  const name = about === '' ? own : `${own}：${about}`;
  const figures = yearly ?? { previous, current, change };
  return [
    name,
    unit,
    printFigure(figures.previous),
    printBase(figures.previous),
    printFigure(figures.current),
    printBase(figures.current),
    printChange(figures.change, figures.current?.shown !== undefined),
    note === undefined ? '' : comparisonNotes[note],
  ];
}

const columns = [
  { label: '項目' },
  { label: '単位' },
  { label: '前回', isNumber: true },
  { label: '前回の回答数', isNumber: true },
  { label: '今回', isNumber: true },
  { label: '今回の回答数', isNumber: true },
  { label: '増減', isNumber: true },
  { label: '備考' },
];

/** One table per form; nothing where no earlier round is known. */
export function comparisonTables(comparisons: readonly FormComparison[], titleOf: (form: string) => string): Block[] {
  const tables = comparisons.flatMap(({ form, previous, rows }): Block[] => {
    const listed = rows.filter(({ measure }) => compared.has(measure));
    const shown = listed.filter((row) => !isEmpty(row));
    if (shown.length === 0) return [];
    const without = shown.length < listed.length ? '（どちらの調査にも回答のない項目は省略）' : '';
    const caption = `${titleOf(form)}：${previous.name}（前回）との比較${without}`;
    return [{ kind: 'table', caption, columns, rows: shown.map(rowOf), isDense: true }];
  });
  return tables.length === 0 ? [] : [heading('section', '前回調査との比較'), ...tables];
}
