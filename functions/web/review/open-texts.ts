/** The free texts of a return that would be published as they stand, to be read before it is accepted. Pure. */

import { isObject } from '../../../schemas/json.ts';
import type { JsonObject } from '../../../schemas/json.ts';
import type { Form, Item } from '../../../schemas/form.ts';
import type { Answers, Json } from '../../../schemas/return.ts';
import { namedEntries } from '../../domain/answers.ts';
import { publicAnswers } from '../../domain/public-answers.ts';
import { entryTitle } from '../../domain/print-answer.ts';

export interface OpenText {
  /** The question, with list entries by id. */
  readonly path: string;
  /** Where it stands: 事業所「本部」 役割. */
  readonly label: string;
  readonly text: string;
}

interface Place {
  readonly path: string;
  readonly label: string;
}

function inside(place: Place, path: string, label: string): Place {
  return {
    path: place.path === '' ? path : `${place.path}.${path}`,
    label: place.label === '' ? label : `${place.label} ${label}`,
  };
}

function textsOf(item: Item, answer: Json, place: Place): OpenText[] {
  const { definition, children } = item;
  if (definition.kind === 'group') return isObject(answer) ? fieldTexts(children, answer, place) : [];
  if (definition.kind === 'list')
    return namedEntries(answer).flatMap(({ name, entry }, index) =>
      fieldTexts(children, entry, {
        path: `${place.path}.${name}`,
        label: `${place.label}「${entryTitle(entry, index)}」`,
      }),
    );
  if (definition.kind === 'text' && typeof answer === 'string') return [{ ...place, text: answer }];
  if (definition.kind === 'texts' && Array.isArray(answer))
    return answer.flatMap((text, index) =>
      typeof text === 'string' ? [{ ...place, label: `${place.label} ${index + 1}`, text }] : [],
    );
  return [];
}

function fieldTexts(items: readonly Item[], value: JsonObject, place: Place): OpenText[] {
  return items.flatMap((item) => {
    const answer = value[item.key];
    return answer === undefined ? [] : textsOf(item, answer, inside(place, item.key, item.definition.label));
  });
}

/** In the order of the form, without entries that are withheld from public files. */
export function openTexts(form: Pick<Form, 'sections'>, answers: Answers): OpenText[] {
  return fieldTexts(form.sections, publicAnswers(form, answers), { path: '', label: '' });
}
