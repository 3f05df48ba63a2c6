import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { countSchema, printCount, readCount } from '../../../../schemas/values/count.ts';
import { anyText, hostileTexts } from './arbitraries.ts';

describe('count', () => {
  it.each([0, 1, Number.MAX_SAFE_INTEGER])('accepts %d', (value) => {
    expect(countSchema.safeParse(value).success).toBe(true);
  });

  it.each([-1, 1.5, 2 ** 53, Number.NaN, '12', null])('refuses %j', (value) => {
    expect(countSchema.safeParse(value).error?.issues[0]?.message).toBe('0以上の整数で指定してください。');
  });

  it('is an integer from 0 in JSON Schema and can be compiled', () => {
    expect(z.toJSONSchema(countSchema)).toMatchObject({ type: 'integer', minimum: 0 });
    expect(z.compile(countSchema).safeParse(-1).success).toBe(false);
  });
});

describe('readCount', () => {
  it.each([
    ['0', 0],
    ['12', 12],
    ['１２', 12],
    [' 12 ', 12],
    ['1,234', 1234],
    ['１，２３４，５６７', 1234567],
    ['12回', 12],
    ['12 回', 12],
    ['１２回', 12],
    ['12.0', 12],
    ['007', 7],
  ])('reads %j as %i', (text, value) => {
    expect(readCount(text, { unit: '回' })).toEqual({ ok: true, value });
  });

  it('takes another name of the same unit', () => {
    expect(readCount('12名', { unit: '人' })).toEqual({ ok: true, value: 12 });
    expect(readCount('3ヶ所', { unit: 'か所' })).toEqual({ ok: true, value: 3 });
  });

  it('keeps a unit with a long vowel whole', () => {
    expect(readCount('５ケース', { unit: 'ケース' })).toEqual({ ok: true, value: 5 });
  });

  it.each(['-', '－', 'ー', '―', 'なし', '無し', '該当なし'])('reads %s as null where that is an answer', (text) => {
    expect(readCount(text, { nullable: true })).toEqual({ ok: true, value: null });
  });

  it.each(['-', '－', 'ー', 'なし', '該当なし'])('says of %s elsewhere to write 0 or leave it empty', (text) => {
    const reading = readCount(text, { unit: '回' });
    expect(reading).toMatchObject({ ok: false, problem: { code: 'not-applicable' } });
    expect(reading.ok ? '' : reading.problem.message).toMatch(/0と入力.*空欄/);
  });

  it('says which two numbers a point may mean', () => {
    expect(readCount('１．０００')).toEqual({
      ok: false,
      problem: {
        code: 'ambiguous-point',
        message: '「1.000」は「1」とも「1000」とも読めます。点を付けずに入力してください。',
      },
    });
  });

  it('does not take a month of the calendar for a number of months', () => {
    expect(readCount('9か月', { unit: 'か月' })).toEqual({ ok: true, value: 9 });
    expect(readCount('9月', { unit: 'か月' })).toMatchObject({ ok: false, problem: { code: 'unexpected-unit' } });
  });

  it.each(['事業所', '施設', '機関'])('reads か所 where %s are counted and says so', (unit) => {
    expect(readCount('３箇所', { unit })).toEqual({
      ok: true,
      value: 3,
      notice: { code: 'converted', message: `「3箇所」は「3${unit}」と読み取りました。` },
    });
    expect(readCount('3人', { unit })).toMatchObject({ ok: false, problem: { code: 'unexpected-unit' } });
    expect(readCount('3か所', { unit: '回' })).toMatchObject({ ok: false, problem: { code: 'unexpected-unit' } });
  });

  it('names the unit that is expected', () => {
    expect(readCount('12人', { unit: '回' })).toEqual({
      ok: false,
      problem: { code: 'unexpected-unit', message: '単位が「人」になっています。この項目の単位は「回」です。' },
    });
    expect(readCount('12人')).toMatchObject({ ok: false, problem: { code: 'unexpected-unit' } });
  });

  it.each([
    ['', 'empty'],
    ['　', 'empty'],
    ['-5', 'negative'],
    ['－５', 'negative'],
    ['▲5', 'negative'],
    ['1.5', 'fractional'],
    ['9007199254740992', 'too-large'],
    ['1,23', 'misplaced-comma'],
    ['12,34', 'misplaced-comma'],
    ['1,2345', 'misplaced-comma'],
    ['1,', 'misplaced-comma'],
    ['1,00', 'misplaced-comma'],
    ['0,123', 'misplaced-comma'],
    ['1,,000', 'misplaced-comma'],
    ['1.000', 'ambiguous-point'],
    ['２．０００', 'ambiguous-point'],
    ['12.000回', 'ambiguous-point'],
    ['1.0000', 'ambiguous-point'],
    ['1.234', 'fractional'],
    ['1,234.5', 'fractional'],
    ['1.000.000', 'not-a-number'],
    ['1.000,00', 'not-a-number'],
    ['1, 234', 'not-a-number'],
    ['1 ,234', 'not-a-number'],
    ['1、234', 'not-a-number'],
    ["1'234", 'not-a-number'],
    ['1.', 'not-a-number'],
    ['1/2', 'not-a-number'],
    ['1-2', 'not-a-number'],
    ['3回4', 'not-a-number'],
    ['1 2', 'not-a-number'],
    ['1e5', 'not-a-number'],
    ['0x10', 'not-a-number'],
    ['約12', 'not-a-number'],
    ['1万', 'not-a-number'],
    ['12②', 'not-a-number'],
    ['Infinity', 'not-a-number'],
    ['十二', 'not-a-number'],
  ])('says of %j: %s', (text, code) => {
    expect(readCount(text, { unit: '回', nullable: true })).toMatchObject({ ok: false, problem: { code } });
  });

  it('reads what it prints', () => {
    const value = fc.option(fc.oneof(fc.nat(), fc.maxSafeNat()));
    const unit = fc.constantFrom(undefined, '人', '回', '件', '分', '事業所', '機関', 'ケース');
    fc.assert(
      fc.property(value, unit, (value, unit) => {
        expect(readCount(printCount(value, unit), { unit, nullable: true })).toEqual({ ok: true, value });
      }),
    );
  });

  it('gives only counts that can be stored, whatever is typed', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const reading = readCount(text, { unit: '回', nullable: true });
        expect(
          reading.ok ? z.nullable(countSchema).safeParse(reading.value).success : reading.problem.code,
        ).toBeTruthy();
      }),
    );
  });

  it('never reads another number than the digits that were typed', () => {
    const typed = fc.array(fc.constantFrom('0', '1', '9', '12', '000', ',', '，', '.', '．', ' ', '-', '回'), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(typed, (parts) => {
        const text = parts.join('');
        const reading = readCount(text, { unit: '回' });
        if (!reading.ok) return;
        const plain = text
          .normalize('NFKC')
          .replace('回', '')
          .replace(/ *\. */, '.')
          .trim();
        expect(plain).toMatch(/^(?:\d+|[1-9]\d{0,2}(?:,\d{3})+)(?:\.0{1,2})?$/);
        expect(reading.value).toBe(Number(plain.replaceAll(',', '')));
      }),
      { numRuns: 2000 },
    );
  });

  it('does not throw on hostile texts', () => {
    const read = hostileTexts.filter((text) => readCount(text).ok);
    expect(read).toEqual(['1']);
  });
});

describe('printCount', () => {
  it.each([
    [1234, '回', '1,234回'],
    [0, '回', '0回'],
    [-0, '回', '0回'],
    [12, undefined, '12'],
    [null, '回', '-'],
  ])('prints %j %s as %s', (value, unit, printed) => {
    expect(printCount(value, unit)).toBe(printed);
  });
});
