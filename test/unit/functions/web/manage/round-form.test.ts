import { describe, expect, it } from 'vitest';
import { forms } from '../../../../../schemas/forms/catalogue.ts';
import { roundDefinition } from '../../../../../schemas/round.ts';
import {
  fieldNames,
  fieldsOf,
  freeRoundId,
  nextRound,
  nextRoundId,
  readRound,
  yearsLater,
} from '../../../../../functions/web/manage/round-form.ts';
import { unstorableText } from '../../../../../schemas/values/text.ts';

const last = roundDefinition.parse({
  name: '令和6年度 市町村自立支援協議会調査',
  fiscalYear: 2024,
  compareYear: 2022,
  referenceDate: '2024-09-30',
  asOf: { consultation: '2024-04-01' },
  period: { from: '2023-04', to: '2024-09' },
  forms: { 'municipal-survey': 2024, 'council-report': 2024 },
  opensAt: '2024-10-01',
  dueAt: '2024-11-29T17:00:00+09:00',
  closesAt: '2024-12-27',
});
const labels = new Map([
  ['dueAt', '提出期限'],
  ['fiscalYear', '年度'],
]);

describe('the round after the last one', () => {
  it('is the same a year later', () => {
    expect(nextRound(last)).toEqual({
      ...last,
      name: '令和7年度 市町村自立支援協議会調査',
      fiscalYear: 2025,
      compareYear: 2023,
      referenceDate: '2025-09-30',
      asOf: { consultation: '2025-04-01' },
      period: { from: '2024-04', to: '2025-09' },
      opensAt: '2025-10-01',
      dueAt: '2025-11-29T17:00:00+09:00',
      closesAt: '2025-12-27',
    });
  });

  it('is named by the year, also where the last one was not', () => {
    const name = (each: string) => nextRound({ ...last, name: each, fiscalYear: 2024 }).name;
    expect(name('令和6年度調査')).toBe('令和7年度調査');
    expect(name('避難行動要支援者の実施状況調査')).toBe('令和7年度 避難行動要支援者の実施状況調査');
    // 年 alone is no year.
    expect(name('青少年の支援に関する調査')).toBe('令和7年度 青少年の支援に関する調査');
    expect(name('令和六年度の調査')).toBe('令和六年度の調査');
  });

  it('is called as no round is or was', () => {
    expect(freeRoundId('R7', new Set(['R6']))).toBe('R7');
    expect(freeRoundId('R7', new Set(['R7', 'R7-2']))).toBe('R7-3');
  });

  it('keeps a leap day in the calendar', () => {
    expect(yearsLater('2024-02-29', 1)).toBe('2025-02-28');
    expect(yearsLater('2024-02-29', 4)).toBe('2028-02-29');
    expect(yearsLater('2024-02-29T10:00:00+09:00', 1)).toBe('2025-02-28T10:00:00+09:00');
  });

  it('is called in the manner of the last one', () => {
    expect(nextRoundId('R6', 2025)).toBe('R7');
    expect(nextRoundId('chosa-2024', 2025)).toBe('2025');
  });
});

describe('the form of a round', () => {
  it('reads back what it shows', () => {
    const fields = fieldsOf('R6', last);
    expect(fields.get('referenceDate')).toBe('令和6年9月30日');
    expect([...fields.keys()].filter((name) => !fieldNames(forms).includes(name))).toEqual([]);
    expect(readRound(fields, labels)).toEqual({ ok: true, id: 'R6', definition: last });
  });

  it.each(['令和6年度', '令和６', 'R6', '2024', '２０２４年度'])('takes the year as %s', (typed) => {
    const read = readRound(new Map([...fieldsOf('R6', last), ['fiscalYear', typed]]), labels);
    expect(read.ok && read.definition.fiscalYear).toBe(2024);
  });

  it('says of every field what is wrong with it', () => {
    const read = readRound(
      new Map([...fieldsOf('new', last), ['dueAt', '令和6年11月'], ['fiscalYear', '来年度'], ['name', '']]),
      labels,
    );
    expect(read.ok ? [] : read.errors.map(({ path, code }) => [path, code])).toEqual([
      ['id', 'invalid-id'],
      ['fiscalYear', 'not-a-year'],
      ['dueAt', 'not-a-day'],
      ['name', 'required'],
    ]);
  });

  it('is held against the rules of rounds', () => {
    const read = readRound(new Map([...fieldsOf('R6', last), ['dueAt', '令和6年9月1日']]), labels);
    expect(read.ok ? [] : read.errors).toEqual([
      { path: 'dueAt', code: 'custom', message: '提出期限は受付開始より後にしてください。' },
    ]);
  });

  it('refuses control characters in the name, at its field', () => {
    const read = readRound(new Map([...fieldsOf('R6', last), ['name', '令和6\u000B年度']]), labels);
    expect(read.ok ? [] : read.errors).toEqual([{ path: 'name', code: 'custom', message: unstorableText }]);
  });
});
