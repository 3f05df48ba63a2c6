import { assert, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile, isDraft } from '../../../schemas/compile.ts';
import { municipalSurvey2024 } from '../../../schemas/forms/municipal-survey/v2024.ts';
import { answersOf } from '../support/arbitrary-answers.ts';
import { realForms, saitamaCodes } from '../support/real-forms.ts';
import { scratchForm } from '../support/scratch-form.ts';

const { shape, content, sectionShapes, entryShapes } = compile(scratchForm);

/** Which of the two passes take answers to the first section. */
function taken(first: unknown): { shape: boolean; content: boolean } {
  return { shape: shape.safeParse({ first }).success, content: content.safeParse({ first }).success };
}

const fits = { shape: true, content: true };
const waits = { shape: true, content: false };
const never = { shape: false, content: false };

describe('a draft may be incomplete and wrong in content, never in shape', () => {
  it.each<[string, unknown]>([
    ['nothing at all', {}],
    ['an option', { status: 'yes' }],
    ['a question that is not asked', { status: 'no', more: 3 }],
    ['no option of many', { functions: [] }],
    ['zero', { more: 0 }],
    ['does not apply, where it is declared', { visitors: null, functions: null }],
    ['no entry', { goals: [], partners: [] }],
    ['100 characters outside the BMP', { note: '𠮷'.repeat(100) }],
    ['line breaks and spaces around', { note: ' a\r\nb\n' }],
    ['a date to the year, month or day', { since: '2024-02-29' }],
    ['one number as a range', { cases: { min: 4, max: 4 } }],
    ['as needed', { planned: 'asNeeded' }],
    ['twice a year and as needed', { planned: { per: 'year', times: { min: 2, max: 2 }, asNeeded: true } }],
    ['a term that ends before it begins, which is for an edit check', { term: { from: 2024, to: 2021 } }],
    ['a largest number', { more: Number.MAX_SAFE_INTEGER }],
  ])('%s is shape and content', (_, first) => expect(taken(first)).toEqual(fits));

  it.each<[string, unknown]>([
    ['a negative count', { more: -1 }],
    ['a fractional count', { more: 1.5 }],
    ['a count beyond exact numbers', { more: 2 ** 53 }],
    ['101 characters outside the BMP', { note: '𠮷'.repeat(101) }],
    ['white space alone', { note: ' 　\n' }],
    ['white space alone in a list of texts', { goals: ['\t'] }],
    ['too many texts', { goals: ['a', 'b', 'c'] }],
    ['too long a text in a list', { goals: ['123456'] }],
    ['a day that does not exist', { since: '2024-02-30' }],
    ['a date as people type it', { since: '令和6年9月' }],
    ['a range the wrong way round', { cases: { min: 5, max: 4 } }],
    ['a frequency the wrong way round', { planned: { per: 'year', times: { min: 5, max: 4 } } }],
    ['a fiscal year before any era', { term: { from: 21, to: 2024 } }],
    ['a code with a wrong check digit', { partners: ['111008'] }],
    ['a code that lost its leading zero', { partners: ['11002'] }],
    ['an option twice', { functions: ['x', 'x'] }],
    ['a municipality twice', { partners: ['111007', '111007'] }],
    ['nothing that can be seen', { note: '\u200B\u3164' }],
    ['four times the characters of a text', { note: '𠮷'.repeat(400) }],
    ['four times the texts of a list', { goals: Array.from('abcdefgh') }],
    ['half an e-mail address', { email: 'someone' }],
    ['a telephone number without digits', { phone: 'nashi' }],
  ])('%s may wait in a draft', (_, first) => expect(taken(first)).toEqual(waits));

  it.each<[string, unknown]>([
    ['an unknown question', { unknown: 1 }],
    ['a question called __proto__', JSON.parse('{"__proto__":{"status":"yes"}}')],
    ['an unknown option', { status: 'maybe' }],
    ['an unknown option among known ones', { functions: ['x', 'w'] }],
    ['an option inherited from Object', { status: 'constructor' }],
    ['does not apply, where it is not declared', { more: null }],
    ['null for a choice', { status: null }],
    ['the empty string', { note: '' }],
    ['more than four times the characters of a text', { note: '𠮷'.repeat(401) }],
    ['more than four times the characters in a list of texts', { goals: ['a'.repeat(21)] }],
    ['more than four times the texts of a list', { goals: Array.from('abcdefghi') }],
    ['a date of a thousand characters', { since: '9'.repeat(1000) }],
    ['the same option a thousand times', { functions: Array.from({ length: 1000 }, () => 'x') }],
    ['the empty string in a list', { goals: [''] }],
    ['a number typed as text', { more: '3' }],
    ['one option where many are asked', { functions: 'x' }],
    ['an object for a text', { note: {} }],
    ['a range with more than two ends', { cases: { min: 1, max: 2, average: 1 } }],
    ['a frequency of another period', { planned: { per: 'day', times: { min: 1, max: 1 } } }],
    ['as needed that is not', { planned: { per: 'year', times: { min: 1, max: 1 }, asNeeded: false } }],
    ['a list for a section', []],
    ['null for a section', null],
  ])('%s is neither', (_, first) => expect(taken(first)).toEqual(never));

  it('control characters and lone surrogates are never stored', () => {
    for (const note of ['a\0', 'a\u000Bb', '\0', '\uD842', '\uDFB7\uD842'])
      expect(shape.safeParse({ first: { note } }).success).toBe(false);
  });
});

describe('entries of a repeating group', () => {
  it('have an id by the time they are submitted', () => {
    expect(shape.safeParse({ units: [{}] }).success).toBe(true);
    expect(content.safeParse({ units: [{}] }).success).toBe(false);
    expect(content.safeParse({ units: [{ id: 'a' }] }).success).toBe(true);
  });

  it.each(['', 'a b', 'a.b', '_a', 'あ', 'a'.repeat(65), 5, null])('are never called %j', (id) => {
    expect(shape.safeParse({ units: [{ id }] }).success).toBe(false);
  });

  it('are as many as the form allows, inside lists too', () => {
    const units = ['a', 'b', 'c', 'd'].map((id) => ({ id }));
    expect(content.safeParse({ units: units.slice(0, 3) }).success).toBe(true);
    expect(content.safeParse({ units }).success).toBe(false);
    expect(content.safeParse({ units: [{ id: 'a', steps: units.slice(0, 2) }] }).success).toBe(true);
    expect(content.safeParse({ units: [{ id: 'a', steps: units.slice(0, 3) }] }).success).toBe(false);
  });
});

describe('parts that are saved on their own', () => {
  it('are the sections, and the entries of sections that are lists', () => {
    expect([...sectionShapes.keys()]).toEqual(['first', 'opinion', 'units', 'third']);
    expect([...entryShapes.keys()]).toEqual(['units']);
  });

  it('have the shape they have in the whole', () => {
    expect(sectionShapes.get('first')?.safeParse({ status: 'yes' }).success).toBe(true);
    expect(sectionShapes.get('first')?.safeParse({ view: 'good' }).success).toBe(false);
    expect(entryShapes.get('units')?.safeParse({ id: 'a', steps: [] }).success).toBe(true);
    expect(entryShapes.get('units')?.safeParse({ id: 'a', note: 'x' }).success).toBe(false);
  });
});

describe('compiling', () => {
  it('happens once per form', () => {
    expect(compile(scratchForm)).toBe(compile(scratchForm));
  });

  it('does not change what is checked', () => {
    const answers = Object.freeze({ first: Object.freeze({ status: 'yes' }) });
    expect(content.safeParse(answers).data).toEqual({ first: { status: 'yes' } });
  });

  it('gives guards for answers from elsewhere', () => {
    const { content } = compile(municipalSurvey2024);
    expect(content.safeParse({ consultation: { specific: 3 } }).success).toBe(true);
    expect(content.safeParse({ consultation: { specific: -3 } }).success).toBe(false);
    expect(isDraft(municipalSurvey2024, { consultation: { specific: -3 } })).toBe(true);
    expect(isDraft(municipalSurvey2024, { consultation: { specific: '3' } })).toBe(false);
  });

  it.each(realForms)('takes every well-formed answer to %s', (_, form) => {
    const compiled = compile(form);
    assert(
      property(answersOf(form, { municipalities: saitamaCodes, hostile: true }), (answers) => {
        expect(compiled.shape.safeParse(answers).error).toBeUndefined();
        expect(compiled.content.safeParse(answers).error).toBeUndefined();
      }),
      { numRuns: 60 },
    );
  });
});
