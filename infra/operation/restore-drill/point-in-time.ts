/** A table on AWS as it was at an earlier second, as a new table. */

import { RestoreTableToPointInTimeCommand, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

interface PointInTime {
  readonly table: string;
  /** The name of the new table, which must not exist. */
  readonly into: string;
  /** The latest second there is when absent. */
  readonly at?: Date | undefined;
}

/** In seconds. A restore takes from minutes to hours, whatever the size. */
const longest = 6 * 60 * 60;

/** Resolves when the new table can be read. It has the same key, but neither deletion protection nor a history of its own. */
export async function restorePointInTime(
  client: DynamoDBDocumentClient,
  { table, into, at }: PointInTime,
): Promise<void> {
  await client.send(
    new RestoreTableToPointInTimeCommand({
      SourceTableName: table,
      TargetTableName: into,
      ...(at === undefined ? { UseLatestRestorableTime: true } : { RestoreDateTime: at }),
    }),
  );
  await waitUntilTableExists({ client, maxWaitTime: longest, minDelay: 20, maxDelay: 60 }, { TableName: into });
}
