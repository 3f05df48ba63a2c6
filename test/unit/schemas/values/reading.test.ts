import * as fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { readCount } from '../../../../schemas/values/count.ts';
import { readFiscalYears } from '../../../../schemas/values/fiscal-years.ts';
import { readFrequency } from '../../../../schemas/values/frequency.ts';
import { readMunicipalityCode } from '../../../../schemas/values/municipality-code.ts';
import { readPartialDate } from '../../../../schemas/values/partial-date.ts';
import { readRange } from '../../../../schemas/values/range.ts';
import { longestValue, type Reading } from '../../../../schemas/values/reading.ts';
import { anyText, hostileTexts } from './arbitraries.ts';

const readers: readonly [string, (text: string) => Reading<unknown>, example: string][] = [
  ['a count', (text) => readCount(text, { unit: '回', nullable: true }), '1,234回'],
  ['a range', (text) => readRange(text, { unit: '件' }), '4〜5件'],
  ['a frequency', readFrequency, '年2回＋随時'],
  ['fiscal years', readFiscalYears, '令和3年度〜令和5年度'],
  ['a date', readPartialDate, '令和6年9月30日'],
  ['a municipality code', (text) => readMunicipalityCode(text, '11'), '111007'],
];

afterEach(() => vi.restoreAllMocks());

describe.each(readers)('reading %s', (_, read, example) => {
  it('takes no more than a hundred characters, spaces included', () => {
    expect(example.padEnd(longestValue)).toHaveLength(100);
    expect(read(example.padEnd(longestValue)).ok).toBe(true);
    expect(read(example.padEnd(longestValue + 1))).toEqual({
      ok: false,
      problem: { code: 'too-long', message: '長すぎて読み取れません。100文字以内で入力してください。' },
    });
  });

  it('takes one value, with the line end that a cell of a spreadsheet brings, and never joins two', () => {
    expect(read(`${example}\r\n`).ok).toBe(true);
    for (const between of ['\n', '\r\n', '\t'])
      expect(read(`${example}${between}${example}`)).toMatchObject({ ok: false, problem: { code: 'several-values' } });
  });

  it('refuses every longer text as too long, whatever it holds', () => {
    fc.assert(
      fc.property(anyText, anyText, (one, other) => {
        const long = `${one}${'1,'.repeat(longestValue / 2)}x${other}`;
        expect(read(long)).toMatchObject({ ok: false, problem: { code: 'too-long' } });
      }),
    );
  });

  it('looks into no text that is too long, so that its length costs nothing', () => {
    const steps = [
      vi.spyOn(RegExp.prototype, 'exec'),
      vi.spyOn(RegExp.prototype, 'test'),
      vi.spyOn(String.prototype, 'replace'),
      vi.spyOn(String.prototype, 'replaceAll'),
      vi.spyOn(String.prototype, 'split'),
    ];
    const stepsFor = (text: string): number => {
      const before = steps.reduce((sum, step) => sum + step.mock.calls.length, 0);
      read(text);
      return steps.reduce((sum, step) => sum + step.mock.calls.length, 0) - before;
    };
    expect(stepsFor(example)).toBeGreaterThan(0);
    const longTexts = [`1${','.repeat(320_000)}1x1`, ...hostileTexts.filter((text) => text.length > longestValue)];
    expect(longTexts.map(stepsFor)).toEqual(longTexts.map(() => 0));
  });
});
