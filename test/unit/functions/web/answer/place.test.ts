import { describe, expect, it } from 'vitest';
import {
  changedBySide,
  conflictingAnswers,
  openedMarks,
  settle,
  sideChosen,
} from '../../../../../functions/web/answer/conflict.ts';
import { progressOf } from '../../../../../functions/web/answer/findings.ts';
import { answersAt, placeOf, withAnswersAt } from '../../../../../functions/web/answer/place.ts';
import { fieldHref, pageAround, pageOfQuestion } from '../../../../../functions/web/answer/where.ts';
import { createPaths } from '../../../../../functions/web/shared/paths.ts';
import { form } from '../../../../../schemas/form.ts';
import { list, section, text } from '../../../../../schemas/kinds/question.ts';
import { councilReport2024 } from '../../../../../schemas/forms/council-report/v2024.ts';
import { municipalSurvey2024 } from '../../../../../schemas/forms/municipal-survey/v2024.ts';
import type { Json } from '../../../../../schemas/values/json.ts';

const answers = { bodies: [{ id: 'a', name: '甲', sessions: [{ id: 's1', title: '第1回' }] }, { id: 'b' }] };

describe('the place of a page', () => {
  it('is a section, an entry of one, or an entry with a page of its own inside', () => {
    expect(placeOf(municipalSurvey2024, 'bases', undefined, undefined)?.base).toBe('bases');
    expect(placeOf(councilReport2024, 'bodies', 'a', undefined)?.base).toBe('bodies.a');
    expect(placeOf(councilReport2024, 'bodies', 'a', 'sessions.s1')?.base).toBe('bodies.a.sessions.s1');
    expect(placeOf(municipalSurvey2024, 'coreCentre', undefined, 'centres.c1')?.base).toBe('coreCentre.centres.c1');
  });

  it('is none where the form has none', () => {
    expect(placeOf(councilReport2024, 'bodies', undefined, undefined)).toBeUndefined();
    expect(placeOf(councilReport2024, 'profile', 'a', undefined)).toBeUndefined();
    expect(placeOf(councilReport2024, 'profile', undefined, 'goals.0')).toBeUndefined();
    expect(placeOf(councilReport2024, 'constructor', undefined, undefined)).toBeUndefined();
  });

  it('reads and replaces its own answers only', () => {
    const place = placeOf(councilReport2024, 'bodies', 'a', 'sessions.s1');
    if (place === undefined) throw new Error('no place');
    expect(answersAt(answers, place)).toEqual({ id: 's1', title: '第1回' });
    expect(withAnswersAt(answers, place, { id: 's1', title: '第2回' })).toEqual({
      id: 'a',
      name: '甲',
      sessions: [{ id: 's1', title: '第2回' }],
    });
    const first = placeOf(councilReport2024, 'bodies', 'b', 'sessions.s9.items.i1');
    expect(first && answersAt(answers, first)).toBeUndefined();
    expect(first && withAnswersAt(answers, first, { text: '議題' })).toEqual({
      id: 'b',
      sessions: [{ id: 's9', items: [{ id: 'i1', text: '議題' }] }],
    });
  });
});

describe('the page of a question', () => {
  it.each([
    ['bases.partners.0', { section: 'bases', at: undefined }],
    ['coreCentre.centres.c1.partners', { section: 'coreCentre', at: 'centres.c1' }],
    ['bodies', { section: 'bodies' }],
    ['bodies.a.meetings', { section: 'bodies', entry: 'a', at: undefined }],
    ['bodies.a.sessions.s1.items.i1.text', { section: 'bodies', entry: 'a', at: undefined }],
    ['bodies.a.themes.2', { section: 'bodies', entry: 'a', at: undefined }],
  ])('%s', (path, page) => {
    const form = path.startsWith('bodies') ? councilReport2024 : municipalSurvey2024;
    expect(pageOfQuestion(form, {}, path)).toEqual(page);
  });

  it('is its own for an entry of a list that has grown long, and goes back to the page around it', () => {
    const listed = form(
      'listed',
      2025,
      { title: '一覧', units: 'municipality', help: '' },
      {
        profile: section('概要', { partners: list('機関', 20, { name: text('名称', 100), role: text('役割', 100) }) }),
      },
    );
    const partners = (count: number) => ({
      profile: { partners: Array.from({ length: count }, (_, index) => ({ id: `p${index}` })) },
    });
    expect(pageOfQuestion(listed, partners(12), 'profile.partners.p3.name')).toEqual({
      section: 'profile',
      at: undefined,
    });
    const page = pageOfQuestion(listed, partners(13), 'profile.partners.p3.name');
    expect(page).toEqual({ section: 'profile', at: 'partners.p3' });
    expect(page && pageAround(listed, partners(13), page)).toEqual({ section: 'profile', at: undefined });
    expect(pageAround(councilReport2024, answers, { section: 'bodies', entry: 'a', at: 'sessions.s1' })).toEqual({
      section: 'bodies',
      entry: 'a',
      at: undefined,
    });
  });

  it('is that of its table, unless more stands in the rows than a page can hold', () => {
    const sessions = (count: number) => ({
      bodies: [
        {
          id: 'a',
          sessions: Array.from({ length: count }, (_, index) => ({
            id: `s${index}`,
            items: [{ id: 'i1' }, { id: 'i2' }, { id: 'i3' }],
          })),
        },
      ],
    });
    const path = 'bodies.a.sessions.s1.items.i1.text';
    expect(pageOfQuestion(councilReport2024, sessions(60), path)?.at).toBeUndefined();
    expect(pageOfQuestion(councilReport2024, sessions(120), path)?.at).toBe('sessions.s1');
  });

  it('is its section for a row of a table that is a section', () => {
    const table = form(
      'table',
      2025,
      { title: '表', units: 'municipality', help: '' },
      { rows: list('一覧', 20, { name: text('名称', 100) }, { layout: 'table' }) },
    );
    const stored = { rows: [{ id: 'r1', name: '甲' }] };
    expect(pageOfQuestion(table, stored, 'rows.r1.name')).toEqual({ section: 'rows' });
    const place = placeOf(table, 'rows', undefined, undefined);
    if (place === undefined) throw new Error('no place');
    expect(answersAt(stored, place)).toEqual(stored);
    expect(answersAt({}, place)).toBeUndefined();
    expect(withAnswersAt(stored, place, { rows: [{ id: 'r2' }] })).toEqual([{ id: 'r2' }]);
    expect(withAnswersAt(stored, place, {})).toBeUndefined();
  });

  it('is linked to with its field', () => {
    const key = { round: 'R6', form: 'council-report', unit: 'u' };
    const linking = { form: councilReport2024, key, visit: { paths: createPaths('/main') }, draft: { answers } };
    expect(fieldHref(linking, 'bodies.a.sessions.s1.heldOn')).toBe(
      '/main/rounds/R6/returns/council-report/u/sections/bodies/entries/a?check=1#bodies.a.sessions.s1.heldOn',
    );
  });
});

describe('a conflict', () => {
  const items = municipalSurvey2024.items.get('contact')?.children ?? [];
  const chosenIn = (post: Record<string, string[]>) => (path: string) =>
    sideChosen(new Map(Object.entries(post)), path);
  const [mine, theirs] = [
    { person: '甲', phone: '1' },
    { person: '乙', phone: '1', email: 'a@b.cd' },
  ];

  it('is about the questions answered differently', () => {
    expect(conflictingAnswers(items, mine, theirs, 'contact').map(({ path }) => path)).toEqual([
      'contact.person',
      'contact.email',
    ]);
  });

  it('is settled question by question, absent answers included', () => {
    const differing = conflictingAnswers(items, mine, theirs, 'contact');
    expect(
      settle(differing, items, mine, 'contact', chosenIn({ 'contact.person:choice': ['mine'] })).open.map(
        ({ path }) => path,
      ),
    ).toEqual(['contact.email']);
    const chosen = chosenIn({ 'contact.person:choice': ['theirs'], 'contact.email:choice': ['mine'] });
    expect(settle(differing, items, mine, 'contact', chosen)).toMatchObject({
      value: { person: '乙', phone: '1' },
      open: [],
    });
    expect(settle(differing, items, mine, 'contact', chosenIn({ choice: ['theirs'] })).value).toEqual(theirs);
    const settled = chosenIn({ choice: ['mine'], 'contact.email:settled': ['theirs'] });
    expect(settle(differing, items, mine, 'contact', settled).value).toEqual({ ...mine, email: 'a@b.cd' });
  });

  it('leaves to the officer only what both sides changed', () => {
    const opened = openedMarks(items, { person: '丙', phone: '1', department: '福祉課' }, 'contact');
    const [here, there] = [
      { person: '甲', phone: '2', department: '福祉課' },
      { person: '乙', phone: '1', department: '障害福祉課', email: 'a@b.cd' },
    ];
    const differing = conflictingAnswers(items, here, there, 'contact');
    expect([...changedBySide(differing, items, 'contact', opened)]).toEqual([
      ['contact.department', 'theirs'],
      ['contact.email', 'theirs'],
      ['contact.phone', 'mine'],
    ]);
  });

  it('asks about everything when the page does not tell what it was opened with', () => {
    const differing = conflictingAnswers(items, mine, theirs, 'contact');
    for (const opened of [undefined, '', 'x.y'] as const)
      expect([...changedBySide(differing, items, 'contact', opened)]).toEqual([]);
  });

  it('tells answers apart whatever the order of their keys', () => {
    const marks = (answer: Json): string => openedMarks(items, { person: answer }, 'contact');
    expect(marks({ a: 1, b: 2 })).toBe(marks({ b: 2, a: 1 }));
    expect(
      new Set([marks({ a: 1 }), marks({ a: 0 }), marks(null), marks([]), openedMarks(items, {}, 'contact')]).size,
    ).toBe(5);
  });
});

describe('the progress of sections', () => {
  const standing = { state: 'draft', version: 0 } as const;
  const states = (given: object, errors: { path: string; code: string; message: string }[] = []) =>
    Object.fromEntries(
      progressOf(municipalSurvey2024, { ...given }, { errors }, standing, undefined).map(({ section, state }) => [
        section.key,
        state,
      ]),
    );

  it('tells empty, begun, complete, wrong and not asked apart', () => {
    const given = {
      establishment: { status: 'notEstablished' },
      bases: { status: 'established' },
      consultation: { children: 3 },
    };
    const errors = [
      { path: 'bases.type', code: 'required', message: '' },
      { path: 'consultation.children', code: 'too-large', message: '' },
      { path: 'coreCentre.status', code: 'required', message: '' },
    ];
    expect(states(given, errors)).toEqual({
      establishment: 'complete',
      activity: 'notAsked',
      issues: 'notAsked',
      revitalisation: 'notAsked',
      consultation: 'wrong',
      bases: 'partial',
      coreCentre: 'empty',
      contact: 'optional',
    });
  });
});
