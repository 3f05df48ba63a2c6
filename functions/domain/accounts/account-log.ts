/** What is done with accounts, for the log of the prefecture's office. */

import * as z from 'zod';
import { roleTextOf } from './describe.ts';
import type { AccountAction } from './plan.ts';

const whats = {
  create: '登録し、招待した',
  change: '変更した',
  enable: '利用を再開した',
  retire: '利用を停止した',
  newPassword: 'パスワードを再発行した',
  removeAuthenticator: '認証アプリの登録を外した',
} as const;

type AccountWhat = keyof typeof whats;

export const accountRecord = z.object({
  what: z.custom<AccountWhat>((value) => typeof value === 'string' && Object.hasOwn(whats, value)),
  actor: z.string(),
  at: z.iso.datetime(),
  username: z.string(),
  /** Groups, where they change. */
  before: z.array(z.string()).optional(),
  after: z.array(z.string()).optional(),
  /** It was begun, which is recorded before it is done, and did not come to its end. */
  failed: z.literal(true).optional(),
});
export type AccountRecord = z.infer<typeof accountRecord>;

/** What an action will have done. */
export function recordOf(action: AccountAction): Omit<AccountRecord, 'actor' | 'at'> {
  const { kind: what } = action;
  if (what === 'create') return { what, username: action.username, before: [], after: [...action.groups.join] };
  const { username, groups } = action.account;
  if (what === 'retire') return { what, username };
  const { join, leave } = action.groups;
  if (join.length + leave.length === 0) return { what, username };
  return { what, username, before: [...groups], after: [...groups.filter((each) => !leave.includes(each)), ...join] };
}

export function describeRecord({ what, before, after, failed }: AccountRecord): string {
  const change =
    before === undefined || after === undefined ? '' : `（権限 ${roleTextOf(before)} → ${roleTextOf(after)}）`;
  return `${whats[what]}${change}${failed === true ? '：途中で止まりました' : ''}`;
}
