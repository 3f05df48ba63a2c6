import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import {
  frequencySchema,
  printFrequency,
  readFrequency,
  type Frequency,
} from '../../../../schemas/values/frequency.ts';
import { anyText, hostileTexts } from './arbitraries.ts';

const times = fc.tuple(fc.nat(400), fc.nat(2000)).map(([min, more]) => ({ min, max: min + more }));
const per = fc.constantFrom<('week' | 'month' | 'year')[]>('week', 'month', 'year');
const anyFrequency: fc.Arbitrary<Frequency> = fc.oneof(
  fc.constant<Frequency>('asNeeded'),
  fc.record({ per, times }),
  fc.record({ per, times, asNeeded: fc.constant(true) }),
);

describe('frequency', () => {
  it.each([
    'asNeeded',
    { per: 'month', times: { min: 1, max: 1 } },
    { per: 'year', times: { min: 2, max: 6 }, asNeeded: true },
  ])('accepts %j', (value) => {
    expect(frequencySchema.safeParse(value).success).toBe(true);
  });

  it.each([
    '随時',
    { per: 'day', times: { min: 1, max: 1 } },
    { per: 'month', times: { min: 2, max: 1 } },
    { per: 'month', times: 1 },
    { per: 'month', times: { min: 1, max: 1 }, asNeeded: false },
  ])('refuses %j in Japanese', (value) => {
    expect(frequencySchema.safeParse(value).error?.issues[0]?.message).toMatch(/頻度|範囲/);
  });

  it('is a choice of two in JSON Schema and can be compiled', () => {
    expect(z.toJSONSchema(frequencySchema)).toMatchObject({ anyOf: [{ const: 'asNeeded' }, { type: 'object' }] });
    expect(z.compile(frequencySchema).safeParse('asNeeded').success).toBe(true);
    expect(z.compile(frequencySchema).safeParse({ per: 'month', times: { min: 2, max: 1 } }).success).toBe(false);
  });
});

describe('readFrequency', () => {
  it.each([
    ['月1回', 'month', 1, 1],
    ['月１回', 'month', 1, 1],
    ['月に1回', 'month', 1, 1],
    ['月1度', 'month', 1, 1],
    ['月1~2回', 'month', 1, 2],
    ['月 1 〜 2 回', 'month', 1, 2],
    ['年2～6回', 'year', 2, 6],
    ['年間4回', 'year', 4, 4],
    ['年に1回から2回', 'year', 1, 2],
    ['2回／年', 'year', 2, 2],
    ['毎週', 'week', 1, 1],
    ['毎月', 'month', 1, 1],
    ['毎年', 'year', 1, 1],
    ['毎月1回', 'month', 1, 1],
    ['毎週2回', 'week', 2, 2],
    ['週1回', 'week', 1, 1],
    ['隔月', 'year', 6, 6],
    ['隔月1回', 'year', 6, 6],
    ['2か月に1回', 'year', 6, 6],
    ['３ヶ月に１回', 'year', 4, 4],
    ['四半期ごと', 'year', 4, 4],
    ['半年に1回', 'year', 2, 2],
  ])('reads %s as so many times a %s: %i to %i', (text, per, min, max) => {
    expect(readFrequency(text)).toEqual({ ok: true, value: { per, times: { min, max } } });
  });

  it.each([
    ['年2回（5月、2月）', 'year', 2, 2],
    ['年２回(5・2月)', 'year', 2, 2],
    ['年2〜3回（5月、2月）', 'year', 2, 3],
    ['月1回（定例会と同日）', 'month', 1, 1],
    ['毎月（予定）', 'month', 1, 1],
  ] as const)('reads %s without what stands in brackets', (text, per, min, max) => {
    const reading = readFrequency(text);
    expect(reading).toMatchObject({
      ok: true,
      value: { per, times: { min, max } },
      notice: { code: 'remark-dropped' },
    });
    expect(reading.ok && reading.notice?.message).toContain('保存されません');
  });

  it('refuses brackets that may say something of how often', () => {
    for (const text of ['月1回（第6火曜日）', '年1回（ほか随時）', '月1回（うち2回は書面）'])
      expect(readFrequency(text)).toMatchObject({ ok: false, problem: { code: 'not-a-frequency' } });
  });

  it('takes the weeks of a month, which must be as many', () => {
    for (const text of ['月1回（第2火曜日）', '毎月第2火曜日', '月１回（原則第３水曜）', '毎月1回（第2木曜日開催）'])
      expect(readFrequency(text)).toMatchObject({
        ok: true,
        value: { per: 'month', times: { min: 1, max: 1 } },
        notice: { code: 'remark-dropped' },
      });
    for (const text of ['毎月第2・第4火曜日', '月2回（第2、第4火曜日）', '月2回（第2・4火曜）'])
      expect(readFrequency(text)).toMatchObject({ ok: true, value: { per: 'month', times: { min: 2, max: 2 } } });
    const reading = readFrequency('月1回（第2・第4火曜日）');
    expect(reading).toMatchObject({ ok: false, problem: { code: 'weeks-differ' } });
    expect(reading.ok ? '' : reading.problem.message).toContain('月2回');
    expect(readFrequency('第2火曜日').ok).toBe(false);
  });

  it('asks where the months are not as many', () => {
    const reading = readFrequency('年2回（5月、9月、2月）');
    expect(reading).toMatchObject({ ok: false, problem: { code: 'months-differ' } });
    expect(reading.ok ? '' : reading.problem.message).toContain('年3回');
  });

  it('agrees with its months whichever they are', () => {
    const months = fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(months, fc.constantFrom('、', '・', '，'), fc.integer({ min: 1, max: 12 }), (named, sign, times) => {
        const reading = readFrequency(`年${times}回（${named.map((month) => `${month}月`).join(sign)}）`);
        expect(reading.ok).toBe(named.length === times);
      }),
    );
  });

  it.each(['偶数月', '奇数月に開催', '偶数月に1回'])('reads %s as six times a year and says so', (text) => {
    expect(readFrequency(text)).toMatchObject({
      ok: true,
      value: { per: 'year', times: { min: 6, max: 6 } },
      notice: { code: 'converted' },
    });
  });

  it.each(['随時', ' 随時 ', '随時開催'])('reads %j as whenever needed', (text) => {
    expect(readFrequency(text)).toEqual({ ok: true, value: 'asNeeded' });
  });

  it.each(['必要に応じて', '必要時', '適宜'])('takes %s as 随時 and says so', (text) => {
    expect(readFrequency(text)).toEqual({
      ok: true,
      value: 'asNeeded',
      notice: { code: 'as-needed', message: `「${text}」は「随時」と読み取りました。` },
    });
  });

  it.each(['年2回＋随時', '年2回+随時', '年2回及び随時', '年２回、随時', '年2回・随時', '年2回と随時'])(
    'reads both in %s',
    (text) => {
      expect(readFrequency(text)).toEqual({
        ok: true,
        value: { per: 'year', times: { min: 2, max: 2 }, asNeeded: true },
      });
    },
  );

  it('takes every other week as twice a month and says so', () => {
    expect(readFrequency('隔週')).toEqual({
      ok: true,
      value: { per: 'month', times: { min: 2, max: 2 } },
      notice: { code: 'converted', message: '「隔週」は「月2回」と読み取りました。' },
    });
  });

  it.each([
    ['3か月', { per: 'year', times: { min: 4, max: 4 } }, '年4回'],
    ['半年', { per: 'year', times: { min: 2, max: 2 } }, '年2回'],
    ['1ヶ月', { per: 'month', times: { min: 1, max: 1 } }, '月1回'],
  ])('says how it took %s, which may be a length of time', (text, value, printed) => {
    expect(readFrequency(text)).toEqual({
      ok: true,
      value,
      notice: { code: 'converted', message: `「${text}」は「${printed}」と読み取りました。` },
    });
  });

  it.each([
    ['年4回程度', { per: 'year', times: { min: 4, max: 4 } }],
    ['年4回程度＋随時', { per: 'year', times: { min: 4, max: 4 }, asNeeded: true }],
    ['月に約2回', { per: 'month', times: { min: 2, max: 2 } }],
  ])('drops the vagueness of %s and says so', (text, value) => {
    expect(readFrequency(text)).toMatchObject({ ok: true, value, notice: { code: 'approximate' } });
  });

  it.each([
    ['', 'empty'],
    ['\u3000', 'empty'],
    ['月', 'not-a-frequency'],
    ['2回', 'not-a-frequency'],
    ['毎日', 'not-a-frequency'],
    ['月1回以上', 'not-a-frequency'],
    ['定例', 'not-a-frequency'],
    ['＋随時', 'not-a-frequency'],
    ['随時＋随時', 'not-a-frequency'],
    ['隔年', 'less-than-yearly'],
    ['年6〜2回', 'reversed'],
    ['年1.5回', 'fractional'],
    ['年1.000回', 'ambiguous-point'],
    ['年1,00回', 'misplaced-comma'],
    ['年6/9', 'not-a-frequency'],
    ['6/9/年', 'not-a-frequency'],
    ['毎月15', 'not-a-frequency'],
    ['毎月15日', 'unexpected-unit'],
    ['3月', 'not-a-frequency'],
    ['2か月に11回', 'not-a-frequency'],
    ['隔月11回', 'not-a-frequency'],
    ['年2人', 'unexpected-unit'],
  ])('says of %j: %s', (text, code) => {
    expect(readFrequency(text)).toMatchObject({ ok: false, problem: { code } });
  });

  it('reads what it prints', () => {
    fc.assert(
      fc.property(anyFrequency, (value) => {
        expect(readFrequency(printFrequency(value))).toEqual({ ok: true, value });
      }),
    );
  });

  it('gives only frequencies that can be stored, whatever is typed', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const reading = readFrequency(text);
        expect(reading.ok ? frequencySchema.safeParse(reading.value).success : reading.problem.code).toBeTruthy();
      }),
    );
  });

  it('does not throw on hostile texts', () => {
    expect(hostileTexts.map((text) => readFrequency(text).ok)).not.toContain(true);
  });
});

describe('printFrequency', () => {
  it.each<[Frequency, string]>([
    [{ per: 'year', times: { min: 2, max: 6 }, asNeeded: true }, '年2〜6回＋随時'],
    [{ per: 'month', times: { min: 1, max: 1 } }, '月1回'],
    [{ per: 'week', times: { min: 1, max: 2 } }, '週1〜2回'],
    ['asNeeded', '随時'],
  ])('prints %j as %s', (value, printed) => {
    expect(printFrequency(value)).toBe(printed);
  });
});
