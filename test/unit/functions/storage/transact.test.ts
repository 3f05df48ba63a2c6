import { BatchGetItemCommand, TransactionCanceledException, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { attributesOf } from '../../../../functions/storage/attribute-values.ts';
import { tableClient } from '../../../../functions/storage/client.ts';
import { done, refused } from '../../../../functions/domain/outcome.ts';
import { transact } from '../../../../functions/storage/transact.ts';

const aws = mockClient(DynamoDBDocumentClient);
afterAll(() => aws.restore());
beforeEach(() => {
  aws.reset();
  aws.on(BatchGetItemCommand).resolves({});
});

let ids = 0;
const context = {
  client: tableClient('http://127.0.0.1:1'),
  table: 't',
  forms: new Map(),
  now: () => new Date(0),
  randomId: () => `operation-${(ids += 1)}`,
  wait: () => Promise.resolve(),
  random: () => 0.5,
};
const proof = { pk: 'LOG#r6', sk: '000000000001' };
const step = () => Promise.resolve(done({ kind: 'write', writes: [], proof, value: 'made' } as const));

function cancelled(...codes: string[]) {
  const CancellationReasons = codes.map((Code) => ({ Code }));
  return new TransactionCanceledException({ message: 'cancelled', $metadata: {}, CancellationReasons });
}

describe('a transaction', () => {
  it('is decided again after a conflict', async () => {
    aws
      .on(TransactWriteItemsCommand)
      .rejectsOnce(cancelled('None', 'ConditionalCheckFailed'))
      .rejectsOnce(cancelled('TransactionConflict'))
      .resolves({});
    expect(await transact(context, step)).toEqual(done('made'));
    expect(aws.commandCalls(TransactWriteItemsCommand)).toHaveLength(3);
  });

  it('ends with what is decided after a conflict', async () => {
    aws.on(TransactWriteItemsCommand).rejectsOnce(cancelled('ConditionalCheckFailed'));
    const decisions = [step(), Promise.resolve(refused('already-submitted'))];
    expect(await transact(context, () => decisions.shift() ?? step())).toMatchObject({
      problem: { code: 'already-submitted' },
    });
  });

  it('is busy when conflicts do not end', async () => {
    aws.on(TransactWriteItemsCommand).rejects(cancelled('ConditionalCheckFailed'));
    expect(await transact(context, step)).toEqual(refused('busy', { retryAfterSeconds: 5 }));
  });

  it('that AWS finds wrong is not repeated', async () => {
    aws.on(TransactWriteItemsCommand).rejects(cancelled('ValidationError'));
    await expect(transact(context, step)).rejects.toThrow(TransactionCanceledException);
    expect(aws.commandCalls(TransactWriteItemsCommand)).toHaveLength(1);
  });

  it('whose answer was lost is found by its token and not repeated', async () => {
    let operation = '';
    aws.on(TransactWriteItemsCommand).rejects(new Error('socket hang up'));
    aws.on(BatchGetItemCommand).callsFake(() => ({ Responses: { t: [attributesOf({ ...proof, operation })] } }));
    const decide = (token: string) => {
      operation = token;
      return step();
    };
    expect(await transact(context, decide)).toEqual(done('made'));
    expect(aws.commandCalls(TransactWriteItemsCommand)).toHaveLength(1);
  });

  it('whose answer is lost again and again gives its error to the caller', async () => {
    aws.on(TransactWriteItemsCommand).rejects(new Error('socket hang up'));
    await expect(transact(context, step)).rejects.toThrow('socket hang up');
    expect(aws.commandCalls(TransactWriteItemsCommand)).toHaveLength(3);
  });
});
