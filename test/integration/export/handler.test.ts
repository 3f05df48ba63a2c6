import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { bucketClient } from '../../../functions/storage/bucket.ts';
import { tableClient } from '../../../functions/storage/client.ts';
import { createExports } from '../../../functions/storage/exports.ts';
import { createStore } from '../../../functions/storage/store.ts';
import { tableDefinition } from '../../../functions/storage/create-table.ts';
import { saveDirectories } from '../../../functions/service/directories.ts';
import { defineRound } from '../../../functions/service/rounds.ts';
import { forms } from '../../../schemas/forms/catalogue.ts';
import { startEmulators } from '../support/emulators.ts';
import { definition, round, saitama, succeed } from '../support/storage.ts';

const names = {
  TABLE_NAME: `test-${randomUUID()}`,
  BUCKET_NAME: 'yoriai-handler',
  PREFECTURE_CODE: '110001',
  METRICS_NAMESPACE: 'Yoriai/test',
};

let emulators: Awaited<ReturnType<typeof startEmulators>>;

beforeAll(async () => {
  emulators = await startEmulators();
  for (const [name, value] of Object.entries(names)) vi.stubEnv(name, value);
  vi.stubEnv('DYNAMODB_ENDPOINT', emulators.dynamodbEndpoint);
  vi.stubEnv('S3_ENDPOINT', emulators.s3Endpoint);
  // What it logs and counts.
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const client = tableClient(emulators.dynamodbEndpoint);
  await client.send(new CreateTableCommand({ TableName: names.TABLE_NAME, ...tableDefinition }));
  await bucketClient(emulators.s3Endpoint).send(new CreateBucketCommand({ Bucket: names.BUCKET_NAME }));
});
afterAll(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await emulators.stop();
});

describe('the export function', () => {
  it('writes the export that its event names, with the forms of the application', async () => {
    const context = {
      client: tableClient(emulators.dynamodbEndpoint),
      table: names.TABLE_NAME,
      forms,
      now: () => new Date(),
      randomId: () => randomUUID(),
      wait: () => Promise.resolve(),
      random: Math.random,
    };
    const store = createStore(context);
    succeed(await saveDirectories({ store }, [saitama], '県'));
    const asked = { 'municipal-survey': 2024, 'council-report': 2024 };
    succeed(await defineRound({ store, forms }, round, { ...definition, forms: asked }, '県'));
    const exports = createExports(context);
    const { exportId } = succeed(await exports.startExport(round, '県'));

    const { handler } = await import('../../../functions/export/handler.ts');
    await handler({ round, exportId });
    expect(await exports.export(round, exportId)).toMatchObject({
      status: 'done',
      manifest: {
        forms: {
          'municipal-survey': { expected: 63, submitted: 0, accepted: 0, correcting: 0 },
          'council-report': { expected: 37, submitted: 0, accepted: 0, correcting: 0 },
        },
      },
    });
    await expect(handler({ round })).rejects.toThrow('exportId');

    // The round is closed, and nothing has changed since; then its definition changes.
    const daily = { start: 'due-exports', at: new Date().toISOString() };
    const count = async (): Promise<number> => succeed(await exports.exports(round, { limit: 10 })).exports.length;
    await handler(daily);
    expect(await count()).toBe(1);
    succeed(
      await defineRound({ store, forms }, round, { ...definition, forms: asked, name: '令和6年度（訂正）' }, '県'),
    );
    await handler({ ...daily, at: new Date().toISOString() });
    expect(await count()).toBe(2);
    await expect(handler({ start: 'everything', at: daily.at })).rejects.toThrow();
  });
});
