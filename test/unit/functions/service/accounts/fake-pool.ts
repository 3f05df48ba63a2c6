/** A pool and a table in memory, as far as accounts go, that can break down before or after any single change. */

import type { AccountSystem } from '../../../../../functions/service/accounts/import-accounts.ts';
import { UnknownCursor } from '../../../../../functions/storage/account-errors.ts';
import type { PeopleFilter } from '../../../../../functions/storage/account-pool.ts';
import type { PooledPerson } from '../../../../../functions/domain/accounts/account.ts';

export class Breakdown extends Error {}

interface PooledAccount extends PooledPerson {
  readonly groups: readonly string[];
}

interface Held {
  readonly account: PooledAccount;
  /** The seconds at which the person was issued something, with the groups of then. */
  readonly issued: { readonly at: number; readonly groups: readonly string[] }[];
}

/** As Cognito's. */
const perPage = 60;

function isFound(person: PooledPerson, { attribute, value, isBeginning = false }: PeopleFilter): boolean {
  const { id: sub, username, name, email, isEnabled, isInvited } = person;
  const status = isEnabled ? 'Enabled' : 'Disabled';
  const state = isInvited ? 'FORCE_CHANGE_PASSWORD' : 'CONFIRMED';
  const held = { sub, username, name, email, status, 'cognito:user_status': state }[attribute];
  return isBeginning ? held.startsWith(value) : held === value;
}

export class FakePool implements AccountSystem {
  readonly invitations: string[] = [];
  /** What was asked, a call each. */
  readonly asked: string[] = [];
  readonly #held = new Map<string, Held>();
  readonly #bars = new Map<string, { readonly barred: boolean; readonly endedAt: number }>();
  #changes = 0;
  #breakAt: { readonly change: number; readonly after: boolean } | undefined;
  #seconds = 1000;

  /** The next change of this number (from 1) fails: with its effect, or without. */
  breakAt(change: number, after: boolean): void {
    this.#changes = 0;
    this.#breakAt = { change, after };
  }

  /** Changes since the last `breakAt`, or since ever. */
  get changes(): number {
    return this.#changes;
  }

  now = (): Date => new Date(this.#seconds * 1000);

  #change(effect: () => void): void {
    this.#seconds += 1;
    this.#changes += 1;
    const isBroken = this.#changes === this.#breakAt?.change;
    if (!isBroken || this.#breakAt?.after === true) effect();
    if (isBroken) throw new Breakdown('the connection is gone');
  }

  #get(username: string): Held {
    const held = this.#held.get(username);
    if (held === undefined) throw new Error(`no user ${username}`);
    return held;
  }

  #people(): PooledPerson[] {
    return [...this.#held.values()].map(({ account: { id, username, name, email, isEnabled, isInvited } }) => ({
      id,
      username,
      name,
      email,
      isEnabled,
      isInvited,
    }));
  }

  #update(username: string, change: Partial<PooledAccount>): void {
    const { account, issued } = this.#get(username);
    this.#held.set(username, { account: { ...account, ...change }, issued });
  }

  /** The person signs in, if the pool lets them, and is issued tokens. */
  signIn(username: string): void {
    const { account, issued } = this.#get(username);
    this.#seconds += 1;
    if (account.isEnabled) issued.push({ at: this.#seconds, groups: account.groups });
  }

  /** Puts people there, who have signed in. */
  hold(people: readonly (Pick<PooledAccount, 'username' | 'groups'> & Partial<PooledAccount>)[]): void {
    for (const each of people) {
      const email = `${each.username}@example.jp`;
      const usual = { id: `sub-${each.username}`, name: '', email, isEnabled: true, isInvited: false };
      this.#held.set(each.username, { account: { ...usual, ...each }, issued: [] });
    }
  }

  /** Somebody disables the account in the console, of which the table knows nothing. */
  disableElsewhere(username: string): void {
    this.#update(username, { isEnabled: false });
  }

  /** Everybody signs in. */
  signInAll(): void {
    for (const username of this.#held.keys()) this.signIn(username);
  }

  /** The groups in which a person may act, by anything they hold; in none, nobody acts. */
  actingAs(username: string): string[][] {
    const { account, issued } = this.#get(username);
    const { barred, endedAt } = this.#bars.get(account.id) ?? { barred: false, endedAt: 0 };
    const counts = issued.filter(({ at, groups }) => at > endedAt && groups.length > 0);
    return barred ? [] : counts.map(({ groups }) => [...groups]);
  }

  /** All there is, to be compared. */
  state(): unknown {
    return [...this.#held.values()]
      .map(({ account }) => ({ ...account, barred: this.#bars.get(account.id)?.barred ?? false }))
      .toSorted((a, b) => (a.username < b.username ? -1 : 1));
  }

  readonly pool: AccountSystem['pool'] = {
    page: async (filter, after = '0') => {
      this.asked.push('page');
      if (!/^\d+$/.test(after)) throw new UnknownCursor();
      const found = this.#people().filter((person) => filter === undefined || isFound(person, filter));
      const to = Number(after) + perPage;
      return { people: found.slice(Number(after), to), next: to < found.length ? String(to) : undefined };
    },
    members: async (group) => {
      this.asked.push('members');
      return this.#people().filter(({ username }) => this.#get(username).account.groups.includes(group));
    },
    groupsOf: async (username) => {
      this.asked.push('groupsOf');
      return this.#get(username).account.groups;
    },
    invite: async ({ username, name, email }) =>
      this.#change(() => {
        if (this.#held.has(username)) return;
        this.invitations.push(username);
        const account = { id: `sub-${username}`, username, name, email, groups: [], isEnabled: true, isInvited: true };
        this.#held.set(username, { account, issued: [] });
      }),
    setAttributes: async (username, attributes) => this.#change(() => this.#update(username, attributes)),
    join: async (username, group) =>
      this.#change(() => {
        const { groups } = this.#get(username).account;
        this.#update(username, { groups: [...new Set([...groups, group])].toSorted() });
      }),
    leave: async (username, group) =>
      this.#change(() => {
        this.#update(username, { groups: this.#get(username).account.groups.filter((each) => each !== group) });
      }),
    enable: async (username) => this.#change(() => this.#update(username, { isEnabled: true })),
    disable: async (username) => this.#change(() => this.#update(username, { isEnabled: false })),
    signOut: async (username) =>
      this.#change(() => {
        if (!this.#get(username).account.isEnabled) throw new Error('User is disabled.');
      }),
  };

  readonly log: AccountSystem['log'] = { record: async () => undefined };

  readonly signOuts: AccountSystem['signOuts'] = {
    bar: async (id) => this.#change(() => this.#bars.set(id, { barred: true, endedAt: 0 })),
    admit: async (id, at) =>
      this.#change(() => this.#bars.set(id, { barred: false, endedAt: Math.floor(at.getTime() / 1000) })),
    barredAmong: async (ids) => new Set(ids.filter((id) => this.#bars.get(id)?.barred === true)),
  };
}
