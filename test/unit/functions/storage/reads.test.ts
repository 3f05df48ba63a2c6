import { BatchGetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { tableClient } from '../../../../functions/storage/client.ts';
import { readAll, readItems } from '../../../../functions/storage/reads.ts';

const aws = mockClient(DynamoDBDocumentClient);
afterAll(() => aws.restore());
beforeEach(() => aws.reset());

const context = {
  client: tableClient('http://127.0.0.1:1'),
  table: 't',
  forms: new Map(),
  now: () => new Date(0),
  randomId: () => 'id',
  wait: () => Promise.resolve(),
  random: () => 0.5,
};
const key = (sk: string) => ({ pk: 'p', sk });
/** As DynamoDB sends it. */
const sent = (sk: string) => ({ pk: { S: 'p' }, sk: { S: sk } });
const left = (...names: string[]) => ({ UnprocessedKeys: { t: { Keys: names.map(sent) } } });

describe('reading several items', () => {
  it('asks again for what was left unprocessed, and answers in the order of the keys', async () => {
    aws
      .on(BatchGetItemCommand)
      .resolvesOnce({ Responses: { t: [sent('b')] }, ...left('a', 'c') })
      .resolvesOnce(left('a', 'c'))
      .resolvesOnce({ Responses: { t: [sent('a')] } });
    expect(await readItems(context, [key('a'), key('b'), key('c')])).toEqual([key('a'), key('b'), undefined]);
    expect(aws.commandCalls(BatchGetItemCommand)).toHaveLength(3);
  });

  it('fails when they stay unprocessed', async () => {
    aws.on(BatchGetItemCommand).resolves(left('a'));
    await expect(readItems(context, [key('a')])).rejects.toThrow('1 items stayed unprocessed');
  });

  it('asks nothing for no keys', async () => {
    expect(await readItems(context, [])).toEqual([]);
    expect(aws.calls()).toHaveLength(0);
  });
});

describe('reading a range', () => {
  it('follows its pages to the end', async () => {
    aws
      .on(QueryCommand)
      .resolvesOnce({ Items: [sent('a')], LastEvaluatedKey: sent('a') })
      .resolvesOnce({ Items: [], LastEvaluatedKey: sent('b') })
      .resolvesOnce({ Items: [sent('c')] });
    expect(await readAll(context, { pk: 'p' })).toEqual([key('a'), key('c')]);
  });
});
