/**
 * Lets requests of a session through to the pages. Everybody else signs in first, and what a late post carried is kept
 * for its person; a post of a page that does not belong to the session is refused.
 */

import { randomUUID } from 'node:crypto';
import type { Context, MiddlewareHandler, Next } from 'hono';
import { csrf } from 'hono/csrf';
import { HTTPException } from 'hono/http-exception';
import type { OpenTo } from '../../schemas/open-to.ts';
import type { ProblemCode } from '../../schemas/problem.ts';
import { mayEnter } from '../domain/authorisation.ts';
import type { Person } from '../domain/authorisation.ts';
import { problemResponse } from '../platform/problem-response.ts';
import type { Service } from '../service/service.ts';
import type { RecoveredForms } from '../storage/recovered-forms.ts';
import { isSameText } from '../storage/seal.ts';
import { markIn, markOf } from '../storage/sessions.ts';
import type { Session, Sessions } from '../storage/sessions.ts';
import type { SignOuts } from '../storage/sign-outs.ts';
import { closedPage } from './shared/closed-page.tsx';
import type { Cookies } from './shared/cookies.ts';
import { lostTextLine, lostTextPage } from './answer/lost-text-page.tsx';
import type { WhyLost } from './answer/lost-text-page.tsx';
import { ownPageOf, ownPath } from './shared/own-address.ts';
import type { Paths } from './shared/paths.ts';
import { formDataOf } from './shared/posted-form.ts';
import type { WebContext, WebEnv } from './shared/visit.ts';
import { shareAgainPage } from './sign-in/shared-link.tsx';

export interface VisitorOptions {
  readonly sessions: Sessions & RecoveredForms;
  readonly signOuts: Pick<SignOuts, 'barredAmong'>;
  readonly service: Service;
  readonly cookies: Cookies;
  readonly paths: Paths;
  readonly basePath: string;
  readonly originOf: (c: Context) => string;
  readonly openTo: OpenTo;
  /** What stands beside the fields of the prefecture's forms, by their names. */
  readonly labels: () => Promise<ReadonlyMap<string, string>>;
  readonly now: () => Date;
}

const pageParameters = ['at', 'edit'];

const safeMethods = new Set(['GET', 'HEAD']);

/** The script that saves while somebody types. */
function isScript(c: WebContext): boolean {
  return c.req.header('x-csrf') !== undefined;
}

/** What becomes of what was typed once its form is posted by its button: the script says it where it cannot save. */
const keptLines = {
  signedOut:
    'サインインが終了しています。「一時保存する」を押してサインインし直してください。入力した内容は失われません',
  guestOut: '入力できる時間が過ぎました。「一時保存する」を押して、案内に従ってください。入力した内容は失われません',
  signedInAnew:
    'この画面を開いた後に、サインインし直しています。「一時保存する」を押して、表示された内容をもう一度保存してください。入力した内容は失われません',
} as const;

function lineOfKept({ share }: Person): string {
  return share === undefined ? keptLines.signedOut : keptLines.guestOut;
}

/** As the script reads it, which follows to no page. */
function toldToScript(code: ProblemCode, detail: string): Response {
  return problemResponse({ code, detail });
}

/**
 * The browser's own word on where a post comes from. Programs that are no browsers send neither header; for them the
 * session's token decides alone.
 */
export function sameOriginOnly(originOf: (c: Context) => string): MiddlewareHandler<WebEnv> {
  const check = csrf({ origin: (origin, c) => origin === originOf(c) });
  return async (c, next) => {
    const says = c.req.header('sec-fetch-site') ?? c.req.header('origin');
    return says === undefined ? next() : check(c, next);
  };
}

/** The fields of a form; none for a file, which nobody typed. The request's body stays unread. */
async function typedIn(c: WebContext): Promise<URLSearchParams> {
  const isForm = c.req.header('content-type')?.startsWith('application/x-www-form-urlencoded') === true;
  return new URLSearchParams(isForm ? await c.req.raw.clone().text() : '');
}

async function tokenIn(c: WebContext): Promise<string> {
  const header = c.req.header('x-csrf');
  if (header !== undefined) return header;
  if (c.req.header('content-type')?.startsWith('multipart/form-data') !== true)
    return (await typedIn(c)).get('csrf') ?? '';
  const field = (await formDataOf(c.req.raw.clone())).get('csrf');
  return typeof field === 'string' ? field : '';
}

/** Under what a page's form is kept: its address without what only changes how the page is shown. */
function keyOf(address: string): string {
  const { pathname, searchParams } = new URL(address, 'http://nowhere.invalid');
  const wanted = pageParameters.flatMap((name): [string, string][] => {
    const value = searchParams.get(name);
    return value === null ? [] : [[name, value]];
  });
  return wanted.length === 0 ? pathname : `${pathname}?${new URLSearchParams(wanted)}`;
}

function isSigningOut(c: WebContext): boolean {
  return new URL(c.req.url).pathname === '/sign-out';
}

export function visitor(options: VisitorOptions): MiddlewareHandler<WebEnv> {
  const { sessions, signOuts, service, cookies, paths, basePath, originOf, openTo, labels, now } = options;

  function ownAddress(c: WebContext): string {
    const { pathname, search } = new URL(c.req.url);
    return ownPath(basePath, `${basePath}${pathname}${search}`) ?? paths.home;
  }

  /** The page on which the form stands that is being posted; it has the form's own address where the browser is silent. */
  function requestedPage(c: WebContext): string {
    const here = ownAddress(c);
    return safeMethods.has(c.req.method) ? here : (ownPageOf(basePath, originOf(c), c.req.header('referer')) ?? here);
  }

  /** Keeps a late post. `undefined` when there is nothing to keep. */
  async function keep(c: WebContext, { id }: Person): Promise<'kept' | 'too-large' | undefined> {
    const typed = await typedIn(c);
    typed.delete('csrf');
    if (typed.size === 0) return undefined;
    const owner = markOf(id);
    const browser = cookies.kept.get(c) ?? randomUUID();
    if (!(await sessions.saveRecoveredForm({ browser, owner, page: keyOf(requestedPage(c)) }, typed)))
      return 'too-large';
    cookies.kept.set(c, browser);
    return 'kept';
  }

  /** Why somebody cannot come back for what would be kept: the link is over by which they came, or the account is stopped. */
  async function whyNoReturn({ id: person, share }: Person): Promise<'share' | 'stopped' | undefined> {
    if (share === undefined) return (await signOuts.barredAmong([person])).has(person) ? 'stopped' : undefined;
    const { round, form, unit, id } = share;
    return (await service.shares.openShare({ round, form, unit }, id)).ok ? undefined : 'share';
  }

  async function lostText(c: WebContext, why: WhyLost): Promise<Response | undefined> {
    return lostTextPage(c, why, service.forms, await typedIn(c), await labels());
  }

  /**
   * A post is kept for whose page its token is of, also where the browser has lost the session's cookie. One without such
   * a token is not kept, or anybody could fill the table and lay words under the next who signs in; what it carries is
   * shown at once instead, as is that of who has no way back.
   *
   * @param ended the session that has ended
   */
  async function askToSignIn(c: WebContext, ended: Session | undefined): Promise<Response> {
    const isPost = !safeMethods.has(c.req.method);
    const token = isPost ? await tokenIn(c) : '';
    const isOfEnded = ended !== undefined && isSameText(token, ended.csrf);
    const owner = isOfEnded ? ended.person : await sessions.ownerOf(token);
    const whyLost = owner === undefined ? 'session' : await whyNoReturn(owner);
    const returning = whyLost === undefined ? owner : undefined;
    if (isScript(c))
      return toldToScript('unauthenticated', returning ? lineOfKept(returning) : lostTextLine(whyLost ?? 'session'));
    const shown = isPost && whyLost !== undefined ? await lostText(c, whyLost) : undefined;
    if (shown !== undefined) return shown;
    const hasEnded = isPost || ended !== undefined;
    const became = returning === undefined ? undefined : await keep(c, returning);
    // Without an account there is nothing to sign in with.
    if ((owner ?? ended?.person)?.share !== undefined) return shareAgainPage(c, became);
    const reason = became ?? (hasEnded ? 'expired' : undefined);
    const query = new URLSearchParams({ returnTo: requestedPage(c), ...(reason === undefined ? {} : { reason }) });
    return c.redirect(`${paths.signIn}?${query}`, 303);
  }

  /**
   * A page from before signing in again posts the token of its own session: its person gets the text back to look at.
   * What cannot be kept, or is somebody else's, is shown where it was typed: it is in that browser already.
   */
  async function refuse(c: WebContext, person: Person, given: string): Promise<Response> {
    const fromOurPage = c.req.header('sec-fetch-site') === 'same-origin' || c.req.header('origin') === originOf(c);
    const isOwnToken = markIn(given) === markOf(person.id);
    if (isScript(c)) return toldToScript('forbidden', isOwnToken ? keptLines.signedInAnew : lostTextLine('person'));
    if (fromOurPage && isOwnToken && (await keep(c, person)) === 'kept') return c.redirect(requestedPage(c), 303);
    const shown = fromOurPage ? await lostText(c, 'person') : undefined;
    if (shown !== undefined) return shown;
    throw new HTTPException(403);
  }

  /** Somebody who may not enter now: what a post carried is kept for when they may. */
  async function turnAway(c: WebContext, person: Person): Promise<Response> {
    // The script that saves while somebody types tells it, and tries again by itself.
    if (isScript(c)) return problemResponse({ code: 'site-closed' });
    return closedPage(c, safeMethods.has(c.req.method) ? undefined : await keep(c, person));
  }

  async function recoveredFor(c: WebContext, person: Person): Promise<URLSearchParams | undefined> {
    const browser = cookies.kept.get(c);
    if (browser === undefined || c.req.method !== 'GET') return undefined;
    return sessions.recoveredForm({ browser, owner: markOf(person.id), page: keyOf(ownAddress(c)) });
  }

  /** What was kept for a page has served once the page's own form is saved; a post to another address says nothing of it. */
  async function forgetSaved(c: WebContext, person: Person): Promise<void> {
    const browser = cookies.kept.get(c);
    const page = keyOf(ownAddress(c));
    if (browser === undefined || safeMethods.has(c.req.method) || page !== keyOf(requestedPage(c))) return;
    if (c.res.status === 303 || c.get('isSaved') === true)
      await sessions.deleteRecoveredForm({ browser, owner: markOf(person.id), page });
  }

  return async (c: WebContext, next: Next) => {
    const isPost = !safeMethods.has(c.req.method);
    const id = cookies.session.get(c);
    const session = id === undefined ? undefined : await sessions.session(id);
    if (session === undefined || session.hasEnded) return askToSignIn(c, session);
    const { person, csrf } = session;
    if (isPost) {
      const given = await tokenIn(c);
      if (!isSameText(given, csrf)) return refuse(c, person, given);
    }
    c.set('visit', { person, csrf, service, paths, now: now(), recovered: await recoveredFor(c, person), labels });
    if (!mayEnter(openTo, person) && !isSigningOut(c)) return turnAway(c, person);
    await next();
    await forgetSaved(c, person);
    return undefined;
  };
}
