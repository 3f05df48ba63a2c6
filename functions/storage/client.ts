/** The connection to DynamoDB. */

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/**
 * A client for the table; on AWS region and credentials come from the environment.
 *
 * @param endpoint where an emulator listens, on a laptop only
 */
export function tableClient(endpoint?: string): DynamoDBDocumentClient {
  const local = {
    endpoint,
    region: 'ap-northeast-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  return DynamoDBDocumentClient.from(new DynamoDBClient(endpoint === undefined ? {} : local), {
    marshallOptions: { removeUndefinedValues: true },
  });
}
