/** The frame of every page: skip link, header with who is signed in, main, footer. */

import { html } from 'hono/html';
import type { JSX } from 'hono/jsx/jsx-runtime';
import { CsrfField } from './csrf-field.tsx';
import type { Shell, Visit, WebContext } from './visit.ts';

export interface PageOptions {
  /** Of the page; the browser shows it with the application's name. */
  readonly title: string;
  readonly status?: 200 | 400 | 401 | 403 | 404 | 409 | 410 | 412 | 413 | 422 | 429 | 500 | 503;
  readonly wide?: boolean;
  /** The page came back with errors: said first in its title. */
  readonly hasErrors?: boolean;
  readonly script?: boolean;
  /** Where the name in the header leads whoever has not come to sign in; the list of rounds without it. */
  readonly home?: string;
}

function SignedIn({ visit }: { visit: Visit }) {
  return (
    <div class="site-header__person">
      <span>
        <span class="visually-hidden">サインイン中：</span>
        {visit.person.name}
      </span>
      <form method="post" action={visit.paths.signOut}>
        <CsrfField visit={visit} />
        <button class="button button--text" type="submit">
          サインアウト
        </button>
      </form>
    </div>
  );
}

function PrefecturePages({ visit: { paths } }: { visit: Visit }) {
  return (
    <nav aria-label="県の担当者のページ">
      <a href={paths.guide}>使い方</a>　<a href={paths.calendar}>年間の予定</a>　<a href={paths.notes}>引継メモ</a>
    </nav>
  );
}

interface FrameProps {
  readonly shell: Shell;
  readonly visit: Visit | undefined;
  readonly options: PageOptions;
  readonly children: JSX.Element;
}

function Frame({ shell, visit, options, children }: FrameProps) {
  const { title, wide = false, hasErrors = false, script = false } = options;
  return (
    <html lang="ja">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="format-detection" content="telephone=no" />
        <title>{`${hasErrors ? 'エラー：' : ''}${title}｜寄合 ${shell.prefectureName}`}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href={shell.style} />
        {script ? <script type="module" src={shell.script} /> : ''}
      </head>
      <body class={wide ? 'wide' : undefined}>
        <a class="skip-link" href="#main">
          本文へ移動
        </a>
        <header class="site-header">
          <div class="site-header__inner">
            <a class="site-header__name" href={options.home ?? shell.paths.home}>
              <span class="site-header__product">寄合</span> <span>{shell.prefectureName}</span>
            </a>
            {visit === undefined ? '' : <SignedIn visit={visit} />}
          </div>
        </header>
        <main id="main" class="page" tabindex={-1}>
          {children}
        </main>
        <footer class="site-footer">
          <div class="site-footer__inner">
            {visit?.person.role === 'prefecture' && <PrefecturePages visit={visit} />}
            調査・回答（{shell.prefectureName}）
          </div>
        </footer>
      </body>
    </html>
  );
}

/** A whole page: of somebody signed in, or, where nobody is, without a name in the header. */
export function page(c: WebContext, options: PageOptions, body: JSX.Element): Response | Promise<Response> {
  const frame = (
    <Frame shell={c.get('shell')} visit={c.get('visit')} options={options}>
      {body}
    </Frame>
  );
  return c.html(html`<!doctype html>${frame}`, options.status ?? 200);
}
