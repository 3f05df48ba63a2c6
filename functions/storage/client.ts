/** The connection to DynamoDB. */

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { watchFailures, watchingFailures } from './watch-failures.ts';
import type { OnFailure } from './watch-failures.ts';

/**
 * A client for the table; on AWS region and credentials come from the environment.
 *
 * @param endpoint where an emulator listens, on a laptop only
 * @param onFailure is told of every call that failed for good
 */
export function tableClient(endpoint?: string, onFailure?: OnFailure): DynamoDBDocumentClient {
  const local = {
    endpoint,
    region: 'ap-northeast-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(endpoint === undefined ? {} : local), {
    marshallOptions: { removeUndefinedValues: true },
  });
  if (onFailure !== undefined) client.middlewareStack.add(watchFailures(onFailure), watchingFailures);
  return client;
}
