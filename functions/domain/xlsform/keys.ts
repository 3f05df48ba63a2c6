/** Keys of questions and options that are made of the names in an XLSForm: `first_name` → `firstName`. */

import { reservedKeys } from '../../../schemas/document/faults.ts';

const longest = 60;

/** As far as it can be told from the name alone; empty of a name without letters and digits. */
function keyFrom(name: string, letter: string): string {
  const words = name
    .normalize('NFKC')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '');
  const joined = words
    .map((word, index) => {
      if (index > 0) return `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
      return word === word.toUpperCase() ? word.toLowerCase() : `${word.slice(0, 1).toLowerCase()}${word.slice(1)}`;
    })
    .join('');
  return (/^\d/.test(joined) ? `${letter}${joined}` : joined).slice(0, longest);
}

/** Makes one key after the other, none like another one; the same names in the same order give the same keys. */
export class Keys {
  readonly #letter: string;
  readonly #taken: Set<string>;

  /**
   * @param letter begins a key whose name has none
   * @param taken keys that are none, in small letters
   */
  constructor(letter: string, taken: Iterable<string> = [...reservedKeys, 'excel', 'total', 'any']) {
    this.#letter = letter;
    this.#taken = new Set([...taken].map((key) => key.toLowerCase()));
  }

  /** @param hasOther a text of its own stands beside it under `<key>Other` */
  make(name: string, hasOther = false): string {
    const wanted = keyFrom(name, this.#letter);
    const candidate = (number: number): string =>
      wanted === '' ? `${this.#letter}${number}` : number === 1 ? wanted : `${wanted}${number}`;
    let number = 1;
    while (!this.#isFree(candidate(number), hasOther)) number += 1;
    const key = candidate(number);
    this.#taken.add(key.toLowerCase());
    if (hasOther) this.#taken.add(`${key}other`.toLowerCase());
    return key;
  }

  #isFree(key: string, hasOther: boolean): boolean {
    const free = !this.#taken.has(key.toLowerCase());
    return free && (!hasOther || !this.#taken.has(`${key}other`.toLowerCase()));
  }
}
