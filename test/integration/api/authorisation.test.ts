/** The authorisation table, row by row: every call of the API × everyone who might make it. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentTypeOf } from '../../../functions/domain/content-types.ts';
import { routes } from '../../../functions/api/routes/routes.ts';
import { answersFixture, exportRound, ok } from '../support/fixtures.ts';
import { tablesOnly } from '../support/exports.ts';
import { startTestSystem } from '../support/system.ts';
import type { Client, Reply, TestSystem } from '../support/system.ts';
import {
  directory,
  joint,
  lead,
  member,
  openTwoCouncils,
  round,
  roundDefinition,
  stranger,
} from '../support/two-councils.ts';

let system: TestSystem;
let exportId: string;

/** The report of the joint council is accepted, and an export with it is published; nothing else has been started. */
beforeAll(async () => {
  system = await startTestSystem({ formats: tablesOnly });
  await openTwoCouncils(system);
  const answers = await answersFixture('councils/yokohama-ward.json');
  const editor = system.municipality(lead);
  ok(await editor.put(joint, { answers }, { 'if-none-match': '*' }));
  ok(await editor.post(`${joint}/submission`));
  ok(await system.prefecture.post(`${joint}/decision`, { version: 1, decision: 'accept' }));
  ({ exportId } = await exportRound(system, 'R6'));
  ok(await system.prefecture.post(`${round}/exports/${exportId}/publication`));
});

afterAll(() => system.stop());

const callers = [
  'nobody',
  'the prefecture',
  'the lead',
  'a member',
  'a stranger',
  'an administrator',
  'a reader',
] as const;
type Caller = (typeof callers)[number];

function clientOf(caller: Caller): Client {
  switch (caller) {
    case 'nobody':
      return system.bearer();
    case 'the prefecture':
      return system.prefecture;
    case 'the lead':
      return system.municipality(lead);
    case 'a member':
      return system.municipality(member);
    case 'a stranger':
      return system.municipality(stranger);
    case 'an administrator':
      return system.administrator;
    case 'a reader':
      return system.reader;
  }
}

const anyone = [200, 200, 200, 200, 200];
const signedIn = [401, 200, 200, 200, 200];
const readers = [401, 200, 200, 200, 403];
/** What only the prefecture may do answers it with this status. */
const prefecture = (status: number): number[] => [401, status, 403, 403, 403];
/** What only the editor of a return may do answers it with this status. */
const editor = (status: number): number[] => [401, 403, status, 403, 403];

interface Row {
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  /** The statuses, in the order of the callers. Whoever passes gets the state's 409 or 412 where a call would change things. */
  readonly expected: readonly number[];
  /** Where it differs from that of the prefecture's officer, who came before. */
  readonly administrator?: number;
}

/** Of the five, and of an administrator and a reader of the prefecture, who reads as its officer does and changes nothing. */
function statusesOf(method: string, { expected, administrator }: Row): readonly number[] {
  const officer = expected[1] ?? 0;
  // Nobody but an administrator sees who has an account.
  return [...expected, administrator ?? officer, method === 'get' ? officer : 403];
}

const stale = { 'if-match': '"0"' };

const table: Readonly<Record<string, Row>> = {
  'get /api/health': { expected: anyone },
  'get /api/forms': { expected: signedIn },
  'get /api/forms/{form}/{version}': { expected: readers },
  'get /api/forms/{form}/{version}/comparison': { expected: prefecture(200) },
  'put /api/forms/{form}/{version}': { body: {}, expected: prefecture(422) },
  'get /api/forms/{form}/{version}/workbook': { expected: readers },
  'put /api/forms/{form}/{version}/workbook': {
    body: 'no workbook',
    headers: { 'content-type': contentTypeOf('.xlsx') },
    expected: prefecture(422),
  },
  'post /api/forms/{form}/{version}/adoption': { expected: prefecture(200) },
  'delete /api/forms/{form}/{version}/adoption': { expected: prefecture(409) },
  'get /api/directory': { expected: signedIn },
  'put /api/directory': { body: directory, expected: prefecture(200) },
  // Nobody has registered one.
  'get /api/contacts/{unit}': { expected: [401, 404, 404, 403, 403] },
  'put /api/contacts/{unit}': { body: {}, expected: [401, 422, 422, 403, 403] },
  'get /api/notes': { expected: prefecture(200) },
  'put /api/notes': { body: {}, expected: prefecture(422) },
  'delete /api/notes/{note}': { expected: prefecture(204) },
  'get /api/rounds': { expected: signedIn },
  'put /api/rounds/{round}': { body: roundDefinition, expected: prefecture(200) },
  'delete /api/rounds/{round}': { expected: prefecture(409) },
  'post /api/rounds/{round}/closing': { expected: prefecture(200) },
  'post /api/rounds/{round}/reopening': { body: {}, expected: prefecture(200) },
  'get /api/rounds/{round}/directory': { expected: prefecture(200) },
  'get /api/rounds/{round}/returns': { expected: signedIn },
  'get /api/rounds/{round}/summary': { expected: prefecture(200) },
  'get /api/rounds/{round}/analysis': { expected: prefecture(200) },
  'get /api/rounds/{round}/log': { expected: prefecture(200) },
  'get /api/rounds/{round}/returns/{form}/{unit}': { expected: readers },
  'put /api/rounds/{round}/returns/{form}/{unit}': { body: { answers: {} }, headers: stale, expected: editor(409) },
  'get /api/rounds/{round}/returns/{form}/{unit}/sections/{section}': { expected: readers },
  'put /api/rounds/{round}/returns/{form}/{unit}/sections/{section}': {
    body: { answers: [] },
    headers: stale,
    expected: editor(409),
  },
  'get /api/rounds/{round}/returns/{form}/{unit}/sections/{section}/entries/{entry}': { expected: readers },
  'put /api/rounds/{round}/returns/{form}/{unit}/sections/{section}/entries/{entry}': {
    body: { answers: {} },
    headers: stale,
    expected: editor(409),
  },
  'get /api/rounds/{round}/returns/{form}/{unit}/workbook': { expected: readers },
  'put /api/rounds/{round}/returns/{form}/{unit}/workbook': {
    body: 'no workbook',
    headers: { ...stale, 'content-type': contentTypeOf('.xlsx') },
    expected: editor(409),
  },
  'get /api/rounds/{round}/returns/{form}/{unit}/takeover': { expected: editor(409) },
  'post /api/rounds/{round}/returns/{form}/{unit}/takeover': {
    body: { sections: ['bodies'], from: { round: 'R5', version: 1 } },
    expected: editor(409),
  },
  'post /api/rounds/{round}/returns/{form}/{unit}/shares': {
    body: { name: '障害福祉課', expiresAt: new Date(Date.now() + 86_400_000).toISOString() },
    expected: editor(409),
  },
  'get /api/rounds/{round}/returns/{form}/{unit}/shares': { expected: editor(200) },
  'delete /api/rounds/{round}/returns/{form}/{unit}/shares': { expected: editor(200) },
  'get /api/rounds/{round}/returns/{form}/{unit}/approval': { expected: editor(200) },
  'post /api/rounds/{round}/returns/{form}/{unit}/approval': { headers: stale, expected: editor(409) },
  'put /api/rounds/{round}/returns/{form}/{unit}/approval': { body: { demanded: false }, expected: editor(200) },
  'get /api/rounds/{round}/returns/{form}/{unit}/comments': { expected: editor(200) },
  'post /api/rounds/{round}/returns/{form}/{unit}/comments': { body: { text: '確認中です。' }, expected: editor(201) },
  'delete /api/rounds/{round}/returns/{form}/{unit}/comments/{id}': { expected: editor(200) },
  'get /api/rounds/{round}/returns/{form}/{unit}/questions': { expected: [401, 200, 200, 403, 403] },
  'post /api/rounds/{round}/returns/{form}/{unit}/questions': { body: { text: '何人ですか。' }, expected: editor(201) },
  'put /api/rounds/{round}/returns/{form}/{unit}/questions/{id}/answer': {
    body: { text: '全員です。' },
    headers: stale,
    expected: prefecture(404),
  },
  'get /api/rounds/{round}/questions': { expected: prefecture(200) },
  'get /api/rounds/{round}/published-answers': { expected: signedIn },
  'post /api/rounds/{round}/returns/{form}/{unit}/submission': { expected: editor(409) },
  'delete /api/rounds/{round}/returns/{form}/{unit}/submission': { expected: editor(409) },
  'post /api/rounds/{round}/returns/{form}/{unit}/files': { expected: editor(409) },
  // Of which none was sent.
  'get /api/rounds/{round}/returns/{form}/{unit}/files/{sha256}': {
    expected: readers.map((status) => (status === 200 ? 404 : status)),
  },
  'get /api/rounds/{round}/returns/{form}/{unit}/versions': { expected: readers },
  'get /api/rounds/{round}/returns/{form}/{unit}/versions/{version}': { expected: readers },
  'get /api/rounds/{round}/returns/{form}/{unit}/versions/{version}/workbook': { expected: readers },
  'get /api/rounds/{round}/returns/{form}/{unit}/versions/{version}/csv': { expected: readers },
  'put /api/rounds/{round}/returns/{form}/{unit}/extension': {
    body: { dueAt: '2999-12-31', reason: '台風のため' },
    expected: prefecture(200),
  },
  'delete /api/rounds/{round}/returns/{form}/{unit}/extension': { expected: prefecture(200) },
  'put /api/rounds/{round}/returns/{form}/{unit}/absence': { body: { reason: '不在' }, expected: prefecture(409) },
  'delete /api/rounds/{round}/returns/{form}/{unit}/absence': { expected: prefecture(200) },
  'post /api/rounds/{round}/returns/{form}/{unit}/decision': {
    body: { version: 1, decision: 'accept' },
    expected: prefecture(409),
  },
  'get /api/rounds/{round}/report-settings': { expected: prefecture(200) },
  'put /api/rounds/{round}/report-settings': { body: { meeting: '県協議会' }, expected: prefecture(200) },
  'get /api/rounds/{round}/handout': { expected: prefecture(200) },
  'put /api/rounds/{round}/handout': {
    body: { proposals: [{ title: '活性化について' }] },
    headers: { 'if-none-match': '*' },
    expected: prefecture(200),
  },
  'get /api/rounds/{round}/texts': { expected: signedIn },
  'put /api/rounds/{round}/texts': {
    body: { request: '御回答をお願いします。' },
    headers: { 'if-none-match': '*' },
    expected: prefecture(200),
  },
  'get /api/rounds/{round}/results/{unit}': { expected: readers },
  'get /api/rounds/{round}/prefilled': { expected: prefecture(200) },
  'put /api/rounds/{round}/prefilled': {
    body: [],
    headers: { 'if-none-match': '*' },
    expected: prefecture(200),
  },
  'get /api/rounds/{round}/mails': { expected: prefecture(200) },
  'post /api/rounds/{round}/mails': { body: { again: ['none'] }, expected: prefecture(202) },
  'get /api/rounds/{round}/mail-settings': { expected: prefecture(200) },
  'put /api/rounds/{round}/mail-settings': { body: {}, headers: { 'if-none-match': '*' }, expected: prefecture(200) },
  'post /api/rounds/{round}/exports': { expected: prefecture(202) },
  'get /api/rounds/{round}/exports': { expected: prefecture(200) },
  'get /api/rounds/{round}/exports/{exportId}': { expected: prefecture(200) },
  'get /api/rounds/{round}/exports/{exportId}/files/{path}': { expected: prefecture(200) },
  'get /api/rounds/{round}/publications': { expected: prefecture(200) },
  'post /api/rounds/{round}/publications/{edition}/withdrawal': {
    body: { reason: '個人名の記載' },
    expected: prefecture(404),
  },
  'get /api/rounds/{round}/public-address': { expected: prefecture(200) },
  'put /api/rounds/{round}/public-address': { body: { isOpen: false }, expected: prefecture(200) },
  'get /api/accounts': { expected: prefecture(403), administrator: 200 },
  'post /api/accounts': { body: {}, expected: prefecture(403), administrator: 422 },
  'patch /api/accounts/{id}': { body: { active: false }, expected: prefecture(403), administrator: 404 },
  'post /api/accounts/import': { body: { csv: '' }, expected: prefecture(403), administrator: 422 },
  'post /api/rounds/{round}/exports/{exportId}/publication': { expected: prefecture(409) },
};

const queries: readonly (readonly [string, string])[] = [
  ['/comparison', '?with=2024'],
  ['/analysis', '?kind=cross&form=municipal-survey&question=establishment.status&with=class:kind'],
];

function pathOf(template: string): string {
  const names: Readonly<Record<string, string>> = {
    round: 'R6',
    edition: '99',
    form: 'council-report',
    unit: 'joint',
    section: 'bodies',
    entry: 'liaison',
    exportId,
    path: 'public/summary.json',
    sha256: '0'.repeat(64),
    id: 'none',
    note: 'none',
  };
  const version = template.startsWith('/api/forms') ? '2024' : '1';
  const [, query = ''] = queries.find(([end]) => template.endsWith(end)) ?? [];
  const own = template.startsWith('/api/contacts') ? template.replace('{unit}', lead) : template;
  return `${own.replaceAll(/\{(\w+)\}/g, (_, name: string) => (name === 'version' ? version : (names[name] ?? '')))}${query}`;
}

function send(client: Client, method: string, path: string, { body, headers }: Partial<Row> = {}): Promise<Reply> {
  if (method === 'get') return client.get(path, headers);
  if (method === 'patch') return client.patch(path, body);
  if (method === 'put') return client.put(path, body, headers);
  return method === 'post' ? client.post(path, body, headers) : client.delete(path, headers);
}

const codes: Readonly<Record<number, string>> = { 401: 'unauthenticated', 403: 'forbidden' };

describe('the authorisation table', () => {
  it('has a row for every call of the API, and no other', () => {
    expect(routes.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(Object.keys(table).toSorted());
  });

  describe.each(Object.entries(table))('%s', (name, row) => {
    const [method = '', template = ''] = name.split(' ');
    const statuses = statusesOf(method, row);
    it.each(callers.map((caller, index) => [caller, statuses[index] ?? 0] as const))(
      'answers %s with %i',
      async (caller, status) => {
        await system.settled();
        const reply = await send(clientOf(caller), method, pathOf(template), row);
        expect(reply.status, reply.text).toBe(status);
        if (status === 401 || status === 403) {
          expect(reply.headers.get('content-type')).toContain('application/problem+json');
          expect(reply.json()).toMatchObject({ status, code: codes[status] });
        }
      },
    );
  });

  it.each([
    ['put', joint, stale],
    ['post', `${joint}/submission`, {}],
  ] as const)('lets the prefecture’s officers alone %s on behalf of a unit: %s', async (method, path, headers) => {
    const body = {
      ...(method === 'put' ? { answers: {} } : {}),
      onBehalf: { source: 'telephone', reason: '通信障害のため' },
    };
    // Whoever passes is told that it is accepted.
    const expected = prefecture(409);
    for (const [index, caller] of callers.entries()) {
      const reply = await send(clientOf(caller), method, path, { body, headers, expected });
      expect([caller, reply.status]).toEqual([caller, [...expected, 409, 403][index]]);
    }
  });
});
