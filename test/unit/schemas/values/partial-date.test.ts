import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import {
  firstDay,
  fiscalYearOf,
  isPartialDate,
  lastDay,
  partialDateSchema,
  printFiscalYear,
  printPartialDate,
  readPartialDate,
} from '../../../../schemas/values/partial-date.ts';
import { anyText, hostileTexts, isoDay } from './arbitraries.ts';

const anyDate = fc.tuple(isoDay, fc.constantFrom(4, 7, 10)).map(([day, length]) => day.slice(0, length));

describe('partialDate', () => {
  it.each(['1868', '2999', '2024-09', '2024-09-30', '2024-02-29', '2000-02-29'])('accepts %s', (value) => {
    expect(partialDateSchema.safeParse(value).success).toBe(true);
    expect(isPartialDate(value)).toBe(true);
  });

  it.each([
    '1867',
    '3000',
    '2024-9',
    '2024-13',
    '2024-00',
    '2024-09-31',
    '2023-02-29',
    '1900-02-29',
    '2024-09-30T00:00',
    '',
  ])('refuses %j with one message in Japanese', (value) => {
    const issues = partialDateSchema.safeParse(value).error?.issues ?? [];
    expect(issues).toHaveLength(1);
    expect(issues[0]?.message).toMatch(/日付/);
    expect(isPartialDate(value)).toBe(false);
  });

  it('keeps its pattern in JSON Schema and can be compiled', () => {
    expect(z.toJSONSchema(partialDateSchema)).toMatchObject({
      type: 'string',
      pattern: expect.stringContaining('2\\d{3}'),
    });
    expect(z.compile(partialDateSchema).safeParse('2023-02-29').success).toBe(false);
  });
});

describe('readPartialDate', () => {
  it.each([
    ['令和6年9月30日', '2024-09-30'],
    ['令和６年９月３０日', '2024-09-30'],
    [' 令和 6 年 9 月 30 日 ', '2024-09-30'],
    ['令6.9.30', '2024-09-30'],
    ['R6.9.30', '2024-09-30'],
    ['r06.09.30', '2024-09-30'],
    ['Ｒ６．９．３０', '2024-09-30'],
    ['R6/9/30', '2024-09-30'],
    ['R6-9-30', '2024-09-30'],
    ['㋿6年9月30日', '2024-09-30'],
    ['R6', '2024'],
    ['令和6年', '2024'],
    ['H31.2', '2019-02'],
    ['h31.4.30', '2019-04-30'],
    ['平成21年4月', '2009-04'],
    ['㍻21年4月', '2009-04'],
    ['平成元年1月8日', '1989-01-08'],
    ['H元.2', '1989-02'],
    ['S64.1.7', '1989-01-07'],
    ['㍼64年', '1989'],
    ['昭和元年12月25日', '1926-12-25'],
    ['大正15年12月25日', '1926-12-25'],
    ['T元.7.30', '1912-07-30'],
    ['㍽2年', '1913'],
    ['明治45年7月30日', '1912-07-30'],
    ['M1', '1868'],
    ['㍾元年', '1868'],
    ['令和元年', '2019'],
    ['令和元年5月', '2019-05'],
    ['令和元年5月1日', '2019-05-01'],
    ['平成31年', '2019'],
    ['平成31年4月30日', '2019-04-30'],
    ['2012', '2012'],
    ['2012年', '2012'],
    ['西暦2012年', '2012'],
    ['2012年4月', '2012-04'],
    ['2012-04', '2012-04'],
    ['2012/4/1', '2012-04-01'],
    ['2012-04-01', '2012-04-01'],
    ['2012.4.1', '2012-04-01'],
    ['２０１２／４／１', '2012-04-01'],
    ['2012年4月1日', '2012-04-01'],
    ['20240930', '2024-09-30'],
    ['2020年度末', '2021-03'],
    ['平成29年度末', '2018-03'],
    ['令和元年度末', '2020-03'],
    ['R6年度末', '2025-03'],
    ['2024年2月29日', '2024-02-29'],
    ['R6.9月30日', '2024-09-30'],
    ['令和6年9月30', '2024-09-30'],
  ])('reads %s as %s', (text, value) => {
    expect(readPartialDate(text)).toEqual({ ok: true, value });
  });

  it.each([
    ['平成32年4月', '2020-04', '令和2年4月（2020年4月）'],
    ['平成31年5月1日', '2019-05-01', '令和元年5月1日（2019年5月1日）'],
    ['平成31年5月', '2019-05', '令和元年5月（2019年5月）'],
    ['平成32年', '2020', '令和2年（2020年）'],
    ['平成32年度末', '2021-03', '令和3年3月（2021年3月）'],
    ['昭和64年1月8日', '1989-01-08', '平成元年1月8日（1989年1月8日）'],
    ['昭和100年', '2025', '令和7年（2025年）'],
    ['大正15年12月26日', '1926-12-26', '昭和元年12月26日（1926年12月26日）'],
    ['明治45年8月', '1912-08', '大正元年8月（1912年8月）'],
  ])('reads %s, past the era, as %s and says so', (text, value, meant) => {
    expect(readPartialDate(text)).toEqual({
      ok: true,
      value,
      notice: { code: 'past-era', message: `「${text}」は${meant}と読み取りました。` },
    });
  });

  it.each([
    ['R6-9', '2024-09', '令和6年9月（2024年9月）'],
    ['令和6-9', '2024-09', '令和6年9月（2024年9月）'],
    ['R612', '2630', '令和612年（2630年）'],
  ])('says how it took %s, which may be something else', (text, value, meant) => {
    expect(readPartialDate(text)).toEqual({
      ok: true,
      value,
      notice: { code: 'converted', message: `「${text}」は${meant}と読み取りました。` },
    });
  });

  it('reads year, month and day only where their signs are of one sort', () => {
    const sign = fc.constantFrom('.', '/', '-', '．', '／', '－');
    const of = fc.record({
      year: fc.constantFrom('R6', '令和6', '2024'),
      first: fc.oneof(sign, fc.constant('年')),
      month: fc.integer({ min: 1, max: 12 }),
      second: fc.oneof(sign, fc.constant('月')),
      day: fc.integer({ min: 1, max: 28 }),
    });
    fc.assert(
      fc.property(of, ({ year, first, month, second, day }) => {
        const isOneDate = second === '月' || first.normalize('NFKC') === second.normalize('NFKC');
        const iso = `2024-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
        expect(readPartialDate(`${year}${first}${month}${second}${day}`)).toMatchObject(
          isOneDate ? { ok: true, value: iso } : { ok: false, problem: { code: 'not-a-date' } },
        );
      }),
    );
  });

  it.each([
    ['令和元年4月30日', '「平成31年4月30日」と入力してください'],
    ['R1.4.1', '「平成31年4月1日」と入力してください'],
    ['令和元年4月', '「平成31年4月」と入力してください'],
    ['令和0年', '「平成30年」と入力してください'],
    ['令和0年度末', '「平成31年3月」と入力してください'],
    ['平成元年1月7日', '「昭和64年1月7日」と入力してください'],
    ['昭和元年12月24日', '「大正15年12月24日」と入力してください'],
    ['大正元年7月29日', '「明治45年7月29日」と入力してください'],
    ['明治0年', '元号と年を確かめてください'],
  ])('says of %s that it is before the era, and what to type', (text, advice) => {
    const reading = readPartialDate(text);
    expect(reading).toMatchObject({ ok: false, problem: { code: 'before-era' } });
    expect(reading.ok ? '' : reading.problem.message).toContain(advice);
  });

  it.each([
    ['令和8年度中', '2027-03', '令和9年3月'],
    ['R8年度内', '2027-03', '令和9年3月'],
    ['2026年度中', '2027-03', '令和9年3月'],
  ])('takes %s for the March that ends it and says so', (text, value, printed) => {
    const reading = readPartialDate(text);
    expect(reading).toMatchObject({ ok: true, value, notice: { code: 'converted' } });
    expect(reading.ok && reading.notice?.message).toContain(printed);
  });

  it('takes the day of the week behind a day, which must be its own', () => {
    for (const text of ['令和6年4月1日（月）', '2024/4/1(月曜日)', 'R6.4.29（月・祝）'])
      expect(readPartialDate(text)).toMatchObject({ ok: true });
    const reading = readPartialDate('令和6年4月1日（火）');
    expect(reading).toMatchObject({ ok: false, problem: { code: 'weekday-differs' } });
    expect(reading.ok ? '' : reading.problem.message).toContain('月曜日です');
    for (const text of ['令和6年4月（月）', '令和6年4月1日（定例）', '（月）'])
      expect(readPartialDate(text)).toMatchObject({ ok: false, problem: { code: 'not-a-date' } });
  });

  it("reads Excel's number of a day and says so", () => {
    expect(readPartialDate('４５５６５')).toEqual({
      ok: true,
      value: '2024-09-30',
      notice: { code: 'excel-number', message: '「45565」はExcelの日付の番号とみて、令和6年9月30日と読み取りました。' },
    });
    expect([readPartialDate('73050').ok, readPartialDate('73051').ok, readPartialDate('00123').ok]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it("reads every day from Excel's number of it", () => {
    const day = fc.date({ min: new Date('1927-05-18'), max: new Date('2099-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(day, (date) => {
        const iso = date.toISOString().slice(0, 10);
        const number = Math.round((Date.parse(iso) - Date.parse('1899-12-30')) / 86_400_000);
        expect(readPartialDate(String(number))).toMatchObject({ ok: true, value: iso });
      }),
    );
  });

  it.each([
    ['', 'empty'],
    [' \u3000', 'empty'],
    ['2024-02-30', 'no-such-date'],
    ['令和5年2月29日', 'no-such-date'],
    ['2024/13', 'no-such-date'],
    ['2024年0月', 'no-such-date'],
    ['20240931', 'no-such-date'],
    ['1867年', 'year-out-of-range'],
    ['3000-01-01', 'year-out-of-range'],
    ['令和999年', 'year-out-of-range'],
    ['6.9.30', 'era-missing'],
    ['元年5月1日', 'era-missing'],
    ['令和6年度', 'fiscal-year'],
    ['2024年度', 'fiscal-year'],
    ['R6 9', 'not-a-date'],
    ['R6.4-9', 'not-a-date'],
    ['Ｒ６．４－９', 'not-a-date'],
    ['R6/4-9', 'not-a-date'],
    ['R6-4.9', 'not-a-date'],
    ['2024/4-9', 'not-a-date'],
    ['2024.4/9', 'not-a-date'],
    ['令和6年4-9', 'not-a-date'],
    ['令和6年4.9', 'not-a-date'],
    ['令和6年4〜9月', 'not-a-date'],
    ['令和6年4-9月', 'not-a-date'],
    ['令和6年411', 'not-a-date'],
    ['R6.4.31', 'no-such-date'],
    ['2021-23', 'no-such-date'],
    ['6/9', 'era-missing'],
    ['9/30/2024', 'era-missing'],
    ['R060930', 'not-a-date'],
    ['R6,9,30', 'not-a-date'],
    ['2024/4/1 10:00', 'not-a-date'],
    ['202409', 'not-a-date'],
    ['令和2024年', 'not-a-date'],
    ['未定', 'not-a-date'],
    ['ſ6.9.30', 'not-a-date'],
  ])('says of %j: %s', (text, code) => {
    expect(readPartialDate(text)).toMatchObject({ ok: false, problem: { code } });
  });

  it('reads what it prints, in both styles', () => {
    fc.assert(
      fc.property(anyDate, fc.constantFrom('wareki', 'gregorian'), (value, style) => {
        expect(readPartialDate(printPartialDate(value, style))).toEqual({ ok: true, value });
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    '1868-01-01',
    '1912-07-29',
    '1912-07-30',
    '1926-12-24',
    '1926-12-25',
    '1989-01-07',
    '1989-01-08',
    '2019-04-30',
    '2019-05-01',
  ])('reads what it prints around the era boundary %s', (day) => {
    for (const value of [day, day.slice(0, 7), day.slice(0, 4)]) {
      expect(readPartialDate(printPartialDate(value))).toEqual({ ok: true, value });
    }
  });

  it('gives only dates that can be stored, whatever is typed', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const reading = readPartialDate(text);
        expect(reading.ok ? isPartialDate(reading.value) : reading.problem.code).toBeTruthy();
      }),
    );
  });

  it('does not throw on hostile texts', () => {
    expect(hostileTexts.map((text) => readPartialDate(text).ok)).not.toContain(true);
  });
});

describe('printPartialDate', () => {
  it.each([
    ['2024-09-30', '令和6年9月30日', '2024年9月30日'],
    ['2019-05', '令和元年5月', '2019年5月'],
    ['2019-04', '平成31年4月', '2019年4月'],
    ['2019', '令和元年', '2019年'],
    ['1989-01', '平成元年1月', '1989年1月'],
    ['1989-01-07', '昭和64年1月7日', '1989年1月7日'],
    ['1868', '明治元年', '1868年'],
  ])('prints %s as %s or %s', (value, wareki, gregorian) => {
    expect(printPartialDate(value)).toBe(wareki);
    expect(printPartialDate(value, 'gregorian')).toBe(gregorian);
  });

  it('gives back what is not a date', () => {
    expect(printPartialDate('2024-02-30')).toBe('2024-02-30');
  });
});

describe('the days that a partial date may mean', () => {
  it.each([
    ['2024', '2024-01-01', '2024-12-31'],
    ['2024-02', '2024-02-01', '2024-02-29'],
    ['2023-02', '2023-02-01', '2023-02-28'],
    ['2024-09-30', '2024-09-30', '2024-09-30'],
  ])('%s are %s to %s', (value, first, last) => {
    expect(firstDay(value)).toBe(first);
    expect(lastDay(value)).toBe(last);
  });
});

describe('fiscal years', () => {
  it.each([
    ['2024-03-31', 2023],
    ['2024-04-01', 2024],
    ['2024-12-31', 2024],
    ['2025-01-01', 2024],
  ])('%s falls in %i', (day, year) => {
    expect(fiscalYearOf(day)).toBe(year);
  });

  it.each([
    [2022, '令和4年度'],
    [2019, '令和元年度'],
    [2018, '平成30年度'],
    [1989, '平成元年度'],
    [1988, '昭和63年度'],
  ])('%i is %s', (year, printed) => {
    expect(printFiscalYear(year)).toBe(printed);
  });
});
