/** The errors at questions that Zod finds, and what an issue says that they are chosen by. */

import { tooLongText, unstorableText } from '../values/text.ts';

/** What is read of a Zod issue. */
export interface Issue {
  readonly code: string;
  readonly path: readonly PropertyKey[];
  readonly keys?: readonly string[];
  readonly origin?: string;
  readonly expected?: string;
  readonly params?: Readonly<Record<string, unknown>>;
}

/** Errors that no single kind has, with their messages; those of one kind stand in its module. */
export const sharedErrors = {
  'unknown-question':
    'この調査票にない項目です。項目の名前（調査票の符号表にあります）を確かめ、当たるものがなければ除いてください。',
  'unknown-option': '選択肢にない回答です。選択肢から選んでください。',
  'wrong-type': '回答の形式が正しくありません。この項目を入力し直してください。',
  'unstorable-text': unstorableText,
  empty: '空の文字列は保存できません。回答しない場合は項目ごと省いてください。',
  blank: '空白だけの回答です。内容を記入するか、未回答にしてください。',
  'too-long': tooLongText,
  'too-many': '件数が上限を超えています。件数を減らしてください。',
  duplicate: '同じ選択肢が重複しています。1つにしてください。',
  'invalid-id': '識別子が正しくありません。英数字で始まる64文字以内の英数字・ハイフン・下線で付け直してください。',
} as const;

export type SharedErrorCode = keyof typeof sharedErrors;

/** By code; a kind may say a shared one more exactly. */
export type ErrorMessages = Readonly<Record<string, string>>;

export function optionIssue({ code }: Issue): SharedErrorCode {
  if (code === 'invalid_value') return 'unknown-option';
  return code === 'too_big' ? 'too-many' : 'wrong-type';
}
