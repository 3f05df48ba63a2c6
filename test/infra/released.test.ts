/**
 * The released bundle of 0.3.0 and this version on one table: what that release wrote is read and gone on with, and after
 * `npm run settle` that release goes on again. The bundle is `functions/http` of the commit "version 0.3.0", built as a
 * deployment builds it and packed with Brotli.
 */

import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliDecompressSync } from 'node:zlib';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';

import { demoContact } from '../../infra/local/environment.ts';
import { checkTable } from '../../infra/operation/restore-drill/drill.ts';
import { startEmulators } from '../integration/support/emulators.ts';
import { answer, directoryFixture, ok, openRound, returnsFixture } from '../integration/support/fixtures.ts';
import { clientAt, startTestSystem } from '../integration/support/system.ts';
import type { Client, TestSystem } from '../integration/support/system.ts';
import { gatewayTo } from './deployed/api-gateway.ts';
import { startLambda } from './deployed/lambda.ts';
import type { Lambda } from './deployed/lambda.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const bundle = new URL('../fixtures/releases/0.3.0-http.mjs.br', import.meta.url);
const origin = 'https://released.example';

/** The forms that it ships. */
const formsOf030 = ['municipal-survey', 'council-report', 'coordination-meeting'];

/** As whom one calls a release. */
type Release = (group: string) => Client;

type Step = 'submit' | 'withdraw' | 'accept' | 'return';

/** How a return comes into each state after its first save, and the step that it then takes. */
const courses: Readonly<
  Record<string, { readonly steps: readonly Step[]; readonly state: string; readonly next: Step }>
> = {
  '111007': { steps: [], state: 'draft', next: 'submit' },
  '112011': { steps: ['submit'], state: 'submitted', next: 'withdraw' },
  '112020': { steps: ['submit', 'withdraw'], state: 'draft', next: 'submit' },
  '112038': { steps: ['submit', 'accept'], state: 'accepted', next: 'return' },
  '112062': { steps: ['submit', 'return'], state: 'returned', next: 'submit' },
  '112071': { steps: ['submit', 'accept', 'return'], state: 'returned', next: 'submit' },
  '112089': { steps: ['submit', 'accept', 'return', 'submit'], state: 'submitted', next: 'accept' },
};
const units = Object.keys(courses);

const path = (unit: string): string => `/api/rounds/R6/returns/municipal-survey/${unit}`;

const returnOf = z.object({ unit: z.string(), state: z.string(), version: z.number() });

async function returnsIn(release: Release): Promise<Map<string, z.output<typeof returnOf>>> {
  const { returns } = z
    .object({ returns: z.array(returnOf) })
    .parse(ok(await release('prefecture').get('/api/rounds/R6/returns')).json());
  return new Map(returns.map((each) => [each.unit, each]));
}

const logPage = z.object({
  log: z.array(z.object({ seq: z.number().optional(), what: z.string(), actor: z.string(), at: z.string() })),
});

async function take(release: Release, unit: string, step: Step): Promise<void> {
  const municipality = release(`unit-${unit}`);
  if (step === 'submit') ok(await municipality.post(`${path(unit)}/submission`));
  else if (step === 'withdraw') ok(await municipality.delete(`${path(unit)}/submission`));
  else {
    const version = (await returnsIn(release)).get(unit)?.version;
    const decision =
      step === 'accept'
        ? { version, decision: 'accept' }
        : { version, decision: 'return', comment: '再', questions: [] };
    ok(await release('prefecture').post(`${path(unit)}/decision`, decision));
  }
}

/** What both releases tell alike of a round: where each return stands, its versions, and the numbered log. */
async function told(release: Release): Promise<unknown> {
  const prefecture = release('prefecture');
  const returns = await returnsIn(release);
  const versions = [];
  for (const unit of units) versions.push((await prefecture.get(`${path(unit)}/versions`)).json());
  const { log } = logPage.parse(ok(await prefecture.get('/api/rounds/R6/log?limit=200')).json());
  return {
    returns: units.map((unit) => returns.get(unit)),
    versions,
    numbered: log.filter(({ seq }) => seq !== undefined),
  };
}

describe('a table of release 0.3.0', () => {
  let emulators: Awaited<ReturnType<typeof startEmulators>>;
  let system: TestSystem;
  let folder: string;
  let lambda: Lambda;
  let released: Release;
  const current: Release = (group) =>
    group === 'prefecture' ? system.prefecture : system.municipality(group.slice(5));

  beforeAll(async () => {
    emulators = await startEmulators();
    system = await startTestSystem({ dynamodbEndpoint: emulators.dynamodbEndpoint });
    folder = await mkdtemp(join(tmpdir(), 'yoriai-released-'));
    await mkdir(join(folder, 'bundle'));
    await writeFile(join(folder, 'bundle', 'index.mjs'), brotliDecompressSync(await readFile(bundle)));
    // It reads the scripts of its forms beside itself; no page of it is looked at here.
    const scripts = formsOf030.map((form) => `form-${form}-2024.js`);
    for (const file of ['style.css', 'browser.js', ...scripts]) await writeFile(join(folder, 'bundle', file), '');
    const bearer = async (group: string): Promise<string> =>
      system.token({ sub: group, username: group, groups: [group] });
    lambda = await startLambda(join(folder, 'bundle', 'index.mjs'), {
      TABLE_NAME: system.storage.table,
      BUCKET_NAME: 'yoriai',
      PREFECTURE_CODE: '110001',
      METRICS_NAMESPACE: 'yoriai',
      PREFECTURE_NAME: '埼玉県',
      RETENTION_YEARS: '5',
      PREFECTURE_CONTACT: JSON.stringify(demoContact),
      TOKEN_ISSUER: system.issuer,
      TOKEN_CLIENT_ID: z.string().parse(decodeJwt(await bearer('prefecture'))['client_id']),
      EXPORT_FUNCTION_NAME: 'export',
      PUBLIC_ORIGIN: origin,
      DYNAMODB_ENDPOINT: emulators.dynamodbEndpoint,
      AWS_REGION: 'ap-northeast-1',
      AWS_LAMBDA_FUNCTION_NAME: 'http',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
    });
    const carry = gatewayTo(lambda, { origin, basePath: '' });
    released = (group) => clientAt(origin, async () => `Bearer ${await bearer(group)}`, carry);
  });
  afterAll(async () => {
    await lambda.stop();
    await rm(folder, { recursive: true });
    await system.stop();
    await emulators.stop();
  });

  it('with returns in every state is read as it is', async () => {
    const directory = await directoryFixture('saitama-r6');
    // It knows no short names.
    const councils = directory.councils.map(({ id, name, members, lead }) => ({ id, name, members, lead }));
    ok(await released('prefecture').put('/api/directory', { ...directory, councils }));
    ok(await released('prefecture').put('/api/rounds/R6', openRound({ 'municipal-survey': 2024 })));
    const answers = await returnsFixture('saitama-r6/municipal-survey.json');
    for (const [unit, { steps }] of Object.entries(courses)) {
      const [submit, ...rest] = steps;
      const client = released(`unit-${unit}`);
      if (submit === undefined) ok(await client.put(path(unit), { answers: answers[unit] }, { 'if-none-match': '*' }));
      else await answer(client, path(unit), answers[unit] ?? {});
      for (const step of rest) await take(released, unit, step);
    }
    const states = await returnsIn(current);
    expect(units.map((unit) => states.get(unit)?.state)).toEqual(units.map((unit) => courses[unit]?.state));
    expect(await told(current)).toEqual(await told(released));
    expect(await checkTable(system.storage)).toMatchObject({ agrees: true });
  });

  it('goes on with this version, and settled with that release again, and with this one after that', async () => {
    for (const [unit, { next }] of Object.entries(courses)) await take(current, unit, next);
    const texts = '/api/rounds/R6/texts';
    const etag = ok(await current('prefecture').get(texts)).headers.get('etag') ?? '';
    ok(await current('prefecture').put(texts, { request: '依頼', instructions: '要領' }, { 'if-match': etag }));
    const share = { name: '高齢福祉課', expiresAt: new Date(Date.now() + 86_400_000).toISOString() };
    ok(await current('unit-112038').post(`${path('112038')}/shares`, share));
    const prepared = openRound(
      { 'municipal-survey': 2024 },
      { draft: true, units: { 'municipal-survey': ['111007'] } },
    );
    ok(await current('prefecture').put('/api/rounds/R7', prepared));
    const { stdout } = await run(
      process.execPath,
      ['infra/operation/settle.ts', '--table', system.storage.table, '--endpoint', emulators.dynamodbEndpoint],
      { cwd: root, env: { ...process.env, AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' } },
    );
    expect(stdout).toContain('履歴と内容の照合: 問題ありません。');
    expect(stdout.match(/前の版（0\.3\.0）に戻す場合の注意: [^。]+。/g)).toEqual([
      '前の版（0.3.0）に戻す場合の注意: 公開前の調査です。',
      '前の版（0.3.0）に戻す場合の注意: 照会先を絞った調査票があります。',
    ]);
    ok(await current('prefecture').delete('/api/rounds/R7'));
    const settled = await told(current);
    expect(await told(released)).toEqual(settled);

    // Each takes a step that is open to it now.
    const onward: Readonly<Record<string, Step>> = {
      draft: 'submit',
      submitted: 'accept',
      accepted: 'return',
      returned: 'submit',
    };
    for (const release of [released, current]) {
      for (const [unit, { state }] of await returnsIn(release)) {
        const step = onward[state];
        if (step !== undefined) await take(release, unit, step);
      }
      expect(await told(release)).toEqual(await told(release === released ? current : released));
      expect(await checkTable(system.storage)).toMatchObject({ agrees: true });
    }
  });
});
