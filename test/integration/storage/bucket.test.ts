import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListMultipartUploadsCommand, ListObjectsV2Command, UploadPartCommand } from '@aws-sdk/client-s3';
import type { S3Client } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bucketClient, createBucket } from '../../../functions/storage/bucket.ts';
import type { LocalFile } from '../../../functions/storage/bucket.ts';
import { IN_MEMORY } from '../../../infra/local/data-dir.ts';
import { startS3 } from '../../../infra/local/s3.ts';

const name = 'exports';
const mebibyte = 1024 * 1024;

let s3: Awaited<ReturnType<typeof startS3>>;
let client: S3Client;
let folder: string;
/** The commands sent. */
let sent: string[];
/** The hashes sent with them. */
let checksums: unknown[];
/** The part, counted from 1, whose upload fails. */
let failingPart: number | undefined;

beforeAll(async () => {
  s3 = await startS3({ dataDir: IN_MEMORY, buckets: [name] });
});
afterAll(() => s3.stop());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yoriai-'));
  client = bucketClient(s3.endpoint);
  sent = [];
  checksums = [];
  failingPart = undefined;
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        sent.push(commandName);
        const { input } = args;
        if ('ChecksumSHA256' in input) checksums.push(input.ChecksumSHA256);
        if (failingPart !== undefined && 'PartNumber' in input && input.PartNumber === failingPart)
          throw new Error('no more network');
        return next(args);
      },
    { step: 'initialize' },
  );
});
afterEach(async () => {
  client.destroy();
  await rm(folder, { recursive: true, force: true });
});

async function fileOf(bytes: number, text = '川越市,12\r\n'): Promise<LocalFile> {
  const content = Buffer.alloc(bytes, text);
  const path = join(folder, `file-${bytes}.csv`);
  await writeFile(path, content);
  return { path, bytes, sha256: createHash('sha256').update(content).digest('hex') };
}

describe('putFile', () => {
  it(
    'keeps no connection: of more files than there are connections each is taken at once',
    { timeout: 20_000 },
    async () => {
      const bucket = createBucket({ client, bucket: name });
      const file = await fileOf(70_000);
      for (let n = 0; n < 120; n += 1) {
        await bucket.putFile(`many-${n}`, file, 'text/csv');
        expect(await bucket.hash(`many-${n}`)).toBe(file.sha256);
      }
    },
  );

  it.for([
    ['an empty file in one request', 0, ['PutObjectCommand']],
    ['5 MiB in one request', 5 * mebibyte, ['PutObjectCommand']],
    [
      'one byte more in parts',
      5 * mebibyte + 1,
      ['CreateMultipartUploadCommand', 'UploadPartCommand', 'UploadPartCommand', 'CompleteMultipartUploadCommand'],
    ],
    [
      'a file larger than any single request in parts, one after the other',
      12 * mebibyte,
      [
        'CreateMultipartUploadCommand',
        ...Array.from({ length: 3 }, () => UploadPartCommand.name),
        'CompleteMultipartUploadCommand',
      ],
    ],
  ] as const)('uploads %s', async ([, bytes, commands]) => {
    const bucket = createBucket({ client, bucket: name });
    const file = await fileOf(bytes);
    await bucket.putFile(`of-${bytes}`, file, 'text/csv; charset=utf-8');
    expect(sent).toEqual(commands);
    expect(await bucket.hash(`of-${bytes}`)).toBe(file.sha256);
  });

  it('sends each of two files at once as it is', async () => {
    const bucket = createBucket({ client, bucket: name });
    const files = [await fileOf(6 * mebibyte, 'a'), await fileOf(7 * mebibyte, 'b')];
    await Promise.all(files.map((file) => bucket.putFile(`beside-${file.bytes}`, file, 'text/csv')));
    for (const { bytes, sha256 } of files) expect(await bucket.hash(`beside-${bytes}`)).toBe(sha256);
  });

  it('sends a small file with its hash, by which S3 refuses other bytes', async () => {
    const bucket = createBucket({ client, bucket: name });
    const file = await fileOf(100);
    await bucket.putFile('small', file, 'text/csv');
    expect(checksums).toEqual([Buffer.from(file.sha256, 'hex').toString('base64')]);
  });

  it('asks for nothing when the file is not there', async () => {
    const bucket = createBucket({ client, bucket: name });
    const file = { ...(await fileOf(100)), path: join(folder, 'missing.csv') };
    await expect(bucket.putFile('missing', file, 'text/csv')).rejects.toThrow('ENOENT');
    expect(sent).toEqual([]);
  });

  it('leaves neither an object nor parts behind when a part fails', async () => {
    const bucket = createBucket({ client, bucket: name });
    const file = await fileOf(20 * mebibyte);
    failingPart = 2;
    await expect(bucket.putFile('broken/file.csv', file, 'text/csv')).rejects.toThrow('no more network');
    expect(sent.at(-1)).toBe('AbortMultipartUploadCommand');
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: name, Prefix: 'broken/' }));
    const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket: name }));
    expect({ Contents, Uploads }).toEqual({ Contents: [], Uploads: [] });
  });
});
