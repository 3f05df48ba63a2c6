/** The bucket of exported and published files, and the only words we need of S3. */

import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import type { CompletedPart, ObjectIdentifier, PutObjectCommandInput } from '@aws-sdk/client-s3';
import { Unavailable } from '../domain/unavailable.ts';
import { emulatorAt, leaveOutUnread } from './emulator.ts';
import { watchFailures, watchingFailures } from './watch-failures.ts';
import type { OnFailure } from './watch-failures.ts';

/** Bytes from which a file goes in parts, and the bytes of each, as few as S3 takes: one part at a time is in memory. */
const partSize = 5 * 1024 * 1024;

/** A file on disk, with what is known of it. */
export interface LocalFile {
  readonly path: string;
  readonly bytes: number;
  /** In hexadecimal. */
  readonly sha256: string;
}

export interface Bucket {
  /**
   * Uploads a file, at most a part of it in memory. S3 refuses it when the bytes that arrive have another hash; a large
   * one goes in parts, for which S3 knows no such hash over the whole, so that only reading it back proves it. An object
   * appears when it is complete, or not at all.
   */
  putFile(key: string, file: LocalFile, contentType: string): Promise<void>;
  putText(key: string, text: string, contentType: string): Promise<void>;
  /**
   * @param range the bytes to read, the last included; the whole object without it
   * @throws Unavailable when the object cannot be had
   */
  readStream(key: string, range?: { readonly from: number; readonly to: number }): Promise<ReadableStream<Uint8Array>>;
  readText(key: string): Promise<string>;
  copy(from: string, to: string): Promise<void>;
  /** Where the bucket keeps versions, they stay. One that is not there is none the less removed. */
  remove(keys: readonly string[]): Promise<void>;
  /** Reads an object through to the end and gives its SHA-256 in hexadecimal. */
  hash(key: string): Promise<string>;
}

/**
 * A client for the bucket; on AWS region and credentials come from the environment.
 *
 * @param endpoint where an emulator listens, on a laptop only
 * @param onFailure is told of every call that failed for good
 */
export function bucketClient(endpoint?: string, onFailure?: OnFailure): S3Client {
  const client = new S3Client(endpoint === undefined ? {} : { ...emulatorAt(endpoint), forcePathStyle: true });
  leaveOutUnread(client, endpoint);
  if (onFailure !== undefined) client.middlewareStack.add(watchFailures(onFailure), watchingFailures);
  return client;
}

/** As many as S3 removes at once. */
const removedAtOnce = 1000;

/** Hides objects, or removes the versions that are named. Throws when one stays. */
export async function removeObjects(
  { client, bucket }: { readonly client: S3Client; readonly bucket: string },
  objects: readonly ObjectIdentifier[],
): Promise<void> {
  for (let from = 0; from < objects.length; from += removedAtOnce) {
    const Delete = { Quiet: true, Objects: objects.slice(from, from + removedAtOnce) };
    const { Errors = [] } = await client.send(new DeleteObjectsCommand({ Bucket: bucket, Delete }));
    if (Errors.length > 0) throw new Error(`${Errors.length} objects were not removed: ${Errors[0]?.Code ?? ''}`);
  }
}

/** The next bytes of a file, as many as the memory takes; fewer at its end. */
async function readPart(file: FileHandle, memory: Buffer): Promise<Buffer> {
  let length = 0;
  for (;;) {
    const { bytesRead } = await file.read(memory, length, memory.length - length);
    length += bytesRead;
    if (bytesRead === 0 || length === memory.length) return memory.subarray(0, length);
  }
}

export function createBucket({ client, bucket }: { client: S3Client; bucket: string }): Bucket {
  const body = async (key: string, range: { Range?: string } = {}) => {
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key, ...range }));
      if (!(Body instanceof Readable)) throw new TypeError('an object without a body');
      return Body;
    } catch (error) {
      throw new Unavailable(`object not read: ${key}`, error);
    }
  };
  const readStream: Bucket['readStream'] = async (key, range) =>
    (await body(key, range && { Range: `bytes=${range.from}-${range.to}` })).transformToWebStream();
  /** What file after file is read into: new memory for each would wait for the collector. Absent while it is in use. */
  let idle: Buffer | undefined;

  async function putParts(file: FileHandle, memory: Buffer, object: PutObjectCommandInput): Promise<void> {
    const { Bucket, Key } = object;
    const sums = { ChecksumAlgorithm: 'CRC32' } as const;
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ ...object, ...sums }));
    const upload = { Bucket, Key, UploadId };
    try {
      const Parts: CompletedPart[] = [];
      for (;;) {
        const Body = await readPart(file, memory);
        if (Body.length === 0) break;
        const PartNumber = Parts.length + 1;
        const part = new UploadPartCommand({ ...upload, ...sums, PartNumber, Body });
        const { ETag, ChecksumCRC32 } = await client.send(part);
        Parts.push({ PartNumber, ETag, ChecksumCRC32 });
      }
      await client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }));
    } catch (error) {
      await client.send(new AbortMultipartUploadCommand(upload));
      throw error;
    }
  }

  return {
    putFile: async (key, { path, bytes, sha256 }, contentType) => {
      const object = { Bucket: bucket, Key: key, ContentType: contentType };
      const file = await open(path);
      const memory = idle ?? Buffer.allocUnsafeSlow(partSize);
      idle = undefined;
      try {
        if (bytes > partSize) await putParts(file, memory, object);
        else {
          // No stream, which could not be sent again, and which keeps its connection where S3 answers before its end.
          const Body = await readPart(file, memory);
          const ChecksumSHA256 = Buffer.from(sha256, 'hex').toString('base64');
          await client.send(new PutObjectCommand({ ...object, Body, ChecksumSHA256 }));
        }
      } finally {
        idle = memory;
        await file.close();
      }
    },
    putText: async (key, text, contentType) => {
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: text, ContentType: contentType }));
    },
    readStream,
    readText: async (key) => (await body(key)).transformToString('utf8'),
    copy: async (from, to) => {
      const source = `${bucket}/${from}`.split('/').map(encodeURIComponent).join('/');
      await client.send(
        // Tags stay behind: to take them along is a right of its own.
        new CopyObjectCommand({ Bucket: bucket, Key: to, CopySource: source, TaggingDirective: 'REPLACE' }),
      );
    },
    remove: (keys) =>
      removeObjects(
        { client, bucket },
        keys.map((Key) => ({ Key })),
      ),
    hash: async (key) => {
      const hash = createHash('sha256');
      // The stream of Node itself: one of the web would copy every piece.
      for await (const chunk of await body(key)) hash.update(chunk);
      return hash.digest('hex');
    },
  };
}
