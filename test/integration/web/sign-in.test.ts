import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSignOuts } from '../../../functions/storage/sign-outs.ts';
import { fieldIn, TestBrowser } from '../support/browser.ts';
import type { TestSystem } from '../support/system.ts';
import { minute, startNotesSystem } from '../support/notes-system.ts';

/** What operators would read. */
const logged: string[] = [];
const start = Date.now();
const clock = { now: start };

let system: TestSystem;
let browser: TestBrowser;

beforeAll(async () => {
  system = await startNotesSystem(clock, logged);
});
afterAll(() => system.stop());
beforeEach(() => {
  clock.now = start;
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
    clock.now += 16 * minute;
    expect((await browser.open(callback)).status).toBe(400);
    clock.now = start;
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

  it('while the account is changed is not told as a fault of whoever signs in', async () => {
    const signOuts = createSignOuts(system.storage);
    await signOuts.bar('unit-112038');
    const refused = await browser.signIn('unit-112038');
    expect([refused.status, refused.html.includes('変更された直後')]).toEqual([409, true]);
    expect(logged.at(-1)).toContain('account-just-changed');
    await signOuts.admit('unit-112038', new Date(start - minute));
    expect((await browser.signIn('unit-112038')).status).toBe(200);
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
      clock.now += 54 * minute;
      expect((await browser.open('/')).url.pathname).toBe('/');
    }
    clock.now += 60 * minute;
    const ended = await browser.open('/');
    expect(ended.url.pathname).toBe('/sign-in');
    expect(ended.html).toContain('60分間操作がない場合');
  });

  it('lasts ten hours at most', async () => {
    await browser.signIn('unit-112011');
    for (let worked = 0; worked < 11; worked += 1) {
      clock.now += 54 * minute;
      await browser.open('/');
    }
    expect(clock.now - start).toBeLessThan(600 * minute);
    expect((await browser.open('/')).url.pathname).toBe('/');
    clock.now = start + 600 * minute;
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
