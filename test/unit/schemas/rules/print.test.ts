import { describe, expect, test } from 'vitest';
import type { RulePlace } from '../../../../schemas/rules/check.ts';
import { toKeys, toLabels } from '../../../../schemas/rules/print.ts';
import { scratch } from './support.ts';

describe('the workbook and the document', () => {
  test.each<[string, string, Partial<RulePlace>]>([
    ['held in ["yes", "partly"]', '問1 in ["開催した", "一部開催した"]', { use: 'condition', at: 'q.times' }],
    ['q.held != "no"', '問1 != "開催していない"', { at: 'staff.table' }],
    ['persons > 10', '`問1-2` > 10', { at: 'q.times' }],
    ['answered(note) and not(empty(means))', '回答あり(`2`) and not(空(`①`))', { at: 'q.times' }],
    ['total(staff.table) = 0', '合計(問8) = 0', { at: 'q.times' }],
    ['table.part > table.full', '問8.`非常勤（再掲）` > 問8.常勤', { at: 'staff.handled' }],
    [
      'some r in handled satisfies r.times < r.persons',
      'some r in 問9 satisfies r.`延件数（件）` < r.実人員',
      { at: 'staff.table' },
    ],
    [
      'total(handled.times) > total(handled.physical)',
      '合計(問9.`延件数（件）`) > 合計(問9.身体)',
      { at: 'staff.table' },
    ],
    ['sum(offices.staff)', 'sum(問10.staff)', { use: 'total' }],
    ['sum(offices[size = "large"].staff)', 'sum(問10[問10の1 = "大"].staff)', { use: 'total' }],
    ['staff = 0 and size = "small"', 'staff = 0 and 問10の1 = "小"', { at: 'offices.name' }],
    ['list contains(offices.size, "large")', 'list contains(問10.問10の1, "大")', { at: 'offices.name' }],
    ['abrupt change(times)', '大きく変化(問1の1)', { at: 'q.times' }],
    ['previous.held = "yes" and times < -1.5', 'previous.問1 = "開催した" and 問1の1 < -1.5', { at: 'q.times' }],
    [
      'if count(offices) >= 5 then "large" else "small"',
      'if count(問10) >= 5 then "5か所以上" else "5か所未満"',
      { use: 'class', options: { large: '5か所以上', small: '5か所未満' } },
    ],
    [
      'heldOn < "2025-04" and contains(note, "\\"引用\\"")',
      '問3 < "2025-04" and contains(`2`, "\\"引用\\"")',
      { at: 'q.times' },
    ],
    ['term.to < fiscal year(round.period.from)', '問5.to < 年度(round.period.from)', { at: 'q.term' }],
  ])('%s is %s', (keys, labels, place) => {
    const at = { use: 'rule' as const, ...place };
    expect(toLabels(keys, scratch, at)).toBe(labels);
    expect(toKeys(labels, scratch, at)).toMatchObject({ ok: true, rule: { text: keys } });
    expect(toKeys(keys, scratch, at)).toMatchObject({ ok: true, rule: { text: keys } });
  });

  test('a full-width quotation mark in a label ends no string', () => {
    const at: RulePlace = { use: 'class', options: { a: '通称＂甲＂', b: '乙' } };
    const labels = toLabels('if count(offices) > 1 then "a" else "b"', scratch, at);
    expect(toKeys(labels, scratch, at)).toMatchObject({
      ok: true,
      rule: { text: 'if count(offices) > 1 then "a" else "b"' },
    });
  });

  test('what is wrong stays as it is, and says why', () => {
    expect(toLabels('nothing = 1', scratch, { use: 'rule' })).toBe('nothing = 1');
    expect(toKeys('問1 = "開催"', scratch, { use: 'rule' })).toMatchObject({
      ok: false,
      errors: [{ code: 'unknown-option', message: '「開催」という選択肢は「問1」にありません。「開催した」ですか。' }],
    });
  });

  test('spaces, widths and signs are made one', () =>
    expect(toKeys('（ 問1の1≧３ ）and 回答あり（ 問1 ）', scratch, { use: 'rule' })).toMatchObject({
      rule: { text: '(q.times >= 3) and answered(q.held)' },
    }));
});
