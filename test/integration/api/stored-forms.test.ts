/** A questionnaire that the prefecture has written, as programs see it: its JSON Schema and the OpenAPI document. */

import { readFile } from 'node:fs/promises';
import Ajv2020 from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answers } from '../../../schemas/values/json.ts';
import { isObject } from '../../../schemas/values/json.ts';
import { directoryFixture, ok, openRound } from '../support/fixtures.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

const form = '/api/forms/soudan-jisshi/2025';
const [unit, stranger] = ['112038', '112011'] as const;
const component = 'SoudanJisshi2025';

const valid: Answers = {
  system: {
    form: 'both',
    fee: 1200,
    days: 240.5,
    priorities: ['network', 'rights'],
    staff: { full: { only: 2, also: 0 }, part: { only: 0, also: 1 } },
  },
  offices: [{ id: 'o1', name: '相談支援センター', designations: ['general', 'children'], staff: 2 }],
  cases: { share: 98.2, wider: { medical: 'region' } },
  contact: { person: '川口 花子', email: 'hanako@city.example.jp' },
};

/** The same with other answers in one section. */
function changed(section: string, answers: Record<string, unknown>): Answers {
  const before = valid[section];
  const after = JSON.parse(JSON.stringify({ ...(isObject(before) ? before : {}), ...answers }));
  return { ...valid, [section]: after };
}

const refused: Readonly<Record<string, Answers>> = {
  'an option that there is none of': changed('system', { form: 'other' }),
  'a required question without an answer': changed('system', { days: undefined }),
  'one option in two places': changed('system', { priorities: ['network', 'network'] }),
  'more options than places': changed('system', { priorities: ['expert', 'network', 'training', 'rights'] }),
  'a table with an empty cell': changed('system', { staff: { full: { only: 2 }, part: { only: 0, also: 1 } } }),
  'a number that is none': changed('system', { fee: '1200' }),
  'less than nothing': changed('system', { fee: -1 }),
  'an entry without what is required of it': { ...valid, offices: [{ id: 'o1', designations: ['general'], staff: 2 }] },
  'an e-mail address that is none': changed('contact', { email: 'hanako' }),
  'a question that is not there': changed('contact', { fax: '048-000-0000' }),
  'a section that is not there': { ...valid, extra: {} },
  'a section without its required answers': { ...valid, contact: {} },
};

let system: TestSystem;
let ajv: InstanceType<typeof Ajv2020.default>;
const described = async (client = system.prefecture) => ok(await client.get('/api/openapi.json')).json();

beforeAll(async () => {
  system = await startTestSystem();
  ok(await system.prefecture.put('/api/directory', await directoryFixture('saitama-r6')));
  const fixture = new URL('../../fixtures/questionnaires/soudan-jisshi.json', import.meta.url);
  ok(await system.prefecture.put(form, JSON.parse(await readFile(fixture, 'utf8')), { 'if-none-match': '*' }));
  // What is compiled is run a few times: making it shorter took a third of the time of these tests.
  ajv = new Ajv2020.default({ strict: false, validateFormats: false, allErrors: true, code: { optimize: false } });
});
afterAll(() => system.stop());

describe('the OpenAPI document', () => {
  it('has a questionnaire once it is adopted, for those who may see it', async () => {
    const before = await described();
    expect(Object.keys(before.components.schemas)).not.toContain(component);
    ok(await system.prefecture.post(`${form}/adoption`));
    const after = await described();
    expect(Object.keys(after.components.schemas)).toEqual(expect.arrayContaining([component, `${component}Draft`]));
    expect(JSON.stringify(after.paths['/api/rounds/{round}/returns/{form}/{unit}'].put)).toContain(`${component}Draft`);
    expect(await described(system.bearer()), 'to nobody in particular').toEqual(before);
    expect(await described(system.municipality(unit)), 'before it is asked').toEqual(before);
  });

  it('has it for a municipality that is asked, and for no other', async () => {
    const asked = { units: { 'soudan-jisshi': [unit] } };
    ok(
      await system.prefecture.put(
        '/api/rounds/S7',
        openRound({ 'soudan-jisshi': 2025 }, { asOf: undefined, ...asked }),
      ),
    );
    const listed = async (code: string) => ok(await system.municipality(code).get('/api/rounds')).json().rounds;
    expect(await listed(unit)).toMatchObject([{ id: 'S7' }]);
    expect(await listed(stranger), 'a round that asks it nothing').toEqual([]);
    expect(await described(system.municipality(unit))).toEqual(await described());
    expect(await described(system.municipality(stranger))).toEqual(await described(system.bearer()));
    const reply = await system.municipality(unit).get('/api/openapi.json');
    const etag = reply.headers.get('etag') ?? '';
    expect((await system.municipality(unit).get('/api/openapi.json', { 'if-none-match': etag })).status).toBe(304);
  });
});

describe('the JSON Schema of a questionnaire', () => {
  /** Saves and submits; whether the API took it. */
  async function isAccepted(round: string, answers: Answers): Promise<boolean> {
    const client = system.municipality(unit);
    const path = `/api/rounds/${round}/returns/soudan-jisshi/${unit}`;
    const saved = await client.put(path, { answers }, { 'if-none-match': '*' });
    if (saved.status === 422) return false;
    ok(saved);
    const submitted = await client.post(`${path}/submission`);
    if (submitted.status !== 422) ok(submitted);
    return submitted.status === 201;
  }

  const schemas = async () => [
    ok(await system.municipality(unit).get(form)).json().schema,
    (await described()).components.schemas[component],
  ];

  it('accepts the answers that the API accepts', async () => {
    expect(await isAccepted('S7', valid)).toBe(true);
    for (const schema of await schemas()) {
      expect(ajv.validate(schema, valid), JSON.stringify(ajv.errors)).toBe(true);
    }
  });

  it.each([
    ['how many decimals a number has', changed('system', { days: 240.55 })],
    ['what a condition beyond equalities asks for', changed('system', { form: 'direct' })],
    ['an edit check', changed('system', { staff: { full: { only: 0, also: 0 }, part: { only: 0, also: 0 } } })],
  ])('leaves to the API %s', async (name, answers) => {
    const round = `L7-${name.length}`;
    ok(await system.prefecture.put(`/api/rounds/${round}`, openRound({ 'soudan-jisshi': 2025 }, { asOf: undefined })));
    expect(await isAccepted(round, answers)).toBe(false);
    for (const schema of await schemas()) expect(ajv.validate(schema, answers)).toBe(true);
  });

  it.each(Object.entries(refused))('refuses what the API refuses: %s', async (name, answers) => {
    const round = `S7-${Object.keys(refused).indexOf(name)}`;
    ok(await system.prefecture.put(`/api/rounds/${round}`, openRound({ 'soudan-jisshi': 2025 }, { asOf: undefined })));
    expect(await isAccepted(round, answers)).toBe(false);
    for (const schema of await schemas()) expect(ajv.validate(schema, answers)).toBe(false);
  });
});
