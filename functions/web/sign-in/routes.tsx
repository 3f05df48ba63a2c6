/** Signing in and out. These pages are for anybody; everything behind them asks for a session. */

import { randomUUID } from 'node:crypto';
import type { Context, Hono } from 'hono';
import { phaseAt } from '../../../schemas/round.ts';
import type { Person } from '../../domain/authorisation.ts';
import type { OperatorLog } from '../../platform/logger.ts';
import type { Service } from '../../service/service.ts';
import type { Sessions } from '../../storage/sessions.ts';
import type { SignIns } from '../../storage/sign-ins.ts';
import type { Cookies } from '../shared/cookies.ts';
import { ownPath } from '../shared/own-address.ts';
import type { Paths } from '../shared/paths.ts';
import type { WebEnv } from '../shared/visit.ts';
import { noRolePage, signedOutPage, signInAgainPage, signInPage, signInReason } from './pages.tsx';
import type { SignInProvider } from './provider.ts';

export interface SignInOptions {
  readonly provider: SignInProvider;
  readonly sessions: Sessions & SignIns;
  readonly service: Service;
  readonly cookies: Cookies;
  readonly paths: Paths;
  readonly basePath: string;
  readonly originOf: (c: Context) => string;
  readonly log: OperatorLog;
  readonly now: () => Date;
}

/** Every round that is being answered notes who came. */
async function recordSignIn({ service, now }: SignInOptions, { name }: Person): Promise<void> {
  const rounds = (await service.store.rounds()).filter((round) => ['open', 'late'].includes(phaseAt(round, now())));
  await Promise.all(rounds.map(({ id }) => service.recordAccess(id, { what: 'signedIn', actor: name })));
}

export function registerSignIn(app: Hono<WebEnv>, options: SignInOptions): void {
  const { provider, sessions, cookies, paths, basePath, originOf, log } = options;
  const returnToOf = (c: Context): string => ownPath(basePath, c.req.query('returnTo')) ?? paths.home;

  app.get('/sign-in', (c) => {
    const reason = signInReason.safeParse(c.req.query('reason')).data;
    return signInPage(c, { start: `${paths.signInStart}?${new URLSearchParams({ returnTo: returnToOf(c) })}`, reason });
  });

  app.get('/sign-in/start', async (c) => {
    const { url, ...remembered } = await provider.depart(new URL(paths.signedIn, originOf(c)));
    // The same for every tab of the browser, so that two tabs can sign in at once.
    const browser = cookies.signIn.get(c) ?? randomUUID();
    await sessions.beginSignIn(browser, { ...remembered, returnTo: returnToOf(c) });
    cookies.signIn.set(c, browser);
    return c.redirect(url.href, 303);
  });

  app.get('/sign-in/callback', async (c) => {
    const browser = cookies.signIn.get(c);
    const state = c.req.query('state');
    const remembered =
      browser === undefined || state === undefined ? undefined : await sessions.finishSignIn(browser, state);
    if (remembered === undefined) return signInAgainPage(c);
    const address = new URL(paths.signedIn, originOf(c));
    address.search = new URL(c.req.url).search;
    const arrival = await provider.arrive(address, remembered);
    if (arrival.kind === 'failed') {
      log.info('sign-in failed', { code: arrival.code });
      return signInAgainPage(c);
    }
    if (arrival.kind === 'noRole') return noRolePage(c);
    const before = cookies.session.get(c);
    if (before !== undefined) await sessions.close(before);
    const { id } = await sessions.open(arrival.person, arrival.issuedAt);
    await recordSignIn(options, arrival.person);
    cookies.session.set(c, id);
    return c.redirect(remembered.returnTo, 303);
  });

  app.get('/sign-out', (c) => signedOutPage(c));
}

/** The post that signs out; it needs a session and its token as every other post does. */
export function registerSignOut(
  app: Hono<WebEnv>,
  {
    sessions,
    cookies,
    provider,
    paths,
    originOf,
  }: Pick<SignInOptions, 'sessions' | 'cookies' | 'provider' | 'paths' | 'originOf'>,
): void {
  app.post('/sign-out', async (c) => {
    const id = cookies.session.get(c);
    if (id !== undefined) {
      await sessions.close(id);
      cookies.ended.set(c, id);
    }
    cookies.session.clear(c);
    const after = new URL(paths.signOut, originOf(c));
    return c.redirect(provider.signOutUrl(after)?.href ?? paths.signOut, 303);
  });
}
