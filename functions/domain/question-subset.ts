/** Some questions of a form, by their paths without entries (`sites.kind`): whether it asks them, and their answers. Pure. */

import { isObject } from '../../schemas/json.ts';
import type { Item } from '../../schemas/form.ts';
import type { Answers, Json } from '../../schemas/return.ts';

function asks(items: readonly Item[], [key, ...inside]: readonly string[]): boolean {
  const item = items.find((each) => each.key === key);
  return item !== undefined && (inside.length === 0 || asks(item.children, inside));
}

export function asksAll(sections: readonly Item[], paths: readonly string[]): boolean {
  return paths.every((path) => asks(sections, path.split('.')));
}

function only(value: Json, paths: readonly (readonly string[])[]): Json {
  if (paths.some(({ length }) => length === 0)) return value;
  if (Array.isArray(value)) return value.map((entry) => only(entry, [...paths, ['id']]));
  if (!isObject(value)) return value;
  const inside = Map.groupBy(paths, ([key = '']) => key);
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, answer]): [string, Json][] => {
      const below = inside.get(key);
      return below === undefined || answer === undefined
        ? []
        : [
            [
              key,
              only(
                answer,
                below.map((path) => path.slice(1)),
              ),
            ],
          ];
    }),
  );
}

/** The answers to these questions, entries with their ids; what else is answered is left out. */
export function onlyQuestions(answers: Answers, paths: readonly string[]): Answers {
  const kept = only(
    answers,
    paths.map((path) => path.split('.')),
  );
  return isObject(kept) ? kept : {};
}
