/**
 * What is to be done so that the accounts stand as the file wants them. Only what differs is done, so that a plan
 * carried out, once or in several attempts, leaves nothing to plan.
 */

import { groupsOf, roleOf } from './account.ts';
import type { AccountError, AccountRole, StoredAccount, WantedAccount } from './account.ts';
import { isFederated } from './federated.ts';

export interface GroupChange {
  readonly join: readonly string[];
  readonly leave: readonly string[];
}

/** What an account is to show from now on; absent where it stays. */
export interface AttributeChange {
  readonly name?: string;
  readonly email?: string;
}

export type AccountAction =
  | {
      readonly kind: 'create';
      readonly username: string;
      readonly name: string;
      readonly email: string;
      readonly groups: GroupChange;
    }
  | {
      readonly kind: 'change';
      readonly account: StoredAccount;
      readonly groups: GroupChange;
      readonly attributes: AttributeChange;
      /** What the person holds says what no longer holds. */
      readonly endsSessions: boolean;
    }
  | {
      readonly kind: 'enable';
      readonly account: StoredAccount;
      readonly groups: GroupChange;
      readonly attributes: AttributeChange;
    }
  | { readonly kind: 'retire'; readonly account: StoredAccount };

export function usernameOf(action: AccountAction): string {
  return action.kind === 'create' ? action.username : action.account.username;
}

export type Plan =
  | { readonly ok: false; readonly errors: readonly AccountError[] }
  | {
      readonly ok: true;
      readonly actions: readonly AccountAction[];
      /** People of the prefecture's provider who have yet to sign in for the first time. */
      readonly awaited: readonly string[];
      /** Accounts in use that the file does not name, and that stay. */
      readonly unnamed: readonly string[];
    };

function isSameAddress(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function groupChange(before: readonly string[], after: readonly string[]): GroupChange {
  return {
    join: after.filter((group) => !before.includes(group)),
    leave: before.filter((group) => !after.includes(group)),
  };
}

function isNone({ join, leave }: GroupChange): boolean {
  return join.length === 0 && leave.length === 0;
}

function attributeChange(wanted: WantedAccount, account: StoredAccount): AttributeChange {
  // A provider writes the address of its people itself.
  const hasNewAddress = !isFederated(wanted.username) && !isSameAddress(wanted.email, account.email);
  return {
    ...(wanted.name === account.name ? {} : { name: wanted.name }),
    ...(hasNewAddress ? { email: wanted.email } : {}),
  };
}

/** An account is one person's: whoever follows gets one of their own. */
function refusalOf(
  { row, username }: WantedAccount,
  { email, name }: AttributeChange,
  account: StoredAccount,
): AccountError | undefined {
  if (!account.isEnabled && email !== undefined)
    return {
      row,
      column: 'メールアドレス',
      message: `利用者名「${username}」は以前の利用者のものです。別の人には新しい利用者名を付けてください。`,
    };
  if (name !== undefined && email !== undefined && account.name !== '' && name !== '')
    return {
      row,
      column: '利用者名',
      message: `利用者名「${username}」の氏名とメールアドレスが両方変わっています。後任の人には新しい利用者名を付け、前任の人は「停止」にしてください。`,
    };
  return undefined;
}

function retirementOf(account: StoredAccount): AccountAction[] {
  return account.isEnabled || !account.isBarred ? [{ kind: 'retire', account }] : [];
}

function actionFor(
  wanted: WantedAccount,
  account: StoredAccount,
  self: string | undefined,
): AccountAction[] | AccountError {
  if (!wanted.isActive)
    return account.id === self
      ? { row: wanted.row, column: '状態', message: '自分自身の利用は停止できません。' }
      : retirementOf(account);
  const attributes = attributeChange(wanted, account);
  const refusal = refusalOf(wanted, attributes, account);
  if (refusal !== undefined) return refusal;
  const groups = groupChange(account.groups, groupsOf(wanted.role));
  if (!account.isEnabled) return [{ kind: 'enable', account, groups, attributes }];
  // Somebody who had no role has no session; somebody barred is in the middle of a change that was broken off.
  const endsSessions = account.isBarred || (account.groups.length > 0 && !isNone(groups));
  const isAsWanted = !endsSessions && isNone(groups) && Object.keys(attributes).length === 0;
  return isAsWanted ? [] : [{ kind: 'change', account, groups, attributes, endsSessions }];
}

type IsKept = (role: AccountRole) => boolean;

/** Those without whom nobody could make it good on the site. */
const indispensable: readonly { readonly is: IsKept; readonly message: string }[] = [
  {
    is: ({ kind }) => kind === 'prefecture',
    message: '県の利用者が一人もいなくなります。後任の利用者を先に登録してください。',
  },
  {
    is: (role) => role.kind === 'prefecture' && role.rank === 'admin',
    message: '県の管理者が一人もいなくなります。別の管理者を先に決めてください。',
  },
];

/** Whether somebody is such now, and nobody would be. */
function leavesNobody(
  is: IsKept,
  wanted: readonly WantedAccount[],
  stored: readonly StoredAccount[],
  retired: ReadonlySet<string>,
): boolean {
  const named = new Set(wanted.map(({ username }) => username));
  const known = new Set(stored.map(({ username }) => username.toLowerCase()));
  const those = stored.filter(({ isEnabled, groups }) => isEnabled && is(roleOf(groups)));
  const staysSome =
    wanted.some(
      ({ username, isActive, role }) => isActive && is(role) && (known.has(username) || !isFederated(username)),
    ) || those.some(({ username }) => !named.has(username.toLowerCase()) && !retired.has(username.toLowerCase()));
  return those.length > 0 && !staysSome;
}

export interface PlanOptions {
  readonly retireMissing: boolean;
  /** The id of whoever asks for it on the site, who cannot stop themselves. */
  readonly self?: string | undefined;
  /** All that the file names, where it is carried out in parts. */
  readonly named?: ReadonlySet<string>;
}

export function planAccounts(
  wanted: readonly WantedAccount[],
  stored: readonly StoredAccount[],
  { retireMissing, self, named = new Set(wanted.map(({ username }) => username)) }: PlanOptions,
): Plan {
  const byName = new Map(stored.map((account) => [account.username.toLowerCase(), account]));
  const errors: AccountError[] = [];
  const actions: AccountAction[] = [];
  const awaited: string[] = [];
  for (const each of wanted) {
    const { row, username, name, email } = each;
    const account = byName.get(username);
    if (account !== undefined) {
      const planned = actionFor(each, account, self);
      if ('message' in planned) errors.push(planned);
      else actions.push(...planned);
    } else if (!each.isActive)
      errors.push({ row, column: '利用者名', message: `停止する利用者名「${username}」は登録されていません。` });
    else if (isFederated(username)) awaited.push(username);
    else actions.push({ kind: 'create', username, name, email, groups: groupChange([], groupsOf(each.role)) });
  }
  const missing = stored.filter(({ username }) => !named.has(username.toLowerCase()));
  if (retireMissing) actions.push(...missing.flatMap(retirementOf));
  if (retireMissing && missing.some(({ id }) => id === self))
    errors.push({ message: '自分自身がファイルにありません。自分自身の利用は停止できません。' });
  const retired = new Set(retireMissing ? missing.map(({ username }) => username.toLowerCase()) : []);
  const lacking = indispensable.find(({ is }) => leavesNobody(is, wanted, stored, retired));
  if (lacking !== undefined) errors.push({ message: lacking.message });
  if (errors.length > 0) return { ok: false, errors };
  const unnamed = retireMissing ? [] : missing.filter(({ isEnabled }) => isEnabled).map(({ username }) => username);
  return { ok: true, actions, awaited, unnamed };
}
