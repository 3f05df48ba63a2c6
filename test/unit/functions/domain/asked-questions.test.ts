import { describe, expect, it } from 'vitest';
import {
  inOrderOfWork,
  labelOfQuestion,
  publishedAnswers,
  questionsToAskAbout,
} from '../../../../functions/domain/asked-questions.ts';
import type { AskedQuestion } from '../../../../schemas/asked-question.ts';
import { councilReport2024 } from '../../../../schemas/forms/council-report/v2024.ts';

function asked(id: string, askedAt: string, rest: Partial<AskedQuestion> = {}): AskedQuestion {
  return {
    id,
    form: 'council-report',
    unit: 'joint',
    path: '',
    text: '川越市では何人と書きますか。',
    askedAt,
    askedBy: '川越市担当',
    revision: 0,
    ...rest,
  };
}

const answer = { text: '全員です。', answeredAt: '2024-11-03T00:00:00.000Z', answeredBy: '県' };

describe('what a question is about', () => {
  it('is named with its section', () => {
    expect(labelOfQuestion(councilReport2024, '')).toBe('調査票全体');
    const section = labelOfQuestion(councilReport2024, 'profile');
    expect(labelOfQuestion(councilReport2024, 'profile.organisations').startsWith(`${section}：`)).toBe(true);
    expect(labelOfQuestion(councilReport2024, 'bodies.kind')).toContain('：');
  });

  it('is told from one of the same name by what it stands in', () => {
    const labels = questionsToAskAbout(councilReport2024, undefined).map(([, label]) => label);
    expect(new Set(labels).size).toBe(labels.length);
  });

  it('is a table as a whole, not a cell of it', () => {
    const paths = questionsToAskAbout(councilReport2024, undefined).map(([path]) => path);
    const [table, ...cells] = [...councilReport2024.items.keys()].filter((path) =>
      path.startsWith('bodies.composition'),
    );
    expect(paths).toContain(table);
    expect(cells.filter((cell) => paths.includes(cell))).toEqual([]);
    expect(cells.length).toBeGreaterThan(5);
  });

  it('of a form that has none such any more is its id', () => {
    expect(labelOfQuestion(councilReport2024, 'profile.gone')).toBe('profile.gone');
    expect(labelOfQuestion(councilReport2024, 'constructor')).toBe('constructor');
  });

  it('is chosen within a section, or within the whole form', () => {
    const within = questionsToAskAbout(councilReport2024, 'profile').map(([path]) => path);
    expect(within.slice(0, 2)).toEqual(['', 'profile']);
    expect(within.slice(1).every((path) => path === 'profile' || path.startsWith('profile.'))).toBe(true);
    const sections = councilReport2024.sections.map(({ id }) => id);
    for (const section of [undefined, 'gone'])
      expect(questionsToAskAbout(councilReport2024, section).map(([path]) => path)).toEqual(
        expect.arrayContaining(sections),
      );
  });
});

describe('what everybody is shown', () => {
  it('is answered and wished to be, in the words of the prefecture, without who asked', () => {
    const shown = publishedAnswers([
      asked('a', '2024-11-01T00:00:00.000Z', { answer, published: '何人と書きますか。' }),
      asked('b', '2024-11-01T00:00:00.000Z', { answer }),
      asked('c', '2024-11-01T00:00:00.000Z'),
    ]);
    expect(shown).toEqual([
      {
        form: 'council-report',
        path: '',
        question: '何人と書きますか。',
        answer: '全員です。',
        answeredAt: answer.answeredAt,
      },
    ]);
    expect(JSON.stringify(shown)).not.toContain('川越市');
  });
});

describe('the order of work', () => {
  it('has the unanswered first, the longest waiting at the top', () => {
    const ids = inOrderOfWork([
      asked('answered-old', '2024-11-01T00:00:00.000Z', { answer }),
      asked('waits', '2024-11-04T00:00:00.000Z'),
      asked('answered-new', '2024-11-02T00:00:00.000Z', { answer }),
      asked('waits-longest', '2024-11-03T00:00:00.000Z'),
    ]).map(({ id }) => id);
    expect(ids).toEqual(['waits-longest', 'waits', 'answered-new', 'answered-old']);
  });
});
