/** Questions as cells name them: by 番号 or ID, an ID as it was before its row moved too. */

import { allPlaces, placesOf, textOf } from '../../../schemas/document/places.ts';
import type { JsonObject } from '../../../schemas/values/json.ts';
import { hint } from '../../../schemas/rules/nearest.ts';
import { labelMessage } from '../../../schemas/rules/place.ts';
import type { Findings } from './findings.ts';
import { plain } from './table.ts';

export class QuestionNames {
  readonly #ids: ReadonlySet<string>;
  readonly #moved: ReadonlyMap<string, string>;
  /** `null` for a number that several questions have. */
  readonly #byNumber = new Map<string, string | null>();

  /** Their numbers, empty where there is none, by label. */
  readonly #byLabel = new Map<string, string>();
  readonly #unread: readonly string[];
  readonly #isUnsure: boolean;

  /**
   * @param moved ids of now by those in the workbook
   * @param unread names of questions that could not be read: they are not said to be unknown
   * @param isUnsure nor is any other, since numbers or IDs could not be read
   */
  constructor(
    sections: readonly JsonObject[],
    moved: ReadonlyMap<string, string>,
    unread: readonly string[],
    isUnsure: boolean,
  ) {
    this.#unread = unread;
    this.#isUnsure = isUnsure;
    const places = allPlaces(placesOf({ sections: [...sections] }));
    this.#ids = new Set(places.map(({ id }) => id));
    this.#moved = moved;
    for (const { id, value, label } of places) {
      const number = plain(textOf(value['number']));
      if (value['kind'] !== undefined) this.#byLabel.set(plain(label), number);
      if (number !== '') this.#byNumber.set(number, this.#byNumber.has(number) ? null : id);
    }
  }

  /** The id of the question that a cell names; says of a name that none has. */
  idOf(written: string, cell: string, findings: Findings): string | undefined {
    const name = /^`(.*)`$/u.exec(written)?.[1] ?? written;
    if (this.#ids.has(name)) return this.#moved.get(name) ?? name;
    const numbered = this.#byNumber.get(plain(name));
    const found = this.#moved.get(name) ?? numbered ?? undefined;
    if (found !== undefined) return found;
    if (this.#isUnsure || this.#unread.some((each) => each === name || name.startsWith(`${each}.`))) return undefined;
    const number = this.#byLabel.get(plain(name));
    if (numbered === null)
      findings.refuse(
        cell,
        'ambiguous-question',
        `番号「${name}」の設問が2つ以上あります。IDを記入するか、番号を改めてください。`,
      );
    else
      findings.refuse(
        cell,
        'unknown-question',
        number === undefined
          ? `「${name}」とありますが、その番号又はIDの設問はありません。${hint(name, [...this.#byNumber.keys(), ...this.#ids])}`
          : labelMessage(name, number || undefined),
      );
    return undefined;
  }
}
