import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { printRange, rangeSchema, readRange } from '../../../../schemas/values/range.ts';
import { anyText, hostileTexts } from './arbitraries.ts';

const anyRange = fc
  .tuple(fc.oneof(fc.nat(100), fc.maxSafeNat()), fc.oneof(fc.nat(100), fc.maxSafeNat()))
  .map(([one, other]) => ({ min: Math.min(one, other), max: Math.max(one, other) }));

describe('range', () => {
  it.each([
    { min: 4, max: 5 },
    { min: 0, max: 0 },
  ])('accepts %j', (value) => {
    expect(rangeSchema.safeParse(value).success).toBe(true);
  });

  it.each([
    { min: 5, max: 4 },
    { min: -1, max: 4 },
    { min: 1.5, max: 4 },
    { min: 4 },
    { min: 4, max: 5, unit: '件' },
    4,
  ])('refuses %j', (value) => {
    expect(rangeSchema.safeParse(value).success).toBe(false);
  });

  it('has both ends in JSON Schema and can be compiled', () => {
    expect(z.toJSONSchema(rangeSchema)).toMatchObject({
      required: ['min', 'max'],
      properties: { min: { type: 'integer', minimum: 0 }, max: { type: 'integer', minimum: 0 } },
    });
    expect(z.compile(rangeSchema).safeParse({ min: 5, max: 4 }).success).toBe(false);
  });
});

describe('readRange', () => {
  it.each([
    ['4~5', 4, 5],
    ['4〜5', 4, 5],
    ['4～5件', 4, 5],
    ['４～５件', 4, 5],
    ['4件～5件', 4, 5],
    ['4 〜 5 件', 4, 5],
    ['4-5', 4, 5],
    ['4－5', 4, 5],
    ['4ー5', 4, 5],
    ['4から5', 4, 5],
    ['4件から5件まで', 4, 5],
    ['20', 20, 20],
    ['20件', 20, 20],
    ['1,000〜2,000件', 1000, 2000],
    ['0〜2', 0, 2],
  ])('reads %s as %i to %i', (text, min, max) => {
    expect(readRange(text, { unit: '件' })).toEqual({ ok: true, value: { min, max } });
  });

  it.each([
    ['20件程度', 20, 20],
    ['約20件', 20, 20],
    ['4〜5件程度', 4, 5],
    ['約4〜5件ほど', 4, 5],
  ])('drops the vagueness of %s and says so', (text, min, max) => {
    expect(readRange(text, { unit: '件' })).toMatchObject({
      ok: true,
      value: { min, max },
      notice: { code: 'approximate' },
    });
  });

  it('says in which order a reversed range is written', () => {
    expect(readRange('5〜4')).toEqual({
      ok: false,
      problem: { code: 'reversed', message: '範囲の前後が逆です。「4〜5」の順に入力してください。' },
    });
  });

  it.each([
    ['', 'empty'],
    [' ', 'empty'],
    ['程度', 'not-a-range'],
    ['4〜', 'not-a-range'],
    ['〜5', 'not-a-range'],
    ['4件以上', 'not-a-range'],
    ['1〜2〜3', 'not-a-range'],
    ['-', 'not-a-range'],
    ['-5', 'negative'],
    ['1.5〜2', 'fractional'],
    ['4.5', 'fractional'],
    ['1.000〜2.000', 'ambiguous-point'],
    ['1〜２．０００', 'ambiguous-point'],
    ['4,5', 'misplaced-comma'],
    ['12,34', 'misplaced-comma'],
    ['4, 500', 'not-a-range'],
    ['6/9', 'not-a-range'],
    ['4・5', 'not-a-range'],
    ['1-2-3', 'not-a-range'],
    ['1--2', 'negative'],
    ['2024-09', 'reversed'],
    ['4〜5人', 'unexpected-unit'],
    ['1〜9007199254740992', 'too-large'],
  ])('says of %j: %s', (text, code) => {
    expect(readRange(text, { unit: '件' })).toMatchObject({ ok: false, problem: { code } });
  });

  it('reads what it prints', () => {
    fc.assert(
      fc.property(anyRange, fc.constantFrom(undefined, '件', '分', '回', 'ケース'), (value, unit) => {
        expect(readRange(printRange(value, unit), { unit })).toEqual({ ok: true, value });
      }),
    );
  });

  it('gives only ranges that can be stored, whatever is typed', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const reading = readRange(text, { unit: '件' });
        expect(reading.ok ? rangeSchema.safeParse(reading.value).success : reading.problem.code).toBeTruthy();
      }),
    );
  });

  it('does not throw on hostile texts', () => {
    expect(hostileTexts.filter((text) => readRange(text).ok)).toEqual(['1']);
  });
});

describe('printRange', () => {
  it.each([
    [{ min: 4, max: 5 }, '件', '4〜5件'],
    [{ min: 20, max: 20 }, '件', '20件'],
    [{ min: 4, max: 5 }, undefined, '4〜5'],
  ])('prints %j as %s', (value, unit, printed) => {
    expect(printRange(value, unit)).toBe(printed);
  });
});
