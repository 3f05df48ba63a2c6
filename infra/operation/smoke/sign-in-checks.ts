/** Whether people can get as far as signing in: on pages of the site, or at a provider. */

import { randomUUID } from 'node:crypto';
import { statusIs } from './findings.ts';
import type { Check, Finding } from './findings.ts';
import type { Answer, Site } from './site.ts';

function cookieIs({ headers }: Answer, secure: boolean): readonly Finding[] {
  const [cookie] = headers.getSetCookie();
  if (cookie === undefined) return ['Cookie が発行されません。'];
  const demanded = [
    /HttpOnly/i,
    /SameSite=(?:Lax|Strict)/i,
    /Path=\/(?:;|$)/i,
    ...(secure ? [/^__Host-/, /; *Secure/i] : []),
  ];
  return demanded.map((part) =>
    part.test(cookie) ? undefined : `Cookie に ${part.source} に当たる指定がありません。`,
  );
}

function departure(site: Site, answer: Answer): readonly Finding[] {
  const location = answer.headers.get('location');
  if (location === null || !URL.canParse(location)) return [statusIs(answer, 303), 'サインインの移動先がありません。'];
  const { protocol, searchParams } = new URL(location);
  const expected: Readonly<Record<string, string>> = {
    response_type: 'code',
    code_challenge_method: 'S256',
    redirect_uri: `${site.url}/sign-in/callback`,
  };
  return [
    statusIs(answer, 303),
    protocol === 'https:' || !site.secure ? undefined : `サインインの移動先が https ではありません（${protocol}）。`,
    ...Object.entries(expected).map(([name, value]) =>
      searchParams.get(name) === value
        ? undefined
        : `サインインの移動先の ${name} が「${searchParams.get(name) ?? ''}」です（正しくは「${value}」）。`,
    ),
    ...['client_id', 'state', 'code_challenge'].map((name) =>
      searchParams.has(name) ? undefined : `サインインの移動先に ${name} がありません。`,
    ),
  ];
}

/** A provider that does not know the application or its address answers with an error, or leads to a page that does. */
function providerAccepts({ status, headers }: Answer, asked: string): readonly Finding[] {
  const next = headers.get('location');
  const isError = next !== null && /\/error(?:$|\?)|[?&]error=/.test(new URL(next, asked).href);
  if (status < 400 && !isError) return [];
  return [
    `認証基盤がサインインを受け付けません（応答コード ${status}）。ドメインとアプリケーションの設定を確認してください。`,
  ];
}

/** The page asks for the password itself. */
function isOwn({ text }: Answer): boolean {
  return text.includes('name="password"');
}

/** Posts a form of the sign-in with a name that nobody has. */
async function postedAt(site: Site, path: string, fields: Readonly<Record<string, string>>): Promise<Answer> {
  const form = await site.ask(path);
  const csrf = /name="csrf" value="([^"]+)"/.exec(form.text)?.[1] ?? '';
  const cookie = form.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
  const body = new URLSearchParams({
    csrf,
    returnTo: `${site.basePath}/`,
    username: `smoke-${randomUUID()}`,
    ...fields,
  });
  const { origin } = new URL(site.url);
  const headers = { cookie: cookie.join('; '), origin, 'content-type': 'application/x-www-form-urlencoded' };
  return site.ask(path, { method: 'POST', headers, body: body.toString() });
}

async function beginsAtOwn(site: Site, page: Answer): Promise<readonly Finding[]> {
  const actions = [...page.text.matchAll(/<form\b[^>]*? action="([^"]*)"/g)].map(([, action = '']) => action);
  return [
    ...actions.map((action) =>
      action === `${site.basePath}/sign-in` ? undefined : `サインインの送信先が「${action}」です。`,
    ),
    ...cookieIs(page, site.secure),
  ];
}

async function beginsAtProvider(site: Site): Promise<readonly Finding[]> {
  const answer = await site.ask('/sign-in/start');
  return [...departure(site, answer), ...cookieIs(answer, site.secure)];
}

/** Cognito answers that it knows no such name: it was reached, with the right to ask and the secret of the application. */
async function asksOwnPool(site: Site): Promise<readonly Finding[]> {
  const refused = await postedAt(site, '/sign-in', { password: randomUUID() });
  const forgotten = await postedAt(site, '/sign-in/forgotten-password', {});
  return [
    refused.status === 401
      ? undefined
      : `登録のない利用者名でのサインインに、応答コード ${refused.status} が返りました（正しくは 401）。関数のログを確認してください。`,
    forgotten.status === 303
      ? undefined
      : `確認コードの送信に、応答コード ${forgotten.status} が返りました（正しくは 303）。ユーザープールの WAF が関数の呼出しを遮断していないか確認してください。`,
  ];
}

async function asksProvider(site: Site): Promise<readonly Finding[]> {
  const location = (await site.ask('/sign-in/start')).headers.get('location') ?? '';
  if (!URL.canParse(location)) return ['サインインの移動先がありません。'];
  return providerAccepts(await site.ask(location), location);
}

export const signInChecks: readonly Check<Site>[] = [
  {
    title: 'サインインの始まりと Cookie',
    run: async (site) => {
      const page = await site.ask('/sign-in');
      return isOwn(page) ? beginsAtOwn(site, page) : beginsAtProvider(site);
    },
  },
  {
    title: '認証基盤がサインインを受け付ける',
    run: async (site) => (isOwn(await site.ask('/sign-in')) ? asksOwnPool(site) : asksProvider(site)),
  },
];
