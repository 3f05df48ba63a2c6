import { describe, expect, it } from 'vitest';
import type { Block } from '../../../../../functions/domain/report/document.ts';
import { reportOf } from '../../../../../functions/domain/report/report.ts';
import { form } from '../../../../../schemas/form.ts';
import { decimal } from '../../../../../schemas/kinds/decimal.ts';
import { choice, count, counts, list, section } from '../../../../../schemas/kinds/question.ts';
import { saitama } from '../../../support/real-forms.ts';
import { open, rowsOf, sourceOf, textsOf } from './saitama.ts';

describe('charts', () => {
  it('draw the numbers of the table of options that they stand behind', () => {
    const charts = open.before.filter((block): block is Extract<Block, { kind: 'bars' }> => block.kind === 'bars');
    const wider = charts.find(({ title }) => title.startsWith('問4の4　広域'));
    expect(wider?.series).toEqual(['県全域', '広域']);
    expect(wider?.bars.find(({ label }) => label === '医療的ケア')?.values).toEqual([30, 12]);
  });

  it('draw what can be compared, in one unit each; nothing adds up no shares, no averages and nothing that is computed', () => {
    const asked = form(
      'inquiry',
      2024,
      { title: '緊急照会', units: 'municipality', help: '' },
      {
        q: section('状況', {
          held: choice('実施の有無', { yes: '実施した', no: '実施していない' }),
          visits: count('訪問', '件'),
          calls: count('電話', '件'),
          each: count('1事業所当たりの平均開所日数', '日'),
          days: count('開所日数', '日'),
          age: count('最高年齢', '歳'),
          rate: decimal('作成率', '％', { places: 1 }),
          staff: counts('職員数', { full: '常勤', part: '非常勤', short: '短時間', lent: '派遣' }, '人'),
          shifts: counts('交代', { day: '日勤', late: '遅番', night: '夜勤', off: '休み' }, '回'),
          courses: list('研修', 5, { people: count('参加者', '人') }),
        }),
      },
      {
        measures: [
          { kind: 'total', id: 'visited', label: '訪問の合計', measure: 'sum', unit: '件', expression: 'q.visits - 1' },
        ],
      },
    );
    const answers = {
      q: {
        held: 'yes',
        visits: 4,
        calls: 1,
        each: 240,
        days: 250,
        age: 90,
        rate: 50.5,
        staff: { full: 2, part: 1, short: 3, lent: 1 },
        shifts: { day: 2, late: 2, night: 2, off: 2 },
        courses: [{ id: 'a', people: 7 }],
      },
    };
    const codes = saitama.municipalities.slice(0, 2).map(({ code }) => code);
    const returns = Object.fromEntries(codes.map((code) => [code, answers]));
    const { before } = reportOf(sourceOf('internal', [[asked, returns]]));
    const charts = before.flatMap((block) => (block.kind === 'bars' ? [block] : []));
    // All said yes, and two numbers are compared at a glance: what is left has four that are not the same.
    expect(charts.map(({ title, unit }) => `${title}（${unit}）`)).toEqual(['職員数（人）']);
    expect(rowsOf(before, '状況（R6.9.30現在、単位：件）')).toEqual([
      ['訪問', '2', '8', '4.0', '4', '4', '4'],
      ['電話', '2', '2', '1.0', '1', '1', '1'],
    ]);
    expect(rowsOf(before, '作成率')).toEqual([['作成率', '2', '50.5', '50.5', '50.5', '50.5']]);
    expect(rowsOf(before, '状況（R6.9.30現在、単位：日）')).toEqual([
      ['1事業所当たりの平均開所日数', '2', '－', '240.0', '240', '240', '240'],
      ['開所日数', '2', '500', '250.0', '250', '250', '250'],
    ]);
    const lines = ['・平均50.5％', '・平均240.0日', '・平均90.0歳'];
    expect(textsOf(before)).toEqual(expect.arrayContaining(lines));
    expect(textsOf(before).join()).not.toContain('期間を通じて数える項目');
    // Each number of a list once, below the list's own name.
    expect(textsOf(before).join()).toContain('〇研修,・2件,〇研修：参加者,・合計　14人');
    expect(rowsOf(before, '緊急照会：集計値')).toEqual([['訪問の合計', '6件', '2市町村']]);
  });
});
