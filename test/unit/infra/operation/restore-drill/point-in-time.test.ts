import { DescribeTableCommand, DynamoDBClient, RestoreTableToPointInTimeCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { restorePointInTime } from '../../../../../infra/operation/restore-drill/point-in-time.ts';

function restoring(): { client: DynamoDBDocumentClient; aws: ReturnType<typeof mockClient> } {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'ap-northeast-1' }));
  const aws = mockClient(client);
  aws.on(RestoreTableToPointInTimeCommand).resolves({});
  aws.on(DescribeTableCommand).resolves({ Table: { TableStatus: 'ACTIVE' } });
  return { client, aws };
}

describe('a restore to an earlier second', () => {
  it('names the table, the new one and the instant, and waits until the new one can be read', async () => {
    const { client, aws } = restoring();
    const at = new Date('2026-11-20T00:00:00Z');
    await restorePointInTime(client, { table: 'yoriai', into: 'yoriai-restored', at });
    expect(aws.commandCalls(RestoreTableToPointInTimeCommand).map(({ args: [{ input }] }) => input)).toEqual([
      { SourceTableName: 'yoriai', TargetTableName: 'yoriai-restored', RestoreDateTime: at },
    ]);
    expect(aws.commandCalls(DescribeTableCommand).map(({ args: [{ input }] }) => input)).toEqual([
      { TableName: 'yoriai-restored' },
    ]);
  });

  it('takes the latest second where none is named', async () => {
    const { client, aws } = restoring();
    await restorePointInTime(client, { table: 'yoriai', into: 'yoriai-restored' });
    const [call] = aws.commandCalls(RestoreTableToPointInTimeCommand);
    expect(call?.args[0].input).toEqual({
      SourceTableName: 'yoriai',
      TargetTableName: 'yoriai-restored',
      UseLatestRestorableTime: true,
    });
  });
});
