import { describe, expect, it } from 'vitest';
import { createAccounts } from '../../../../../functions/service/accounts/accounts.ts';
import type { AccountsDeps, AccountsService } from '../../../../../functions/service/accounts/accounts.ts';
import { placesOf } from '../../../../../functions/service/accounts/read-accounts.ts';
import type { AccountRecord } from '../../../../../functions/domain/accounts/account-log.ts';
import { DailyMailLimit } from '../../../../../functions/storage/account-errors.ts';
import { FakePool } from './fake-pool.ts';

const admin = { id: 'sub-kanri', name: '県庁 管理', role: 'prefecture', rank: 'admin', units: [] } as const;
const header = '利用者名,氏名,メールアドレス,区分,団体コード,状態';
const rows = [
  'kanri,県庁 管理,kanri@example.jp,県（管理者）,,利用',
  'a-001,,a@example.jp,市町村,112011,利用',
  'b-001,,b@example.jp,市町村,112038,利用',
  'c-001,,c@example.jp,市町村,112020,利用',
];

interface Office extends Pick<AccountsDeps, 'clock'> {
  readonly pool: FakePool;
  readonly service: AccountsService;
  readonly records: Omit<AccountRecord, 'at'>[];
  readonly failures: unknown[];
}

async function office(changed: Partial<AccountsDeps['pool']> = {}, clock = (): Date => new Date(0)): Promise<Office> {
  const pool = new FakePool();
  const records: Omit<AccountRecord, 'at'>[] = [];
  const failures: unknown[] = [];
  const unused = async (): Promise<never> => Promise.reject(new Error('not asked for here'));
  const service = createAccounts({
    signOuts: pool.signOuts,
    now: pool.now,
    pool: { ...pool.pool, inviteAgain: unused, forgetPassword: unused, removeAuthenticator: unused, ...changed },
    log: {
      record: async (what) => {
        records.push(what);
      },
      newest: unused,
    },
    places: async () => placesOf(undefined, []),
    heldBy: 'pool',
    clock,
    failed: (error) => failures.push(error),
  });
  await pool.pool.invite({ username: 'kanri', name: '県庁 管理', email: 'kanri@example.jp' });
  for (const group of ['prefecture', 'prefecture-admin']) await pool.pool.join('kanri', group);
  return { pool, service, records, failures, clock };
}

function fileOf(lines: readonly string[]): Uint8Array {
  return new TextEncoder().encode([header, ...lines].join('\r\n'));
}

/** Proposes a file and carries out what was proposed: what became of each row. */
async function carryOut({ service }: Office, lines = rows, retireMissing = false): Promise<unknown> {
  const proposed = await service.propose(admin, fileOf(lines), { retireMissing });
  if (!proposed.ok) return proposed.problem;
  const applied = await service.apply(admin, fileOf(lines), { retireMissing, seen: proposed.value.seen });
  return applied.ok ? applied.value.changes.map(({ row, result }) => [row, result]) : applied.problem;
}

describe('a file of accounts', () => {
  it('that breaks off at any change is completed by the same file, and then changes nothing', async () => {
    const whole = await office();
    await carryOut(whole);
    const { changes } = whole.pool;
    expect(changes).toBeGreaterThan(5);
    for (let at = 1; at <= 6; at += 1)
      for (const after of [false, true]) {
        const broken = await office();
        broken.pool.breakAt(at, after);
        const first = await carryOut(broken);
        expect(JSON.stringify(first)).toContain('failed');
        expect(broken.failures).toHaveLength(1);
        await carryOut(broken);
        expect(broken.pool.state()).toEqual(whole.pool.state());
        expect(await carryOut(broken)).toEqual([]);
        expect(broken.pool.invitations.toSorted()).toEqual(whole.pool.invitations.toSorted());
      }
  });

  it('goes on with the next request where the time of one is over', async () => {
    let calls = 0;
    const slow = await office({}, () => new Date((calls += 1) * 8000));
    expect(await carryOut(slow)).toEqual([
      [3, 'done'],
      [4, 'done'],
      [5, 'left'],
    ]);
    calls = 0;
    expect(await carryOut(slow)).toEqual([[5, 'done']]);
  });

  it('waits with invitations beyond those of the day, and does the rest', async () => {
    const over = await office({ invite: async () => Promise.reject(new DailyMailLimit(undefined)) });
    await over.pool.pool.invite({ username: 'd-001', name: '', email: 'd@example.jp' });
    await over.pool.pool.join('d-001', 'unit-112011');
    expect(await carryOut(over, [...rows, 'd-001,,d@example.jp,市町村,112011,停止'])).toEqual([
      [3, 'left'],
      [4, 'left'],
      [5, 'left'],
      [6, 'done'],
    ]);
    expect(over.failures).toEqual([]);
  });

  it('takes the right from whoever brings it once nothing else is left, which nobody could go on with', async () => {
    const handover = ['kanri,県庁 管理,kanri@example.jp,県,,利用', 'kounin,,kounin@example.jp,県（管理者）,,利用'];
    const over = await office({ invite: async () => Promise.reject(new DailyMailLimit(undefined)) });
    expect(await carryOut(over, handover)).toEqual([
      [3, 'left'],
      [2, 'left'],
    ]);
    expect(await over.pool.pool.groupsOf('kanri')).toContain('prefecture-admin');
    const next = await office();
    expect(await carryOut(next, handover)).toEqual([
      [3, 'done'],
      [2, 'done'],
    ]);
    expect(await next.pool.pool.groupsOf('kanri')).toEqual(['prefecture']);
    expect(await next.pool.pool.groupsOf('kounin')).toContain('prefecture-admin');
  });

  it('cannot stop whoever brings it, by a row or by having none', async () => {
    const { service } = await office();
    const others = ['kanri-2,,k@example.jp,県（管理者）,,利用'];
    const stopped = [...others, 'kanri,県庁 管理,kanri@example.jp,県（管理者）,,停止'];
    expect(await service.propose(admin, fileOf(stopped), { retireMissing: false })).toMatchObject({
      problem: { code: 'invalid-accounts', errors: [{ path: 'rows.3.active' }] },
    });
    expect(await service.propose(admin, fileOf(others), { retireMissing: true })).toMatchObject({
      problem: { errors: [{ message: expect.stringContaining('自分自身がファイルにありません。') }] },
    });
  });

  it('cannot leave the prefecture without an administrator', async () => {
    const { service } = await office();
    const lowered = fileOf(['kanri,県庁 管理,kanri@example.jp,県,,利用']);
    expect(await service.propose(admin, lowered, { retireMissing: false })).toMatchObject({
      problem: { errors: [{ message: expect.stringContaining('管理者が一人もいなくなります。') }] },
    });
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['no table', new TextEncoder().encode('こんにちは')],
  ])('that holds %s is refused', async (_what, bytes) => {
    const { service } = await office();
    expect(await service.propose(admin, bytes, { retireMissing: false })).toMatchObject({
      problem: { code: 'invalid-accounts' },
    });
  });
});

describe('the log', () => {
  it('tells of an action before it is done, and once more when it breaks off', async () => {
    const broken = await office();
    broken.pool.breakAt(1, false);
    await carryOut(broken, rows.slice(0, 2));
    const told = { what: 'create', actor: '県庁 管理', username: 'a-001', before: [], after: ['unit-112011'] };
    expect(broken.records).toEqual([told, { ...told, failed: true }]);
  });
});
