/** The page of an urgent inquiry as a form: what was typed, and what of it cannot be an inquiry. Pure. */

import { readDocument } from '../../../schemas/document/form-document.ts';
import type { FormDocument } from '../../../schemas/document/form-document.ts';
import type { JsonObject } from '../../../schemas/values/json.ts';
import { unitKind } from '../../../schemas/directory-kinds.ts';
import type { Directory, UnitKind } from '../../../schemas/directory.ts';
import type { FieldError } from '../../../schemas/problem.ts';
import { dayInJapan } from '../../../schemas/round.ts';
import { readDay } from '../shared/posted-day.ts';
import type { PostedForm } from '../shared/posted-form.ts';
import { postedUnits } from '../shared/unit-picker.tsx';
import type { PickedUnits } from '../shared/unit-picker.tsx';
import { inquiryDocument, inquiryKinds, mostInquiryQuestions, neededBy } from '../../domain/inquiry.ts';
import type { Inquiry, InquiryKind, InquiryQuestion } from '../../domain/inquiry.ts';

/** Whom an inquiry may ask in every prefecture. */
const inquiryUnits: readonly (readonly [UnitKind, string])[] = [
  ['municipality', '全ての市町村'],
  ['welfareOffice', '福祉事務所を設置する市町村'],
  ['council', '協議会（事務局の市町村が回答）'],
];

/** And units of the kinds that the directory has. */
export function inquiryUnitsOf(directory: Directory | undefined): (readonly [UnitKind, string])[] {
  return [...inquiryUnits, ...(directory?.kinds ?? []).map(({ id, label }) => [id, label] as const)];
}

export interface InquiryFields extends Inquiry {
  readonly dueAt: string;
  readonly asked: PickedUnits;
}

/** The name of the picker of whom the inquiry asks. */
export const askedField = 'asked';

/** The name of a field of a question. */
export function questionField(index: number, member: 'kind' | 'label' | 'options' | 'unit' | 'required'): string {
  return `questions.${index}.${member}`;
}

export const newQuestion: InquiryQuestion = { kind: 'choice', label: '', options: '', unit: '', isRequired: true };

function kindOf(typed: string): InquiryKind {
  return inquiryKinds.find(([kind]) => kind === typed)?.[0] ?? newQuestion.kind;
}

export function postedInquiry(post: Pick<PostedForm, 'text' | 'all'>): InquiryFields {
  const { text } = post;
  const count = Math.min(Number(text('count')) || 1, mostInquiryQuestions);
  const questions = Array.from({ length: count }, (_, index): InquiryQuestion => {
    const typed = (member: 'kind' | 'label' | 'options' | 'unit' | 'required'): string =>
      text(questionField(index, member));
    return {
      kind: kindOf(typed('kind')),
      label: typed('label'),
      options: typed('options'),
      unit: typed('unit'),
      isRequired: typed('required') !== '',
    };
  });
  const units = unitKind.safeParse(text('units')).data ?? 'municipality';
  return {
    title: text('title'),
    help: text('help'),
    dueAt: text('dueAt'),
    units,
    asked: postedUnits(post, askedField),
    questions,
  };
}

export function withoutQuestion(fields: InquiryFields, index: number): InquiryFields {
  const questions = fields.questions.toSpliced(index, 1);
  return { ...fields, questions: questions.length === 0 ? [newQuestion] : questions };
}

/** An error of the document at the field that it is about, and said of its question as what is missing is. */
function atField({ path, code, message }: FieldError): FieldError {
  const question = /^sections\.0\.questions\.(?<index>\d+)\.?(?<member>[a-z]*)/.exec(path)?.groups;
  if (question === undefined) return { path: path === 'help' ? 'help' : 'title', code, message };
  const member = question['member'] === 'options' || question['member'] === 'unit' ? question['member'] : 'label';
  const index = Number(question['index']);
  return { path: questionField(index, member), code, message: `問${index + 1}：${message}` };
}

function missing(fields: InquiryFields): FieldError[] {
  const asked = fields.questions.flatMap(({ kind, label, options, unit }, index): FieldError[] => {
    const say = (member: 'label' | 'options' | 'unit', message: string): FieldError => ({
      path: questionField(index, member),
      code: 'required',
      message: `問${index + 1}：${message}`,
    });
    const lines = options.split('\n').filter((line) => line.trim() !== '');
    return [
      ...(label === '' ? [say('label', '質問の文を入力してください。')] : []),
      ...(neededBy(kind) === 'options' && lines.length < 2
        ? [say('options', '選択肢を1行に1つずつ、2つ以上入力してください。')]
        : []),
      ...(neededBy(kind) === 'unit' && unit === '' ? [say('unit', '単位（人、件など）を入力してください。')] : []),
    ];
  });
  const title: FieldError = { path: 'title', code: 'required', message: '「照会の名称」を入力してください。' };
  return [...(fields.title === '' ? [title] : []), ...asked];
}

function readDue(typed: string, now: Date): { day: string } | { error: FieldError } {
  const read = readDay(typed, 'dueAt', '回答期限');
  if ('error' in read || read.day >= dayInJapan(now)) return read;
  const message = '「回答期限」が今日より前です。今日以降の日を入力してください。';
  return { error: { path: 'dueAt', code: 'past', message } };
}

/** Each field's first error, in the order of the page. */
function asOnPage(errors: readonly FieldError[]): FieldError[] {
  const above = ['title', 'dueAt', 'help'];
  const first = new Map<string, FieldError>();
  for (const error of errors) if (!first.has(error.path)) first.set(error.path, error);
  const place = ({ path }: FieldError): number => (above.includes(path) ? above.indexOf(path) : above.length);
  const question = ({ path }: FieldError): number => Number(/\d+/.exec(path)?.[0] ?? 0);
  return [...first.values()].toSorted((a, b) => place(a) - place(b) || question(a) - question(b));
}

type ReadInquiry =
  | { readonly ok: true; readonly document: FormDocument; readonly written: JsonObject; readonly dueAt: string }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

/** The questionnaire and the due date, or everything that is wrong, by field. */
export function readInquiry(fields: InquiryFields, name: { id: string; version: number }, now: Date): ReadInquiry {
  const due = readDue(fields.dueAt, now);
  const absent = missing(fields);
  const written = inquiryDocument(fields, name);
  const read = readDocument(written);
  if ('document' in read && 'day' in due && absent.length === 0)
    return { ok: true, document: read.document, written, dueAt: due.day };
  const ofDocument = 'document' in read ? [] : read.errors.map(atField);
  return { ok: false, errors: asOnPage([...absent, ...('error' in due ? [due.error] : []), ...ofDocument]) };
}
