/** What a check finds, and the two things that most of them look at. */

import type { Answer } from './site.ts';

/** What is wrong, in Japanese; nothing when all is well. */
export type Finding = string | undefined;

export interface Check<Subject> {
  readonly title: string;
  /** @throws what the connection throws */
  run(subject: Subject): Promise<readonly Finding[]>;
}

export function statusIs({ status }: Answer, expected: number): Finding {
  return status === expected ? undefined : `応答コードが ${status} です（正しくは ${expected}）。`;
}

export function headerIs({ headers }: Answer, name: string, expected: RegExp): Finding {
  const value = headers.get(name);
  if (value === null) return `ヘッダー ${name} がありません。`;
  return expected.test(value) ? undefined : `ヘッダー ${name} の値が「${value}」です。`;
}
