/** Pages for what went wrong. They tell what to do, and an operator by a number where to look; nothing else. */

import { Contact } from './contact.tsx';
import { page } from './layout.tsx';
import type { PageOptions } from './layout.tsx';
import type { WebContext } from './visit.ts';

interface Failure {
  readonly status: NonNullable<PageOptions['status']>;
  readonly title: string;
  readonly text: string;
  /** For whoever reads what is published, and knows no other page. */
  readonly publicText?: string;
  /** To be read out on the telephone. */
  readonly code?: string;
}

const failures = {
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

/** A page on which files are sent is opened again at the address that they are sent to. */
function wayBack(c: WebContext, kind: FailureKind): { readonly href: string; readonly label: string } {
  const { home } = c.get('shell').paths;
  if (kind !== 'fileTooLarge') return { href: home, label: '調査の一覧へ' };
  // Two slashes at the beginning, or what a decoded path may begin with, would be the address of another host.
  const path = new URL(c.req.url).pathname.replace(/^\/+/, '');
  return { href: home + path, label: '前の画面に戻る' };
}

export function tooLargePage(c: WebContext): Response | Promise<Response> {
  const hasFiles = c.req.header('content-type')?.toLowerCase().startsWith('multipart/form-data') === true;
  return failurePage(c, hasFiles ? 'fileTooLarge' : 'tooLarge');
}

/** @param requestId under which operators find it in their log */
export function failurePage(c: WebContext, kind: FailureKind, requestId?: string): Response | Promise<Response> {
  const { status, title, text, publicText, code }: Failure = failures[kind];
  const isPublic = c.req.path.startsWith('/public/');
  const way = wayBack(c, kind);
  // As the script that saves while somebody types reads it: a page would look to it as if nobody had answered.
  if (c.req.header('x-csrf') !== undefined) return c.json({ message: `${title}。${text}` }, status);
  return page(
    c,
    { title, status },
    <>
      <h1>{title}</h1>
      <p>{(isPublic && publicText) || text}</p>
      {code === undefined ? '' : <p>コード：{code}</p>}
      {requestId === undefined ? '' : <p>番号：{requestId}</p>}
      <Contact shell={c.get('shell')} />
      {!isPublic && (
        <p>
          <a href={way.href}>{way.label}</a>
        </p>
      )}
    </>,
  );
}
