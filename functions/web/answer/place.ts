/**
 * What one page edits: the questions of a section, or of an entry that has a page of its own; and under which ETag it
 * is saved. Pure.
 */

import { isObject } from '../../../schemas/json.ts';
import type { JsonObject } from '../../../schemas/json.ts';
import type { Form, Item } from '../../../schemas/form.ts';
import type { Answers, Json } from '../../../schemas/return.ts';
import { entryNames, namedEntries } from '../../domain/answers.ts';
import type { Part } from '../../domain/draft-parts.ts';

export interface EditedPlace {
  readonly section: Item;
  readonly part: Part;
  /** Where the questions stand: the section's key, or the entry's path. */
  readonly base: string;
  /** Names from the part to the questions; empty when the part is what is edited. */
  readonly inside: readonly string[];
  readonly items: readonly Item[];
  /** The list whose entry it is. */
  readonly list?: Item | undefined;
}

/** The list of an entry inside, found by names of groups, lists and entries. */
function entryInside(items: readonly Item[], names: readonly string[]): Item | undefined {
  const [key, ...rest] = names;
  const item = items.find((each) => each.key === key);
  if (item?.kind.nesting === 'fields') return entryInside(item.children, rest);
  if (item?.kind.nesting !== 'entries') return undefined;
  return rest.length === 1 ? item : entryInside(item.children, rest.slice(1));
}

/**
 * The place that a page's address names; `undefined` when the form has none such. A section that is a list is no place
 * but for its entries.
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
  if (section === undefined || (section.kind.nesting === 'entries') !== (entry !== undefined)) return undefined;
  const part: Part =
    entry === undefined ? { kind: 'section', section: sectionKey } : { kind: 'entry', section: sectionKey, entry };
  const partBase = entry === undefined ? sectionKey : `${sectionKey}.${entry}`;
  if (at === undefined || at === '')
    return {
      section,
      part,
      base: partBase,
      inside: [],
      items: section.children,
      list: entry === undefined ? undefined : section,
    };
  const inside = at.split('.');
  const list = entryInside(section.children, inside);
  return list && { section, part, base: `${partBase}.${at}`, inside, items: list.children, list };
}

/** The answers of the part that is saved. */
export function partAnswers(answers: Answers, part: Part): Json | undefined {
  if (part.kind === 'return') return answers;
  const section = answers[part.section];
  return part.kind === 'section' ? section : namedEntries(section).find(({ name }) => name === part.entry)?.entry;
}

/** The answer that names of questions and entries lead to. */
export function answersInside(value: Json | undefined, names: readonly string[]): Json | undefined {
  const [name, ...rest] = names;
  if (name === undefined) return value;
  if (Array.isArray(value)) return answersInside(namedEntries(value).find((each) => each.name === name)?.entry, rest);
  return isObject(value) ? answersInside(value[name], rest) : undefined;
}

/** The answers at the place; `undefined` when there are none, or the entry is gone. */
export function answersAt(
  answers: Answers,
  { part, inside }: Pick<EditedPlace, 'part' | 'inside'>,
): JsonObject | undefined {
  const value = answersInside(partAnswers(answers, part), inside);
  return isObject(value) ? value : undefined;
}

function replaced(value: Json | undefined, names: readonly string[], inner: JsonObject): Json {
  const [name, ...rest] = names;
  if (name === undefined) return inner;
  if (Array.isArray(value)) {
    const index = entryNames(value).indexOf(name);
    return index < 0 ? [...value, { ...inner, id: name }] : value.with(index, replaced(value[index], rest, inner));
  }
  const object = isObject(value) ? value : {};
  const next = object[name] ?? (rest.length === 1 ? [] : undefined);
  return { ...object, [name]: replaced(next, rest, inner) };
}

/** The answers of the part with those at the place replaced. */
export function withAnswersAt(
  answers: Answers,
  { part, inside }: Pick<EditedPlace, 'part' | 'inside'>,
  value: JsonObject,
): Json {
  return replaced(partAnswers(answers, part), inside, value);
}
