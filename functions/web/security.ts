/** What browsers are told to refuse. Nothing loads from another host, nothing runs that is not in our script. */

import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';

/** What some answers say more strictly themselves: a file that somebody sent, a page whose address opens something. */
const stricter = ['content-security-policy', 'referrer-policy'] as const;

export interface SecurityOptions {
  /** Over https, and from then on only so. */
  readonly secure: boolean;
  /** Where a form of ours may lead besides here: signing out goes by way of the identity provider. */
  readonly formOrigin: string | undefined;
}

export function securityHeaders({ secure, formOrigin }: SecurityOptions): MiddlewareHandler {
  const ofPages = secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      formAction: ["'self'", ...(formOrigin === undefined ? [] : [formOrigin])],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
    },
    referrerPolicy: 'same-origin',
    strictTransportSecurity: secure ? 'max-age=31536000' : false,
    xFrameOptions: 'DENY',
    permissionsPolicy: { camera: [], microphone: [], geolocation: [], payment: [], usb: [] },
  });
  return async (c, next) => {
    let own: (readonly [string, string])[] = [];
    const answered = async (): Promise<void> => {
      await next();
      own = stricter.flatMap((name) => {
        const value = c.res.headers.get(name);
        return value === null ? [] : [[name, value] as const];
      });
    };
    await ofPages(c, answered);
    for (const [name, value] of own) c.res.headers.set(name, value);
  };
}
