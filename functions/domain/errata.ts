/** The list of corrections (正誤表) between two published editions: which figures and which returns are others now. */

import type { SummaryRow } from '../../schemas/export.ts';

type CorrectionKind = 'added' | 'removed' | 'changed';

/** One line: a figure, or a return. Absent cells do not apply to it. */
export interface Correction {
  readonly subject: 'figure' | 'return';
  readonly change: CorrectionKind;
  readonly form: string;
  readonly question?: string;
  readonly label?: string;
  readonly option?: string;
  readonly optionLabel?: string;
  readonly measure?: string;
  readonly before?: number | null;
  readonly after?: number | null;
  readonly measureUnit?: string;
  readonly unit?: string;
  readonly unitName?: string;
}

function keyOf({ form, question, option, measure }: SummaryRow): string {
  return JSON.stringify([form, question, option ?? null, measure]);
}

function nameOf({ form, question, label, option, optionLabel, measure, unit }: SummaryRow) {
  return {
    subject: 'figure',
    form,
    question,
    label,
    ...(option === undefined ? {} : { option }),
    ...(optionLabel === undefined ? {} : { optionLabel }),
    measure,
    measureUnit: unit,
  } as const;
}

/** Figures whose value, printed form or denominator changed, in the order of the newer summary; then those that are gone. */
export function figureCorrections(before: readonly SummaryRow[], after: readonly SummaryRow[]): Correction[] {
  const old = new Map(before.map((row) => [keyOf(row), row]));
  const now = new Set(after.map(keyOf));
  const present = after.flatMap((row): Correction[] => {
    const was = old.get(keyOf(row));
    if (was === undefined) return [{ ...nameOf(row), change: 'added', after: row.value }];
    const same = was.value === row.value && was.shown === row.shown && was.base === row.base && was.kinds === row.kinds;
    return same ? [] : [{ ...nameOf(row), change: 'changed', before: was.value, after: row.value }];
  });
  const gone = before.filter((row) => !now.has(keyOf(row)));
  return [...present, ...gone.map((row): Correction => ({ ...nameOf(row), change: 'removed', before: row.value }))];
}

/** A published return: its name, and a fingerprint of its public answers. */
export interface PublishedReturn {
  readonly name: string;
  readonly fingerprint: string;
}

/** Returns of one form that came, went or changed, by code. */
export function returnCorrections(
  form: string,
  before: ReadonlyMap<string, PublishedReturn>,
  after: ReadonlyMap<string, PublishedReturn>,
): Correction[] {
  const of = (unit: string, { name }: PublishedReturn, change: CorrectionKind): Correction => ({
    subject: 'return',
    change,
    form,
    unit,
    unitName: name,
  });
  const present = [...after].flatMap(([unit, now]): Correction[] => {
    const was = before.get(unit);
    if (was === undefined) return [of(unit, now, 'added')];
    return was.fingerprint === now.fingerprint && was.name === now.name ? [] : [of(unit, now, 'changed')];
  });
  const gone = [...before].filter(([unit]) => !after.has(unit));
  return [...present, ...gone.map(([unit, was]) => of(unit, was, 'removed'))];
}
