import { describe, expect, it } from 'vitest';
import { fieldErrors } from '../../../../functions/domain/field-errors.ts';
import { sharedErrors } from '../../../../schemas/kinds/field-error.ts';
import { compile } from '../../../../schemas/compile.ts';
import type { Json } from '../../../../schemas/values/json.ts';
import { scratchForm } from '../../support/scratch-form.ts';

type Pass = 'shape' | 'content';

function errors(pass: Pass, answers: Json) {
  return fieldErrors(scratchForm, answers, compile(scratchForm)[pass].safeParse(answers).error?.issues ?? []);
}

/** Paths and codes. */
function codes(pass: Pass, answers: Json): string[] {
  return errors(pass, answers).map(({ path, code }) => `${path} ${code}`);
}

describe('what is wrong in shape', () => {
  it.each<[string, Json, string]>([
    ['an unknown question', { first: { unknown: 1 } }, 'first.unknown unknown-question'],
    ['an unknown section', { unknown: {} }, 'unknown unknown-question'],
    ['__proto__', JSON.parse('{"first":{"__proto__":1}}'), 'first.__proto__ unknown-question'],
    ['an unknown question of an entry', { units: [{ id: 'a', unknown: 1 }] }, 'units.a.unknown unknown-question'],
    ['an unknown option', { first: { status: 'maybe' } }, 'first.status unknown-option'],
    ['an unknown option among others', { first: { functions: ['x', 'w'] } }, 'first.functions unknown-option'],
    ['a text for a count', { first: { more: '3' } }, 'first.more wrong-type'],
    ['null where it is not declared', { first: { more: null } }, 'first.more wrong-type'],
    ['one option for many', { first: { functions: 'x' } }, 'first.functions wrong-type'],
    ['a text for a section', { first: 'x' }, 'first wrong-type'],
    ['a section for a list', { units: {} }, 'units wrong-type'],
    ['NUL', { first: { note: 'a\0' } }, 'first.note unstorable-text'],
    ['a lone surrogate', { first: { goals: ['a', '\uD842'] } }, 'first.goals.1 unstorable-text'],
    ['an empty text', { first: { note: '' } }, 'first.note empty'],
    ['an empty date', { first: { since: '' } }, 'first.since empty'],
    ['no range', { first: { cases: 4 } }, 'first.cases invalid-range'],
    ['half a range', { first: { cases: { min: 4 } } }, 'first.cases invalid-range'],
    ['no frequency', { first: { planned: '月1回' } }, 'first.planned invalid-frequency'],
    ['no span of years', { first: { term: { from: '令和3', to: 2023 } } }, 'first.term invalid-fiscal-years'],
    ['a number for a date', { first: { since: 2024 } }, 'first.since invalid-date'],
    ['a number for a code', { first: { partners: [111007] } }, 'first.partners wrong-type'],
    ['an id with a space', { units: [{ id: 'a b' }] }, 'units.a b.id invalid-id'],
    ['an id that is no text', { units: [{ id: 5 }] }, 'units.0.id invalid-id'],
  ])('%s', (_, answers, expected) => expect(codes('shape', answers)).toEqual([expected]));
});

describe('what is wrong in content', () => {
  it.each<[string, Json, string]>([
    ['white space', { first: { note: ' 　\n' } }, 'first.note blank'],
    ['white space in a list', { first: { goals: ['a', ' '] } }, 'first.goals.1 blank'],
    ['too long a text', { first: { note: '𠮷'.repeat(101) } }, 'first.note too-long'],
    ['too long a text in a list', { first: { goals: ['123456'] } }, 'first.goals.0 too-long'],
    ['too long an address', { first: { email: `a@${'b.'.repeat(130)}jp` } }, 'first.email too-long'],
    ['too many texts', { first: { goals: ['a', 'b', 'c'] } }, 'first.goals too-many'],
    ['too many entries', { units: ['a', 'b', 'c', 'd'].map((id) => ({ id })) }, 'units too-many'],
    ['an option twice', { first: { functions: ['x', 'x'] } }, 'first.functions duplicate'],
    ['a municipality twice', { first: { partners: ['111007', '111007'] } }, 'first.partners duplicate'],
    ['a negative count', { first: { more: -1 } }, 'first.more negative'],
    ['a fractional count', { first: { more: 1.5 } }, 'first.more fractional'],
    ['a negative fraction', { first: { more: -1.5 } }, 'first.more fractional'],
    ['too large a count', { first: { more: 2 ** 53 } }, 'first.more too-large'],
    ['a fractional count that may be null', { first: { visitors: 0.1 } }, 'first.visitors fractional'],
    ['a day that does not exist', { first: { since: '2024-02-30' } }, 'first.since invalid-date'],
    ['a date as it is typed', { first: { since: 'R6.9.30' } }, 'first.since invalid-date'],
    ['a range the wrong way round', { first: { cases: { min: 5, max: 4 } } }, 'first.cases invalid-range'],
    ['a negative range', { first: { cases: { min: -1, max: 4 } } }, 'first.cases invalid-range'],
    [
      'a frequency the wrong way round',
      { first: { planned: { per: 'year', times: { min: 5, max: 4 } } } },
      'first.planned invalid-frequency',
    ],
    ['a year before any era', { first: { term: { from: 21, to: 2023 } } }, 'first.term invalid-fiscal-years'],
    ['a wrong check digit', { first: { partners: ['111007', '111008'] } }, 'first.partners invalid-municipality-code'],
    ['a lost leading zero', { first: { partners: ['11002'] } }, 'first.partners invalid-municipality-code'],
    ['half an address', { first: { email: 'x' } }, 'first.email invalid-email'],
    ['no telephone number', { first: { phone: 'なし' } }, 'first.phone invalid-phone'],
    ['a parent that is no id', { units: [{ id: 'a', parent: 'b c' }] }, 'units.a.parent invalid-id'],
    ['a missing id', { units: [{}] }, 'units.0.id invalid-id'],
  ])('%s', (_, answers, expected) => expect(codes('content', answers)).toEqual([expected]));

  it('keeps a limit of 100 characters at 100 characters', () => {
    expect(codes('content', { first: { note: '𠮷'.repeat(100) } })).toEqual([]);
  });

  it('lists every error at once', () => {
    expect(
      codes('content', {
        first: { more: -1, note: ' ' },
        units: [
          { id: 'a', size: 1.5 },
          { id: 'b', size: -1 },
        ],
      }),
    ).toEqual(['first.more negative', 'first.note blank', 'units.a.size fractional', 'units.b.size negative']);
  });
});

/** Every code there is: the shared ones, and those of the kinds. */
const all = new Set([
  ...Object.keys(sharedErrors),
  ...[...scratchForm.items.values()].flatMap(({ kind }) => Object.keys(kind.errors ?? {})),
]);

const examples: Readonly<Record<string, [Pass, Json]>> = {
  'unknown-question': ['shape', { unknown: {} }],
  'unknown-option': ['shape', { opinion: { view: 'x' } }],
  'wrong-type': ['shape', { first: [] }],
  'unstorable-text': ['shape', { units: [{ name: '\0' }] }],
  empty: ['shape', { units: [{ name: '' }] }],
  blank: ['content', { units: [{ id: 'a', name: ' ' }] }],
  'too-long': ['content', { units: [{ id: 'a', name: '12345678901' }] }],
  'too-many': ['content', { units: [{ id: 'a', steps: [{ id: 'a' }, { id: 'b' }, { id: 'c' }] }] }],
  duplicate: ['content', { first: { functions: ['other', 'other'] } }],
  negative: ['content', { opinion: { inner: { deep: -1 } } }],
  fractional: ['content', { opinion: { inner: { deep: 0.5 } } }],
  'too-large': ['content', { opinion: { inner: { deep: 1e300 } } }],
  'invalid-date': ['content', { first: { since: '2023-02-29' } }],
  'invalid-range': ['content', { first: { cases: { min: 1, max: 0 } } }],
  'invalid-frequency': ['content', { first: { planned: { per: 'week', times: { min: 0.5, max: 1 } } } }],
  'invalid-fiscal-years': ['content', { first: { term: { from: 2020, to: 3000 } } }],
  'invalid-municipality-code': ['content', { first: { partners: ['川越市'] } }],
  'invalid-email': ['content', { first: { email: 'a@b' } }],
  'invalid-phone': ['content', { first: { phone: '110番' } }],
  'no-place': ['shape', { third: { best: [] } }],
  'too-many-places': ['content', { third: { rate: 0.125 } }],
  'invalid-id': ['content', { units: [{ id: 'a', parent: '-' }] }],
};

describe('every code', () => {
  it('has an example', () => {
    expect(new Set(Object.keys(examples))).toEqual(all);
  });

  it.each(Object.entries(examples))('%s occurs and has a Japanese message', (code, [pass, answers]) => {
    expect(errors(pass, answers)).toEqual([
      { path: expect.any(String), code, message: expect.stringMatching(/\p{Script=Hiragana}.*。$/u) },
    ]);
  });
});

describe('paths', () => {
  it('name entries by id, in lists inside lists too', () => {
    expect(codes('content', { units: [{ id: 'a', steps: [{ id: 's', times: -1 }] }] })).toEqual([
      'units.a.steps.s.times negative',
    ]);
  });

  it('name entries by position where the id is missing or doubled', () => {
    const units = [{ id: 'a', size: 'x' }, { size: 'x' }, { id: 'b', size: 'x' }, { id: 'a', size: 'x' }];
    expect(codes('shape', { units })).toEqual([
      'units.0.size wrong-type',
      'units.1.size wrong-type',
      'units.b.size wrong-type',
      'units.3.size wrong-type',
    ]);
  });

  it('name what is no entry by its position and leave the others’ names alone', () => {
    expect(codes('shape', { units: [5, { id: 'a' }, { id: 'b', size: 'x' }] })).toEqual([
      'units.0 wrong-type',
      'units.b.size wrong-type',
    ]);
  });

  it('begin where a part stands in the answers', () => {
    const section = { more: 'x', unknown: 1 };
    const issues = compile(scratchForm).sectionShapes.get('first')?.safeParse(section).error?.issues ?? [];
    expect(fieldErrors(scratchForm, section, issues, ['first']).map(({ path, code }) => `${path} ${code}`)).toEqual([
      'first.more wrong-type',
      'first.unknown unknown-question',
    ]);
    const entry = { id: 'a', steps: [{ times: 'x' }] };
    const inEntry = compile(scratchForm).entryShapes.get('units')?.safeParse(entry).error?.issues ?? [];
    expect(fieldErrors(scratchForm, entry, inEntry, ['units', 'a']).map(({ path, code }) => `${path} ${code}`)).toEqual(
      ['units.a.steps.0.times wrong-type'],
    );
  });
});

describe('messages', () => {
  it('are Japanese and name the limit', () => {
    const [long] = errors('content', { first: { note: 'a'.repeat(101) } });
    expect(long?.message).toBe('文字数が上限を超えています。文章を短くしてください。100文字以内で入力してください。');
    const [many] = errors('content', { units: ['a', 'b', 'c', 'd'].map((id) => ({ id })) });
    expect(many?.message).toBe('件数が上限を超えています。件数を減らしてください。3件以内で入力してください。');
  });
});
