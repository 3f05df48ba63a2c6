/** Some questions of a form, by their paths without entries (`sites.kind`): whether it asks them, and their answers. Pure. */

import type { Answers, Json, JsonObject } from '../../schemas/values/json.ts';
import { isObject } from '../../schemas/values/json.ts';
import type { Item } from '../../schemas/form.ts';

function asks(items: readonly Item[], [key, ...inside]: readonly string[]): boolean {
  const item = items.find((each) => each.key === key);
  return item !== undefined && (inside.length === 0 || asks(item.children, inside));
}

export function asksAll(sections: readonly Item[], paths: readonly string[]): boolean {
  return paths.every((path) => asks(sections, path.split('.')));
}

/** What is kept of an object by its keys: the whole answer, or what is kept inside it. */
interface Kept {
  readonly inside: Map<string, Kept>;
  isWhole: boolean;
}

function keptOf(paths: readonly string[]): Kept {
  const root: Kept = { inside: new Map(), isWhole: false };
  for (const path of paths) {
    let at = root;
    for (const key of path.split('.')) {
      const next = at.inside.get(key) ?? { inside: new Map<string, Kept>(), isWhole: false };
      at.inside.set(key, next);
      at = next;
    }
    at.isWhole = true;
  }
  return root;
}

function only(value: Json, kept: Kept, isEntry = false): Json {
  if (kept.isWhole) return value;
  if (Array.isArray(value)) return value.map((entry) => only(entry, kept, true));
  if (!isObject(value)) return value;
  const left: JsonObject = {};
  for (const key in value) {
    const answer = value[key];
    const below = kept.inside.get(key);
    if (answer === undefined) continue;
    if (below !== undefined) left[key] = only(answer, below);
    else if (isEntry && key === 'id') left[key] = answer;
  }
  return left;
}

const known = new WeakMap<readonly string[], Kept>();

/** The answers to these questions, entries with their ids; what else is answered is left out. */
export function onlyQuestions(answers: Answers, paths: readonly string[]): Answers {
  const kept = known.get(paths) ?? keptOf(paths);
  known.set(paths, kept);
  const left = only(answers, kept);
  return isObject(left) ? left : {};
}
