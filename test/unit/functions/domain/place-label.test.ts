import { describe, expect, it } from 'vitest';
import { placeLabel } from '../../../../functions/domain/place-label.ts';
import { municipalSurvey2024 } from '../../../../schemas/forms/municipal-survey/v2024.ts';
import { form } from '../../../../schemas/form.ts';
import { count, list, section, text } from '../../../../schemas/kinds/question.ts';
import { formIn } from '../../../../schemas/round-forms.ts';
import { scratchForm } from '../../support/scratch-form.ts';

const answers = {
  first: { note: '公表する', goals: ['一', '二'] },
  units: [
    {
      id: 'u1',
      name: '本部',
      steps: [
        { id: 's1', title: '初回' },
        { id: 's2', title: '次回' },
      ],
    },
  ],
};
const labelOf = (path: string): string => placeLabel({ form: scratchForm }, answers, path);

describe('the label of a place', () => {
  it('names entries by what they are called', () => {
    expect(labelOf('units.u1.steps.s2.times')).toBe('単位「本部」 段階「次回」 回数');
    expect(labelOf('first.note')).toBe('第1 補足');
    expect(labelOf('first.goals.1')).toBe('第1 目標 2');
    expect(labelOf('units.u1')).toBe('単位「本部」');
    expect(labelOf('')).toBe('この回答全体');
  });

  it('begins with the number that the questionnaire gives a question', () => {
    const numbered = form(
      'numbered',
      2025,
      { title: '様式', units: 'municipality', help: '' },
      {
        s: section('体制', { n: count('職員数', '人').numbered('問2の1') }),
        l: list('事業所', 3, { name: text('名称', 10) }).numbered('問3'),
      },
    );
    expect(placeLabel({ form: numbered }, {}, 's.n')).toBe('体制 問2の1　職員数');
    expect(placeLabel({ form: numbered }, { l: [{ id: 'a', name: '本部' }] }, 'l.a')).toBe('問3　事業所「本部」');
  });

  it('keeps what it does not know', () => {
    expect(labelOf('gone.away')).toBe('gone.away');
    expect(labelOf('first.gone')).toBe('第1');
    expect(labelOf('units.u9.name')).toBe('単位「u9」 名称');
  });

  it('says the year that the round compares with', () => {
    const compared = { form: formIn(municipalSurvey2024, { compareYear: 2022 }) };
    expect(placeLabel(compared, {}, 'revitalisation.plenary')).toMatch(/令和4年度/u);
  });
});
