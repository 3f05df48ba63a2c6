/** What holds for every post, and for every answer. */

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fieldIn, TestBrowser } from '../support/browser.ts';
import type { TestSystem } from '../support/system.ts';
import { startNotesSystem } from '../support/notes-system.ts';

let system: TestSystem;
let browser: TestBrowser;

beforeAll(async () => {
  system = await startNotesSystem({ now: Date.now() });
});
afterAll(() => system.stop());
beforeEach(() => {
  browser = new TestBrowser(system.url);
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

  it('to an address with a slash at its end leads to the page without it, also through the sign-in', async () => {
    const open = async (address: string) => (await browser.open(address)).url;
    expect((await browser.request('/public/R6/?x=1')).headers.get('location')).toBe('/public/R6?x=1');
    expect((await browser.request('/public/R6/newest/')).status).toBe(404);
    expect((await browser.signIn('unit-112011', '/note/?x=1')).url.href).toBe(`${system.url}/note?x=1`);
    expect((await open('/sign-in/')).pathname).toBe('/sign-in');
    expect((await open(`${system.url}//evil.example/`)).href).toBe(`${system.url}/evil.example`);
    expect((await browser.request('/api/health/')).status).toBe(404);
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
