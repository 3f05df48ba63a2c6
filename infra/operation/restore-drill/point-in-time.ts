/** A table on AWS as it was at an earlier second, as a new table; and what AWS refuses, in words. */

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

/** Of commands that read and write tables. */
export const tableRefusals = {
  ResourceNotFoundException: 'その名前の表はありません。',
  TableNotFoundException: 'その名前の表はありません。',
  TableAlreadyExistsException: '復元先の名前の表が、すでにあります。別の名前を指定してください。',
  InvalidRestoreTimeException: 'その日時には戻せません。過去35日以内で、5分以上前の日時を指定してください。',
  PointInTimeRecoveryUnavailableException: 'この表では、過去の時点への復元が有効になっていません。',
} as const;
