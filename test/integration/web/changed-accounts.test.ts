/** Accounts that an administrator changes while their owners are signed in, type, or come in. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestBrowser, fieldIn, words } from '../support/browser.ts';
import type { Loaded } from '../support/browser.ts';
import { ok } from '../support/fixtures.ts';
import { startManagedPeople } from '../support/managed-people.ts';
import type { ManagedPeople } from '../support/managed-people.ts';
import { formOn } from '../support/officer.ts';

/** Where the system's clock stands still, it may go on by what somebody waits for. */
const clock: { ahead: number; still?: number | undefined; goesOn: boolean } = { ahead: 0, goesOn: false };
let system: ManagedPeople['system'];
let admin: ManagedPeople['admin'];
let press: ManagedPeople['press'];
let signedIn: ManagedPeople['signedIn'];

beforeAll(async () => {
  ({ system, admin, press, signedIn } = await startManagedPeople(clock, {
    alter: (storage) => ({
      ...storage,
      wait: async (milliseconds) => {
        if (clock.goesOn && clock.still !== undefined) clock.still += milliseconds;
      },
    }),
  }));
});
afterAll(() => system.stop());

describe('an account', () => {
  it('that is stopped while its owner types is out with the next request, and the text is shown to be copied', async () => {
    const browser = await signedIn('kawaguchi');
    const section = '/rounds/R6/returns/municipal-survey/112038/sections/contact';
    const page = await browser.open(section);
    const token = `Bearer ${await system.token({ sub: 'kawaguchi', username: 'kawaguchi', groups: ['unit-112038'] })}`;
    expect((await system.bearer(token).get('/api/rounds')).status).toBe(200);
    expect(words(await press(admin, 'kawaguchi', { action: 'stop' }))).toContain('利用を停止しました。');
    const typed = [
      ...formOn(page, 'save').fields.filter(([name]) => name === 'opened'),
      ['contact.remarks', '書きかけの文'],
    ] as const;
    const late = await browser.postFrom(page, section, [...typed, ['action', 'save']]);
    expect([late.status, late.html.includes('書きかけの文')]).toEqual([403, true]);
    expect(words(late)).toContain('サインインし直すことはできません');
    expect(words(late)).not.toContain('預かっています');
    const autosave = await browser.request(section, {
      method: 'POST',
      body: new URLSearchParams(typed.map(([name, value]) => [name, value])),
      headers: { 'x-csrf': fieldIn(page, 'csrf') },
    });
    expect(await autosave.text()).toContain('控えてください');
    expect((await system.bearer(token).get('/api/rounds')).status).toBe(401);
    expect((await browser.signIn('kawaguchi')).status).not.toBe(200);
    expect(words(await press(admin, 'kawaguchi', { action: 'resume' }))).toContain('利用を再開しました。');
    await signedIn('kawaguchi');
  });

  it('that moves to another municipality ends what its owner holds, and shows what was typed for the one before', async () => {
    const browser = await signedIn('kawagoe');
    const section = '/rounds/R6/returns/municipal-survey/112011/sections/contact';
    const page = await browser.open(section);
    const fields = { name: '川越 太郎', email: 'kawagoe@example.jp', role: 'municipality', unit: '112089' };
    expect(words(await press(admin, 'kawagoe', fields))).toContain('変更しました。');
    const ended = await browser.open('/');
    expect([ended.status, ended.url.pathname]).toEqual([200, '/sign-in']);
    const late = await browser.postFrom(page, section, [
      ...formOn(page, 'save').fields.filter(([name]) => name === 'opened'),
      ['contact.remarks', '書きかけの文'],
      ['action', 'save'],
    ]);
    expect(late.html).toContain('入力内容は一時的に預かっています');
    expect(words(await (await signedIn('kawagoe', browser)).open('/'))).toContain('所沢市');
    const shown = await browser.open(section);
    expect([shown.status, shown.html.includes('書きかけの文')]).toEqual([403, true]);
  });

  it('that was changed in this very second lets its owner in soon after, and refuses no password before', async () => {
    const move = async (unit: string): Promise<void> => {
      const fields = { name: '川口 花子', email: 'hanako@example.jp', role: 'municipality', unit };
      clock.still = Date.now() + clock.ahead;
      expect((await press(admin, 'kawaguchi', fields)).status).toBe(200);
    };
    const signIn = (): Promise<Loaded> => new TestBrowser(system.url).signIn('kawaguchi');
    await move('112097');
    const refused = await signIn();
    expect([refused.status, words(refused)]).toEqual([
      409,
      expect.stringContaining('入力された内容の誤りではありません'),
    ]);
    clock.goesOn = true;
    expect(words(await signIn())).toContain('飯能市');
    await move('112038');
    expect(words(await signIn())).toContain('川口市');
    // Nothing that follows comes before what was.
    clock.ahead += 4_000;
    clock.still = undefined;
  });
});

describe('what somebody types while the account changes', () => {
  const own = '/rounds/R6/returns/municipal-survey/112097';
  const places = [
    [`${own}/exceptions`, { action: 'extend', dueAt: '令和9年1月', reason: '大雪のため' }, '大雪のため'],
    [`${own}/on-behalf`, { action: 'begin', source: 'fax', proxyReason: '通信障害のため' }, '通信障害のため'],
    ['/rounds/R6/mails/new', { action: 'look', subject: '説明会', body: '説明会を行います。' }, '説明会を行います。'],
    ['/contacts/112097', { 'main.division': '障害福祉課' }, '障害福祉課'],
  ] as const;

  /** Opens the pages, becomes `role` and posts them. */
  async function becoming(role: string): Promise<TestBrowser> {
    const browser = await signedIn('tanto');
    const opened = await Promise.all(places.map(([address]) => browser.open(address)));
    ok(await system.administrator.patch('/api/accounts/tanto', { role }));
    for (const [at, [address, fields]] of places.entries()) {
      const page = opened[at];
      if (page === undefined) throw new RangeError(address);
      expect((await browser.postFrom(page, address, Object.entries(fields))).url.pathname).toBe('/sign-in');
    }
    return browser;
  }

  it('is in the fields again after signing in, where that may still be done', async () => {
    const browser = await becoming('admin');
    await signedIn('tanto', browser);
    for (const [address, , text] of places) {
      const page = await browser.open(address);
      expect(words(page), address).toContain('サインインし直す前に入力された内容を表示しています。');
      expect(page.html, address).toContain(text);
    }
  });

  it('is shown to be copied, where it may not be done any more', async () => {
    const browser = await becoming('reader');
    await signedIn('tanto', browser);
    for (const [address, fields, text] of places) {
      const page = await browser.open(address);
      expect(words(page), address).toContain('入力された内容は保存されていません。');
      expect(page.html, address).toContain(text);
      const again = await browser.postFrom(page, address, Object.entries(fields));
      expect([again.status, again.html.includes(text)], address).toEqual([403, true]);
    }
    ok(await system.administrator.patch('/api/accounts/tanto', { role: 'prefecture' }));
  });

  it('in an account is in the fields again as well', async () => {
    const browser = await signedIn('tanto');
    ok(await system.administrator.patch('/api/accounts/tanto', { role: 'admin' }));
    await signedIn('tanto', browser);
    const [made, changed] = [await browser.open('/accounts/new'), await browser.open('/accounts/kawagoe')];
    ok(await system.administrator.patch('/api/accounts/tanto', { role: 'prefecture' }));
    const fields = { name: '飯能 五郎', email: 'goro@hanno.example', role: 'municipality', unit: '112097' };
    await browser.postFrom(made, '/accounts/new', Object.entries({ username: 'hanno-05', ...fields }));
    await browser.postFrom(changed, '/accounts/kawagoe', Object.entries(fields));
    ok(await system.administrator.patch('/api/accounts/tanto', { role: 'admin' }));
    await signedIn('tanto', browser);
    for (const address of ['/accounts/new', '/accounts/kawagoe'])
      expect(fieldIn(await browser.open(address), 'name'), address).toBe('飯能 五郎');
    ok(await system.administrator.patch('/api/accounts/tanto', { role: 'prefecture' }));
  });
});
