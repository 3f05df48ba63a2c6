import { html } from 'hono/html';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { page } from '../../../functions/web/shared/layout.tsx';
import type { SystemOptions } from '../../../infra/local/system.ts';
import { fieldIn, TestBrowser } from '../support/browser.ts';
import { directoryFixture, openRound, openSystem } from '../support/fixtures.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

const minute = 60_000;
const start = Date.now();
let clock = start;

/** A page with a form that tells what it was given, and where it posts. */
const pages: SystemOptions['pages'] = [
  (app) => {
    app.get('/', (c) => page(c, { title: 'はじめ' }, html`<p>home of ${c.get('visit').person.id}</p>`));
    app.get('/note', (c) => {
      const { recovered, csrf } = c.get('visit');
      return page(
        c,
        { title: 'メモ' },
        html`<form method="post">
          <input name="token" value="${csrf}" /><input name="text" value="${recovered?.get('text') ?? ''}" />
        </form>`,
      );
    });
    app.post('/note', async (c) => {
      const { text } = await c.req.parseBody<{ text: string }>();
      c.set('isSaved', text !== 'unreadable');
      return c.text(`saved ${text}`);
    });
    app.get('/broken', () => {
      throw new Error('様式第2号の回答');
    });
  },
];

const accounts: SystemOptions['accounts'] = [
  { id: 'prefecture', name: '埼玉県担当', groups: ['prefecture'] },
  { id: 'unit-112011', name: '川越市担当', groups: ['unit-112011'] },
  { id: 'unit-112038', name: '川口市担当', groups: ['unit-112038'] },
  { id: 'nobody', name: '権限のない人', groups: [] },
];

/** What operators would read. */
const logged: string[] = [];

let system: TestSystem;
let browser: TestBrowser;

beforeAll(async () => {
  system = await startTestSystem({
    pages,
    accounts,
    signIn: 'hosted',
    log: {
      info: (event, fields) => logged.push(JSON.stringify({ event, fields })),
      error: (event, _error, fields) => logged.push(JSON.stringify({ event, fields })),
    },
    alter: (storage) => ({ ...storage, now: () => new Date(clock) }),
  });
  await openSystem(system, await directoryFixture('saitama-r6'), 'R6', openRound({ 'municipal-survey': 2024 }));
});
afterAll(() => system.stop());
beforeEach(() => {
  clock = start;
  browser = new TestBrowser(system.url);
});

describe('signing in', () => {
  it('is asked of whoever comes without a session, and leads back to the page wanted', async () => {
    const asked = await browser.open('/note?x=1');
    expect(asked.url.pathname + asked.url.search).toBe('/sign-in?returnTo=%2Fnote%3Fx%3D1');
    expect(asked.html).toContain('href="/sign-in/start?returnTo=%2Fnote%3Fx%3D1"');
    const arrived = await browser.signIn('unit-112011', '/note?x=1');
    expect(arrived.url.href).toBe(`${system.url}/note?x=1`);
    expect(arrived.status).toBe(200);
    expect(arrived.html).toContain('川越市担当');
  });

  it('gives a cookie for this host only, out of reach of scripts and other sites', async () => {
    await browser.signIn('unit-112011');
    const cookie = browser.setCookies.find((line) => line.startsWith('yoriai='));
    expect(cookie).toMatch(/^yoriai=[0-9a-f-]{36}; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  it('is noted in the rounds that are being answered', async () => {
    const noted = async (): Promise<unknown[]> =>
      (await system.prefecture.get('/api/rounds/R6/log?limit=100'))
        .json()
        .log.filter(({ what, actor }: Record<string, unknown>) => what === 'signedIn' && actor === '川口市担当');
    expect(await noted()).toEqual([]);
    await browser.signIn('unit-112038');
    expect(await noted()).toEqual([{ what: 'signedIn', actor: '川口市担当', at: new Date(start).toISOString() }]);
  });

  it('without a role ends on a page that says whom to ask', async () => {
    const refused = await browser.signIn('nobody');
    expect(refused.status).toBe(403);
    expect(refused.html).toContain('demo@yoriai.example');
    expect(browser.cookie('yoriai')).toBeUndefined();
  });

  it.each(['https://evil.example/', '//evil.example/', '/\\evil.example', '/sign-out', 'note', '/%0d%0a/../\t/evil'])(
    'never leads to %j',
    async (returnTo) => {
      const arrived = await browser.signIn('unit-112011', returnTo);
      expect(arrived.url.origin).toBe(system.url);
    },
  );

  it('cannot be finished by another browser, nor twice, nor late', async () => {
    const picker = await browser.open('/sign-in/start');
    const action = new URL(/action="([^"]+)"/.exec(picker.html)?.[1] ?? '', picker.url);
    const resumed = await browser.request(action, {
      method: 'POST',
      body: new URLSearchParams({ account: 'unit-112011' }),
    });
    const callback = (await browser.request(resumed.headers.get('location') ?? '')).headers.get('location') ?? '';
    expect(callback).toContain(`${system.url}/sign-in/callback?code=`);
    const stranger = new TestBrowser(system.url);
    await stranger.open('/sign-in/start');
    expect((await stranger.open(callback)).status).toBe(400);
    clock += 16 * minute;
    expect((await browser.open(callback)).status).toBe(400);
    clock = start;
    expect((await browser.open(callback)).html).toContain('home of unit-112011');
    const again = await browser.open(callback);
    expect(again.status).toBe(400);
    expect(again.html).toContain('もう一度サインインしてください');
  });

  it('says so when the provider refuses', async () => {
    const { headers } = await browser.request('/sign-in/start');
    const state = new URL(headers.get('location') ?? '').searchParams.get('state') ?? '';
    const refused = await browser.open(
      `/sign-in/callback?error=access_denied&state=${state}&iss=${encodeURIComponent(system.issuer)}`,
    );
    expect(refused.status).toBe(400);
    expect(refused.html).not.toContain('access_denied');
    expect(logged.at(-1)).toContain('access_denied');
  });

  it('repeats in the log no text that somebody made up', async () => {
    const { headers } = await browser.request('/sign-in/start');
    const state = new URL(headers.get('location') ?? '').searchParams.get('state') ?? '';
    const path = `/sign-in/callback?error=${'made-up'.repeat(500)}&state=${state}`;
    expect((await browser.open(`${path}&iss=${encodeURIComponent(system.issuer)}`)).status).toBe(400);
    expect(logged.at(-1)).toContain('unknown-code');
    expect(logged.join('')).not.toContain('made-up');
  });

  it('replaces the session before, which then lets nobody in', async () => {
    await browser.signIn('unit-112011');
    const old = browser.cookie('yoriai') ?? '';
    await browser.signIn('unit-112038');
    const thief = new TestBrowser(system.url);
    thief.setCookie('yoriai', old);
    expect((await thief.open('/')).url.pathname).toBe('/sign-in');
    expect((await browser.open('/')).html).toContain('home of unit-112038');
  });
});

describe('a session', () => {
  it('lasts an hour from the last request', async () => {
    await browser.signIn('unit-112011');
    for (const _ of [1, 2, 3]) {
      clock += 54 * minute;
      expect((await browser.open('/')).url.pathname).toBe('/');
    }
    clock += 60 * minute;
    const ended = await browser.open('/');
    expect(ended.url.pathname).toBe('/sign-in');
    expect(ended.html).toContain('60分間操作がない場合');
  });

  it('lasts ten hours at most', async () => {
    await browser.signIn('unit-112011');
    for (let worked = 0; worked < 11; worked += 1) {
      clock += 54 * minute;
      await browser.open('/');
    }
    expect(clock - start).toBeLessThan(600 * minute);
    expect((await browser.open('/')).url.pathname).toBe('/');
    clock = start + 600 * minute;
    expect((await browser.open('/')).url.pathname).toBe('/sign-in');
  });

  it('ends at once when it is signed out, here and at the provider', async () => {
    const home = await browser.signIn('unit-112011');
    const id = browser.cookie('yoriai') ?? '';
    const leaving = await browser.request('/sign-out', {
      method: 'POST',
      body: new URLSearchParams({ csrf: fieldIn(home, 'csrf') }),
    });
    expect(leaving.headers.get('location')).toBe(
      `${system.issuer}/logout?client_id=yoriai-local&logout_uri=${encodeURIComponent(`${system.url}/sign-out`)}`,
    );
    expect(browser.cookie('yoriai')).toBeUndefined();
    const left = await browser.open(leaving.headers.get('location') ?? '');
    expect(left.html).toContain('サインアウトしました');
    browser.setCookie('yoriai', id);
    expect((await browser.open('/')).url.pathname).toBe('/sign-in');
  });

  it('is signed out at the provider by way of our address only: it leads nowhere else', async () => {
    for (const query of [
      `client_id=yoriai-local&logout_uri=${encodeURIComponent('https://evil.example/')}`,
      `client_id=another&logout_uri=${encodeURIComponent(`${system.url}/sign-out`)}`,
      'client_id=yoriai-local',
    ]) {
      const refused = await browser.request(`${system.issuer}/logout?${query}`);
      expect([refused.status, refused.headers.get('location')]).toEqual([400, null]);
    }
  });

  it('that nobody opened lets nobody in', async () => {
    browser.setCookie('yoriai', crypto.randomUUID());
    expect((await browser.open('/')).url.pathname).toBe('/sign-in');
  });
});

describe('a post', () => {
  it("is taken with the session's token, from a form or a script", async () => {
    const note = await browser.signIn('unit-112011', '/note');
    const csrf = fieldIn(note, 'token');
    expect((await browser.post('/note', { csrf, text: '会議' }, '/note')).html).toBe('saved 会議');
    const scripted = await browser.request('/note', {
      method: 'POST',
      headers: { 'x-csrf': csrf },
      body: new URLSearchParams({ text: '自動' }),
    });
    expect(await scripted.text()).toBe('saved 自動');
    const file = new FormData();
    file.set('csrf', csrf);
    file.set('text', '名簿');
    expect(await (await browser.request('/note', { method: 'POST', body: file })).text()).toBe('saved 名簿');
  });

  it('whose parts cannot be told apart is refused as such', async () => {
    await browser.signIn('unit-112011', '/note');
    const headers = { 'content-type': 'multipart/form-data; boundary=x' };
    const refused = await browser.open('/note', { method: 'POST', headers, body: '--x\r\nno part' });
    expect(refused.status).toBe(400);
    expect(refused.html).toContain('読み取れませんでした');
  });

  const tokens: Record<string, string>[] = [{}, { csrf: '' }, { csrf: 'guessed' }];
  it.each(tokens)('with %j for a token is refused', async (token) => {
    await browser.signIn('unit-112011');
    // Under a name that no page of the prefecture has: what is typed there would be shown.
    const refused = await browser.post('/note', { ...token, words: '会議' }, '/note');
    expect(refused.status).toBe(403);
    expect(refused.html).toContain('この操作はできませんでした');
  });

  it('of another site is refused, whatever token it has', async () => {
    const csrf = fieldIn(await browser.signIn('unit-112011', '/note'), 'token');
    const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    expect((await browser.post('/note', { csrf, text: '会議' }, '/note', foreign)).status).toBe(403);
  });

  it('of a script is refused in its own terms', async () => {
    const post = (headers: Record<string, string>): Promise<Response> =>
      browser.request('/note', { method: 'POST', headers, body: new URLSearchParams({ text: 'x' }) });
    const ended = await post({ 'x-csrf': 'any' });
    expect([ended.status, await ended.json()]).toMatchObject([401, { code: 'unauthenticated' }]);
    await browser.signIn('unit-112011');
    const refused = await post({ 'x-csrf': 'wrong' });
    expect([refused.status, await refused.json()]).toMatchObject([403, { code: 'forbidden' }]);
  });
});

describe('what was typed when the session ended', () => {
  const typed = { text: '書きかけの文章　①\r\n二行目' };

  async function postLate(page = '/note'): Promise<string> {
    const csrf = fieldIn(await browser.signIn('unit-112011', page), 'token');
    clock += 61 * minute;
    const asked = await browser.post('/note', { csrf, ...typed }, page);
    expect(asked.url.pathname).toBe('/sign-in');
    expect(asked.html).toContain('入力内容は一時的に預かっています');
    return asked.url.searchParams.get('returnTo') ?? '';
  }

  it('is back on its page once the same person has signed in again, until it is saved', async () => {
    const returnTo = await postLate('/note?from=list');
    expect(returnTo).toBe('/note?from=list');
    const back = await browser.signIn('unit-112011', returnTo);
    expect(back.url.href).toBe(`${system.url}/note?from=list`);
    expect(fieldIn(back, 'text').replaceAll('\r', '')).toBe(typed.text.replaceAll('\r', ''));
    const again = await browser.open(returnTo);
    expect(fieldIn(again, 'text')).toBe(fieldIn(back, 'text'));
    const csrf = fieldIn(again, 'token');
    for (const [text, from] of [
      ['unreadable', '/note'],
      ['elsewhere', '/other'],
    ] as const) {
      await browser.post('/note', { csrf, text }, from);
      expect(fieldIn(await browser.open(returnTo), 'text')).not.toBe('');
    }
    await browser.post('/note', { csrf, text: 'saved' }, returnTo);
    expect(fieldIn(await browser.open(returnTo), 'text')).toBe('');
  });

  it('is kept apart for addresses that are other pages by their query', async () => {
    const csrf = fieldIn(await browser.signIn('unit-112011', '/note'), 'token');
    clock += 61 * minute;
    await browser.post('/note?at=a', { csrf, text: '一枚目' }, '/note?at=a&check=1');
    await browser.post('/note?at=b', { csrf, text: '二枚目' }, '/note?at=b');
    await browser.signIn('unit-112011', '/');
    const shown = async (address: string): Promise<string> => fieldIn(await browser.open(address), 'text');
    expect([await shown('/note?at=a'), await shown('/note?saved=1&at=b'), await shown('/note')]).toEqual([
      '一枚目',
      '二枚目',
      '',
    ]);
  });

  it('is not shown to another person, on another page or in another browser', async () => {
    const returnTo = await postLate();
    expect(fieldIn(await browser.signIn('unit-112038', returnTo), 'text')).toBe('');
    const other = new TestBrowser(system.url);
    expect(fieldIn(await other.signIn('unit-112011', returnTo), 'text')).toBe('');
    await browser.signIn('unit-112011', '/');
    expect(fieldIn(await browser.open(returnTo), 'text')).not.toBe('');
  });

  it('is kept for a day', async () => {
    const returnTo = await postLate();
    clock += 24 * 60 * minute;
    expect(fieldIn(await browser.signIn('unit-112011', returnTo), 'text')).toBe('');
  });

  it('is kept of every tab', async () => {
    const csrf = fieldIn(await browser.signIn('unit-112011', '/note'), 'token');
    clock += 61 * minute;
    await browser.post('/note', { csrf, text: '一枚目' }, '/note');
    await browser.post('/note', { csrf, text: '二枚目' }, '/other');
    expect(fieldIn(await browser.signIn('unit-112011', '/note'), 'text')).toBe('一枚目');
  });

  it('is kept although the page stood open over the holidays', async () => {
    const csrf = fieldIn(await browser.signIn('unit-112011', '/note'), 'token');
    clock += 10 * 24 * 60 * minute;
    await browser.post('/note', { csrf, ...typed }, '/note');
    expect(fieldIn(await browser.signIn('unit-112011', '/note'), 'text')).toContain('書きかけの文章');
  });

  it('is kept although the person has signed out in another tab', async () => {
    const csrf = fieldIn(await browser.signIn('unit-112011', '/note'), 'token');
    await browser.post('/sign-out', { csrf }, '/');
    const asked = await browser.post('/note', { csrf, ...typed }, '/note');
    expect(asked.html).toContain('入力内容は一時的に預かっています');
    expect((await browser.open('/note')).url.pathname).toBe('/sign-in');
    expect(fieldIn(await browser.signIn('unit-112011', '/note'), 'text')).toContain('書きかけの文章');
  });

  it('is not kept when it comes without the token of the session that ended', async () => {
    const csrf = fieldIn(await browser.signIn('unit-112011', '/note'), 'token');
    await browser.post('/sign-out', { csrf }, '/');
    await browser.post('/note', typed, '/note');
    expect(fieldIn(await browser.signIn('unit-112011', '/note'), 'text')).not.toContain('書きかけの文章');
  });

  it('is kept for nobody who never had a session, so that strangers write nothing', async () => {
    const csrf = fieldIn(await browser.signIn('unit-112011', '/note'), 'csrf');
    browser.setCookie('yoriai', crypto.randomUUID());
    const asked = await browser.post('/note', { csrf, words: '書きかけの文章' }, '/note');
    expect(asked.url.pathname + asked.url.search).toBe('/sign-in?returnTo=%2Fnote&reason=expired');
    expect(browser.cookie('yoriai-kept')).toBeUndefined();
  });

  it('is given back to look at when a page from before signing in again is posted', async () => {
    const csrf = fieldIn(await browser.signIn('unit-112011', '/note'), 'token');
    await browser.signIn('unit-112011', '/');
    const back = await browser.post('/note', { csrf, ...typed }, '/note');
    expect(back.url.pathname).toBe('/note');
    expect(fieldIn(back, 'text')).toContain('書きかけの文章');
  });

  it('is not kept when it is too large, and the person is told', async () => {
    const csrf = fieldIn(await browser.signIn('unit-112011', '/note'), 'token');
    clock += 61 * minute;
    const asked = await browser.post('/note', { csrf, text: 'x'.repeat(1_100_000) }, '/note');
    expect(asked.html).toContain('預かることができませんでした');
  });
});

describe('every answer', () => {
  it('carries the policy that keeps everything foreign out', async () => {
    for (const { headers } of [
      await browser.open('/'),
      await browser.signIn('unit-112011'),
      await browser.open('/nowhere'),
    ]) {
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
      expect(policy).not.toContain('unsafe');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('same-origin');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.has('strict-transport-security')).toBe(false);
    }
  });

  it('names assets by their content, to be kept for good', async () => {
    const { html } = await browser.open('/sign-in');
    const [style = ''] = /\/assets\/[0-9a-f]{16}\.css/.exec(html) ?? [];
    const answer = await browser.request(style);
    expect(answer.headers.get('content-type')).toBe('text/css; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect((await browser.request('/assets/0000000000000000.css')).status).toBe(404);
  });

  it('to an unknown address is a page that says so', async () => {
    await browser.signIn('unit-112011');
    const missing = await browser.open('/nowhere');
    expect(missing.status).toBe(404);
    expect(missing.html).toContain('ページが見つかりません');
  });

  it('to a fault is a page with a number for the operator and nothing of the fault', async () => {
    await browser.signIn('unit-112011');
    const broken = await browser.open('/broken');
    expect(broken.status).toBe(500);
    expect(broken.html).toMatch(/番号：[0-9a-f]{8}/);
    expect(broken.html).not.toContain('様式第2号');
  });
});
