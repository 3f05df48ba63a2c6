import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import * as z from 'zod';
import { defineRound } from '../../functions/service/rounds.ts';
import { createStore } from '../../functions/storage/store.ts';
import { roundDefinition } from '../../schemas/round.ts';
import { TestBrowser } from '../integration/support/browser.ts';
import { ok, openRound } from '../integration/support/fixtures.ts';
import { Officer, entriesOf, plain } from '../integration/support/officer.ts';
import { council, exportAndPublish, largestReport, takeReturnsIn, units } from './deployed/course.ts';
import { crawl } from './deployed/crawl.ts';
import type { Crawled } from './deployed/crawl.ts';
import type { Deployment } from './deployed/deployment.ts';
import { startDeployment } from './deployed/deployment.ts';
import { impliedRequests } from './deployed/implied.ts';
import { isAllowed, policiesOf, unused } from './deployed/grants.ts';
import type { IamRequest } from './deployed/iam-requests.ts';
import { startLambda } from './deployed/lambda.ts';
import { physicalOf } from './deployed/physical.ts';
import { directoryForTest } from './directories.ts';
import { ofType, production, synthesisOf } from './synthesis.ts';
import type { Synthesis } from './synthesis.ts';

const demo = synthesisOf('saitama');

const functions = ['Http', 'Export', 'Disposal'] as const;

const accounts = [
  { id: 'prefecture', name: '埼玉県担当', groups: ['prefecture'] },
  { id: 'town', name: '市町村担当', groups: Object.values(units).map((unit) => `unit-${unit}`) },
];

/** Of each form the returns that have begun, and one that has not, and their units: all others show what that shows. */
const lookedAt: ReadonlySet<string> = new Set([
  ...[...Object.values(units), '112089'].flatMap((unit) => [`municipal-survey/${unit}`, `contacts/${unit}`]),
  `council-report/${council}`,
  `coordination-meeting/${units.drafting}`,
]);

/** Every link of every page that an account sees. */
function crawlAs({ deployment, browser }: { deployment: Deployment; browser: TestBrowser }): Promise<Crawled> {
  const { shape, paths } = deployment;
  return crawl(browser, shape.origin + paths.home, ({ pathname }) => {
    const [place] = /(?<=\/returns\/)[^/]+\/[^/]+|contacts\/[^/]+/.exec(pathname) ?? [];
    return pathname === paths.signInStart || (place !== undefined && !lookedAt.has(place));
  });
}

const roundOf2015 = {
  fiscalYear: 2015,
  compareYear: undefined,
  referenceDate: '2015-09-30',
  asOf: {},
  period: { from: '2014-04', to: '2015-09' },
  opensAt: '2015-10-01',
  dueAt: '2015-11-30',
};

/** Signs in by way of the provider, as a browser does. */
async function signedIn({ fetch, paths, shape }: Deployment, account: string): Promise<TestBrowser> {
  const browser = new TestBrowser(shape.origin, fetch);
  const picker = await browser.open(`${paths.signInStart}?${new URLSearchParams({ returnTo: paths.home })}`);
  const arrived = await browser.pick(picker, account);
  if (arrived.status !== 200) throw new Error(`${arrived.status} ${arrived.url} ${arrived.html}`);
  return browser;
}

/** Each once: thousands of requests ask for the same. */
function distinct(requests: readonly IamRequest[]): IamRequest[] {
  return [...new Map(requests.map((request) => [JSON.stringify(request), request])).values()];
}

/** A municipality's largest section, over the API and then posted from its page, is what it was. */
async function takesLargestSection(deployment: Deployment): Promise<void> {
  const report = await largestReport();
  const client = deployment.municipality(units.drafting);
  const path = `/api/rounds/R6/returns/council-report/${council}`;
  ok(await client.put(`${path}/sections/bodies`, { answers: report['bodies'] }, { 'if-none-match': '*' }));
  const browser = await signedIn(deployment, 'town');
  const officer = new Officer(browser);
  const place = deployment.paths.return({ round: 'R6', form: 'council-report', unit: council });
  // Each entry of this section has a page of its own.
  for (const entry of entriesOf(report['bodies'])) {
    const page = await officer.open(`${place}/sections/bodies/entries/${plain(entry['id'])}`);
    expect(page.status).toBe(200);
    expect((await officer.press(page, 'save')).status).toBe(200);
  }
  expect(ok(await client.get(`${path}/sections/bodies`)).json().answers).toEqual(report['bodies']);
}

describe('the bundles of a deployment, under the stage of the gateway', () => {
  let deployment: Deployment;
  beforeAll(async () => {
    deployment = await startDeployment(demo, functions, accounts);
  });
  afterAll(() => deployment.stop());

  it('take a round from the directory to the publication', async () => {
    await takeReturnsIn(deployment);
    expect((await exportAndPublish(deployment)).length).toBeGreaterThan(40);
  });

  it.each(['prefecture', 'town'])('answer every link of every page that %s sees', async (account) => {
    const browser = await signedIn(deployment, account);
    const { origin, basePath } = deployment.shape;
    const { reached, broken } = await crawlAs({ deployment, browser });
    expect(broken).toEqual([]);
    expect([...reached.keys()].filter((address) => !address.startsWith(`${origin}${basePath}/`))).toEqual([]);
    expect(reached.size).toBeGreaterThan(30);
    expect(deployment.log()).not.toContain('"level":"ERROR"');
  });

  it('take the largest section as JSON and as a form', () => takesLargestSection(deployment));

  it('run the exports that are due when the day’s schedule calls, with what has no number yet', async () => {
    const path = `/api/rounds/R6/returns/municipal-survey/${units.submitted}/submission`;
    ok(await deployment.municipality(units.submitted).delete(path));
    await deployment.call('Export', { start: 'due-exports', at: new Date().toISOString() });
    await deployment.call('Export', { start: 'due-exports', at: new Date().toISOString() });
    expect(ok(await deployment.prefecture.get('/api/rounds/R6/exports')).json().exports.length).toBeGreaterThan(1);
  });

  it('take an edition back, and its files with it', async () => {
    const { prefecture } = deployment;
    ok(await prefecture.post('/api/rounds/R6/publications/1/withdrawal', { reason: '個人名の記載' }));
    await deployment.settled();
    const [{ withdrawal }] = ok(await prefecture.get('/api/rounds/R6/publications')).json().publications;
    expect(withdrawal).toMatchObject({ reason: '個人名の記載', filesRemovedAt: expect.any(String) });
  });

  it('dispose of a round whose retention has ended, its files included, and of no other', async () => {
    const { storage, prefecture } = deployment;
    const longAgo = createStore({ ...storage, now: () => new Date('2015-10-15T00:00:00Z') });
    const definition = roundDefinition.parse({ ...openRound({ 'municipal-survey': 2024 }), ...roundOf2015 });
    expect(await defineRound({ store: longAgo, forms: storage.forms }, 'H27', definition, '県')).toMatchObject({
      ok: true,
    });
    const { exportId } = ok(await prefecture.post('/api/rounds/H27/exports')).json();
    await deployment.settled();
    expect((await prefecture.get(`/api/rounds/H27/exports/${exportId}`)).json().status).toBe('done');
    await deployment.call('Disposal', { start: 'due-disposals', at: new Date().toISOString() });
    expect((await prefecture.get('/api/rounds/H27/returns')).status).toBe(410);
    expect((await prefecture.get('/api/rounds/R6/returns')).status).toBe(200);
  });

  it('lets who manages people do with them all that the pages offer', async () => {
    const { administrator } = deployment;
    const newcomer = { username: 'shinnin-01', email: 'a@example.jp', role: 'municipality', units: ['112020'] };
    ok(await administrator.post('/api/accounts', newcomer));
    const changes = [{ name: '新任' }, { units: ['112038'] }, { active: false }, { active: true }];
    for (const body of changes) ok(await administrator.patch('/api/accounts/shinnin-01', body));
    for (const body of [{ removeAuthenticator: true }, { renewPassword: true }])
      ok(await administrator.patch('/api/accounts/town', body));
    // Of a change for one of the prefecture's people it is asked who else is.
    ok(await administrator.patch('/api/accounts/prefecture', { name: '埼玉県担当' }));
    expect(ok(await administrator.get('/api/accounts')).json().accounts).toContainEqual({
      ...newcomer,
      id: 'shinnin-01',
      name: '新任',
      units: ['112038'],
      state: 'invited',
    });
  });

  it.each(functions)('%s was allowed all that it asked of AWS, and is allowed nothing else', async (name) => {
    const { physical, requests } = deployment;
    const role = policiesOf(demo, physical, name);
    const made = requests.get(name) ?? [];
    const asked = distinct([...made, ...impliedRequests(demo, physical, name, made)]);
    const denied = [];
    for (const request of asked) if (!(await isAllowed(role, request))) denied.push(request);
    expect(denied).toEqual([]);
    expect(unused(role, asked)).toEqual([]);
  });

  it('Export may move the counter of a round, and change nothing that stands of its returns', async () => {
    const role = policiesOf(demo, deployment.physical, 'Export');
    const counted = (deployment.requests.get('Export') ?? []).find(({ action }) => action === 'dynamodb:UpdateItem');
    if (counted === undefined) throw new Error('no number was given');
    expect(await isAllowed(role, counted)).toBe(true);
    const context = { ...counted.context, 'dynamodb:Attributes': ['pk', 'sk', 'seq', 'standing'] };
    expect(await isAllowed(role, { ...counted, context })).toBe(false);
  });
});

describe('the same bundles, at the root of a domain', () => {
  let deployment: Deployment;
  beforeAll(async () => {
    // What is exported is no other at another address.
    deployment = await startDeployment(production, ['Http'], accounts);
    await takeReturnsIn(deployment);
  });
  afterAll(() => deployment.stop());

  it('are the same byte for byte', () => {
    const names = (synthesis: Synthesis): string[] =>
      ofType(synthesis, 'AWS::Lambda::Function').map(({ Properties }) => JSON.stringify(Properties['Code']));
    expect(names(production)).toEqual(names(demo));
  });

  it('answer every link of every page that a town sees, and none leads to a stage', async () => {
    const browser = await signedIn(deployment, 'town');
    const { reached, broken } = await crawlAs({ deployment, browser });
    expect(broken).toEqual([]);
    expect(new Set([...reached.keys()].map((address) => new URL(address).origin))).toEqual(
      new Set(['https://yoriai.pref.example.lg.jp']),
    );
    expect([...reached.keys()].filter((address) => new URL(address).pathname.startsWith('/main'))).toEqual([]);
    expect(reached.size).toBeGreaterThan(30);
  });

  it('set cookies for this host alone, over TLS alone', async () => {
    const browser = await signedIn(deployment, 'town');
    const session = browser.setCookies.filter((line) => line.startsWith('__Host-'));
    expect(session.length).toBeGreaterThan(0);
    for (const line of session) expect(line).toMatch(/; Secure(?:;|$)/);
    expect(session.filter((line) => /domain=/i.test(line) || !/path=\/(?:;|$)/i.test(line))).toEqual([]);
  });
});

describe('a function, as it is run here', () => {
  it('writes to its temporary folder and nowhere else', async () => {
    const folder = directoryForTest();
    const bundle = join(folder, 'index.mjs');
    writeFileSync(
      bundle,
      `import { writeFileSync } from 'node:fs'; export const handler = async (path) => writeFileSync(path, '');`,
    );
    const lambda = await startLambda(bundle, {});
    onTestFinished(() => lambda.stop());
    await expect(lambda.invoke(join(folder, 'other.mjs'))).rejects.toThrow('Access to this API has been restricted');
    expect(existsSync(join(folder, 'other.mjs'))).toBe(false);
  });

  it('is told what the template says and no other variable', async () => {
    const folder = directoryForTest();
    const bundle = join(folder, 'index.mjs');
    writeFileSync(bundle, 'export const handler = async () => Object.keys(process.env);');
    const lambda = await startLambda(bundle, { TABLE_NAME: 'table' });
    onTestFinished(() => lambda.stop());
    const told = z.array(z.string()).parse(z.object({ result: z.unknown() }).parse(await lambda.invoke(null)).result);
    expect(told.filter((name) => !name.startsWith('NODE_CHANNEL')).toSorted()).toEqual([
      'LANG',
      'TABLE_NAME',
      'TMPDIR',
      'TZ',
    ]);
  });
});

describe('the judge of grants', () => {
  const physical = physicalOf(demo);
  const role = policiesOf(demo, physical, 'Export');
  const [table] = ofType(demo, 'AWS::DynamoDB::Table');
  const on = (partition: string): IamRequest => ({
    action: 'dynamodb:PutItem',
    resource: physical.arnOf(table?.id ?? ''),
    context: { 'dynamodb:LeadingKeys': [partition] },
  });

  it('allows what a policy says under its conditions, and nothing beside it', async () => {
    expect(await isAllowed(role, on('EXPORT#R6'))).toBe(true);
    expect(await isAllowed(role, on('RETURN#R6#municipal-survey#112038'))).toBe(false);
    expect(await isAllowed(role, { ...on('EXPORT#R6'), action: 'dynamodb:DeleteItem' })).toBe(false);
  });

  it('names what nobody needs', () => {
    expect(unused(role, [on('EXPORT#R6')]).some((grant) => grant.startsWith('dynamodb:PutItem'))).toBe(false);
    expect(unused(role, []).some((grant) => grant.startsWith('dynamodb:PutItem'))).toBe(true);
  });
});
