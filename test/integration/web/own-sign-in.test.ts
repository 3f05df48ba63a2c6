/** Signing in on our own tasks, from the invitation to the forgotten password, against a stand-in for Cognito. */

import { GetCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { html } from 'hono/html';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { page } from '../../../functions/web/shared/layout.tsx';
import { readMessage } from '../../../infra/local/outbox.ts';
import type { SystemOptions } from '../../../infra/local/system.ts';
import { totp } from '../../../infra/local/totp.ts';
import { fieldIn, TestBrowser } from '../support/browser.ts';
import type { Loaded } from '../support/browser.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

const minute = 60_000;
const start = Date.now();
let clock = start;

const temporary = 'Kari-no-pass-1';
const own = 'Jibun-no-pass-1';
const other = 'Betsu-no-pass-2';

/** Each test that changes an account has its own. */
const invited = [
  'first',
  'codes',
  'forgetful',
  'locked',
  'retired',
  'expiring',
  'twice',
  'remembered',
  'unread',
  'wide',
  'late',
];

const tasks: SystemOptions['tasks'] = [
  {
    paths: ['*'],
    load: async () => [
      (app) => {
        app.get('/', (c) => page(c, { title: 'はじめ' }, html`<p>home of ${c.get('visit').person.name}</p>`));
        app.get('/note', (c) => page(c, { title: 'メモ' }, html`<p>note of ${c.get('visit').person.id}</p>`));
      },
    ],
  },
];

const logged: string[] = [];
const mails = new Map<string, string>();
let system: TestSystem;
let browser: TestBrowser;

beforeAll(async () => {
  const say = (event: string, ...rest: unknown[]): void => void logged.push(JSON.stringify([event, ...rest]));
  system = await startTestSystem({
    tasks,
    accounts: [
      { id: 'prefecture', name: '埼玉県担当', groups: ['prefecture'] },
      { id: 'nobody', name: '権限のない人', groups: [] },
      ...invited.map((id) => ({
        id,
        name: `${id} さん`,
        groups: ['unit-112011'],
        password: temporary,
        isTemporary: true,
      })),
    ],
    log: { info: say, error: say },
    onMail: (username, code) => mails.set(username, code),
    alter: (storage) => ({ ...storage, now: () => new Date(clock) }),
  });
});
afterAll(() => system.stop());
beforeEach(() => {
  clock = start;
  browser = new TestBrowser(system.url);
});

async function fill(by: TestBrowser, on: Loaded, fields: Record<string, string>): Promise<Loaded> {
  return by.post(on.url, { csrf: fieldIn(on, 'csrf'), ...fields }, on.url);
}

async function givePassword(username: string, password: string, returnTo = '/', by = browser): Promise<Loaded> {
  return fill(by, await by.open(`/sign-in?${new URLSearchParams({ returnTo })}`), { returnTo, username, password });
}

function secretIn({ html: text }: Loaded): string {
  return /otpauth:\/\/totp\/[^?]+\?secret=([A-Z2-7]+)/.exec(text)?.[1] ?? '';
}

/** The stand-in's clock is the machine's. */
const shownNow = (secret: string): string => totp(secret, Date.now());

/** From the invitation to the way in; gives the authenticator's secret. */
async function firstSignIn(username: string, returnTo = '/'): Promise<{ secret: string; arrived: Loaded }> {
  const asked = await givePassword(username, temporary, returnTo);
  const setUp = await fill(browser, asked, { password: own, repeated: own });
  const secret = secretIn(setUp);
  return { secret, arrived: await fill(browser, setUp, { code: shownNow(secret) }) };
}

describe('an account that anybody may use', () => {
  it('is one press away, and leads to the page that was wanted', async () => {
    const asked = await browser.open('/note?x=1');
    expect(asked.url.pathname + asked.url.search).toBe('/sign-in?returnTo=%2Fnote%3Fx%3D1');
    expect(asked.html).toContain('<button class="button button--secondary" name="username" value="prefecture">');
    const arrived = await browser.signIn('prefecture', '/note?x=1');
    expect(arrived.url.href).toBe(`${system.url}/note?x=1`);
    expect(arrived.html).toContain('note of prefecture');
    expect(arrived.html).toContain('埼玉県担当');
  });

  it('without a role ends on a page that says whom to ask', async () => {
    const refused = await browser.signIn('nobody');
    expect(refused.status).toBe(403);
    expect(browser.cookie('yoriai')).toBeUndefined();
  });

  it.each(['https://evil.example/', '//evil.example/', '/\\evil.example', '/sign-out', 'note'])(
    'never leads to %j',
    async (returnTo) => {
      expect((await browser.signIn('prefecture', returnTo)).url.href).toBe(`${system.url}/`);
    },
  );

  it('signs out without going anywhere else', async () => {
    const home = await browser.signIn('prefecture');
    const out = await browser.post('/sign-out', { csrf: fieldIn(home, 'csrf') }, '/');
    expect(out.url.href).toBe(`${system.url}/sign-out`);
    expect((await browser.open('/')).url.pathname).toBe('/sign-in');
  });
});

describe('the first sign-in', () => {
  it('asks for a password of one’s own and an authenticator, and leads to the page that was wanted', async () => {
    const asked = await givePassword('first', temporary, '/note');
    expect(asked.url.pathname).toBe('/sign-in/new-password');
    const weak = await fill(browser, asked, { password: 'short', repeated: 'short' });
    expect([weak.status, weak.html.includes('12文字以上で入力してください。')]).toEqual([422, true]);
    const unequal = await fill(browser, weak, { password: own, repeated: other });
    expect([unequal.status, unequal.html.includes('一致していません')]).toEqual([422, true]);
    const setUp = await fill(browser, unequal, { password: own, repeated: own });
    expect(setUp.url.pathname).toBe('/sign-in/authenticator');
    const secret = secretIn(setUp);
    expect(setUp.html).toContain((secret.match(/.{1,4}/g) ?? []).join(' '));
    expect(setUp.html).toContain('<svg class="qr-code"');
    const wrong = await fill(browser, setUp, { code: '000000' });
    expect(wrong.status).toBe(401);
    expect(secretIn(wrong)).toBe(secret);
    const arrived = await fill(browser, wrong, { code: shownNow(secret) });
    expect(arrived.url.pathname).toBe('/note');
    expect(arrived.html).toContain('first さん');
    expect(browser.cookie('yoriai-steps')).toBeUndefined();
  });

  it('cannot be gone on with by another browser', async () => {
    const asked = await givePassword('twice', temporary);
    const stranger = new TestBrowser(system.url);
    expect((await stranger.open('/sign-in/new-password')).status).toBe(400);
    expect((await fill(stranger, asked, { password: own, repeated: own })).status).toBe(400);
  });

  it('is over after a quarter of an hour', async () => {
    const asked = await givePassword('expiring', temporary);
    clock += 15 * minute;
    const late = await fill(browser, asked, { password: own, repeated: own });
    expect([late.status, late.html.includes('時間が経過したか')]).toEqual([400, true]);
  });
});

describe('the code of the authenticator', () => {
  it('is asked at each sign-in, as it is typed, once', async () => {
    const { secret } = await firstSignIn('codes');
    browser = new TestBrowser(system.url);
    const asked = await givePassword('CODES', own);
    expect(asked.url.pathname).toBe('/sign-in/code');
    const code = shownNow(secret);
    const wide = code
      .split('')
      .map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
      .join('');
    const arrived = await fill(browser, asked, { code: ` ${wide.slice(0, 3)} ${wide.slice(3)}` });
    expect(arrived.html).toContain('home of codes さん');
    browser = new TestBrowser(system.url);
    const again = await fill(browser, await givePassword('codes', own), { code });
    expect([again.status, again.html.includes('使用済みです')]).toEqual([401, true]);
  });

  it('may be wrong five times', async () => {
    await firstSignIn('wide');
    browser = new TestBrowser(system.url);
    let shown = await givePassword('wide', own);
    for (let tried = 0; tried < 5; tried += 1) shown = await fill(browser, shown, { code: '000000' });
    expect(shown.status).toBe(401);
    shown = await fill(browser, shown, { code: '000000' });
    expect([shown.status, shown.html.includes('15分ほど待ってから')]).toEqual([429, true]);
  });

  it('cannot be given by who lost the authenticator, who reads whom to call', async () => {
    const lost = await browser.open('/sign-in/lost-authenticator');
    expect(lost.html).toContain('demo@yoriai.example');
    expect(lost.html).toContain('利用者名とパスワードは変わりません。');
  });
});

describe('a name and a password that are not right', () => {
  /** What tells two answers apart; the name that was typed comes back in its field. */
  const seen = ({ status, html: text }: Loaded, username: string): unknown => [
    status,
    text.replaceAll(username, 'NAME').replaceAll(/name="csrf" value="[^"]*"/g, ''),
  ];

  it('look the same whether there is such an account, it is retired, or not yet used', async () => {
    await firstSignIn('retired');
    system.disable('retired');
    const answers = [];
    for (const [username, password] of [
      ['codes', 'wrong'],
      ['no-such-person', 'wrong'],
      ['retired', own],
      ['unread', 'wrong'],
    ] as const)
      answers.push(seen(await givePassword(username, password, '/', new TestBrowser(system.url)), username));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });

  it.each(['locked', 'not-there'])(
    'ten times hold %s for a quarter of an hour, and then no longer',
    async (username) => {
      // From the beginning of a quarter of an hour.
      clock = Math.ceil(start / (15 * minute)) * 15 * minute;
      const statuses = [];
      for (let tried = 0; tried < 11; tried += 1) statuses.push((await givePassword(username, 'wrong')).status);
      expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429]);
      expect((await givePassword(username, temporary)).status).toBe(429);
      clock += 15 * minute;
      expect((await givePassword(username, 'wrong')).status).toBe(401);
    },
  );

  it('are not read for an account that nobody can have', async () => {
    expect((await givePassword('a b', 'wrong')).status).toBe(401);
    expect((await givePassword('', '')).status).toBe(401);
  });
});

describe('a forgotten password', () => {
  it('is set anew with a mailed code, and the authenticator is still asked for', async () => {
    const { secret } = await firstSignIn('forgetful');
    const old = browser;
    browser = new TestBrowser(system.url);
    const asked = await browser.open('/sign-in/forgotten-password?returnTo=%2Fnote');
    const reset = await fill(browser, asked, { returnTo: '/note', username: 'forgetful' });
    expect(reset.url.pathname).toBe('/sign-in/reset-password');
    const wrong = await fill(browser, reset, { code: '000000', password: other, repeated: other });
    expect([wrong.status, wrong.html.includes('確認コードが正しくありません')]).toEqual([401, true]);
    // It came in a mail: nothing new is shown anywhere.
    expect(wrong.html).not.toContain('新しく表示された');
    const code = mails.get('forgetful') ?? '';
    expect([...(await system.outbox.messages()).values()].map(readMessage)).toContainEqual({
      to: 'forgetful@example.jp',
      subject: '【埼玉県】調査・回答のサイトの確認コード',
      body: expect.stringContaining(`確認コード：${code}`),
    });
    const set = await fill(browser, wrong, { code, password: other, repeated: other });
    expect(set.url.pathname).toBe('/sign-in');
    expect(set.html).toContain('新しいパスワードを設定しました。');
    const next = await fill(browser, set, { returnTo: '/note', username: 'forgetful', password: other });
    expect(next.url.pathname).toBe('/sign-in/code');
    // The code of the set-up is not counted as used.
    const arrived = await fill(browser, next, { code: shownNow(secret) });
    expect(arrived.html).toContain('note of forgetful');
    expect((await old.open('/')).url.pathname).toBe('/sign-in');
    expect((await browser.open('/')).html).toContain('home of forgetful');
  });

  it('looks the same for whoever does not exist, is retired or has never signed in, and mails nothing', async () => {
    for (const username of ['no-such-person', 'retired', 'unread']) {
      const by = new TestBrowser(system.url);
      const reset = await fill(by, await by.open('/sign-in/forgotten-password'), { returnTo: '/', username });
      expect(reset.url.pathname).toBe('/sign-in/reset-password');
      // Nor is a code mailed to whom a temporary password was, the first or another one.
      expect(reset.html).toContain('仮のパスワードでサインインしてください。');
      expect(mails.has(username)).toBe(false);
      const tried = await fill(by, reset, { code: '123456', password: other, repeated: other });
      expect([tried.status, tried.html.includes('確認コードが正しくありません')]).toEqual([401, true]);
    }
  });

  it('is mailed three codes in a quarter of an hour at most', async () => {
    const { secret } = await firstSignIn('late');
    expect(secret).not.toBe('');
    const codes = new Set<string>();
    for (let tried = 0; tried < 5; tried += 1) {
      const asked = await browser.open('/sign-in/forgotten-password');
      await fill(browser, asked, { returnTo: '/', username: 'late' });
      codes.add(mails.get('late') ?? '');
    }
    expect(codes.size).toBeLessThanOrEqual(3);
  });
});

describe('what is kept and told', () => {
  it('of a sign-in on its way is sealed, and nowhere is a password', async () => {
    const asked = await givePassword('remembered', temporary);
    const setUp = await fill(browser, asked, { password: own, repeated: own });
    const { client, table } = system.storage;
    const { Items = [] } = await client.send(new ScanCommand({ TableName: table }));
    const steps = Items.filter(({ sk }) => sk === 'STEP');
    expect(steps.length).toBeGreaterThan(0);
    const text = Items.map((item) =>
      Object.values(item)
        .map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value)))
        .join(' '),
    ).join('\n');
    for (const secret of [own, temporary, secretIn(setUp), browser.cookie('yoriai-steps') ?? ''])
      expect(text.includes(secret)).toBe(false);
    const [step] = steps;
    const { Item } = await client.send(new GetCommand({ TableName: table, Key: { pk: step?.['pk'], sk: 'STEP' } }));
    expect(Item?.['expiresAt']).toBeLessThanOrEqual(Math.ceil(clock / 1000) + 60 * 60);
  });

  it('to operators is a code, never a name, a password or a code of six digits', () => {
    const lines = logged.filter((line) => /sign-in refused|no code sent/.test(line));
    expect(lines.join()).toContain('NotAuthorizedException');
    expect(lines.join()).toContain('too-many-attempts');
    for (const word of [...invited, own, temporary, other, '000000'])
      expect(lines.filter((line) => line.includes(`"${word}"`))).toEqual([]);
  });

  it('names no host but ours on any page of the sign-in', async () => {
    const shown = [
      await browser.open('/sign-in'),
      await browser.open('/sign-in/lost-authenticator'),
      await browser.open('/sign-in/forgotten-password'),
      await givePassword('remembered', own),
      await browser.open('/sign-in/code'),
    ];
    for (const { html: text, headers } of shown) {
      const named = [...text.matchAll(/\s(?:href|src|action|srcset|poster)="([^"]*)"/g)].map(
        ([, address = '']) => address,
      );
      const foreign = named.filter((address) => !/^(?:\/(?!\/)|#|data:,|mailto:|otpauth:|\?)/.test(address));
      expect(foreign).toEqual([]);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("form-action 'self'");
      expect(policy).not.toMatch(/https?:/);
    }
  });

  it('is posted by our own pages alone', async () => {
    const asked = await browser.open('/sign-in');
    const fields = { csrf: fieldIn(asked, 'csrf'), returnTo: '/', username: 'prefecture', password: 'x' };
    const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    expect((await browser.post('/sign-in', fields, '/sign-in', foreign)).status).toBe(403);
    const forged = await browser.post('/sign-in', { ...fields, csrf: 'x' }, '/sign-in');
    expect([forged.status, forged.html.includes('もう一度入力してください。')]).toEqual([400, true]);
  });
});
