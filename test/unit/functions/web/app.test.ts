/** The web as it is deployed: over https, behind a gateway's stage. What happens over plain http is tested on a laptop. */

import { html } from 'hono/html';
import { describe, expect, it } from 'vitest';
import type { Person } from '../../../../functions/domain/authorisation.ts';
import type { Session } from '../../../../functions/storage/sessions.ts';
import { createWeb } from '../../../../functions/web/app.tsx';
import { page } from '../../../../functions/web/shared/layout.tsx';
import { idleService } from '../../support/idle-service.ts';

const person: Person = { id: 'u1', name: '川越市担当', role: 'municipality', units: ['112011'] };
const origin = 'https://yoriai.example';

function web(logged: string[] = [], basePath = '/main'): ReturnType<typeof createWeb> {
  const open = new Map<string, Session>();
  return createWeb({
    openTo: 'everyone',
    signOuts: { barredAmong: async () => new Set() },
    attempts: { countAttempt: async () => 1 },
    service: idleService(),
    signIn: {
      kind: 'hosted',
      provider: {
        depart: async (redirectUri) => ({
          url: new URL(`https://idp.example/?to=${redirectUri.href}`),
          state: 's',
          nonce: 'n',
          verifier: 'v',
        }),
        arrive: async () => ({ kind: 'person', person, issuedAt: 1 }),
        signOutUrl: () => undefined,
        signOutOrigin: 'https://idp.example',
      },
      signIns: {
        beginSignIn: async () => undefined,
        finishSignIn: async () => ({ state: 's', nonce: 'n', verifier: 'v', returnTo: '/main/rounds/R6' }),
      },
    },
    sessions: {
      open: async (who) => {
        open.set('id', { person: who, csrf: 'token', hasEnded: false });
        return { id: 'id' };
      },
      session: async (id) => open.get(id),
      ownerOf: async () => undefined,
      close: async (id) => {
        open.delete(id);
      },
      saveRecoveredForm: async () => true,
      recoveredForm: async () => undefined,
      deleteRecoveredForm: async () => undefined,
    },
    assets: { style: 'body{}', script: 'void 0' },
    basePath,
    publicOrigin: origin,
    prefectureName: '埼玉県',
    retentionYears: 5,
    contact: { department: '福祉部', phone: '048-000-0000', email: 'a@saitama.example' },
    secure: true,
    log: {
      info: () => undefined,
      error: (event, _error, fields) => logged.push(`${event} ${fields?.['path']} ${fields?.['number']}`),
    },
    now: () => new Date('2024-11-01T00:00:00Z'),
    tasks: [
      {
        paths: ['/missing-code/:id'],
        load: async () => {
          throw new Error('no such file');
        },
      },
      {
        paths: ['*'],
        load: async () => [
          (app) => {
            app.get('/', (c) =>
              page(c, { title: 'はじめ', wide: true, hasErrors: true, script: true }, html`<p>本文</p>`),
            );
            app.get('/broken', () => {
              throw new Error('secret');
            });
            app.get('/busy', () => {
              throw Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
            });
            app.get('/file', (c) => c.body('x', 200, { 'cache-control': 'private, max-age=60' }));
          },
        ],
      },
    ],
  });
}

async function signedIn(app: ReturnType<typeof createWeb>): Promise<{ headers: { cookie: string } }> {
  await app.request('/sign-in/callback?code=c&state=s', { headers: { cookie: '__Host-yoriai-sign-in=b' } });
  return { headers: { cookie: '__Host-yoriai=id' } };
}

describe('a deployed application', () => {
  it('sends people to the provider and has them sent back to its own public address', async () => {
    const leaving = await web().request('/sign-in/start?returnTo=/main/rounds/R6');
    expect(leaving.headers.get('location')).toBe(`https://idp.example/?to=${origin}/main/sign-in/callback`);
    expect(leaving.headers.get('set-cookie')).toMatch(
      /^__Host-yoriai-sign-in=[0-9a-f-]{36}; Max-Age=900; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
  });

  it('gives a session cookie that no other host and no plain http can set', async () => {
    const arrived = await web().request('/sign-in/callback?code=c&state=s', {
      headers: { cookie: '__Host-yoriai-sign-in=b' },
    });
    expect(arrived.headers.get('location')).toBe('/main/rounds/R6');
    expect(arrived.headers.getSetCookie()).toContain('__Host-yoriai=id; Path=/; HttpOnly; Secure; SameSite=Lax');
  });

  it('is from then on https only', async () => {
    const { headers } = await web().request('/sign-in');
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
    expect(headers.get('content-security-policy')).toContain("form-action 'self' https://idp.example;");
  });

  it('puts its base path in front of every link', async () => {
    const app = web();
    const document = await (await app.request('/', await signedIn(app))).text();
    const links = [...document.matchAll(/ (?:href|src|action)="([^"#]*)"/g)].map(([, link]) => link);
    expect(links.length).toBeGreaterThan(3);
    expect(links.filter((link) => link?.startsWith('/main/') !== true)).toEqual(['data:,']);
    const asked = await app.request('/rounds/R6?x=1');
    expect(asked.headers.get('location')).toBe('/main/sign-in?returnTo=%2Fmain%2Frounds%2FR6%3Fx%3D1');
  });

  it('takes posts of its public address only', async () => {
    const app = web();
    const { headers } = await signedIn(app);
    const post = (from: string): Promise<Response> =>
      Promise.resolve(
        app.request('/sign-out', {
          method: 'POST',
          body: new URLSearchParams({ csrf: 'token' }),
          headers: { ...headers, origin: from },
        }),
      );
    expect((await post('https://evil.example')).status).toBe(403);
    expect((await post(origin)).headers.get('location')).toBe('/main/sign-out');
  });
});

describe('a page', () => {
  it('is a Japanese document that says who is there, and its errors first', async () => {
    const app = web();
    const answer = await app.request('/', await signedIn(app));
    const document = await answer.text();
    expect(document).toMatch(/^<!doctype html><html lang="ja">/);
    expect(document).toContain('<title>エラー：はじめ｜寄合 埼玉県</title>');
    expect(document).toContain('川越市担当');
    expect(document).toMatch(/<script type="module" src="\/main\/assets\/[0-9a-f]{16}\.js"><\/script>/);
    expect(document).toContain('<main id="main" class="page" tabindex="-1"><p>本文</p></main>');
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it.each([
    ['/file/', '/main/file'],
    ['/rounds/R6//?state=draft&q=%2F', '/main/rounds/R6?state=draft&q=%2F'],
    ['//evil.example/', '/main/evil.example'],
    ['//', '/main/'],
    ['/%5Cevil.example/', '/main/%5Cevil.example'],
  ])('that is asked for as %s has one address', async (asked, address) => {
    const app = web();
    const { headers } = await signedIn(app);
    for (const method of ['GET', 'HEAD']) {
      const answer = await app.request(new Request(`https://yoriai.example${asked}`, { method, headers }));
      expect([answer.status, answer.headers.get('location')]).toEqual([308, address]);
    }
    const body = new URLSearchParams({ csrf: 'token' });
    expect((await app.request(asked, { method: 'POST', body, headers })).status).toBe(404);
  });

  it('has no style and no script of its own', async () => {
    const document = await (await web().request('/sign-in')).text();
    expect(document).not.toMatch(/<style|<script|style=| on\w+=/);
  });

  it('that serves a file says itself how long it may be kept', async () => {
    const app = web();
    expect((await app.request('/file', await signedIn(app))).headers.get('cache-control')).toBe('private, max-age=60');
  });
});

describe('a failure', () => {
  it('shows the number under which the operator finds it, and nothing of what happened', async () => {
    const logged: string[] = [];
    const app = web(logged);
    const answer = await app.request('/broken', await signedIn(app));
    const document = await answer.text();
    const number = /番号：([0-9a-f]{8})/.exec(document)?.[1];
    expect(answer.status).toBe(500);
    expect(document).not.toContain('secret');
    expect(logged).toEqual([`page failed /broken ${number}`]);
    expect(document).toContain('電話 048-000-0000');
  });

  it('to load the code of a page is told as any other', async () => {
    const logged: string[] = [];
    const app = web(logged);
    const answer = await app.request('/missing-code/112011', await signedIn(app));
    const document = await answer.text();
    const number = /番号：([0-9a-f]{8})/.exec(document)?.[1];
    expect(answer.status).toBe(500);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(document).not.toContain('no such file');
    expect(logged).toEqual([`page failed /missing-code/:id ${number}`]);
  });

  it('to tell of a failure is left to whoever mounts the pages, and printed nowhere', async () => {
    const broken: string[] = [];
    Object.freeze(broken);
    const app = web(broken);
    await expect(app.request('/broken', await signedIn(app))).rejects.toThrow(TypeError);
  });

  it('that passes by itself asks to try again', async () => {
    const app = web();
    const answer = await app.request('/busy', await signedIn(app));
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain('しばらくしてから');
  });

  it('of a body that is too large is a page', async () => {
    const answer = await web().request('/x', {
      method: 'POST',
      body: 'x'.repeat(4 * 1024 * 1024 + 1),
      headers: { 'content-length': String(4 * 1024 * 1024 + 1) },
    });
    expect(answer.status).toBe(413);
    expect(await answer.text()).toContain('送信されたデータが大きすぎます');
  });

  it('of a file that is too large leads back to where files are sent', async () => {
    const body = new FormData();
    body.append('file', new File([new Uint8Array(4 * 1024 * 1024)], '要綱.pdf'));
    const answer = await web().request('/forms/import', { method: 'POST', body });
    const document = await answer.text();
    expect(answer.status).toBe(413);
    expect(document).toContain('ファイルが大きすぎます');
    expect(document).toContain('href="/main/forms/import"');
  });

  it.each(['//evil.example/', '/%5Cevil.example/', '/%5c/evil.example', '/\\evil.example'])(
    'of a file that is too large leads to no other host: %s',
    async (address) => {
      const body = new FormData();
      body.append('file', new File([new Uint8Array(4 * 1024 * 1024)], '要綱.pdf'));
      const document = await (await web([], '').request(address, { method: 'POST', body })).text();
      const [, href = ''] = /href="([^"]*)">前の画面に戻る/.exec(document) ?? [];
      expect(new URL(href, 'https://yoriai.example').origin).toBe('https://yoriai.example');
      expect(href).not.toBe('');
    },
  );

  it('is told the script that saves while somebody types in a way that it can show', async () => {
    const body = new URLSearchParams({ text: 'x'.repeat(5 * 1024 * 1024) });
    const answer = await web().request('/', { method: 'POST', body, headers: { 'x-csrf': 'token' } });
    expect([answer.status, await answer.json()]).toEqual([
      413,
      { message: expect.stringContaining('送信されたデータが大きすぎます。') },
    ]);
  });
});
