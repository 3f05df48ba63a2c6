import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BatchGetItemCommand,
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { IN_MEMORY } from '../../../infra/local/data-dir.ts';
import { startDynamoDb } from '../../../infra/local/dynamodb.ts';
import { processesNaming } from '../support/server.ts';

const TableName = 'returns';

function clientOf(endpoint: string): DynamoDBClient {
  return new DynamoDBClient({
    endpoint,
    region: 'ap-northeast-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
}

async function createTable(client: DynamoDBClient): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  );
}

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'yoriai-'));
});
afterEach(async () => {
  await rm(dataDir, { recursive: true, force: true });
});

describe('the engine', () => {
  it('writes all of a transaction or, when one condition fails, nothing; reads it back at once', async () => {
    const dynamodb = await startDynamoDb({ dataDir: IN_MEMORY });
    const client = clientOf(dynamodb.endpoint);
    await createTable(client);
    const submission = (seq: number): TransactWriteItemsCommand =>
      new TransactWriteItemsCommand({
        TransactItems: [
          {
            Update: {
              TableName,
              Key: { pk: { S: 'ROUND#令和6年度' }, sk: { S: 'META' } },
              UpdateExpression: 'SET seq = :next',
              ConditionExpression: 'attribute_not_exists(seq) OR seq = :seq',
              ExpressionAttributeValues: { ':seq': { N: String(seq) }, ':next': { N: String(seq + 1) } },
            },
          },
          {
            Put: {
              TableName,
              Item: { pk: { S: 'ROUND#令和6年度' }, sk: { S: `LOG#${seq + 1}` }, note: { S: '𠮷田さん 〜①\n' } },
              ConditionExpression: 'attribute_not_exists(pk)',
            },
          },
        ],
      });
    await client.send(submission(0));
    await client.send(submission(1));
    await expect(client.send(submission(1))).rejects.toBeInstanceOf(TransactionCanceledException);

    const { Items } = await client.send(
      new QueryCommand({
        TableName,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :log)',
        ExpressionAttributeValues: { ':pk': { S: 'ROUND#令和6年度' }, ':log': { S: 'LOG#' } },
      }),
    );
    expect(Items?.map((item) => [item['sk']?.S, item['note']?.S])).toEqual([
      ['LOG#1', '𠮷田さん 〜①\n'],
      ['LOG#2', '𠮷田さん 〜①\n'],
    ]);

    const { Responses } = await client.send(
      new BatchGetItemCommand({
        RequestItems: {
          [TableName]: {
            ConsistentRead: true,
            Keys: ['META', 'LOG#2', 'LOG#3'].map((sk) => ({ pk: { S: 'ROUND#令和6年度' }, sk: { S: sk } })),
          },
        },
      }),
    );
    expect(Responses?.[TableName]?.map((item) => item['sk']?.S).toSorted()).toEqual(['LOG#2', 'META']);
    await dynamodb.stop();
  });
});

describe('startDynamoDb', () => {
  it('finds its data again after a restart on the same directory', async () => {
    const first = await startDynamoDb({ dataDir });
    const client = clientOf(first.endpoint);
    await createTable(client);
    await client.send(new PutItemCommand({ TableName, Item: { pk: { S: '川越市' }, sk: { S: 'A' } } }));
    await first.stop();
    expect(await processesNaming(dataDir)).toEqual([]);

    const second = await startDynamoDb({ dataDir });
    const { Item } = await clientOf(second.endpoint).send(
      new GetItemCommand({ TableName, Key: { pk: { S: '川越市' }, sk: { S: 'A' } } }),
    );
    expect(Item).toEqual({ pk: { S: '川越市' }, sk: { S: 'A' } });
    await second.stop();
  });

  it('keeps servers in memory apart', async () => {
    const servers = await Promise.all([startDynamoDb({ dataDir: IN_MEMORY }), startDynamoDb({ dataDir: IN_MEMORY })]);
    const [one, other] = servers.map(({ endpoint }) => clientOf(endpoint));
    expect(one).toBeDefined();
    if (one !== undefined) {
      await createTable(one);
    }
    expect((await other?.send(new ListTablesCommand({})))?.TableNames).toEqual([]);
    await Promise.all(servers.map((server) => server.stop()));
  });

  it('starts nothing when an endpoint is given', async () => {
    const dynamodb = await startDynamoDb({ dataDir, endpoint: 'http://127.0.0.1:9' });
    expect(dynamodb.endpoint).toBe('http://127.0.0.1:9');
    expect(await readdir(dataDir)).toEqual([]);
    await dynamodb.stop();
  });

  it('tells what the engine printed when it cannot start', async () => {
    await mkdir(join(dataDir, 'dynamodb.sqlite'));
    await expect(startDynamoDb({ dataDir })).rejects.toMatchObject({
      code: 'dynamodb-not-started',
      message: expect.stringMatching(/起動できませんでした[^]+database/),
    });
  });

  it('says what to do on machines for which no engine exists', async () => {
    const platform = vi.spyOn(process, 'arch', 'get').mockReturnValue('arm64');
    const error: unknown = await startDynamoDb({ dataDir }).catch((reason: unknown) => reason);
    platform.mockRestore();
    expect(error).toMatchObject({ code: 'dynamodb-unavailable' });
    const [japanese = '', english = ''] = error instanceof Error ? error.message.split('\n\n') : [];
    expect(japanese).toContain('この環境（linux arm64）では動きません。次のどれかをしてください。');
    expect(english).toContain('not on this machine (linux arm64). Do one of these:');
    for (const text of [japanese, english]) {
      expect(text).toContain('.devcontainer/devcontainer.json');
      expect(text).toContain('WSL2');
      expect(text).toContain('DYNAMODB_ENDPOINT=http://127.0.0.1:8000 npm start');
    }
  });

  it.for(['SIGKILL', 'SIGTERM'] as const)('leaves no engine behind when its server ends by %s', async (signal) => {
    const module = new URL('../../../infra/local/dynamodb.ts', import.meta.url).href;
    const server = spawn(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `const { startDynamoDb } = await import(${JSON.stringify(module)});
         await startDynamoDb({ dataDir: process.env.YORIAI_TEST_DIR });
         process.stdout.write('started');`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, YORIAI_TEST_DIR: dataDir } },
    );
    await once(server.stdout, 'data');
    expect(await processesNaming(dataDir)).not.toEqual([]);

    server.kill(signal);
    await vi.waitFor(async () => expect(await processesNaming(dataDir)).toEqual([]), { timeout: 5_000, interval: 20 });
  });

  it('outlives a Ctrl-C sent to the process group of its server', async () => {
    const module = new URL('../../../infra/local/dynamodb.ts', import.meta.url).href;
    const server = spawn(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `const { startDynamoDb } = await import(${JSON.stringify(module)});
         const { endpoint, stop } = await startDynamoDb({ dataDir: process.env.YORIAI_TEST_DIR });
         process.once('SIGINT', async () => {
           const { status } = await fetch(endpoint, { method: 'POST' });
           process.stdout.write('answered ' + (status > 0));
           await stop();
         });
         process.stdout.write('started');`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'], detached: true, env: { ...process.env, YORIAI_TEST_DIR: dataDir } },
    );
    await once(server.stdout, 'data');
    const answer = once(server.stdout, 'data');
    const ended = once(server, 'exit');
    expect(server.pid).toBeDefined();
    if (server.pid !== undefined) {
      process.kill(-server.pid, 'SIGINT');
    }
    expect(String((await answer)[0])).toBe('answered true');
    expect(await ended).toEqual([0, null]);
    expect(await processesNaming(dataDir)).toEqual([]);
  });
});
