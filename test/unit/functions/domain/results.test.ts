import { describe, expect, it } from 'vitest';
import { resultLines } from '../../../../functions/domain/results.ts';
import type { SummaryRow } from '../../../../schemas/export.ts';

function row(measure: SummaryRow['measure'], value: number, base: number, more: Partial<SummaryRow> = {}): SummaryRow {
  return { form: 'f', question: 'a.n', label: '数', unit: '人', measure, value, base, ...more };
}
const numbers = (sum: number, base: number, more: Partial<SummaryRow> = {}): SummaryRow[] => [
  row('sum', sum, base, more),
  row('mean', sum / base, base, { ...more, shown: `約${sum / base}` }),
  row('median', sum / base, base, more),
];
const option = (value: number, base: number): SummaryRow =>
  row('count', value, base, { question: 'a.o', label: '選択', option: 'yes', optionLabel: 'はい' });

describe('the results of one unit', () => {
  it('stand beside those of all, of its class and of the years before', () => {
    const [number, chosen] = resultLines({
      own: [...numbers(4, 1), option(1, 1)],
      all: [...numbers(30, 10), option(6, 10)],
      ofClass: [...numbers(12, 3), option(2, 3)],
      earlier: [{ year: '前年', of: 'unit', own: numbers(2, 1), all: numbers(20, 10) }],
    });
    expect(number).toMatchObject({
      own: 4,
      all: { value: 30, base: 10, mean: '約3', median: 3 },
      ofClass: { mean: '約4', median: 4 },
      earlier: [{ year: '前年', of: 'unit', own: 2, all: { mean: '約2' } }],
    });
    expect(chosen).toMatchObject({
      option: 'yes',
      own: 1,
      all: { value: 6, base: 10 },
      ofClass: { value: 2, base: 3 },
    });
    expect(chosen?.earlier).toEqual([]);
  });

  it('show no class of fewer than three others, and nothing that is not published', () => {
    const lines = resultLines({
      own: [...numbers(4, 1), option(0, 1)],
      all: numbers(30, 10),
      ofClass: [...numbers(8, 2), option(1, 3)],
      earlier: [],
    });
    expect(lines).toHaveLength(1);
    expect(lines[0]?.ofClass).toBeUndefined();
  });

  it('have no mean and no median of what nobody has answered', () => {
    const [line] = resultLines({ own: [], all: numbers(0, 0), ofClass: [], earlier: [] });
    expect(line?.all).toEqual({ base: 0, value: 0 });
  });

  it('tell a unit that has not answered from one that answered nothing', () => {
    const all = [...numbers(30, 10), option(6, 10)];
    const own = (rows: SummaryRow[]) =>
      resultLines({ own: rows, all, ofClass: [], earlier: [] }).map((each) => each.own);
    expect(own([])).toEqual([null, null]);
    expect(own([...numbers(0, 1), option(0, 1)])).toEqual([0, 0]);
    expect(own([row('sum', 0, 0), option(0, 0)])).toEqual([null, null]);
  });
});
