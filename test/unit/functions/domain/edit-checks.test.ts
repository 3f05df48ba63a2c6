import { describe, expect, it } from 'vitest';
import { editChecks } from '../../../../functions/domain/edit-checks.ts';
import { askReason, note, refuse } from '../../../../schemas/form-rule.ts';
import { form } from '../../../../schemas/form.ts';
import { count, group, list, reference, section, text } from '../../../../schemas/kinds/question.ts';
import type { Answers } from '../../../../schemas/values/json.ts';
import { round } from '../../schemas/forms/returns.ts';

const checked = form(
  'checked',
  1,
  { title: '', units: 'municipality', help: '' },
  {
    a: section('甲', {
      n: count('数', '件', { max: 9 }),
      inner: group('内', { deep: count('深さ', 'm', { max: 9 }) }),
    }),
    b: list('乙', 5, {
      name: text('名称', 10),
      above: reference('上位'),
      steps: list('段', 5, { n: count('数', '件', { max: 9 }) }),
    }),
  },
  {
    rules: [
      askReason({ name: 'same', if: 'same as last time()', message: '前回と同じです。', readyMade: ['はい'] }),
      note({ at: 'a.inner.deep', name: 'deeper', if: 'deep > n', message: '深い。' }),
      refuse({ at: 'b.steps.n', name: 'none', if: 'n = 0', message: '数がありません。' }),
    ],
  },
);

function run(answers: Answers, previous?: Answers) {
  return editChecks(checked, answers, { unit: '111007', round, previous });
}

describe('edit checks', () => {
  const answers: Answers = {
    a: { n: 10, inner: { deep: 11 } },
    b: [
      { id: 'p', above: 'gone', steps: [{ id: 's', n: 12 }] },
      { id: 'q', steps: [{ id: 's', n: 0 }] },
    ],
  };

  it('are those of questions, in the order of the form, then its rules, in theirs', () => {
    expect(run(answers, answers).map(({ path, key, severity }) => [path, key, severity])).toEqual([
      ['a.n', 'a.n.limits', 'askReason'],
      ['a.inner.deep', 'a.inner.deep.limits', 'askReason'],
      ['b.p.above', 'b.p.above.unknown-above', 'refuse'],
      ['b.p.steps.s.n', 'b.p.steps.s.n.limits', 'askReason'],
      ['', 'return.same', 'askReason'],
      ['a.inner.deep', 'a.inner.deep.deeper', 'note'],
      ['b.q.steps.s.n', 'b.q.steps.s.n.none', 'refuse'],
    ]);
  });

  it('carry their message and ready-made reasons', () => {
    expect(run({}, {})).toEqual([
      {
        path: '',
        key: 'return.same',
        severity: 'askReason',
        name: 'same',
        message: '前回と同じです。',
        readyMade: ['はい'],
      },
    ]);
  });

  it('stay silent about what is not answered', () => expect(run({ a: { n: 1 } })).toEqual([]));
});
