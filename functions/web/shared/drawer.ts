/**
 * What was typed, is not stored and is too heavy for the page that is shown next: kept for a day for the same person in
 * the same browser, under a name that only that page knows.
 */

import { randomUUID } from 'node:crypto';
import type { FormPlace, KeptForms } from '../../storage/kept-forms.ts';
import { packed } from './parts.ts';
import { posted } from '../fields/posted.ts';
import type { Posted } from '../fields/posted.ts';

export interface Drawer {
  /** The name under which it is kept; `undefined` when it is too large. */
  keep(typed: Posted): Promise<string | undefined>;
  /** What was kept; `undefined` after a day, and for anybody else. */
  kept(name: string): Promise<Posted | undefined>;
}

/** The browser's random id. */
interface BrowserId {
  readonly get: () => string | undefined;
  readonly set: (id: string) => void;
}

/** In code units: of a text that is kept in one piece, and of what is kept together. As a form, one weighs up to nine bytes. */
const mostPiece = 50_000;
const mostTogether = 100_000;
/** The name says how many are kept together, in two digits. */
const mostParts = 99;
/** The name of a piece that continues the text before; no field is called so. */
const continued = '+';

type Field = readonly [name: string, text: string];

/** Not inside a character. */
function pieceOf(text: string): string {
  const isInside = /[\uD800-\uDBFF]/.test(text.charAt(mostPiece - 1));
  return text.slice(0, isInside ? mostPiece - 1 : mostPiece);
}

function piecesOf(name: string, text: string): Field[] {
  const pieces: Field[] = [];
  let left = text;
  do {
    const piece = pieceOf(left);
    pieces.push([pieces.length === 0 ? name : continued, piece]);
    left = left.slice(piece.length);
  } while (left !== '');
  return pieces;
}

function fieldsIn(pieces: readonly Field[]): URLSearchParams {
  const fields: [string, string][] = [];
  for (const [name, text] of pieces) {
    const last = fields.at(-1);
    if (name === continued && last !== undefined) last[1] += text;
    else fields.push([name, text]);
  }
  return new URLSearchParams(fields);
}

const namePattern = /^[0-9a-f-]{36}\.(\d{1,2})$/;

/** @param owner the mark of the person who types */
export function createDrawer(
  forms: Pick<KeptForms, 'keepForm' | 'keptForm'>,
  owner: string,
  browserId: BrowserId,
): Drawer {
  const placeOf = (browser: string, name: string, index: number): FormPlace => ({
    browser,
    owner,
    page: `drawer:${name}:${index}`,
  });
  return {
    keep: async (typed) => {
      const browser = browserId.get() ?? randomUUID();
      const pieces = [...typed].flatMap(([name, values]) => values.flatMap((text) => piecesOf(name, text)));
      const parts = packed(pieces, ([, text]) => text.length, mostTogether);
      if (parts.length > mostParts) return undefined;
      const name = `${randomUUID()}.${parts.length}`;
      for (const [index, part] of parts.entries())
        if (
          !(await forms.keepForm(
            placeOf(browser, name, index),
            new URLSearchParams(part.map(([field, text]) => [field, text])),
          ))
        )
          return undefined;
      browserId.set(browser);
      return name;
    },
    kept: async (name) => {
      const browser = browserId.get();
      const count = namePattern.exec(name)?.[1];
      if (browser === undefined || count === undefined) return undefined;
      const parts = await Promise.all(
        Array.from({ length: Number(count) }, (_, index) => forms.keptForm(placeOf(browser, name, index))),
      );
      return parts.length === 0 || parts.includes(undefined)
        ? undefined
        : posted(fieldsIn(parts.flatMap((part) => [...(part ?? [])])));
    },
  };
}
