/** The list of corrections (正誤表) between two published editions: which figures are others now. */

import { figureName, questionName } from '../../schemas/export.ts';
import type { Figures, SummaryRow } from '../../schemas/export.ts';

export type CorrectionKind = 'added' | 'removed' | 'changed';

export const correctionLabels: Readonly<Record<CorrectionKind, string>> = {
  added: '追加',
  removed: '削除',
  changed: '訂正',
};

/** What the two tables of corrections are called. */
export const errataTitles = { figures: '正誤表：集計', returns: '正誤表：回答及び名簿' } as const;

export type PrintedFigure = Pick<SummaryRow, 'value' | 'shown' | 'base' | 'kinds'>;

export interface FigureCorrection extends Pick<
  SummaryRow,
  'form' | 'question' | 'number' | 'label' | 'option' | 'optionLabel' | 'measure' | 'class' | 'classValue'
> {
  readonly change: CorrectionKind;
  readonly measureUnit: string;
  readonly before?: PrintedFigure;
  readonly after?: PrintedFigure;
}

function correction(
  { form, question, number, label, option, optionLabel, measure, class: by, classValue, unit: measureUnit }: SummaryRow,
  change: CorrectionKind,
  printed: Pick<FigureCorrection, 'before' | 'after'>,
): FigureCorrection {
  const ofClass = by === undefined ? {} : { class: by, classValue };
  return { change, form, question, number, label, option, optionLabel, measure, measureUnit, ...ofClass, ...printed };
}

/** The table of a question by a class. A table that another edition does not have is no correction of its figures. */
function tableName({ class: by = '', ...name }: SummaryRow): string {
  return `${questionName(name)} ${by}`;
}

/** Who is in which value of another class than the edition before had is no correction of that one. */
export function haveSameClass({ byClass: before = [] }: Figures, { byClass: after = [] }: Figures): boolean {
  return before[0]?.class === after[0]?.class;
}

function tablesIn(figures: Figures, also: Figures): SummaryRow[] {
  const known = new Set(also.byClass?.map(tableName));
  return [...figures.rows, ...(figures.byClass ?? []).filter((row) => known.has(tableName(row)))];
}

/**
 * Figures that are printed otherwise (the number, its denominator or the kinds of municipality), in the order of the
 * newer summary; then those that are gone.
 */
export function figureCorrections(before: Figures, after: Figures): FigureCorrection[] {
  const [was, is] = [tablesIn(before, after), tablesIn(after, before)];
  const old = new Map(was.map((row) => [figureName(row), row]));
  const now = new Set(is.map(figureName));
  const present = is.flatMap((row): FigureCorrection[] => {
    const was = old.get(figureName(row));
    if (was === undefined) return [correction(row, 'added', { after: row })];
    const same = was.value === row.value && was.base === row.base && was.kinds === row.kinds;
    return same ? [] : [correction(row, 'changed', { before: was, after: row })];
  });
  const gone = was.filter((row) => !now.has(figureName(row)));
  return [...present, ...gone.map((row) => correction(row, 'removed', { before: row }))];
}
