/**
 * A deployment without an account: the bundles of a synthesis run as its functions, told what its template tells them,
 * on emulators of what they call. The emulators are put in the place of AWS by variables that the SDK itself knows, and
 * the identity provider in that of Cognito; nothing else differs from what the template says.
 */

import * as z from 'zod';
import { tableClient } from '../../../functions/storage/client.ts';
import { createTable } from '../../../functions/storage/create-table.ts';
import type { StorageContext } from '../../../functions/storage/context.ts';
import { runtimeStorage } from '../../../functions/storage/runtime.ts';
import { forms } from '../../../schemas/forms/catalogue.ts';
import { createPaths } from '../../../functions/web/shared/paths.ts';
import type { Paths } from '../../../functions/web/shared/paths.ts';
import { IN_MEMORY } from '../../../infra/local/data-dir.ts';
import { startDynamoDb } from '../../../infra/local/dynamodb.ts';
import { startIdentityProvider } from '../../../infra/local/identity-provider.ts';
import type { PooledAccount } from '../../../infra/local/user-pool-memory.ts';
import { startUserPool } from '../../../infra/local/user-pool.ts';
import { startS3 } from '../../../infra/local/s3.ts';
import type { Fetch } from '../../integration/support/browser.ts';
import { clientAt } from '../../integration/support/system.ts';
import type { Client } from '../../integration/support/system.ts';
import { startGlue } from '../../support/glue.ts';
import { bundleOf, functionNamed, ofType, one } from '../synthesis.ts';
import type { FunctionName, Synthesis } from '../synthesis.ts';
import { gatewayTo } from './api-gateway.ts';
import type { Shape } from './api-gateway.ts';
import { iamRequests, invokedFunction } from './iam-requests.ts';
import type { IamRequest, Service } from './iam-requests.ts';
import { startLambda } from './lambda.ts';
import type { Lambda } from './lambda.ts';
import { physicalOf, region } from './physical.ts';
import type { Physical } from './physical.ts';
import { startEndpoint, startRecorder } from './recorder.ts';

export interface Deployment {
  readonly physical: Physical;
  readonly shape: Shape;
  readonly paths: Paths;
  /** Every request that a function made of AWS, by the function's name in the stack. */
  readonly requests: ReadonlyMap<FunctionName, readonly IamRequest[]>;
  /** Codes that were mailed, by user name. */
  readonly mails: ReadonlyMap<string, string>;
  /** The table itself, for what no request brings about: a round of long ago. */
  readonly storage: StorageContext;
  readonly fetch: Fetch;
  readonly prefecture: Client;
  readonly administrator: Client;
  readonly municipality: (unit: string) => Client;
  /** Calls a function as EventBridge Scheduler does. */
  readonly call: (name: FunctionName, event: unknown) => Promise<unknown>;
  /** Resolves when every function called by another has ended. */
  settled(): Promise<void>;
  /** What the functions have written to their logs. */
  log(): string;
  stop(): Promise<void>;
}

const variables = z.object({ Variables: z.record(z.string(), z.string()) });

/** Starts everything; what was started before a failure is stopped again. */
export async function startDeployment(
  synthesis: Synthesis,
  names: readonly FunctionName[],
  accounts: readonly PooledAccount[],
): Promise<Deployment> {
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const each of stops.splice(0).toReversed()) await each();
  };
  try {
    return { ...(await assemble(synthesis, names, accounts, stops)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function assemble(
  synthesis: Synthesis,
  names: readonly FunctionName[],
  accounts: readonly PooledAccount[],
  stops: (() => Promise<void>)[],
): Promise<Omit<Deployment, 'stop'>> {
  const physical = physicalOf(synthesis);
  const environmentOf = (name: FunctionName): Record<string, string> =>
    variables.parse(physical.valueOf(functionNamed(synthesis, name).Properties['Environment'])).Variables;
  const { PUBLIC_ORIGIN: origin = '', PUBLIC_BASE_PATH: basePath = '' } = environmentOf('Http');
  const shape = { origin, basePath };
  const paths = createPaths(basePath);

  const mails = new Map<string, string>();
  const dynamodb = await startDynamoDb({ dataDir: IN_MEMORY, endpoint: process.env['DYNAMODB_ENDPOINT'] });
  stops.push(() => dynamodb.stop());
  const client = tableClient(dynamodb.endpoint);
  stops.push(async () => client.destroy());
  const table = physical.nameOf(one(ofType(synthesis, 'AWS::DynamoDB::Table')).id);
  await createTable(client, table);
  const buckets = ofType(synthesis, 'AWS::S3::Bucket').map(({ id }) => physical.nameOf(id));
  const s3 = await startS3({ dataDir: IN_MEMORY, buckets });
  stops.push(() => s3.stop());
  const glue = await startGlue();
  stops.push(() => glue.stop());
  const { USER_POOL_ID: userPoolId, PEOPLE_POOL_ID: peoplePoolId } = environmentOf('Http');
  const common = { dataDir: IN_MEMORY, now: () => new Date(), accounts };
  const identity =
    userPoolId === undefined
      ? await startIdentityProvider({
          ...common,
          redirectUris: [origin + paths.signedIn],
          signOutUris: [origin + paths.signOut],
        })
      : await startUserPool({ ...common, userPoolId, onMail: (username, code) => mails.set(username, code) });
  stops.push(() => identity.stop());
  // A pool holds the groups of people also where a page of another signs them in.
  const pool = 'endpoint' in identity ? identity : await startUserPool({ ...common, userPoolId: peoplePoolId });
  if (pool !== identity) stops.push(() => pool.stop());
  const asCognito = {
    TOKEN_ISSUER: identity.issuer,
    TOKEN_CLIENT_ID: identity.clientId,
    TOKEN_CLIENT_SECRET: identity.clientSecret,
    ...('signOutUrl' in identity ? { SIGN_OUT_URL: identity.signOutUrl } : {}),
  };

  const requests = new Map<FunctionName, IamRequest[]>(names.map((name) => [name, []]));
  const lambdas = new Map<FunctionName, Lambda>();
  const running = new Set<Promise<unknown>>();
  const lambdaOf = (name: FunctionName): Lambda => {
    const found = lambdas.get(name);
    if (found === undefined) throw new Error(`${name} was not started`);
    return found;
  };

  /** Called asynchronously: the caller is answered at once, and what becomes of it is in the log. */
  const lambdaService = await startEndpoint((seen, response) => {
    const called = names.find((name) => physical.nameOf(functionNamed(synthesis, name).id) === invokedFunction(seen));
    if (called === undefined) throw new Error(`no function ${invokedFunction(seen)}`);
    const run = lambdaOf(called)
      .invoke(JSON.parse(seen.body.toString('utf8')))
      .catch(() => undefined)
      .finally(() => running.delete(run));
    running.add(run);
    response.writeHead(202).end();
  });
  stops.push(() => lambdaService.stop());

  for (const name of names) {
    const record = async (service: Service, target: string): Promise<string> => {
      const recorder = await startRecorder(target, (seen) => requests.get(name)?.push(...iamRequests(service, seen)));
      stops.push(() => recorder.stop());
      return recorder.endpoint;
    };
    const given = environmentOf(name);
    const standsIn = Object.fromEntries(Object.entries(asCognito).filter(([variable]) => variable in given));
    const lambda = await startLambda(bundleOf(synthesis, functionNamed(synthesis, name)), {
      ...given,
      ...standsIn,
      AWS_REGION: region,
      AWS_LAMBDA_FUNCTION_NAME: physical.nameOf(functionNamed(synthesis, name).id),
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_ENDPOINT_URL_DYNAMODB: await record('dynamodb', dynamodb.endpoint),
      AWS_ENDPOINT_URL_S3: await record('s3', s3.endpoint),
      AWS_ENDPOINT_URL_GLUE: await record('glue', glue.endpoint),
      AWS_ENDPOINT_URL_LAMBDA: await record('lambda', lambdaService.endpoint),
      AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: await record('cognito', pool.endpoint),
    });
    stops.push(() => lambda.stop());
    lambdas.set(name, lambda);
  }

  const carry = gatewayTo(lambdaOf('Http'), shape);
  const as = (group: string): Client =>
    clientAt(
      origin + basePath,
      async () => `Bearer ${await identity.issueToken({ sub: group, username: group, groups: [group] })}`,
      carry,
    );
  return {
    physical,
    shape,
    paths,
    requests,
    mails,
    storage: runtimeStorage(client, table, forms),
    // Whatever is not ours is the identity provider's.
    fetch: (address, init) => (address.origin === origin ? carry(address, init) : fetch(address, init)),
    prefecture: as('prefecture'),
    administrator: as('prefecture-admin'),
    municipality: (unit) => as(`unit-${unit}`),
    call: (name, event) => lambdaOf(name).invoke(event),
    settled: async () => {
      while (running.size > 0) await Promise.all(running);
    },
    log: () => [...lambdas.values()].flatMap(({ log }) => log).join(''),
  };
}
