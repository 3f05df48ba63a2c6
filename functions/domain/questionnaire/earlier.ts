/** What earlier versions of a questionnaire called their questions and options: nothing new is called the same. */

import { allPlaces, objectsIn, optionsIn, placesOf, textOf } from '../../../schemas/document/places.ts';
import type { Option, Place } from '../../../schemas/document/places.ts';
import type { FormDocument } from '../../../schemas/document/form-document.ts';
import { isObject } from '../../../schemas/values/json.ts';
import { plain } from './table.ts';

/** Of one question. */
export interface EarlierOptions {
  readonly keys: ReadonlySet<string>;
  /** Those of the version before, by their label as it is compared. */
  readonly byLabel: ReadonlyMap<string, string>;
}

type Named = 'rules' | 'measures';

function labelsTo({ label, parent }: Place): string {
  return parent === undefined ? plain(label) : `${labelsTo(parent)}\n${plain(label)}`;
}

export class Earlier {
  /** The newest first, each with its questions by id. */
  readonly #versions: readonly ReadonlyMap<string, Place>[];
  readonly #documents: readonly FormDocument[];
  /** All keys of questions, in small letters. */
  readonly keys: ReadonlySet<string>;

  constructor(documents: readonly FormDocument[]) {
    this.#documents = documents.toSorted((a, b) => b.version - a.version);
    const places = this.#documents.map((document) => allPlaces(placesOf(document)));
    this.#versions = places.map((each) => new Map(each.map((place) => [place.id, place])));
    this.keys = new Set(places.flat().map(({ key }) => key.toLowerCase()));
  }

  has(id: string): boolean {
    return this.#versions.some((version) => version.has(id));
  }

  /** Ids of the version before by the labels on the way to them, and those of labels that stand there once. */
  get byLabels(): ReadonlyMap<string, string> {
    const [newest] = this.#versions;
    const written = [...(newest?.values() ?? [])].filter(({ value }) => value['key'] !== undefined);
    const named = written.flatMap((place): [string, string][] => [
      [labelsTo(place), place.id],
      [plain(place.label), place.id],
    ]);
    const byName = Map.groupBy(named, ([name]) => name);
    return new Map([...byName.values()].flatMap((all) => (new Set(all.map(([, id]) => id)).size === 1 ? all : [])));
  }

  /** Ids of the measures of the version before by their labels. */
  get measuresByLabel(): ReadonlyMap<string, string> {
    const [newest] = this.#documents;
    return new Map(newest?.measures.map(({ id, label }) => [plain(label), id]));
  }

  /** The options of a question by any of its ids, under `options`, `rows` or `columns`. */
  optionsOf(ids: readonly string[], member: string): EarlierOptions {
    const found = this.#versions.flatMap((version): Option[][] => {
      const place = ids.map((id) => version.get(id)).find((each) => each !== undefined);
      return place === undefined ? [] : [optionsIn(place.value[member], '')];
    });
    return earlierOptions(found);
  }

  optionsOfMeasure(id: string): EarlierOptions {
    return earlierOptions(
      this.#documents.flatMap(({ measures }) =>
        measures.flatMap((measure) =>
          measure.kind === 'class' && measure.id === id ? [measure.options.map((each) => ({ ...each, path: '' }))] : [],
        ),
      ),
    );
  }

  /** Names of checks, or ids of measures. */
  namesOf(member: Named): Set<string> {
    return new Set(
      this.#documents.flatMap((document: unknown) =>
        isObject(document)
          ? objectsIn(document[member], '').map(([, each]) => textOf(each['name'] ?? each['id']).toLowerCase())
          : [],
      ),
    );
  }
}

function earlierOptions(versions: readonly (readonly Option[])[]): EarlierOptions {
  const [newest = []] = versions;
  return {
    keys: new Set(versions.flat().map(({ key }) => key.toLowerCase())),
    byLabel: new Map(newest.map(({ key, label }) => [plain(label), key])),
  };
}
