/** What browsers are told to refuse. Nothing loads from another host, nothing runs that is not in our script. */

import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';

const contentPolicy = 'content-security-policy';

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
    let own: string | null = null;
    const answered = async (): Promise<void> => {
      await next();
      own = c.res.headers.get(contentPolicy);
    };
    await ofPages(c, answered);
    // A file that somebody sent says more strictly itself what may be done with it.
    if (own !== null) c.res.headers.set(contentPolicy, own);
  };
}
