/** Signing in at an identity provider. These pages are for anybody; everything behind them asks for a session. */

import { randomUUID } from 'node:crypto';
import type { Context, Hono } from 'hono';
import type { OperatorLog } from '../../platform/logger.ts';
import type { SignIns } from '../../storage/sign-ins.ts';
import { ownPath } from '../shared/own-address.ts';
import type { WebEnv } from '../shared/visit.ts';
import { enter } from './entering.ts';
import type { EnteringOptions } from './entering.ts';
import { justChangedPage, noRolePage, signInAgainPage, signInPage, signInReason } from './pages.tsx';
import { accountJustChanged } from './provider.ts';
import type { SignInProvider } from './provider.ts';

export interface HostedSignInOptions extends EnteringOptions {
  readonly signIns: SignIns;
  readonly basePath: string;
  readonly originOf: (c: Context) => string;
  readonly log: OperatorLog;
}

export function registerHostedSignIn(app: Hono<WebEnv>, provider: SignInProvider, options: HostedSignInOptions): void {
  const { signIns, cookies, paths, basePath, originOf, log } = options;
  const returnToOf = (c: Context): string => ownPath(basePath, c.req.query('returnTo')) ?? paths.home;

  app.get('/sign-in', (c) => {
    const reason = signInReason.safeParse(c.req.query('reason')).data;
    return signInPage(c, { start: `${paths.signInStart}?${new URLSearchParams({ returnTo: returnToOf(c) })}`, reason });
  });

  app.get('/sign-in/start', async (c) => {
    const { url, ...remembered } = await provider.depart(new URL(paths.signedIn, originOf(c)));
    // The same for every tab of the browser, so that two tabs can sign in at once.
    const browser = cookies.signIn.get(c) ?? randomUUID();
    await signIns.beginSignIn(browser, { ...remembered, returnTo: returnToOf(c) });
    cookies.signIn.set(c, browser);
    return c.redirect(url.href, 303);
  });

  app.get('/sign-in/callback', async (c) => {
    const browser = cookies.signIn.get(c);
    const state = c.req.query('state');
    const remembered =
      browser === undefined || state === undefined ? undefined : await signIns.finishSignIn(browser, state);
    if (remembered === undefined) return signInAgainPage(c);
    const address = new URL(paths.signedIn, originOf(c));
    address.search = new URL(c.req.url).search;
    const arrival = await provider.arrive(address, remembered);
    if (arrival.kind === 'failed') {
      log.info('sign-in failed', { code: arrival.code });
      return arrival.code === accountJustChanged ? justChangedPage(c) : signInAgainPage(c);
    }
    if (arrival.kind === 'noRole') return noRolePage(c);
    return enter(c, options, { ...arrival, returnTo: remembered.returnTo });
  });
}
