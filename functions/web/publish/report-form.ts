/** What the prefecture says about a round's report, as a form: printed for people, read back. Pure. */

import type { FieldError } from '../../../schemas/problem.ts';
import { reportSettings } from '../../../schemas/report-settings.ts';
import type { ReportSettings } from '../../../schemas/report-settings.ts';
import { printPartialDate, readPartialDate } from '../../../schemas/values/partial-date.ts';
import type { LinkedError } from '../shared/error-summary.tsx';
import { fieldId } from '../shared/labelled-controls.tsx';

export const reportFields = ['documentNumber', 'meeting', 'date', 'division'] as const;
export type ReportField = (typeof reportFields)[number];

export const reportLabels: Readonly<Record<ReportField, string>> = {
  documentNumber: '資料番号',
  meeting: '会議名',
  date: '開催日',
  division: '担当課',
};

/** As typed; empty where nothing is to be printed. */
export type ReportTexts = Readonly<Record<ReportField, string>>;

export function textsOf({ documentNumber = '', meeting = '', date, division = '' }: ReportSettings): ReportTexts {
  return { documentNumber, meeting, date: date === undefined ? '' : printPartialDate(date), division };
}

export function typedTexts(textOf: (name: ReportField) => string): ReportTexts {
  return {
    documentNumber: textOf('documentNumber'),
    meeting: textOf('meeting'),
    date: textOf('date'),
    division: textOf('division'),
  };
}

/** Each by the name of its field: two can be wrong in the same way. */
export function reportErrors(errors: readonly FieldError[]): LinkedError[] {
  return errors.map(({ path, message }) => {
    const field = reportFields.find((name) => name === path);
    return {
      href: `#${fieldId(path)}`,
      message: field === undefined ? message : `「${reportLabels[field]}」：${message}`,
    };
  });
}

export type ReadReport =
  | { readonly ok: true; readonly settings: ReportSettings }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

const wholeDay = 'yyyy-mm-dd'.length;

/** A date as people write it; what is none stays as typed, for the schema to refuse. */
function dayOf(typed: string): { readonly day: string; readonly error?: FieldError } {
  const reading = readPartialDate(typed);
  const fail = (code: string, message: string) => ({ day: typed, error: { path: 'date', code, message } });
  if (!reading.ok) return fail(reading.problem.code, reading.problem.message);
  return reading.value.length < wholeDay ? fail('not-a-day', '年月日まで入力してください。') : { day: reading.value };
}

export function readReport(texts: ReportTexts): ReadReport {
  const typed = Object.fromEntries(
    reportFields.map((name) => [name, texts[name].trim()]).filter(([, text]) => text !== ''),
  );
  const { day, error } = texts.date.trim() === '' ? {} : dayOf(texts.date.trim());
  const parsed = reportSettings.safeParse({ ...typed, ...(day === undefined ? {} : { date: day }) });
  if (parsed.success) return { ok: true, settings: parsed.data };
  const others = parsed.error.issues
    .map(({ path, code, message }): FieldError => ({ path: path.join('.'), code, message }))
    .filter(({ path }) => path !== 'date' || error === undefined);
  return { ok: false, errors: [...others, ...(error === undefined ? [] : [error])] };
}
