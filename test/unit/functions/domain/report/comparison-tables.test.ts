import { describe, expect, it } from 'vitest';
import { round } from '../../../schemas/forms/returns.ts';
import { rowsOf, saitamaReport } from './saitama.ts';

describe('the comparison with the round before', () => {
  it('says what cannot be compared', () => {
    const row = { form: 'municipal-survey', question: 'q', label: '項目', measure: 'count', unit: '市町村' } as const;
    const previous = { id: 'R4', name: '令和4年度調査', referenceDate: '2022-09-30', period: round.period };
    const rows = [
      { ...row, previous: { value: 5, base: 9 }, current: { value: 3, base: 9 }, change: -2 },
      { ...row, current: { value: 3, base: 9 }, change: null, note: 'changed' },
      { ...row, previous: { value: null, base: 0 }, current: { value: 3, base: 9 }, change: null },
      {
        ...row,
        measure: 'mean',
        previous: { value: 2.5, shown: '2.5', base: 2 },
        current: { value: 2.8, shown: '約2.8', base: 9 },
        change: 0.3,
      },
    ] as const;
    const { before } = saitamaReport('internal', { comparisons: [{ form: 'municipal-survey', previous, rows }] });
    expect(rowsOf(before, '市町村調査票：令和4年度調査')).toEqual([
      ['項目', '市町村', '5', '9', '3', '9', '-2', ''],
      ['項目', '市町村', '－', '－', '3', '9', '－', '設問変更のため比較不可'],
      ['項目', '市町村', '…', '0', '3', '9', '－', ''],
      ['項目：平均', '市町村', '2.5', '2', '約2.8', '9', '+0.3', ''],
    ]);
  });

  it('compares long numbers as they are printed elsewhere, and leaves out what nobody answered in either round', () => {
    const row = { form: 'municipal-survey', question: 'q', label: '項目', measure: 'sum', unit: '回' } as const;
    const previous = { id: 'R4', name: '令和4年度調査', referenceDate: '2022-09-30', period: round.period };
    const nobody = { value: null, base: 0 };
    const yearly = {
      previous: { value: 2908, shown: '2908.0', base: 9 },
      current: { value: 1454.04, shown: '約1454.0', base: 9 },
      change: -1454,
    };
    const rows = [
      {
        ...row,
        previous: { value: 1454, base: 9 },
        current: { value: 2181, base: 9 },
        change: null,
        note: 'period',
        yearly,
      },
      { ...row, label: '未回答', previous: nobody, current: nobody, change: null },
      { ...row, label: '変更', previous: nobody, current: nobody, change: null, note: 'changed' },
    ] as const;
    const { before } = saitamaReport('internal', { comparisons: [{ form: 'municipal-survey', previous, rows }] });
    expect(
      rowsOf(before, '市町村調査票：令和4年度調査（前回）との比較（どちらの調査にも回答のない項目は省略）'),
    ).toEqual([
      [
        '項目',
        '回',
        '2,908.0',
        '9',
        '約1,454.0',
        '9',
        '-1,454.0',
        '対象期間の長さが異なるため1年（12か月）当たりで比較',
      ],
      ['変更', '回', '…', '0', '…', '0', '－', '設問変更のため比較不可'],
    ]);
  });
});
