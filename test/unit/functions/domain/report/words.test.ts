import { describe, expect, it } from 'vitest';
import {
  circledNumber,
  cutMeans,
  printDayInJapan,
  fillIn,
  kanaNumber,
  printShare,
} from '../../../../../functions/domain/report/words.ts';
import { form } from '../../../../../schemas/form.ts';
import { decimal } from '../../../../../schemas/kinds/decimal.ts';
import { section } from '../../../../../schemas/kinds/question.ts';
import { shortDate } from '../../../../../schemas/values/partial-date.ts';
import { round } from '../../../schemas/forms/returns.ts';
import { saitama } from '../../../support/real-forms.ts';

describe('shortDate', () => {
  it.each([
    ['2024-09-30', 'R6.9.30'],
    ['2023-04', 'R5.4'],
    ['2019-05', 'R元.5'],
    ['2019-02', 'H31.2'],
    ['1985', 'S60'],
  ])('prints %s as %s', (date, printed) => {
    expect(shortDate(date)).toBe(printed);
  });
});

describe('printDayInJapan', () => {
  it('is a day further from 15:00 UTC on', () => {
    expect(printDayInJapan('2024-12-19T14:59:59.999Z')).toBe('令和6年12月19日');
    expect(printDayInJapan('2024-12-19T15:00:00.000Z')).toBe('令和6年12月20日');
  });
});

describe('fillIn', () => {
  const place = { round, directory: saitama };

  it('names the prefecture, the year of comparison, the period and the as-of date of a section', () => {
    expect(fillIn('{prefecture}{inside}{kind}', place)).toBe('埼玉県県内県');
    expect(fillIn('{compareYear}と{period}', place)).toBe('令和4年度とR5.4～R6.9');
    expect(fillIn('{asOf}', place)).toBe('R6.9.30');
    expect(fillIn('{asOf}', place, 'consultation')).toBe('R6.4.1');
  });

  it('says 道, 都 and 府 where they are', () => {
    const directory = { prefecture: { code: '270008', name: '大阪府' } };
    expect(fillIn('本{kind}、{inside}市町村', { round, directory })).toBe('本府、府内市町村');
  });
});

describe('printShare', () => {
  it('rounds half up, and has nothing to say of nobody', () => {
    expect(printShare(2, 3)).toBe('66.7％');
    expect(printShare(1, 3)).toBe('33.3％');
    expect(printShare(1, 2000)).toBe('0.1％');
    expect(printShare(57, 1000)).toBe('5.7％');
    expect(printShare(63, 63)).toBe('100.0％');
    expect(printShare(0, 0)).toBe('…');
  });
});

describe('numbers of headings', () => {
  it('are circled, or kana', () => {
    expect([0, 4, 20].map(circledNumber)).toEqual(['①', '⑤', '(21)']);
    expect([0, 1, 20].map(kanaNumber)).toEqual(['ア', 'イ', '(21)']);
  });
});

describe('how means are cut', () => {
  it('is said as it is: after one decimal, and further where answers have more', () => {
    const one = form(
      'one',
      1,
      { title: '', units: 'municipality', help: '' },
      { s: section('区分', { rate: decimal('率', '％', { places: 1 }) }) },
    );
    const two = form(
      'two',
      1,
      { title: '', units: 'municipality', help: '' },
      { s: section('区分', { rate: decimal('率', '％', { places: 2 }) }) },
    );
    expect(cutMeans([one])).toBe('平均は小数第２位以下を切り捨て');
    expect(cutMeans([one, two])).toBe(
      '平均は小数第２位以下（小数第２位以下まで回答する設問及び計算する項目では、その桁より下）を切り捨て',
    );
  });
});
