import * as fc from 'fast-check';
import { html } from 'hono/html';
import { describe, expect, it } from 'vitest';
import {
  beginningOf,
  bytesOf,
  fitting,
  packed,
  partWanted,
  textBytes,
  textParts,
} from '../../../../../functions/web/shared/parts.ts';

const weigh = (piece: number): number => piece;

describe('pieces in parts', () => {
  it('keep their order, fill each part as far as it holds, and leave nothing out', () => {
    expect(packed([3, 3, 4, 9, 1], weigh, 6)).toEqual([[3, 3], [4], [9], [1]]);
    expect(packed([], weigh, 6)).toEqual([[]]);
  });

  it('never weigh more than the part holds, but for a piece alone', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 })), fc.integer({ min: 1, max: 30 }), (pieces, capacity) => {
        const parts = packed(pieces, weigh, capacity);
        expect(parts.flat()).toEqual(pieces);
        for (const part of parts)
          if (part.length > 1) expect(part.reduce((sum, piece) => sum + piece, 0)).toBeLessThanOrEqual(capacity);
      }),
    );
  });

  it('are counted where only the first of them can be shown', () => {
    expect(fitting([3, 3, 4], weigh, 6)).toEqual({ shown: [3, 3], more: 1, bytes: 6 });
    expect(fitting([9, 1], weigh, 6)).toEqual({ shown: [9], more: 1, bytes: 9 });
    expect(fitting([], weigh, 6)).toEqual({ shown: [], more: 0, bytes: 0 });
  });
});

describe('the beginning of a text', () => {
  it('has so many characters, none of them cut', () => {
    expect(beginningOf('𠮷野家のメニュー', 3)).toBe('𠮷野家');
    expect(beginningOf('短い', 3)).toBe('短い');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(20), (text, most) => {
        const beginning = beginningOf(text, most);
        expect(text.startsWith(beginning)).toBe(true);
        expect(Array.from(beginning)).toHaveLength(Math.min(most, Array.from(text).length));
      }),
    );
  });
});

describe('the weight of a text', () => {
  it('is that of its HTML', () => {
    expect(textBytes('<長>')).toBe('&lt;'.length + 3 + '&gt;'.length);
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(textBytes(text)).toBe(bytesOf(html`${text}`));
      }),
    );
  });
});

describe('a long text', () => {
  it('is cut between characters, by what they weigh as HTML', () => {
    expect(textParts('支援支援', 6)).toEqual(['支援', '支援']);
    expect(textParts('a"b', 7)).toEqual(['a"', 'b']);
    expect(textParts('🏠🏠', 7)).toEqual(['🏠', '🏠']);
    expect(textParts('', 6)).toEqual(['']);
  });

  it('is cut between lines where it has any', () => {
    expect(textParts('一\n二二\n三', 13)).toEqual(['一\n二二\n', '三']);
    expect(textParts('\n一二三四', 8)).toEqual(['\n一二', '三四']);
  });

  it('is whole again when its pieces are put together', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('支', 'a', '"', '\n', '🏠')),
        fc.integer({ min: 6, max: 40 }),
        (characters, mostBytes) => {
          const text = characters.join('');
          expect(textParts(text, mostBytes).join('')).toBe(text);
        },
      ),
    );
  });
});

describe('the part that an address asks for', () => {
  it('is a number; anything else asks for none', () => {
    expect(['0', '12', undefined, '', '-1', '1.5', 'x', '1234'].map(partWanted)).toEqual([
      0,
      12,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
