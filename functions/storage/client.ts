/** The connection to DynamoDB. */

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { emulatorAt, leaveOutUnread } from './emulator.ts';
import { EmulatorConnections } from './emulator-connection.ts';
import { watchFailures, watchingFailures } from './watch-failures.ts';
import type { OnFailure } from './watch-failures.ts';

/**
 * A client for the table; on AWS region and credentials come from the environment.
 *
 * @param endpoint where an emulator listens, on a laptop only
 * @param onFailure is told of every call that failed for good
 */
export function tableClient(endpoint?: string, onFailure?: OnFailure): DynamoDBDocumentClient {
  const settings = endpoint === undefined ? {} : { ...emulatorAt(endpoint), requestHandler: new EmulatorConnections() };
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(settings), {
    marshallOptions: { removeUndefinedValues: true },
  });
  leaveOutUnread(client, endpoint);
  if (onFailure !== undefined) client.middlewareStack.add(watchFailures(onFailure), watchingFailures);
  return client;
}
