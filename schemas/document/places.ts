/**
 * A document as a tree of what is named in it, whatever else is wrong with it: what is not as it should be is passed
 * over, so that one mistake hides no other.
 */

import type { Json, JsonObject } from '../values/json.ts';
import { isObject } from '../values/json.ts';

/** A section, a question, or the row of a table. */
export interface Place {
  /** Where it stands in the document. */
  readonly path: string;
  readonly id: string;
  readonly key: string;
  readonly kind: string;
  readonly label: string;
  readonly value: JsonObject;
  readonly options: readonly Option[] | undefined;
  readonly children: readonly Place[];
  /** The place that it stands in; none of a section. */
  readonly parent: Place | undefined;
}

export interface Option {
  readonly path: string;
  readonly key: string;
  readonly label: string;
}

interface Around {
  readonly path: string;
  readonly parent: Place | undefined;
}

export function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

export function objectsIn(value: Json | undefined, path: string): [string, JsonObject][] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((member, index): [string, JsonObject][] =>
    isObject(member) ? [[`${path}.${index}`, member]] : [],
  );
}

export function optionsIn(value: Json | undefined, path: string): Option[] {
  return objectsIn(value, path).map(([at, option]) => ({
    path: at,
    key: textOf(option['key']),
    label: textOf(option['label']),
  }));
}

/** The text that an option `other` brings, and the rows and cells of a table: places that are not written as questions. */
function implied(around: Place, { path, key, label }: Option, kind: string): Place {
  const id = `${around.id}.${key}`;
  return { path, id, key, kind, label, value: {}, options: undefined, children: [], parent: around };
}

function cells(table: Place): Place[] {
  const { path, value, kind } = table;
  const columns = optionsIn(value['columns'], `${path}.columns`);
  return optionsIn(value['rows'], `${path}.rows`).map((row) => {
    const place = {
      ...implied(table, row, kind === 'matrix' ? 'choice' : 'count'),
      options: table.options,
    };
    return { ...place, children: columns.map((column) => implied(place, column, 'count')) };
  });
}

function placeOf(value: JsonObject, { path, parent }: Around): Place[] {
  const key = textOf(value['key']);
  const id = parent === undefined ? key : `${parent.id}.${key}`;
  const kind = textOf(value['kind']);
  const hasOptions = Array.isArray(value['options']);
  const options = hasOptions ? optionsIn(value['options'], `${path}.options`) : undefined;
  const label = textOf(value['label']);
  const bare: Place = { path, id, key, kind, label, value, options, children: [], parent };
  const inside = objectsIn(value['questions'], `${path}.questions`).flatMap(([at, question]) =>
    placeOf(question, { path: at, parent: bare }),
  );
  const place = { ...bare, children: [...inside, ...cells(bare)] };
  const other = kind === 'matrix' ? undefined : options?.find((option) => option.key === 'other');
  if (other === undefined) return [place];
  const around = parent ?? bare;
  return [place, implied(around, { ...other, key: `${key}Other` }, 'text')];
}

export function placesOf(document: unknown): Place[] {
  if (!isObject(document)) return [];
  return objectsIn(document['sections'], 'sections').flatMap(([path, section]) =>
    placeOf(section, { path, parent: undefined }),
  );
}

export function allPlaces(places: readonly Place[]): Place[] {
  return places.flatMap((place) => [place, ...allPlaces(place.children)]);
}
