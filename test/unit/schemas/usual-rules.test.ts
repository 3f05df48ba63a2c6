import { describe, expect, it } from 'vitest';
import { editChecks } from '../../../functions/domain/edit-checks.ts';
import { form } from '../../../schemas/form.ts';
import { list, partialDate, section } from '../../../schemas/kinds/question.ts';
import { afterRound } from '../../../schemas/usual-rules.ts';
import { round } from './forms/returns.ts';

describe('the date of something that has happened', () => {
  const dated = form(
    'dated',
    1,
    { title: '', units: 'municipality', help: '' },
    { a: section('甲', { on: partialDate('設置年月'), s: list('乙', 5, { on: partialDate('日') }) }) },
    { rules: [afterRound('a.on'), afterRound('a.s.on')] },
  );
  /** The round is of 令和6年度, which ends with March 2025; its period ends before. */
  const asked = (a: object, period = round.period) =>
    editChecks(dated, { a: { ...a } }, { unit: '111007', round: { ...round, fiscalYear: 2024, period } }).map(
      ({ key }) => key,
    );

  it('is asked about after the fiscal year of the round, wherever it stands', () => {
    expect(asked({ on: '2075-04' })).toEqual(['a.on.after-round']);
    expect(asked({ s: [{ id: 'p', on: '2025-04-01' }] })).toEqual(['a.s.p.on.after-round']);
  });

  it('is not on the last day of that year, where it may lie before it, or in a period that ends later', () => {
    for (const on of ['2025-03-31', '2025', '1975-04']) expect(asked({ on })).toEqual([]);
    expect(asked({ on: '2025-09' }, { from: '2024-04', to: '2025-09' })).toEqual([]);
    expect(asked({ on: '2025-10' }, { from: '2024-04', to: '2025-09' })).toEqual(['a.on.after-round']);
  });
});
