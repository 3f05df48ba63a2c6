import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupsOf } from '../../../../../functions/domain/accounts/account.ts';
import type { AccountRole, WantedAccount } from '../../../../../functions/domain/accounts/account.ts';
import { importAccounts } from '../../../../../functions/service/accounts/import-accounts.ts';
import { Breakdown, FakePool } from './fake-pool.ts';

function row(username: string, rest: Partial<WantedAccount> = {}): WantedAccount {
  return {
    row: 2,
    username,
    name: '',
    email: `${username}@example.jp`,
    role: { kind: 'prefecture' },
    isActive: true,
    ...rest,
  };
}

const kawagoe: AccountRole = { kind: 'municipality', units: ['112011'] };
const kawaguchi: AccountRole = { kind: 'municipality', units: ['112038'] };

interface Run {
  readonly ok: boolean;
  readonly said: readonly string[];
}

async function run(
  pool: FakePool,
  wanted: readonly WantedAccount[],
  options: { retireMissing?: boolean; dryRun?: boolean } = {},
): Promise<Run> {
  const said: string[] = [];
  const ok = await importAccounts(pool, wanted, {
    retireMissing: false,
    dryRun: false,
    ...options,
    say: (line) => said.push(line),
  });
  return { ok, said };
}

/** A pool in which these accounts are, and everybody has signed in. */
async function poolWith(...wanted: readonly WantedAccount[]): Promise<FakePool> {
  const pool = new FakePool();
  await run(pool, wanted);
  pool.signInAll();
  return pool;
}

const officer = row('saitama-01');

describe('somebody new', () => {
  it('is invited once and acts for the municipalities of the file', async () => {
    const pool = await poolWith(
      officer,
      row('kawagoe-01', { role: { kind: 'municipality', units: ['112011', '112038'] } }),
    );
    expect(pool.invitations).toEqual(['saitama-01', 'kawagoe-01']);
    expect(pool.actingAs('kawagoe-01')).toEqual([['unit-112011', 'unit-112038']]);
  });

  it('is announced, not invited, when the plan is only to be seen', async () => {
    const pool = new FakePool();
    const { ok, said } = await run(pool, [officer], { dryRun: true });
    expect(ok).toBe(true);
    expect(said[0]).toBe('登録  saitama-01（県）: 招待のメールを saitama-01@example.jp に送ります');
    expect(pool.changes).toBe(0);
  });

  it('whom the prefecture’s provider signs in is waited for, and is given the groups after the first sign-in', async () => {
    const pool = await poolWith(officer);
    const { ok, said } = await run(pool, [officer, row('prefecture_7f3a', { email: '', role: kawagoe })]);
    expect(ok).toBe(true);
    expect(said.join('\n')).toContain('待機  prefecture_7f3a');
    expect(pool.invitations).toEqual(['saitama-01']);
  });
});

describe('the change of staff in April', () => {
  it('ends everything the predecessor holds at once and gives the successor an account of their own', async () => {
    const pool = await poolWith(officer, row('kawagoe-01', { role: kawagoe }));
    await run(pool, [row('kawagoe-01', { role: kawagoe, isActive: false }), row('kawagoe-02', { role: kawagoe })]);
    pool.signInAll();
    expect(pool.actingAs('kawagoe-01')).toEqual([]);
    expect(pool.actingAs('kawagoe-02')).toEqual([['unit-112011']]);
    expect(pool.actingAs('saitama-01')).toHaveLength(2);
  });

  it('never gives an account to another person: neither one in use nor a retired one', async () => {
    const pool = await poolWith(officer, row('kawagoe-01', { role: kawagoe, name: '川越 太郎' }));
    const successor = row('kawagoe-01', { role: kawagoe, name: '川越 花子', email: 'hanako@example.jp' });
    const inUse = await run(pool, [successor]);
    expect(inUse.ok).toBe(false);
    expect(inUse.said[0]).toContain('後任の人には新しい利用者名を付け');
    await run(pool, [row('kawagoe-01', { role: kawagoe, isActive: false })]);
    const retired = await run(pool, [successor]);
    expect(retired.ok).toBe(false);
    expect(retired.said[0]).toContain('以前の利用者のものです');
  });

  it('moves somebody to another municipality: what they hold for the former one counts no more', async () => {
    const pool = await poolWith(officer, row('kawagoe-01', { role: kawagoe }));
    const { said } = await run(pool, [row('kawagoe-01', { role: kawaguchi })]);
    expect(said[0]).toBe('変更  kawagoe-01: 権限 市町村 112011 → 市町村 112038、サインアウトさせます');
    expect(pool.actingAs('kawagoe-01')).toEqual([]);
    pool.signIn('kawagoe-01');
    expect(pool.actingAs('kawagoe-01')).toEqual([['unit-112038']]);
  });

  it('lets somebody come back who has the same address, with nothing of before', async () => {
    const pool = await poolWith(officer, row('kawagoe-01', { role: kawagoe }));
    await run(pool, [row('kawagoe-01', { role: kawagoe, isActive: false })]);
    await run(pool, [row('kawagoe-01', { role: kawagoe })]);
    expect(pool.actingAs('kawagoe-01')).toEqual([]);
    pool.signIn('kawagoe-01');
    expect(pool.actingAs('kawagoe-01')).toEqual([['unit-112011']]);
  });

  it('leaves whoever the file does not name, and says so, unless they are to be retired', async () => {
    const pool = await poolWith(officer, row('kawagoe-01', { role: kawagoe }));
    const left = await run(pool, [officer]);
    expect(left.said.join('\n')).toContain('ファイルにない利用中の利用者 1 件は、そのままにします: kawagoe-01');
    expect(pool.actingAs('kawagoe-01')).toHaveLength(1);
    await run(pool, [officer], { retireMissing: true });
    expect(pool.actingAs('kawagoe-01')).toEqual([]);
  });
});

describe('an account that somebody disabled in the console', () => {
  const rows = [officer, row('kawagoe-01', { role: kawagoe })];

  it('is retired in the table as well, so that its session ends', async () => {
    const pool = await poolWith(...rows);
    pool.disableElsewhere('kawagoe-01');
    const { said } = await run(pool, [row('kawagoe-01', { role: kawagoe, isActive: false })]);
    expect(said).toContain('1 件を終えました。');
    expect(pool.actingAs('kawagoe-01')).toEqual([]);
  });

  it('comes back with nothing of before, also when the run breaks down on the way', async () => {
    const pool = await poolWith(...rows);
    pool.disableElsewhere('kawagoe-01');
    pool.breakAt(3, false);
    await expect(run(pool, rows)).rejects.toThrow(Breakdown);
    expect(pool.actingAs('kawagoe-01')).toEqual([]);
    await run(pool, rows);
    expect(pool.actingAs('kawagoe-01')).toEqual([]);
    pool.signIn('kawagoe-01');
    expect(pool.actingAs('kawagoe-01')).toEqual([['unit-112011']]);
  });
});

describe('a change of the address or the name', () => {
  it('signs nobody out', async () => {
    const pool = await poolWith(officer, row('kawagoe-01', { role: kawagoe }));
    const { said } = await run(pool, [row('kawagoe-01', { role: kawagoe, email: 'new@example.jp' })]);
    expect(said[0]).toBe('変更  kawagoe-01: メールアドレス new@example.jp');
    expect(pool.actingAs('kawagoe-01')).toHaveLength(1);
    expect(
      (await run(pool, [row('kawagoe-01', { role: kawagoe, email: 'NEW@example.jp' })])).said.join('\n'),
    ).toContain('0 件を変更');
  });
});

describe('a file', () => {
  it('that would leave nobody of the prefecture is refused whole', async () => {
    const pool = await poolWith(officer, row('kawagoe-01', { role: kawagoe }));
    for (const wanted of [
      [row('saitama-01', { isActive: false }), row('kawagoe-01', { role: kawaguchi })],
      [row('saitama-01', { role: kawagoe })],
      [row('saitama-01', { isActive: false }), row('prefecture_new', { email: '' })],
    ]) {
      const { ok, said } = await run(pool, wanted);
      expect([ok, said[0]]).toEqual([false, '県の利用者が一人もいなくなります。後任の利用者を先に登録してください。']);
    }
    expect((await run(pool, [row('kawagoe-01', { role: kawagoe })], { retireMissing: true })).ok).toBe(false);
    expect(pool.actingAs('kawagoe-01')).toEqual([['unit-112011']]);
  });

  it('that retires somebody unknown is refused: a slip in the user name would leave the real one in use', async () => {
    const pool = await poolWith(officer);
    const { ok, said } = await run(pool, [row('kawagoe-1', { isActive: false, row: 7 })]);
    expect([ok, said[0]]).toEqual([false, '7行目 利用者名: 停止する利用者名「kawagoe-1」は登録されていません。']);
  });
});

const roles: AccountRole[] = [
  { kind: 'none' },
  { kind: 'prefecture' },
  kawagoe,
  kawaguchi,
  { kind: 'municipality', units: ['112011', '112038'] },
];
const usernames = ['a-01', 'b-01', 'c-01'];
const anyRow = fc.record({
  role: fc.constantFrom(...roles),
  isActive: fc.boolean(),
  name: fc.constantFrom('', '花子'),
});
/** Several people, one officer who stays, and whom the file wants as what. */
const anyFile = fc
  .tuple(...usernames.map((username) => fc.option(anyRow).map((rest) => (rest === null ? [] : [row(username, rest)]))))
  .map((rows) => [officer, ...rows.flat()]);
const everyone = (file: readonly WantedAccount[]): WantedAccount[] => file.map((each) => ({ ...each, isActive: true }));
const known = (file: readonly WantedAccount[], before: readonly WantedAccount[]): WantedAccount[] =>
  file.filter(({ username, isActive }) => isActive || before.some((each) => each.username === username));

describe('whatever is wanted', () => {
  it('is there after one run, and the next finds nothing to do and sends nothing', async () => {
    await fc.assert(
      fc.asyncProperty(anyFile, anyFile, fc.boolean(), async (before, after, retireMissing) => {
        const pool = await poolWith(...everyone(before));
        const wanted = known(after, before);
        expect((await run(pool, wanted, { retireMissing })).ok).toBe(true);
        const [changes, invitations, state] = [pool.changes, [...pool.invitations], pool.state()];
        expect(new Set(invitations).size).toBe(invitations.length);
        pool.signInAll();
        for (const { username, role, isActive } of wanted)
          for (const groups of pool.actingAs(username)) expect(isActive ? groups : 'retired').toEqual(groupsOf(role));
        await run(pool, wanted, { retireMissing });
        expect([pool.changes, pool.invitations, pool.state()]).toEqual([changes, invitations, state]);
      }),
      { numRuns: 150 },
    );
  });

  it('is there at last when every run breaks down somewhere, by the same changes and invitations', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyFile,
        anyFile,
        fc.boolean(),
        fc.array(fc.tuple(fc.integer({ min: 1, max: 12 }), fc.boolean()), { minLength: 1, maxLength: 5 }),
        async (before, after, retireMissing, breaks) => {
          const wanted = known(after, before);
          const whole = await poolWith(...everyone(before));
          await run(whole, wanted, { retireMissing });
          const pool = await poolWith(...everyone(before));
          for (const [change, effective] of breaks) {
            pool.breakAt(change, effective);
            try {
              await run(pool, wanted, { retireMissing });
            } catch (error) {
              expect(error).toBeInstanceOf(Breakdown);
            }
            // Whoever is between two roles may try to come in.
            pool.signInAll();
          }
          pool.breakAt(0, false);
          await run(pool, wanted, { retireMissing });
          expect(pool.state()).toEqual(whole.state());
          expect(pool.invitations.toSorted()).toEqual(whole.invitations.toSorted());
          for (const { username, role, isActive } of wanted)
            for (const groups of pool.actingAs(username)) expect(isActive ? groups : 'retired').toEqual(groupsOf(role));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('says where it stopped when it breaks down', async () => {
    const pool = await poolWith(officer);
    const said: string[] = [];
    pool.breakAt(3, false);
    const wanted = [row('kawagoe-01', { role: kawagoe }), row('kawagoe-02', { role: kawagoe })];
    await expect(
      importAccounts(pool, wanted, { retireMissing: false, dryRun: false, say: (line) => said.push(line) }),
    ).rejects.toThrow(Breakdown);
    expect(said.at(-1)).toBe('1 件を終えたところで止まりました。同じコマンドをもう一度実行すると、続きから行います。');
  });
});
