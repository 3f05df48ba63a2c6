/**
 * Signing in on our own pages, step by step. Attempts are counted by account, whether or not there is one; the tokens
 * that Cognito gives at the end are read once, ended, and never leave the function.
 */

import type { Person } from '../domain/authorisation.ts';
import { passwordFault } from '../domain/password.ts';
import type { Caller, SignInRefusal, SignInStepName } from '../domain/sign-in.ts';
import type { Attempt, SignInAttempts } from '../storage/sign-in-attempts.ts';
import type { SignInStep, SignInSteps } from '../storage/sign-in-steps.ts';
import type { SignOuts } from '../storage/sign-outs.ts';
import type { PoolAnswer, PoolRefusal, UserPool } from '../storage/user-pool.ts';

type Identification =
  | { readonly kind: 'person'; readonly person: Person; readonly issuedAt: number }
  | { readonly kind: 'noRole' }
  | { readonly kind: 'unauthenticated'; readonly wasEnded?: true };

interface OwnSignInLog {
  info(event: string, fields: Readonly<Record<string, string>>): void;
  error(event: string, error: unknown): void;
}

export interface OwnSignInDeps {
  readonly pool: UserPool;
  readonly steps: SignInSteps;
  readonly attempts: SignInAttempts;
  readonly signOuts: Pick<SignOuts, 'admit'>;
  /** Reads the roles from the access token, as the API does. */
  readonly identify: (authorization: string) => Promise<Identification>;
  readonly nameIn: (idToken: string, personId: string) => Promise<string | undefined>;
  /** Waits until what is issued tells a later second than that up to which a change just now ended everything. */
  readonly afterChange: () => Promise<void>;
  readonly log: OwnSignInLog;
}

interface Refused {
  readonly kind: 'refused';
  readonly refusal: SignInRefusal;
}

type Progress =
  | { readonly kind: 'next'; readonly step: SignInStepName }
  | { readonly kind: 'person'; readonly person: Person; readonly issuedAt: number; readonly returnTo: string }
  | { readonly kind: 'noRole' }
  | Refused;

export interface OwnSignIn {
  /** @param browser the random id in the cookie of the browser that signs in */
  begin(
    browser: string,
    given: { readonly username: string; readonly password: string; readonly returnTo: string },
    caller: Caller,
  ): Promise<Progress>;
  /** What the browser is at; none where its time is over. */
  step(browser: string): Promise<SignInStep | undefined>;
  setPassword(browser: string, password: string, caller: Caller): Promise<Progress>;
  /** The six digits of the authenticator, of one that is being set up or of the one that was. */
  giveCode(browser: string, code: string, caller: Caller): Promise<Progress>;
  /** Mails a code for a new password. Whether it did is told to nobody. */
  forget(
    browser: string,
    given: { readonly username: string; readonly returnTo: string },
    caller: Caller,
  ): Promise<void>;
  /** Sets the new password with the code that was mailed. */
  reset(
    browser: string,
    given: { readonly code: string; readonly password: string },
    caller: Caller,
  ): Promise<{ readonly kind: 'changed'; readonly returnTo: string } | Refused>;
}

type SignInAttempt = Exclude<Attempt, 'share'>;

/** In a quarter of an hour. Cognito locks an account for seconds after five, which must not be told from a wrong password. */
const mostAttempts: Readonly<Record<SignInAttempt, number>> = { password: 10, code: 5, mail: 3, 'mailed-code': 5 };

/** In seconds: what Cognito's session lasts, and the code in its mail. */
const stepSeconds = 15 * 60;
const resetSeconds = 60 * 60;

/** As Cognito takes names; the pool does not tell upper from lower case. */
const nameable = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u;

function refuse(refusal: SignInRefusal): Refused {
  return { kind: 'refused', refusal };
}

export function createOwnSignIn(deps: OwnSignInDeps): OwnSignIn {
  const { pool, steps, attempts, signOuts, identify, nameIn, afterChange, log } = deps;

  function refusedBy({ refusal, code }: PoolRefusal): Refused {
    log.info('sign-in refused', { code });
    return refuse(refusal);
  }

  async function mayTry(attempt: SignInAttempt, username: string): Promise<boolean> {
    if ((await attempts.countAttempt(attempt, username)) <= mostAttempts[attempt]) return true;
    log.info('sign-in refused', { code: 'too-many-attempts', attempt });
    return false;
  }

  /** Nobody needs the tokens any more. That they could not be ended is no reason to keep anybody out: they are kept nowhere. */
  async function endTokens(username: string): Promise<void> {
    try {
      await pool.endTokens(username);
    } catch (error) {
      log.error('tokens not ended', error);
    }
  }

  async function arrive(
    browser: string,
    { username, returnTo, isRenewed }: SignInStep,
    tokens: { readonly access: string; readonly id: string },
  ): Promise<Progress> {
    const identification = await identify(`Bearer ${tokens.access}`);
    await Promise.all([
      endTokens(username),
      steps.endStep(browser),
      attempts.forgetAttempts('code', username),
      attempts.forgetAttempts('password', username),
    ]);
    if (identification.kind === 'noRole') return { kind: 'noRole' };
    if (identification.kind === 'unauthenticated') return refuse(identification.wasEnded ? 'just-changed' : 'wrong');
    const { person, issuedAt } = identification;
    // Seconds do not tell two sign-ins of one second apart: whoever has a new password counts from the next.
    const since = isRenewed ? issuedAt + 1 : issuedAt;
    if (isRenewed) await signOuts.admit(person.id, new Date(issuedAt * 1000));
    const name = await nameIn(tokens.id, person.id);
    return { kind: 'person', person: name === undefined ? person : { ...person, name }, issuedAt: since, returnTo };
  }

  async function goOn(
    browser: string,
    { username, returnTo, isRenewed }: Pick<SignInStep, 'username' | 'returnTo' | 'isRenewed'>,
    answer: PoolAnswer,
  ): Promise<Progress> {
    const common = { username, returnTo, isRenewed };
    const save = (step: SignInStep): Promise<void> => steps.saveStep(browser, step, stepSeconds);
    switch (answer.kind) {
      case 'refused':
        return refusedBy(answer);
      case 'tokens':
        return arrive(browser, { ...common, kind: 'changed' }, answer);
      case 'newPassword':
      case 'code':
        await save({ ...common, kind: answer.kind, session: answer.session });
        return { kind: 'next', step: answer.kind };
      case 'setUp': {
        const started = await pool.startSetUp(answer.session);
        if (started.kind === 'refused') return refusedBy(started);
        await save({ ...common, kind: 'setUp', session: started.session, secret: started.secret });
        return { kind: 'next', step: 'setUp' };
      }
    }
  }

  return {
    begin: async (browser, { username: typed, password, returnTo }, caller) => {
      const username = typed.toLowerCase();
      if (!nameable.test(username) || password === '') return refuse('wrong');
      if (!(await mayTry('password', username))) return refuse('waiting');
      const before = await steps.step(browser);
      const isRenewed = before?.kind === 'changed' && before.username === username;
      const answer = await pool.begin(username, password, caller);
      if (answer.kind !== 'refused') await attempts.forgetAttempts('password', username);
      const progress = await goOn(browser, { username, returnTo, isRenewed }, answer);
      if (progress.kind !== 'refused' || progress.refusal !== 'just-changed') return progress;
      // What was issued cannot be told from what the account held before it was changed: it is asked for anew.
      await afterChange();
      return goOn(browser, { username, returnTo, isRenewed }, await pool.begin(username, password, caller));
    },

    step: (browser) => steps.step(browser),

    setPassword: async (browser, password, caller) => {
      const step = await steps.step(browser);
      if (step?.kind !== 'newPassword') return refuse('expired');
      if (passwordFault(password) !== undefined) return refuse('weak-password');
      return goOn(browser, step, await pool.setPassword(step, password, caller));
    },

    giveCode: async (browser, code, caller) => {
      const step = await steps.step(browser);
      if (step?.kind !== 'code' && step?.kind !== 'setUp') return refuse('expired');
      if (!/^\d{6}$/.test(code)) return refuse('wrong-code');
      if (!(await mayTry('code', step.username))) return refuse('waiting');
      const answer = await (step.kind === 'code'
        ? pool.giveCode(step, code, caller)
        : pool.finishSetUp(step, code, caller));
      return goOn(browser, step, answer);
    },

    forget: async (browser, { username: typed, returnTo }, caller) => {
      const username = typed.toLowerCase();
      await steps.saveStep(browser, { kind: 'reset', username, returnTo, isRenewed: false }, resetSeconds);
      if (!nameable.test(username) || !(await mayTry('mail', username))) return;
      const { code } = await pool.sendCode(username, caller);
      if (code !== undefined) log.info('no code sent', { code });
    },

    reset: async (browser, { code, password }, caller) => {
      const step = await steps.step(browser);
      if (step?.kind !== 'reset') return refuse('expired');
      if (passwordFault(password) !== undefined) return refuse('weak-password');
      if (!/^\d{6}$/.test(code) || !nameable.test(step.username)) return refuse('wrong-code');
      if (!(await mayTry('mailed-code', step.username))) return refuse('waiting');
      const answer = await pool.resetPassword(step.username, { code, password }, caller);
      if (answer.kind === 'refused') return refusedBy(answer);
      const { username, returnTo } = step;
      await attempts.forgetAttempts('password', username);
      await steps.saveStep(browser, { kind: 'changed', username, returnTo, isRenewed: true }, stepSeconds);
      return { kind: 'changed', returnTo };
    },
  };
}
