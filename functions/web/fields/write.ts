/** Answers as a form would post them: what the fields of a page show. The inverse of `read.ts`. */

import type { Json, JsonObject } from '../../../schemas/values/json.ts';
import { isObject } from '../../../schemas/values/json.ts';
import type { Posting } from '../../../schemas/kinds/kind.ts';
import type { Item } from '../../../schemas/form.ts';
import { namedEntries } from '../../domain/answers.ts';
import { pathBelow } from '../../domain/question-path.ts';
import { isFolded } from './folding.ts';
import { entriesMark, noneMark, notApplicableMark, notApplicableOption } from '../../domain/posted/posted.ts';
import type { Posted } from '../../domain/posted/posted.ts';

function strings(answer: Json | undefined): string[] {
  return Array.isArray(answer) ? answer.filter((each) => typeof each === 'string') : [];
}

function valuesOf(posting: Posting, answer: Json | undefined): string[] {
  switch (posting.as) {
    case 'typed':
      return [answer === undefined || answer === null ? '' : posting.text(answer)];
    case 'one':
      return [answer === null ? notApplicableOption : typeof answer === 'string' ? answer : ''];
    case 'words':
      return [typeof answer === 'string' ? answer : ''];
    case 'sent':
      return [''];
    case 'ranked':
      return posting.places.map((_, index) => strings(answer)[index] ?? '');
    case 'several':
    case 'lines':
      return ['', ...strings(answer)];
  }
}

function writeAnswer(item: Item, answer: Json | undefined, path: string, post: Map<string, readonly string[]>): void {
  const { kind, children } = item;
  if (Array.isArray(answer) && answer.length === 0) post.set(noneMark(path), ['1']);
  if (kind.nesting === 'fields') {
    writeFields(children, isObject(answer) ? answer : {}, path, post);
    return;
  }
  if (kind.nesting === 'entries') {
    const isHere = !isFolded(item, answer);
    const entries = isHere ? namedEntries(answer) : [];
    if (isHere) post.set(entriesMark(path), ['1']);
    post.set(path, ['', ...entries.map(({ name }) => name)]);
    for (const { name, entry } of entries) writeFields(children, entry, `${path}.${name}`, post);
  } else post.set(path, valuesOf(kind.posting, answer));
  const isMarkedBeside = kind.nesting === 'entries' || kind.posting.as !== 'one';
  if (answer === null && isMarkedBeside) post.set(notApplicableMark(path), ['1']);
}

function writeFields(
  items: readonly Item[],
  value: JsonObject,
  base: string,
  post: Map<string, readonly string[]>,
): void {
  for (const item of items) writeAnswer(item, value[item.key], pathBelow(base, item.key), post);
}

export function postedAnswers(items: readonly Item[], value: JsonObject, base: string): Posted {
  const post = new Map<string, readonly string[]>();
  writeFields(items, value, base, post);
  return post;
}
