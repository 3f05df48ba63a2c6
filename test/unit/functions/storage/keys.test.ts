import { describe, expect, it } from 'vitest';
import { headKey, isReturnKey, logKey, returnOfHead, versionKey } from '../../../../functions/storage/keys.ts';

const key = { round: 'r6', form: 'council-report', unit: 'kitaadachi-east' };

describe('keys', () => {
  it('sort numbers as text', () => {
    const numbers = [1, 9, 10, 99, 1000];
    expect(numbers.map((seq) => logKey('r6', seq).sk).toSorted()).toEqual(numbers.map((seq) => logKey('r6', seq).sk));
    expect(numbers.map((n) => versionKey(key, n).sk).toSorted()).toEqual(numbers.map((n) => versionKey(key, n).sk));
  });

  it('of a head name its form and unit', () => {
    expect(returnOfHead(headKey(key).sk)).toEqual({ form: 'council-report', unit: 'kitaadachi-east' });
  });

  it.each([
    [key, true],
    [{ ...key, unit: '111007' }, true],
    [{ ...key, unit: 'a#b' }, false],
    [{ ...key, unit: '' }, false],
    [{ ...key, unit: 'x'.repeat(65) }, false],
    [{ ...key, form: 'a#b' }, false],
    [{ ...key, round: 'r6#council-report' }, false],
  ])('%j may be one of a return: %s', (candidate, expected) => {
    expect(isReturnKey(candidate)).toBe(expected);
  });
});
