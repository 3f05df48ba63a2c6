/** The Lambda behind API Gateway. */

import { readFileSync } from 'node:fs';
import { forms } from '../../schemas/forms/catalogue.ts';
import { httpEnvironment, readEnvironment } from '../platform/environment.ts';
import { createIdentify, createNameIn, publishedKeys } from '../platform/identity.ts';
import { createOperatorLog } from '../platform/logger.ts';
import { createOperatorMetrics } from '../platform/metrics.ts';
import { tableClient } from '../storage/client.ts';
import { filesWhenAsked } from '../storage/files-when-asked.ts';
import { peopleWhenAsked, userPoolWhenAsked } from '../storage/pools-when-asked.ts';
import { runtimeStorage } from '../storage/runtime.ts';
import { createApplication } from './application.ts';
import type { ApplicationParts } from './application.ts';
import { streamingHandler } from './stream.ts';

const environment = readEnvironment(httpEnvironment, process.env);
const log = createOperatorLog('http');
const metrics = createOperatorMetrics(environment.METRICS_NAMESPACE, 'http');
const countFailure = (): void => metrics.count('StorageErrors');

const tokens = {
  issuer: environment.TOKEN_ISSUER,
  clientId: environment.TOKEN_CLIENT_ID,
  keys: publishedKeys(environment.TOKEN_ISSUER),
  now: () => new Date(),
};

function signIn(): ApplicationParts['web']['signIn'] {
  const { USER_POOL_ID: userPoolId, TOKEN_CLIENT_SECRET: clientSecret, SIGN_OUT_URL: signOutUrl } = environment;
  const { issuer, clientId } = tokens;
  if (userPoolId === undefined) return { kind: 'hosted', issuer, clientId, clientSecret, signOutUrl };
  const pool = userPoolWhenAsked({
    userPoolId,
    clientId,
    clientSecret,
    onFailure: () => metrics.count('SignInErrors'),
  });
  return { kind: 'own', pool, nameIn: createNameIn(tokens) };
}

function asset(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8');
}

/** Loaded once somebody wants an export. */
async function dispatchers() {
  const { dispatchToLambda, lambdaClient } = await import('../storage/export-dispatch.ts');
  return dispatchToLambda({ client: lambdaClient(), functionName: environment.EXPORT_FUNCTION_NAME });
}

const application = createApplication({
  storage: runtimeStorage(
    tableClient(environment.DYNAMODB_ENDPOINT, countFailure),
    environment.TABLE_NAME,
    forms,
    environment.PREFECTURE_CODE,
  ),
  ...filesWhenAsked({
    endpoint: environment.S3_ENDPOINT,
    bucket: environment.BUCKET_NAME,
    isScanned: environment.UPLOADS_SCANNED === 'yes',
    onFailure: countFailure,
  }),
  forms,
  identify: createIdentify(tokens),
  dispatchExport: async (...given) => (await dispatchers()).dispatchExport(...given),
  dispatchTakeDown: async (...given) => (await dispatchers()).dispatchTakeDown(...given),
  mails: { isSending: environment.MAILS === 'on', origin: environment.PUBLIC_ORIGIN ?? '' },
  openTo: environment.SITE_OPEN_TO,
  offersPublicAddress: environment.PUBLIC_ADDRESS === 'on',
  // By a client of its own: signing in waits for no list of people.
  people: { ...peopleWhenAsked(environment.PEOPLE_POOL_ID), heldBy: environment.PEOPLE_HELD_BY },
  log,
  metrics,
  web: {
    signIn: signIn(),
    assets: {
      style: asset('style.css'),
      script: asset('browser.js'),
    },
    basePath: environment.PUBLIC_BASE_PATH,
    publicOrigin: environment.PUBLIC_ORIGIN,
    prefectureName: environment.PREFECTURE_NAME,
    contact: environment.PREFECTURE_CONTACT,
    retentionYears: environment.RETENTION_YEARS,
    secure: true,
  },
});

export const handler = streamingHandler(application, log);
