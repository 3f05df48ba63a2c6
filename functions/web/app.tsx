/** The web: pages behind a session, the sign-in in front of them. */

import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { TrieRouter } from 'hono/router/trie-router';
import type { PrefectureContact } from '../../schemas/contact.ts';
import { loadedOnce } from '../../schemas/once.ts';
import type { OpenTo } from '../../schemas/open-to.ts';
import { SignInUnavailable } from '../domain/unavailable.ts';
import { speakJapanese } from '../platform/japanese-messages.ts';
import type { OperatorLog } from '../platform/logger.ts';
import { currentRequest } from '../platform/request-context.ts';
import { problemOfFailure } from '../service/failures.ts';
import type { OwnSignIn } from '../service/own-sign-in.ts';
import type { Service } from '../service/service.ts';
import type { RecoveredForms } from '../storage/recovered-forms.ts';
import type { Sessions } from '../storage/sessions.ts';
import type { SignInAttempts } from '../storage/sign-in-attempts.ts';
import type { SignIns } from '../storage/sign-ins.ts';
import type { SignOuts } from '../storage/sign-outs.ts';
import { nameAssets, serveAssets } from './assets.ts';
import type { Assets } from './assets.ts';
import { createCookies } from './shared/cookies.ts';
import { failurePage, tooLargePage } from './shared/failure-pages.tsx';
import { tasks } from './pages.ts';
import type { Task } from './pages.ts';
import { hasTooManyFields } from './form-fields.ts';
import { withoutLastSlash } from './shared/own-address.ts';
import { createPaths } from './shared/paths.ts';
import { securityHeaders } from './security.ts';
import { registerSignedOut, registerSignOut } from './sign-in/entering.ts';
import type { OpenAccounts } from './sign-in/password-pages.tsx';
import { registerSharedLink } from './sign-in/shared-link.tsx';
import type { SignInProvider } from './sign-in/provider.ts';
import type { RegisterPages, WebEnv } from './shared/visit.ts';
import { sameOriginOnly, visitor } from './visitor.ts';

/** Where people sign in: at an identity provider, or on pages of ours. */
export type SignInWay =
  | { readonly kind: 'hosted'; readonly provider: SignInProvider; readonly signIns: SignIns }
  | {
      readonly kind: 'own';
      readonly signIn: OwnSignIn;
      /** Those that anybody may use, on a laptop only. */
      readonly open?: OpenAccounts | undefined;
    };

export interface WebOptions {
  readonly service: Service;
  readonly signIn: SignInWay;
  readonly sessions: Sessions & RecoveredForms;
  readonly signOuts: Pick<SignOuts, 'barredAmong'>;
  readonly attempts: Pick<SignInAttempts, 'countAttempt'>;
  readonly assets: Assets;
  /** In front of every link; the requests that arrive are without it. */
  readonly basePath: string;
  /** As browsers see it; the origin of each request where it is not set. */
  readonly publicOrigin?: string | undefined;
  readonly prefectureName: string;
  readonly contact: PrefectureContact;
  /** Fiscal years that a round is kept after its own; 0 keeps it for good. */
  readonly retentionYears: number;
  readonly openTo: OpenTo;
  /** Whether browsers reach it over https. */
  readonly secure: boolean;
  readonly log: OperatorLog;
  readonly now: () => Date;
  /** In place of those of the application. */
  readonly tasks?: readonly Task[] | undefined;
}

/** Lambda takes 6 MB, of which base64 leaves 4.5. */
const maxFormBytes = 4 * 1024 * 1024;

export function createWeb(options: WebOptions): Hono<WebEnv> {
  speakJapanese();
  const { service, signIn, basePath, publicOrigin, prefectureName, contact, retentionYears, secure, log } = options;
  const paths = createPaths(basePath);
  const assets = nameAssets(options.assets);
  const urls = { style: paths.asset(assets.style.name), script: paths.asset(assets.script.name) };
  const originOf = (c: Context): string => publicOrigin ?? new URL(c.req.url).origin;
  const labels = loadedOnce(async () => (await import('./field-labels.ts')).fieldLabels(service.forms));
  const shared = { ...options, cookies: createCookies(secure), paths, originOf, labels };
  const provider = signIn.kind === 'hosted' ? signIn.provider : undefined;

  /** Some pages behind the steps that all have; what is not among them is not there. */
  function framed(...pages: readonly RegisterPages[]): Hono<WebEnv> {
    const app = new Hono<WebEnv>({ router: new TrieRouter() });
    app.use(securityHeaders({ secure, formOrigin: provider?.signOutOrigin }));
    app.use(async (c, next) => {
      c.set('shell', { prefectureName, contact, retentionYears, paths, origin: originOf(c), ...urls });
      await next();
      // What a page shows stays in no cache; a page that serves a file says otherwise itself.
      if (!c.res.headers.has('cache-control')) c.res.headers.set('cache-control', 'no-store');
    });
    app.use(bodyLimit({ maxSize: maxFormBytes, onError: (c) => tooLargePage(c) }));
    app.use(async (c, next) => ((await hasTooManyFields(c)) ? failurePage(c, 'tooLarge') : next()));
    app.use(sameOriginOnly(originOf));
    for (const register of pages) register(app);
    app.notFound((c) => {
      const page = ['GET', 'HEAD'].includes(c.req.method) ? withoutLastSlash(basePath, c.req.url) : undefined;
      return page === undefined ? failurePage(c, 'notFound') : c.redirect(page, 308);
    });
    app.onError((error, c) => {
      if (error instanceof HTTPException && error.status === 400) return failurePage(c, 'malformed');
      if (error instanceof HTTPException && error.status === 403) return failurePage(c, 'forbidden');
      // The beginning of the request's id, which every line of the log about it has; people read it out on the telephone.
      const number = (currentRequest()?.requestId ?? randomUUID()).slice(0, 8);
      log.error('page failed', error, { method: c.req.method, path: c.req.routePath, number });
      const { code, retryAfterSeconds } = problemOfFailure(error);
      if (retryAfterSeconds !== undefined) c.header('retry-after', String(retryAfterSeconds));
      if (error instanceof SignInUnavailable) return failurePage(c, 'signInUnavailable');
      return failurePage(c, code, code === 'internal' ? number : undefined);
    });
    return app;
  }

  const behindSignIn: RegisterPages = (app) => app.use(visitor(shared));
  const publicEditions = async (): Promise<Hono<WebEnv>> => {
    const { registerPublicEditions } = await import('./publish/public-edition.tsx');
    return framed((app) => registerPublicEditions(app, shared));
  };
  const signInPages = async (): Promise<RegisterPages> => {
    if (signIn.kind === 'hosted') {
      const { registerHostedSignIn } = await import('./sign-in/hosted.tsx');
      return (app) => registerHostedSignIn(app, signIn.provider, { ...shared, signIns: signIn.signIns });
    }
    const { registerOwnSignIn } = await import('./sign-in/own.tsx');
    return (app) => registerOwnSignIn(app, signIn.signIn, shared, signIn.open);
  };
  const entrance = async (): Promise<Hono<WebEnv>> => {
    const registerSignIn = await signInPages();
    return framed(
      registerSignIn,
      registerSignedOut,
      (app) => registerSharedLink(app, shared),
      behindSignIn,
      (app) => registerSignOut(app, { ...shared, signOutUrl: (returnTo) => provider?.signOutUrl(returnTo) }),
    );
  };

  // Each part is loaded when it is first asked for. What fails as a failure is being told is for whoever mounts the site.
  const site = new Hono<WebEnv>({ router: new TrieRouter() }).onError((error) => {
    throw error;
  });
  const mount = (at: readonly string[], load: () => Promise<Hono<WebEnv>>): void => {
    const loaded = loadedOnce(load);
    // What cannot be loaded is a page that fails, as any other is told of.
    const failing = (error: unknown): Hono<WebEnv> =>
      framed((app) => {
        // By its own paths, of which one is told to operators.
        for (const path of at)
          app.all(path, () => {
            throw error;
          });
      });
    for (const path of at) site.all(path, async (c) => (await loaded().catch(failing)).fetch(c.req.raw, c.env));
  };
  mount(['/assets/*'], async () => framed((app) => serveAssets(app, assets)));
  mount(['/public/*'], publicEditions);
  mount(['/sign-in/*', '/sign-out', '/rounds/:round/returns/:form/:unit/shared'], entrance);
  for (const { paths: at, load } of options.tasks ?? tasks)
    mount(at, async () => framed(behindSignIn, ...(await load())));
  // Whoever asks for what is not there signs in first.
  mount(['*'], async () => framed(behindSignIn));
  return site;
}
