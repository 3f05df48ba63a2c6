/** What people are told where a schema does not say it in words of its own. */

import * as z from 'zod';

const kinds: Readonly<Record<string, string>> = {
  string: '文字列',
  number: '数',
  int: '整数',
  boolean: 'true又はfalse',
  array: '配列',
  object: 'オブジェクト',
  record: 'オブジェクト',
};

/** Names and values that a caller sent, or a schema allows, are quoted no further. */
const mostNamed = 10;
const longestName = 40;

function named(values: readonly unknown[]): string {
  const names = values.slice(0, mostNamed).map((value) => String(value).slice(0, longestName));
  return `${names.join('、')}${values.length > mostNamed ? 'など' : ''}`;
}

/** What a limit is of, and what is asked for: 文字…で入力してください。 */
const measured: Readonly<Record<string, readonly [string, string]>> = {
  string: ['文字', 'で入力してください。'],
  array: ['件', 'にしてください。'],
  set: ['件', 'にしてください。'],
};
const numbers = ['', 'の数を指定してください。'] as const;

function limitMessage(origin: string, limit: number | bigint, bound: string): string {
  const [counter, request] = measured[origin] ?? numbers;
  return `${limit}${counter}${bound}${request}`;
}

function messageOf(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? 'この項目は必須です。'
        : `値の種類が正しくありません。${kinds[issue.expected] ?? '別の形'}で指定してください。`;
    case 'invalid_value':
      return `次のいずれかを指定してください：${named(issue.values)}`;
    case 'too_big':
      return limitMessage(issue.origin, issue.maximum, issue.inclusive === false ? '未満' : '以下');
    case 'too_small':
      if (issue.minimum === 1 && issue.origin === 'string') return '入力してください。';
      if (issue.minimum === 1 && issue.origin === 'array') return '1件以上指定してください。';
      return limitMessage(issue.origin, issue.minimum, issue.inclusive === false ? '超' : '以上');
    case 'unrecognized_keys':
      return `ここでは使えない項目です：${named(issue.keys)}`;
    case 'invalid_format':
      return '形式が正しくありません。';
    case 'custom':
    case 'invalid_element':
    case 'invalid_key':
    case 'invalid_union':
    case 'not_multiple_of':
      return '内容が正しくありません。';
  }
}

/** For every schema of this process; the validator's own sentences never reach people. */
export function speakJapanese(): void {
  z.config({ localeError: messageOf });
}
