/**
 * What a request to an AWS service asks of IAM: which action on which resource. From the service authorization
 * reference of each service; an operation that is not listed here is an error, never nothing.
 */

import * as z from 'zod';
import { account, region } from './physical.ts';
import type { SeenRequest } from './recorder.ts';

export interface IamRequest {
  readonly action: string;
  readonly resource: string;
  /** Condition keys with the values that this request has for them. */
  readonly context: Readonly<Record<string, string | string[]>>;
}

const attributes = z.record(z.string(), z.looseObject({ S: z.string().optional() }));
const onTable = z.looseObject({ TableName: z.string() });
const keyed = onTable.extend({ Key: attributes });
const put = onTable.extend({ Item: attributes });
const update = keyed.extend({
  UpdateExpression: z.string(),
  ConditionExpression: z.string().default(''),
  ExpressionAttributeNames: z.record(z.string(), z.string()).default({}),
});
const transaction = z.object({
  TransactItems: z.array(
    z.union([
      z.strictObject({ Put: put }).transform(({ Put }) => ({ action: 'PutItem', table: Put.TableName, key: Put.Item })),
      z.strictObject({ Update: update }).transform(({ Update }) => ({
        action: 'UpdateItem',
        table: Update.TableName,
        key: Update.Key,
        touched: touchedBy(Update),
      })),
      z
        .strictObject({ Delete: keyed })
        .transform(({ Delete }) => ({ action: 'DeleteItem', table: Delete.TableName, key: Delete.Key })),
      z.strictObject({ ConditionCheck: keyed }).transform(({ ConditionCheck }) => ({
        action: 'ConditionCheckItem',
        table: ConditionCheck.TableName,
        key: ConditionCheck.Key,
      })),
    ]),
  ),
});
const batchGet = z.object({ RequestItems: z.record(z.string(), z.looseObject({ Keys: z.array(attributes) })) });
const batchWrite = z.object({
  RequestItems: z.record(
    z.string(),
    z.array(
      z.union([
        z
          .strictObject({ DeleteRequest: z.object({ Key: attributes }) })
          .transform(({ DeleteRequest }) => DeleteRequest.Key),
        z.strictObject({ PutRequest: z.object({ Item: attributes }) }).transform(({ PutRequest }) => PutRequest.Item),
      ]),
    ),
  ),
});
const query = onTable.extend({
  KeyConditionExpression: z.string(),
  ExpressionAttributeNames: z.record(z.string(), z.string()).default({}),
  ExpressionAttributeValues: attributes,
});

function partition(key: z.output<typeof attributes>): string {
  const value = key['pk']?.S;
  if (value === undefined) throw new Error('a key without pk');
  return value;
}

function tableRequest(
  action: string,
  table: string,
  partitions: readonly string[],
  touched?: readonly string[],
): IamRequest {
  return {
    action: `dynamodb:${action}`,
    resource: `arn:aws:dynamodb:${region}:${account}:table/${table}`,
    context: {
      'dynamodb:LeadingKeys': [...new Set(partitions)],
      ...(touched === undefined ? {} : { 'dynamodb:Attributes': [...touched] }),
    },
  };
}

const words = new Set(
  'SET ADD REMOVE DELETE AND OR NOT IN BETWEEN attribute_exists attribute_not_exists if_not_exists list_append'.split(
    ' ',
  ),
);

/** The attributes that an update writes or looks at, those of its key among them. */
function touchedBy(request: z.output<typeof update>): string[] {
  const text = `${request.UpdateExpression} ${request.ConditionExpression}`;
  const names = [...text.matchAll(/[:#]?\w+/g)]
    .map(([name]) => name)
    .filter((name) => !name.startsWith(':') && !words.has(name))
    .map((name) => request.ExpressionAttributeNames[name] ?? name);
  return [...new Set([...Object.keys(request.Key), ...names])];
}

/** The value that a query's condition demands of `pk`. */
function queried({
  KeyConditionExpression,
  ExpressionAttributeNames,
  ExpressionAttributeValues,
}: z.output<typeof query>): string {
  const [, name = '', placeholder = ''] = /([#\w]+)\s*=\s*(:\w+)/.exec(KeyConditionExpression) ?? [];
  if ((ExpressionAttributeNames[name] ?? name) !== 'pk') throw new Error(`not by pk: ${KeyConditionExpression}`);
  return ExpressionAttributeValues[placeholder]?.S ?? '';
}

function dynamodb({ headers, body }: SeenRequest): IamRequest[] {
  const target = String(headers['x-amz-target']).replace(/^DynamoDB_\d+\./, '');
  const input: unknown = JSON.parse(body.toString('utf8'));
  switch (target) {
    case 'UpdateItem': {
      const request = update.parse(input);
      return [tableRequest(target, request.TableName, [partition(request.Key)], touchedBy(request))];
    }
    case 'GetItem':
    case 'DeleteItem': {
      const { TableName, Key } = keyed.parse(input);
      return [tableRequest(target, TableName, [partition(Key)])];
    }
    case 'PutItem': {
      const { TableName, Item } = put.parse(input);
      return [tableRequest(target, TableName, [partition(Item)])];
    }
    case 'Query': {
      const parsed = query.parse(input);
      return [tableRequest(target, parsed.TableName, [queried(parsed)])];
    }
    case 'TransactWriteItems':
      return transaction
        .parse(input)
        .TransactItems.map((item) =>
          tableRequest(item.action, item.table, [partition(item.key)], 'touched' in item ? item.touched : undefined),
        );
    case 'BatchGetItem':
      return Object.entries(batchGet.parse(input).RequestItems).map(([table, { Keys }]) =>
        tableRequest(target, table, Keys.map(partition)),
      );
    case 'BatchWriteItem':
      return Object.entries(batchWrite.parse(input).RequestItems).map(([table, keys]) =>
        tableRequest(target, table, keys.map(partition)),
      );
    default:
      throw new Error(`an operation of DynamoDB that is not listed: ${target}`);
  }
}

const deletion = /<Object>[\s\S]*?<Key>([\s\S]*?)<\/Key>([\s\S]*?)<\/Object>/g;

/** A path is `/bucket/key`; the SDK speaks so to an address that is a number. */
function s3({ method, url, headers, body }: SeenRequest): IamRequest[] {
  const [, bucket = '', key = ''] = /^\/([^/]+)\/?(.*)$/.exec(decodeURIComponent(url.pathname)) ?? [];
  const on = (action: string, path: string = key): IamRequest => ({
    action: `s3:${action}`,
    resource: path === '' ? `arn:aws:s3:::${bucket}` : `arn:aws:s3:::${bucket}/${path}`,
    context: path === '' && url.searchParams.has('prefix') ? { 's3:prefix': url.searchParams.get('prefix') ?? '' } : {},
  });
  const asked = (name: string): boolean => url.searchParams.has(name);
  if (key === '' && method === 'GET') return [on(asked('versions') ? 'ListBucketVersions' : 'ListBucket')];
  if (key === '' && method === 'POST' && asked('delete'))
    return [...body.toString('utf8').matchAll(deletion)].map(([, path = '', rest = '']) =>
      on(rest.includes('<VersionId>') ? 'DeleteObjectVersion' : 'DeleteObject', path),
    );
  if (method === 'GET' || method === 'HEAD') return [on('GetObject')];
  if (method === 'DELETE')
    return [
      on(asked('uploadId') ? 'AbortMultipartUpload' : asked('versionId') ? 'DeleteObjectVersion' : 'DeleteObject'),
    ];
  const source = headers['x-amz-copy-source'];
  if (method === 'PUT' && typeof source === 'string') {
    const [, path = ''] = /^\/?[^/]+\/(.*)$/.exec(decodeURIComponent(source)) ?? [];
    return [on('GetObject', path), on('PutObject')];
  }
  if (method === 'PUT' || (method === 'POST' && (asked('uploads') || asked('uploadId')))) return [on('PutObject')];
  throw new Error(`an operation of S3 that is not listed: ${method} ${url}`);
}

/** The function that an invocation names. */
export function invokedFunction({ url }: SeenRequest): string {
  const [, name] = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(url.pathname) ?? [];
  if (name === undefined) throw new Error(`an operation of Lambda that is not listed: ${url.pathname}`);
  return decodeURIComponent(name);
}

function lambda(seen: SeenRequest): IamRequest[] {
  const resource = `arn:aws:lambda:${region}:${account}:function:${invokedFunction(seen)}`;
  return [{ action: 'lambda:InvokeFunction', resource, context: {} }];
}

/** Operations that Cognito takes from anybody: no policy is asked about them. */
const open = new Set(['AssociateSoftwareToken', 'VerifySoftwareToken', 'ForgotPassword', 'ConfirmForgotPassword']);
const admin = new Set([
  'AdminInitiateAuth',
  'AdminListGroupsForUser',
  'AdminRespondToAuthChallenge',
  'AdminUserGlobalSignOut',
  'AdminAddUserToGroup',
  'AdminCreateUser',
  'AdminDeleteSoftwareToken',
  'AdminDisableUser',
  'AdminEnableUser',
  'AdminRemoveUserFromGroup',
  'AdminSetUserPassword',
  'AdminUpdateUserAttributes',
  'CreateGroup',
  'ListUsers',
  'ListUsersInGroup',
]);

function cognito({ headers, body }: SeenRequest): IamRequest[] {
  const operation = String(headers['x-amz-target']).replace('AWSCognitoIdentityProviderService.', '');
  if (open.has(operation)) return [];
  if (!admin.has(operation)) throw new Error(`an operation of Cognito that is not listed: ${operation}`);
  const { UserPoolId } = z.looseObject({ UserPoolId: z.string() }).parse(JSON.parse(body.toString('utf8')));
  const resource = `arn:aws:cognito-idp:${region}:${account}:userpool/${UserPoolId}`;
  return [{ action: `cognito-idp:${operation}`, resource, context: {} }];
}

const onDatabase = z.looseObject({
  DatabaseName: z.string(),
  Name: z.string().optional(),
  TableName: z.string().optional(),
  TableInput: z.looseObject({ Name: z.string() }).optional(),
});

/** Glue asks about the catalogue, the database and the table, each. */
function glue({ headers, body }: SeenRequest): IamRequest[] {
  const action = `glue:${String(headers['x-amz-target']).replace('AWSGlue.', '')}`;
  const { DatabaseName, Name, TableName, TableInput } = onDatabase.parse(JSON.parse(body.toString('utf8')));
  const table = Name ?? TableName ?? TableInput?.Name ?? '*';
  return ['catalog', `database/${DatabaseName}`, `table/${DatabaseName}/${table}`].map((resource) => ({
    action,
    resource: `arn:aws:glue:${region}:${account}:${resource}`,
    context: {},
  }));
}

const services = { dynamodb, s3, lambda, cognito, glue };
export type Service = keyof typeof services;

export function iamRequests(service: Service, seen: SeenRequest): IamRequest[] {
  return services[service](seen);
}
