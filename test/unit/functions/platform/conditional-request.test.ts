import { describe, expect, it } from 'vitest';
import { isUnchanged, rangeOf } from '../../../../functions/platform/conditional-request.ts';

const tag = '"a1"';
const headers = (sent: Record<string, string>) => (name: string) => sent[name];

describe('If-None-Match', () => {
  it.each([
    ['"a1"', true],
    ['W/"a1"', true],
    ['"b2", "a1"', true],
    ['*', true],
    ['"b2"', false],
    ['a1', false],
    ['', false],
  ])('%s: %s', (given, expected) => {
    expect(isUnchanged(headers({ 'if-none-match': given }), tag)).toBe(expected);
  });

  it('absent asks for the whole', () => {
    expect(isUnchanged(headers({}), tag)).toBe(false);
  });
});

describe('Range of a file of 100 bytes', () => {
  it.each([
    ['bytes=0-9', { from: 0, to: 9 }],
    ['bytes=90-', { from: 90, to: 99 }],
    ['bytes=90-200', { from: 90, to: 99 }],
    ['bytes=-10', { from: 90, to: 99 }],
    ['bytes=-200', { from: 0, to: 99 }],
    ['bytes=99-99', { from: 99, to: 99 }],
    ['bytes=100-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    // Not a range at all, or one that we may leave: the whole.
    ['bytes=9-0', undefined],
    ['bytes=-', undefined],
    ['bytes=0-1,5-6', undefined],
    ['lines=0-9', undefined],
    ['bytes=a-b', undefined],
  ])('%s', (range, expected) => {
    expect(rangeOf(headers({ range }), tag, 100)).toEqual(expected);
  });

  it('holds for the state that If-Range names only, and never for bytes that were compressed', () => {
    expect(rangeOf(headers({ range: 'bytes=0-9', 'if-range': tag }), tag, 100)).toEqual({ from: 0, to: 9 });
    expect(rangeOf(headers({ range: 'bytes=0-9', 'if-range': `W/${tag}` }), tag, 100)).toBeUndefined();
    expect(rangeOf(headers({ range: 'bytes=0-9', 'if-range': '"b2"' }), tag, 100)).toBeUndefined();
  });
});
