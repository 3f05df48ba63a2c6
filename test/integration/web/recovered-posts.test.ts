/** What was typed when a session ended: there again after the next sign-in, for that person and that page alone. */

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fieldIn, TestBrowser } from '../support/browser.ts';
import type { TestSystem } from '../support/system.ts';
import { minute, startNotesSystem } from '../support/notes-system.ts';

const start = Date.now();
const clock = { now: start };

let system: TestSystem;
let browser: TestBrowser;

beforeAll(async () => {
  system = await startNotesSystem(clock);
});
afterAll(() => system.stop());
beforeEach(() => {
  clock.now = start;
  browser = new TestBrowser(system.url);
});

describe('what was typed when the session ended', () => {
  const typed = { text: '書きかけの文章　①\r\n二行目' };

  async function postLate(page = '/note'): Promise<string> {
    const csrf = fieldIn(await browser.signIn('unit-112011', page), 'token');
    clock.now += 61 * minute;
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
    clock.now += 61 * minute;
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
    clock.now += 24 * 60 * minute;
    expect(fieldIn(await browser.signIn('unit-112011', returnTo), 'text')).toBe('');
  });

  it('is kept of every tab', async () => {
    const csrf = fieldIn(await browser.signIn('unit-112011', '/note'), 'token');
    clock.now += 61 * minute;
    await browser.post('/note', { csrf, text: '一枚目' }, '/note');
    await browser.post('/note', { csrf, text: '二枚目' }, '/other');
    expect(fieldIn(await browser.signIn('unit-112011', '/note'), 'text')).toBe('一枚目');
  });

  it('is kept although the page stood open over the holidays', async () => {
    const csrf = fieldIn(await browser.signIn('unit-112011', '/note'), 'token');
    clock.now += 10 * 24 * 60 * minute;
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

  it('is kept although the browser has lost its cookies, which the page alone does not replace', async () => {
    const csrf = fieldIn(await browser.signIn('unit-112011', '/note'), 'token');
    const without = new TestBrowser(system.url);
    const post = (accept: Record<string, string>): Promise<Response> =>
      without.request('/note', {
        method: 'POST',
        headers: { 'sec-fetch-site': 'same-origin', ...accept },
        body: new URLSearchParams({ csrf, ...typed }),
      });
    const told = await post({ 'x-csrf': csrf });
    expect([told.status, await told.json()]).toMatchObject([
      401,
      { code: 'unauthenticated', detail: expect.stringContaining('入力した内容は失われません') },
    ]);
    expect((await post({})).headers.get('location')).toBe('/sign-in?returnTo=%2Fnote&reason=kept');
    const back = await without.signIn('unit-112011', '/note');
    expect(fieldIn(back, 'text')).toContain('書きかけの文章');
  });

  it('is not promised to be kept to a script whose page nobody knows, or of another person', async () => {
    const csrf = fieldIn(await browser.signIn('unit-112011', '/note'), 'token');
    const told = async (token: string): Promise<unknown> => {
      const headers = { 'x-csrf': token, 'sec-fetch-site': 'same-origin' };
      return (await browser.request('/note', { method: 'POST', headers, body: new URLSearchParams(typed) })).json();
    };
    await browser.signIn('unit-112038', '/');
    expect(await told(csrf)).toMatchObject({ detail: expect.stringContaining('別の方がサインインしています') });
    await browser.signIn('unit-112011', '/');
    expect(await told(csrf)).toMatchObject({ detail: expect.stringContaining('失われません') });
    browser.setCookie('yoriai', 'lost');
    expect(await told('unknown')).toMatchObject({ detail: expect.stringContaining('控えてください') });
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
    const [place = '', rest = ''] = csrf.split('-');
    for (const forged of [`${'0'.repeat(place.length)}-${rest}`, csrf.replace(rest, crypto.randomUUID()), place]) {
      const asked = await browser.post('/note', { csrf: forged, words: '書きかけの文章' }, '/note');
      expect(asked.url.pathname + asked.url.search).toBe('/sign-in?returnTo=%2Fnote&reason=expired');
    }
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
    clock.now += 61 * minute;
    const asked = await browser.post('/note', { csrf, text: 'x'.repeat(1_100_000) }, '/note');
    expect(asked.html).toContain('預かることができませんでした');
  });
});
