/**
 * What the answers of an earlier round still say in this round's form (転記): questions are found by the ids that they had
 * then, and what does not fit any more is left out, as are files, which were sent for another return. Pure.
 */

import { fitsDraft } from '../../schemas/compile.ts';
import type { Form, Item } from '../../schemas/form.ts';
import type { Answers, Json, JsonObject } from '../../schemas/values/json.ts';
import { isObject } from '../../schemas/values/json.ts';
import { valueAt } from './answers.ts';

/** Where answers of then are read: the whole of them, or an entry, and the id of that time under which it stands. */
interface Earlier {
  readonly scope: JsonObject;
  readonly base: string;
}

function earlierValue({ scope, base }: Earlier, id: string): Json | undefined {
  if (base === '') return valueAt(scope, id.split('.'));
  return id.startsWith(`${base}.`) ? valueAt(scope, id.slice(base.length + 1).split('.')) : undefined;
}

function carriedAnswer(item: Item, id: string, earlier: Earlier): Json | undefined {
  const { kind, children } = item;
  if (kind.nesting === 'fields') {
    const group = carriedFields(children, id, earlier);
    return Object.keys(group).length === 0 ? undefined : group;
  }
  const answer = earlierValue(earlier, id);
  if (answer === undefined) return undefined;
  if (kind.nesting === 'entries') {
    if (!Array.isArray(answer)) return undefined;
    return answer.filter(isObject).map((entry) => {
      const own = entry['id'] === undefined ? {} : { id: entry['id'] };
      return { ...own, ...carriedFields(children, id, { scope: entry, base: id }) };
    });
  }
  if (kind.files !== undefined || kind.formula !== undefined) return undefined;
  return fitsDraft(item, answer) ? answer : undefined;
}

function carriedFields(items: readonly Item[], around: string, earlier: Earlier): JsonObject {
  const carried: JsonObject = {};
  for (const item of items) {
    const id = item.definition.was ?? (around === '' ? item.key : `${around}.${item.key}`);
    const answer = carriedAnswer(item, id, earlier);
    if (answer !== undefined) carried[item.key] = answer;
  }
  return carried;
}

export function carriedOver({ sections }: Pick<Form, 'sections'>, before: Answers): Answers {
  return carriedFields(sections, '', { scope: before, base: '' });
}

function openFields(items: readonly Item[], now: JsonObject, carried: JsonObject): JsonObject {
  const open: JsonObject = {};
  for (const { key, kind, children } of items) {
    const [own, other] = [now[key], carried[key]];
    if (other === undefined) continue;
    if (kind.nesting !== 'fields') {
      if (own === undefined) open[key] = other;
      continue;
    }
    const inside = openFields(children, isObject(own) ? own : {}, isObject(other) ? other : {});
    if (Object.keys(inside).length > 0) open[key] = inside;
  }
  return open;
}

/** What of it would answer questions that have no answer yet; a list that is answered is left as it is. */
export function openOf({ sections }: Pick<Form, 'sections'>, now: Answers, carried: Answers): Answers {
  return openFields(sections, now, carried);
}

function filled(now: Json | undefined, open: Json): Json {
  if (!isObject(now) || !isObject(open)) return now ?? open;
  const all: JsonObject = { ...now };
  for (const [key, value] of Object.entries(open)) if (value !== undefined) all[key] = filled(now[key], value);
  return all;
}

/** The answers with what is open of these sections. */
export function filledWith(now: Answers, open: Answers, sections: readonly string[]): Answers {
  const all: Answers = { ...now };
  for (const section of sections) {
    const value = Object.hasOwn(open, section) ? open[section] : undefined;
    if (value !== undefined) all[section] = filled(now[section], value);
  }
  return all;
}
