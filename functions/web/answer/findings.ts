/** The examination of a draft by question, for its pages and its task list. Pure. */

import type { Answers, JsonObject } from '../../../schemas/values/json.ts';
import { isObject } from '../../../schemas/values/json.ts';
import { isGroup, isTable } from '../../../schemas/kinds/kind.ts';
import type { Form, Item } from '../../../schemas/form.ts';
import type { FieldError } from '../../../schemas/problem.ts';
import { sameAnswers } from '../../../schemas/values/same-answers.ts';
import { numberedLabel } from '../../../schemas/kinds/question.ts';
import { namedEntries } from '../../domain/answers.ts';
import { isAsked, mayBeAsked } from '../../domain/asked.ts';
import type { Scopes } from '../../domain/asked.ts';
import type { Examination } from '../../domain/examination.ts';
import type { Standing } from '../../domain/life.ts';
import { placeLabel } from '../../domain/place-label.ts';
import type { FormInRound } from '../../domain/place-label.ts';
import { valuesOf } from '../../domain/posted/posted.ts';
import type { Posted } from '../../domain/posted/posted.ts';
import { pathBelow, questionAt, stepsAlong } from '../../domain/question-path.ts';

/**
 * A message with the label of its question, unless it says it already. Of a cell with its table and row: many cells are
 * called alike, and only the table has a number.
 */
export function withQuestionLabel({ form }: FormInRound, path: string, message: string): string {
  const { item, path: question } = questionAt(form, path);
  if (item === undefined) return message;
  const steps = stepsAlong(form.sections, question.split('.'));
  const around = Math.max(
    0,
    steps.findLastIndex(({ index }) => index !== undefined),
  );
  const definitions = steps.slice(around + 1, -1).map((step) => step.item.definition);
  const label = numberedLabel(item.definition);
  const whole = [...definitions.map(numberedLabel), label].join('：');
  if (message.includes(`「${whole}」`)) return message;
  if (message.includes(`「${label}」`)) {
    const table =
      item.definition.number === undefined ? definitions.find(({ number }) => number !== undefined) : undefined;
    return table?.number === undefined ? message : `${table.number}：${message}`;
  }
  return `${whole}：${message}`;
}

/**
 * Which rows of the page a question stands in: 活動内容 3件目. Empty where it stands in none.
 *
 * @param shown what the fields of the page show, rows that nobody has saved yet among them
 * @param base what the page shows, whose own entry needs no saying
 */
export function rowsAround({ form }: FormInRound, shown: Posted, base: string, path: string): string {
  const steps = stepsAlong(form.sections, path.split('.'));
  const names = steps.map(({ name }) => name);
  return steps
    .flatMap(({ item, index, name }, at) => {
      const list = names.slice(0, at).join('.');
      if (index === undefined || item.kind.nesting !== 'entries' || !isInside(list, base)) return [];
      return [`${numberedLabel(item.definition)} ${valuesOf(shown, list).indexOf(name) + 1}件目`];
    })
    .join(' ');
}

/** Errors that an unfinished draft may have without anybody having made a mistake. */
export function isMissing({ code }: FieldError): boolean {
  return code === 'required';
}

/** What is said before submission and left out then, and why. */
export const leftOut: Readonly<Record<string, string>> = {
  'not-asked': '次の回答は、他の回答により回答不要となったため、提出するときに取り除かれます。',
  'empty-entry': '次の記入欄には何も記入されていないため、提出するときに取り除かれます。',
};

export function isLeftOut({ code }: FieldError): boolean {
  return Object.hasOwn(leftOut, code);
}

export function byQuestion(form: Pick<Form, 'sections'>, errors: readonly FieldError[]): Map<string, string[]> {
  const messages = new Map<string, string[]>();
  for (const { path, message } of errors) {
    const question = questionAt(form, path).path;
    messages.set(question, [...(messages.get(question) ?? []), message]);
  }
  return messages;
}

export function isInside(path: string, base: string): boolean {
  return path === base || path.startsWith(`${base}.`);
}

export const sectionStates = {
  notAsked: '回答不要',
  empty: '未入力',
  optional: '未入力（任意）',
  partial: '入力中',
  complete: '入力済',
  wrong: '要修正',
} as const;

type SectionState = keyof typeof sectionStates;

export interface SectionProgress {
  readonly section: Item;
  readonly state: SectionState;
}

function anyAsked(items: readonly Item[], answers: Answers): boolean {
  return items.some(
    (item) => mayBeAsked(item, [answers]) && (item.kind.nesting !== 'fields' || anyAsked(item.children, answers)),
  );
}

/** Whether the prefecture asked about something in the section that is still as it was submitted. */
function isStillSentBack(section: Item, answers: Answers, standing: Standing, submitted: Answers | undefined): boolean {
  if (standing.state !== 'returned' || submitted === undefined) return false;
  const concerned = standing.sentBack?.questions.some(({ path }) => isInside(path, section.key)) === true;
  return concerned && sameAnswers(answers[section.key], submitted[section.key]);
}

function hasRequired(item: Item, answers: Answers): boolean {
  if (!mayBeAsked(item, [answers])) return false;
  const { definition, kind, children } = item;
  return definition.required || (kind.nesting === 'fields' && children.some((child) => hasRequired(child, answers)));
}

function stateOf(section: Item, answers: Answers, { errors }: Pick<Examination, 'errors'>): SectionState {
  const isList = section.kind.nesting === 'entries';
  if (!mayBeAsked(section, [answers]) || (!isList && !anyAsked(section.children, answers))) return 'notAsked';
  const inside = errors.filter((error) => isInside(error.path, section.key) && !isLeftOut(error));
  if (inside.some((error) => !isMissing(error))) return 'wrong';
  const answer = answers[section.key];
  const isEmpty =
    answer === undefined ||
    (Array.isArray(answer) && answer.length === 0) ||
    (isObject(answer) && Object.keys(answer).length === 0);
  if (isEmpty) return hasRequired(section, answers) ? 'empty' : 'optional';
  return inside.length > 0 ? 'partial' : 'complete';
}

export function progressOf(
  form: Pick<Form, 'sections'>,
  answers: Answers,
  examination: Pick<Examination, 'errors'>,
  standing: Standing,
  submitted: Answers | undefined,
): SectionProgress[] {
  return form.sections.map((section) => {
    const state = isStillSentBack(section, answers, standing, submitted)
      ? 'wrong'
      : stateOf(section, answers, examination);
    return { section, state };
  });
}

interface RequiredQuestion {
  readonly path: string;
  /** What is wrong in an entry is none of the list's own. */
  readonly isList: boolean;
}

/** The required questions that are asked, a table as one; those of an entry as often as there are entries. */
function requiredQuestions(items: readonly Item[], value: JsonObject, scopes: Scopes, base = ''): RequiredQuestion[] {
  return items.flatMap((item): RequiredQuestion[] => {
    if (!isAsked(item, scopes)) return [];
    const path = pathBelow(base, item.key);
    const answer = value[item.key];
    if (isGroup(item.kind)) return requiredQuestions(item.children, isObject(answer) ? answer : {}, scopes, path);
    const isList = item.kind.nesting === 'entries';
    const inside = (isList ? namedEntries(answer) : []).flatMap(({ name, entry }) =>
      requiredQuestions(item.children, entry, [...scopes, entry], `${path}.${name}`),
    );
    return item.definition.required ? [{ path, isList }, ...inside] : inside;
  });
}

/** How many required questions are asked so far, and with how many of them nothing is wrong. */
export function countProgress(
  form: Pick<Form, 'sections'>,
  answers: Answers,
  examination: Pick<Examination, 'errors'>,
): { readonly total: number; readonly done: number } {
  const required = requiredQuestions(form.sections, answers, [answers]);
  const errors = examination.errors.filter((error) => !isLeftOut(error));
  const done = required.filter(
    ({ path, isList }) => !errors.some((error) => (isList ? error.path === path : isInside(error.path, path))),
  );
  return { total: required.length, done: done.length };
}

/** An error as the summary says it: with the entry it is in, which its message does not name. */
export function withPlaceLabel(
  asked: FormInRound,
  answers: Answers,
  { path, message, code, check = '' }: FieldError,
): string {
  const isNamed = code === 'required' || (code === 'reason-required' && !check.endsWith('.limits')) || path === '';
  const [, ...steps] = stepsAlong(asked.form.sections, path.split('.'), answers);
  const isAlone = steps.every(
    ({ index }, at) => index === undefined && (at === steps.length - 1 || isTable(steps[at]?.item.kind ?? {})),
  );
  return isNamed && isAlone ? message : `${placeLabel(asked, answers, questionAt(asked.form, path).path)}：${message}`;
}
