/** Answers as a form would post them: what the fields of a page show. The inverse of `read.ts`. */

import { isObject } from '../../../schemas/json.ts';
import type { JsonObject } from '../../../schemas/json.ts';
import type { Item } from '../../../schemas/form.ts';
import type { Json } from '../../../schemas/return.ts';
import { namedEntries } from '../../domain/answers.ts';
import { isFolded } from './folding.ts';
import { noneMark, notApplicableMark, notApplicableOption } from './posted.ts';
import type { Posted } from './posted.ts';
import { fieldText, isTyped } from './typed.ts';

function strings(answer: Json | undefined): string[] {
  return Array.isArray(answer) ? answer.filter((each) => typeof each === 'string') : [];
}

function writeAnswer(item: Item, answer: Json | undefined, path: string, post: Map<string, readonly string[]>): void {
  const { definition, kind, children } = item;
  const isNone = Array.isArray(answer) && answer.length === 0;
  if (isNone) post.set(noneMark(path), ['1']);
  if (kind.nesting === 'fields') {
    writeFields(children, isObject(answer) ? answer : {}, path, post);
    return;
  }
  if (definition.kind === 'choice') {
    post.set(path, [answer === null ? notApplicableOption : typeof answer === 'string' ? answer : '']);
    return;
  }
  if (answer === null) post.set(notApplicableMark(path), ['1']);
  if (kind.nesting === 'entries') {
    const entries = isFolded(item, answer) ? [] : namedEntries(answer);
    post.set(path, ['', ...entries.map(({ name }) => name)]);
    for (const { name, entry } of entries) writeFields(children, entry, `${path}.${name}`, post);
  } else if (isTyped(definition)) post.set(path, [fieldText(definition, answer)]);
  else if (definition.kind === 'text' || definition.kind === 'reference')
    post.set(path, [typeof answer === 'string' ? answer : '']);
  else post.set(path, ['', ...strings(answer)]);
}

function writeFields(
  items: readonly Item[],
  value: JsonObject,
  base: string,
  post: Map<string, readonly string[]>,
): void {
  for (const item of items) writeAnswer(item, value[item.key], `${base}.${item.key}`, post);
}

/** What the fields of `items` post for `value`, which stands at `base`. */
export function written(items: readonly Item[], value: JsonObject, base: string): Posted {
  const post = new Map<string, readonly string[]>();
  writeFields(items, value, base, post);
  return post;
}
