/** What went wrong, in words for people: what to do, and nothing of what happened. */

import type { PageOptions } from './layout.tsx';

export interface Failure {
  readonly status: NonNullable<PageOptions['status']>;
  readonly title: string;
  readonly text: string;
  /** For whoever reads what is published, and knows no other page. */
  readonly publicText?: string;
  /** To be read out on the telephone. */
  readonly code?: string;
}

export const failures = {
  notFound: {
    status: 404,
    title: 'ページが見つかりません',
    text: 'アドレスが正しいか確認してください。「調査の一覧」から選び直すこともできます。',
    publicText:
      'アドレスが正しいか確認してください。調査結果は、公表しているものに限りご覧いただけます。公表が終わると、同じアドレスではご覧いただけなくなります。',
  },
  forbidden: {
    status: 403,
    title: 'この操作はできませんでした',
    text: '画面が古くなっているか、この操作を行う権限がありません。前の画面を開き直して、もう一度お試しください。',
  },
  malformed: {
    status: 400,
    title: '送信された内容を読み取れませんでした',
    text: '前の画面を開き直して、もう一度お試しください。',
  },
  tooLarge: {
    status: 413,
    title: '送信されたデータが大きすぎます',
    text: '文章を短くするか、ファイルを分けて、もう一度お試しください。',
  },
  fileTooLarge: {
    status: 413,
    title: 'ファイルが大きすぎます',
    text: 'ファイルは保存されていません。一度に送信できるのは、合わせて約4MBまでです。前の画面で大きさの上限を確認し、ページや画像を減らすか、いくつかのファイルに分けて、もう一度お試しください。',
  },
  busy: {
    status: 503,
    title: '混み合っています',
    text: 'しばらくしてから、もう一度お試しください。',
  },
  unavailable: {
    status: 503,
    title: '現在、必要な情報を取得できません',
    text: 'しばらくしてから、もう一度お試しください。',
  },
  signInUnavailable: {
    status: 503,
    title: 'サインインの処理が一時的にできません',
    text: '入力された内容の誤りではありません。1分ほど待ってから、サインインの画面を開き直して、もう一度お試しください。繰り返す場合は、次のコードをお問い合わせ先にお知らせください。',
    code: 'sign-in-unavailable',
  },
  internal: {
    status: 500,
    title: 'エラーが発生しました',
    text: '時間をおいて、もう一度お試しください。繰り返す場合は、次の番号をお問い合わせ先にお知らせください。',
  },
} as const satisfies Record<string, Failure>;

export type FailureKind = keyof typeof failures;
