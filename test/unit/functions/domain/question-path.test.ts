import { describe, expect, it } from 'vitest';
import { isQuestionPath, pathOf, questionAt, stepsAlong } from '../../../../functions/domain/question-path.ts';
import type { Position } from '../../../../functions/domain/question-path.ts';
import { councilReport2024 } from '../../../../schemas/forms/council-report/v2024.ts';
import { municipalSurvey2024 } from '../../../../schemas/forms/municipal-survey/v2024.ts';
import type { Json } from '../../../../schemas/values/json.ts';

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
    'profile.goals.0.more',
    'bodies.plenary.nothing',
    'constructor',
    '__proto__.x',
  ])('is not %j', (path) => expect(isPath(path)).toBe(false));

  it.each([
    ['bases.partners.0', 'bases.partners'],
    ['coreCentre.centres.c1.partners', 'coreCentre.centres.c1.partners'],
    ['bodies', 'bodies'],
    ['bodies.a', 'bodies.a'],
    ['bodies.a.meetings', 'bodies.a.meetings'],
    ['bodies.a.sessions.s1.items.i1.text', 'bodies.a.sessions.s1.items.i1.text'],
    ['bodies.a.themes.2', 'bodies.a.themes'],
    ['bodies.a.nothing.more', 'bodies.a'],
  ])('%s leads into %s', (path, question) => {
    const form = path.startsWith('bodies') ? councilReport2024 : municipalSurvey2024;
    expect(questionAt(form, path).path).toBe(question);
  });
});

describe('the steps along a path', () => {
  const bodies = [{ id: 'a', name: '甲', sessions: [{ id: 's1', title: '第1回' }] }, { id: 'b' }];
  const steps = (names: readonly PropertyKey[], answers?: Json, known?: number) =>
    stepsAlong(councilReport2024.sections, names, answers, known).map(({ name, item, index, value }) => [
      name,
      item.id,
      index,
      value,
    ]);

  it('are the questions and entries on the way, with their answers', () => {
    expect(steps(['bodies', 'a', 'sessions', 's1', 'title'], { bodies })).toEqual([
      ['bodies', 'bodies', undefined, bodies],
      ['a', 'bodies', 0, bodies[0]],
      ['sessions', 'bodies.sessions', undefined, bodies[0]?.sessions],
      ['s1', 'bodies.sessions', 0, bodies[0]?.sessions?.[0]],
      ['title', 'bodies.sessions.title', undefined, '第1回'],
    ]);
  });

  it('take entries by position, too', () => {
    expect(steps(['bodies', 1], { bodies }).at(-1)).toEqual(['b', 'bodies', 1, { id: 'b' }]);
    expect(steps(['profile', 'goals', 1], { profile: { goals: ['x', 'y'] } }).at(-1)).toEqual([
      '1',
      'profile.goals',
      1,
      'y',
    ]);
  });

  it('go on where nothing is answered, and stop where the form has no such question', () => {
    expect(steps(['bodies', 'gone', 'name', 'more'])).toEqual([
      ['bodies', 'bodies', undefined, undefined],
      ['gone', 'bodies', -1, undefined],
      ['name', 'bodies.name', undefined, undefined],
    ]);
  });

  it('begin inside a part whose answers alone are there', () => {
    expect(steps(['bodies', 'a', 'sessions', 0], bodies[0], 2).at(-1)).toEqual([
      's1',
      'bodies.sessions',
      0,
      { id: 's1', title: '第1回' },
    ]);
  });
});

describe('the path of a position', () => {
  const bodies: Position = { around: undefined, key: 'bodies' };
  const entryOf = (entries: readonly Json[], index: number): Position => ({ around: bodies, entries, index });

  it('joins the keys from the root', () => {
    expect(pathOf(bodies)).toBe('bodies');
    expect(pathOf({ around: { around: bodies, key: 'chair' }, key: 'name' })).toBe('bodies.chair.name');
  });

  it('names entries by their ids', () => {
    const plenary = entryOf([{ id: 'plenary' }, { id: 'working' }], 0);
    expect(pathOf({ around: plenary, key: 'heldOn' })).toBe('bodies.plenary.heldOn');
  });

  it('names entries by position where the id is missing or doubled', () => {
    const entries = [{ id: 'a' }, {}, { id: 'a' }, { id: 'b' }];
    expect(entries.map((_, index) => pathOf(entryOf(entries, index)))).toEqual([
      'bodies.0',
      'bodies.1',
      'bodies.2',
      'bodies.b',
    ]);
  });
});
