/** Pages for what went wrong. They tell what to do, and an operator by a number where to look; nothing else. */

import { Contact } from './contact.tsx';
import { failures } from './failures.ts';
import type { Failure, FailureKind } from './failures.ts';
import { page } from './layout.tsx';
import type { WebContext } from './visit.ts';

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
