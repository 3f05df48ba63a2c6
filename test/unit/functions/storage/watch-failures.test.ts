import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { tableClient } from '../../../../functions/storage/client.ts';
import { watchFailures } from '../../../../functions/storage/watch-failures.ts';

async function told(error: unknown): Promise<unknown[]> {
  const failures: unknown[] = [];
  const watch = watchFailures((failure) => failures.push(failure));
  const step = watch(async () => {
    throw error;
  });
  await expect(step({})).rejects.toBe(error);
  return failures;
}

describe('a call of AWS', () => {
  it('that failed is told, and fails as it did', async () => {
    const throttled = Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
    expect(await told(throttled)).toEqual([throttled]);
  });

  it('whose condition did not hold has not failed', async () => {
    expect(await told(new ConditionalCheckFailedException({ message: 'no', $metadata: {} }))).toEqual([]);
    expect(await told(Object.assign(new Error('no'), { name: 'TransactionCanceledException' }))).toEqual([]);
  });

  it('that nobody answers is told once, not once for each attempt', async () => {
    const failures: unknown[] = [];
    const client = tableClient('http://127.0.0.1:9', (error) => failures.push(error));
    await expect(client.send(new GetCommand({ TableName: 'none', Key: { pk: 'a', sk: 'b' } }))).rejects.toThrow();
    expect(failures).toHaveLength(1);
  });
});
