/** A session begins, however somebody was vouched for, and ends. */

import type { Context, Hono } from 'hono';
import { phaseAt } from '../../../schemas/round.ts';
import type { Person } from '../../domain/authorisation.ts';
import type { Service } from '../../service/service.ts';
import type { Sessions } from '../../storage/sessions.ts';
import type { Cookies } from '../shared/cookies.ts';
import type { Paths } from '../shared/paths.ts';
import type { WebContext, WebEnv } from '../shared/visit.ts';
import { signedOutPage } from './pages.tsx';

export interface EnteringOptions {
  readonly sessions: Sessions;
  readonly service: Service;
  readonly cookies: Cookies;
  readonly paths: Paths;
  readonly now: () => Date;
}

interface Arrived {
  readonly person: Person;
  /** When the tokens were issued, in seconds since the epoch. */
  readonly issuedAt: number;
  /** A page of ours. */
  readonly returnTo: string;
}

/** Every round that is being answered notes who came. */
async function recordSignIn({ service, now }: EnteringOptions, { name }: Person): Promise<void> {
  const rounds = (await service.store.rounds()).filter((round) => ['open', 'late'].includes(phaseAt(round, now())));
  await Promise.all(rounds.map(({ id }) => service.recordAccess(id, { what: 'signedIn', actor: name })));
}

/** Opens a session, in place of the one that the browser had, and leads to the page that was wanted. */
export async function enter(
  c: WebContext,
  options: EnteringOptions,
  { person, issuedAt, returnTo }: Arrived,
): Promise<Response> {
  const { sessions, cookies } = options;
  const before = cookies.session.get(c);
  if (before !== undefined) await sessions.close(before);
  const { id } = await sessions.open(person, issuedAt);
  await recordSignIn(options, person);
  cookies.session.set(c, id);
  return c.redirect(returnTo, 303);
}

export function registerSignedOut(app: Hono<WebEnv>): void {
  app.get('/sign-out', (c) => signedOutPage(c));
}

interface SignOutOptions extends Pick<EnteringOptions, 'sessions' | 'cookies' | 'paths'> {
  readonly originOf: (c: Context) => string;
  /** Where the provider signs people out, to come back to this address; nowhere where there is none. */
  readonly signOutUrl: (returnTo: URL) => URL | undefined;
}

/** The post that signs out; it needs a session and its token as every other post does. */
export function registerSignOut(
  app: Hono<WebEnv>,
  { sessions, cookies, paths, originOf, signOutUrl }: SignOutOptions,
): void {
  app.post('/sign-out', async (c) => {
    const id = cookies.session.get(c);
    if (id !== undefined) await sessions.close(id);
    cookies.session.clear(c);
    const after = new URL(paths.signOut, originOf(c));
    return c.redirect(signOutUrl(after)?.href ?? paths.signOut, 303);
  });
}
