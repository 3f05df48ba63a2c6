/** The public projection (公表): open questions only, without the entries that are withheld. */

import type { Answers, Json, JsonObject } from '../../schemas/values/json.ts';
import { isObject } from '../../schemas/values/json.ts';
import type { Form, Item } from '../../schemas/form.ts';
import { allHold } from './asked.ts';
import type { Scopes } from './asked.ts';

function isWithheld({ withheld }: Item, scopes: Scopes): boolean {
  return withheld !== undefined && allHold(withheld, scopes);
}

interface Withheld {
  readonly question: string;
  readonly options: readonly { readonly option: string; readonly label: string }[];
}

/**
 * The options with which every entry of a list is withheld; none where the list withholds nothing, or by several
 * answers together.
 */
export function withheldOption({ withheld }: Pick<Item, 'withheld'>): Withheld | undefined {
  const [condition, another] = withheld?.conditions ?? [];
  if (condition === undefined || another !== undefined || withheld?.expressions.length !== 0) return undefined;
  const { on, values } = condition;
  const { figures } = on.kind;
  if (figures?.of !== 'options' || figures.several) return undefined;
  const labels = figures.options;
  return { question: on.id, options: values.map((option) => ({ option, label: labels[option] ?? option })) };
}

function withoutWithheldIn(items: readonly Item[], value: JsonObject, scopes: Scopes): JsonObject {
  const kept: JsonObject = { ...value };
  for (const item of items) {
    const { key, kind, children } = item;
    const answer = value[key];
    if (kind.nesting === 'fields' && isObject(answer)) kept[key] = withoutWithheldIn(children, answer, scopes);
    if (kind.nesting === 'entries' && Array.isArray(answer))
      kept[key] = answer
        .filter(isObject)
        .filter((entry) => !isWithheld(item, [...scopes, entry]))
        .map((entry) => withoutWithheldIn(children, entry, [...scopes, entry]));
  }
  return kept;
}

/** All answers but the entries that public files leave out: what a public tally may count. */
export function withoutWithheld(form: Pick<Form, 'sections'>, answers: Answers): Answers {
  return withoutWithheldIn(form.sections, answers, [answers]);
}

function openFields(items: readonly Item[], value: JsonObject, scopes: Scopes): JsonObject {
  const open: JsonObject = {};
  for (const item of items) {
    const answer = value[item.key];
    if (answer === undefined || item.visibility !== 'open') continue;
    const part = openPart(item, answer, scopes);
    if (part !== undefined) open[item.key] = part;
  }
  return open;
}

function openPart(item: Item, answer: Json, scopes: Scopes): Json | undefined {
  const { kind, children } = item;
  if (kind.nesting === 'fields' && isObject(answer)) {
    const group = openFields(children, answer, scopes);
    return Object.keys(group).length === 0 ? undefined : group;
  }
  if (kind.nesting === 'entries' && Array.isArray(answer))
    return answer
      .filter(isObject)
      .filter((entry) => !isWithheld(item, [...scopes, entry]))
      .map((entry) => ({ id: entry['id'], ...openFields(children, entry, [...scopes, entry]) }));
  return answer;
}

export function publicAnswers(form: Pick<Form, 'sections'>, answers: Answers): Answers {
  return openFields(form.sections, answers, [answers]);
}
