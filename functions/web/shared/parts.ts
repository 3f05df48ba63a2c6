/** What is too much for one page goes on in further parts. Parts are measured in bytes, before compression. Pure. */

import { html } from 'hono/html';
import type { JSX } from 'hono/jsx/jsx-runtime';

/** No page is larger. */
export const mostPageBytes = 60_000;
/** Of these, for the frame around the parts, the page's own headings, forms and buttons. */
export const frameBytes = 8_000;

/** Of these, for the frame of every page alone: from the doctype to its main part, and the footer. */
export const shellBytes = 3_000;
/** What stands in the main part of a page may weigh as much. */
export const mostMainBytes = mostPageBytes - shellBytes;

export interface Rendered {
  /** As HTML, which is not made a second time where it is put into a page. */
  readonly element: JSX.Element;
  readonly bytes: number;
}

/** An element with what it weighs. Throws a TypeError for one that waits for something. */
export function rendered(element: JSX.Element): Rendered {
  const text = html`${element}`;
  if (text instanceof Promise) throw new TypeError('an element that waits for something has no weight yet');
  return { element: text, bytes: Buffer.byteLength(text.toString()) };
}

/** What an element weighs as HTML. */
export function bytesOf(element: JSX.Element): number {
  return rendered(element).bytes;
}

/**
 * Pieces in their order, as many in a part as it holds; one that is heavier than that has a part of its own. At least
 * one part.
 */
export function packed<T>(pieces: readonly T[], weigh: (piece: T) => number, capacity: number): (readonly T[])[] {
  const parts: T[][] = [[]];
  let weight = 0;
  for (const piece of pieces) {
    const more = weigh(piece);
    const current = parts.at(-1);
    if (current === undefined || (current.length > 0 && weight + more > capacity)) {
      parts.push([piece]);
      weight = more;
    } else {
      current.push(piece);
      weight += more;
    }
  }
  return parts;
}

export interface Fitting<T> {
  readonly shown: readonly T[];
  /** How many more there are. */
  readonly more: number;
  /** What those shown weigh. */
  readonly bytes: number;
}

/** The first pieces, as many as there is room for; at least one where there is any. */
export function fitting<T>(pieces: readonly T[], weigh: (piece: T) => number, capacity: number): Fitting<T> {
  const [shown = []] = packed(pieces, weigh, capacity);
  return { shown, more: pieces.length - shown.length, bytes: shown.reduce((sum, piece) => sum + weigh(piece), 0) };
}

/** What characters weigh as HTML, where they are not as many bytes as in UTF-8. */
const escaped: Readonly<Record<string, number>> = { '&': 5, '<': 4, '>': 4, '"': 6, "'": 5 };

/** What a text weighs as HTML. */
export function textBytes(text: string): number {
  let bytes = Buffer.byteLength(text);
  for (const [character] of text.matchAll(/[&<>"']/g)) bytes += (escaped[character] ?? 1) - 1;
  return bytes;
}

/** Its first characters, none of them cut. */
export function beginningOf(text: string, mostCharacters: number): string {
  return Array.from(text.slice(0, mostCharacters * 2))
    .slice(0, mostCharacters)
    .join('');
}

/** Up to the last line break, where one stands in its second half: what people read is not cut inside a line. */
function upToLineBreak(piece: string): string {
  const at = piece.lastIndexOf('\n') + 1;
  return at > piece.length / 2 ? piece.slice(0, at) : piece;
}

/**
 * A long text in its order, each piece of at most so many bytes of HTML, cut between lines where it has any. A short
 * one, or none, is one piece.
 */
export function textParts(text: string, mostBytes: number): string[] {
  const pieces: string[] = [];
  let left = text;
  // Nothing weighs more than six bytes a code unit.
  while (left.length * 6 > mostBytes) {
    let [piece, weight] = ['', 0];
    for (const character of left) {
      weight += escaped[character] ?? Buffer.byteLength(character);
      if (weight > mostBytes) break;
      piece += character;
    }
    if (piece.length === left.length) break;
    const cut = upToLineBreak(piece);
    pieces.push(cut);
    left = left.slice(cut.length);
  }
  return [...pieces, left];
}

/** The part that an address or a form asks for, from 0. */
export function partWanted(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,3}$/.test(text) ? Number(text) : undefined;
}
