/** Signing in on our own pages, for pools of our own. Each step is a page, and a post that leads to the next. */

import { createHash, randomUUID } from 'node:crypto';
import type { Context, Hono } from 'hono';
import { normaliseWidth } from '../../../schemas/values/width.ts';
import { passwordFault } from '../../domain/password.ts';
import type { Caller, SignInStepName } from '../../domain/sign-in.ts';
import { addressOf } from '../../platform/caller.ts';
import type { OwnSignIn } from '../../service/own-sign-in.ts';
import { isSameText } from '../../storage/seal.ts';
import { ownPath } from '../shared/own-address.ts';
import { formDataOf } from '../shared/posted-form.ts';
import type { WebContext, WebEnv } from '../shared/visit.ts';
import { enter } from './entering.ts';
import type { EnteringOptions } from './entering.ts';
import { authenticatorPage, codePage, lostAuthenticatorPage } from './authenticator-pages.tsx';
import { forgottenPasswordPage, newPasswordPage, passwordPage, resetPasswordPage } from './password-pages.tsx';
import type { OpenAccounts } from './password-pages.tsx';
import type { FieldError } from './step-page.tsx';
import { justChangedPage, noRolePage, signInAgainPage, signInReason } from './pages.tsx';
import { refusalTexts } from './refusals.ts';
import type { FieldRefusal } from './refusals.ts';

export interface OwnSignInOptions extends EnteringOptions {
  readonly basePath: string;
  readonly originOf: (c: Context) => string;
}

type Answer = Response | Promise<Response>;
type Progress = Awaited<ReturnType<OwnSignIn['begin']>>;

/** What every form of a browser's sign-in posts back: nobody who does not have its cookie knows it. */
function tokenOf(browser: string): string {
  return createHash('sha256').update(`form of ${browser}`).digest('base64url');
}

interface Posted {
  readonly browser: string;
  readonly csrf: string;
  /** As it was typed: a password is never trimmed. */
  readonly text: (name: string) => string;
  /** Full-width letters and digits as they are meant, without spaces. */
  readonly typed: (name: string) => string;
}

export function registerOwnSignIn(
  app: Hono<WebEnv>,
  signIn: OwnSignIn,
  options: OwnSignInOptions,
  open?: OpenAccounts,
): void {
  const { cookies, paths, basePath, originOf } = options;

  function browserOf(c: WebContext): string {
    const known = cookies.signInSteps.get(c);
    if (known !== undefined) return known;
    const browser = randomUUID();
    cookies.signInSteps.set(c, browser);
    return browser;
  }

  /** The fields of a form that stands on a page of this browser; none where it does not. */
  async function postedBy(c: WebContext): Promise<Posted | undefined> {
    const browser = cookies.signInSteps.get(c);
    const form = await formDataOf(c.req);
    const text = (name: string): string => {
      const value = form.get(name);
      return typeof value === 'string' ? value : '';
    };
    if (browser === undefined || !isSameText(text('csrf'), tokenOf(browser))) return undefined;
    const typed = (name: string): string => normaliseWidth(text(name)).replaceAll(' ', '');
    return { browser, csrf: tokenOf(browser), text, typed };
  }

  function callerOf(c: WebContext): Caller {
    const { host } = new URL(originOf(c));
    const path = basePath + new URL(c.req.url).pathname;
    return { address: addressOf(c.env), host, path, userAgent: c.req.header('user-agent') };
  }

  const returnToOf = (wanted: string | undefined): string => ownPath(basePath, wanted) ?? paths.home;

  const stepPaths: Readonly<Record<SignInStepName, string>> = {
    newPassword: paths.newPassword,
    setUp: paths.authenticator,
    code: paths.signInCode,
  };

  /** The next page; a refusal on the page that the form stands on, or where the way in begins. */
  function follow(c: WebContext, progress: Progress, refused: (refusal: FieldRefusal) => Answer): Answer {
    switch (progress.kind) {
      case 'next':
        return c.redirect(stepPaths[progress.step], 303);
      case 'person':
        cookies.signInSteps.clear(c);
        return enter(c, options, progress);
      case 'noRole':
        return noRolePage(c);
      case 'refused':
        if (progress.refusal === 'expired' || progress.refusal === 'not-sent') return signInAgainPage(c);
        if (progress.refusal === 'just-changed') return justChangedPage(c);
        return refused(progress.refusal);
    }
  }

  function errorFor(refusal: FieldRefusal, field: FieldError['field']): FieldError {
    return { ...refusalTexts[refusal], field };
  }

  function passwordError({ text }: Posted): FieldError | undefined {
    const fault = passwordFault(text('password'));
    if (fault !== undefined) return { field: 'password', message: fault, status: 422 };
    if (text('password') === text('repeated')) return undefined;
    return {
      field: 'repeated',
      message: '2つの欄のパスワードが一致していません。同じパスワードを入力してください。',
      status: 422,
    };
  }

  app.get('/sign-in', async (c) => {
    const browser = browserOf(c);
    const step = await signIn.step(browser);
    const isChanged = step?.kind === 'changed';
    return passwordPage(c, {
      csrf: tokenOf(browser),
      username: isChanged ? step.username : '',
      returnTo: returnToOf(c.req.query('returnTo') ?? (isChanged ? step.returnTo : undefined)),
      reason: signInReason.safeParse(c.req.query('reason')).data,
      notice: isChanged
        ? {
            kind: 'success',
            title: '新しいパスワードを設定しました。',
            text: '新しいパスワードでサインインしてください。',
          }
        : undefined,
      open,
    });
  });

  app.post('/sign-in', async (c) => {
    const posted = await postedBy(c);
    if (posted === undefined) {
      const notice = {
        kind: 'warning',
        title: 'もう一度入力してください。',
        text: '画面を開いてから時間が経過したか、Cookie（クッキー）が使用できない設定になっています。',
      } as const;
      const csrf = tokenOf(browserOf(c));
      const wanted = (await formDataOf(c.req)).get('returnTo');
      const returnTo = returnToOf(typeof wanted === 'string' ? wanted : undefined);
      return passwordPage(c, { csrf, username: '', returnTo, reason: undefined, notice, open, status: 400 });
    }
    const username = posted.typed('username');
    const returnTo = returnToOf(posted.text('returnTo'));
    const progress = await signIn.begin(
      posted.browser,
      { username, password: posted.text('password'), returnTo },
      callerOf(c),
    );
    return follow(c, progress, (refusal) =>
      passwordPage(c, {
        csrf: posted.csrf,
        username,
        returnTo,
        reason: undefined,
        open,
        error: errorFor(refusal, 'username'),
      }),
    );
  });

  app.get('/sign-in/new-password', async (c) => {
    const browser = browserOf(c);
    const step = await signIn.step(browser);
    return step?.kind === 'newPassword' ? newPasswordPage(c, { csrf: tokenOf(browser) }) : signInAgainPage(c);
  });

  app.post('/sign-in/new-password', async (c) => {
    const posted = await postedBy(c);
    if (posted === undefined) return signInAgainPage(c);
    const { browser, csrf } = posted;
    const error = passwordError(posted);
    if (error !== undefined) return newPasswordPage(c, { csrf, error });
    const progress = await signIn.setPassword(browser, posted.text('password'), callerOf(c));
    return follow(c, progress, (refusal) => newPasswordPage(c, { csrf, error: errorFor(refusal, 'password') }));
  });

  app.get('/sign-in/authenticator', async (c) => {
    const browser = browserOf(c);
    const step = await signIn.step(browser);
    if (step?.kind !== 'setUp') return signInAgainPage(c);
    return authenticatorPage(c, { csrf: tokenOf(browser), username: step.username, secret: step.secret });
  });

  app.post('/sign-in/authenticator', async (c) => {
    const posted = await postedBy(c);
    const step = posted === undefined ? undefined : await signIn.step(posted.browser);
    if (posted === undefined || step?.kind !== 'setUp') return signInAgainPage(c);
    const { username, secret } = step;
    const progress = await signIn.giveCode(posted.browser, posted.typed('code'), callerOf(c));
    return follow(c, progress, (refusal) =>
      authenticatorPage(c, { csrf: posted.csrf, username, secret, error: errorFor(refusal, 'code') }),
    );
  });

  app.get('/sign-in/code', async (c) => {
    const browser = browserOf(c);
    const step = await signIn.step(browser);
    return step?.kind === 'code' ? codePage(c, { csrf: tokenOf(browser) }) : signInAgainPage(c);
  });

  app.post('/sign-in/code', async (c) => {
    const posted = await postedBy(c);
    if (posted === undefined) return signInAgainPage(c);
    const progress = await signIn.giveCode(posted.browser, posted.typed('code'), callerOf(c));
    return follow(c, progress, (refusal) => codePage(c, { csrf: posted.csrf, error: errorFor(refusal, 'code') }));
  });

  app.get('/sign-in/lost-authenticator', (c) => lostAuthenticatorPage(c));

  app.get('/sign-in/forgotten-password', (c) =>
    forgottenPasswordPage(c, {
      csrf: tokenOf(browserOf(c)),
      username: '',
      returnTo: returnToOf(c.req.query('returnTo')),
    }),
  );

  app.post('/sign-in/forgotten-password', async (c) => {
    const posted = await postedBy(c);
    if (posted === undefined) return signInAgainPage(c);
    const username = posted.typed('username');
    const returnTo = returnToOf(posted.text('returnTo'));
    if (username === '') {
      const error: FieldError = { field: 'username', message: '利用者名を入力してください。', status: 422 };
      return forgottenPasswordPage(c, { csrf: posted.csrf, username, returnTo, error });
    }
    await signIn.forget(posted.browser, { username, returnTo }, callerOf(c));
    return c.redirect(paths.resetPassword, 303);
  });

  app.get('/sign-in/reset-password', async (c) => {
    const browser = browserOf(c);
    const step = await signIn.step(browser);
    return step?.kind === 'reset' ? resetPasswordPage(c, { csrf: tokenOf(browser) }) : signInAgainPage(c);
  });

  app.post('/sign-in/reset-password', async (c) => {
    const posted = await postedBy(c);
    if (posted === undefined) return signInAgainPage(c);
    const { browser, csrf } = posted;
    const error = passwordError(posted);
    if (error !== undefined) return resetPasswordPage(c, { csrf, error });
    const given = { code: posted.typed('code'), password: posted.text('password') };
    const answer = await signIn.reset(browser, given, callerOf(c));
    if (answer.kind === 'changed') return c.redirect(paths.signIn, 303);
    return follow(c, answer, (refusal) => {
      const isOfPassword = refusal === 'weak-password' || refusal === 'earlier-password';
      return resetPasswordPage(c, { csrf, error: errorFor(refusal, isOfPassword ? 'password' : 'code') });
    });
  });
}
