/**
 * The cookies. Over https they carry the prefix `__Host-`, which ties them to this very host; over plain http, on a
 * laptop, browsers would refuse both the prefix and `Secure`.
 */

import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';

export interface Cookies {
  /** The session's id. Lasts as long as the browser is open; the session itself may end sooner. */
  readonly session: Cookie;
  /** Ties a sign-in to the browser that began it. */
  readonly signIn: Cookie;
  /** Ties a sign-in on our own pages to the browser that began it. Lasts as long as the browser is open; its steps do not. */
  readonly signInSteps: Cookie;
  /** Finds the forms that were kept for this browser. */
  readonly kept: Cookie;
}

interface Cookie {
  get(c: Context): string | undefined;
  set(c: Context, value: string): void;
  clear(c: Context): void;
}

function cookie(name: string, secure: boolean, maxAge?: number): Cookie {
  const fullName = secure ? `__Host-${name}` : name;
  const attributes = { path: '/', httpOnly: true, sameSite: 'Lax', secure } as const;
  return {
    get: (c) => getCookie(c, fullName),
    set: (c, value) => setCookie(c, fullName, value, { ...attributes, ...(maxAge === undefined ? {} : { maxAge }) }),
    clear: (c) => setCookie(c, fullName, '', { ...attributes, maxAge: 0 }),
  };
}

export function createCookies(secure: boolean): Cookies {
  return {
    session: cookie('yoriai', secure),
    signIn: cookie('yoriai-sign-in', secure, 15 * 60),
    signInSteps: cookie('yoriai-steps', secure),
    kept: cookie('yoriai-kept', secure, 24 * 60 * 60),
  };
}
