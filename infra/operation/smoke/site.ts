/** The site that is looked at from outside, as anybody without an account can. */

import * as z from 'zod';

const local = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Milliseconds after which an answer is taken for none; a function that starts needs two or three thousand. */
const patience = 15_000;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface Site {
  /** Without a slash at the end: the origin, and the stage's path where there is one. */
  readonly url: string;
  /** The path in front of every link; empty at the root of a host. */
  readonly basePath: string;
  /** Over https; a laptop is not. */
  readonly secure: boolean;
  /** Asks for a path of the site, or for an address elsewhere. Redirects are answers like any other. */
  ask(address: string, init?: RequestInit): Promise<Answer>;
}

const address = z.url({ protocol: /^https?$/, error: '--url には https:// で始まるアドレスを指定してください。' });

type Fetch = (address: URL, init: RequestInit) => Promise<Response>;

/** @throws Error in Japanese when the address cannot be that of a site */
export function siteAt(given: string, send: Fetch = fetch): Site {
  const parsed = address.safeParse(given);
  if (!parsed.success) throw new Error(parsed.error.issues.map(({ message }) => message).join('\n'));
  const { protocol, hostname, origin, pathname, search, hash } = new URL(parsed.data);
  const secure = protocol === 'https:';
  if (!secure && !local.has(hostname))
    throw new Error('http:// はこの端末（localhost）でだけ使えます。https:// を指定してください。');
  if (search !== '' || hash !== '') throw new Error('--url には ? や # を含まないアドレスを指定してください。');
  const basePath = pathname.replace(/\/+$/, '');
  const url = `${origin}${basePath}`;
  return {
    url,
    basePath,
    secure,
    ask: async (to, init = {}) => {
      const target = new URL(to.startsWith('/') ? `${url}${to}` : to);
      const response = await send(target, { redirect: 'manual', signal: AbortSignal.timeout(patience), ...init });
      return { status: response.status, headers: response.headers, text: await response.text() };
    },
  };
}
