/** What is asked of IAM in a function's name by the services themselves, which no emulator can show. */

import * as z from 'zod';
import { functionNamed, ofType } from '../synthesis.ts';
import type { FunctionName, Synthesis } from '../synthesis.ts';
import type { IamRequest } from './iam-requests.ts';
import { account, region } from './physical.ts';
import type { Physical } from './physical.ts';

const variables = z.looseObject({ Variables: z.record(z.string(), z.unknown()) });

function variablesOf(synthesis: Synthesis, name: FunctionName): Record<string, unknown> {
  return variables.parse(functionNamed(synthesis, name).Properties['Environment']).Variables;
}

/** Lambda writes what a function prints to the function's log. */
function runtimeOf(synthesis: Synthesis, physical: Physical, name: FunctionName): IamRequest[] {
  const { LoggingConfig } = z
    .looseObject({ LoggingConfig: z.looseObject({ LogGroup: z.object({ Ref: z.string() }) }) })
    .parse(functionNamed(synthesis, name).Properties);
  const resource = physical.arnOf(LoggingConfig.LogGroup.Ref);
  return ['logs:CreateLogStream', 'logs:PutLogEvents'].map((action) => ({ action, resource, context: {} }));
}

/**
 * The key is used by the service on behalf of the caller. DynamoDB Developer Guide, "How DynamoDB uses AWS KMS"; S3 User
 * Guide, "Using server-side encryption with AWS KMS keys": the parts of an upload are decrypted when put together.
 */
function keyUses(action: string): string[] {
  if (action.startsWith('dynamodb:'))
    return ['Decrypt', 'DescribeKey', 'Encrypt', 'GenerateDataKey', 'GenerateDataKeyWithoutPlaintext'];
  if (action === 's3:GetObject') return ['Decrypt'];
  return action === 's3:PutObject' ? ['Decrypt', 'GenerateDataKey'] : [];
}

/**
 * What no course of the emulators reaches, and other tests force: Lambda puts aside a call that ended in an error three
 * times, an upload in parts that cannot be finished is given up, the outcome of a transaction whose answer was lost is
 * looked up, and older versions of a file, which the emulator does not keep, are removed. Nor does a form of the course ask
 * for files: what is sent for a return is written, read and removed in tests of its own.
 */
function inFailure(synthesis: Synthesis, physical: Physical, name: FunctionName): IamRequest[] {
  const on = (action: string, resource: string): IamRequest => ({ action, resource, context: {} });
  const { BUCKET_NAME, TABLE_NAME } = variablesOf(synthesis, name);
  const upload = `arn:aws:s3:::${String(physical.valueOf(BUCKET_NAME))}/uploads/R6/file`;
  if (name === 'Http') return [on('s3:GetObject', upload), on('s3:PutObject', upload)];
  const file = `arn:aws:s3:::${String(physical.valueOf(BUCKET_NAME))}/exports/R6/file`;
  const table = ofType(synthesis, 'AWS::DynamoDB::Table').find(
    ({ id }) => physical.nameOf(id) === physical.valueOf(TABLE_NAME),
  );
  /** A round in tables where it is no more, and columns that a later round brings. */
  const onTables = (...actions: string[]): IamRequest[] =>
    [variablesOf(synthesis, name)['INTERNAL_DATABASE'], variablesOf(synthesis, name)['PUBLIC_DATABASE']].flatMap(
      (database) =>
        [
          'catalog',
          `database/${String(physical.valueOf(database))}`,
          `table/${String(physical.valueOf(database))}/a`,
        ].flatMap((resource) =>
          actions.map((action) => on(`glue:${action}`, `arn:aws:glue:${region}:${account}:${resource}`)),
        ),
    );
  const deadLetters = ofType(synthesis, 'AWS::SQS::Queue').map(({ id }) => on('sqs:SendMessage', physical.arnOf(id)));
  return name === 'Export'
    ? [
        ...deadLetters,
        ...onTables('BatchDeletePartition', 'UpdatePartition', 'UpdateTable', 'GetPartitions'),
        on('s3:AbortMultipartUpload', file),
        on('s3:GetObject', upload),
      ]
    : [
        ...deadLetters,
        ...onTables('BatchDeletePartition', 'GetPartitions', 'GetTables'),
        on('s3:DeleteObjectVersion', file),
        on('s3:DeleteObject', upload),
        on('s3:DeleteObjectVersion', upload),
        on('dynamodb:BatchGetItem', physical.arnOf(table?.id ?? '')),
      ];
}

/** @param requests those that the function made itself */
export function impliedRequests(
  synthesis: Synthesis,
  physical: Physical,
  name: FunctionName,
  requests: readonly IamRequest[],
): IamRequest[] {
  const keys = ofType(synthesis, 'AWS::KMS::Key').map(({ id }) => physical.arnOf(id));
  const uses = requests.flatMap(({ action }) =>
    keyUses(action).flatMap((use) =>
      keys.map((resource) => ({
        action: `kms:${use}`,
        resource,
        context: { 'kms:ViaService': `${action.startsWith('s3:') ? 's3' : 'dynamodb'}.${region}.amazonaws.com` },
      })),
    ),
  );
  return [...runtimeOf(synthesis, physical, name), ...inFailure(synthesis, physical, name), ...uses];
}
