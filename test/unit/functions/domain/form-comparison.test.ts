import { describe, expect, it } from 'vitest';
import { compareForms } from '../../../../functions/domain/form-comparison.ts';
import { formOfDocument } from '../../../../schemas/document/form.ts';
import { readDocument } from '../../../../schemas/document/form-document.ts';
import type { Form } from '../../../../schemas/form.ts';

const held = {
  key: 'held',
  kind: 'choice',
  label: '実施の有無',
  options: [
    { key: 'yes', label: '実施した' },
    { key: 'no', label: '実施していない' },
  ],
};
const staff = { key: 'staff', kind: 'count', label: '職員数', unit: '人' };

function formOf(
  version: number,
  questions: readonly object[],
  more: readonly object[] = [],
  measures: readonly object[] = [],
): Form {
  const read = readDocument({
    id: 'kensu',
    version,
    title: '件数',
    units: 'municipality',
    sections: JSON.parse(JSON.stringify([{ key: 's', label: '件数', questions }, ...more])),
    rules: [],
    measures: JSON.parse(JSON.stringify(measures)),
  });
  if (!('document' in read)) throw new Error(JSON.stringify(read.errors));
  const made = formOfDocument(read.document);
  if (!('form' in made)) throw new Error(JSON.stringify(made.errors));
  return made.form;
}

describe('what changed from one version to the next', () => {
  const times = (when: string) => ({ key: 'times', number: '問3', kind: 'count', label: '回数', unit: '回', when });
  const before = formOf(2025, [held, staff, times('held = "yes" or staff > 5')]);

  it('is who is asked, and the question is still compared', () => {
    const { conditions, changed } = compareForms(before, formOf(2026, [held, staff, times('staff > 5')]));
    expect(conditions).toEqual([{ id: 's.times', number: '問3', label: '回数' }]);
    expect(changed).toEqual([]);
    const equal = compareForms(before, formOf(2026, [held, staff, times('held = "yes"')]));
    expect(equal.conditions.map(({ id }) => id)).toEqual(['s.times']);
  });

  it('is nothing where a condition says the same, also of a question that moved', () => {
    expect(compareForms(before, formOf(2026, [held, staff, times('held = "yes" or staff > 5')])).conditions).toEqual(
      [],
    );
    const asked = formOf(2025, [held, times('held = "yes"')]);
    const moved = formOf(
      2026,
      [staff],
      [
        {
          key: 't',
          label: '移動先',
          questions: [
            { ...held, was: 's.held' },
            { ...times('held = "yes"'), was: 's.times' },
          ],
        },
      ],
    );
    expect(compareForms(asked, moved).conditions).toEqual([]);
  });

  const rate = (formula: string) => ({
    key: 'rate',
    kind: 'computed',
    label: '割合',
    unit: '人',
    places: 1,
    formula,
  });

  it('is nothing where what is computed, or what it reads, has moved', () => {
    const t = (...questions: object[]): object[] => [{ key: 't', label: '移動先', questions }];
    const before = formOf(2025, [held, staff, rate('staff / 2')]);
    const itself = formOf(2026, [held, staff], t({ ...rate('s.staff / 2'), was: 's.rate' }));
    const read = formOf(2026, [held, rate('t.staff / 2')], t({ ...staff, was: 's.staff' }));
    for (const now of [itself, read]) expect(compareForms(before, now).changed).toEqual([]);
  });

  it('is what a number means that is computed by the same words of another question', () => {
    const t = (...questions: object[]): object[] => [{ key: 't', label: '別', questions }];
    const before = formOf(2025, [held, staff, rate('staff / 2')], t(staff));
    const now = formOf(2026, [held, staff], t(staff, { ...rate('staff / 2'), was: 's.rate' }));
    expect(compareForms(before, now).changed.map(({ id }) => id)).toEqual(['t.rate']);
  });

  it('is not who is asked, where what a condition reads has moved', () => {
    const asked = formOf(2025, [held, staff, times('staff > 5')]);
    const moved = formOf(
      2026,
      [held],
      [
        {
          key: 't',
          label: '移動先',
          questions: [
            { ...staff, was: 's.staff' },
            { ...times('staff > 5'), was: 's.times' },
          ],
        },
      ],
    );
    expect(compareForms(asked, moved).conditions).toEqual([]);
  });

  it('is a measure that came or went', () => {
    const total = { id: 'm1', label: '計', kind: 'total', measure: 'sum', unit: '人', of: 's.staff' };
    const [without, having] = [formOf(2025, [staff]), formOf(2026, [staff], [], [total])];
    expect(compareForms(without, having).added).toEqual([{ id: 'm1', label: '計' }]);
    expect(compareForms(having, without).retired).toEqual([{ id: 'm1', label: '計' }]);
  });

  it('is the unit of a measure', () => {
    const total = (unit: string) => [{ id: 'm1', label: '計', kind: 'total', measure: 'sum', unit, of: 's.staff' }];
    const { changed } = compareForms(formOf(2025, [staff], [], total('人')), formOf(2026, [staff], [], total('世帯')));
    expect(changed.map(({ id, what }) => `${id} ${what}`)).toEqual(['m1 単位：人 → 世帯']);
  });

  it('is what a computed number means, once its formula is another', () => {
    const { changed } = compareForms(
      formOf(2025, [staff, rate('staff / 2')]),
      formOf(2026, [staff, rate('staff / 3')]),
    );
    expect(changed.map(({ id, what }) => `${id} ${what}`)).toEqual(['s.rate 式：staff / 2 → staff / 3']);
  });

  it('is what a measure means, once it is computed in another way, told by numbers', () => {
    const numbered = { ...staff, number: '問2' };
    const total = (of: string) => [{ id: 'm1', label: '職員の合計', kind: 'total', measure: 'sum', unit: '人', of }];
    const { changed } = compareForms(
      formOf(2025, [numbered], [], total('s.staff')),
      formOf(2026, [numbered], [], total('if s.staff > 5 then s.staff else 0')),
    );
    expect(changed.map(({ label, what }) => `${label} ${what}`)).toEqual([
      '職員の合計 式：問2 → if 問2 > 5 then 問2 else 0',
    ]);
  });

  it('is not what a measure means where its question has moved', () => {
    const total = (of: string) => [{ id: 'm1', label: '職員の合計', kind: 'total', measure: 'sum', unit: '人', of }];
    const { changed, moved } = compareForms(
      formOf(2025, [held, staff], [], total('s.staff')),
      formOf(
        2026,
        [held],
        [{ key: 't', label: '移動先', questions: [{ ...staff, was: 's.staff' }] }],
        total('t.staff'),
      ),
    );
    expect([changed, moved]).toEqual([[], [{ id: 't.staff', from: 's.staff', to: 't.staff' }]]);
  });
});

describe('a 集計 under another name', () => {
  const total = (label: string) => ({ id: 'all', label, kind: 'total', of: 's.staff', measure: 'sum', unit: '人' });
  const classes = (options: readonly object[]) => ({
    id: 'size',
    label: '規模',
    kind: 'class',
    of: 'if s.staff > 5 then "large" else "small"',
    options,
  });
  const small = { key: 'small', label: '小' };

  it('is said, with its classes', () => {
    const before = formOf(2025, [staff], [], [total('職員'), classes([{ key: 'large', label: '大' }, small])]);
    const now = formOf(
      2026,
      [staff],
      [],
      [total('職員の合計'), classes([{ key: 'large', label: '大きい' }, small, { key: 'none', label: 'なし' }])],
    );
    expect(compareForms(before, now)).toMatchObject({
      added: [],
      retired: [],
      relabelled: [{ id: 'all', from: '職員', to: '職員の合計' }],
      options: [
        {
          id: 'size',
          label: '規模',
          added: [{ id: 'none', label: 'なし' }],
          relabelled: [{ id: 'large', from: '大', to: '大きい' }],
        },
      ],
      changed: [],
    });
  });
});
