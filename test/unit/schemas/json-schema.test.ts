import type { Json } from '../../../schemas/values/json.ts';
import { isObject } from '../../../schemas/values/json.ts';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { array, assert, constantFrom, nat, oneof, property, record, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completeness } from '../../../functions/domain/completeness.ts';
import { fieldErrors } from '../../../functions/domain/field-errors.ts';
import { normalForm } from '../../../functions/domain/normal-form.ts';
import { compile, contentIssues, isDraft } from '../../../schemas/compile.ts';
import type { Form } from '../../../schemas/form.ts';
import { councilReport2024 } from '../../../schemas/forms/council-report/v2024.ts';
import { municipalSurvey2024 } from '../../../schemas/forms/municipal-survey/v2024.ts';
import { jsonSchema } from '../../../schemas/json-schema.ts';
import { answersOf } from '../support/arbitrary-answers.ts';
import { realForms, saitamaCodes } from '../support/real-forms.ts';
import { scratchForm } from '../support/scratch-form.ts';

const municipalities = new Set(saitamaCodes);

function ajvFor(form: Form): (answers: unknown) => boolean {
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(jsonSchema(form));
  return (answers) => validate(answers);
}

/**
 * What the application refuses and the JSON Schema cannot say: days that do not exist, check digits, ends of ranges the
 * wrong way round, municipalities that the directory does not list, ids given twice, NUL and lone surrogates.
 */
const beyondJsonSchema = new Set([
  'invalid-date',
  'invalid-municipality-code',
  'invalid-range',
  'invalid-frequency',
  'unknown-municipality',
  'doubled-id',
  'unstorable-text',
]);

/** The codes for which the application refuses answers, edit checks aside. */
function refusals(form: Form, answers: Json): string[] {
  if (!isObject(answers) || !isDraft(form, answers)) {
    const issues = compile(form).shape.safeParse(answers).error?.issues ?? [];
    return fieldErrors(form, answers, issues).map(({ code }) => code);
  }
  const issues = compile(form).content.safeParse(answers).error?.issues ?? [];
  const wrong = fieldErrors(form, answers, issues);
  // What may be left blank with a reason may be absent.
  const missing = completeness(form.sections, answers, municipalities).filter(({ check }) => check === undefined);
  return [...wrong, ...missing].map(({ code }) => code);
}

const strangeTexts = [
  '',
  ' ',
  'x',
  'yes',
  'no',
  'other',
  'established',
  'joint',
  'a.b',
  'asNeeded',
  '2024',
  '2024-13',
  '2024-02-30',
].concat(['111007', '111008', '011002', '\0', '\uD800', '𠮷'.repeat(1001)]);
const strangeLists: Json[] = [
  [],
  [''],
  ['x', 'x'],
  ['other'],
  ['111007', '111007'],
  [1],
  [{}],
  ...strangeTexts.map((each) => [each]),
];
const strangeObjects: Json[] = [
  {},
  { id: 'a' },
  { min: 2, max: 1 },
  { min: 1, max: 2 },
  { min: 1.5, max: 2 },
  { from: 2020, to: 2019 },
];
const strange = oneof(
  constantFrom<Json>(null, true, 0, 1, -1, 1.5, 2 ** 53),
  constantFrom<Json>(...strangeTexts),
  constantFrom<Json>(...strangeLists),
  constantFrom<Json>(...strangeObjects),
);

/** A change at one place: `at` picks a member or element, level by level, as long as there is one. */
const change = record({ at: array(nat(50), { minLength: 1, maxLength: 6 }), to: strange, how: nat(5) });

function mutated(value: Json, at: readonly number[], to: Json, how: number): Json {
  const [first, ...rest] = at;
  if (first === undefined) return to;
  if (Array.isArray(value)) {
    const index = first % (value.length + 1);
    const element = value[index];
    if (element === undefined) return [...value, to];
    return how === 0 ? value.toSpliced(index, 1) : value.with(index, mutated(element, rest, to, how));
  }
  if (!isObject(value)) return to;
  const keys = Object.keys(value);
  const key = keys[first % (keys.length + 1)];
  if (key === undefined) return how === 1 ? { ...value, unknown: to } : value;
  const { [key]: member, ...others } = value;
  return how === 0 || member === undefined ? others : { ...value, [key]: mutated(member, rest, to, how) };
}

describe('the JSON Schema and the application agree', () => {
  it.each(realForms)('that well-formed answers to %s may be submitted', (_, form) => {
    const ajv = ajvFor(form);
    assert(
      property(answersOf(form, { municipalities: saitamaCodes, hostile: true }), (answers) => {
        expect(refusals(form, answers)).toEqual([]);
        expect(ajv(answers)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it.each([...realForms, ['scratch', scratchForm] as const])('about changed answers to %s', (_, form) => {
    const ajv = ajvFor(form);
    const seen = { refused: 0, taken: 0 };
    assert(
      property(
        tuple(answersOf(form, { municipalities: saitamaCodes }), array(change, { minLength: 1, maxLength: 2 })),
        ([answers, changes]) => {
          const changed = changes.reduce<Json>((value, { at, to, how }) => mutated(value, at, to, how), answers);
          // The schema describes the normal form, which has no empty groups and an id in every entry.
          const normal =
            isObject(changed) && isDraft(form, changed) ? normalForm(form.sections, changed, () => 'given') : changed;
          // Found quickly or slowly, it is the same.
          const { error } = compile(form).content.safeParse(normal);
          expect(contentIssues(form, normal)).toEqual(error?.issues ?? []);
          const codes = refusals(form, normal);
          seen[codes.length > 0 ? 'refused' : 'taken'] += 1;
          if (codes.length === 0) expect(ajv(normal), JSON.stringify(normal)).toBe(true);
          if (codes.some((code) => !beyondJsonSchema.has(code))) expect(ajv(normal), JSON.stringify(codes)).toBe(false);
        },
      ),
      { numRuns: 100 },
    );
    expect(seen.refused).toBeGreaterThan(50);
    expect(seen.taken).toBeGreaterThan(5);
  });
});

describe('what the JSON Schema cannot say', () => {
  const ajv = ajvFor(scratchForm);
  const base = { first: { status: 'no' } };

  it.each<[string, string, Json]>([
    ['that a day exists', 'invalid-date', { since: '2024-02-30' }],
    ['a check digit', 'invalid-municipality-code', { partners: ['111008'] }],
    ['which municipalities there are', 'unknown-municipality', { partners: ['011002'] }],
    ['that a range ends after it begins', 'invalid-range', { cases: { min: 2, max: 1 } }],
    ['that a frequency’s range does', 'invalid-frequency', { planned: { per: 'year', times: { min: 2, max: 1 } } }],
    ['that a text can be stored', 'unstorable-text', { note: 'a\0' }],
  ])('is %s', (_, code, part) => {
    const answers: Json = { first: { ...base.first, ...(isObject(part) ? part : {}) } };
    expect(ajv(answers)).toBe(true);
    expect(refusals(scratchForm, answers)).toContain(code);
  });

  it('is that ids of entries differ', () => {
    const answers: Json = {
      ...base,
      units: [
        { id: 'a', name: '一' },
        { id: 'a', name: '二' },
      ],
    };
    expect(ajv(answers)).toBe(true);
    expect(refusals(scratchForm, answers)).toEqual(['doubled-id', 'doubled-id']);
  });

  it('is how to take an empty group that is not asked: in the normal form there is none', () => {
    const answers: Json = { ...base, opinion: { view: 'bad', inner: {} } };
    expect(ajv(answers)).toBe(false);
    expect(refusals(scratchForm, answers)).toEqual([]);
    expect(isObject(answers) && ajv(normalForm(scratchForm.sections, answers, () => 'given'))).toBe(true);
  });
});

describe('the JSON Schema of a form', () => {
  const schema = jsonSchema(municipalSurvey2024);

  it('is 2020-12, titled, with a title and the help of every question', () => {
    expect(schema).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: '市町村調査票',
      properties: {
        consultation: {
          title: '相談支援事業所の設置状況',
          properties: { specific: { title: '指定特定相談支援事業所', type: 'integer', minimum: 0 } },
        },
      },
    });
    for (const { definition } of municipalSurvey2024.items.values())
      expect(JSON.stringify(schema)).toContain(definition.label);
  });

  it('says what is asked and required as if, then and else', () => {
    expect(schema['allOf']).toContainEqual({
      if: {
        allOf: [
          {
            properties: { establishment: { properties: { status: { enum: ['established'] } }, required: ['status'] } },
            required: ['establishment'],
          },
        ],
      },
      // oxlint-disable-next-line unicorn/no-thenable -- the keyword's name in JSON Schema
      then: {
        properties: { establishment: { properties: { form: {} }, required: ['form'] } },
        required: ['establishment'],
      },
      else: {
        not: {
          properties: { establishment: { properties: { form: {} }, required: ['form'] } },
          required: ['establishment'],
        },
      },
    });
  });

  it('counts characters as people do', () => {
    const ajv = ajvFor(scratchForm);
    expect(ajv({ first: { status: 'no', note: '𠮷'.repeat(100) } })).toBe(true);
    expect(ajv({ first: { status: 'no', note: '𠮷'.repeat(101) } })).toBe(false);
  });

  it('does not take 該当なし for a choice of その他', () => {
    const answers: Json = { first: { status: 'no', functions: null, functionsOther: '自由記述' } };
    expect(ajvFor(scratchForm)(answers)).toBe(false);
    expect(refusals(scratchForm, answers)).toEqual(['not-asked']);
  });

  it('wants an entry in a required list', () => {
    const ajv = ajvFor(councilReport2024);
    const profile = { secretariat: '市', establishedOn: '2009-04', operation: 'direct' };
    const body = { id: 'plenary', name: '全体会', kind: 'plenary', meetings: null, members: 0 };
    expect(ajv({ profile, bodies: [body] })).toBe(true);
    expect(ajv({ profile, bodies: [] })).toBe(false);
    expect(ajv({ profile })).toBe(false);
    expect(ajv({ profile, bodies: [{ ...body, meetings: undefined }] })).toBe(false);
  });

  it('is built once', () => {
    expect(jsonSchema(municipalSurvey2024)).toBe(schema);
  });
});
