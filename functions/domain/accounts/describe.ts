/** A plan in words, for whoever is about to carry it out. */

import { roleNameOf, roleOf } from './account.ts';
import type { AccountError } from './account.ts';
import type { AccountAction, AttributeChange, GroupChange } from './plan.ts';

function roleText(groups: readonly string[]): string {
  const role = roleOf(groups);
  return role.kind === 'municipality' ? `${roleNameOf(role)} ${role.units.join('、')}` : roleNameOf(role);
}

function changes(before: readonly string[], { join, leave }: GroupChange, { name, email }: AttributeChange): string[] {
  const after = [...before.filter((group) => !leave.includes(group)), ...join];
  return [
    ...(join.length + leave.length === 0 ? [] : [`権限 ${roleText(before)} → ${roleText(after)}`]),
    ...(name === undefined ? [] : [name === '' ? '氏名を削除' : `氏名 ${name}`]),
    ...(email === undefined ? [] : [`メールアドレス ${email}`]),
  ];
}

export function describeAction(action: AccountAction): string {
  switch (action.kind) {
    case 'create':
      return `登録  ${action.username}（${roleText(action.groups.join)}）: 招待のメールを ${action.email} に送ります`;
    case 'change': {
      const { account, groups, attributes, endsSessions } = action;
      const told = [...changes(account.groups, groups, attributes), ...(endsSessions ? ['サインアウトさせます'] : [])];
      return `変更  ${account.username}: ${told.join('、')}`;
    }
    case 'enable':
      return `再開  ${[action.account.username, ...changes(action.account.groups, action.groups, action.attributes)].join('、')}`;
    case 'retire':
      return `停止  ${action.account.username}: サインアウトさせ、以後サインインできません`;
  }
}

export function describeError({ row, column, message }: AccountError): string {
  return `${row === undefined ? '' : `${row}行目 `}${column === undefined ? '' : `${column}: `}${message}`;
}
