/** The free texts of a return that would be published as they stand, to be read before it is accepted. Pure. */

import type { Answers, Json, JsonObject } from '../../../schemas/values/json.ts';
import { isObject } from '../../../schemas/values/json.ts';
import type { Item } from '../../../schemas/form.ts';
import { namedEntries } from '../../domain/answers.ts';
import { placeLabel } from '../../domain/place-label.ts';
import type { FormInRound } from '../../domain/place-label.ts';
import { publicAnswers } from '../../domain/public-answers.ts';

export interface OpenText {
  readonly path: string;
  /** Where it stands: 事業所「本部」 役割. */
  readonly label: string;
  readonly text: string;
}

interface FreeText {
  readonly path: string;
  /** Of one line among several. */
  readonly line: number | undefined;
  readonly text: string;
}

function textsOf({ kind, children }: Item, answer: Json, path: string): FreeText[] {
  if (kind.nesting === 'fields') return isObject(answer) ? fieldTexts(children, answer, path) : [];
  if (kind.nesting === 'entries')
    return namedEntries(answer).flatMap(({ name, entry }) => fieldTexts(children, entry, `${path}.${name}`));
  const isLines = kind.nesting === 'lines';
  return (kind.freeTexts?.(answer) ?? []).map((text, line) => ({ path, line: isLines ? line : undefined, text }));
}

function fieldTexts(items: readonly Item[], value: JsonObject, base: string): FreeText[] {
  return items.flatMap((item) => {
    const answer = value[item.key];
    return answer === undefined ? [] : textsOf(item, answer, base === '' ? item.key : `${base}.${item.key}`);
  });
}

/** In the order of the form, without entries that are withheld from public files. */
export function openTexts(questions: FormInRound, answers: Answers): OpenText[] {
  const shown = publicAnswers(questions.form, answers);
  return fieldTexts(questions.form.sections, shown, '').map(({ path, line, text }) => ({
    path,
    label: placeLabel(questions, shown, line === undefined ? path : `${path}.${line}`),
    text,
  }));
}
