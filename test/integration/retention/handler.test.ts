import { randomUUID } from 'node:crypto';
import { DeleteTableCommand } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { bucketClient } from '../../../functions/storage/bucket.ts';
import { catalogOf } from '../../../functions/storage/table-catalog.ts';
import { startGlue } from '../../support/glue.ts';
import type { Glue } from '../../support/glue.ts';
import { createTable } from '../../../functions/storage/create-table.ts';
import { tableClient } from '../../../functions/storage/client.ts';
import { runtimeStorage } from '../../../functions/storage/runtime.ts';
import { createStore } from '../../../functions/storage/store.ts';
import { saveDirectories } from '../../../functions/service/directories.ts';
import { defineRound } from '../../../functions/service/rounds.ts';
import { forms } from '../../../schemas/forms/catalogue.ts';
import { startEmulators } from '../support/emulators.ts';
import { definition, saitama, succeed } from '../support/storage.ts';

const names = {
  TABLE_NAME: `test-${randomUUID()}`,
  BUCKET_NAME: 'yoriai-disposal',
  METRICS_NAMESPACE: 'Yoriai/test',
  RETENTION_YEARS: '3',
  INTERNAL_DATABASE: 'yoriai_internal',
  PUBLIC_DATABASE: 'yoriai_public',
  AWS_REGION: 'ap-northeast-1',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
};

let emulators: Awaited<ReturnType<typeof startEmulators>>;
let glue: Glue;

beforeAll(async () => {
  [emulators, glue] = await Promise.all([startEmulators(), startGlue()]);
  vi.stubEnv('AWS_ENDPOINT_URL_GLUE', glue.endpoint);
  for (const [name, value] of Object.entries(names)) vi.stubEnv(name, value);
  vi.stubEnv('DYNAMODB_ENDPOINT', emulators.dynamodbEndpoint);
  vi.stubEnv('S3_ENDPOINT', emulators.s3Endpoint);
  // What it logs and counts.
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
});
afterAll(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await Promise.all([emulators.stop(), glue.stop()]);
});

describe('the function that disposes of rounds', () => {
  it('removes a round that has been kept as long as its environment says, and no other', async () => {
    const client = tableClient(emulators.dynamodbEndpoint);
    await createTable(client, names.TABLE_NAME);
    const s3 = bucketClient(emulators.s3Endpoint);
    await s3.send(new CreateBucketCommand({ Bucket: names.BUCKET_NAME }));
    for (const Key of ['exports/old/latest.json', 'exports/new/latest.json'])
      await s3.send(new PutObjectCommand({ Bucket: names.BUCKET_NAME, Key, Body: '{}' }));

    const storage = runtimeStorage(client, names.TABLE_NAME, forms);
    const longAgo = createStore({ ...storage, now: () => new Date('2019-10-01T00:00:00Z') });
    const asked = { ...definition, forms: { 'municipal-survey': 2024 } };
    succeed(await saveDirectories({ store: longAgo }, [saitama], '県'));
    succeed(
      await defineRound(
        { store: longAgo, forms },
        'old',
        { ...asked, referenceDate: '2019-09-30', opensAt: '2019-10-01', dueAt: '2019-11-29', closesAt: '2019-12-27' },
        '県',
      ),
    );
    const store = createStore(storage);
    succeed(await defineRound({ store, forms }, 'new', asked, '県'));

    const table = { name: 'survey', columns: [], folders: ['prefecture', 'round', 'form'] };
    const catalog = catalogOf(names);
    for (const audience of ['internal', 'public'] as const) {
      await catalog?.createTable(audience, table);
      for (const round of ['old', 'new'])
        await catalog?.putPartition(audience, table, { values: ['110001', round, 'survey'], folder: `${round}/` });
    }

    const { handler } = await import('../../../functions/retention/handler.ts');
    await handler({ start: 'due-disposals', at: new Date().toISOString() });
    const registered = [...glue.tables.values()].map(({ partitions }) => [...partitions.keys()]);
    expect(registered).toEqual([['110001/new/survey'], ['110001/new/survey']]);
    expect((await store.rounds()).map(({ id }) => id)).toEqual(['new']);
    expect(await store.disposals()).toMatchObject([{ round: 'old', removed: { returns: 0, versions: 0, files: 1 } }]);
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: names.BUCKET_NAME }));
    expect(Contents.map(({ Key }) => Key)).toEqual(['exports/new/latest.json']);
    await expect(handler({ start: 'due-exports', at: new Date().toISOString() })).rejects.toThrow();
  });

  it('logs why a run could not even begin, and lets nothing of it out to the runtime', async () => {
    const { handler } = await import('../../../functions/retention/handler.ts');
    await tableClient(emulators.dynamodbEndpoint).send(new DeleteTableCommand({ TableName: names.TABLE_NAME }));
    const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    await expect(handler({ start: 'due-disposals', at: new Date().toISOString() })).rejects.toThrow(
      /^disposal failed$/,
    );
    const log = written.mock.calls.map(([line]) => String(line)).join('');
    written.mockRestore();
    expect(log).toContain('"message":"run-failed"');
    expect(log).toContain('"error":"ResourceNotFoundException"');
  });
});
