/** What somebody reads who may not go on, and the status that it comes with. */

import type { SignInRefusal } from '../../domain/sign-in.ts';
import type { PageOptions } from '../shared/layout.tsx';

interface RefusalText {
  readonly status: NonNullable<PageOptions['status']>;
  readonly message: string;
}

/** Those that a page of the sign-in says beside its field. */
export type FieldRefusal = Exclude<SignInRefusal, 'expired' | 'not-sent' | 'just-changed'>;

export const refusalTexts: Readonly<Record<FieldRefusal, RefusalText>> = {
  wrong: {
    status: 401,
    message:
      '利用者名かパスワードが正しくありません。大文字と小文字の違いを確認し、もう一度入力してください。続けて間違えた場合は、15分ほど待ってからお試しください。',
  },
  'wrong-code': {
    status: 401,
    // Of an authenticator, or of a mail.
    message: '確認コードが正しくありません。6桁の数字を確かめて、もう一度入力してください。',
  },
  'used-code': {
    status: 401,
    message: 'この確認コードは使用済みです。認証アプリの数字が変わるのを待って、新しい6桁の数字を入力してください。',
  },
  'expired-code': {
    status: 401,
    message: '確認コードの有効期限が過ぎています。「確認コードを送り直す」から、新しいコードを受け取ってください。',
  },
  'weak-password': {
    status: 422,
    message:
      'このパスワードは使用できません。条件を満たしていないか、過去に漏えいしたパスワードと一致しています。別のパスワードを入力してください。',
  },
  'earlier-password': {
    status: 422,
    message: '以前に使用したパスワードは使用できません。別のパスワードを入力してください。',
  },
  waiting: {
    status: 429,
    message:
      '続けて間違えたため、この利用者名の受付を一時的に止めています。15分ほど待ってから、もう一度お試しください。',
  },
};
