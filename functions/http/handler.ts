/** The Lambda behind API Gateway. */

import { readFileSync } from 'node:fs';
import { handle } from 'hono/aws-lambda';
import { createRemoteJWKSet } from 'jose';
import { forms } from '../../schemas/forms/catalogue.ts';
import { httpEnvironment, readEnvironment } from '../platform/environment.ts';
import { createIdentify } from '../platform/identity.ts';
import { createOperatorLog } from '../platform/logger.ts';
import { bucketClient, createBucket } from '../storage/bucket.ts';
import { tableClient } from '../storage/client.ts';
import { dispatchToLambda, lambdaClient } from '../storage/export-dispatch.ts';
import { runtimeStorage } from '../storage/runtime.ts';
import { createApplication } from './application.ts';

const environment = readEnvironment(httpEnvironment, process.env);

/** Written beside the bundle when it was built. */
function asset(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8');
}

const application = createApplication({
  storage: runtimeStorage(
    tableClient(environment.DYNAMODB_ENDPOINT),
    environment.TABLE_NAME,
    forms,
    environment.PREFECTURE_CODE,
  ),
  bucket: createBucket({ client: bucketClient(environment.S3_ENDPOINT), bucket: environment.BUCKET_NAME }),
  forms,
  identify: createIdentify({
    issuer: environment.TOKEN_ISSUER,
    clientId: environment.TOKEN_CLIENT_ID,
    // Where Cognito keeps the public keys of a pool.
    keys: createRemoteJWKSet(new URL(`${environment.TOKEN_ISSUER}/.well-known/jwks.json`)),
    now: () => new Date(),
  }),
  dispatchExport: dispatchToLambda({ client: lambdaClient(), functionName: environment.EXPORT_FUNCTION_NAME }),
  log: createOperatorLog('http'),
  web: {
    provider: {
      issuer: environment.TOKEN_ISSUER,
      clientId: environment.TOKEN_CLIENT_ID,
      signOutUrl: environment.SIGN_OUT_URL,
    },
    assets: { style: asset('style.css'), script: asset('browser.js') },
    basePath: environment.PUBLIC_BASE_PATH,
    publicOrigin: environment.PUBLIC_ORIGIN,
    prefectureName: environment.PREFECTURE_NAME,
    contact: environment.PREFECTURE_CONTACT,
    secure: true,
  },
});

export const handler = handle(application);
