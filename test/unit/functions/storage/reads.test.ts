import { BatchGetCommand, DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
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
const left = (...keys: { pk: string; sk: string }[]) => ({ UnprocessedKeys: { t: { Keys: keys } } });

describe('reading several items', () => {
  it('asks again for what was left unprocessed, and answers in the order of the keys', async () => {
    aws
      .on(BatchGetCommand)
      .resolvesOnce({ Responses: { t: [key('b')] }, ...left(key('a'), key('c')) })
      .resolvesOnce(left(key('a'), key('c')))
      .resolvesOnce({ Responses: { t: [key('a')] } });
    expect(await readItems(context, [key('a'), key('b'), key('c')])).toEqual([key('a'), key('b'), undefined]);
    expect(aws.commandCalls(BatchGetCommand)).toHaveLength(3);
  });

  it('fails when they stay unprocessed', async () => {
    aws.on(BatchGetCommand).resolves(left(key('a')));
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
      .resolvesOnce({ Items: [key('a')], LastEvaluatedKey: key('a') })
      .resolvesOnce({ Items: [], LastEvaluatedKey: key('b') })
      .resolvesOnce({ Items: [key('c')] });
    expect(await readAll(context, { pk: 'p' })).toEqual([key('a'), key('c')]);
  });
});
