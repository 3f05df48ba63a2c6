import { describe, expect, it } from 'vitest';
import { conditionText } from '../../../../functions/domain/question-facts.ts';
import { form } from '../../../../schemas/form.ts';
import { choice, choices, count, list, partialDate, section, text } from '../../../../schemas/kinds/question.ts';

/** The words of a condition at the last question of a form. */
function words(condition: string): string {
  const { items } = form(
    'scratch',
    1,
    { title: '試験票', units: 'municipality', help: '' },
    {
      q: section('対応', {
        held: choice('開催', { yes: 'した', no: 'していない' }).numbered('問1'),
        times: count('回数', '回').numbered('問2'),
        means: choices('手段', { phone: '電話', visit: '訪問' }).numbered('問3'),
        memo: text('内容', 100).numbered('問4'),
        on: partialDate('開催日').numbered('問5'),
      }),
      rows: list('職員', 9, { duty: choice('勤務', { full: '専従', part: '兼務' }), n: count('人数', '人') }),
      last: section('最後', { asked: count('最後の数', '件').when(condition) }),
    },
  );
  const item = items.get('last.asked');
  if (item === undefined) throw new RangeError('last.asked');
  return conditionText(item);
}

describe('a condition', () => {
  it.each([
    ['q.times > 3 or q.times = 0', '「問2　回数」が3回より大きい場合、または「問2　回数」が0回の場合'],
    ['3 <= q.times', '「問2　回数」が3回以上の場合'],
    ['count(rows) < count(previous.rows)', '「職員」の件数が前回の「職員」の件数より小さい場合'],
    ['count(rows.n) > 2', '「人数」の件数が2件より大きい場合'],
    ['count(q.means) >= 2', '「問3　手段」で選んだ数が2以上の場合'],
    ['sum(rows.n) > q.times', '「人数」の合計が「問2　回数」より大きい場合'],
    ['q.times + sum(rows.n) > 10', '「問2　回数」に「人数」の合計を加えた数が10回より大きい場合'],
    ['q.times / 2 > previous.q.times', '「問2　回数」を2で割った数が前回の「問2　回数」より大きい場合'],
    ['some r in rows satisfies r.n > 5', '「職員」のいずれかで「人数」が5人より大きい場合'],
    ['every r in rows satisfies r.duty = "full"', '「職員」の全てで「勤務」が「専従」の場合'],
    ['count(rows[duty = "full"]) > 1', '「職員」のうち「勤務」が「専従」のものの件数が1件より大きい場合'],
    ['sum(rows[n != null].n) > 9', '「職員」のうち「人数」に回答があるものの「人数」の合計が9人より大きい場合'],
    [
      'list contains(q.means, "visit") or q.held = "yes"',
      '「問3　手段」で「訪問」を選んだ場合、または「問1　開催」が「した」の場合',
    ],
    ['not(list contains(q.means, "visit"))', '「問3　手段」で「訪問」を選んだ場合に当たらない場合'],
    ['not(empty(q.memo))', '「問4　内容」に回答がある場合'],
    ['contains(q.memo, "書面")', '「問4　内容」に「書面」が含まれる場合'],
    ['string length(q.memo) > 20', '「問4　内容」の文字数が20文字より大きい場合'],
    [
      'q.times > 3 and (q.held = "no" or q.memo = null)',
      '「問2　回数」が3回より大きい場合、かつ（「問1　開催」が「していない」の場合、または「問4　内容」が未回答の場合）の場合',
    ],
    ['unit.kind = "village" or q.times = 0', '団体の種類が「村」の場合、または「問2　回数」が0回の場合'],
  ])('%s', (condition, said) => {
    expect(words(condition)).toBe(said);
  });

  it.each([
    ['(if q.times = null then 0 else q.times) > 2', '「問2　回数」の回答が、県が定めた条件に当てはまる場合'],
    [
      'abs(q.times - sum(rows.n)) > round half up(q.times / 3, 0)',
      '「問2　回数」、「人数」の回答が、県が定めた条件に当てはまる場合',
    ],
  ])('names the questions alone where there are no simple words: %s', (condition, said) => {
    expect(words(condition)).toBe(said);
  });
});
