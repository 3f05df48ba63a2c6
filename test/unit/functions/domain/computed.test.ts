import { describe, expect, it } from 'vitest';
import { withComputed } from '../../../../functions/domain/computed.ts';
import { summarise } from '../../../../functions/domain/summary.ts';
import { Tally } from '../../../../functions/domain/tally.ts';
import { examine } from '../../../../functions/domain/examination.ts';
import { pageFormula } from '../../../../functions/web/answer/page-rules.ts';
import { replacePart } from '../../../../functions/domain/draft-parts.ts';
import { normalForm } from '../../../../functions/domain/normal-form.ts';
import { formOfDocument } from '../../../../schemas/document/form.ts';
import { readDocument } from '../../../../schemas/document/form-document.ts';
import type { Form, Item } from '../../../../schemas/form.ts';
import type { Json } from '../../../../schemas/values/json.ts';
import { evaluator } from '../../../../schemas/rules/evaluate.ts';
import { round } from '../../schemas/forms/returns.ts';
import { saitama } from '../../support/real-forms.ts';

const count = (key: string) => ({ key, kind: 'count', label: key, unit: '人' });
const computed = (key: string, formula: string, places = 1) => ({
  key,
  kind: 'computed',
  label: key,
  unit: '件',
  formula,
  places,
});

function built(questions: object[], rest: object = {}): ReturnType<typeof formOfDocument> {
  const read = readDocument({
    id: 'kensu',
    version: 2025,
    title: '件数',
    units: 'municipality',
    sections: [{ key: 's', label: '件数', questions: JSON.parse(JSON.stringify(questions)) }],
    rules: [],
    measures: [],
    ...JSON.parse(JSON.stringify(rest)),
  });
  if (!('document' in read)) throw new Error(JSON.stringify(read.errors));
  return formOfDocument(read.document);
}

function formOf(questions: object[], rest: object = {}): Form {
  const made = built(questions, rest);
  if (!('form' in made)) throw new Error(JSON.stringify(made.errors));
  return made.form;
}

describe('computed values', () => {
  const form = formOf([
    computed('rate', 'cases / staff'),
    count('cases'),
    count('staff'),
    computed('twice', 'rate * 2', 0),
  ]);

  it('are added in the order of the form, rounded half up, and may need later ones and each other', () => {
    const answers = withComputed(form, { s: { cases: 9, staff: 4 } });
    expect(answers).toEqual({ s: { rate: 2.3, cases: 9, staff: 4, twice: 5 } });
    expect(Object.keys(Object(answers['s']))).toEqual(['rate', 'cases', 'staff', 'twice']);
  });

  it('are absent where they have no value, whatever was sent for them', () => {
    expect(withComputed(form, { s: { cases: 9 } })).toEqual({ s: { cases: 9 } });
    expect(withComputed(form, { s: { cases: 9, staff: 0, rate: 7 } })).toEqual({ s: { cases: 9, staff: 0 } });
    expect(withComputed(form, {})).toEqual({});
  });

  it('have a mean, a median, a least and a greatest over the returns, and no sum', () => {
    const tally = new Tally(form);
    for (const [code, cases] of [
      ['111007', 9],
      ['112011', 4],
      ['112038', undefined],
    ] as const)
      tally.add(withComputed(form, { s: { staff: 4, ...(cases === undefined ? {} : { cases }) } }), {
        code,
        name: '',
        kind: null,
        members: [code],
        editor: '',
      });
    const { rows } = summarise([tally], { seq: 1, at: '' }, { round, directory: saitama, audience: 'public' });
    const figures = rows.filter(({ question }) => question === 's.rate');
    expect(figures.map(({ measure, value, shown, base }) => [measure, value, shown ?? '', base])).toEqual([
      ['mean', 1.65, '約1.6', 2],
      ['median', 1.65, '', 2],
      ['min', 1, '', 2],
      ['max', 2.3, '', 2],
    ]);
  });

  it('are not kept in drafts', () => {
    expect(normalForm(form.sections, { s: { cases: 9, rate: 7 } }, () => 'x')).toEqual({ s: { cases: 9 } });
  });

  it.each([[9], ['約2'], [null], [[]], [{ text: '計算' }]])('are left out of a draft that sends %j', (sent) => {
    const saved = replacePart(
      form,
      { answers: {}, reasons: {} },
      { kind: 'return' },
      { answers: { s: { cases: 9, rate: sent } } },
      () => 'x',
    );
    expect(saved).toEqual({ ok: true, value: { answers: { s: { cases: 9 } }, reasons: {} } });
  });

  it('stand in each entry of a list', () => {
    const listed = formOf([
      {
        key: 'offices',
        kind: 'list',
        label: '事業所',
        maxEntries: 5,
        questions: [count('cases'), count('staff'), computed('rate', 'cases / staff')],
      },
    ]);
    const offices = [
      { id: 'a', cases: 3, staff: 2 },
      { id: 'b', cases: 3 },
    ];
    expect(withComputed(listed, { s: { offices } })).toEqual({
      s: {
        offices: [
          { id: 'a', cases: 3, staff: 2, rate: 1.5 },
          { id: 'b', cases: 3 },
        ],
      },
    });
  });

  it('that need themselves are refused with the formula', () => {
    const circular = built([computed('a', 'b + 1'), computed('b', 'a + 1'), count('c')]);
    expect('errors' in circular && circular.errors.map(({ path, code }) => [path, code])).toEqual([
      ['sections.0.questions.0.formula', 'circular'],
      ['sections.0.questions.1.formula', 'circular'],
    ]);
  });
});

describe('on a page', () => {
  const staffTable = {
    key: 'staffing',
    kind: 'counts',
    label: '職員数',
    rows: [
      { key: 'full', label: '常勤' },
      { key: 'part', label: '非常勤' },
    ],
    columns: [
      { key: 'only', label: '専従' },
      { key: 'also', label: '兼務' },
    ],
    unit: '人',
  };
  const visits = { key: 'visits', kind: 'list', label: '訪問', maxEntries: 5, questions: [count('people')] };
  const form = formOf([
    count('cases'),
    staffTable,
    visits,
    computed('perStaff', 'cases / total(staffing)'),
    computed('only', 'total(staffing.only)'),
    computed('visited', 'sum(visits.people)'),
    computed('twice', 'perStaff * 2'),
  ]);
  const rule = (key: string, isHere: (item: Item) => boolean = () => true, isSeen = true) => {
    const formula = form.items.get(`s.${key}`)?.formula;
    if (formula === undefined) throw new RangeError(key);
    return pageFormula(formula, { s: { cases: 8, staffing: { full: { only: 4 } } } }, '', {
      isField: isHere,
      isSeen: () => isSeen,
    });
  };
  const result = (key: string, fields: Record<string, Json>, isHere?: (item: Item) => boolean): Json => {
    const made = rule(key, isHere);
    if (made === undefined) throw new RangeError(`${key} is not followed`);
    return evaluator(made.tree)({ scopes: [fields] });
  };

  it('they follow its fields, tables and columns of tables among them', () => {
    expect(result('perStaff', { 's.cases': 9, 's.staffing.full.only': 1, 's.staffing.part.also': 2 })).toBe(3);
    expect(result('perStaff', { 's.cases': 9 })).toBe(null);
    expect(result('only', { 's.staffing.full.only': 1, 's.staffing.part.only': 2 })).toBe(3);
  });

  it('what stands on other pages stands in them as it is stored', () => {
    expect(result('perStaff', { 's.cases': 12 }, ({ key }) => key === 'cases')).toBe(3);
  });

  it('nothing of what the visitor does not see: they are left to the answer to a save', () => {
    expect(rule('perStaff', ({ key }) => key === 'cases', false)).toBe(undefined);
  });

  it('other computed values are followed by way of their formulas', () => {
    expect(result('twice', { 's.cases': 9, 's.staffing.full.only': 1, 's.staffing.part.also': 2 })).toBe(6);
  });

  it('lists of the page are left to the answer to a save', () => {
    expect(rule('visited')).toBe(undefined);
    expect(rule('perStaff', () => false)).toBe(undefined);
  });
});

describe('rules', () => {
  const municipalities = new Set<string>();

  it('read what is computed as any other number', () => {
    const form = formOf([count('cases'), count('staff'), computed('rate', 'cases / staff')], {
      rules: [{ name: 'high', at: 's.rate', severity: 'askReason', if: 'rate > 2', message: '多すぎます。' }],
    });
    const examined = (cases: number) =>
      examine(form, { s: { cases, staff: 4 } }, {}, { unit: '112038', round, municipalities });
    expect(examined(12).asked.map(({ key, path }) => [key, path])).toEqual([['s.rate.high', 's.rate']]);
    expect(examined(8).asked).toEqual([]);
  });
});
