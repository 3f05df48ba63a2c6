/** Differences between two versions of a return, by question. Entries are compared by their ids, not by position. */

import type { Answers, Json, JsonObject } from '../../schemas/values/json.ts';
import { isObject } from '../../schemas/values/json.ts';
import type { Form, Item } from '../../schemas/form.ts';
import { namedEntries } from './answers.ts';
import { labelIn, tableAround } from './place-label.ts';
import { sameAnswers } from '../../schemas/values/same-answers.ts';
import { numberedLabel } from '../../schemas/kinds/question.ts';

export interface Difference {
  /** The question, with list entries by id. For an entry that came, went or moved, the entry. */
  readonly path: string;
  readonly label: string;
  readonly change: 'added' | 'removed' | 'changed' | 'moved';
  readonly before?: Json;
  readonly after?: Json;
}

function difference(path: string, label: string, before: Json | undefined, after: Json | undefined): Difference[] {
  if (sameAnswers(before, after)) return [];
  const change = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  return [
    { path, label, change, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) },
  ];
}

function entriesDiff(list: Item, before: Json | undefined, after: Json | undefined, path: string): Difference[] {
  const label = numberedLabel(list.definition);
  if (before === undefined || after === undefined) return difference(path, label, before, after);
  const old = new Map(namedEntries(before).map(({ name, entry }) => [name, entry]));
  const now = new Map(namedEntries(after).map(({ name, entry }) => [name, entry]));
  const removed = [...old]
    .filter(([name]) => !now.has(name))
    .flatMap(([name, entry]) => difference(`${path}.${name}`, label, entry, undefined));
  const kept = [...old.keys()].filter((name) => now.has(name));
  const order = [...now.keys()].filter((name) => old.has(name));
  const present = [...now].flatMap(([name, entry]): Difference[] => {
    const was = old.get(name);
    if (was === undefined) return difference(`${path}.${name}`, label, undefined, entry);
    const inside = fieldsDiff(list.children, was, entry, `${path}.${name}`);
    const [from, to] = [kept.indexOf(name), order.indexOf(name)];
    return from === to
      ? inside
      : [{ path: `${path}.${name}`, label, change: 'moved', before: from + 1, after: to + 1 }, ...inside];
  });
  return [...removed, ...present];
}

function fieldsDiff(
  items: readonly Item[],
  before: JsonObject,
  after: JsonObject,
  base: string,
  table = '',
): Difference[] {
  return items.flatMap((item) => {
    const path = base === '' ? item.key : `${base}.${item.key}`;
    const label = labelIn(table, item);
    const [was, is] = [before[item.key], after[item.key]];
    if (item.kind.nesting === 'fields') {
      const values = [isObject(was) ? was : {}, isObject(is) ? is : {}] as const;
      return fieldsDiff(item.children, ...values, path, tableAround(label, item));
    }
    if (item.kind.nesting === 'entries') return entriesDiff(item, was, is, path);
    return difference(path, label, was, is);
  });
}

export function diff(form: Pick<Form, 'sections'>, before: Answers, after: Answers): Difference[] {
  return fieldsDiff(form.sections, before, after, '');
}
