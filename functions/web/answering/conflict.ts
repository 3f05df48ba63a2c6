/** Two people saved the same questions: what differs, and what the officer chose. Pure. */

import type { Item } from '../../../schemas/form.ts';
import type { Json } from '../../../schemas/return.ts';
import { isObject } from '../../domain/answers.ts';
import { sameAnswers } from '../../../schemas/same-answers.ts';
import type { JsonObject } from '../../domain/answers.ts';
import { firstOf } from '../posted/posted.ts';
import type { Posted } from '../posted/posted.ts';

export interface Disagreement {
  readonly item: Item;
  readonly path: string;
  readonly mine: Json | undefined;
  readonly theirs: Json | undefined;
}

export function choiceMark(path: string): string {
  return `${path}:choice`;
}

/** Questions answered differently; groups by their questions, lists as a whole. */
export function disagreements(items: readonly Item[], mine: JsonObject, theirs: JsonObject, base: string): Disagreement[] {
  return items.flatMap((item): Disagreement[] => {
    const path = `${base}.${item.key}`;
    const [a, b] = [mine[item.key], theirs[item.key]];
    if (item.definition.kind === 'group') return disagreements(item.children, isObject(a) ? a : {}, isObject(b) ? b : {}, path);
    return sameAnswers(a, b) ? [] : [{ item, path, mine: a, theirs: b }];
  });
}

function withAnswer(value: JsonObject, keys: readonly string[], answer: Json | undefined): JsonObject {
  const [key = '', ...rest] = keys;
  const inner = value[key];
  const changed = rest.length === 0 ? answer : withAnswer(isObject(inner) ? inner : {}, rest, answer);
  const { [key]: _before, ...others } = value;
  return changed === undefined ? others : { ...others, [key]: changed };
}

export interface Settled {
  readonly value: JsonObject;
  /** Where nothing was chosen. */
  readonly open: readonly Disagreement[];
}

/** My answers with theirs where theirs were chosen. */
export function settle(differing: readonly Disagreement[], mine: JsonObject, base: string, post: Posted): Settled {
  const all = firstOf(post, 'choice');
  let value = mine;
  const open: Disagreement[] = [];
  for (const each of differing) {
    const choice = all ?? firstOf(post, choiceMark(each.path));
    if (choice === 'theirs') value = withAnswer(value, each.path.slice(base.length + 1).split('.'), each.theirs);
    else if (choice !== 'mine') open.push(each);
  }
  return { value, open };
}
