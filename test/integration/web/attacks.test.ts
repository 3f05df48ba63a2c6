/** What an attack on a running copy tried and did not get: markup in answers, posts that are not the person's own. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fieldIn, TestBrowser } from '../support/browser.ts';
import { directoryFixture, ok, openRound, openSystem } from '../support/fixtures.ts';
import { formOn, Officer } from '../support/officer.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

const [own, other] = ['112321', '112011'];
const survey = `/rounds/R6/returns/municipal-survey/${own}`;
const foreign = `/rounds/R6/returns/municipal-survey/${other}`;
const report = '/rounds/R6/returns/council-report/saikatsu-kita';
const markup = `"><script>alert(1)</script><img src=x onerror='alert(2)'>`;

let system: TestSystem;

async function signedIn(account: string): Promise<TestBrowser> {
  const browser = new TestBrowser(system.url);
  await browser.signIn(account);
  return browser;
}

beforeAll(async () => {
  system = await startTestSystem({
    accounts: [
      { id: 'officer', name: `久喜市${markup}`, groups: [`unit-${own}`] },
      { id: 'stranger', name: '川越市担当', groups: [`unit-${other}`] },
      { id: 'prefecture', name: '埼玉県担当', groups: ['prefecture'] },
    ],
  });
  await openSystem(
    system,
    await directoryFixture('saitama-r6'),
    'R6',
    openRound({ 'municipal-survey': 2024, 'council-report': 2024 }),
  );
  const answers = {
    profile: { secretariat: markup, goals: [markup] },
    bodies: [{ id: 'b1', name: markup, kind: 'plenary' }],
  };
  ok(await system.municipality(own).put(`/api${report}`, { answers }, { 'if-none-match': '*' }));
});
afterAll(() => system.stop());

describe('markup in what people type', () => {
  it('is text on every page that shows it, to whoever reads it', async () => {
    const [officer, prefecture] = [await signedIn('officer'), await signedIn('prefecture')];
    const pages = [
      ...['', '/sections/profile', '/sections/bodies', '/sections/bodies/entries/b1', '/check', '/print'].map(
        (page) => [officer, `${report}${page}`] as const,
      ),
      [officer, '/'],
      [prefecture, report],
      [prefecture, `${report}/sections/profile`],
      [prefecture, `/rounds/R6?q=${encodeURIComponent(markup)}`],
      [prefecture, `/rounds/R6/log?who=${encodeURIComponent(markup)}`],
    ] as const;
    const shown = await Promise.all(pages.map(([browser, address]) => browser.open(address)));
    for (const { html, url } of shown) expect(html, url.pathname).not.toMatch(/<script>|<img/);
    expect(shown.filter(({ html }) => html.includes('&lt;script&gt;alert(1)')).length).toBeGreaterThan(6);
  });
});

describe('a post that is not the person’s own', () => {
  const saved = async (path: string): Promise<unknown> => ok(await system.prefecture.get(`/api${path}`)).json().answers;

  it('saves nothing: without the token of the session, with that of another, from another site', async () => {
    const [officer, stranger] = [await signedIn('officer'), await signedIn('stranger')];
    const address = `${survey}/sections/contact`;
    const page = await officer.open(address);
    const fields = Object.fromEntries(formOn(page, 'save').fields);
    const { csrf: _, ...without } = fields;
    const foreignToken = fieldIn(await stranger.open(`${foreign}/sections/contact`), 'csrf');
    const fromElsewhere = { 'sec-fetch-site': 'cross-site', origin: 'https://attacker.example' };
    const tries = [
      await officer.post(address, { ...without, 'contact.person': '甲' }, address),
      await officer.post(address, { ...fields, csrf: foreignToken, 'contact.person': '甲' }, address),
      await officer.post(address, { ...fields, 'contact.person': '甲' }, address, fromElsewhere),
    ];
    expect(tries.map(({ status }) => status)).toEqual([403, 403, 403]);
    expect(await saved(survey)).toEqual({});
  });

  it('saves nothing in a return of somebody else, with the ids of their page', async () => {
    const [officer, stranger] = [await signedIn('officer'), await signedIn('stranger')];
    const theirs = await new Officer(officer).open(`${report}/sections/profile`);
    const csrf = fieldIn(await stranger.open('/'), 'csrf');
    const before = await saved(report);
    const fields = { ...Object.fromEntries(formOn(theirs, 'save').fields), csrf, 'profile.purpose': '書換え' };
    const refused = await stranger.post(`${report}/sections/profile`, fields, '/');
    expect([refused.status, refused.html.includes('書換え')]).toEqual([403, true]);
    expect((await stranger.open(`${report}/sections/profile`)).status).toBe(403);
    expect(await saved(report)).toEqual(before);
  });
});
