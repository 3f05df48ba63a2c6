/** What our own sign-in pages ask of the user pool, made against a stand-in and held against the policies of the stack. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createUserPool, userPoolClient } from '../../functions/storage/user-pool.ts';
import type { PoolAnswer, UserPool } from '../../functions/storage/user-pool.ts';
import { poolErrors } from '../../functions/storage/user-pool-errors.ts';
import { IN_MEMORY } from '../../infra/local/data-dir.ts';
import { totp } from '../../infra/local/totp.ts';
import { startUserPool } from '../../infra/local/user-pool.ts';
import { isAllowed, policiesOf, unused } from './deployed/grants.ts';
import { iamRequests } from './deployed/iam-requests.ts';
import type { IamRequest } from './deployed/iam-requests.ts';
import { physicalOf } from './deployed/physical.ts';
import { startRecorder } from './deployed/recorder.ts';
import { ofType, one, synthesisOf, synthesizeOwnPages } from './synthesis.ts';

const own = synthesizeOwnPages();
const physical = physicalOf(own);
const userPoolId = physical.nameOf(one(ofType(own, 'AWS::Cognito::UserPool')).id);

const username = 'kawagoe-01';
const temporary = 'Kari-no-pass-1';
const password = 'Jibun-no-pass-1';
const caller = { address: '203.0.113.7', host: 'yoriai.example', path: '/sign-in', userAgent: 'Mozilla/5.0' };

let clock = Date.now();
const asked: IamRequest[] = [];
const operations = new Set<string>();
const stops: (() => Promise<void>)[] = [];

function sessionOf(answer: PoolAnswer): string {
  if (!('session' in answer)) throw new Error(answer.kind);
  return answer.session;
}

/** Every way to every operation: the invitation, the codes, the forgotten password. */
async function course(pool: UserPool, mails: ReadonlyMap<string, string>): Promise<void> {
  const invited = { username, session: sessionOf(await pool.begin(username, temporary, caller)) };
  const setUp = await pool.startSetUp(sessionOf(await pool.setPassword(invited, password, caller)));
  if (setUp.kind !== 'secret') throw new Error(setUp.code);
  const shown = (): string => totp(setUp.secret, clock);
  const finished = await pool.finishSetUp({ username, session: setUp.session }, shown(), caller);
  expect(finished.kind).toBe('tokens');
  // A code is taken once.
  clock += 60_000;
  const again = { username, session: sessionOf(await pool.begin(username, password, caller)) };
  expect((await pool.giveCode(again, shown(), caller)).kind).toBe('tokens');
  await pool.endTokens(username);
  await pool.sendCode(username, caller);
  const code = mails.get(username) ?? '';
  expect(await pool.resetPassword(username, { code, password: temporary }, caller)).toEqual({ kind: 'changed' });
}

beforeAll(async () => {
  const mails = new Map<string, string>();
  const standIn = await startUserPool({
    dataDir: IN_MEMORY,
    now: () => new Date(clock),
    accounts: [{ id: username, name: '川越市担当', groups: ['unit-112011'], password: temporary, isTemporary: true }],
    userPoolId,
    onMail: (name, code) => mails.set(name, code),
  });
  stops.push(() => standIn.stop());
  const recorder = await startRecorder(standIn.endpoint, (seen) => {
    operations.add(String(seen.headers['x-amz-target']).replace('AWSCognitoIdentityProviderService.', ''));
    asked.push(...iamRequests('cognito', seen));
  });
  stops.push(() => recorder.stop());
  const { clientId, clientSecret } = standIn;
  await course(
    createUserPool({ client: userPoolClient(recorder.endpoint), userPoolId, clientId, clientSecret }),
    mails,
  );
});
afterAll(async () => {
  for (const stop of stops.toReversed()) await stop();
});

const ofCognito = (grants: readonly string[]): string[] => grants.filter((grant) => grant.startsWith('cognito-idp:'));

/** People are managed wherever they sign in: what is allowed for that is used in the course of a deployment. */
const ofSigningIn = (grants: readonly string[]): string[] =>
  grants.filter((grant) => /^cognito-idp:Admin(?:InitiateAuth|RespondToAuthChallenge) /.test(grant));

describe('the calls of our own sign-in pages', () => {
  it('are all that the code has', () => {
    expect([...operations].toSorted()).toEqual(Object.keys(poolErrors).toSorted());
  });

  it('are allowed to the function that makes them, on this pool, and nothing more of Cognito is', async () => {
    const http = policiesOf(own, physical, 'Http');
    for (const request of asked)
      expect([request.action, await isAllowed(http, request)]).toEqual([request.action, true]);
    expect(ofSigningIn(unused(http, asked))).toEqual([]);
    const [first] = asked;
    if (first === undefined) throw new Error('nothing was asked');
    const elsewhere = { ...first, resource: first.resource.replace(userPoolId, 'ap-northeast-1_Another') };
    expect(await isAllowed(http, elsewhere)).toBe(false);
    for (const action of ['AdminGetUser', 'AdminDeleteUser', 'DeleteGroup', 'DeleteUserPool', 'UpdateUserPool'])
      expect(await isAllowed(http, { ...first, action: `cognito-idp:${action}` })).toBe(false);
  });

  it('are allowed to no other function, nor to any where Cognito has the pages', async () => {
    for (const name of ['Export', 'Disposal'] as const)
      expect(ofCognito(unused(policiesOf(own, physical, name), []))).toEqual([]);
    const hosted = synthesisOf('saitama');
    expect(ofSigningIn(unused(policiesOf(hosted, physicalOf(hosted), 'Http'), []))).toEqual([]);
  });
});

describe('an alarm', () => {
  it('rings when those calls fail, where there are any', () => {
    const ofSignIn = ofType(own, 'AWS::CloudWatch::Alarm').filter(({ id }) => id.startsWith('HttpSignInErrors'));
    expect(one(ofSignIn).Properties).toMatchObject({ MetricName: 'SignInErrors', Threshold: 5 });
    const ofHosted = ofType(synthesisOf('saitama'), 'AWS::CloudWatch::Alarm');
    expect(ofHosted.filter(({ id }) => id.startsWith('HttpSignInErrors'))).toEqual([]);
  });
});
