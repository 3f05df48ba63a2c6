/** Zod issues → errors at questions, with stable codes and Japanese messages. One table for every form. */

import type { Form, Item } from '../../schemas/form.ts';
import type { FieldError } from '../../schemas/problem.ts';
import type { Json } from '../../schemas/return.ts';
import { tooLongText, unstorableText } from '../../schemas/values/text.ts';
import type { FieldErrorCode, Issue } from '../../schemas/kinds/field-error.ts';
import { stepsAlong } from './question-path.ts';

const messages: Readonly<Record<FieldErrorCode, string>> = {
  'unknown-question': 'この調査票にない項目です。',
  'unknown-option': '選択肢にない回答です。選択肢から選んでください。',
  'wrong-type': '回答の形式が正しくありません。',
  'unstorable-text': unstorableText,
  empty: '空の文字列は保存できません。回答しない場合は項目ごと省いてください。',
  blank: '空白だけの回答です。内容を記入するか、未回答にしてください。',
  'too-long': tooLongText,
  'too-many': '件数が上限を超えています。',
  duplicate: '同じ選択肢が重複しています。',
  negative: '0以上の整数で入力してください。',
  fractional: '小数は入力できません。整数で入力してください。',
  'too-large': '数が大きすぎます。桁数を確認してください。',
  'out-of-range': '数が範囲の外にあります。',
  'too-many-places': '小数の桁が多すぎます。',
  'invalid-date': '日付が正しくありません。実在する年月日を入力してください。',
  'invalid-range': '範囲は下限が上限以下になるよう、0以上の整数で入力してください。',
  'invalid-frequency': '頻度が正しくありません。「月1回」「年2〜6回」「随時」のように入力してください。',
  'invalid-fiscal-years': '年度が正しくありません。西暦の年度で入力してください。',
  'invalid-municipality-code': '市町村コードが正しくありません。検査数字を含む6桁のコードを確認してください。',
  'invalid-email': 'メールアドレスの形式が正しくありません。',
  'invalid-phone': '電話番号の形式が正しくありません。',
  'invalid-id': '識別子が正しくありません。',
};

export function fieldError(path: string, code: FieldErrorCode, detail = ''): FieldError {
  return { path, code, message: `${messages[code]}${detail}` };
}

function isFieldErrorCode(code: string): code is FieldErrorCode {
  return Object.hasOwn(messages, code);
}

function codeOf(issue: Issue, item: Item | undefined): FieldErrorCode {
  const own = issue.params?.['code'];
  if (typeof own === 'string' && isFieldErrorCode(own)) return own;
  if (item === undefined) return issue.path.at(-1) === 'id' ? 'invalid-id' : 'wrong-type';
  const { kind } = item;
  if (issue.code === 'too_small' && issue.origin === 'string') return 'empty';
  if (kind.nesting === 'entries' && issue.code === 'too_big') return 'too-many';
  return kind.nesting === 'fields' || kind.nesting === 'entries' ? 'wrong-type' : kind.issueCode(issue);
}

/** What is wrong inside a single answer is wrong with its question; plain texts in a list are told by position. */
function isSingleAnswer({ kind }: Item): boolean {
  return kind.nesting === 'none';
}

function standsAt(
  { sections }: Pick<Form, 'sections'>,
  value: Json,
  issue: Issue,
  base: readonly string[],
): { readonly path: string; readonly item: Item | undefined } {
  const names = [...base, ...issue.path];
  const steps = stepsAlong(sections, names, value, base.length);
  const item = steps.at(-1)?.item;
  const rest = item !== undefined && isSingleAnswer(item) ? [] : names.slice(steps.length);
  const path = [...steps.map(({ name }) => name), ...rest.map(String)].join('.');
  return { path, item: rest.length === 0 ? item : undefined };
}

function limitOf(code: FieldErrorCode, item: Item | undefined): string {
  const limits = item?.kind.limits;
  return limits?.[code] ?? '';
}

/** Nobody reads more; a list without end would not fit into an answer. */
const mostErrors = 1000;

/**
 * Errors for the issues found in `value`, which stands at `base` in the answers: empty for a whole return; the names of a
 * section, or of a section and one of its entries, for a part.
 */
export function fieldErrors(
  form: Pick<Form, 'sections'>,
  value: Json,
  issues: readonly Issue[],
  base: readonly string[] = [],
): FieldError[] {
  const errors = issues.slice(0, mostErrors).flatMap((issue) => {
    const { path, item } = standsAt(form, value, issue, base);
    if (issue.code === 'unrecognized_keys' && (item === undefined || !isSingleAnswer(item)))
      return (issue.keys ?? [])
        .slice(0, mostErrors)
        .map((key) => fieldError(path === '' ? key : `${path}.${key}`, 'unknown-question'));
    const code = codeOf(issue, item);
    return [fieldError(path, code, limitOf(code, item))];
  });
  return [...new Map(errors.map((error) => [`${error.path} ${error.code}`, error])).values()];
}
