import { describe, expect, it } from 'vitest';
import { isQuestionPath } from '../../../../functions/domain/question-path.ts';
import { councilReport2024 } from '../../../../schemas/forms/council-report/v2024.ts';

const isPath = (path: string): boolean => isQuestionPath(councilReport2024.sections, path);

describe('a path of a question', () => {
  it.each([
    'profile',
    'profile.purpose',
    'profile.goals.0',
    'bodies',
    'bodies.plenary',
    'bodies.plenary.meetings',
    'bodies.b1.sessions.s1.items.i1.text',
    'bodies.b1.composition.medical',
  ])('is %s', (path) => expect(isPath(path)).toBe(true));

  it.each([
    '',
    'no.such.question',
    'profile.nothing',
    'profile.purpose.more',
    'bodies.plenary.nothing',
    'constructor',
    '__proto__.x',
  ])('is not %j', (path) => expect(isPath(path)).toBe(false));
});
