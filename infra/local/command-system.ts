/**
 * The system that a command works on: a deployed one, where TABLE_NAME and BUCKET_NAME name it and the environment has
 * credentials of AWS, or else the one of this machine in DATA_DIR.
 */

import * as z from 'zod';
import { bucketClient, createBucket } from '../../functions/storage/bucket.ts';
import type { Bucket } from '../../functions/storage/bucket.ts';
import { createUploads } from '../../functions/storage/uploads.ts';
import type { Uploads } from '../../functions/storage/uploads.ts';
import { tableClient } from '../../functions/storage/client.ts';
import type { StorageContext } from '../../functions/storage/context.ts';
import { createTable } from '../../functions/storage/create-table.ts';
import { runtimeStorage } from '../../functions/storage/runtime.ts';
import { forms } from '../../schemas/forms/catalogue.ts';
import { lockDataDir } from './data-dir.ts';
import { seedDemo } from './demo.ts';
import { startDynamoDb } from './dynamodb.ts';
import { bucketName, readLocalSettings } from './environment.ts';
import { startS3 } from './s3.ts';

export interface CommandSystem {
  readonly storage: StorageContext;
  readonly bucket: Bucket;
  readonly uploads: Uploads;
  stop(): Promise<void>;
}

type Variables = Readonly<Record<string, string | undefined>>;

const deployed = z.object({ TABLE_NAME: z.string().min(1), BUCKET_NAME: z.string().min(1) });

/** Asked for, since neither answer is safe to guess: files without a verdict would be written, or all files left out. */
const scanning = z.enum(['yes', 'no'], {
  error: 'UPLOADS_SCANNED に、設定の scanUploads が true であれば yes、それ以外は no を指定してください。',
});

function openDeployed(
  { TABLE_NAME, BUCKET_NAME }: z.infer<typeof deployed>,
  scanned: string | undefined,
): CommandSystem {
  const answer = scanning.safeParse(scanned);
  if (!answer.success) throw new Error(answer.error.issues.map(({ message }) => message).join(' '));
  const client = tableClient();
  const s3 = bucketClient();
  return {
    storage: runtimeStorage(client, TABLE_NAME, forms),
    bucket: createBucket({ client: s3, bucket: BUCKET_NAME }),
    uploads: createUploads({ client: s3, bucket: BUCKET_NAME, isScanned: answer.data === 'yes' }),
    stop: async () => {
      client.destroy();
      s3.destroy();
    },
  };
}

async function openLocal(variables: Variables): Promise<CommandSystem> {
  const { dataDir, prefecture, demo, dynamodbEndpoint } = readLocalSettings(variables);
  const lock = await lockDataDir(dataDir);
  const dynamodb = await startDynamoDb({ dataDir, endpoint: dynamodbEndpoint });
  const s3 = await startS3({ dataDir, buckets: [bucketName] });
  const client = tableClient(dynamodb.endpoint);
  const table = `yoriai-${prefecture}`;
  await createTable(client, table);
  const storage = runtimeStorage(client, table, forms);
  // As `npm start` does: an empty system shows the demo data.
  if (demo) await seedDemo(storage, prefecture, new Date());
  const files = bucketClient(s3.endpoint);
  return {
    storage,
    bucket: createBucket({ client: files, bucket: bucketName }),
    uploads: createUploads({ client: files, bucket: bucketName, isScanned: false }),
    stop: async () => {
      client.destroy();
      files.destroy();
      await s3.stop();
      await dynamodb.stop();
      lock.release();
    },
  };
}

/** Throws an Error that says, in Japanese, what is in the way. */
export async function openCommandSystem(variables: Variables): Promise<CommandSystem> {
  const names = deployed.safeParse(variables);
  return names.success ? openDeployed(names.data, variables['UPLOADS_SCANNED']) : openLocal(variables);
}
