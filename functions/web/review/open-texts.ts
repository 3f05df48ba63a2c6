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
  const { kind, children } = item;
  if (kind.nesting === 'fields') return isObject(answer) ? fieldTexts(children, answer, place) : [];
  if (kind.nesting === 'entries')
    return namedEntries(answer).flatMap(({ name, entry }, index) =>
      fieldTexts(children, entry, {
        path: `${place.path}.${name}`,
        label: `${place.label}「${entryTitle(item, entry, index)}」`,
      }),
    );
  return (kind.freeTexts?.(answer) ?? []).map((text, index) => ({
    ...place,
    label: kind.nesting === 'lines' ? `${place.label} ${index + 1}` : place.label,
    text,
  }));
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
