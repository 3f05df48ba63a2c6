/**
 * The vocabulary questionnaires are written in. A question is a plain immutable object; every refinement
 * returns a new one, so that a form file reads like the paper form:
 *
 *     form: choice('運営方法', { direct: '直営', contracted: '委託' }).when({ 'office.status': 'open' }).required(),
 *
 * Nothing here knows Zod: `compile.ts` derives the schemas, `form.ts` resolves paths and conditions.
 */

import type { Definition, DefinitionOf } from './kinds.ts';
import type { Limits } from './limits.ts';
import type { TextFormat } from './text.ts';
import type { FiscalYears } from '../values/fiscal-years.ts';
import type { Frequency } from '../values/frequency.ts';
import type { Range } from '../values/range.ts';

/** Who may see an answer: public unit by unit, public as totals only (Σ), or the prefecture only (🔒). */
export type Visibility = 'open' | 'tally' | 'internal';

/** As the prefecture writes it in a questionnaire. */
export const visibilities = { open: '公表', tally: '集計のみ', internal: '非公表' } as const;

/** Option codes and their labels, in the order of the questionnaire. */
export type Options<O extends string = string> = Readonly<Record<O, string>>;

/**
 * When a question is asked: every named question must hold the value, or one of the values. A name is a sibling's
 * key or a question id from the root of the form; `form.ts` refuses names and options that do not exist.
 */
export type Condition = Readonly<Record<string, string | readonly string[]>>;

/** A condition in the language of `rules/`: `times > 50 and held != "no"`. */
export type Expression = string;

export interface Common {
  /** What the questionnaire calls it by: 問2, 問2の1. Stands before the label wherever people read it. */
  readonly number?: string;
  readonly label: string;
  /** Must be answered to submit (◎). */
  readonly required: boolean;
  /** `null` (does not apply, 該当なし) is an answer. */
  readonly nullable: boolean;
  readonly visibility: Visibility;
  readonly when?: Condition | Expression;
  readonly help?: string;
  readonly example?: string;
  /** Counted over the round's period instead of as of a date. */
  readonly overPeriod?: boolean;
  /** Stands in the list by unit of the report, under its label or a shorter heading. Open questions only. */
  readonly listed?: true | string;
  /** Required, and yet it may be left blank with a reason (不明), which is asked for under `<path>.blank`. */
  readonly reasonIfBlank?: true;
  /** The id that this question had in earlier versions, before it moved. */
  readonly was?: string;
  /** Of a cell: the label of its row, said first where it stands alone. */
  readonly within?: string;
}

/** A question as people call it: its number, where it has one, and its label. */
export function numberedLabel({
  number,
  label,
}: {
  readonly number?: string | undefined;
  readonly label: string;
}): string {
  return number === undefined ? label : `${number}　${label}`;
}

/** The same where the questions around it are not named: of a cell, with its row. */
export function labelAlone({
  within,
  ...own
}: {
  readonly within?: string | undefined;
  readonly number?: string | undefined;
  readonly label: string;
}): string {
  return within === undefined ? numberedLabel(own) : `${within}：${numberedLabel(own)}`;
}

export type Fields = Readonly<Record<string, Question<unknown, string>>>;

/**
 * A question whose answer is an `A` and whose option codes are `O`. The two optional members exist in the type only:
 * they carry the inferred types.
 */
export interface Question<A, O extends string = never> {
  readonly definition: Definition;
  readonly answerType?: A;
  readonly optionType?: O;
  /** 問2, 問2の1. */
  numbered(number: string): Question<A, O>;
  when(condition: Condition | Expression): Question<A, O>;
  required(): Question<A, O>;
  /** Must be answered, or left blank with a reason. */
  reasonIfBlank(): Question<A, O>;
  /** Had another id in earlier versions. */
  was(id: string): Question<A, O>;
  /** Accepts `null`, 該当なし. */
  nullable(): Question<A | null, O>;
  /** Public as totals only (Σ). */
  tally(): Question<A, O>;
  /** The prefecture's files only (🔒). */
  internal(): Question<A, O>;
  /** Public unit by unit; free text is internal until it says so. */
  open(): Question<A, O>;
  /** Definition, as-of date or way of counting, shown beside the question. */
  help(text: string): Question<A, O>;
  /** An example answer (記入例). */
  example(text: string): Question<A, O>;
  /** Counted over the round's period. */
  overPeriod(): Question<A, O>;
  /** Stands in the list by unit of the report, or among the columns of its list; open questions only. */
  listed(heading?: string): Question<A, O>;
}

/** The part of a question that only the questions made of other questions have. */
export interface Container<A, O extends string = never> extends Question<A, O> {
  numbered(number: string): Container<A, O>;
  when(condition: Condition | Expression): Container<A, O>;
  required(): Container<A, O>;
  help(text: string): Container<A, O>;
}

export interface List<E> extends Container<Entry<E>[]> {
  numbered(number: string): List<E>;
  when(condition: Condition | Expression): List<E>;
  required(): List<E>;
  help(text: string): List<E>;
  /** Entries that are left out of public files. */
  withhold(condition: Condition | Expression): List<E>;
}

/** An entry of a repeating group. Its id stays when names and order change. */
type Entry<E> = E & { id: string };

type OtherKeys<F> = {
  [K in keyof F & string]: F[K] extends Question<unknown, infer O> ? ('other' extends O ? `${K}Other` : never) : never;
}[keyof F & string];

/** The answers to a set of questions as a draft may hold them: every one may be missing. */
export type AnswersTo<F> = {
  [K in keyof F & string]?: F[K] extends Question<infer A, string> ? A : never;
} & { [K in OtherKeys<F>]?: string };

/** The question of a definition; form files use the words below, `extend.ts` rebuilds changed questions with it. */
export function question<A, O extends string = never>(definition: Definition): Question<A, O> {
  const refined = (change: Partial<Common>): Question<A, O> => question<A, O>({ ...definition, ...change });
  return {
    definition,
    numbered: (number) => refined({ number }),
    when: (when) => refined({ when }),
    required: () => refined({ required: true }),
    reasonIfBlank: () => refined({ required: true, reasonIfBlank: true }),
    was: (was) => refined({ was }),
    nullable: () => question<A | null, O>({ ...definition, nullable: true }),
    tally: () => refined({ visibility: 'tally' }),
    internal: () => refined({ visibility: 'internal' }),
    open: () => refined({ visibility: 'open' }),
    help: (help) => refined({ help }),
    example: (example) => refined({ example }),
    overPeriod: () => refined({ overPeriod: true }),
    listed: (heading) => refined({ listed: heading ?? true }),
  };
}

function common(label: string, visibility: Visibility = 'open'): Common {
  return { label, required: false, nullable: false, visibility };
}

/** Exactly one option. */
export function choice<const O extends string>(label: string, options: Options<O>): Question<O, O> {
  return question<O, O>({ ...common(label), kind: 'choice', options });
}

/** Any number of options, or at most so many; `[]` says that none applies. */
export function choices<const O extends string>(
  label: string,
  options: Options<O>,
  limit: Pick<DefinitionOf<'choices'>, 'atMost'> = {},
): Question<O[], O> {
  return question<O[], O>({ ...common(label), kind: 'choices', options, ...limit });
}

/** Any number of the prefecture's municipalities, as six-digit codes. */
export function municipalities(label: string): Question<string[]> {
  return question<string[]>({ ...common(label), kind: 'municipalities' });
}

/** A whole number ≥ 0 in a unit (事業所, 人, 回 …); one outside the limits asks for a reason. */
export function count(label: string, unit: string, limits: Limits = {}): Question<number> {
  return question<number>({ ...common(label), kind: 'count', unit, ...limits });
}

/** Free text of at most `maxLength` characters (code points), line breaks kept. Internal unless opened. */
export function text(label: string, maxLength: number, format?: TextFormat): Question<string> {
  return question<string>({
    ...common(label, 'internal'),
    kind: 'text',
    maxLength,
    ...(format === undefined ? {} : { format }),
  });
}

/** A list of plain texts, without ids. Internal unless opened. */
export function texts(label: string, size: { entries: number; length: number }): Question<string[]> {
  return question<string[]>({
    ...common(label, 'internal'),
    kind: 'texts',
    maxEntries: size.entries,
    maxLength: size.length,
  });
}

/** A year, a month or a day. */
export function partialDate(label: string): Question<string> {
  return question<string>({ ...common(label), kind: 'date' });
}

/** From–to in a unit. */
export function range(label: string, unit: string): Question<Range> {
  return question<Range>({ ...common(label), kind: 'range', unit });
}

/** How often: times per week, month or year, or as needed. */
export function frequency(label: string): Question<Frequency> {
  return question<Frequency>({ ...common(label), kind: 'frequency' });
}

/** From one fiscal year to another. */
export function fiscalYearSpan(label: string): Question<FiscalYears> {
  return question<FiscalYears>({ ...common(label), kind: 'fiscalYears' });
}

/** The id of another entry of the same list. */
export function reference(label: string): Question<string> {
  return question<string>({ ...common(label), kind: 'reference' });
}

function container<A>(definition: DefinitionOf<'group' | 'matrix' | 'counts'>): Container<A> {
  return {
    ...question<A>(definition),
    numbered: (number) => container<A>({ ...definition, number }),
    when: (when) => container<A>({ ...definition, when }),
    required: () => container<A>({ ...definition, required: true }),
    help: (help) => container<A>({ ...definition, help }),
  };
}

/** Questions that belong together. */
export function group<const F extends Fields>(label: string, fields: F): Container<AnswersTo<F>> {
  return container<AnswersTo<F>>({ ...common(label), kind: 'group', fields });
}

/** A section of a form: the unit of a page and of saving. */
export function section<const F extends Fields>(label: string, fields: F): Container<AnswersTo<F>> {
  return group(label, fields);
}

function entries<F extends Fields>(definition: DefinitionOf<'list'>): List<AnswersTo<F>> {
  return {
    ...question<Entry<AnswersTo<F>>[]>(definition),
    numbered: (number) => entries<F>({ ...definition, number }),
    when: (when) => entries<F>({ ...definition, when }),
    required: () => entries<F>({ ...definition, required: true }),
    help: (help) => entries<F>({ ...definition, help }),
    withhold: (withheld) => entries<F>({ ...definition, withheld }),
  };
}

/** A repeating group of at most `maxEntries` entries, each with a stable id; as a table, a row of short answers each. */
export function list<const F extends Fields>(
  label: string,
  maxEntries: number,
  fields: F,
  shown: Pick<DefinitionOf<'list'>, 'layout'> = {},
): List<AnswersTo<F>> {
  return entries<F>({ ...common(label), kind: 'list', maxEntries, fields, ...shown });
}

/**
 * A table with one row per topic and at most one option in each; a row may stay empty, so that the tally's base is the
 * returns that were asked. `total` names the sum of all options of a row, tallied beside them as `any`; `empty` says what an
 * empty row means.
 */
export function matrix<const R extends string, const O extends string>(
  label: string,
  rows: Options<R>,
  options: Options<O>,
  total: string,
  empty?: string,
): Container<Partial<Record<R, O>>> {
  return container<Partial<Record<R, O>>>({
    ...common(label),
    kind: 'matrix',
    rows,
    options,
    totalLabel: total,
    ...(empty === undefined ? {} : { emptyLabel: empty }),
  });
}

/** One count per category, all in the same unit; their total is computed, never typed. */
export function counts<const C extends string>(
  label: string,
  categories: Options<C>,
  unit: string,
): Container<Partial<Record<C, number>>> {
  return container<Partial<Record<C, number>>>({
    ...common(label),
    kind: 'counts',
    rows: categories,
    unit,
  });
}

/** One count per row and column, all in the same unit; totals both ways are computed. No key is both, none is `total`. */
export function countsTable<const R extends string, const C extends string>(
  label: string,
  rows: Options<R>,
  columns: Options<C>,
  unit: string,
): Container<Partial<Record<R, Partial<Record<C, number>>>>> {
  return container<Partial<Record<R, Partial<Record<C, number>>>>>({
    ...common(label),
    kind: 'counts',
    rows,
    columns,
    unit,
  });
}
