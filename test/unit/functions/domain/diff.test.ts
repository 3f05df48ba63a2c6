import { assert, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diff } from '../../../../functions/domain/diff.ts';
import { municipalSurvey2024 } from '../../../../schemas/forms/municipal-survey/v2024.ts';
import { form } from '../../../../schemas/form.ts';
import { count, counts, countsTable, group, section } from '../../../../schemas/kinds/question.ts';
import { formIn } from '../../../../schemas/round-forms.ts';
import { sameAnswers } from '../../../../schemas/values/same-answers.ts';
import type { Answers } from '../../../../schemas/values/json.ts';
import { answersOf } from '../../support/arbitrary-answers.ts';
import { realForms, saitamaCodes } from '../../support/real-forms.ts';
import { scratchForm } from '../../support/scratch-form.ts';

function changes(before: Answers, after: Answers) {
  return diff(scratchForm, before, after);
}

/** Paths and kinds of change. */
function brief(before: Answers, after: Answers): string[] {
  return changes(before, after).map(({ path, change }) => `${path} ${change}`);
}

describe('a difference', () => {
  it('names the question and both answers', () => {
    expect(changes({ first: { status: 'yes' } }, { first: { status: 'no' } })).toEqual([
      { path: 'first.status', label: '状況', change: 'changed', before: 'yes', after: 'no' },
    ]);
  });

  it('names the cell of a table with its row, and the table with its number', () => {
    const tables = form(
      'tables',
      1,
      { title: '', units: 'municipality', help: '' },
      {
        all: section('区分', {
          held: countsTable('数', { a: '甲', b: '乙' }, { c: '丙', d: '丁' }, '人').numbered('問3'),
          line: counts('計', { e: '戊' }, '人').numbered('問4'),
          who: group('担当', { size: count('人数', '人') }).numbered('問5'),
        }),
      },
    );
    const answers = { all: { held: { b: { d: 1 } }, line: { e: 2 }, who: { size: 3 } } };
    expect(diff(tables, {}, answers).map(({ label }) => label)).toEqual(['問3　数：乙：丁', '問4　計：戊', '人数']);
  });

  it('leaves out what was not answered', () => {
    expect(changes({}, { first: { more: 0 } })).toEqual([
      { path: 'first.more', label: '件数', change: 'added', after: 0 },
    ]);
    expect(changes({ first: { visitors: null } }, {})).toEqual([
      { path: 'first.visitors', label: '人数', change: 'removed', before: null },
    ]);
  });

  it('is one between any two of absent, null and 0, and of absent and []', () => {
    const values: Answers[] = [{}, { first: { visitors: null } }, { first: { visitors: 0 } }];
    for (const [i, a] of values.entries())
      for (const [j, b] of values.entries()) expect(changes(a, b)).toHaveLength(i === j ? 0 : 1);
    expect(brief({ first: {} }, { first: { functions: [] } })).toEqual(['first.functions added']);
    expect(brief({}, { units: [] })).toEqual(['units added']);
  });

  it('is found inside groups, in the order of the form', () => {
    const after = { opinion: { inner: { deep: 2 }, view: 'good' }, first: { note: 'x', status: 'yes' } };
    expect(brief({ opinion: { inner: { deep: 1 } } }, after)).toEqual([
      'first.status added',
      'first.note added',
      'opinion.view added',
      'opinion.inner.deep changed',
    ]);
  });

  it('of whole values is one: ranges, texts in a list, options', () => {
    expect(brief({ first: { cases: { min: 1, max: 2 } } }, { first: { cases: { min: 1, max: 3 } } })).toEqual([
      'first.cases changed',
    ]);
    expect(brief({ first: { goals: ['a', 'b'] } }, { first: { goals: ['b', 'a'] } })).toEqual(['first.goals changed']);
  });
});

describe('entries', () => {
  const [a, b, c] = [
    { id: 'a', name: 'あ' },
    { id: 'b', name: 'い' },
    { id: 'c', name: 'う' },
  ];

  it('are compared by their ids, not by position', () => {
    expect(brief({ units: [a, b] }, { units: [a, { ...b, name: 'ゐ' }] })).toEqual(['units.b.name changed']);
    expect(brief({ units: [a, b, c] }, { units: [b, c] })).toEqual(['units.a removed']);
    expect(brief({ units: [b, c] }, { units: [a, b, c] })).toEqual(['units.a added']);
  });

  it('that moved are said to have, from where to where', () => {
    expect(changes({ units: [a, b] }, { units: [b, a] })).toEqual([
      { path: 'units.b', label: '単位', change: 'moved', before: 2, after: 1 },
      { path: 'units.a', label: '単位', change: 'moved', before: 1, after: 2 },
    ]);
  });

  it('that moved may have changed too', () => {
    expect(brief({ units: [a, b] }, { units: [{ ...b, size: 1 }, a] })).toEqual([
      'units.b moved',
      'units.b.size added',
      'units.a moved',
    ]);
  });

  it('of lists inside entries are found by both ids', () => {
    const before = { units: [{ ...a, steps: [{ id: 's', times: 1 }] }] };
    expect(brief(before, { units: [{ ...a, steps: [{ id: 's', times: 2 }, { id: 't' }] }] })).toEqual([
      'units.a.steps.s.times changed',
      'units.a.steps.t added',
    ]);
  });
});

describe('the diff', () => {
  it('names the year that the round compares with', () => {
    const answers = { revitalisation: { plenary: 'somewhat' } };
    const [found] = diff(formIn(municipalSurvey2024, { compareYear: 2022 }), {}, answers);
    expect(found?.label).toContain('令和4年度');
    expect(found?.label).not.toContain('{');
  });

  it.each(realForms)('of two returns of %s is empty only when they are the same', (_, form) => {
    const answers = answersOf(form, { municipalities: saitamaCodes });
    assert(
      property(answers, answers, (before, after) => {
        expect(diff(form, before, before)).toEqual([]);
        const found = diff(form, before, after);
        expect(found.length === 0).toBe(sameAnswers(before, after));
        const back = diff(form, after, before);
        expect(back).toHaveLength(found.length);
        const opposite = { added: 'removed', removed: 'added', changed: 'changed', moved: 'moved' } as const;
        expect(back.map(({ path, change }) => `${path} ${change}`).toSorted()).toEqual(
          found.map(({ path, change }) => `${path} ${opposite[change]}`).toSorted(),
        );
      }),
      { numRuns: 25 },
    );
  });
});
