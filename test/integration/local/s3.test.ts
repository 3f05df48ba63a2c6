import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CopyObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { IN_MEMORY } from '../../../infra/local/data-dir.ts';
import { startS3 } from '../../../infra/local/s3.ts';

const Bucket = 'yoriai-exports';

function clientOf(endpoint: string): S3Client {
  return new S3Client({
    endpoint,
    forcePathStyle: true,
    region: 'ap-northeast-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
}

describe('startS3', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'yoriai-'));
  });
  afterEach(async () => {
    await rm(dataDir, { recursive: true, force: true });
  });

  it('stores, lists, copies and streams objects with Japanese names and content', async () => {
    const s3 = await startS3({ dataDir: IN_MEMORY, buckets: [Bucket] });
    const client = clientOf(s3.endpoint);
    const Key = 'exports/令和6年度/公表 1.csv';
    const Body = '市町村,回数\r\n川越市,12\r\n𠮷川市,〜\r\n'.repeat(20_000);
    await client.send(new PutObjectCommand({ Bucket, Key, Body, ContentType: 'text/csv; charset=utf-8' }));
    await client.send(
      new CopyObjectCommand({ Bucket, Key: 'published/1.csv', CopySource: `${Bucket}/${encodeURIComponent(Key)}` }),
    );

    const listed = await client.send(new ListObjectsV2Command({ Bucket, Prefix: 'exports/令和' }));
    expect(listed.Contents?.map((object) => [object.Key, object.Size])).toEqual([[Key, Buffer.byteLength(Body)]]);

    const copy = await client.send(new GetObjectCommand({ Bucket, Key: 'published/1.csv' }));
    expect(copy.ContentType).toBe('text/csv; charset=utf-8');
    const decoder = new TextDecoder();
    let streamed = '';
    for await (const chunk of copy.Body?.transformToWebStream() ?? []) {
      streamed += decoder.decode(chunk, { stream: true });
    }
    expect(streamed === Body).toBe(true);
    await s3.stop();
  });

  it('finds buckets and objects again after a restart on the same directory', async () => {
    const first = await startS3({ dataDir, buckets: [Bucket] });
    await clientOf(first.endpoint).send(new PutObjectCommand({ Bucket, Key: '集計/a.json', Body: '{"値":0}' }));
    await first.stop();

    const second = await startS3({ dataDir, buckets: [Bucket, 'another'] });
    const client = clientOf(second.endpoint);
    await client.send(new HeadBucketCommand({ Bucket: 'another' }));
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: '集計/a.json' }));
    expect(await Body?.transformToString()).toBe('{"値":0}');
    await second.stop();
  });

  it('listens on 127.0.0.1 only', async () => {
    const s3 = await startS3({ dataDir: IN_MEMORY });
    const port = Number(new URL(s3.endpoint).port);
    // Any other address of this machine stands for a connection from outside.
    const outside = connect(port, '127.0.0.2');
    const [refused] = await once(outside, 'error').catch((error: unknown) => [error]);
    expect(refused).toMatchObject({ code: 'ECONNREFUSED' });
    expect((await fetch(s3.endpoint)).status).toBeGreaterThan(0);
    await s3.stop();
  });
});
