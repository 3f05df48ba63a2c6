/** A browser as far as HTTP goes: keeps cookies (by host, as browsers do, whatever the port) and follows redirects. */

import { openPassword } from '../../../infra/local/user-pool-memory.ts';

export interface Loaded {
  readonly status: number;
  /** Where the redirects led. */
  readonly url: URL;
  readonly headers: Headers;
  readonly html: string;
}

/** The value of a field in a page's form; throws when there is none. */
export function fieldIn({ html }: Pick<Loaded, 'html'>, name: string): string {
  const [tag] = new RegExp(`<(?:input|button)[^>]* name="${name}"[^>]*>`).exec(html) ?? [];
  const value = /value="([^"]*)"/.exec(tag ?? '')?.[1];
  if (value === undefined) throw new Error(`no field ${name} in ${html}`);
  return value;
}

/** Text of a page without its tags, as somebody reads it. */
export function words({ html }: Pick<Loaded, 'html'>): string {
  return html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

export type Fetch = (address: URL, init: RequestInit) => Promise<Response>;

export class TestBrowser {
  readonly #cookies = new Map<string, string>();
  /** Every `Set-Cookie` received, as it came. */
  readonly setCookies: string[] = [];
  readonly #origin: string;
  readonly #fetch: Fetch;

  /** @param send carries requests where no server listens */
  constructor(origin: string, send: Fetch = fetch) {
    this.#origin = origin;
    this.#fetch = send;
  }

  cookie(name: string): string | undefined {
    return this.#cookies.get(name);
  }

  setCookie(name: string, value: string): void {
    this.#cookies.set(name, value);
  }

  /** One request, redirects not followed. */
  async request(address: string | URL, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (!headers.has('accept-encoding')) headers.set('accept-encoding', 'identity');
    headers.set('cookie', [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await this.#fetch(new URL(address, this.#origin), { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      this.setCookies.push(line);
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '' || /max-age=0/i.test(line)) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    return response;
  }

  async open(address: string | URL, init: RequestInit = {}): Promise<Loaded> {
    let url = new URL(address, this.#origin);
    let response = await this.request(url, init);
    for (let followed = 0; response.headers.has('location'); followed += 1) {
      if (followed > 20) throw new Error(`too many redirects at ${url}`);
      url = new URL(response.headers.get('location') ?? '', url);
      response = await this.request(url);
    }
    return { status: response.status, url, headers: response.headers, html: await response.text() };
  }

  /** Posts a form that stands on `page`, as a browser does. */
  post(
    address: string | URL,
    fields: Record<string, string>,
    page: string | URL,
    headers: HeadersInit = {},
  ): Promise<Loaded> {
    const sent = new Headers({
      origin: this.#origin,
      'sec-fetch-site': 'same-origin',
      referer: new URL(page, this.#origin).href,
    });
    for (const [name, value] of new Headers(headers)) sent.set(name, value);
    return this.open(address, { method: 'POST', body: new URLSearchParams(fields), headers: sent });
  }

  /** The same for a form in which a name may stand more than once, with the token of the page. */
  postFrom(page: Loaded, action: string, fields: readonly (readonly [string, string])[]): Promise<Loaded> {
    const body = new URLSearchParams([['csrf', fieldIn(page, 'csrf')]]);
    for (const [name, value] of fields) body.append(name, value);
    return this.open(action, {
      method: 'POST',
      body,
      headers: { origin: this.#origin, 'sec-fetch-site': 'same-origin' },
    });
  }

  /**
   * From the application's sign-in page, by pressing the name of an account that anybody may use, or by way of the
   * provider's list of accounts, back to where it leads.
   *
   * @param base the path in front of every link
   */
  async signIn(account: string, returnTo = '/', base = ''): Promise<Loaded> {
    const query = new URLSearchParams({ returnTo });
    const page = await this.open(`${base}/sign-in?${query}`);
    if (!page.html.includes('name="password"'))
      return this.pick(await this.open(`${base}/sign-in/start?${query}`), account);
    const fields = {
      csrf: fieldIn(page, 'csrf'),
      returnTo: fieldIn(page, 'returnTo'),
      // Where no accounts are shown, anybody's password is known all the same.
      password: fieldIn(page, 'password') || openPassword,
    };
    return this.post(`${base}/sign-in`, { ...fields, username: account }, page.url);
  }

  /** Picks an account on the provider's page. */
  pick({ html, url }: Loaded, account: string): Promise<Loaded> {
    const action = /action="([^"]+)"/.exec(html)?.[1] ?? '';
    return this.open(new URL(action, url), { method: 'POST', body: new URLSearchParams({ account }) });
  }
}
