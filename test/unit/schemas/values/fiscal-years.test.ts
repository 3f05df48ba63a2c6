import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { fiscalYears, printFiscalYears, readFiscalYears } from '../../../../schemas/values/fiscal-years.ts';
import { anyText, hostileTexts } from './arbitraries.ts';

const year = fc.integer({ min: 1868, max: 2999 });

describe('fiscalYears', () => {
  it('accepts two years, in whichever order', () => {
    expect(fiscalYears.safeParse({ from: 2021, to: 2023 }).success).toBe(true);
    expect(fiscalYears.safeParse({ from: 2023, to: 2021 }).success).toBe(true);
  });

  it.each([{ from: 3, to: 5 }, { from: 2021 }, { from: 2021.5, to: 2023 }, { from: '2021', to: '2023' }, '2021-2023'])(
    'refuses %j in Japanese',
    (value) => {
      expect(fiscalYears.safeParse(value).error?.issues[0]?.message).toMatch(/年度/);
    },
  );

  it('keeps its bounds in JSON Schema and can be compiled', () => {
    expect(z.toJSONSchema(fiscalYears)).toMatchObject({
      properties: { from: { type: 'integer', minimum: 1868, maximum: 2999 } },
    });
    expect(z.compile(fiscalYears).safeParse({ from: 3, to: 5 }).success).toBe(false);
  });
});

describe('readFiscalYears', () => {
  it.each([
    ['令和3年度〜令和5年度', 2021, 2023],
    ['令和３年度～令和５年度', 2021, 2023],
    ['令和3年度から令和5年度まで', 2021, 2023],
    ['令和3〜5年度', 2021, 2023],
    ['2021-2023', 2021, 2023],
    ['2021年度〜2023年度', 2021, 2023],
    ['R3~R5', 2021, 2023],
    ['r3-r5', 2021, 2023],
    ['平成30年度〜令和元年度', 2018, 2019],
    ['H31〜R2', 2019, 2020],
    ['㍻30〜㋿元', 2018, 2019],
    ['令和6年度', 2024, 2024],
    ['2024', 2024, 2024],
    ['令和5年度〜令和3年度', 2023, 2021],
  ])('reads %s as %i to %i', (text, from, to) => {
    expect(readFiscalYears(text)).toEqual({ ok: true, value: { from, to } });
  });

  it('reads a fiscal year past the era and says so', () => {
    expect(readFiscalYears('平成30年度〜平成32年度')).toEqual({
      ok: true,
      value: { from: 2018, to: 2020 },
      notice: {
        code: 'past-era',
        message: '平成の終わりより後の年度は、令和2年度のように読み取りました。',
      },
    });
  });

  it('says how it took R3-5, which may be a month', () => {
    expect(readFiscalYears('R3-5')).toEqual({
      ok: true,
      value: { from: 2021, to: 2023 },
      notice: { code: 'converted', message: '「R3-5」は令和3年度〜令和5年度と読み取りました。' },
    });
    expect(readFiscalYears('令和3-5年度')).toEqual({ ok: true, value: { from: 2021, to: 2023 } });
  });

  it.each([
    ['令和7年度から2年間', 2025, 2026],
    ['令和7年度から2年', 2025, 2026],
    ['R7から3か年', 2025, 2027],
    ['令和7年4月1日から2年間', 2025, 2026],
    ['令和7年6月から2年間', 2025, 2027],
    ['令和3年4月1日〜令和5年3月31日', 2021, 2022],
    ['R6.6.1～R8.5.31', 2024, 2026],
    ['2021.4〜2024.3', 2021, 2023],
  ])('reads %s as %i to %i and says so', (text, from, to) => {
    const message = `「${text.replace('～', '~').replace('〜', '~')}」は${printFiscalYears({ from, to })}と読み取りました。`;
    expect(readFiscalYears(text)).toEqual({ ok: true, value: { from, to }, notice: { code: 'converted', message } });
  });

  it('leaves 令和3年から5年 a span, which may end in 令和5年', () => {
    expect(readFiscalYears('令和3年から5年')).toEqual({ ok: true, value: { from: 2021, to: 2023 } });
  });

  it('names the cure where the start of a term is missing', () => {
    const reading = readFiscalYears('2年');
    expect(reading.ok ? '' : reading.problem.message).toContain('令和7年度から2年間');
  });

  it('reads a start with any number of years as so many fiscal years', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2000, max: 2900 }), fc.integer({ min: 1, max: 99 }), (start, years) => {
        expect(readFiscalYears(`${start}年度から${years}年間`)).toMatchObject({
          value: { from: start, to: start + years - 1 },
        });
      }),
    );
  });

  it.each([
    ['', 'empty'],
    [' ', 'empty'],
    ['3〜5', 'era-missing'],
    ['2021〜23', 'era-missing'],
    ['令和0年度', 'before-era'],
    ['1867〜1868', 'year-out-of-range'],
    ['2年間', 'start-missing'],
    ['2年', 'start-missing'],
    ['任期２か年', 'start-missing'],
    ['0年', 'era-missing'],
    ['令和3年度から', 'not-fiscal-years'],
    ['しばらく前から2年間', 'not-fiscal-years'],
    ['令和2021年度', 'not-fiscal-years'],
    ['令和3年度〜', 'not-fiscal-years'],
    ['R6.4-9', 'not-fiscal-years'],
    ['R3.R5', 'not-fiscal-years'],
    ['2021/2022', 'not-fiscal-years'],
    ['2,021〜2,023', 'not-fiscal-years'],
    ['2024-09', 'era-missing'],
    ['6/9', 'not-fiscal-years'],
  ])('says of %j: %s', (text, code) => {
    expect(readFiscalYears(text)).toMatchObject({ ok: false, problem: { code } });
  });

  it('reads what it prints', () => {
    fc.assert(
      fc.property(year, year, (from, to) => {
        expect(readFiscalYears(printFiscalYears({ from, to }))).toEqual({ ok: true, value: { from, to } });
      }),
    );
  });

  it('gives only years that can be stored, whatever is typed', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const reading = readFiscalYears(text);
        expect(reading.ok ? fiscalYears.safeParse(reading.value).success : reading.problem.code).toBeTruthy();
      }),
    );
  });

  it('does not throw on hostile texts', () => {
    expect(hostileTexts.map((text) => readFiscalYears(text).ok)).not.toContain(true);
  });
});

describe('printFiscalYears', () => {
  it('prints both years, and one alone when they are the same', () => {
    expect(printFiscalYears({ from: 2021, to: 2023 })).toBe('令和3年度〜令和5年度');
    expect(printFiscalYears({ from: 2019, to: 2019 })).toBe('令和元年度');
  });
});
