/** What a municipality replies to the reasons for which its return was sent back: kept among the reasons of the version. */

import type { Reasons, SentBack } from '../../schemas/return.ts';

/** The last part of the key; no edit check is called so. */
const replyName = 'sent-back-reply';

/** The key among the reasons; the path is empty for the comment on the whole. */
export function replyKey(path: string): string {
  return `${path === '' ? 'return' : path}.${replyName}`;
}

export function isReplyKey(key: string): boolean {
  return key.endsWith(`.${replyName}`);
}

export function replyTo(path: string, reasons: Reasons): string | undefined {
  const key = replyKey(path);
  return Object.hasOwn(reasons, key) ? reasons[key] : undefined;
}

/** Paths of the questions that were sent back, and of the whole. */
export function sentBackPaths(sentBack: SentBack | undefined): string[] {
  return sentBack === undefined ? [] : [...new Set(['', ...sentBack.questions.map(({ path }) => path)])];
}
