/** During an incident the site is open to the prefecture alone: the same data, started anew with the switch thrown. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SystemOptions } from '../../../infra/local/system.ts';
import type { OpenTo } from '../../../schemas/open-to.ts';
import { TestBrowser, fieldIn } from '../support/browser.ts';
import { directoryFixture, openRound, openSystem } from '../support/fixtures.ts';
import { notePages } from '../support/notes-system.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

const accounts: SystemOptions['accounts'] = [
  { id: 'prefecture', name: '埼玉県担当', groups: ['prefecture'] },
  { id: 'unit-112011', name: '川越市担当', groups: ['unit-112011'] },
];

const dataDir = mkdtempSync(join(tmpdir(), 'site-closed-'));
let system: TestSystem;
/** Of 川越市, signed in before anything happened. */
let browser: TestBrowser;
let csrf: string;

async function start(openTo: OpenTo): Promise<void> {
  system = await startTestSystem({ dataDir, accounts, tasks: notePages, openTo });
}

/** The same browser at the address of today's process. */
function moved(before: TestBrowser): TestBrowser {
  const after = new TestBrowser(system.url);
  for (const name of ['yoriai', 'yoriai-kept']) {
    const value = before.cookie(name);
    if (value !== undefined) after.setCookie(name, value);
  }
  return after;
}

beforeAll(async () => {
  await start('everyone');
  await openSystem(system, await directoryFixture('saitama-r6'), 'R6', openRound({ 'municipal-survey': 2024 }));
  browser = new TestBrowser(system.url);
  csrf = fieldIn(await browser.signIn('unit-112011', '/note'), 'token');
  await system.stop();
  await start('prefecture');
  browser = moved(browser);
});
afterAll(async () => {
  await system.stop();
  rmSync(dataDir, { recursive: true });
});

describe('a municipality, while the site is closed', () => {
  it('that is signed in sees a page that says so, whom to ask, and that nothing is lost', async () => {
    const seen = await browser.open('/note');
    expect(seen.status).toBe(503);
    expect(seen.html).toContain('現在、このサイトは埼玉県の担当者のみ利用できます。');
    expect(seen.html).toContain('これまでに保存又は提出された回答は失われていません。');
    expect(seen.html).toContain('000-000-0000');
    expect(seen.headers.get('cache-control')).toBe('no-store');
  });

  it('can sign in, since only then is known who comes, and sees the same', async () => {
    const arrived = await new TestBrowser(system.url).signIn('unit-112011', '/note');
    expect(arrived.status).toBe(503);
    expect(arrived.url.pathname).toBe('/note');
    expect(arrived.html).toContain('川越市担当');
  });

  it('can sign out', async () => {
    const other = new TestBrowser(system.url);
    const token = fieldIn(await other.signIn('unit-112011'), 'csrf');
    expect((await other.post('/sign-out', { csrf: token }, '/')).status).not.toBe(503);
    expect(other.cookie('yoriai')).toBeUndefined();
  });

  it('is told by the script that saves while it types', async () => {
    const saved = await browser.post('/note', { text: 'a', csrf }, '/note', {
      'x-csrf': csrf,
      accept: 'application/json',
    });
    expect(saved.status).toBe(503);
    expect(JSON.parse(saved.html)).toMatchObject({
      code: 'site-closed',
      title: expect.stringContaining('県の担当者のみ'),
    });
  });

  it('is refused by the API, whatever it asks for', async () => {
    const read = await system.municipality('112011').get('/api/rounds');
    expect(read.status).toBe(503);
    expect(read.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(read.json()).toMatchObject({ code: 'site-closed' });
    const written = await system.municipality('112011').put('/api/rounds/R6/returns/municipal-survey/112011', {});
    expect(written.status).toBe(503);
  });
});

describe('everybody else, while the site is closed', () => {
  it('is asked to sign in as ever', async () => {
    expect((await new TestBrowser(system.url).open('/note')).url.pathname).toBe('/sign-in');
  });

  it('hears that it is healthy', async () => {
    expect((await system.bearer().get('/api/health')).status).toBe(200);
  });

  it('works on, where it is the prefecture', async () => {
    expect((await new TestBrowser(system.url).signIn('prefecture')).html).toContain('home of prefecture');
    expect((await system.prefecture.get('/api/rounds')).status).toBe(200);
  });
});

describe('what a municipality typed as the site closed', () => {
  it('is kept, and stands in the form again once the site is open', async () => {
    const posted = await browser.post('/note', { text: '書きかけの回答', csrf }, '/note');
    expect(posted.status).toBe(503);
    expect(posted.html).toContain('入力内容は24時間預かっています。');
    await system.stop();
    await start('everyone');
    browser = moved(browser);
    expect(fieldIn(await browser.open('/note'), 'text')).toBe('書きかけの回答');
  });
});
