/** People of three thousand offices, each of which answers for itself: what a request asks of the pool does not grow with them. */

import { describe, expect, it } from 'vitest';
import { findAccounts } from '../../../../../functions/service/accounts/find-accounts.ts';
import type { AccountSearch, FoundAccounts } from '../../../../../functions/service/accounts/find-accounts.ts';
import { concernedBy, unitsWithout } from '../../../../../functions/service/accounts/people.ts';
import { partSize, proposeFile } from '../../../../../functions/service/accounts/proposal.ts';
import type { Proposal } from '../../../../../functions/service/accounts/proposal.ts';
import { placesOf } from '../../../../../functions/service/accounts/read-accounts.ts';
import { applyRecorded } from '../../../../../functions/service/accounts/apply.ts';
import { FakePool } from './fake-pool.ts';

const offices = Array.from({ length: 3000 }, (_, index) => ({
  code: `113${String(index).padStart(7, '0')}`,
  name: `相談支援センター${index + 1}`,
}));
const places = { names: new Map(offices.map(({ code, name }) => [code, name])), forms: new Set(['offices']) };
const everyone: AccountSearch = { q: '', role: undefined, state: undefined, cursor: undefined };

function staff(pool: FakePool): void {
  pool.hold([
    { username: 'kanri', name: '県庁 管理', groups: ['prefecture', 'prefecture-admin'] },
    { username: 'tanto', name: '県庁 担当', groups: ['prefecture'] },
  ]);
}

/** One person for each of so many offices, and two of the prefecture. */
function poolOf(count: number): FakePool {
  const pool = new FakePool();
  pool.hold(
    offices.slice(0, count).map(({ code }, index) => ({
      username: `u${code}`,
      name: `山田 ${index + 1}`,
      groups: [`unit-${code}`],
      isInvited: index === 2990,
    })),
  );
  staff(pool);
  return pool;
}

async function asked<T>(pool: FakePool, act: () => Promise<T>): Promise<{ found: T; calls: number }> {
  const before = pool.asked.length;
  return { found: await act(), calls: pool.asked.length - before };
}

function namesIn({ people }: FoundAccounts): string[] {
  return people.map(({ name }) => name);
}

describe('the list of three thousand', () => {
  const pool = poolOf(3000);
  const find = (search: Partial<AccountSearch>) =>
    asked(pool, () => findAccounts(pool, { ...everyone, ...search }, places));

  it('is read page by page, each person once, at a few calls more than a page names people', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { found, calls } = await find({ cursor });
      expect(calls).toBeLessThanOrEqual(6 + found.people.length);
      expect(found.people.every((each) => 'groups' in each)).toBe(true);
      seen.push(...namesIn(found));
      cursor = found.next;
    } while (cursor !== undefined);
    expect([seen.length, new Set(seen).size]).toEqual([3002, 3002]);
  });

  it.each([
    [{ q: '山田 2999' }, ['山田 2999']],
    [{ q: 'u1130002998' }, ['山田 2999']],
    [{ q: 'U1130002998@' }, []],
    [{ q: '相談支援センター2999' }, ['山田 2999']],
    [{ q: '1130002998' }, ['山田 2999']],
    [{ q: '山田 2991', state: 'invited' as const }, ['山田 2991']],
    [{ q: '山田 2992', state: 'invited' as const }, []],
    [{ state: 'invited' as const }, ['山田 2991']],
    [{ state: 'stopped' as const }, []],
    [{ role: 'admin' as const }, ['県庁 管理']],
    [{ role: 'prefecture' as const, q: '担当' }, ['県庁 担当']],
  ])('is searched by %j', async (search, names) => {
    const { found, calls } = await find(search);
    expect(namesIn(found)).toEqual(names);
    expect(calls).toBeLessThanOrEqual(50);
  });

  it('says that it shows a part of the many that a search finds, and looks at no more', async () => {
    const many = poolOf(1000);
    many.hold(
      Array.from({ length: 300 }, (_, index) => ({
        username: `sato-${index}`,
        name: '佐藤',
        groups: ['unit-1130000001'],
      })),
    );
    const { found, calls } = await asked(many, () =>
      findAccounts(many, { ...everyone, q: '相談支援センター2' }, places),
    );
    expect([found.people.length, found.isCut]).toEqual([120, true]);
    expect(calls).toBeLessThanOrEqual(150);
  });

  it('begins anew where its place is not known any more', async () => {
    const { found } = await find({ cursor: 'kept for too long' });
    expect([found.people.length, found.next]).toEqual([60, '60']);
  });

  it('asks of a change for one person nothing of the others but who is of the prefecture', async () => {
    const { people } = (await find({ role: 'admin' })).found;
    const [kanri] = people;
    if (kanri === undefined || !('groups' in kanri)) throw new Error('was found');
    const { found, calls } = await asked(pool, () => concernedBy(pool, kanri));
    expect(found.map(({ username }) => username)).toEqual(['kanri', 'tanto']);
    expect(calls).toBeLessThanOrEqual(5);
  });
});

describe('the list of few', () => {
  it('is in order, found by any part of what is told, and asks nothing of whom nobody looks at', async () => {
    const pool = poolOf(130);
    const all = await asked(pool, () => findAccounts(pool, everyone, places));
    expect([all.found.people.length, all.found.isLong, all.calls]).toEqual([132, false, 3]);
    expect(namesIn(all.found).slice(0, 2)).toEqual(['県庁 管理', '県庁 担当']);
    const { found } = await asked(pool, () => findAccounts(pool, { ...everyone, q: 'センター130' }, places));
    expect(namesIn(found)).toEqual(['山田 130']);
  });
});

describe('the units for which nobody acts', () => {
  const [a = '', b = '', c = '', d = '', e = ''] = offices.slice(2990).map(({ code }) => code);
  const units = { all: offices.slice(2990), shown: offices.slice(2990, 2995) };

  it.each([
    ['few', 0, [b, d, e, ...offices.slice(2995).map(({ code }) => code)], 1 + 6],
    ['many', 2990, [b, d, e], 5 + 3 + 5 + 4],
  ])(
    'among %s are those without anybody in use, divisions being somebody, and who is of the prefecture as well nobody',
    async (_, others, without, most) => {
      const pool = poolOf(others);
      pool.hold([
        { username: 'a', groups: [`unit-${a}`] },
        { username: 'b', groups: [`unit-${b}`], isEnabled: false },
        { username: 'c', groups: [`unit-${c}-offices`] },
        { username: 'd', groups: [`unit-${d}`, 'prefecture'] },
      ]);
      const { found, calls } = await asked(pool, () => unitsWithout(pool, units, ['offices']));
      expect(found.units.map(({ code }) => code)).toEqual(without);
      expect([found.isOfAll, calls]).toEqual([others === 0, most]);
    },
  );
});

describe('a file of many', () => {
  const header = '利用者名,氏名,メールアドレス,区分,団体コード,状態';
  const kanri = 'kanri,県庁 管理,kanri@example.jp,県（管理者）,,利用';
  const rowsOf = (count: number): string[] =>
    offices.slice(0, count).map(({ code }) => `u${code},,u${code}@example.jp,市町村,${code},利用`);
  const known = { ...placesOf(undefined, []), others: new Set(offices.map(({ code }) => code)) };

  function propose(pool: FakePool, rows: readonly string[], from: number, retireMissing = false) {
    const bytes = new TextEncoder().encode([header, ...rows].join('\r\n'));
    return proposeFile(bytes, known, pool, { retireMissing, from, self: 'sub-kanri' });
  }

  /** Carries all of its parts out, and says what each was. */
  async function carryOut(pool: FakePool, rows: readonly string[], retireMissing = false): Promise<Proposal[]> {
    const { pool: accounts, signOuts, log, now } = pool;
    const parts: Proposal[] = [];
    for (let from: number | undefined = 0; from !== undefined;) {
      const proposed = await propose(pool, rows, from, retireMissing);
      if (!proposed.ok) throw new Error(JSON.stringify(proposed.problem));
      for (const { action } of proposed.value.changes)
        await applyRecorded({ accounts, signOuts, log, now }, action, '管理者');
      parts.push(proposed.value);
      from = proposed.value.next;
    }
    return parts;
  }

  it('is carried out in parts, and a second time nothing is left', async () => {
    const pool = new FakePool();
    staff(pool);
    const rows = [kanri, ...rowsOf(449)];
    const parts = await carryOut(pool, rows);
    expect(parts.map(({ part }) => part)).toEqual([
      { from: 0, to: 200, of: 450 },
      { from: 200, to: 400, of: 450 },
      { from: 400, to: 450, of: 450 },
    ]);
    expect(parts.map(({ changes }) => changes.length)).toEqual([199, 200, 50]);
    expect(parts.map(({ unnamed }) => unnamed)).toEqual([['tanto'], ['tanto'], ['tanto']]);
    expect(pool.actingAs('u1130000448')).toEqual([]);
    const { found, calls } = await asked(pool, () => propose(pool, rows, 200));
    expect(found).toMatchObject({ ok: true, value: { changes: [], unchanged: partSize, next: 400 } });
    expect(calls).toBeLessThanOrEqual(partSize + 20);
  });

  it('names who follows the last administrator before that one, who carries it out, gives it up', async () => {
    const pool = new FakePool();
    staff(pool);
    const [own, follower] = ['kanri,,kanri@example.jp,県,,利用', 'kounin,後任,kounin@example.jp,県（管理者）,,利用'];
    const parts = await carryOut(pool, [own, ...rowsOf(404), follower]);
    const places = parts.map(({ changes }) => changes.map(({ row }) => row));
    expect([places[0]?.[0], places.at(-1)?.at(-1)]).toEqual([407, 2]);
    expect(await pool.pool.groupsOf('kounin')).toContain('prefecture-admin');
    expect(await pool.pool.groupsOf('kanri')).toEqual(['prefecture']);
    expect(parts.map(({ changes }) => changes.length)).toEqual([200, 200, 6]);
  });

  it('stops whom it does not name with its last part, so many at a time', async () => {
    const pool = poolOf(500);
    const parts = await carryOut(pool, [kanri, ...rowsOf(249)], true);
    expect(parts.map(({ changes }) => changes.filter(({ row }) => row === undefined).length)).toEqual([0, 201, 51]);
    const { found } = await asked(pool, () => findAccounts(pool, { ...everyone, state: 'stopped' }, places));
    expect(found.people).toHaveLength(60);
  });

  it('is refused whole at its first part for what is wrong in a later one', async () => {
    const pool = new FakePool();
    staff(pool);
    const wrong = await propose(pool, [kanri, ...rowsOf(300), 'gone-01,,g@example.jp,市町村,1130000001,停止'], 0);
    expect(wrong).toMatchObject({ problem: { errors: [{ path: 'rows.303.username' }] } });
    const alone = await propose(pool, rowsOf(300), 0, true);
    expect(alone).toMatchObject({ problem: { errors: [{ path: '' }, { path: '' }] } });
  });
});
