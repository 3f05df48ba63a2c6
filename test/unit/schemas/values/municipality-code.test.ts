import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import {
  checkDigit,
  hasValidCheckDigit,
  municipalityCode,
  prefectureOf,
  readMunicipalityCode,
} from '../../../../schemas/values/municipality-code.ts';
import directory from '../../../fixtures/saitama-r6/directory.json' with { type: 'json' };
import { anyText, hostileTexts } from './arbitraries.ts';

const realCodes = [directory.prefecture.code, ...directory.municipalities.map(({ code }) => code)];
const anyCode = fc
  .tuple(fc.integer({ min: 1, max: 47 }), fc.integer({ min: 0, max: 999 }))
  .map(([prefecture, number]) => `${prefecture}`.padStart(2, '0') + `${number}`.padStart(3, '0'))
  .map((fiveDigits) => fiveDigits + checkDigit(fiveDigits));

describe('the check digit', () => {
  it('is that of every real code of a prefecture', () => {
    expect(realCodes).toHaveLength(64);
    expect(realCodes.filter((code) => !hasValidCheckDigit(code))).toEqual([]);
  });

  it.each([
    ['01100', '2'],
    ['13101', '6'],
    ['13105', '9'],
    ['14100', '3'],
    ['11202', '0'],
    ['11216', '0'],
    ['00000', '1'],
  ])('of %s is %s', (fiveDigits, digit) => {
    expect(checkDigit(fiveDigits)).toBe(digit);
  });

  it.each(['', '1110', '111007', '1110a', '１１１００'])('of %j, which is not five digits, is none', (text) => {
    expect(checkDigit(text)).toBe('');
    expect(hasValidCheckDigit(text.padEnd(6))).toBe(text === '111007');
  });

  it('gives a wrong single digit away', () => {
    fc.assert(
      fc.property(anyCode, fc.nat(4), fc.integer({ min: 1, max: 9 }), (code, place, shift) => {
        const digits = code.split('');
        digits[place] = String((Number(digits[place]) + shift) % 10);
        const mistyped = digits.join('');
        // The remainders 0 and 10 share the digit 1: only a slip from one to the other goes unseen.
        fc.pre(!code.endsWith('1'));
        expect(hasValidCheckDigit(mistyped)).toBe(false);
      }),
    );
  });
});

describe('municipalityCode', () => {
  it('accepts six digits with a valid check digit', () => {
    expect(municipalityCode.safeParse('111007').success).toBe(true);
  });

  it.each([
    ['111008', '市町村コードの検査数字（6桁目）が合いません。コードを確かめて入力し直してください。'],
    ['11100', '市町村コードは6桁の数字で指定してください。'],
    ['１１１００７', '市町村コードは6桁の数字で指定してください。'],
    [111007, '市町村コードは文字列（6桁の数字）で指定してください。'],
  ])('refuses %j with one message', (value, message) => {
    expect(municipalityCode.safeParse(value).error?.issues.map((issue) => issue.message)).toEqual([message]);
  });

  it('keeps its pattern in JSON Schema and can be compiled', () => {
    expect(z.toJSONSchema(municipalityCode)).toMatchObject({ type: 'string', pattern: '^\\d{6}$' });
    expect(z.compile(municipalityCode).safeParse('111008').success).toBe(false);
  });
});

describe('readMunicipalityCode', () => {
  it.each(['111007', '１１１００７', ' 111007 '])('reads %j', (text) => {
    expect(readMunicipalityCode(text)).toEqual({ ok: true, value: '111007' });
  });

  it('adds the check digit that was left off, and says so', () => {
    expect(readMunicipalityCode('１３１０１')).toEqual({
      ok: true,
      value: '131016',
      notice: { code: 'check-digit-added', message: '「13101」に検査数字を補い、「131016」と読み取りました。' },
    });
  });

  it('adds it to every real code when it knows the prefecture', () => {
    for (const code of realCodes) {
      expect(readMunicipalityCode(code.slice(0, 5), '11')).toMatchObject({ ok: true, value: code });
    }
  });

  it.each([
    ['', 'empty'],
    [' \u3000\n', 'empty'],
    ['さいたま市', 'not-digits'],
    ['11100-7', 'not-digits'],
    ['1110', 'wrong-length'],
    ['1110070', 'wrong-length'],
    ['111008', 'wrong-check-digit'],
  ])('says of %j: %s', (text, code) => {
    expect(readMunicipalityCode(text)).toMatchObject({ ok: false, problem: { code } });
  });

  it('tells a code of another prefecture from a wrong one', () => {
    expect(readMunicipalityCode('131016', '11')).toMatchObject({ ok: false, problem: { code: 'other-prefecture' } });
    expect(readMunicipalityCode('13101', '11')).toMatchObject({ ok: false, problem: { code: 'other-prefecture' } });
    expect(readMunicipalityCode('111007', '11')).toEqual({ ok: true, value: '111007' });
  });

  describe('five digits that may be six without their leading zero', () => {
    it.each(['11002', '11100'])('are not guessed at: %s', (text) => {
      expect(readMunicipalityCode(text)).toMatchObject({ ok: false, problem: { code: 'ambiguous-code' } });
    });

    it('are read for the prefecture that asks', () => {
      expect(readMunicipalityCode('11002', '01')).toMatchObject({
        ok: true,
        value: '011002',
        notice: { code: 'leading-zero-added' },
      });
      expect(readMunicipalityCode('11002', '11')).toMatchObject({
        ok: true,
        value: `11002${checkDigit('11002')}`,
        notice: { code: 'check-digit-added' },
      });
    });

    it('are read where only one reading is of a prefecture that exists', () => {
      expect(readMunicipalityCode('92011')).toMatchObject({ ok: true, value: '092011' });
      expect(readMunicipalityCode('01100')).toMatchObject({ ok: true, value: '011002' });
    });
  });

  it('reads what it prints', () => {
    fc.assert(
      fc.property(anyCode, (code) => {
        expect(readMunicipalityCode(code, prefectureOf(code))).toEqual({
          ok: true,
          value: code,
        });
      }),
    );
  });

  it('gives only codes that can be stored, whatever is typed', () => {
    const digits = fc.stringMatching(/^[0-9]{4,7}$/);
    const prefecture = fc.option(fc.constantFrom('01', '11', '13'), { nil: undefined });
    fc.assert(
      fc.property(fc.oneof(anyText, digits), prefecture, (text, prefecture) => {
        const reading = readMunicipalityCode(text, prefecture);
        expect(reading.ok ? municipalityCode.safeParse(reading.value).success : reading.problem.code).toBeTruthy();
      }),
    );
  });

  it('does not throw on hostile texts', () => {
    expect(hostileTexts.map((text) => readMunicipalityCode(text).ok)).not.toContain(true);
  });
});
