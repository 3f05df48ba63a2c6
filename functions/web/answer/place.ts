/**
 * What one page edits: the questions of a section, or of an entry that has a page of its own; and under which ETag it
 * is saved. Pure.
 */

import type { Answers, Json, JsonObject } from '../../../schemas/values/json.ts';
import { isObject } from '../../../schemas/values/json.ts';
import type { Form, Item } from '../../../schemas/form.ts';
import { namedEntries } from '../../domain/answers.ts';
import { partAnswers } from '../../domain/draft-parts.ts';
import type { Part } from '../../domain/draft-parts.ts';
import { answerAt, stepsAlong, withAnswerAt } from '../../domain/question-path.ts';

export interface EditedPlace {
  readonly section: Item;
  readonly part: Part;
  /** Where the questions stand: the section's key, or the entry's path; empty where the question is the section. */
  readonly base: string;
  /** What the page shows: the section's key, or the entry's path. */
  readonly path: string;
  /** Names from the part to the questions; empty when the part is what is edited. */
  readonly inside: readonly string[];
  readonly items: readonly Item[];
  readonly list?: Item | undefined;
}

function listOf(items: readonly Item[], names: readonly string[]): Item | undefined {
  const steps = stepsAlong(items, names);
  const last = steps.length === names.length ? steps.at(-1) : undefined;
  return last?.index !== undefined && last.item.kind.nesting === 'entries' ? last.item : undefined;
}

/** A section that is a list, as the one question of its page. */
export function listPlace(section: Item): EditedPlace {
  const part: Part = { kind: 'section', section: section.key };
  return { section, part, base: '', path: section.key, inside: [], items: [section] };
}

/**
 * The place that a page's address names; `undefined` when the form has none such. A section that is a list is a place
 * when it is a table; of another one only its entries are.
 *
 * @param at names of an entry inside, such as `sessions.s1`
 */
export function placeOf(
  form: Form,
  sectionKey: string,
  entry: string | undefined,
  at: string | undefined,
): EditedPlace | undefined {
  const section = form.sections.find(({ key }) => key === sectionKey);
  if (section?.kind.layout === 'table' && entry === undefined) return listPlace(section);
  if (section === undefined || (section.kind.nesting === 'entries') !== (entry !== undefined)) return undefined;
  const part: Part =
    entry === undefined ? { kind: 'section', section: sectionKey } : { kind: 'entry', section: sectionKey, entry };
  const partBase = entry === undefined ? sectionKey : `${sectionKey}.${entry}`;
  if (at === undefined || at === '')
    return {
      section,
      part,
      base: partBase,
      path: partBase,
      inside: [],
      items: section.children,
      list: entry === undefined ? undefined : section,
    };
  const inside = at.split('.');
  const list = listOf(section.children, inside);
  const path = `${partBase}.${at}`;
  return list && { section, part, base: path, path, inside, items: list.children, list };
}

type Where = Pick<EditedPlace, 'section' | 'part' | 'inside' | 'base'>;

export function answersAt(answers: Answers, { section, part, inside, base }: Where): JsonObject | undefined {
  if (base === '') {
    const answer = partAnswers(answers, part);
    return answer === undefined ? undefined : { [section.key]: answer };
  }
  const value = answerAt(section.children, inside, partAnswers(answers, part));
  return isObject(value) ? value : undefined;
}

/** The answers of the part with those at the place replaced; `undefined` where none are left of a list. */
export function withAnswersAt(
  answers: Answers,
  { section, part, inside, base }: Where,
  value: JsonObject,
): Json | undefined {
  if (base === '') return value[section.key];
  const id = inside.at(-1);
  if (id === undefined) return value;
  const before = partAnswers(answers, part);
  return withAnswerAt(section.children, inside, isObject(before) ? before : {}, () => ({ ...value, id }));
}

/** Of a section that is a list: how many entries it has, and which one comes after that of the page. */
export function entriesFrom(
  answers: Answers,
  { section, part }: Pick<EditedPlace, 'section' | 'part'>,
): { readonly count: number; readonly following: string | undefined } {
  const names = namedEntries(answers[section.key]).map(({ name }) => name);
  const at = part.kind === 'entry' ? names.indexOf(part.entry) : -1;
  return { count: names.length, following: at === -1 ? undefined : names[at + 1] };
}
