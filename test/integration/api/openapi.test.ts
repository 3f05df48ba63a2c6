/** The OpenAPI document: complete, consistent, and true of what the API answers. */

import Ajv2020 from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemsOf } from '../../../functions/api/openapi.ts';
import { contentTypeOf } from '../../../functions/domain/content-types.ts';
import { routes } from '../../../functions/api/routes/routes.ts';
import { problems } from '../../../schemas/problem.ts';
import {
  answer,
  answersFixture,
  directoryFixture,
  exportRound,
  ok,
  openRound,
  openSystem,
  returnsFixture,
} from '../support/fixtures.ts';
import { tablesOnly } from '../support/exports.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

type Member = any; // oxlint-disable-line typescript/no-explicit-any -- the document is looked at as what it is, JSON

const methods = ['get', 'put', 'post', 'patch', 'delete'] as const;

let system: TestSystem;
let document: Member;
let ajv: InstanceType<typeof Ajv2020.default>;
let exportId: string;
const code = '111007';
const council = 'docs';

beforeAll(async () => {
  system = await startTestSystem({ formats: tablesOnly });
  const saitama = await directoryFixture('saitama-r6');
  const councils = [...saitama.councils, { id: council, name: '試行協議会', members: [code], lead: code }];
  await openSystem(
    system,
    { ...saitama, councils },
    'R6',
    openRound({ 'municipal-survey': 2024, 'council-report': 2024 }),
  );
  const { [code]: survey = {} } = await returnsFixture('saitama-r6/municipal-survey.json');
  const client = system.municipality(code);
  await answer(client, `/api/rounds/R6/returns/municipal-survey/${code}`, survey);
  const path = `/api/rounds/R6/returns/council-report/${council}`;
  const report = await answersFixture('councils/kisarazu.json');
  await answer(client, path, report);
  const back = {
    version: 1,
    decision: 'return',
    comment: '確認してください。',
    questions: [{ path: 'bodies.s1.meetings', reason: '回数を確認してください。' }],
  };
  ok(await system.prefecture.post(`${path}/decision`, back));
  const etag = (await client.get(path)).headers.get('etag') ?? '';
  ok(
    await client.put(
      path,
      { answers: { ...report, profile: { ...Object(report['profile']), organisations: 34 } } },
      { 'if-match': etag },
    ),
  );
  ok(await client.post(`${path}/submission`));
  const main = { division: '福祉課', person: '山田', telephone: '048-000-0000', email: 'a@town.example.jp' };
  ok(await client.put(`/api/contacts/${code}`, { main }));
  ok(await system.prefecture.put('/api/notes', { kind: 'unit', about: code, text: '担当課が替わる。' }));
  ({ exportId } = await exportRound(system, 'R6'));
  document = ok(await system.bearer().get('/api/openapi.json')).json();
  // What is compiled is run a few times: making it shorter took a third of the time of these tests.
  ajv = new Ajv2020.default({ strict: false, validateFormats: false, allErrors: true, code: { optimize: false } });
  ajv.addSchema(document, 'openapi');
});

afterAll(() => system.stop());

/** Every object of a JSON value, with its place as a JSON pointer. */
function* objectsIn(value: Member, pointer = ''): Generator<[string, Member]> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield [pointer, value];
  for (const [key, part] of Object.entries(value)) yield* objectsIn(part, `${pointer}/${escaped(key)}`);
}

function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

function at(pointer: string): Member {
  return pointer
    .split('/')
    .slice(1)
    .reduce(
      (value: Member, key) => value?.[decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~')],
      document,
    );
}

interface Operation {
  readonly name: string;
  readonly path: string;
  readonly operation: Member;
}

function operations(): Operation[] {
  return Object.entries<Member>(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method) =>
      item[method] === undefined ? [] : [{ name: `${method} ${path}`, path, operation: item[method] }],
    ),
  );
}

describe('the document', () => {
  it('is served to anyone as OpenAPI 3.1', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/);
    expect(document.info).toMatchObject({ title: expect.any(String), version: expect.any(String) });
    expect(Object.keys(document).filter((key) => !['openapi', 'info', 'paths', 'components'].includes(key))).toEqual(
      [],
    );
    expect(Object.keys(document.components).toSorted()).toEqual(['schemas', 'securitySchemes']);
  });

  it('has every call of the API, and no other', () => {
    const named = routes.map(({ method, path }) => `${method} ${path}`);
    expect(
      operations()
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(named.toSorted());
  });

  it('has paths with nothing but operations in them', () => {
    for (const [path, item] of Object.entries<object>(document.paths)) {
      expect(path).toMatch(/^\/api\//);
      for (const key of Object.keys(item)) expect(methods).toContain(key);
    }
  });

  it('names every operation once', () => {
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { operation } of operations()) expect(operation.summary).toEqual(expect.stringMatching(/./));
  });

  it('declares every name of a path as a parameter, and every parameter with a schema once', () => {
    for (const { name, path, operation } of operations()) {
      const inPath = operation.parameters.filter((each: Member) => each.in === 'path');
      const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      expect(
        inPath.map((each: Member) => each.name),
        name,
      ).toEqual(names);
      const keys = operation.parameters.map((each: Member) => `${each.in} ${each.name}`);
      expect(new Set(keys).size, name).toBe(keys.length);
      for (const each of operation.parameters) {
        expect(['path', 'query', 'header']).toContain(each.in);
        expect(each.schema, `${name} ${each.name}`).toEqual(expect.any(Object));
        if (each.in === 'path') expect(each.required).toBe(true);
      }
    }
  });

  it('resolves every reference', () => {
    const references = [...objectsIn(document)].filter(([, value]) => typeof value.$ref === 'string');
    expect(references.length).toBeGreaterThan(10);
    for (const [pointer, { $ref }] of references) {
      expect($ref, pointer).toMatch(/^#\//);
      expect(at($ref.slice(1)), `${$ref} at ${pointer}`).toEqual(expect.any(Object));
    }
  });

  it('does not declare a dialect or an id inside, and keeps no words of the program', () => {
    for (const [pointer, value] of objectsIn(document))
      for (const word of ['$schema', '$id', 'answersOf'])
        expect(Object.hasOwn(value, word), `${word} at ${pointer}`).toBe(false);
  });

  it('declares for every call each status that it can be refused with, as a problem', () => {
    for (const route of routes) {
      const { responses } = document.paths[route.path][route.method];
      for (const problem of problemsOf(route)) {
        const response = responses[String(problems[problem].status)];
        expect(response?.description, `${route.method} ${route.path}: ${problem}`).toContain(problem);
        expect(response.content).toEqual({
          'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
        });
      }
    }
  });

  it('describes every response, with content of some type unless it is empty', () => {
    for (const { name, operation } of operations()) {
      const answers = Object.entries<Member>(operation.responses);
      expect(
        answers.some(([status]) => status.startsWith('2')),
        name,
      ).toBe(true);
      for (const [status, response] of answers) {
        expect(status).toMatch(/^[2-5]\d\d$/);
        expect(response.description, `${name} ${status}`).toEqual(expect.stringMatching(/./));
        for (const content of Object.values<Member>(response.content ?? {}))
          expect(content.schema).toEqual(expect.any(Object));
      }
    }
  });

  it('asks for a bearer token wherever the API does', () => {
    expect(document.components.securitySchemes.bearer).toMatchObject({ type: 'http', scheme: 'bearer' });
    for (const route of routes)
      expect(document.paths[route.path][route.method].security).toEqual(
        route.action === undefined ? [] : [{ bearer: [] }],
      );
  });

  it('describes the body of every call that has one', () => {
    for (const route of routes) {
      const { requestBody } = document.paths[route.path][route.method];
      expect(requestBody !== undefined, `${route.method} ${route.path}`).toBe(
        (route.onBehalf ?? route.body) !== undefined || route.upload !== undefined,
      );
      if (route.body === undefined) continue;
      const { contentType = 'application/json' } = route.body;
      expect(requestBody.content[contentType].schema).toEqual(expect.any(Object));
    }
  });
});

describe('its schemas', () => {
  it('are there for every form, for submissions and for drafts, and compile', () => {
    const names = Object.keys(document.components.schemas);
    expect(names).toEqual(
      expect.arrayContaining([
        'Problem',
        ...['MunicipalSurvey2024', 'CouncilReport2024', 'CoordinationMeeting2024'].flatMap((name) => [
          name,
          `${name}Draft`,
        ]),
      ]),
    );
    for (const name of names)
      expect(ajv.compile({ $ref: `openapi#/components/schemas/${name}` }), name).toBeTypeOf('function');
  });

  it('compile wherever they stand in a call', () => {
    const schemas = [...objectsIn(document.paths)].filter(([pointer]) => pointer.endsWith('/schema'));
    // Most answers are one of a few: what is the same text is compiled once.
    const different = new Map(schemas.map(([pointer, value]) => [JSON.stringify(value), pointer]));
    expect(different.size).toBeGreaterThan(50);
    for (const [text, pointer] of different) {
      const reference = `openapi#/paths${pointer.split('/').map(encodeURIComponent).join('/')}`;
      expect(ajv.compile({ $ref: reference }), `${pointer} ${text.slice(0, 80)}`).toBeTypeOf('function');
    }
  });

  it('accept the returns of the fixtures and refuse what the API refuses', async () => {
    const validate = ajv.compile({ $ref: 'openapi#/components/schemas/MunicipalSurvey2024' });
    for (const survey of Object.values(await returnsFixture('saitama-r6/municipal-survey.json')))
      expect(validate(survey), JSON.stringify(validate.errors)).toBe(true);
    const { [code]: survey = {} } = await returnsFixture('saitama-r6/municipal-survey.json');
    const wrong = (section: string, answers: object): object => ({
      ...survey,
      [section]: { ...Object(survey[section]), ...answers },
    });
    for (const each of [
      wrong('consultation', { specific: -1 }),
      wrong('consultation', { specific: 1.5 }),
      wrong('consultation', { colour: 1 }),
      wrong('establishment', { status: 'perhaps' }),
      wrong('contact', { person: 'あ'.repeat(101) }),
      { ...survey, consultation: {} },
      { ...survey, establishment: { status: 'established' } },
    ])
      expect(validate(each)).toBe(false);
  });
});

function validatorOf(path: string, status: number, method = 'get'): ReturnType<typeof ajv.compile> {
  const { content } = document.paths[path][method].responses[String(status)];
  const [type = ''] = Object.keys(content);
  const pointer = ['paths', path, method, 'responses', String(status), 'content', type, 'schema'].map((key) =>
    encodeURIComponent(escaped(key)),
  );
  return ajv.compile({ $ref: `openapi#/${pointer.join('/')}` });
}

const sheets: ReadonlySet<string> = new Set([contentTypeOf('.xlsx'), contentTypeOf('.csv')]);

const takeover = '/api/rounds/{round}/returns/{form}/{unit}/takeover';
const shares = '/api/rounds/{round}/returns/{form}/{unit}/shares';
const approval = '/api/rounds/{round}/returns/{form}/{unit}/approval';
const comments = '/api/rounds/{round}/returns/{form}/{unit}/comments';

/** Those that answer JSON, or the files of an export, some of which are; what is an editor's alone is asked for by itself. */
const gets = routes
  .filter(
    ({ method, path, answers }) =>
      method === 'get' &&
      !sheets.has(answers[0]?.contentType ?? '') &&
      !path.endsWith('/files/{sha256}') &&
      path !== takeover &&
      path !== shares &&
      path !== comments &&
      path !== approval,
  )
  .map(({ path }) => path);

const queries: readonly (readonly [string, string])[] = [
  ['/comparison', '?with=2024'],
  ['/analysis', '?kind=cross&form=municipal-survey&question=establishment.status&with=class:kind'],
];

function actual(path: string, unit: string): string {
  const names: Readonly<Record<string, string>> = {
    round: 'R6',
    form: /^\d{6}$/.test(unit) ? 'municipal-survey' : 'council-report',
    unit: path.startsWith('/api/contacts') ? code : unit,
    section: unit === code ? 'coreCentre' : 'bodies',
    entry: 's1',
    exportId,
    path: 'public/summary.json',
  };
  const version = path.startsWith('/api/forms') ? '2024' : unit === code ? '1' : '2';
  const [, query = ''] = queries.find(([end]) => path.endsWith(end)) ?? [];
  return `${path.replaceAll(/\{(\w+)\}/g, (_, name: string) => (name === 'version' ? version : (names[name] ?? '')))}${query}`;
}

describe('what the API answers', () => {
  it.each(gets)('is what the document says: GET %s', async (path) => {
    const reply = ok(await system.administrator.get(actual(path, council)));
    expect(reply.headers.get('content-type')).toMatch(/^application\/json/);
    const validate = validatorOf(path, 200);
    expect(validate(reply.json()), JSON.stringify(validate.errors?.slice(0, 5))).toBe(true);
  });

  it.each([
    ['/api/rounds/{round}/returns/{form}/{unit}', code, ''],
    ['/api/rounds/{round}/returns/{form}/{unit}', '112011', ''],
    ['/api/rounds/{round}/returns/{form}/{unit}/versions/{version}', code, ''],
    ['/api/rounds/{round}/returns/{form}/{unit}/versions/{version}', council, '?against=1'],
    ['/api/rounds/{round}/log', council, '?limit=2'],
  ])('is what the document says: GET %s of %s%s', async (path, unit, query) => {
    const reply = ok(await system.prefecture.get(`${actual(path, unit)}${query}`));
    const validate = validatorOf(path, 200);
    expect(validate(reply.json()), JSON.stringify(validate.errors?.slice(0, 5))).toBe(true);
  });

  it(`is what the document says: GET ${takeover}`, async () => {
    const later = { referenceDate: '2025-09-30', fiscalYear: 2025 };
    ok(await system.prefecture.put('/api/rounds/R7', openRound({ 'municipal-survey': 2024 }, later)));
    const reply = ok(await system.municipality(code).get(actual(takeover, code).replace('R6', 'R7')));
    const validate = validatorOf(takeover, 200);
    expect(validate(reply.json()), JSON.stringify(validate.errors?.slice(0, 5))).toBe(true);
  });

  it.each([
    [shares, { name: '障害福祉課', expiresAt: new Date(Date.now() + 600_000).toISOString() }],
    [comments, { path: 'activity', text: '確認中です。' }],
  ])('is what the document says: POST and GET %s', async (path, wanted) => {
    const own = system.municipality('112020');
    const address = actual(path, '112020');
    const made = ok(await own.post(address, wanted));
    const listed = ok(await own.get(address));
    for (const [validate, reply] of [
      [validatorOf(path, 201, 'post'), made],
      [validatorOf(path, 200), listed],
    ] as const)
      expect(validate(reply.json()), JSON.stringify(validate.errors)).toBe(true);
  });

  it(`is what the document says: GET ${approval}`, async () => {
    const reply = ok(await system.municipality('112020').get(actual(approval, '112020')));
    const validate = validatorOf(approval, 200);
    expect(validate(reply.json()), JSON.stringify(validate.errors)).toBe(true);
  });

  it('tells no member that the document does not know', async () => {
    for (const path of gets) {
      const { content } = document.paths[path].get.responses['200'];
      const known = content['application/json']?.schema.properties;
      if (known === undefined) continue;
      const body = ok(await system.administrator.get(actual(path, council))).json();
      expect(
        Object.keys(body).filter((key) => !Object.hasOwn(known, key)),
        path,
      ).toEqual([]);
    }
  });

  it('is a problem as the document says when it is refused', async () => {
    const validate = ajv.compile({ $ref: 'openapi#/components/schemas/Problem' });
    const client = system.municipality(code);
    const path = `/api/rounds/R6/returns/municipal-survey/${code}`;
    const replies = [
      await system.bearer().get('/api/forms'),
      await client.get('/api/rounds/R6/summary'),
      await system.prefecture.get('/api/rounds/R99/summary'),
      await client.put(path, { answers: { colour: 1 } }, { 'if-match': '*' }),
      await client.post(`${path}/submission`),
      await system.prefecture.put('/api/directory', {}),
    ];
    for (const reply of replies) {
      expect(reply.status).toBeGreaterThanOrEqual(400);
      expect(validate(reply.json()), JSON.stringify(validate.errors)).toBe(true);
      const known = document.components.schemas.Problem.properties;
      expect(
        Object.keys(reply.json()).filter((key) => !Object.hasOwn(known, key)),
        reply.text,
      ).toEqual([]);
    }
  });
});
