import { describe, expect, it } from 'vitest';
import { attributesOf, valuesOf } from '../../../../functions/storage/attribute-values.ts';

const item = {
  pk: 'p',
  seq: 12,
  half: -0.5,
  late: false,
  nothing: null,
  empty: '',
  operations: ['a', 'b'],
  none: [],
  starts: { '2024-04-01': 1, inner: { deep: [{ yes: true }] } },
  gzip: new Uint8Array([0, 255]),
};

describe('an item', () => {
  it('has each value under its type', () => {
    expect(attributesOf(item)).toEqual({
      pk: { S: 'p' },
      seq: { N: '12' },
      half: { N: '-0.5' },
      late: { BOOL: false },
      nothing: { NULL: true },
      empty: { S: '' },
      operations: { L: [{ S: 'a' }, { S: 'b' }] },
      none: { L: [] },
      starts: {
        M: { '2024-04-01': { N: '1' }, inner: { M: { deep: { L: [{ M: { yes: { BOOL: true } } }] } } } },
      },
      gzip: { B: new Uint8Array([0, 255]) },
    });
  });

  it('comes back as it was', () => {
    expect(valuesOf(attributesOf(item))).toEqual(item);
  });

  it('leaves out what is not given', () => {
    expect(attributesOf({ a: undefined, b: [undefined, 1], c: { d: undefined } })).toEqual({
      b: { L: [{ N: '1' }] },
      c: { M: {} },
    });
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, 1n, new Date(0), new Set(['a']), () => 1])(
    'keeps nothing that would come back as something else: %s',
    (value) => {
      expect(() => attributesOf({ value })).toThrow(TypeError);
    },
  );

  it.each(['9007199254740992', '-12345678901234567890', '1e309'])('is not read as another number: %s', (N) => {
    expect(() => valuesOf({ value: { N } })).toThrow(TypeError);
  });

  it('of a type that no item here has is not guessed at', () => {
    expect(() => valuesOf({ names: { SS: ['a'] } })).toThrow(TypeError);
  });
});
