import { describe, expect, it } from 'vitest';
import { codebook, printVisibility, questionCodebook } from '../../../../functions/domain/codebook.ts';
import { tableOf, withDescendants } from '../../../../functions/domain/tables.ts';
import { councilReport2024 } from '../../../../schemas/forms/council-report/v2024.ts';
import { municipalSurvey2024 } from '../../../../schemas/forms/municipal-survey/v2024.ts';
import { formIn } from '../../../../schemas/round-forms.ts';
import { round } from '../../schemas/forms/returns.ts';
import { realForms, saitama } from '../../support/real-forms.ts';
import { scratchForm } from '../../support/scratch-form.ts';

const asked = formIn(municipalSurvey2024, round);
const survey = codebook(asked, tableOf(asked, saitama, 'internal'), round);
const report = codebook(councilReport2024, tableOf(councilReport2024, saitama, 'internal'), round);

describe('the codebook', () => {
  it.each(realForms)('explains every column of every table of %s', (_, form) => {
    const table = tableOf(form, saitama, 'internal');
    const columns = withDescendants(table).flatMap(({ id, columns }) => columns.map(({ name }) => `${id} ${name}`));
    const entries = codebook(form, table, round);
    expect(entries.map(({ table, column }) => `${table} ${column}`)).toEqual(columns);
    for (const entry of entries) expect(entry.label).not.toBe('');
  });

  it('has id, label, type, unit, options, date and visibility of a column', () => {
    expect(survey.find(({ column }) => column === 'consultation.specific')).toEqual({
      form: 'municipal-survey',
      table: '',
      column: 'consultation.specific',
      id: 'consultation.specific',
      number: '問10',
      label: '指定特定相談支援事業所',
      type: 'integer',
      unit: '事業所',
      options: '',
      asOf: '2024-04-01',
      visibility: 'open',
      help: '自市町村が指定した、計画相談支援を行う事業所の数です。',
    });
    expect(survey.find(({ column }) => column === 'establishment.form')?.options).toBe(
      'single=単独設置 | joint=共同設置 | singleAndJoint=単独・共同設置',
    );
  });

  it('explains a column of an option by question and option', () => {
    expect(survey.find(({ column }) => column === 'activity.roles.other')).toMatchObject({
      id: 'activity.roles',
      label: '役割：その他',
      type: 'flag',
      options: '1=該当 | 0=非該当',
      visibility: 'open',
    });
  });

  it('gives the section’s date, the round’s, or the period over which is counted', () => {
    expect(survey.find(({ column }) => column === 'bases.status')?.asOf).toBe('2024-09-30');
    expect(report.find(({ column }) => column === 'bodies.meetings')?.asOf).toBe('2023-04/2024-09');
    expect(report.find(({ column }) => column === 'bodies.members')?.asOf).toBe('2024-09-30');
  });

  it('names the year that the round compares with', () => {
    const { label = '' } = survey.find(({ column }) => column === 'revitalisation.plenary') ?? {};
    expect(label).toContain('令和4年度');
  });

  it('for the public explains public columns only', () => {
    const shown = codebook(municipalSurvey2024, tableOf(municipalSurvey2024, saitama, 'public'), round);
    expect(shown.length).toBeGreaterThan(20);
    expect(shown.filter(({ visibility }) => visibility !== 'open')).toEqual([]);
  });

  it('prints visibility in Japanese', () => {
    expect((['open', 'tally', 'internal'] as const).map(printVisibility)).toEqual(['公表', '集計のみ公表', '非公表']);
  });
});

describe('the questions of a form', () => {
  const questions = questionCodebook(scratchForm);

  it('are all but the groups, in order', () => {
    expect(questions.map(({ id }) => id)).toEqual(
      [...scratchForm.items.values()].filter(({ kind }) => kind.nesting !== 'fields').map(({ id }) => id),
    );
  });

  it('say type, unit, options, when they are asked and who sees them', () => {
    expect(questions.find(({ id }) => id === 'first.more')).toEqual({
      id: 'first.more',
      label: '件数',
      type: 'count',
      unit: '件',
      required: false,
      nullable: false,
      visibility: 'open',
      askedWhen: [{ question: 'first.detail', values: ['a', 'b'] }],
    });
    expect(questions.find(({ id }) => id === 'opinion.view')).toMatchObject({
      options: { good: '良い', bad: '悪い' },
      visibility: 'tally',
      askedWhen: [],
    });
    expect(questions.find(({ id }) => id === 'first.visitors')?.nullable).toBe(true);
  });
});
