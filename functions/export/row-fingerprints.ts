/**
 * Of every row of a table its key and what it says, as hashes in typed arrays: about 25 bytes a place, where a Map of texts
 * takes hundreds a row.
 */

import { hash } from 'node:crypto';

/** What the newer table was found to have of a row of the older one. */
export type RowState = 'gone' | 'same' | 'changed';

const states: readonly RowState[] = ['gone', 'same', 'changed'];

/** Words of 32 bits: of a key enough that no two of any table have the same, of a row that another one is no other by chance. */
const keyWords = 4;
const rowWords = 2;
const words = keyWords + rowWords;
/** A power of two, as every size after it. */
const firstPlaces = 1024;
const fullest = 0.75;

const hexPerWord = 8;

/** By way of text: a buffer for each of a million hashes would lie outside the heap, and long. */
function wordsOf(text: string, count: number): Uint32Array {
  const digest = hash('sha256', text, 'hex');
  const found = new Uint32Array(count);
  for (let index = 0; index < count; index += 1)
    found[index] = Number.parseInt(digest.slice(index * hexPerWord, (index + 1) * hexPerWord), 16);
  return found;
}

/** A table with open addressing: a key lies at the first free place from the one that its hash names. */
class Places {
  readonly count: number;
  /** The words of the key and of the row, place by place. */
  readonly hashes: Uint32Array;
  /** 0 where the place is free, otherwise one more than the index of the state. */
  readonly marks: Uint8Array;

  constructor(count: number) {
    this.count = count;
    this.hashes = new Uint32Array(count * words);
    this.marks = new Uint8Array(count);
  }

  #has(key: Uint32Array, place: number): boolean {
    return key.every((word, index) => this.hashes[place * words + index] === word);
  }

  /** Where the key lies, or the free place where it would. */
  placeOf(key: Uint32Array): number {
    let place = (key[0] ?? 0) % this.count;
    while (this.marks[place] !== 0 && !this.#has(key, place)) place = (place + 1) % this.count;
    return place;
  }
}

/** The rows of an older table, which those of a newer one are compared with when all of the older are added. */
export class RowFingerprints {
  #places = new Places(firstPlaces);
  #size = 0;
  #gone = 0;

  /** How many rows the newer table was not yet found to have. */
  get gone(): number {
    return this.#gone;
  }

  #grow(): void {
    const old = this.#places;
    const next = new Places(old.count * 2);
    for (const [place, mark] of old.marks.entries()) {
      if (mark === 0) continue;
      const hashes = old.hashes.subarray(place * words, (place + 1) * words);
      const to = next.placeOf(hashes.subarray(0, keyWords));
      next.hashes.set(hashes, to * words);
      next.marks[to] = mark;
    }
    this.#places = next;
  }

  #mark(place: number, state: RowState): void {
    this.#places.marks[place] = states.indexOf(state) + 1;
  }

  #stateAt(place: number): RowState | undefined {
    return states[(this.#places.marks[place] ?? 0) - 1];
  }

  /** A row of the older table; `gone` until the newer one was found to have it. */
  add(key: string, row: string): void {
    if (this.#size >= this.#places.count * fullest) this.#grow();
    const hashes = wordsOf(key, keyWords);
    const place = this.#places.placeOf(hashes);
    if (this.#places.marks[place] === 0) {
      this.#size += 1;
      this.#gone += 1;
    }
    this.#places.hashes.set(hashes, place * words);
    this.#places.hashes.set(wordsOf(row, rowWords), place * words + keyWords);
    this.#mark(place, 'gone');
  }

  /** Compares a row of the newer table: whether the older one has the same. */
  meet(key: string, row: string): boolean {
    const place = this.#places.placeOf(wordsOf(key, keyWords));
    const was = this.#stateAt(place);
    if (was === undefined) return false;
    if (was === 'gone') this.#gone -= 1;
    const isSame = wordsOf(row, rowWords).every(
      (word, index) => this.#places.hashes[place * words + keyWords + index] === word,
    );
    this.#mark(place, isSame ? 'same' : 'changed');
    return isSame;
  }

  /** `undefined` for a row that the older table does not have. */
  stateOf(key: string): RowState | undefined {
    return this.#stateAt(this.#places.placeOf(wordsOf(key, keyWords)));
  }
}
