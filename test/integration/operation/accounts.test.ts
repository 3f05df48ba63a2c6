import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAccountLog } from '../../../functions/storage/account-log.ts';
import { createSignOuts } from '../../../functions/storage/sign-outs.ts';
import { clockOf, createPool } from '../../../functions/storage/account-pool.ts';
import type { Pool } from '../../../functions/storage/account-pool.ts';
import { describeError } from '../../../functions/domain/accounts/describe.ts';
import { importAccounts, storedAccounts } from '../../../functions/service/accounts/import-accounts.ts';
import type { AccountSystem, ImportOptions } from '../../../functions/service/accounts/import-accounts.ts';
import { accountInUse, removeAuthenticator } from '../../../functions/service/accounts/begin-anew.ts';
import { readAccounts } from '../../../functions/service/accounts/read-accounts.ts';
import { writeAccounts } from '../../../functions/service/accounts/write-accounts.ts';
import { TestBrowser } from '../support/browser.ts';
import { directoryFixture, openRound, openSystem } from '../support/fixtures.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';
import { FakeCognito } from './fake-cognito.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const header = '利用者名,氏名,メールアドレス,区分,団体コード,状態';
const officer = 'saitama-01,,saitama-01@example.jp,県,,利用';

let system: TestSystem;
let cognito: FakeCognito;
let folder: string;
let file: string;

beforeAll(async () => {
  system = await startTestSystem({
    accounts: [
      { id: 'sub-saitama', name: '埼玉県担当', groups: ['prefecture'] },
      { id: 'sub-kawagoe', name: '川越市担当', groups: ['unit-112011'] },
      { id: 'sub-kawaguchi', name: '川口市担当', groups: ['unit-112038'] },
    ],
    // Nobody waits here for a second that is over.
    alter: (storage) => ({ ...storage, wait: async () => undefined }),
  });
  await openSystem(system, await directoryFixture('saitama-r6'), 'R6', openRound({ 'municipal-survey': 2024 }));
});
afterAll(() => system.stop());

beforeEach(async () => {
  cognito = await FakeCognito.start();
  cognito.add('saitama-01', 'sub-saitama', ['prefecture']);
  folder = await mkdtemp(join(tmpdir(), 'accounts-'));
  file = join(folder, 'accounts.csv');
});
afterEach(async () => {
  await cognito.stop();
  await rm(folder, { recursive: true });
});

interface Ran {
  readonly ok: boolean;
  readonly said: string;
}

function deployed(): AccountSystem & { readonly pool: Pool } {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new CognitoIdentityProviderClient({ endpoint: cognito.url, region: 'ap-northeast-1', credentials });
  return {
    pool: createPool(client, 'ap-northeast-1_Test'),
    signOuts: createSignOuts(system.storage),
    log: createAccountLog(system.storage),
    now: clockOf(client),
  };
}

async function lose(username: string): Promise<boolean> {
  const all = deployed();
  return removeAuthenticator(all, await accountInUse(all, username), '運用者');
}

function fileOf(rows: readonly string[]): Uint8Array {
  return new TextEncoder().encode(`\uFEFF${[header, ...rows].join('\r\n')}\r\n`);
}

async function importFile(bytes: Uint8Array, options: Partial<ImportOptions> = {}): Promise<Ran> {
  const lines: string[] = [];
  const read = await readAccounts(bytes, { municipalities: undefined, prefecture: '11', forms: new Set() });
  if (!read.ok) throw new Error(read.errors.map(describeError).join());
  const say = (line: string): number => lines.push(line);
  const ok = await importAccounts(deployed(), read.accounts, { dryRun: false, retireMissing: false, say, ...options });
  return { ok, said: lines.join('\n') };
}

function importing(...rows: readonly string[]): Promise<Ran> {
  return importFile(fileOf(rows));
}

describe('the first accounts of a prefecture', () => {
  it('are invited with a verified address, and come into groups that are made for them', async () => {
    const rows = [
      officer,
      'kawagoe-01,川越 太郎,taro@kawagoe.example,市町村,112011;112038,利用',
      'kawaguchi-01,,k@kawaguchi.example,市町村,112038,利用',
    ];
    expect(await importing(...rows)).toMatchObject({ ok: true });
    expect(cognito.mails).toEqual(['kawagoe-01', 'kawaguchi-01']);
    expect(cognito.describe('kawagoe-01')).toMatchObject({
      email: 'taro@kawagoe.example',
      email_verified: 'true',
      name: '川越 太郎',
      groups: ['unit-112011', 'unit-112038'],
    });
    expect((await importing(...rows)).said).toContain('0 件を変更します（招待のメール 0 通）。');
    expect(cognito.mails).toHaveLength(2);
  });

  it('are invited once, though the connection fails before the answer and Cognito is busy', async () => {
    cognito.refuse('AdminCreateUser', 'TooManyRequestsException', true);
    cognito.refuse('AdminAddUserToGroup', 'TooManyRequestsException');
    await importing(officer, 'kawagoe-01,,taro@kawagoe.example,市町村,112011,利用');
    expect(cognito.mails).toEqual(['kawagoe-01']);
    expect(cognito.describe('kawagoe-01')).toMatchObject({ groups: ['unit-112011'] });
  });

  it('are not confused with one that somebody else made in the same moment', async () => {
    const rows = [officer, 'kawagoe-01,,taro@kawagoe.example,市町村,112011,利用'];
    const { pool } = deployed();
    cognito.add('kawagoe-01', 'sub-1', [], 'other@kawagoe.example');
    await expect(pool.invite({ username: 'kawagoe-01', name: '', email: 'taro@kawagoe.example' })).rejects.toThrow(
      'ほかの人がたった今登録しました',
    );
    await pool.invite({ username: 'kawagoe-01', name: '', email: 'OTHER@kawagoe.example' });
    expect(cognito.mails).toEqual([]);
    expect((await importing(...rows)).said).toContain('メールアドレス taro@kawagoe.example');
  });

  it('go on the next day where the mails of one day do not suffice', async () => {
    const rows = [
      officer,
      'kawagoe-01,,taro@kawagoe.example,市町村,112011,利用',
      'kawagoe-02,,hanako@kawagoe.example,市町村,112011,利用',
    ];
    // The SDK asks three times.
    for (const _ of [1, 2, 3]) cognito.refuse('AdminCreateUser', 'LimitExceededException');
    await expect(importing(...rows)).rejects.toThrow('本日送信できる招待メールの上限に達しました');
    await importing(...rows);
    expect(cognito.mails).toEqual(['kawagoe-01', 'kawagoe-02']);
  });

  it('may be sent their invitation once more, on demand', async () => {
    await importing(officer, 'kawagoe-01,,taro@kawagoe.example,市町村,112011,利用');
    await deployed().pool.inviteAgain('kawagoe-01');
    expect(cognito.mails).toEqual(['kawagoe-01', 'kawagoe-01']);
  });
});

describe('somebody who is retired', () => {
  const row = (state: string): string => `kawagoe-01,,kawagoe-01@example.jp,市町村,112011,${state}`;

  it('is asked to sign in at the next click, cannot, and no token of theirs is taken any more', async () => {
    cognito.add('kawagoe-01', 'sub-kawagoe', ['unit-112011']);
    const browser = new TestBrowser(system.url);
    const other = new TestBrowser(system.url);
    expect((await browser.signIn('sub-kawagoe')).status).toBe(200);
    await other.signIn('sub-kawaguchi');
    const token = await system.token({ sub: 'sub-kawagoe', username: 'kawagoe-01', groups: ['unit-112011'] });
    const client = system.bearer(`Bearer ${token}`);
    expect((await client.get('/api/rounds')).status).toBe(200);

    await importing(officer, row('停止'));
    expect(cognito.describe('kawagoe-01')).toMatchObject({ isEnabled: false });
    const asked = await browser.open('/');
    expect(asked.url.pathname).toBe('/sign-in');
    expect(asked.html).toContain('県の担当が利用者の設定を変更した場合');
    expect((await client.get('/api/rounds')).status).toBe(401);
    // Even if the provider still let them in.
    expect((await browser.signIn('sub-kawagoe')).status).toBe(409);
    expect((await other.open('/')).status).toBe(200);
    expect((await other.open('/')).url.pathname).not.toBe('/sign-in');

    const again = await importing(officer, row('停止'));
    expect(again.said).toContain('0 件を変更します');
  });

  it('may come back, with what they are issued from then on', async () => {
    cognito.add('kawagoe-01', 'sub-kawagoe', ['unit-112011']);
    const browser = new TestBrowser(system.url);
    await importing(officer, row('停止'));
    // As if it had been done a minute ago.
    cognito.setAhead(-60_000);
    await importing(officer, row('利用'));
    expect((await browser.signIn('sub-kawagoe')).status).toBe(200);
  });
});

describe('somebody who lost the authenticator', () => {
  it('is out everywhere, keeps the name and sets up another at the next sign-in', async () => {
    cognito.add('kawagoe-01', 'sub-kawagoe', ['unit-112011']);
    const browser = new TestBrowser(system.url);
    expect((await browser.signIn('sub-kawagoe')).status).toBe(200);
    expect(await lose('Kawagoe-01')).toBe(true);
    expect(cognito.describe('kawagoe-01')).toMatchObject({ hasAuthenticator: false, isEnabled: true });
    expect((await browser.open('/')).url.pathname).toBe('/sign-in');
  });

  it('stays out where Cognito breaks off, until it is repeated and the file is imported', async () => {
    cognito.add('kawagoe-01', 'sub-kawagoe', ['unit-112011']);
    cognito.refuse('AdminDeleteSoftwareToken', 'NotAuthorizedException');
    await expect(lose('kawagoe-01')).rejects.toThrow('NotAuthorizedException');
    expect(await lose('kawagoe-01')).toBe(false);
    expect(cognito.describe('kawagoe-01')).toMatchObject({ hasAuthenticator: false });
    await importing(officer, 'kawagoe-01,,kawagoe-01@example.jp,市町村,112011,利用');
    expect(await lose('kawagoe-01')).toBe(true);
  });

  it('is found by name, and in use', async () => {
    await expect(lose('kawagoe-9')).rejects.toThrow('「kawagoe-9」はありません');
    expect(cognito.calls).not.toContain('AdminDeleteSoftwareToken');
  });
});

describe('somebody whose municipality changes', () => {
  it('holds nothing any more that was issued before, by the clock of Cognito', async () => {
    cognito.add('kawaguchi-01', 'sub-kawaguchi', ['unit-112038']);
    const browser = new TestBrowser(system.url);
    await browser.signIn('sub-kawaguchi');
    const minute = 60_000;
    cognito.setAhead(5 * minute);
    await importing(officer, 'kawaguchi-01,,kawaguchi-01@example.jp,市町村,112011,利用');
    expect(cognito.describe('kawaguchi-01')).toMatchObject({ groups: ['unit-112011'], isEnabled: true });
    expect((await browser.open('/')).url.pathname).toBe('/sign-in');
    // Issued by this machine's clock, which Cognito's is ahead of.
    expect((await browser.signIn('sub-kawaguchi')).status).toBe(409);
  });
});

describe('the accounts there are', () => {
  it('are all listed, page by page, and read back as they are', async () => {
    cognito.add('kawagoe-01', 'sub-1', ['unit-112011', 'unit-112038', 'ap-northeast-1_Test_Prefecture']);
    cognito.add('kawaguchi-01', 'sub-2', ['unit-112038']);
    cognito.add('Prefecture_7F3A', 'sub-3', []);
    const written = writeAccounts(await storedAccounts(deployed()));
    expect(written.split('\r\n').slice(1)).toEqual([
      'Prefecture_7F3A,,Prefecture_7F3A@example.jp,なし,,利用,県の認証基盤の利用者',
      'kawagoe-01,,kawagoe-01@example.jp,市町村,112011;112038,利用,',
      'kawaguchi-01,,kawaguchi-01@example.jp,市町村,112038,利用,',
      'saitama-01,,saitama-01@example.jp,県,,利用,',
      '',
    ]);
    const same = await importFile(new TextEncoder().encode(written), { retireMissing: true });
    expect(same.said).toContain('0 件を変更します');
  });

  it('may be of people of the prefecture’s provider, who are given their groups', async () => {
    cognito.add('Prefecture_7F3A', 'sub-3', []);
    await importing(officer, 'prefecture_7f3a,花子,,市町村,112011,利用');
    expect(cognito.describe('Prefecture_7F3A')).toMatchObject({
      groups: ['unit-112011'],
      name: '花子',
      email: 'Prefecture_7F3A@example.jp',
    });
  });
});

describe('the command', () => {
  /** As the engineer runs it. */
  async function accounts(
    ...words: readonly string[]
  ): Promise<{ code: number | null; said: string; complained: string }> {
    const { hostname, port } = (await system.storage.client.config.endpoint?.()) ?? {};
    const script = ['--import', './infra/node-version.mjs', 'infra/operation/accounts.ts', ...words];
    const command = spawn(
      process.execPath,
      [...script, '--pool', 'ap-northeast-1_Test', '--table', system.storage.table],
      {
        cwd: root,
        env: {
          ...process.env,
          AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: cognito.url,
          AWS_ACCESS_KEY_ID: 'test',
          AWS_SECRET_ACCESS_KEY: 'test',
          DYNAMODB_ENDPOINT: `http://${hostname}:${port}`,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    const [said, complained] = await Promise.all([text(command.stdout), text(command.stderr), once(command, 'close')]);
    return { code: command.exitCode, said, complained };
  }

  it('tells what it would do, and what is wrong with a file by row and column and the directory', async () => {
    await writeFile(file, fileOf([officer, 'kawagoe-01,,taro@kawagoe.example,市町村,112011,利用']));
    const dry = await accounts('import', file, '--dry-run');
    expect([dry.code, dry.complained]).toEqual([0, '']);
    expect(dry.said).toContain('登録  kawagoe-01（市町村 112011）');
    await writeFile(file, fileOf([officer, 'kawagoe-01,,taro@kawagoe.example,市町村,113999,利用']));
    const wrong = await accounts('import', file);
    expect(wrong.code).toBe(1);
    expect(wrong.said).toContain('3行目 団体コード: ');
    expect(cognito.calls.filter((call) => !/^(?:Admin)?List/.test(call))).toEqual([]);
  });

  it('writes the list into a new file only', async () => {
    expect(await accounts('list', file)).toMatchObject({ code: 0, complained: '' });
    const written = await readFile(file, 'utf8');
    expect(written).toContain('saitama-01,,saitama-01@example.jp,県,,利用,');
    const over = await accounts('list', file);
    expect([over.code, over.complained]).toEqual([1, expect.stringContaining('同じ名前のファイルが既にある')]);
    expect(await readFile(file, 'utf8')).toBe(written);
  });

  it('takes an authenticator off', async () => {
    const { code, said } = await accounts('remove-authenticator', 'saitama-01');
    expect([code, said]).toEqual([0, expect.stringContaining('次のサインインで、新しい認証アプリを設定します。')]);
    expect(cognito.describe('saitama-01')).toMatchObject({ hasAuthenticator: false });
  });

  it('says so when there is nobody to invite', async () => {
    const { code, complained } = await accounts('invite', 'kawagoe-9');
    expect([code, complained]).toEqual([1, expect.stringContaining('「kawagoe-9」はありません。')]);
  });
});
