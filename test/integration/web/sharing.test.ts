/** 庁内の共有: links for colleagues, made by who edits a return, and opened without an account and without a script. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createShareStore, shareIdOf } from '../../../functions/storage/shares.ts';
import type { Share } from '../../../schemas/share.ts';
import { TestBrowser, fieldIn, words } from '../support/browser.ts';
import type { Loaded } from '../support/browser.ts';
import { answer, answersFixture, ok, openRound } from '../support/fixtures.ts';
import { formTo } from '../support/officer.ts';
import type { TestSystem } from '../support/system.ts';
import { startTown, unit } from '../support/town-with-councils.ts';

const other = '112011';
const forms = { 'municipal-survey': 2024, 'council-report': 2024 };
const returnOf = (id: string, round = 'R6') => `/rounds/${round}/returns/council-report/${id}`;
const tried = returnOf('tried');
const day = 86_400_000;

const logged: string[] = [];
let system: TestSystem;
let officer: TestBrowser;

beforeAll(async () => {
  const log = (...given: readonly unknown[]): number => logged.push(JSON.stringify(given));
  ({ system, officer } = await startTown({
    councils: ['tried', 'sent', 'closed'],
    asked: forms,
    hasRoundBefore: false,
    accounts: [{ id: 'neighbour', name: '川越市担当', groups: [`unit-${other}`] }],
    log: { info: log, error: log },
  }));
});
afterAll(() => system.stop());

function post(page: Loaded, action: string, fields: readonly (readonly [string, string])[]): Promise<Loaded> {
  return officer.postFrom(page, action, fields);
}

/** A link that the officer makes on the page. */
async function linkTo(address: string, sections: readonly string[]): Promise<URL> {
  const fields = [
    ['name', '障害福祉課'],
    ['days', '7'],
    ['action', 'make'],
  ] as const;
  const page = await post(await officer.open(`${address}/shares`), `${address}/shares`, [
    ...fields,
    ...sections.map((section) => ['sections', section] as const),
  ]);
  const url = /id="new-link" value="([^"]*)"/.exec(page.html)?.[1];
  if (url === undefined) throw new Error(`${page.status} ${words(page)}`);
  return new URL(url);
}

/** Gives a name at a link, as the page asks for it. */
async function come(link: URL | string, name: string, browser = new TestBrowser(system.url)) {
  const page = await browser.open(link);
  if (!page.html.includes('name="name"')) return { browser, page };
  const action = formTo(page, `${page.url.pathname}${page.url.search}`).action;
  return { browser, page: await browser.post(action, { name }, page.url, { referer: '' }) };
}

/** A section's page, posted with one field changed. */
async function save(browser: TestBrowser, page: Loaded, name: string, value: string, button = 'save'): Promise<Loaded> {
  const form = formTo(page, page.url.pathname);
  const body = new URLSearchParams(form.fields.map(([key, each]): [string, string] => [key, each]));
  body.set(name, value);
  body.set('action', button);
  return browser.open(page.url, {
    method: 'POST',
    body,
    headers: { origin: system.url, 'sec-fetch-site': 'same-origin', referer: page.url.href },
  });
}

interface Draft {
  readonly answers: { readonly profile?: { readonly organisations?: number } };
  readonly savedBy: string;
  readonly state: string;
}

async function draftOf(id: string): Promise<Draft> {
  return ok(await system.municipality(unit).get(`/api${returnOf(id)}`)).json();
}

async function logLines(): Promise<{ what: string; actor: string }[]> {
  return ok(await system.prefecture.get('/api/rounds/R6/log?limit=500')).json().log;
}

describe('a link for some sections', () => {
  it('lets a colleague save these under a name, and see and do nothing else', async () => {
    const link = await linkTo(tried, ['profile']);
    const asked = await new TestBrowser(system.url).open(link);
    expect(asked.headers.get('referrer-policy')).toBe('no-referrer');
    expect(asked.html).not.toContain('<script');
    expect(words(asked)).toContain('協議会tried');
    const { browser, page } = await come(link, '山田');
    expect([page.status, page.url.pathname]).toEqual([200, tried]);
    const sections = [...page.html.matchAll(/\/sections\/([A-Za-z]+)"/g)].map(([, key]) => key);
    expect(sections).toEqual(['profile']);

    const saved = await save(
      browser,
      await browser.open(`${tried}/sections/profile`),
      'profile.organisations',
      '12',
      'next',
    );
    expect([saved.status, saved.url.pathname]).toEqual([200, tried]);
    expect(await draftOf('tried')).toMatchObject({
      answers: { profile: { organisations: 12 } },
      savedBy: '山田（共有）',
      state: 'draft',
    });

    const shut = [
      ...['/sections/bodies', '/check', '/shares', '/history', '/print', '/workbook', '/takeover', '/receipt'].map(
        (path) => `${tried}${path}`,
      ),
      returnOf('sent'),
      `/rounds/R6/returns/municipal-survey/${unit}`,
      '/rounds/R6/guide',
      '/rounds/R6',
      '/directory',
    ];
    const statuses = await Promise.all(shut.map(async (path) => (await browser.request(path)).status));
    expect(Object.fromEntries(shut.map((path, index) => [path, statuses[index]]))).toEqual(
      Object.fromEntries(shut.map((path) => [path, 403])),
    );
    const csrf = fieldIn(await browser.open(`${tried}/sections/profile`), 'csrf');
    for (const path of ['submission', 'withdrawal', 'shares', 'sections/bodies']) {
      const refused = await browser.post(`${tried}/${path}`, { csrf, action: 'add:bodies' }, tried);
      expect([path, refused.status]).toEqual([path, 403]);
    }
    const removed = JSON.stringify({ list: 'bodies', at: 0, entry: { id: 'b1' } });
    await browser.post(`${tried}/sections/profile`, { csrf, action: 'restore', removed }, tried);
    expect(Object.keys((await draftOf('tried')).answers)).toEqual(['profile']);
    expect((await browser.open('/')).url.pathname).toBe(tried);
  });

  it('is shown once, listed, and logged without what opens it', async () => {
    const link = await linkTo(tried, ['profile']);
    const secret = link.searchParams.get('key') ?? '';
    await come(link, '佐藤');
    const list = await officer.open(`${tried}/shares`);
    expect(words(list)).toContain('障害福祉課');
    expect(list.html).not.toContain(secret);
    const lines = await logLines();
    expect(lines).toContainEqual(expect.objectContaining({ what: 'shared', actor: 'さいたま市担当' }));
    expect(lines).toContainEqual(expect.objectContaining({ what: 'shareOpened', actor: '佐藤（共有）' }));
    expect(`${JSON.stringify(lines)}${logged.join('')}`).not.toContain(secret);
    const items = await createShareStore(system.storage).shares({ round: 'R6', form: 'council-report', unit: 'tried' });
    expect(items.map(({ id }) => id)).toContain(shareIdOf(secret));
    expect(JSON.stringify(items)).not.toContain(secret);
  });

  it('asks for a name that can be shown', async () => {
    const link = await linkTo(tried, ['profile']);
    for (const name of ['', '　', 'あ'.repeat(41), '山田\u202E']) {
      const { page } = await come(link, name);
      expect([name, page.status]).toEqual([name, 422]);
      expect(page.html).toContain('id="field-name-error"');
    }
  });
});

describe('a link for the whole return', () => {
  it('opens it in two browsers at once, where what both changed is for people to choose', async () => {
    const link = await linkTo(tried, ['*']);
    const [one, two] = [await come(link, '山田'), await come(link, '鈴木')];
    const address = `${tried}/sections/profile`;
    const [first, second] = [await one.browser.open(address), await two.browser.open(address)];
    await save(one.browser, first, 'profile.organisations', '21');
    const met = await save(two.browser, second, 'profile.organisations', '22');
    expect(met.status).toBe(412);
    expect(words(met)).toContain('山田（共有）');
    expect((await draftOf('tried')).answers.profile?.organisations).toBe(21);
  });

  it('is no way in for who is signed in, and none out', async () => {
    const link = await linkTo(tried, ['*']);
    const neighbour = new TestBrowser(system.url);
    await neighbour.signIn('neighbour');
    const page = await neighbour.open(link);
    expect(words(page)).toContain('「川越市担当」としてサインインしています');
    expect((await neighbour.open(tried)).status).toBe(403);
    const later = await neighbour.post(link, { name: '川越' }, link);
    expect(words(later)).toContain('サインイン中です');
  });
});

describe('a link that is over', () => {
  const over = async (link: URL | string): Promise<number> => (await new TestBrowser(system.url).open(link)).status;

  it('lets nobody in after it is taken back, and shows what was typed meanwhile', async () => {
    const link = await linkTo(tried, ['profile']);
    const { browser } = await come(link, '高橋');
    const page = await browser.open(`${tried}/sections/profile`);
    const list = await officer.open(`${tried}/shares`);
    const ended = await post(list, `${tried}/shares`, [['end', fieldIn(list, 'end')]]);
    expect(words(ended)).toContain('リンクを取り消しました。');
    expect(await over(link)).toBe(410);
    expect((await browser.open(tried)).status).toBe(410);
    const lost = await save(browser, page, 'profile.organisations', '99');
    expect(lost.status).toBe(410);
    expect(words(lost)).toContain('共有のリンクが使えなくなったため、保存できませんでした');
    expect(words(lost)).toContain('99');
    expect((await draftOf('tried')).answers.profile?.organisations).toBe(21);
    expect(await logLines()).toContainEqual(expect.objectContaining({ what: 'shareEnded', actor: 'さいたま市担当' }));
  });

  it('shows what was typed where the session of who came by it is over as well', async () => {
    const link = await linkTo(tried, ['profile']);
    const { browser } = await come(link, '渡辺');
    const page = await browser.open(`${tried}/sections/profile`);
    const { fields } = formTo(page, page.url.pathname);
    const csrf = fields.find(([name]) => name === 'csrf')?.[1] ?? '';
    browser.setCookie('yoriai', 'lost');
    const script = async (): Promise<string> => {
      const answered = await browser.request(page.url, { method: 'POST', headers: { 'x-csrf': csrf } });
      return JSON.parse(await answered.text()).detail;
    };
    expect(await script()).toContain('失われません');
    const kept = await save(browser, page, 'profile.organisations', '97');
    expect([kept.status, words(kept).includes('24時間預かっています')]).toEqual([401, true]);
    const large = await save(browser, page, 'profile.organisations', '9'.repeat(1_100_000));
    expect([large.status, words(large).includes('預かることができませんでした')]).toEqual([401, true]);
    const list = await officer.open(`${tried}/shares`);
    await post(list, `${tried}/shares`, [['end', fieldIn(list, 'end')]]);
    expect(await script()).toContain('共有のリンクが使えなくなりました');
    const lost = await save(browser, page, 'profile.organisations', '98');
    expect([lost.status, words(lost).includes('98')]).toEqual([410, true]);
  });

  it('by its own date', async () => {
    const past = new Date(Date.now() - 1000).toISOString();
    const share: Share = {
      id: shareIdOf('past'),
      name: '総務課',
      expiresAt: past,
      createdAt: past,
      createdBy: 'さいたま市担当',
      editor: unit,
    };
    await createShareStore(system.storage).addShare({ round: 'R6', form: 'council-report', unit: 'tried' }, share);
    expect(await over(`${tried}/shared?key=past`)).toBe(410);
  });

  it('with the submission, again open when that is sent back, and with the round', async () => {
    const client = system.municipality(unit);
    const link = await linkTo(returnOf('sent'), ['*']);
    await answer(client, `/api${returnOf('sent')}`, await answersFixture('councils/kisarazu.json'));
    expect(await over(link)).toBe(410);
    const decision = { version: 1, decision: 'return', comment: '直してください' };
    ok(await system.prefecture.post(`/api${returnOf('sent')}/decision`, decision));
    expect(await over(link)).toBe(200);

    const ended = new Date(Date.now() - day).toISOString().slice(0, 10);
    ok(await system.prefecture.put('/api/rounds/R7', openRound(forms)));
    const closing = await linkTo(returnOf('closed', 'R7'), ['*']);
    expect(await over(closing)).toBe(200);
    const opensAt = new Date(Date.now() - 5 * day).toISOString().slice(0, 10);
    ok(await system.prefecture.put('/api/rounds/R7', openRound(forms, { opensAt, dueAt: ended, closesAt: ended })));
    expect(await over(closing)).toBe(410);
    const page = await officer.open(`${returnOf('closed', 'R7')}/shares`);
    expect(words(page)).toContain('今は入力を受け付けていないため、リンクを作成できません。');
  });

  it('is none where another municipality has the return, and none at another return', async () => {
    const link = await linkTo(tried, ['*']);
    const elsewhere = `${link}`.replace('/tried/', '/sent/');
    expect(await over(elsewhere)).toBe(404);
    for (const key of ['', 'x', '0'.repeat(5000)]) expect(await over(`${tried}/shared?key=${key}`)).toBe(404);
    expect(await over('/rounds/R99/returns/council-report/tried/shared?key=x')).toBe(404);
    expect(await over('/rounds/R6/returns/constructor/tried/shared?key=x')).toBe(404);
  });
});

describe('by the API', () => {
  const path = `/api${tried}/shares`;
  const soon = new Date(Date.now() + day).toISOString();

  it('a link is made, listed and ended', async () => {
    const client = system.municipality(unit);
    const made = ok(await client.post(path, { name: '財政課', sections: ['profile'], expiresAt: soon })).json();
    expect(made.url.startsWith(`${system.url}${tried}/shared?key=`)).toBe(true);
    const { shares } = ok(await client.get(path)).json();
    expect(shares[0]).toMatchObject({ id: made.id, name: '財政課', sections: ['profile'], open: true });
    const left = ok(await client.delete(`${path}?id=${made.id}`)).json().shares;
    expect(left[0]).toMatchObject({ id: made.id, open: false, endedBy: `unit-${unit}` });
    const all = ok(await client.delete(path)).json().shares;
    expect(all.filter(({ open }: { open: boolean }) => open)).toEqual([]);
  });

  it.each([
    [{ expiresAt: soon, name: '' }, 'name'],
    [{ name: '財政課', expiresAt: new Date(Date.now() - 1).toISOString() }, 'expiresAt'],
    [{ name: '財政課', expiresAt: new Date(Date.now() + 40 * day).toISOString() }, 'expiresAt'],
    [{ name: '財政課', expiresAt: soon, sections: ['nowhere'] }, 'sections'],
  ])('%j is refused, saying where', async (body, where) => {
    const refused = await system.municipality(unit).post(path, body);
    expect(refused.status).toBe(422);
    expect(refused.json()).toMatchObject({ code: 'invalid-share', errors: [{ path: where }] });
  });

  it('no more than twenty are open at a time', async () => {
    const client = system.municipality(unit);
    const statuses: number[] = [];
    for (let count = 0; count < 21; count += 1)
      statuses.push((await client.post(path, { name: `課${count}`, expiresAt: soon })).status);
    expect(statuses).toEqual([...Array.from({ length: 20 }, () => 201), 409]);
    ok(await client.delete(path));
  });
});

describe('whoever tries many links', () => {
  it('is told to wait', async () => {
    const stranger = new TestBrowser(system.url);
    const statuses: number[] = [];
    for (let count = 0; count < 40; count += 1)
      statuses.push((await stranger.request(`${tried}/shared?key=guess${count}`)).status);
    expect(statuses.slice(-5)).toEqual([429, 429, 429, 429, 429]);
    expect(new Set(statuses)).toEqual(new Set([404, 429]));
    // Behind one proxy stand many: whoever has a link is not kept waiting by those who guess.
    const link = await linkTo(tried, ['profile']);
    expect((await new TestBrowser(system.url).open(link)).status).toBe(200);
  });
});
