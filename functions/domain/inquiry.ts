/**
 * An urgent inquiry (緊急照会): a title, up to ten questions and a due date are enough for a questionnaire and the round
 * that asks it. Pure; what is wrong is said by `schemas/document/form-document.ts` and `schemas/round.ts`.
 */

import type { JsonObject } from '../../schemas/values/json.ts';
import type { UnitKind } from '../../schemas/directory.ts';
import { dayInJapan } from '../../schemas/round.ts';
import type { Round, RoundDefinition } from '../../schemas/round.ts';
import { fiscalYearOf } from '../../schemas/values/partial-date.ts';

/** What a question of an inquiry may be, as officers call it, and what has to be typed besides its label. */
const kinds = {
  choice: { label: '一つ選択', needs: 'options' },
  choices: { label: '複数選択', needs: 'options' },
  count: { label: '数', needs: 'unit' },
  text: { label: '文章', needs: 'length' },
  date: { label: '日付', needs: 'nothing' },
} as const;

export type InquiryKind = keyof typeof kinds;

export const inquiryKinds: readonly (readonly [InquiryKind, string])[] = [
  ['choice', kinds.choice.label],
  ['choices', kinds.choices.label],
  ['count', kinds.count.label],
  ['text', kinds.text.label],
  ['date', kinds.date.label],
];

export function neededBy(kind: InquiryKind): 'options' | 'unit' | 'length' | 'nothing' {
  return kinds[kind].needs;
}

export const mostInquiryQuestions = 10;

/** Of the answer to a question in words, in characters. */
const textLength = 1000;

export interface InquiryQuestion {
  readonly kind: InquiryKind;
  readonly label: string;
  /** One a line; read where the kind needs them. */
  readonly options: string;
  readonly unit: string;
  readonly isRequired: boolean;
}

export interface Inquiry {
  readonly title: string;
  /** How to answer (記入要領). */
  readonly help: string;
  readonly units: UnitKind;
  readonly questions: readonly InquiryQuestion[];
}

interface InquiryName {
  readonly id: string;
  readonly version: number;
}

/** その他 brings a text beside the question. */
function optionsOf(lines: string): JsonObject[] {
  return lines
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((label, index) => ({ key: label === 'その他' ? 'other' : `o${index + 1}`, label }));
}

function questionOf({ kind, label, isRequired, options, unit }: InquiryQuestion, index: number): JsonObject {
  const asked = { key: `q${index + 1}`, number: `問${index + 1}`, kind, label, required: isRequired };
  const needs = neededBy(kind);
  return {
    ...asked,
    ...(needs === 'options' ? { options: optionsOf(options) } : {}),
    ...(needs === 'unit' ? { unit } : {}),
    ...(needs === 'length' ? { maxLength: textLength } : {}),
  };
}

/** The questionnaire, as a document that is yet to be read: a title that is missing is found there. */
export function inquiryDocument({ title, help, units, questions }: Inquiry, { id, version }: InquiryName): JsonObject {
  const section = { key: 'inquiry', label: title, questions: questions.map(questionOf) };
  return { id, version, title, units, help, sections: [section], rules: [], measures: [] };
}

export interface InquiryTerms {
  readonly dueAt: string;
  /** Codes of the units that are asked; absent, all of the kind are. */
  readonly asked?: readonly string[] | undefined;
}

/** The round that asks it from today on. */
export function inquiryRound(
  title: string,
  { id, version }: InquiryName,
  { dueAt, asked }: InquiryTerms,
  now: Date,
): RoundDefinition {
  const today = dayInJapan(now);
  return {
    name: title,
    fiscalYear: fiscalYearOf(today),
    referenceDate: today,
    period: { from: today, to: today },
    forms: { [id]: version },
    opensAt: today,
    dueAt,
    ...(asked === undefined ? {} : { units: { [id]: [...asked] } }),
  };
}

/** Whether a round is an inquiry: it asks the questionnaire that was made with it, under the same name. */
export function isInquiry({ id, forms }: Pick<Round, 'id' | 'forms'>): boolean {
  return Object.hasOwn(forms, id);
}

/**
 * A name for the inquiry of a day that nothing has yet: `inquiry-20250401`, `inquiry-20250401-2` …
 *
 * @param isTaken whether a form or a round has the name
 */
export function inquiryName(now: Date, isTaken: (id: string) => boolean): string {
  const day = `inquiry-${dayInJapan(now).replaceAll('-', '')}`;
  let id = day;
  for (let number = 2; isTaken(id); number += 1) id = `${day}-${number}`;
  return id;
}
