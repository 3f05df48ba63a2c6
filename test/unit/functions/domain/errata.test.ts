import { describe, expect, it } from 'vitest';
import { figureCorrections } from '../../../../functions/domain/errata.ts';
import type { SummaryRow } from '../../../../schemas/export.ts';

const row: SummaryRow = {
  form: 'f',
  question: 'a.meetings',
  label: '開催回数',
  measure: 'sum',
  value: 5,
  base: 3,
  unit: '回',
};

describe('corrections of figures', () => {
  it('are those that are printed otherwise: number, denominator or kinds', () => {
    const kinds = { ...row, question: 'a.status', option: 'yes', kinds: '市町' };
    const before = [row, { ...row, measure: 'mean' as const, shown: '約1.6' }, { ...row, question: 'a.old' }, kinds];
    const after = [
      { ...row, value: 6 },
      { ...row, measure: 'mean' as const, base: 4 },
      { ...kinds, kinds: '市町村' },
      { ...row, question: 'a.new' },
    ];
    const corrections = figureCorrections({ rows: before }, { rows: after });
    expect(corrections.map(({ change, question, measure }) => [change, question, measure])).toEqual([
      ['changed', 'a.meetings', 'sum'],
      ['changed', 'a.meetings', 'mean'],
      ['changed', 'a.status', 'sum'],
      ['added', 'a.new', 'sum'],
      ['removed', 'a.old', 'sum'],
    ]);
    expect(corrections[1]).toMatchObject({ before: { value: 5, base: 3 }, after: { value: 5, base: 4 } });
  });

  it('leave out what only other units stand behind', () => {
    expect(figureCorrections({ rows: [{ ...row, units: ['1'] }] }, { rows: [{ ...row, units: ['2'] }] })).toEqual([]);
  });
});
