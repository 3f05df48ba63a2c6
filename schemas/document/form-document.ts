/**
 * A questionnaire as data: the document that a prefecture writes, as JSON or as a workbook. `schemas/form.ts` resolves
 * it; what it may hold is said here, member by member, and in `faults.ts` where it takes more than one member
 * to tell. What its expressions mean is judged by `schemas/rules/`.
 */

import * as z from 'zod';
import { unitKind } from '../directory-kinds.ts';
import { documentFaults } from './faults.ts';
import { normalDocument } from './normal.ts';
import { errorsOf } from '../issues.ts';
import { once } from '../once.ts';
import type { Json } from '../values/json.ts';
import { isObject } from '../values/json.ts';
import type { FieldError } from '../problem.ts';
import { invisibleNameText, isStorable, unstorableText, withinText } from '../values/text.ts';

/** The vocabulary that a document is written in; a release reads its own and every earlier one. */
const documentFormat = 1;

/** No more errors are listed at once. */
const mostErrors = 200;

const longestExpression = 2000;

function words(maxLength: number): z.ZodString {
  return z
    .string()
    .max(maxLength, { error: withinText(maxLength) })
    .refine(isStorable, { error: unstorableText, params: { code: 'unstorable-text' } });
}

/** One line, in which every character shows. */
function line(maxLength: number): z.ZodString {
  return words(maxLength).check(({ value, issues }) => {
    const message = invisibleNameText(value);
    if (message !== undefined)
      issues.push({ code: 'custom', path: [], message, input: value, params: { code: 'invisible-character' } });
  });
}

/** What questions are made of, and those that hold no others. */
function questionSchemas() {
  /** Keys, ids and names of options: what is wrong with them is said by `faults.ts`. */
  const name = z.string();
  const expression = z.string().max(longestExpression, {
    error: `式は${longestExpression}文字以内にしてください。`,
  });
  const flag = z.literal(true).optional();
  const visibility = z.enum(['open', 'tally', 'internal']).optional();
  const size = (most: number): z.ZodInt => z.int().min(1).max(most);

  const option = z.strictObject({ key: name, label: line(200) });
  const options = z.array(option).max(200);

  const unknownKind = { error: 'この種類の設問はありません。' };

  /** What may be said of whatever has a label. */
  const labelled = {
    key: name,
    label: line(300),
    number: line(20).optional(),
    help: words(4000).optional(),
    when: expression.optional(),
    visibility,
    overPeriod: flag,
    was: name.optional(),
  };

  /** And of whatever holds an answer of its own. */
  const asked = {
    ...labelled,
    required: flag,
    reasonIfBlank: flag,
    nullable: flag,
    example: words(1000).optional(),
    listed: z.union([z.literal(true), line(100)]).optional(),
  };

  const unit = line(20);
  const limits = { min: z.number().optional(), max: z.number().optional() };
  const places = z.int().min(0).max(4);

  const single = [
    z.strictObject({ ...asked, kind: z.literal('choice'), options }),
    z.strictObject({ ...asked, kind: z.literal('choices'), options, atMost: size(200).optional() }),
    z.strictObject({ ...asked, kind: z.literal('ranking'), options, places: size(20) }),
    z.strictObject({ ...asked, kind: z.literal('municipalities') }),
    z.strictObject({ ...asked, kind: z.literal('count'), unit, ...limits }),
    z.strictObject({ ...asked, kind: z.literal('decimal'), unit, places: places.min(1), ...limits }),
    z.strictObject({
      ...asked,
      kind: z.literal('text'),
      maxLength: size(10_000),
      format: z.enum(['email', 'phone']).optional(),
    }),
    z.strictObject({ ...asked, kind: z.literal('texts'), maxEntries: size(200), maxLength: size(10_000) }),
    z.strictObject({ ...asked, kind: z.literal('date') }),
    z.strictObject({ ...asked, kind: z.literal('range'), unit }),
    z.strictObject({ ...asked, kind: z.literal('frequency') }),
    z.strictObject({ ...asked, kind: z.literal('fiscalYears') }),
    z.strictObject({ ...asked, kind: z.literal('reference') }),
    z.strictObject({ ...asked, kind: z.literal('file'), maxFiles: size(20) }),
    z.strictObject({
      ...labelled,
      kind: z.literal('computed'),
      formula: expression,
      unit,
      places,
      listed: asked.listed,
    }),
    z.strictObject({
      ...labelled,
      kind: z.literal('matrix'),
      rows: options,
      options,
      totalLabel: line(100).optional(),
      emptyLabel: line(100).optional(),
    }),
    z.strictObject({
      ...labelled,
      kind: z.literal('counts'),
      rows: options,
      columns: options.optional(),
      unit,
      required: flag,
      reasonIfBlank: flag,
    }),
  ] as const;

  const listed = {
    ...labelled,
    kind: z.literal('list'),
    maxEntries: size(1000),
    layout: z.literal('table').optional(),
    required: flag,
    reasonIfBlank: flag,
    /** Entries that are left out of public files. */
    withheld: expression.optional(),
  };
  return { name, expression, flag, visibility, size, options, unit, unknownKind, labelled, single, listed };
}
type QuestionSchemas = ReturnType<typeof questionSchemas>;

type Labelled = z.infer<z.ZodObject<QuestionSchemas['labelled'], z.core.$strict>>;
type SingleQuestion = z.infer<QuestionSchemas['single'][number]>;

interface DocumentGroup extends Labelled {
  readonly kind: 'group';
  readonly questions: readonly DocumentQuestion[];
}

type Listed = z.infer<z.ZodObject<QuestionSchemas['listed'], z.core.$strict>>;

interface DocumentList extends Listed {
  readonly questions: readonly DocumentQuestion[];
}

export type DocumentQuestion = SingleQuestion | DocumentGroup | DocumentList;

/** A section is a group that is a page of its own, or a list that is. */
export type DocumentSection =
  | (Labelled & { readonly kind?: undefined; readonly questions: readonly DocumentQuestion[] })
  | DocumentList;

function documentSchema() {
  const { name, expression, flag, visibility, size, options, unit, unknownKind, labelled, single, listed } =
    questionSchemas();

  const question: z.ZodType<DocumentQuestion> = z.lazy(() =>
    z.discriminatedUnion(
      'kind',
      [...single, z.strictObject({ ...labelled, kind: z.literal('group'), questions }), list],
      unknownKind,
    ),
  );
  const questions = z.array(question).max(500);
  const list = z.strictObject({ ...listed, questions });
  const section = z.discriminatedUnion(
    'kind',
    [z.strictObject({ ...labelled, kind: z.undefined().optional(), questions }), list],
    unknownKind,
  );

  const rule = z.strictObject({
    name,
    /** Where it strikes; absent, the whole return. */
    at: name.optional(),
    severity: z.enum(['refuse', 'askReason', 'note']),
    if: expression,
    message: words(1000),
    readyMade: z.array(line(200)).max(20).optional(),
  });

  const measured = { id: name, label: line(300), of: expression, visibility };
  const measure = z.discriminatedUnion('kind', [
    z.strictObject({
      ...measured,
      kind: z.literal('total'),
      measure: z.enum(['sum', 'count']),
      unit: unit.optional(),
      per: z
        .array(z.enum(['municipality', 'council']))
        .max(2)
        .optional(),
      /** Stands in the list by unit under this heading. */
      listed: line(100).optional(),
    }),
    z.strictObject({ ...measured, kind: z.literal('class'), options }),
  ]);

  const part = { style: z.enum(['kana', 'circle', 'plain']).optional(), title: line(200).optional() };
  const limit = size(1000).optional();
  const short = z.record(z.string(), line(100)).optional();

  const reportPart = z.discriminatedUnion('kind', [
    z.strictObject({
      ...part,
      kind: z.literal('headline'),
      question: name,
      option: name,
      ending: line(100),
      by: name,
    }),
    z.strictObject({ ...part, kind: z.literal('units'), measure: name, by: name, starred: name }),
    z.strictObject({ ...part, kind: z.literal('inTitle'), question: name }),
    z.strictObject({ ...part, kind: z.literal('total'), measure: name, label: line(100), unit }),
    z.strictObject({ ...part, kind: z.literal('ranking'), question: name, limit }),
    z.strictObject({ ...part, kind: z.literal('inline'), question: name }),
    z.strictObject({ ...part, kind: z.literal('options'), question: name }),
    z.strictObject({ ...part, kind: z.literal('matrix'), question: name, limit }),
    z.strictObject({ ...part, kind: z.literal('sums'), questions: z.array(name).max(50) }),
    z.strictObject({
      ...part,
      kind: z.literal('standing'),
      question: name,
      first: z.strictObject({
        option: name,
        list: z.strictObject({ question: name, unit }).optional(),
        breakdowns: z
          .array(z.strictObject({ question: name, short }))
          .max(10)
          .optional(),
        arrow: z.strictObject({ label: line(100), question: name, numbers: flag }),
      }),
    }),
    z.strictObject({ ...part, kind: z.literal('title') }),
  ]);

  const report = z.strictObject({
    title: line(200).optional(),
    purpose: words(2000).optional(),
    headings: z
      .array(
        z.strictObject({
          title: line(200),
          suffix: line(100).optional(),
          sections: z.array(name).max(100),
          parts: z.array(reportPart).max(200).optional(),
          tablesOnly: z.array(name).max(200).optional(),
        }),
      )
      .max(100)
      .optional(),
  });

  return z.strictObject({
    format: z.int().positive().optional(),
    id: name,
    version: z.int().min(1).max(9999),
    title: line(200),
    /** `municipality`, `council`, `welfareOffice`, or a kind of the directory: whether it has it is seen where it is adopted. */
    units: unitKind,
    help: words(10_000).optional(),
    sections: z.array(section).max(100),
    rules: z.array(rule).max(500),
    measures: z.array(measure).max(100),
    report: report.optional(),
  });
}

/** Made with the first document that is read: most functions that start are asked for none. */
const formDocument = once(documentSchema);

/** A document in normal form. */
export type FormDocument = z.infer<ReturnType<typeof documentSchema>>;
export type DocumentReport = NonNullable<FormDocument['report']>;

type Read = { readonly document: FormDocument } | { readonly errors: readonly FieldError[] };

/** Whether a document is written in a vocabulary that this release does not know. */
export function isNewerDocument(value: unknown): boolean {
  return isObject(value) && typeof value['format'] === 'number' && value['format'] > documentFormat;
}

/** A document as it was stored, perhaps by an earlier release, which refused less; none of a newer vocabulary. */
export function keptDocument(value: Json): FormDocument | undefined {
  // Read once in a process: to compile a reader first, as Zod does for what is read often, takes twice as long.
  return isNewerDocument(value) ? undefined : formDocument().safeParse(value, { jitless: true }).data;
}

/**
 * A document in normal form, or everything that is wrong with it but for its expressions. Paths are those of the JSON
 * (`sections.0.questions.3.options.1.label`).
 */
export function readDocument(value: Json): Read {
  if (isNewerDocument(value))
    return {
      errors: [
        {
          path: 'format',
          code: 'newer-format',
          message: '新しい版のシステムで作られた調査票のため、読み取れません。システムの版を確認してください。',
        },
      ],
    };
  const normal = normalDocument(value);
  const parsed = formDocument().safeParse(normal);
  const faults = documentFaults(normal);
  const told = new Set(faults.map(({ path }) => path));
  const wrong = parsed.success ? [] : errorsOf(parsed.error, normal, mostErrors).filter(({ path }) => !told.has(path));
  const errors = [...faults, ...wrong].slice(0, mostErrors);
  return parsed.success && errors.length === 0 ? { document: parsed.data } : { errors };
}
