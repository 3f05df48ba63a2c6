import { assert, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { carriedOver, filledWith, openOf } from '../../../../functions/domain/carried-over.ts';
import { isDraft } from '../../../../schemas/compile.ts';
import { form } from '../../../../schemas/form.ts';
import { choice, count, group, list, section, text } from '../../../../schemas/kinds/question.ts';
import { sameAnswers } from '../../../../schemas/values/same-answers.ts';
import type { Answers } from '../../../../schemas/values/json.ts';
import { answersOf } from '../../support/arbitrary-answers.ts';
import { realForms, saitamaCodes } from '../../support/real-forms.ts';

const now = form(
  'yearly',
  2025,
  { title: '年次', units: 'municipality', help: '' },
  {
    plain: section('基本', {
      status: choice('状況', { yes: 'ある', planned: '予定' }),
      staff: count('職員', '人').was('old.workers'),
      inner: group('内訳', { part: count('非常勤', '人') }),
    }),
    bodies: list('会議', 5, { name: text('名称', 20), times: count('回数', '回').was('bodies.held') }),
  },
);

const then: Answers = {
  plain: { status: 'no', inner: { part: 2, gone: 1 } },
  old: { workers: 7 },
  bodies: [
    { id: 'b1', name: '全体会', held: 3, theme: 'x' },
    { id: 'b2', name: 12 },
  ],
};

const carried: Answers = {
  plain: { staff: 7, inner: { part: 2 } },
  bodies: [{ id: 'b1', name: '全体会', times: 3 }, { id: 'b2' }],
};

describe('what the last answers still say', () => {
  it('is found under the ids of that time; what is gone, an option that is retired and another type are left out', () => {
    expect(carriedOver(now, then)).toEqual(carried);
    expect(carriedOver(now, { plain: { inner: { gone: 1 } }, bodies: 'none' })).toEqual({});
  });

  it('fills in what has no answer, and leaves a list that is answered as it is', () => {
    const draft: Answers = { plain: { staff: 0 }, bodies: [] };
    const open = openOf(now, draft, carried);
    expect(open).toEqual({ plain: { inner: { part: 2 } } });
    expect(filledWith(draft, open, ['plain', 'bodies'])).toEqual({
      plain: { staff: 0, inner: { part: 2 } },
      bodies: [],
    });
    expect(filledWith({}, carried, ['bodies'])).toEqual({ bodies: carried['bodies'] });
    expect(filledWith({}, carried, ['constructor'])).toEqual({});
  });

  it.each(realForms)(
    'of %s is a draft; filled in, nothing that was answered changes and nothing is open',
    (_, each) => {
      const answers = answersOf(each, { municipalities: saitamaCodes });
      assert(
        property(answers, answers, (before, draft) => {
          const last = carriedOver(each, before);
          const open = openOf(each, draft, last);
          const all = filledWith(draft, open, Object.keys(open));
          return (
            isDraft(each, last) &&
            sameAnswers(openOf(each, all, last), {}) &&
            sameAnswers(filledWith(draft, openOf(each, draft, draft), Object.keys(draft)), draft)
          );
        }),
        { numRuns: 50 },
      );
    },
  );
});
