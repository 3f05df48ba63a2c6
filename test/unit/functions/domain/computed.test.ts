import { describe, expect, it } from 'vitest';
import { withComputed } from '../../../../functions/domain/computed.ts';
import { summarise } from '../../../../functions/domain/summary.ts';
import { Tally } from '../../../../functions/domain/tally.ts';
import { normalForm } from '../../../../functions/domain/normal-form.ts';
import { formOfDocument } from '../../../../schemas/document/form.ts';
import { readDocument } from '../../../../schemas/form-document.ts';
import type { Form } from '../../../../schemas/form.ts';
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

function built(questions: object[]): ReturnType<typeof formOfDocument> {
  const read = readDocument({
    id: 'kensu',
    version: 2025,
    title: '件数',
    units: 'municipality',
    sections: [{ key: 's', label: '件数', questions: JSON.parse(JSON.stringify(questions)) }],
    rules: [],
    measures: [],
  });
  if (!('document' in read)) throw new Error(JSON.stringify(read.errors));
  return formOfDocument(read.document);
}

function formOf(questions: object[]): Form {
  const made = built(questions);
  if (!('form' in made)) throw new Error(JSON.stringify(made.errors));
  return made.form;
}

const about = {
  unit: { code: '112038', kind: 'city', members: ['112038'] },
  round: { fiscalYear: 2025, period: { from: '2024-04', to: '2025-03' } },
};

describe('computed values', () => {
  const form = formOf([
    computed('rate', 'cases / staff'),
    count('cases'),
    count('staff'),
    computed('twice', 'rate * 2', 0),
  ]);

  it('are added in the order of the form, rounded half up, and may need later ones and each other', () => {
    const answers = withComputed(form, { s: { cases: 9, staff: 4 } }, about);
    expect(answers).toEqual({ s: { rate: 2.3, cases: 9, staff: 4, twice: 5 } });
    expect(Object.keys(Object(answers['s']))).toEqual(['rate', 'cases', 'staff', 'twice']);
  });

  it('are absent where they have no value, whatever was sent for them', () => {
    expect(withComputed(form, { s: { cases: 9 } }, about)).toEqual({ s: { cases: 9 } });
    expect(withComputed(form, { s: { cases: 9, staff: 0, rate: 7 } }, about)).toEqual({ s: { cases: 9, staff: 0 } });
    expect(withComputed(form, {}, about)).toEqual({});
  });

  it('have a mean, a median, a least and a greatest over the returns, and no sum', () => {
    const tally = new Tally(form);
    for (const [code, cases] of [
      ['111007', 9],
      ['112011', 4],
      ['112038', undefined],
    ] as const)
      tally.add(withComputed(form, { s: { staff: 4, ...(cases === undefined ? {} : { cases }) } }, about), {
        code,
        name: '',
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
    expect(withComputed(listed, { s: { offices } }, about)).toEqual({
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
