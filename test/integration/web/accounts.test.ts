/** The people of a prefecture, as its administrator manages them on the pages, and through the API. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestBrowser, fieldIn, words } from '../support/browser.ts';
import type { Loaded } from '../support/browser.ts';
import { directoryFixture, ok, openRound, openSystem } from '../support/fixtures.ts';
import { startManagedPeople } from '../support/managed-people.ts';
import type { ManagedPeople } from '../support/managed-people.ts';
import { startTestSystem } from '../support/system.ts';

const mails: { readonly username: string; readonly password: string }[] = [];
let system: ManagedPeople['system'];
let admin: ManagedPeople['admin'];
let press: ManagedPeople['press'];
let signedIn: ManagedPeople['signedIn'];

beforeAll(async () => {
  const onInvitation = (username: string, password: string): number => mails.push({ username, password });
  ({ system, admin, press, signedIn } = await startManagedPeople({ ahead: 0 }, { onInvitation }));
});
afterAll(() => system.stop());

describe('the list of people', () => {
  it('leads to the municipalities that have nobody, and leads to registering somebody for one', async () => {
    expect((await admin.open('/accounts')).html).toContain('href="/accounts/lacking"');
    const list = await admin.open('/accounts/lacking');
    expect(words(list)).toContain('61団体：団体を選んで登録する');
    expect(list.html).toContain('/accounts/new?unit=112020');
    expect(list.html).not.toContain('/accounts/new?unit=112011');
    const form = await admin.open('/accounts/new?unit=112020');
    expect(fieldIn(form, 'unit')).toBe('熊谷市');
  });

  it('is filtered by what somebody is called, may do and is at', async () => {
    expect(words(await admin.open('/accounts?q=川越市'))).toContain('1人');
    expect(words(await admin.open('/accounts?role=admin'))).toContain('1人');
    expect(words(await admin.open('/accounts?state=stopped'))).toContain('条件に合う利用者はいません。');
  });

  it('is a file that changes nothing when it comes back', async () => {
    const file = await admin.request('/accounts?as=csv');
    expect(file.headers.get('content-disposition')).toContain(encodeURIComponent('利用者の一覧.csv'));
    const csv = await file.text();
    const proposed = ok(await system.administrator.post('/api/accounts/import', { csv })).json();
    expect(proposed).toMatchObject({ changes: [], unchanged: 4, unnamed: [] });
  });

  it('is for nobody but an administrator', async () => {
    for (const account of ['tanto', 'kawagoe']) {
      const browser = await signedIn(account);
      for (const path of ['/accounts', '/accounts/new', '/accounts/kanri', '/accounts/import', '/office-log'].slice(
        0,
        account === 'tanto' ? 4 : 5,
      ))
        expect((await browser.open(path)).status, path).toBe(403);
      expect((await browser.open('/')).html).not.toContain('/accounts');
    }
    expect((await admin.open('/')).html).toContain('/accounts');
  });
});

describe('somebody new', () => {
  it('is registered for a municipality and is mailed a password, of which the page shows nothing', async () => {
    const form = await admin.open('/accounts/new');
    const made = await admin.postFrom(form, '/accounts/new', [
      ['username', 'Kumagaya-01'],
      ['name', '熊谷 次郎'],
      ['email', 'jiro@kumagaya.example'],
      ['role', 'municipality'],
      ['unit', '112020'],
    ]);
    expect(made.url.pathname).toBe('/accounts/kumagaya-01');
    expect(words(made)).toContain('登録し、招待のメールを送りました。');
    expect(words(made)).toContain('招待中');
    expect(mails.map(({ username }) => username)).toEqual(['kumagaya-01']);
    expect(made.html).not.toContain(mails[0]?.password);
    // On a laptop the mail is found where the others are.
    const outbox = words(await admin.open('/local/outbox'));
    expect(outbox).toContain('宛先 jiro@kumagaya.example');
    expect(outbox).toContain(`利用者名：kumagaya-01 仮のパスワード：${mails[0]?.password}`);
    const browser = new TestBrowser(system.url);
    const page = await browser.open('/sign-in');
    const next = await browser.post(
      '/sign-in',
      { csrf: fieldIn(page, 'csrf'), returnTo: '/', username: 'kumagaya-01', password: mails[0]?.password ?? '' },
      page.url,
    );
    expect(next.url.pathname).toBe('/sign-in/new-password');
  });

  it.each([
    [{ username: 'kawagoe' }, 'この利用者名はすでに登録されています。', 'field-username'],
    [{ username: 'k 1' }, '半角の英数字で始まる', 'field-username'],
    [{ email: 'nobody' }, 'メールアドレスの形ではありません。', 'field-email'],
    [{ name: '=1+1' }, '記号で始まらない', 'field-name'],
    [{ unit: '' }, '入力してください。', 'field-unit'],
    [{ unit: '越市' }, '「川越市」から選んで入力してください。', 'field-unit'],
    [{ unit: 'どこか市' }, '名簿にありません', 'field-unit'],
    [{ unit: '', units: '112021' }, '検査数字', 'field-unit'],
    [{ unit: '', units: '011002' }, '埼玉県', 'field-unit'],
  ])('is refused with what is wrong at its field, and what was typed: %j', async (wrong, message, field) => {
    const typed = {
      username: 'gyoda-01',
      name: '行田',
      email: 'a@gyoda.example',
      role: 'municipality',
      unit: '112062',
    };
    const form = await admin.open('/accounts/new');
    const again = await admin.postFrom(form, '/accounts/new', Object.entries({ ...typed, ...wrong }));
    expect(again.status).toBe(422);
    expect(again.html).toContain(`href="#${field}"`);
    expect(words(again)).toContain(message);
    if (!('email' in wrong)) expect(again.html).toContain('value="a@gyoda.example"');
    expect(mails).toHaveLength(1);
  });
});

describe('an account', () => {
  it('of somebody who lost the password or the device begins anew', async () => {
    const before = mails.length;
    expect(words(await press(admin, 'kawagoe', { action: 'renew' }))).toContain('仮のパスワードをメールで送りました。');
    expect(mails.slice(before).map(({ username }) => username)).toEqual(['kawagoe']);
    expect(words(await press(admin, 'tanto', { action: 'authenticator' }))).toContain('認証アプリの登録を外しました。');
  });

  it('of whoever is at work, and of the last administrator, cannot be stopped', async () => {
    expect((await admin.open('/accounts/kanri')).html).not.toContain('value="stop"');
    const refused = await press(admin, 'kanri', { action: 'stop' });
    expect(refused.status).toBe(422);
    expect(words(refused)).toContain('自分自身の利用は停止できません。');
    const demoted = await press(admin, 'kanri', { name: '県庁 管理', email: 'kanri@example.jp', role: 'prefecture' });
    expect(words(demoted)).toContain('県の管理者が一人もいなくなります。');
    const last = await system.administrator.patch('/api/accounts/kanri', { active: false });
    expect(last.json()).toMatchObject({ code: 'invalid-accounts', errors: [{ path: '' }] });
  });

  it('that nobody has is not found', async () => {
    for (const id of ['nobody', 'n'.repeat(1_000)]) expect((await admin.open(`/accounts/${id}`)).status).toBe(404);
    expect((await system.administrator.patch('/api/accounts/nobody', { renewPassword: true })).status).toBe(404);
  });

  it('of the prefecture is raised or lowered in rank', async () => {
    const common = { name: '県庁 担当', email: 'tanto@example.jp' };
    expect(words(await press(admin, 'tanto', { ...common, role: 'reader' }))).toContain('県（閲覧）');
    const reader = await signedIn('tanto');
    expect((await reader.open('/rounds/new')).status).toBe(403);
    expect((await reader.open('/rounds/R6')).status).toBe(200);
    ok(await system.administrator.patch('/api/accounts/tanto', { role: 'prefecture' }));
    expect((await reader.open('/rounds/R6')).url.pathname).toBe('/sign-in');
  });
});

const header = '利用者名,氏名,メールアドレス,区分,団体コード,状態';

async function choose(lines: readonly string[]): Promise<Loaded> {
  const page = await admin.open('/accounts/import');
  const body = new FormData();
  body.set('csrf', fieldIn(page, 'csrf'));
  body.set('file', new File([`\uFEFF${[header, ...lines].join('\r\n')}\r\n`], 'accounts.csv'));
  return admin.open('/accounts/import', { method: 'POST', body });
}

function confirm(page: Loaded): Promise<Loaded> {
  const fields = ['kept', 'from', 'seen'].map((name) => [name, fieldIn(page, name)] as const);
  return admin.postFrom(page, '/accounts/import', fields);
}

describe('the April file', () => {
  const rows = [
    'hanno-01,飯能 三郎,saburo@hanno.example,市町村,112097,利用',
    'kawagoe,川越 太郎,kawagoe@example.jp,市町村,112089,利用',
    'kawaguchi,川口 花子,kawaguchi@example.jp,市町村,112038,停止',
    'tanto,県庁 担当,tanto@example.jp,県,,利用',
  ];

  it('with mistakes names their rows, and changes nothing', async () => {
    const refused = await choose([...rows, 'x,,b@example.jp,市町村,112011,利用', 'y-001,,c@example.jp,市,112011,利用']);
    expect(refused.status).toBe(422);
    expect(words(refused)).toContain('ファイルに2件の誤りがあります。');
    expect(words(refused)).toMatch(/6 利用者名：半角の英数字で始まる.* 7 区分：県（管理者）/);
    expect((await admin.open('/accounts/import')).status).toBe(200);
    expect((await admin.postFrom(await admin.open('/accounts/import'), '/accounts/import', [])).status).toBe(422);
  });

  it('says what would change, does it with a result for each row, and the second time nothing is left', async () => {
    const proposed = await choose(rows);
    expect(words(proposed)).toContain('新規 1、変更 1、再開 0、停止 1、変更なし 1。まだ何も変更していません。');
    expect(words(await admin.open('/accounts?state=stopped'))).toContain('条件に合う利用者はいません。');
    const done = await confirm(proposed);
    expect(words(done)).toContain('3件を終えました。');
    expect(done.html.match(/>完了</g)).toHaveLength(4);
    expect(words(await choose(rows))).toContain('今の利用者と同じ内容です。');
  });

  it('is shown anew when somebody changed an account after it was proposed', async () => {
    const proposed = await choose([...rows, 'kazo-01,,d@kazo.example,市町村,112101,利用']);
    ok(
      await system.administrator.post('/api/accounts', {
        username: 'kazo-01',
        email: 'd@kazo.example',
        role: 'municipality',
        units: ['112101'],
      }),
    );
    const again = await confirm(proposed);
    expect(again.status).toBe(412);
    expect(words(again)).toContain('まだ何も行っていません。');
  });
});

describe('the log of the office', () => {
  it('tells who did what with whom, and which directory was saved', async () => {
    ok(await system.prefecture.put('/api/directory', { ...(await directoryFixture('saitama-r6')), councils: [] }));
    const log = words(await admin.open('/office-log'));
    expect(log).toContain('県庁 管理 kumagaya-01 登録し、招待した（権限 なし → 市町村 112020）');
    expect(log).toContain('県庁 管理 kawaguchi 利用を停止した');
    expect(log).toContain('県庁 管理 tanto 変更した（権限 県 → 県（閲覧））');
    expect(log).toContain('第2版を保存した');
    expect(log).not.toContain('@');
    const officer = words(await (await signedIn('tanto')).open('/office-log'));
    expect(officer).toContain('第1版を保存した');
    expect(officer).not.toContain('kumagaya-01');
  });

  it('opens a directory that no longer holds, to be read', async () => {
    const old = await admin.open('/directory?version=1&list=council');
    expect(words(old)).toContain('協議会（37）');
    expect(old.html).not.toContain('edit=');
    expect(words(await admin.open('/directory?list=council'))).toContain('協議会（0）');
  });
});

describe('a long file', () => {
  it('of more than 200 people is gone through in parts, each of which is seen before it is carried out', async () => {
    const many = Array.from({ length: 201 }, (_, at) => `m-${at + 100},,m${at}@example.jp,なし,,利用`);
    const first = await choose(many);
    expect(words(first)).toContain(
      'ファイルの201人を、200人ずつ2回に分けて確かめ、登録します。1回目の200人です。ファイルの行の順ではなく',
    );
    const done = await confirm(first);
    expect(words(done)).toContain('200件を終えました。ファイルには続きがあります。');
    expect(fieldIn(done, 'from')).toBe('200');
    const second = await confirm(done);
    expect(words(second)).toContain('2回目の1人です。');
    expect(words(await confirm(second))).toContain('1件を終えました。');
    expect(words(await choose(many.slice(199)))).toContain('今の利用者と同じ内容です。');
    const csv = (await admin.open('/accounts?as=csv')).html;
    expect(new Set(csv.match(/^m-\d+/gm)).size).toBe(201);
    const { next } = ok(await system.administrator.get('/api/accounts')).json();
    expect(ok(await system.administrator.get(`/api/accounts?cursor=${next}`)).json().accounts.length).toBeGreaterThan(
      50,
    );
    expect((await system.administrator.get('/api/accounts?cursor=x')).status).toBe(400);
  });
});

describe('where a provider of the prefecture’s signs people in', () => {
  it('the page says what it holds, and only groups are changed', async () => {
    const federated = await startTestSystem({
      signIn: 'hosted',
      accounts: [
        { id: 'kanri', name: '県庁 管理', groups: ['prefecture', 'prefecture-admin'] },
        { id: 'kawagoe', name: '川越 太郎', groups: [] },
      ],
    });
    try {
      await openSystem(federated, await directoryFixture('saitama-r6'), 'R6', openRound({ 'municipal-survey': 2024 }));
      const browser = new TestBrowser(federated.url);
      await browser.signIn('kanri');
      const list = await browser.open('/accounts');
      expect(words(list)).toContain('県の認証基盤で管理しています。');
      expect(list.html).not.toContain('/accounts/new');
      const page = await browser.open('/accounts/kawagoe');
      expect(page.html).not.toContain('name="email"');
      expect(page.html).not.toContain('name="action"');
      const fields = { role: 'municipality', unit: '112011' };
      const moved = await browser.postFrom(page, '/accounts/kawagoe', Object.entries(fields));
      expect(words(moved)).toContain('川越市');
      const owner = new TestBrowser(federated.url);
      expect(words(await owner.signIn('kawagoe'))).toContain('川越市');
      for (const body of [{ active: false }, { name: '別人' }, { renewPassword: true }, { removeAuthenticator: true }])
        expect((await federated.administrator.patch('/api/accounts/kawagoe', body)).json()).toMatchObject({
          code: 'held-by-provider',
        });
    } finally {
      await federated.stop();
    }
  });
});
