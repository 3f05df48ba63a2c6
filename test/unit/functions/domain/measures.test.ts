import { describe, expect, it } from 'vitest';
import { measureNames, measureRemark } from '../../../../functions/domain/measures.ts';

describe('a measure', () => {
  it('is said beside a question where the figure is no plain number', () => {
    expect([measureRemark('count'), measureRemark('sum')]).toEqual([undefined, undefined]);
    expect([measureRemark('mean'), measureRemark('perCouncil')]).toEqual(['平均', '１協議会当たり']);
  });

  it('has a name of its own', () => {
    const names = Object.values(measureNames);
    expect(new Set(names).size).toBe(names.length);
  });
});
