import { describe, expect, it } from 'vitest';
import { seriesOfNumbers } from '../../../../../functions/domain/analysis/tables-over-rounds.ts';
import { timeSeries } from '../../../../../functions/domain/analysis/time-series.ts';
import type { SeriesRound } from '../../../../../functions/domain/analysis/time-series.ts';
import { variablesOf } from '../../../../../functions/domain/analysis/variables.ts';
import { talliedFigures } from '../../../../../functions/domain/summary.ts';
import { Tally } from '../../../../../functions/domain/tally.ts';
import { reportingUnits } from '../../../../../schemas/directory.ts';
import { formWith } from '../../../../../schemas/form.ts';
import type { Form } from '../../../../../schemas/form.ts';
import { choice, count, counts, list, section } from '../../../../../schemas/kinds/question.ts';
import type { Fields } from '../../../../../schemas/kinds/question.ts';
import { round } from '../../../schemas/forms/returns.ts';
import { saitama } from '../../../support/real-forms.ts';

function asked(version: number, fields: Fields): Form {
  return formWith('f', version, { title: '票', units: 'municipality', help: '' }, { s: section('状況', fields) }, {});
}

function inRound(
  fiscalYear: number,
  of: Form,
  answers: readonly Record<string, unknown>[],
  to = '2024-03',
): SeriesRound {
  const own = {
    ...round,
    id: `R${fiscalYear}`,
    name: `${fiscalYear}年度`,
    fiscalYear,
    period: { from: '2023-04', to },
  };
  const tally = new Tally(of);
  const units = reportingUnits(saitama, 'municipality');
  answers.forEach((each, index) => {
    const unit = units[index];
    if (unit !== undefined) tally.add({ s: JSON.parse(JSON.stringify(each)) }, unit);
  });
  return {
    round: own,
    form: of,
    rows: talliedFigures(tally, { round: own, directory: saitama, audience: 'internal' }).rows,
  };
}

const status = choice('設置', { yes: '有', no: '無' });
const visits = count('件数', '件').overPeriod();

describe('a series over rounds', () => {
  it('has the figures of each round’s summary, the oldest first', () => {
    const of = asked(2024, { visits, status });
    const rounds = [
      inRound(2024, of, [
        { visits: 4, status: 'yes' },
        { visits: 1, status: 'no' },
      ]),
      inRound(2023, of, [{ visits: 2 }]),
    ];
    const { points, yearsWithout } = timeSeries(rounds, 's.visits');
    expect(points.map(({ name, figures }) => [name, figures])).toEqual([
      ['2023年度', { base: 1, sum: 2, mean: '2.0' }],
      ['2024年度', { base: 2, sum: 5, mean: '2.5' }],
    ]);
    expect(yearsWithout).toEqual([]);
    expect(timeSeries(rounds, 's.status').points.map(({ figures }) => [figures?.base, figures?.options])).toEqual([
      [
        0,
        new Map([
          ['yes', 0],
          ['no', 0],
        ]),
      ],
      [
        2,
        new Map([
          ['yes', 1],
          ['no', 1],
        ]),
      ],
    ]);
  });

  it('ends where the unit became another one, says so for every round before, and names years without a round', () => {
    const now = asked(2024, { visits });
    const before = asked(2023, { visits: count('件数', '人') });
    const rounds = [
      inRound(2024, now, [{ visits: 4 }]),
      inRound(2022, before, [{ visits: 2 }]),
      inRound(2019, now, [{ visits: 9 }]),
    ];
    const { points, yearsWithout } = timeSeries(rounds, 's.visits');
    expect(points.map(({ figures, notes }) => [figures?.sum, notes])).toEqual([
      [undefined, ['設問変更のため比較不可（単位：人 → 件）']],
      [undefined, ['設問変更のため比較不可（単位：人 → 件）']],
      [4, []],
    ]);
    expect(yearsWithout).toEqual([2020, 2021, 2023]);
  });

  it('goes on behind a round that left the question out, and follows one that moved', () => {
    const first = asked(2022, { calls: count('件数', '件') });
    const without = asked(2023, { status });
    const moved = asked(2024, { visits: count('件数', '件').was('s.calls') });
    const rounds = [
      inRound(2024, moved, [{ visits: 4 }]),
      inRound(2023, without, [{ status: 'yes' }]),
      inRound(2022, first, [{ calls: 3 }]),
    ];
    expect(timeSeries(rounds, 's.visits').points.map(({ figures, notes }) => [figures?.sum, notes])).toEqual([
      [3, []],
      [undefined, ['設問なし']],
      [4, []],
    ]);
  });

  it('says which options came and went, and that a period is longer', () => {
    const before = asked(2023, { visits, status });
    const now = asked(2024, { visits, status: choice('設置', { yes: '有', plan: '予定' }) });
    const rounds = [inRound(2024, now, [{ status: 'plan' }], '2024-09'), inRound(2023, before, [{ status: 'no' }])];
    expect(timeSeries(rounds, 's.status').points[1]?.notes).toEqual(['選択肢の追加「予定」', '選択肢の廃止「無」']);
    expect(timeSeries(rounds, 's.status').points[0]?.figures?.options?.has('plan')).toBe(false);
    expect(timeSeries(rounds, 's.visits').points[1]?.notes).toEqual(['対象期間の長さが異なる（12か月→18か月）']);
  });

  it('ends where the rows of a table changed, whose total is another one then', () => {
    const before = asked(2023, { staff: counts('職員', { a: '常勤' }, '人') });
    const now = asked(2024, { staff: counts('職員', { a: '常勤', b: '非常勤' }, '人') });
    const rounds = [inRound(2024, now, [{ staff: { a: 1, b: 2 } }]), inRound(2023, before, [{ staff: { a: 5 } }])];
    expect(timeSeries(rounds, 's.staff').points.map(({ figures }) => figures?.sum)).toEqual([undefined, 3]);
    expect(timeSeries(rounds, 's.staff').points[0]?.notes[0]).toContain('行：');
  });

  it('of a number in a list is 0 where the lists have no rows, as units are ranked, and none where nobody says', () => {
    const of = asked(2024, { bodies: list('会議体', 9, { members: count('委員', '人') }) });
    const number = variablesOf(of).find(({ id }) => id === 's.bodies.members');
    if (number?.of !== 'numbers') throw new Error('no number');
    const lists: Record<string, unknown>[][] = [[{}], [{ bodies: [{ id: 'a' }] }], [{ bodies: [] }, {}]];
    const rounds = lists.map((answers, index) => inRound(2024 - index, of, answers));
    const [table] = seriesOfNumbers(timeSeries(rounds, number.id), number);
    expect(table?.rows.map(({ cells }) => cells)).toEqual([
      ['令和4年度', 0, null, 0, '2022年度', ''],
      ['令和5年度', null, null, 0, '2023年度', '回答なし'],
      ['令和6年度', null, null, 0, '2024年度', '回答なし'],
    ]);
  });

  it('is empty without rounds', () => {
    expect(timeSeries([], 's.visits')).toEqual({ points: [], yearsWithout: [] });
  });
});
