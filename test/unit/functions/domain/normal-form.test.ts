import type { Json } from '../../../../schemas/values/json.ts';
import { isObject } from '../../../../schemas/values/json.ts';
import { assert, property, shuffledSubarray } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalEntry, normalForm, normalPart } from '../../../../functions/domain/normal-form.ts';
import { answersOf } from '../../support/arbitrary-answers.ts';
import { realForms, saitamaCodes } from '../../support/real-forms.ts';
import { scratchForm } from '../../support/scratch-form.ts';

function counter(): () => string {
  let next = 0;
  return () => `new${(next += 1)}`;
}

function normal(answers: { [section: string]: Json }) {
  return normalForm(scratchForm.sections, answers, counter());
}

/** The same JSON with the keys of every object turned round. */
function turned(value: Json): Json {
  if (Array.isArray(value)) return value.map(turned);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, member]) => [key, member === undefined ? member : turned(member)]),
  );
}

describe('the normal form', () => {
  it('has keys and options in the order of the form', () => {
    const text = JSON.stringify(
      normal({ opinion: { reason: 'x', view: 'bad' }, first: { functions: ['other', 'z', 'x'], status: 'yes' } }),
    );
    expect(text).toBe('{"first":{"status":"yes","functions":["x","z","other"]},"opinion":{"view":"bad","reason":"x"}}');
  });

  it('has no empty groups, however deep', () => {
    expect(normal({ first: {}, opinion: { inner: {} } })).toEqual({});
  });

  it('keeps 0, null, [] and empty lists: they are answers', () => {
    const first = { more: 0, functions: [], visitors: null, goals: [] };
    expect(normal({ first, units: [] })).toEqual({ first, units: [] });
  });

  it('keeps entries and texts in the officer’s order, and municipalities by code', () => {
    const units = [
      { id: 'z', name: 'い' },
      { id: 'a', name: 'あ' },
    ];
    expect(normal({ units, first: { goals: ['b', 'a'], partners: ['112011', '111007'] } })).toEqual({
      first: { partners: ['111007', '112011'], goals: ['b', 'a'] },
      units,
    });
  });

  it('gives entries an id where they have none, in lists inside lists too', () => {
    expect(normal({ units: [{ name: 'い' }, { id: 'a', steps: [{}, { id: 's' }] }] })).toEqual({
      units: [
        { id: 'new1', name: 'い' },
        { id: 'a', steps: [{ id: 'new2' }, { id: 's' }] },
      ],
    });
  });

  it('changes no text', () => {
    const note = ' =1+1\r\n𠮷か\u3099 ';
    expect(normal({ first: { note } })).toEqual({ first: { note } });
  });

  it('does not judge: doubled options, blank texts and answers that are not asked stay', () => {
    const first = { status: 'no', more: 3, functions: ['x', 'x'], note: ' ' };
    expect(normal({ first })).toEqual({ first });
  });

  it('is the same for a part saved on its own', () => {
    const [first, , units] = scratchForm.sections;
    expect(first && normalPart(first, { functions: ['z', 'x'] }, counter())).toEqual({ functions: ['x', 'z'] });
    expect(first && normalPart(first, {}, counter())).toBeUndefined();
    expect(units && normalEntry(units.children, { name: 'い' }, counter())).toEqual({ id: 'new1', name: 'い' });
  });

  it.each(realForms)('is one for every order of keys, and that of itself, for %s', (_, form) => {
    assert(
      property(answersOf(form, { municipalities: saitamaCodes, hostile: true }), (answers) => {
        const given = turned(answers);
        const once = isObject(given) ? normalForm(form.sections, given, counter()) : {};
        expect(once).toEqual(answers);
        expect(Object.keys(once)).toEqual(Object.keys(answers));
        expect(JSON.stringify(normalForm(form.sections, once, counter()))).toBe(JSON.stringify(once));
      }),
      { numRuns: 40 },
    );
  });

  it('is one for every order of options', () => {
    assert(
      property(shuffledSubarray(['x', 'y', 'z', 'other']), (functions) => {
        const { first } = normal({ first: { functions } });
        expect(isObject(first) ? first['functions'] : undefined).toEqual(
          ['x', 'y', 'z', 'other'].filter((each) => functions.includes(each)),
        );
      }),
    );
  });
});
