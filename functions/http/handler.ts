/** The Lambda behind API Gateway. */

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

const application = createApplication({
  storage: runtimeStorage(tableClient(environment.DYNAMODB_ENDPOINT), environment.TABLE_NAME, forms),
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
});

export const handler = handle(application);
