/** The pages of the sign-in: the list of accounts, and what is shown when it fails. */

import { html } from 'hono/html';

/** Someone who can sign in; `groups` are those of the prefecture, or `unit-<code>`. */
export type DemoAccount = { id: string; name: string; groups: string[] };

export type HtmlPage = ReturnType<typeof html>;

export function accountPicker(action: string, accounts: readonly DemoAccount[]): HtmlPage {
  return layout(
    'サインイン（デモ）',
    html`<p>使用するアカウントを選んでください。パスワードは不要です。</p>
      <form method="post" action="${action}">
        <ul>
          ${accounts.map(
            (account) => html`<li><button name="account" value="${account.id}">${account.name}</button></li>`,
          )}
        </ul>
      </form>`,
  );
}

export function errorPage(code: string): HtmlPage {
  return layout(
    'サインインできませんでした',
    html`<p>はじめの画面に戻り、もう一度サインインしてください。</p>
      <p>（エラー: ${code}）</p>`,
  );
}

function layout(title: string, body: HtmlPage): HtmlPage {
  return html`<!doctype html>
    <html lang="ja">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          body {
            font-family: sans-serif;
            max-width: 40rem;
            margin: 2rem auto;
            padding: 0 1rem;
            line-height: 1.6;
          }
          ul {
            list-style: none;
            padding: 0;
          }
          button {
            font: inherit;
            width: 100%;
            min-height: 2.75rem;
            margin: 0.25rem 0;
            padding: 0.5rem;
            text-align: left;
          }
        </style>
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html>`;
}
