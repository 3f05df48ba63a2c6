/** Putting answers where they belong, on a page that has only some of a return's. Pure. */

import type { Answers, Json } from '../../../schemas/return.ts';
import { isObject } from '../../domain/answers.ts';
import type { JsonObject } from '../../domain/answers.ts';
import type { EditedPlace } from '../answering/place.ts';

/** The answers with the page's part; of a section that is a list, the page knows one entry only. */
export function withPart(answers: Answers, { section, part }: Pick<EditedPlace, 'section' | 'part'>, value: Json): Answers {
  const entry = part.kind === 'entry' && isObject(value) ? { ...value, id: part.entry } : undefined;
  return { ...answers, [section.key]: entry === undefined ? value : [entry] };
}

/** The answers with one at these keys; without one where there is none. */
export function withAnswer(answers: JsonObject, [key = '', ...rest]: readonly string[], answer: Json | undefined): JsonObject {
  const inner = answers[key];
  const changed = rest.length === 0 ? answer : withAnswer(isObject(inner) ? inner : {}, rest, answer);
  const { [key]: _before, ...others } = answers;
  return changed === undefined ? others : { ...others, [key]: changed };
}
