/** Our own sign-in pages over a pool whose answers a test gives, with everything that they keep and log to look at. */

import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { html } from 'hono/html';
import type { Person } from '../../../functions/domain/authorisation.ts';
import { createOwnSignIn } from '../../../functions/service/own-sign-in.ts';
import type { OwnSignInDeps } from '../../../functions/service/own-sign-in.ts';
import type { SignInStep } from '../../../functions/storage/sign-in-steps.ts';
import { createUserPool } from '../../../functions/storage/user-pool.ts';
import { createWeb } from '../../../functions/web/app.tsx';
import { page } from '../../../functions/web/shared/layout.tsx';
import { TestBrowser } from '../../integration/support/browser.ts';
import { idleService } from './idle-service.ts';

const origin = 'https://yoriai.example';
const contract = { userPoolId: 'ap-northeast-1_Test', clientId: 'client', clientSecret: 'secret' };
const person: Person = { id: 'sub-1', name: 'kawagoe-01', role: 'municipality', units: ['112011'] };

export interface OwnPages {
  readonly browser: TestBrowser;
  readonly logged: string[];
  readonly kept: string[];
  /** Whose sessions were ended, and up to when. */
  readonly ended: string[];
}

/** @param onFailure is told what failed for no reason of the person's */
export function ownPages(changed: Partial<OwnSignInDeps> = {}, onFailure?: () => void): OwnPages {
  const logged: string[] = [];
  const kept: string[] = [];
  const ended: string[] = [];
  const steps = new Map<string, SignInStep>();
  const counts = new Map<string, number>();
  const sessions = new Map<string, Person>();
  const log = {
    info: (event: string, fields: unknown = {}) => void logged.push(JSON.stringify([event, fields])),
    error: (event: string, error: unknown, fields: unknown = {}) =>
      void logged.push(JSON.stringify([event, String(error), fields])),
  };
  const client = new CognitoIdentityProviderClient({ region: 'ap-northeast-1', maxAttempts: 1 });
  const signIn = createOwnSignIn({
    pool: createUserPool({ client, ...contract, ...(onFailure === undefined ? {} : { onFailure }) }),
    steps: {
      saveStep: async (id, step) => {
        kept.push(JSON.stringify(step));
        steps.set(id, step);
      },
      step: async (id) => steps.get(id),
      endStep: async (id) => {
        steps.delete(id);
      },
    },
    attempts: {
      countAttempt: async (attempt, username) => {
        const count = (counts.get(`${attempt} ${username}`) ?? 0) + 1;
        counts.set(`${attempt} ${username}`, count);
        return count;
      },
      forgetAttempts: async (attempt, username) => {
        counts.delete(`${attempt} ${username}`);
      },
    },
    signOuts: {
      admit: async (id, at) => {
        ended.push(`${id} ${at.getTime()}`);
      },
    },
    identify: async () => ({ kind: 'person', person, issuedAt: 1000 }),
    nameIn: async () => '川越 太郎',
    afterChange: async () => undefined,
    log,
    ...changed,
  });
  const web = createWeb({
    openTo: 'everyone',
    signOuts: { barredAmong: async () => new Set() },
    attempts: { countAttempt: async () => 1 },
    service: idleService(),
    signIn: { kind: 'own', signIn },
    assets: { style: 'body{}', script: 'void 0' },
    basePath: '',
    publicOrigin: origin,
    prefectureName: '埼玉県',
    retentionYears: 5,
    contact: { department: '福祉部', phone: '048-000-0000', email: 'a@saitama.example' },
    secure: true,
    log,
    now: () => new Date('2024-11-01T00:00:00Z'),
    sessions: {
      open: async (who) => {
        sessions.set('id', who);
        return { id: 'id' };
      },
      session: async (id) => {
        const found = sessions.get(id);
        return found === undefined ? undefined : { person: found, csrf: 'token', hasEnded: false };
      },
      close: async () => undefined,
      ownerOf: async () => undefined,
      saveRecoveredForm: async () => true,
      recoveredForm: async () => undefined,
      deleteRecoveredForm: async () => undefined,
    },
    tasks: [
      {
        paths: ['*'],
        load: async () => [
          (app) => {
            app.get('/', (c) => page(c, { title: 'はじめ' }, html`<p>home of ${c.get('visit').person.name}</p>`));
          },
        ],
      },
    ],
  });
  const fromGateway = { requestContext: { requestId: 'r', address: '203.0.113.7' } };
  const browser = new TestBrowser(origin, async (address, init) => web.fetch(new Request(address, init), fromGateway));
  return { browser, logged, kept, ended };
}
