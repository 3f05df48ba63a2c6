import { IN_MEMORY } from '../../../infra/local/data-dir.ts';
import { startDynamoDb } from '../../../infra/local/dynamodb.ts';
import { startS3 } from '../../../infra/local/s3.ts';

/**
 * DynamoDB and S3 for one test file, in memory, on free ports: files never see each other's data.
 * Where DYNAMODB_ENDPOINT is set its tables are shared, so tests name theirs uniquely.
 */
export async function startEmulators(): Promise<{
  dynamodbEndpoint: string;
  s3Endpoint: string;
  stop(): Promise<void>;
}> {
  const [dynamodb, s3] = await Promise.all([
    startDynamoDb({ dataDir: IN_MEMORY, endpoint: process.env['DYNAMODB_ENDPOINT'] }),
    startS3({ dataDir: IN_MEMORY }),
  ]);
  return {
    dynamodbEndpoint: dynamodb.endpoint,
    s3Endpoint: s3.endpoint,
    stop: async () => {
      await Promise.all([dynamodb.stop(), s3.stop()]);
    },
  };
}
