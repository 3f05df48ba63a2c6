import { describe, expect, it } from 'vitest';
import { asksAll, onlyQuestions } from '../../../../functions/domain/question-subset.ts';
import { acrossReturns } from '../../../../schemas/forms/across-returns.ts';
import { councilReport2024 } from '../../../../schemas/forms/council-report/v2024.ts';
import { municipalSurvey2024 } from '../../../../schemas/forms/municipal-survey/v2024.ts';

const questionsOf = (form: string): readonly string[] => acrossReturns.reads[form] ?? [];

describe('a form', () => {
  it('asks what the checks across returns read, in the version that they were written for', () => {
    expect(asksAll(municipalSurvey2024.sections, questionsOf('municipal-survey'))).toBe(true);
    expect(asksAll(councilReport2024.sections, questionsOf('council-report'))).toBe(true);
  });

  it('does not ask what it lacks, at any depth', () => {
    const later = municipalSurvey2024.sections.filter(({ key }) => key !== 'bases');
    expect(asksAll(later, questionsOf('municipal-survey'))).toBe(false);
    expect(asksAll(councilReport2024.sections, ['bodies.kind.more'])).toBe(false);
  });
});

describe('the answers to some questions', () => {
  it('keep entries and their ids, and leave out what a later version asks besides', () => {
    const answers = {
      profile: { purpose: '協議' },
      bodies: [{ id: 'a', kind: 'plenary', meetings: null, mode: 'online' }, { id: 'b' }],
    };
    expect(onlyQuestions(answers, questionsOf('council-report'))).toEqual({
      bodies: [{ id: 'a', kind: 'plenary', meetings: null }, { id: 'b' }],
    });
  });

  it('are none where none are answered', () => {
    expect(onlyQuestions({ bodies: [] }, ['bodies.kind'])).toEqual({ bodies: [] });
    expect(onlyQuestions({}, ['bodies.kind'])).toEqual({});
  });
});
