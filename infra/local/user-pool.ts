/**
 * A stand-in for a user pool of Cognito: answers what our own pages ask to sign people in and to manage them, over the
 * same protocol, and nothing else. Codes and passwords go to whoever started it instead of a mail.
 */

import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import type { Mailed } from './account-mails.ts';
import { HOST } from './environment.ts';
import { identityKeys } from './identity-keys.ts';
import { CLIENT_ID, createTokens, TOKEN_TTL_SECONDS } from './identity-tokens.ts';
import type { Tokens, TokenSubject } from './identity-tokens.ts';
import { keptPeople } from './people.ts';
import { administer } from './user-pool-administration.ts';
import { Refusal, UserPoolMemory } from './user-pool-memory.ts';
import type { PooledAccount, PoolResult } from './user-pool-memory.ts';

const USER_POOL_ID = 'ap-northeast-1_Local';

/** The operations that Cognito takes from anybody; it wants a signature for the others. */
const unsigned = new Set(['AssociateSoftwareToken', 'VerifySoftwareToken', 'ForgotPassword', 'ConfirmForgotPassword']);

const named = z.object({ Username: z.string().transform((name) => name.toLowerCase()) });
const inPool = z.object({ UserPoolId: z.string() });
const ofClient = z.object({ ClientId: z.literal(CLIENT_ID) });
const withHash = ofClient.extend({ SecretHash: z.string() }).extend(named.shape);
const responses = z.object({ USERNAME: z.string(), SECRET_HASH: z.string() });
const answered = inPool.extend(ofClient.shape).extend({ Session: z.string() });

const initiate = inPool.extend(ofClient.shape).extend({
  AuthFlow: z.literal('ADMIN_USER_PASSWORD_AUTH'),
  AuthParameters: responses.extend({ PASSWORD: z.string() }),
});
const respond = z.discriminatedUnion('ChallengeName', [
  answered.extend({
    ChallengeName: z.literal('NEW_PASSWORD_REQUIRED'),
    ChallengeResponses: responses.extend({ NEW_PASSWORD: z.string() }),
  }),
  answered.extend({ ChallengeName: z.literal('MFA_SETUP'), ChallengeResponses: responses }),
  answered.extend({
    ChallengeName: z.literal('SOFTWARE_TOKEN_MFA'),
    ChallengeResponses: responses.extend({ SOFTWARE_TOKEN_MFA_CODE: z.string() }),
  }),
]);
const associate = z.object({ Session: z.string() });
const verify = z.object({ Session: z.string(), UserCode: z.string() });
const confirm = withHash.extend({ ConfirmationCode: z.string(), Password: z.string() });
const signOut = inPool.extend(named.shape);

export interface LocalUserPool {
  readonly endpoint: string;
  readonly issuer: string;
  readonly userPoolId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Retires an account. */
  disable(username: string): void;
  issueToken(claims: TokenSubject & { expiresInSeconds?: number }): Promise<string>;
  stop(): Promise<void>;
}

interface UserPoolOptions {
  readonly dataDir: string;
  readonly now: () => Date;
  readonly accounts: readonly PooledAccount[];
  readonly port?: number | undefined;
  /** Whose pool it stands in for. */
  readonly userPoolId?: string | undefined;
  /** Instead of a mail. */
  readonly onMail?: Mailed | undefined;
  /** Instead of a mail with a temporary password. */
  readonly onInvitation?: Mailed | undefined;
}

type Handle = (operation: string, input: unknown) => Promise<object>;

interface HandlerParts extends Pick<UserPoolOptions, 'onMail' | 'onInvitation'> {
  readonly memory: UserPoolMemory;
  readonly tokens: Tokens;
  readonly clientSecret: string;
  readonly userPoolId: string;
}

function handler({ memory, tokens, clientSecret, userPoolId, onMail, onInvitation }: HandlerParts): Handle {
  const check = (username: string, hash: string): void => {
    const expected = createHmac('sha256', clientSecret)
      .update(username + CLIENT_ID)
      .digest('base64');
    if (hash !== expected)
      throw new Refusal('NotAuthorizedException', `Unable to verify secret hash for client ${CLIENT_ID}`);
  };
  const told = async (result: PoolResult): Promise<object> => {
    if (result.kind === 'challenge')
      return { ChallengeName: result.challenge, Session: result.session, ChallengeParameters: {} };
    const { id, name, groups } = result.account;
    const subject = { sub: id, username: id, groups };
    return {
      AuthenticationResult: {
        AccessToken: await tokens.accessToken(subject),
        IdToken: await tokens.idToken({ ...subject, name }),
        RefreshToken: randomUUID(),
        ExpiresIn: TOKEN_TTL_SECONDS,
        TokenType: 'Bearer',
      },
    };
  };
  return async (operation, input) => {
    const { data } = inPool.partial().safeParse(input);
    if (data?.UserPoolId !== undefined && data.UserPoolId !== userPoolId)
      throw new Refusal('ResourceNotFoundException', `User pool ${data.UserPoolId} does not exist.`);
    switch (operation) {
      case 'AdminInitiateAuth': {
        const { USERNAME, PASSWORD, SECRET_HASH } = initiate.parse(input).AuthParameters;
        check(USERNAME, SECRET_HASH);
        return told(memory.begin(USERNAME.toLowerCase(), PASSWORD));
      }
      case 'AdminRespondToAuthChallenge': {
        const given = respond.parse(input);
        check(given.ChallengeResponses.USERNAME, given.ChallengeResponses.SECRET_HASH);
        if (given.ChallengeName === 'NEW_PASSWORD_REQUIRED')
          return told(memory.setPassword(given.Session, given.ChallengeResponses.NEW_PASSWORD));
        if (given.ChallengeName === 'MFA_SETUP') return told(memory.finishSetUp(given.Session));
        return told(memory.giveCode(given.Session, given.ChallengeResponses.SOFTWARE_TOKEN_MFA_CODE));
      }
      case 'AssociateSoftwareToken': {
        const { secret, session } = memory.associate(associate.parse(input).Session);
        return { SecretCode: secret, Session: session };
      }
      case 'VerifySoftwareToken': {
        const { Session, UserCode } = verify.parse(input);
        return { Status: 'SUCCESS', Session: memory.verify(Session, UserCode) };
      }
      case 'ForgotPassword': {
        const { Username, SecretHash } = withHash.parse(input);
        check(Username, SecretHash);
        const code = memory.forget(Username);
        if (code !== undefined) onMail?.(Username, code, memory.person(Username).email);
        return { CodeDeliveryDetails: { DeliveryMedium: 'EMAIL', Destination: 'a***@e***' } };
      }
      case 'ConfirmForgotPassword': {
        const { Username, SecretHash, ConfirmationCode, Password } = confirm.parse(input);
        check(Username, SecretHash);
        memory.confirm(Username, ConfirmationCode, Password);
        return {};
      }
      case 'AdminUserGlobalSignOut':
        memory.signOut(signOut.parse(input).Username);
        return {};
      default: {
        const administered = administer(memory, operation, input, onInvitation);
        if (administered === undefined) throw new Refusal('InvalidAction', operation);
        return administered;
      }
    }
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, handle: Handle): Promise<void> {
  const operation = String(request.headers['x-amz-target']).split('.').at(-1) ?? '';
  const send = (status: number, body: object): void => {
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
  };
  try {
    const isSigned = request.headers.authorization?.startsWith('AWS4-HMAC-SHA256 ') === true;
    if (isSigned === unsigned.has(operation)) throw new Refusal('InvalidSignatureException', operation);
    send(200, await handle(operation, JSON.parse(await text(request))));
  } catch (error) {
    const isRefusal = error instanceof Refusal;
    const name = isRefusal ? error.name : 'InvalidParameterException';
    send(400, { __type: name, message: error instanceof Error ? error.message : String(error) });
  }
}

/** @throws Error with code `EADDRINUSE` when `port` is taken */
export async function startUserPool(options: UserPoolOptions): Promise<LocalUserPool> {
  const { dataDir, now, accounts, port = 0, userPoolId = USER_POOL_ID, onMail, onInvitation } = options;
  const people = await keptPeople(dataDir);
  const keys = await identityKeys(dataDir);
  const server = createServer().listen(port, HOST);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a numeric port');
  const endpoint = `http://${HOST}:${address.port}`;
  const issuer = `${endpoint}/${userPoolId}`;
  const tokens = await createTokens(keys, issuer, now);
  const clientSecret = randomUUID();
  const memory = new UserPoolMemory(accounts, now, people.kept);
  const perform = handler({ memory, tokens, clientSecret, userPoolId, onMail, onInvitation });
  const handle: Handle = async (operation, input) => {
    const answered = await perform(operation, input);
    if (!/^(?:Admin)?List/.test(operation)) await people.save(memory.people());
    return answered;
  };
  const { kty, kid, alg, use, n, e } = keys.signing;
  server.on('request', (request, response) => {
    // Whoever ends what an account holds goes by the clock of the pool.
    response.setHeader('date', now().toUTCString());
    if (request.url === `/${userPoolId}/.well-known/jwks.json`)
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ keys: [{ kty, kid, alg, use, n, e }] }));
    else void answer(request, response, handle);
  });
  return {
    endpoint,
    issuer,
    userPoolId,
    clientId: CLIENT_ID,
    clientSecret,
    disable: (username) => memory.disable(username),
    issueToken: (claims) => tokens.accessToken(claims),
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
