/** The public projection (公表): open questions only, without the entries that are withheld. */

import { isObject } from '../../schemas/json.ts';
import type { JsonObject } from '../../schemas/json.ts';
import type { Form, Item } from '../../schemas/form.ts';
import type { Condition } from '../../schemas/question.ts';
import type { Answers, Json } from '../../schemas/return.ts';

function isWithheld(entry: JsonObject, withheld: Condition | undefined): boolean {
  if (withheld === undefined) return false;
  return Object.entries(withheld).every(([key, value]) => {
    const answer = entry[key];
    return typeof answer === 'string' && (typeof value === 'string' ? [value] : value).includes(answer);
  });
}

interface Withheld {
  readonly question: string;
  readonly options: readonly { readonly option: string; readonly label: string }[];
}

/**
 * The options with which every entry of a list is withheld; none where the list withholds nothing, or by several
 * answers together.
 */
export function withheldOption({ kind, children }: Pick<Item, 'kind' | 'children'>): Withheld | undefined {
  if (kind.nesting !== 'entries') return undefined;
  const [condition, another] = Object.entries(kind.withheld ?? {});
  if (condition === undefined || another !== undefined) return undefined;
  const [key, value] = condition;
  const item = children.find((child) => child.key === key);
  const figures = item?.kind.figures;
  if (item === undefined || figures?.of !== 'options' || figures.several) return undefined;
  const labels = figures.options;
  const options = typeof value === 'string' ? [value] : value;
  return { question: item.id, options: options.map((option) => ({ option, label: labels[option] ?? option })) };
}

function withoutWithheldIn(items: readonly Item[], value: JsonObject): JsonObject {
  const kept: JsonObject = { ...value };
  for (const { key, kind, children } of items) {
    const answer = value[key];
    if (kind.nesting === 'fields' && isObject(answer)) kept[key] = withoutWithheldIn(children, answer);
    if (kind.nesting === 'entries' && Array.isArray(answer))
      kept[key] = answer
        .filter(isObject)
        .filter((entry) => !isWithheld(entry, kind.withheld))
        .map((entry) => withoutWithheldIn(children, entry));
  }
  return kept;
}

/** All answers but the entries that public files leave out: what a public tally may count. */
export function withoutWithheld(form: Pick<Form, 'sections'>, answers: Answers): Answers {
  return withoutWithheldIn(form.sections, answers);
}

function openFields(items: readonly Item[], value: JsonObject): JsonObject {
  const open: JsonObject = {};
  for (const item of items) {
    const answer = value[item.key];
    if (answer === undefined || item.visibility !== 'open') continue;
    const part = openPart(item, answer);
    if (part !== undefined) open[item.key] = part;
  }
  return open;
}

function openPart({ kind, children }: Item, answer: Json): Json | undefined {
  if (kind.nesting === 'fields' && isObject(answer)) {
    const group = openFields(children, answer);
    return Object.keys(group).length === 0 ? undefined : group;
  }
  if (kind.nesting === 'entries' && Array.isArray(answer))
    return answer
      .filter(isObject)
      .filter((entry) => !isWithheld(entry, kind.withheld))
      .map((entry) => ({ id: entry['id'], ...openFields(children, entry) }));
  return answer;
}

export function publicAnswers(form: Pick<Form, 'sections'>, answers: Answers): Answers {
  return openFields(form.sections, answers);
}
