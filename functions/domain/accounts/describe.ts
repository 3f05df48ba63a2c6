/** A plan in words, for whoever is about to carry it out. */

import type { FieldError } from '../../../schemas/problem.ts';
import { refused } from '../outcome.ts';
import { roleNameOf, roleOf } from './account.ts';
import type { AccountError } from './account.ts';
import type { AccountAction, AttributeChange, GroupChange } from './plan.ts';

export function roleTextOf(groups: readonly string[]): string {
  const role = roleOf(groups);
  return role.kind === 'municipality' ? `${roleNameOf(role)} ${role.units.join('、')}` : roleNameOf(role);
}

function changes(before: readonly string[], { join, leave }: GroupChange, { name, email }: AttributeChange): string[] {
  const after = [...before.filter((group) => !leave.includes(group)), ...join];
  return [
    ...(join.length + leave.length === 0 ? [] : [`権限 ${roleTextOf(before)} → ${roleTextOf(after)}`]),
    ...(name === undefined ? [] : [name === '' ? '氏名を削除' : `氏名 ${name}`]),
    ...(email === undefined ? [] : [`メールアドレス ${email}`]),
  ];
}

export function describeAction(action: AccountAction): string {
  switch (action.kind) {
    case 'create':
      return `登録  ${action.username}（${roleTextOf(action.groups.join)}）: 招待のメールを ${action.email} に送ります`;
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

const fields: Readonly<Record<NonNullable<AccountError['column']>, string>> = {
  利用者名: 'username',
  氏名: 'name',
  メールアドレス: 'email',
  区分: 'role',
  団体コード: 'units',
  状態: 'active',
};

function fieldError({ row, column, message }: AccountError): FieldError {
  const field = column === undefined ? [] : [fields[column]];
  if (row === undefined || row === 0) return { path: field.join('.'), code: 'invalid', message };
  // Beside a field of a form its label stands; a row of a file has many cells.
  const told = column === undefined ? message : `${column}：${message}`;
  return { path: [`rows.${row}`, ...field].join('.'), code: 'invalid', message: told };
}

/** A refusal with an error at each field; of a file `rows.<row>.<field>`. */
export function refusedFor(errors: readonly AccountError[]): ReturnType<typeof refused> {
  return refused('invalid-accounts', { errors: errors.map(fieldError) });
}
