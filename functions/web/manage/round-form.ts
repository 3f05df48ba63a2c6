/** The settings of a round as a form: shifted by a year from the last round, printed for people, read back. Pure. */

import type { Catalogue } from '../../../schemas/form.ts';
import { problems } from '../../../schemas/problem.ts';
import type { FieldError, Problem } from '../../../schemas/problem.ts';
import { roundDefinition, roundId } from '../../../schemas/round.ts';
import type { Round, RoundDefinition } from '../../../schemas/round.ts';
import {
  isPartialDate,
  printFiscalYear,
  printPartialDate,
  readPartialDate,
} from '../../../schemas/values/partial-date.ts';
import { readFiscalYears } from '../../../schemas/values/fiscal-years.ts';
import type { PostedForm } from '../shared/posted-form.ts';
import type { Visit } from '../shared/visit.ts';

/** Fields by name, as typed. Dates of sections are `asOf.<section>`, versions of forms `forms.<form>`. */
export type RoundFields = ReadonlyMap<string, string>;

const daysOfRound = ['referenceDate', 'opensAt', 'dueAt', 'closesAt'] as const;
const wholeDay = 'yyyy-mm-dd'.length;

/** A stored day, month or instant, so many years later. 29 February becomes the 28th. */
export function yearsLater(date: string, years: number): string {
  const shifted = `${Number(date.slice(0, 4)) + years}${date.slice(4)}`;
  return shifted.slice(4, wholeDay) === '-02-29' && !isPartialDate(shifted.slice(0, wholeDay))
    ? `${shifted.slice(0, 4)}-02-28${shifted.slice(wholeDay)}`
    : shifted;
}

/** The name with the next year; one that names no year gets it, or two rounds could not be told apart. */
function nextName({ name, fiscalYear }: Pick<RoundDefinition, 'name' | 'fiscalYear'>): string {
  const year = (fiscal: number): string => printPartialDate(`${fiscal}-12-31`).replace(/12月31日$/, '');
  const moved = name.replaceAll(year(fiscalYear), year(fiscalYear + 1));
  return /[\d元一二三四五六七八九十〇]年/.test(name.normalize('NFKC'))
    ? moved
    : `${printFiscalYear(fiscalYear + 1)} ${name}`;
}

/** The next round as it would be if nothing changed but the year. */
export function nextRound(last: RoundDefinition): RoundDefinition {
  const { fiscalYear, compareYear, asOf, period, closesAt, ...rest } = last;
  const later = (date: string): string => yearsLater(date, 1);
  return {
    ...rest,
    name: nextName(last),
    fiscalYear: fiscalYear + 1,
    ...(compareYear === undefined ? {} : { compareYear: compareYear + 1 }),
    referenceDate: later(last.referenceDate),
    ...(asOf === undefined
      ? {}
      : { asOf: Object.fromEntries(Object.entries(asOf).map(([section, day]) => [section, later(day)])) }),
    period: { from: later(period.from), to: later(period.to) },
    opensAt: later(last.opensAt),
    dueAt: later(last.dueAt),
    ...(closesAt === undefined ? {} : { closesAt: later(closesAt) }),
  };
}

/** An id for a round of a fiscal year in the manner of the last one: R6 → R7; the year itself otherwise. */
export function nextRoundId(last: string, fiscalYear: number): string {
  const groups = /^(?<letters>[A-Za-z]+)(?<number>\d{1,2})$/.exec(last)?.groups;
  return groups === undefined ? String(fiscalYear) : `${groups['letters']}${Number(groups['number']) + 1}`;
}

/** The id, or where a round has it already the first of it with a number that none has. */
export function freeRoundId(wanted: string, taken: ReadonlySet<string>): string {
  let id = wanted;
  for (let number = 2; taken.has(id); number += 1) id = `${wanted}-${number}`;
  return id;
}

function printDate(stored: string): string {
  return isPartialDate(stored) ? printPartialDate(stored) : stored;
}

export function fieldsOf(id: string, definition: RoundDefinition): RoundFields {
  const { name, fiscalYear, compareYear, period, forms, asOf = {} } = definition;
  const fields = new Map<string, string>([
    ['id', id],
    ['name', name],
    ['fiscalYear', printFiscalYear(fiscalYear)],
    ['compareYear', compareYear === undefined ? '' : printFiscalYear(compareYear)],
    ['period.from', printDate(period.from)],
    ['period.to', printDate(period.to)],
  ]);
  for (const day of daysOfRound) fields.set(day, printDate(definition[day] ?? ''));
  for (const [form, version] of Object.entries(forms)) fields.set(`forms.${form}`, String(version));
  for (const [section, day] of Object.entries(asOf)) fields.set(`asOf.${section}`, printDate(day));
  return fields;
}

/** The names of every field that the form has, given the forms there are. */
export function fieldNames(forms: Catalogue): string[] {
  const all = [...forms.values()].flatMap((versions) => [...versions.values()]);
  const sections = new Set(all.flatMap((form) => form.sections.map(({ key }) => key)));
  return [
    'id',
    'name',
    'fiscalYear',
    'compareYear',
    'period.from',
    'period.to',
    ...daysOfRound,
    ...[...forms.keys()].map((form) => `forms.${form}`),
    ...[...sections].map((section) => `asOf.${section}`),
  ];
}

export type ReadRound =
  | { readonly ok: true; readonly id: string; readonly definition: RoundDefinition }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

class RoundReader {
  readonly errors: FieldError[] = [];
  readonly #fields: RoundFields;

  constructor(fields: RoundFields) {
    this.#fields = fields;
  }

  text(name: string): string {
    return (this.#fields.get(name) ?? '').trim();
  }

  fail(path: string, code: string, message: string): undefined {
    this.errors.push({ path, code, message });
    return undefined;
  }

  /** A date as people write it; an instant as it is stored stays. */
  date(path: string, label: string, { required, day }: { required: boolean; day: boolean }): string | undefined {
    const typed = this.text(path);
    if (typed === '') return required ? this.fail(path, 'required', `「${label}」を入力してください。`) : undefined;
    if (/^\d{4}-\d\d-\d\dT/.test(typed)) return typed;
    const reading = readPartialDate(typed);
    if (!reading.ok) return this.fail(path, reading.problem.code, `「${label}」：${reading.problem.message}`);
    if (day && reading.value.length < wholeDay)
      return this.fail(path, 'not-a-day', `「${label}」は年月日まで入力してください。`);
    return reading.value;
  }

  /** 2024, 令和6年度, R6. */
  year(path: string, label: string, required: boolean): number | undefined {
    const typed = this.text(path);
    if (typed === '') return required ? this.fail(path, 'required', `「${label}」を入力してください。`) : undefined;
    const reading = readFiscalYears(typed);
    return reading.ok && reading.value.from === reading.value.to
      ? reading.value.from
      : this.fail(path, 'not-a-year', `「${label}」は「令和7年度」又は「2025」のように入力してください。`);
  }

  record(prefix: string): [string, string][] {
    return [...this.#fields].flatMap(([name, value]) =>
      name.startsWith(prefix) && value.trim() !== '' ? [[name.slice(prefix.length), value.trim()]] : [],
    );
  }
}

export function readRound(fields: RoundFields, labels: ReadonlyMap<string, string>): ReadRound {
  const reader = new RoundReader(fields);
  const label = (name: string): string => labels.get(name) ?? name;
  const date = (name: string, required: boolean, day: boolean): string | undefined =>
    reader.date(name, label(name), { required, day });
  const id = roundId.safeParse(reader.text('id'));
  if (!id.success || id.data === 'new')
    reader.fail('id', 'invalid-id', id.error?.issues[0]?.message ?? 'この識別子は使えません。');
  const asOf = reader.record('asOf.').map(([section]) => [section, date(`asOf.${section}`, false, true)] as const);
  const compareYear = reader.year('compareYear', label('compareYear'), false);
  const closesAt = date('closesAt', false, true);
  const candidate = {
    name: reader.text('name'),
    fiscalYear: reader.year('fiscalYear', label('fiscalYear'), true),
    ...(compareYear === undefined ? {} : { compareYear }),
    referenceDate: date('referenceDate', true, true),
    ...(asOf.length === 0 ? {} : { asOf: Object.fromEntries(asOf) }),
    period: { from: date('period.from', true, false), to: date('period.to', true, false) },
    forms: Object.fromEntries(reader.record('forms.').map(([form, version]) => [form, Number(version)])),
    opensAt: date('opensAt', true, true),
    dueAt: date('dueAt', true, true),
    ...(closesAt === undefined ? {} : { closesAt }),
  };
  if (candidate.name === '') reader.fail('name', 'required', '「調査の名称」を入力してください。');
  if (reader.errors.length > 0 || !id.success) return { ok: false, errors: reader.errors };
  const parsed = roundDefinition.safeParse(candidate);
  if (parsed.success) return { ok: true, id: id.data, definition: parsed.data };
  const errors = parsed.error.issues.map(({ path, code, message }) => ({
    path: path.join('.'),
    code: code.replaceAll('_', '-'),
    message,
  }));
  return { ok: false, errors };
}

/** What a round said when its form was shown, to notice that somebody else has changed it since. */
export function seenOf(round: Round | undefined): string {
  if (round === undefined) return '';
  const { id: _id, directoryVersion: _version, documents: _documents, ...definition } = round;
  return JSON.stringify(definition);
}

/** What was typed before the session ended; none where nothing was. */
export function recoveredFields({ recovered }: Visit, forms: Catalogue): RoundFields | undefined {
  return recovered && new Map(fieldNames(forms).map((name) => [name, recovered.get(name) ?? '']));
}

export function posted(post: PostedForm, forms: Catalogue): { fields: RoundFields; seen: string } {
  return { fields: new Map(fieldNames(forms).map((name) => [name, post.text(name)])), seen: post.text('seen') };
}

/** Said above the form, which keeps what was typed. */
export function errorsOf({ code, detail, errors }: Problem): readonly FieldError[] {
  return errors ?? [{ path: 'id', code, message: detail ?? problems[code].title }];
}

/** What the form does not ask: whether the round is a draft, and whom its forms ask, as long as it has them. */
export function setElsewhere(
  { draft, units = {} }: Round,
  { forms }: RoundDefinition,
): Pick<RoundDefinition, 'draft' | 'units'> {
  const kept = Object.entries(units).filter(([form]) => Object.hasOwn(forms, form));
  return {
    ...(draft === undefined ? {} : { draft }),
    ...(kept.length === 0 ? {} : { units: Object.fromEntries(kept) }),
  };
}
