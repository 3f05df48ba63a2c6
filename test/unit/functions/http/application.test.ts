/** What holds for every answer, of pages and of the API. The table and the bucket are at an address where nobody listens. */

import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Unavailable } from '../../../../functions/domain/unavailable.ts';
import { counting, createApplication } from '../../../../functions/http/application.ts';
import type { ApplicationParts } from '../../../../functions/http/application.ts';
import { createPool } from '../../../../functions/storage/account-pool.ts';
import { bucketClient, createBucket } from '../../../../functions/storage/bucket.ts';
import { tableClient } from '../../../../functions/storage/client.ts';
import { createUploads } from '../../../../functions/storage/uploads.ts';
import { userPoolClient } from '../../../../functions/storage/user-pool.ts';
import { runtimeStorage } from '../../../../functions/storage/runtime.ts';
import { done, refused } from '../../../../functions/domain/outcome.ts';
import type { OperatorMetric } from '../../../../functions/platform/metrics.ts';

const nowhere = 'http://127.0.0.1:1';
const silent = { info: () => undefined, error: () => undefined };

const web: ApplicationParts['web'] = {
  signIn: { kind: 'hosted', issuer: nowhere, clientId: 'yoriai', clientSecret: 'secret' },
  assets: { style: 'body{}'.repeat(1000), script: 'void 0' },
  basePath: '',
  prefectureName: '埼玉県',
  contact: { department: '障害福祉課', phone: '048-000-0000', email: 'a@example.jp' },
  retentionYears: 5,
  secure: true,
};

function application(changed: Partial<ApplicationParts> = {}) {
  const forms = new Map();
  return createApplication({
    storage: runtimeStorage(tableClient(nowhere), 'none', forms),
    bucket: createBucket({ client: bucketClient(nowhere), bucket: 'none' }),
    uploads: createUploads({ client: bucketClient(nowhere), bucket: 'none', isScanned: false }),
    forms,
    identify: async () => ({ kind: 'unauthenticated' }),
    dispatchExport: async () => undefined,
    dispatchTakeDown: async () => undefined,
    openTo: 'everyone',
    offersPublicAddress: true,
    mails: { isSending: false, origin: nowhere },
    people: { pool: createPool(userPoolClient(nowhere), 'none'), heldBy: 'pool', now: () => new Date() },
    log: silent,
    metrics: { count: () => undefined },
    web,
    ...changed,
  });
}

const signedIn: ApplicationParts['identify'] = async () => ({
  kind: 'person',
  person: { id: 'p', name: '県', role: 'prefecture', units: [] },
  issuedAt: 1,
});
const bearer = { authorization: 'Bearer a.b.c' };

describe('every answer', () => {
  it.each([
    '/api/health',
    '/api/openapi.json',
    '/api/forms',
    '/api/nothing',
    '/sign-in',
    '/rounds',
    '/assets/none.css',
    '/sign-in/start',
  ])('is taken for what it says that it is: %s', async (path) => {
    expect((await application().request(path)).headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('goes out compressed, of pages and of the API', async () => {
    for (const path of ['/sign-in', '/api/openapi.json']) {
      const answer = await application().request(path, { headers: { 'accept-encoding': 'gzip, br' } });
      expect([path, answer.headers.get('content-encoding')]).toEqual([path, 'br']);
    }
  });
});

describe('an address for everybody', () => {
  it('is nowhere in a deployment that not everybody may reach, whatever its rounds say', async () => {
    for (const path of ['/public/R6/1/', '/public/R6/latest/', '/public/R6/1/summary.csv'])
      expect((await application({ offersPublicAddress: false }).request(path)).status).toBe(404);
  });

  it('shows nothing while the site is closed', async () => {
    expect((await application({ openTo: 'prefecture' }).request('/public/R6/1/')).status).toBe(503);
  });
});

describe('what a client has already', () => {
  it('is not sent again: a definition, the style sheet', async () => {
    const style = /\/assets\/[\w.]+css/.exec(await (await application().request('/sign-in')).text())?.[0] ?? '';
    for (const path of ['/api/openapi.json', style]) {
      const first = await application().request(path);
      const etag = first.headers.get('etag') ?? '';
      const again = await application().request(path, { headers: { 'if-none-match': etag } });
      expect([path, first.status, again.status, await again.text()]).toEqual([path, 200, 304, '']);
      const other = await application().request(path, { headers: { 'if-none-match': '"another"' } });
      expect(other.status).toBe(200);
    }
  });
});

describe('a call whose body is compressed', () => {
  it('is refused', async () => {
    const answer = await application().request('/api/directory', {
      method: 'PUT',
      body: gzipSync('{}'),
      headers: { ...bearer, 'content-type': 'application/json', 'content-encoding': 'gzip' },
    });
    expect(await answer.json()).toMatchObject({ status: 415, code: 'unsupported-content-encoding' });
  });
});

describe('what cannot be had now', () => {
  it.each([
    [
      'the keys of the issuer',
      { identify: async () => Promise.reject(new Unavailable('keys', new Error('503'))) },
      'unavailable',
    ],
    ['the table', { identify: signedIn }, 'busy'],
  ])('%s: the caller is told when to try again', async (_what, parts: Partial<ApplicationParts>, code) => {
    const answer = await application(parts).request('/api/rounds', { headers: bearer });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await answer.json()).toMatchObject({ code });
  });

  it('the identity provider: a page says so, and when to try again', async () => {
    const answer = await application().request('/sign-in/start');
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await answer.text()).toContain('現在、必要な情報を取得できません');
  });
});

describe('pages that cannot be loaded', () => {
  it('are answered for in Japanese, and asked for anew by the next request', async () => {
    let isThere = false;
    const assets = {
      script: 'void 0',
      get style(): string {
        if (!isThere) throw new Error('no such file');
        return 'body{}';
      },
    };
    const failing = application({ web: { ...web, assets } });
    const answer = await failing.request('/sign-in');
    expect([answer.status, answer.headers.get('x-content-type-options')]).toEqual([500, 'nosniff']);
    expect(await answer.text()).toContain('<h1>エラーが発生しました</h1>');
    isThere = true;
    expect((await failing.request('/sign-in')).status).toBe(200);
  });
});

describe('a log that fails', () => {
  const broken = (): never => {
    throw new Error('the disk is full');
  };

  it('and a counter that fails break no answer', async () => {
    const failing = application({
      log: { info: broken, error: broken },
      metrics: { count: broken },
      identify: signedIn,
    });
    expect((await failing.request('/api/rounds', { headers: bearer })).status).toBe(503);
    expect((await failing.request('/sign-in/start')).status).toBe(503);
    expect((await failing.request('/sign-in/callback?error=access_denied')).status).toBe(400);
  });
});

function recorder(): { counted: OperatorMetric[]; count: (metric: OperatorMetric) => void } {
  const counted: OperatorMetric[] = [];
  return { counted, count: (metric) => counted.push(metric) };
}

describe('an action that is counted', () => {
  it('counts once it is done, and gives what the action gave', async () => {
    const metrics = recorder();
    const submit = counting(metrics, 'Submissions', async (unit: string) => done({ unit }));
    expect(await submit('112038')).toEqual(done({ unit: '112038' }));
    expect(metrics.counted).toEqual(['Submissions']);
  });

  it('does not count when it is refused, or fails', async () => {
    const metrics = recorder();
    await counting(metrics, 'Submissions', async () => refused('closed'))();
    await expect(counting(metrics, 'Submissions', () => Promise.reject(new Error('no table')))()).rejects.toThrow(
      'no table',
    );
    expect(metrics.counted).toEqual([]);
  });

  it('does not count when it only says again what was done before', async () => {
    const metrics = recorder();
    const submit = counting(
      metrics,
      'Submissions',
      async (replayed: boolean) => done({ replayed }),
      ({ replayed }) => !replayed,
    );
    await submit(false);
    await submit(true);
    expect(metrics.counted).toEqual(['Submissions']);
  });
});
