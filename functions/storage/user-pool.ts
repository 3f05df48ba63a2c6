/**
 * The user pool as our own sign-in pages use it. What needs a right of ours is asked with it; setting up an authenticator
 * and the mailed code have no such operation, and are told apart from a stranger's by the session or the client's secret.
 */

import { createHmac } from 'node:crypto';
import {
  AdminInitiateAuthCommand,
  AdminRespondToAuthChallengeCommand,
  AdminUserGlobalSignOutCommand,
  AssociateSoftwareTokenCommand,
  CognitoIdentityProviderClient,
  ConfirmForgotPasswordCommand,
  ForgotPasswordCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type {
  AdminInitiateAuthResponse,
  ChallengeNameType,
  ContextDataType,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Caller, SignInRefusal, SignInStepName } from '../domain/sign-in.ts';
import { SignInUnavailable } from '../domain/unavailable.ts';
import { isPassing } from './failures.ts';
import { meaningOf } from './user-pool-errors.ts';
import type { PoolOperation } from './user-pool-errors.ts';
import type { OnFailure } from './watch-failures.ts';

/** `code` is Cognito's name for it, for operators. */
export interface PoolRefusal {
  readonly kind: 'refused';
  readonly refusal: SignInRefusal;
  readonly code: string;
}

/** What Cognito asks for next; `session` is to be given back with it. */
interface PoolStep {
  readonly kind: SignInStepName;
  readonly session: string;
}

interface PoolTokens {
  readonly kind: 'tokens';
  readonly access: string;
  readonly id: string;
}

export type PoolAnswer = PoolStep | PoolTokens | PoolRefusal;

interface Account {
  readonly username: string;
  readonly session: string;
}

export interface UserPool {
  begin(username: string, password: string, caller: Caller): Promise<PoolAnswer>;
  setPassword(account: Account, password: string, caller: Caller): Promise<PoolAnswer>;
  /** A secret for the authenticator, to be shown once. */
  startSetUp(session: string): Promise<{ readonly kind: 'secret'; secret: string; session: string } | PoolRefusal>;
  finishSetUp(account: Account, code: string, caller: Caller): Promise<PoolAnswer>;
  giveCode(account: Account, code: string, caller: Caller): Promise<PoolAnswer>;
  /** Mails a code for a new password, if there is such an account; `code` is there when none was sent. */
  sendCode(username: string, caller: Caller): Promise<{ readonly kind: 'sent'; readonly code?: string }>;
  resetPassword(
    username: string,
    given: { readonly code: string; readonly password: string },
    caller: Caller,
  ): Promise<{ readonly kind: 'changed' } | PoolRefusal>;
  /** Ends every token of the account: nobody needs them once a session of ours is open. */
  endTokens(username: string): Promise<void>;
}

const steps: Readonly<Partial<Record<ChallengeNameType, SignInStepName>>> = {
  NEW_PASSWORD_REQUIRED: 'newPassword',
  MFA_SETUP: 'setUp',
  SOFTWARE_TOKEN_MFA: 'code',
};

/** The application is refused: no page of the sign-in says so, but the one for faults. */
class PoolFault extends Error {
  constructor(operation: PoolOperation, cause: unknown) {
    super(operation, { cause });
    this.name = `PoolFault (${operation}: ${cause instanceof Error ? cause.name : typeof cause})`;
  }
}

type Called<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refused: PoolRefusal };

/**
 * Calls Cognito, and reads a refusal from the table. That nothing was sent is none.
 *
 * @throws SignInUnavailable when a moment later it may work, and PoolFault for what is ours to mend
 */
async function asked<T>(
  operation: PoolOperation,
  call: () => Promise<T>,
  onFailure: OnFailure | undefined,
): Promise<Called<T>> {
  try {
    return { ok: true, value: await call() };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const meaning = meaningOf(operation, error) ?? (isPassing(error) ? 'busy' : 'fault');
    if (meaning === 'busy' || meaning === 'fault') onFailure?.(error);
    if (meaning === 'busy') throw new SignInUnavailable(operation, error);
    if (meaning === 'fault') throw new PoolFault(operation, error);
    return { ok: false, refused: { kind: 'refused', refusal: meaning, code: error.name } };
  }
}

function answerOf(
  operation: PoolOperation,
  { ChallengeName, Session, AuthenticationResult }: AdminInitiateAuthResponse,
): PoolAnswer {
  const { AccessToken, IdToken } = AuthenticationResult ?? {};
  if (AccessToken !== undefined && IdToken !== undefined) return { kind: 'tokens', access: AccessToken, id: IdToken };
  const kind = ChallengeName === undefined ? undefined : steps[ChallengeName];
  if (kind === undefined || Session === undefined) throw new PoolFault(operation, new Error(String(ChallengeName)));
  return { kind, session: Session };
}

/** As Cognito weighs whether it is the person: without an address there is nothing to weigh. */
function contextOf({ address, host, path, userAgent }: Caller): { ContextData?: ContextDataType } {
  if (address === undefined) return {};
  const headers = userAgent === undefined ? [] : [{ headerName: 'User-Agent', headerValue: userAgent }];
  return { ContextData: { IpAddress: address, ServerName: host, ServerPath: path, HttpHeaders: headers } };
}

function userContextOf({ address }: Caller): { UserContextData?: { IpAddress: string } } {
  return address === undefined ? {} : { UserContextData: { IpAddress: address } };
}

export interface UserPoolContract {
  readonly client: CognitoIdentityProviderClient;
  readonly userPoolId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Is told of every call that failed for good, and for no reason of the person's. */
  readonly onFailure?: OnFailure;
}

export function createUserPool(contract: UserPoolContract): UserPool {
  const { client, userPoolId, clientId, clientSecret, onFailure } = contract;
  const ask = <T>(operation: PoolOperation, call: () => Promise<T>): Promise<Called<T>> =>
    asked(operation, call, onFailure);
  const application = { UserPoolId: userPoolId, ClientId: clientId };
  const hashOf = (username: string): string =>
    createHmac('sha256', clientSecret)
      .update(username + clientId)
      .digest('base64');

  async function respond(
    challenge: ChallengeNameType,
    { username, session }: Account,
    responses: Readonly<Record<string, string>>,
    caller: Caller,
  ): Promise<PoolAnswer> {
    const operation = 'AdminRespondToAuthChallenge';
    const called = await ask(operation, () =>
      client.send(
        new AdminRespondToAuthChallengeCommand({
          ...application,
          ChallengeName: challenge,
          Session: session,
          ChallengeResponses: { USERNAME: username, SECRET_HASH: hashOf(username), ...responses },
          ...contextOf(caller),
        }),
      ),
    );
    return called.ok ? answerOf(operation, called.value) : called.refused;
  }

  return {
    begin: async (username, password, caller) => {
      const operation = 'AdminInitiateAuth';
      const called = await ask(operation, () =>
        client.send(
          new AdminInitiateAuthCommand({
            ...application,
            AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
            AuthParameters: { USERNAME: username, PASSWORD: password, SECRET_HASH: hashOf(username) },
            ...contextOf(caller),
          }),
        ),
      );
      return called.ok ? answerOf(operation, called.value) : called.refused;
    },

    setPassword: (account, password, caller) =>
      respond('NEW_PASSWORD_REQUIRED', account, { NEW_PASSWORD: password }, caller),

    startSetUp: async (session) => {
      const operation = 'AssociateSoftwareToken';
      const called = await ask(operation, () => client.send(new AssociateSoftwareTokenCommand({ Session: session })));
      if (!called.ok) return called.refused;
      const { SecretCode, Session } = called.value;
      if (SecretCode === undefined || Session === undefined) throw new PoolFault(operation, new Error('no secret'));
      return { kind: 'secret', secret: SecretCode, session: Session };
    },

    finishSetUp: async ({ username, session }, code, caller) => {
      const operation = 'VerifySoftwareToken';
      const called = await ask(operation, () =>
        client.send(new VerifySoftwareTokenCommand({ Session: session, UserCode: code })),
      );
      if (!called.ok) return called.refused;
      const { Status, Session } = called.value;
      if (Status !== 'SUCCESS' || Session === undefined)
        return { kind: 'refused', refusal: 'wrong-code', code: `VerifySoftwareToken ${Status ?? ''}`.trim() };
      return respond('MFA_SETUP', { username, session: Session }, {}, caller);
    },

    giveCode: (account, code, caller) =>
      respond('SOFTWARE_TOKEN_MFA', account, { SOFTWARE_TOKEN_MFA_CODE: code }, caller),

    sendCode: async (username, caller) => {
      const called = await ask('ForgotPassword', () =>
        client.send(
          new ForgotPasswordCommand({
            ClientId: clientId,
            Username: username,
            SecretHash: hashOf(username),
            ...userContextOf(caller),
          }),
        ),
      );
      return called.ok ? { kind: 'sent' } : { kind: 'sent', code: called.refused.code };
    },

    resetPassword: async (username, { code, password }, caller) => {
      const called = await ask('ConfirmForgotPassword', () =>
        client.send(
          new ConfirmForgotPasswordCommand({
            ClientId: clientId,
            Username: username,
            ConfirmationCode: code,
            Password: password,
            SecretHash: hashOf(username),
            ...userContextOf(caller),
          }),
        ),
      );
      return called.ok ? { kind: 'changed' } : called.refused;
    },

    endTokens: async (username) => {
      const called = await ask('AdminUserGlobalSignOut', () =>
        client.send(new AdminUserGlobalSignOutCommand({ UserPoolId: userPoolId, Username: username })),
      );
      if (!called.ok) throw new PoolFault('AdminUserGlobalSignOut', new Error(called.refused.code));
    },
  };
}

/**
 * A client for the pool; on AWS region and credentials come from the environment.
 *
 * @param endpoint where a stand-in listens, on a laptop only
 */
export function userPoolClient(endpoint?: string): CognitoIdentityProviderClient {
  const local = {
    endpoint,
    region: 'ap-northeast-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  return new CognitoIdentityProviderClient(endpoint === undefined ? {} : local);
}
