/** A form is defined once: a question added to it is found everywhere else without any other edit. */

import Ajv2020 from 'ajv/dist/2020.js';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { directory as directorySchema } from '../../../schemas/directory.ts';
import { catalogue, form } from '../../../schemas/form.ts';
import type { Form } from '../../../schemas/form.ts';
import { choice, count, list, section, text } from '../../../schemas/kinds/question.ts';
import type { Fields } from '../../../schemas/kinds/question.ts';
import { exportedFile, exportRound, ok, openRound, openSystem } from '../support/fixtures.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

const code = '112038';
const directory = directorySchema.parse({
  prefecture: { code: '110001', name: '埼玉県' },
  municipalities: [{ code, name: '川口市', kind: 'city' }],
  councils: [],
});

/** The canary: the one edit, in the one file of the form. */
const canary: Fields = {
  canary: choice('カナリアの有無', { yes: '有', no: '無' }).help('試験のための設問です。').required(),
};
const canaryInList: Fields = { canaries: count('カナリアの数', '羽') };

function scratch(version: number, one: Fields, inList: Fields): Form {
  return form(
    'scratch',
    version,
    { title: '試しの調査票', units: 'municipality', help: '' },
    {
      overview: section('概要', { meetings: count('開催回数', '回').required(), ...one }),
      bodies: list('会議体', 10, { name: text('名称', 100).open().required(), ...inList }),
    },
  );
}

const without = 2023;
const withCanary = 2024;
const round = (version: number): string => `R${version}`;
const path = (version: number): string => `/api/rounds/${round(version)}/returns/scratch/${code}`;

let system: TestSystem;
const exports = new Map<number, string>();

/** The same form twice: as it was, and with the canary; a round asks each. */
beforeAll(async () => {
  system = await startTestSystem({
    forms: catalogue([scratch(without, {}, {}), scratch(withCanary, canary, canaryInList)]),
  });
  for (const version of [without, withCanary])
    await openSystem(system, directory, round(version), openRound({ scratch: version }, { asOf: {} }));
  const answers = { overview: { meetings: 4 }, bodies: [{ id: 'b1', name: '全体会' }] };
  const client = system.municipality(code);
  ok(await client.put(path(without), { answers }, { 'if-none-match': '*' }));
  ok(await client.post(`${path(without)}/submission`));
  const sung = { overview: { meetings: 4, canary: 'yes' }, bodies: [{ id: 'b1', name: '全体会', canaries: 3 }] };
  ok(await client.put(path(withCanary), { answers: sung }, { 'if-none-match': '*' }));
  ok(await client.post(`${path(withCanary)}/submission`));
  for (const version of [without, withCanary]) {
    ok(await system.prefecture.post(`${path(version)}/decision`, { version: 1, decision: 'accept' }));
    exports.set(version, (await exportRound(system, round(version))).exportId);
  }
});

afterAll(() => system.stop());

const file = (version: number, name: string): Promise<string> =>
  exportedFile(system, round(version), exports.get(version) ?? '', name);

async function header(version: number, name: string): Promise<string[]> {
  const [columns = []]: string[][] = parse(await file(version, name), { to_line: 1 });
  return columns;
}

describe('a question added to a form', () => {
  it('is asked for: a submission without it is refused at its path', async () => {
    const client = system.municipality(code);
    ok(await system.prefecture.put('/api/rounds/again', openRound({ scratch: withCanary }, { asOf: {} })));
    const again = `/api/rounds/again/returns/scratch/${code}`;
    ok(await client.put(again, { answers: { overview: { meetings: 4 }, bodies: [] } }, { 'if-none-match': '*' }));
    const refused = await client.post(`${again}/submission`);
    expect(refused.status).toBe(422);
    expect(refused.json().errors).toEqual([
      { path: 'overview.canary', code: 'required', message: '「カナリアの有無」が未回答です。回答してください。' },
    ]);
  });

  it('has its options checked when it is saved', async () => {
    const current = await system.municipality(code).get(path(withCanary));
    expect(current.json()).toMatchObject({ state: 'accepted', answers: { overview: { canary: 'yes' } } });
    ok(await system.prefecture.put('/api/rounds/options', openRound({ scratch: withCanary }, { asOf: {} })));
    const options = `/api/rounds/options/returns/scratch/${code}`;
    const refused = await system
      .municipality(code)
      .put(options, { answers: { overview: { canary: 'perhaps' } } }, { 'if-none-match': '*' });
    expect(refused.json()).toMatchObject({
      code: 'wrong-shape',
      errors: [{ path: 'overview.canary', code: 'unknown-option' }],
    });
  });

  it('is unknown to the version before it', async () => {
    ok(await system.prefecture.put('/api/rounds/before', openRound({ scratch: without }, { asOf: {} })));
    const before = `/api/rounds/before/returns/scratch/${code}`;
    const refused = await system
      .municipality(code)
      .put(before, { answers: { overview: { canary: 'yes' } } }, { 'if-none-match': '*' });
    expect(refused.json()).toMatchObject({
      code: 'wrong-shape',
      errors: [{ path: 'overview.canary', code: 'unknown-question' }],
    });
  });

  it('is in the JSON Schema and the codebook of the form', async () => {
    const { schema, codebook } = ok(await system.prefecture.get(`/api/forms/scratch/${withCanary}`)).json();
    expect(schema.properties.overview.properties.canary).toMatchObject({ enum: ['yes', 'no'] });
    const validate = new Ajv2020.default({ strict: false }).compile(schema);
    const bodies = [{ id: 'b1', name: '全体会' }];
    expect(validate({ overview: { meetings: 4, canary: 'no' }, bodies }), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ overview: { meetings: 4 }, bodies })).toBe(false);
    expect(validate.errors).toContainEqual(
      expect.objectContaining({ keyword: 'required', params: { missingProperty: 'canary' } }),
    );
    expect(schema.properties.bodies.items.properties).toHaveProperty('canaries');
    expect(codebook).toContainEqual(
      expect.objectContaining({
        id: 'overview.canary',
        label: 'カナリアの有無',
        type: 'choice',
        options: { yes: '有', no: '無' },
        required: true,
      }),
    );
    expect(codebook).toContainEqual(expect.objectContaining({ id: 'bodies.canaries', unit: '羽' }));
    expect(ok(await system.prefecture.get(`/api/forms/scratch/${without}`)).text).not.toContain('canar');
  });

  it('is in the OpenAPI document, for submissions and for drafts', async () => {
    const { schemas } = ok(await system.bearer().get('/api/openapi.json')).json().components;
    for (const name of [`Scratch${withCanary}`, `Scratch${withCanary}Draft`]) {
      expect(schemas[name].properties.overview.properties, name).toHaveProperty('canary');
      expect(schemas[name].properties.bodies.items.properties, name).toHaveProperty('canaries');
    }
    expect(JSON.stringify([schemas[`Scratch${without}`], schemas[`Scratch${without}Draft`]])).not.toContain('canar');
  });

  it.each(['internal', 'public'])('is a column of the %s CSV tables', async (audience) => {
    expect(await header(withCanary, `${audience}/scratch.csv`)).toEqual(
      (await header(without, `${audience}/scratch.csv`)).flatMap((name) =>
        name === 'overview.meetings' ? [name, 'overview.canary'] : [name],
      ),
    );
    expect(await header(withCanary, `${audience}/scratch.bodies.csv`)).toEqual([
      ...(await header(without, `${audience}/scratch.bodies.csv`)),
      'bodies.canaries',
    ]);
    const [row]: Record<string, string>[] = parse(await file(withCanary, `${audience}/scratch.csv`), { columns: true });
    expect(row).toMatchObject({ unit: code, 'overview.canary': 'yes' });
  });

  it('is in codebook.csv and datapackage.json', async () => {
    const codebook: Record<string, string>[] = parse(await file(withCanary, 'internal/codebook.csv'), {
      columns: true,
    });
    expect(codebook.find(({ id }) => id === 'overview.canary')).toMatchObject({
      file: 'scratch.csv',
      column: 'overview.canary',
      label: 'カナリアの有無',
      options: 'yes=有 | no=無',
      help: '試験のための設問です。',
    });
    expect(codebook.find(({ id }) => id === 'bodies.canaries')).toMatchObject({
      file: 'scratch.bodies.csv',
      unit: '羽',
    });
    const { resources } = JSON.parse(await file(withCanary, 'internal/datapackage.json'));
    const fields = resources.flatMap(({ schema }: { schema: { fields: { name: string }[] } }) =>
      schema.fields.map(({ name }) => name),
    );
    expect(fields).toEqual(expect.arrayContaining(['overview.canary', 'bodies.canaries']));
  });

  it('is in the summary, live and exported', async () => {
    const live = ok(await system.prefecture.get(`/api/rounds/${round(withCanary)}/summary`)).json();
    const exported = JSON.parse(await file(withCanary, 'internal/summary.json'));
    for (const { rows } of [live, exported]) {
      expect(rows).toContainEqual(
        expect.objectContaining({
          form: 'scratch',
          question: 'overview.canary',
          option: 'yes',
          optionLabel: '有',
          measure: 'count',
          value: 1,
          base: 1,
          units: [code],
        }),
      );
      expect(rows).toContainEqual(
        expect.objectContaining({ question: 'bodies.canaries', measure: 'sum', value: 3, unit: '羽' }),
      );
    }
    const rows: Record<string, string>[] = parse(await file(withCanary, 'internal/summary.csv'), { columns: true });
    expect(rows.filter(({ question, class: by }) => question === 'overview.canary' && by === '')).toHaveLength(2);
  });
});
