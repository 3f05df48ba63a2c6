/**
 * The content of files that are sent for returns, each under its hash. Where the bucket is scanned (GuardDuty's malware
 * protection for S3), what it found stands in a tag of the object, and nothing is given out before it stands there.
 */

import {
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import type { S3Client } from '@aws-sdk/client-s3';
import type { ReturnKey } from '../../schemas/return.ts';
import type { FileAnswer } from '../../schemas/values/file-answer.ts';
import { Unavailable } from '../domain/unavailable.ts';
import { uploadKey } from './bucket-keys.ts';

/** `ready` alone may be given out. */
export type UploadState = 'ready' | 'missing' | 'unscanned' | 'infected';

export interface Uploads {
  /** Puts the content there; S3 refuses it when other bytes arrive. What is there already stays as it was scanned. */
  putUpload(key: ReturnKey, file: Pick<FileAnswer, 'sha256' | 'type'>, content: Uint8Array): Promise<void>;
  /** @throws Unavailable when it cannot be told */
  stateOf(key: ReturnKey, sha256: string): Promise<UploadState>;
  /** @throws Unavailable when it cannot be had */
  readUpload(key: ReturnKey, sha256: string): Promise<ReadableStream<Uint8Array>>;
}

/** What GuardDuty writes on an object that it has looked at. */
const scanTag = 'GuardDutyMalwareScanStatus';
const clean = 'NO_THREATS_FOUND';
const infected = 'THREATS_FOUND';

/** Without the right to list them, S3 says of an object that is not there that it is forbidden. */
const notThere: ReadonlySet<number | undefined> = new Set([403, 404]);

interface UploadsContext {
  readonly client: S3Client;
  readonly bucket: string;
  /** Whether everything that is sent is scanned. */
  readonly isScanned: boolean;
}

export function createUploads({ client, bucket, isScanned }: UploadsContext): Uploads {
  const objectOf = (key: ReturnKey, sha256: string) => ({ Bucket: bucket, Key: uploadKey(key, sha256) });

  async function told<T>(key: ReturnKey, sha256: string, call: Promise<T>): Promise<T | 'missing'> {
    try {
      return await call;
    } catch (error) {
      if (error instanceof S3ServiceException && notThere.has(error.$metadata.httpStatusCode)) return 'missing';
      throw new Unavailable(`upload not looked at: ${uploadKey(key, sha256)}`, error);
    }
  }

  async function isThere(key: ReturnKey, sha256: string): Promise<boolean> {
    return (await told(key, sha256, client.send(new HeadObjectCommand(objectOf(key, sha256))))) !== 'missing';
  }

  return {
    putUpload: async (key, { sha256, type }, content) => {
      if (await isThere(key, sha256)) return;
      const ChecksumSHA256 = Buffer.from(sha256, 'hex').toString('base64');
      const object = { ...objectOf(key, sha256), Body: content, ContentType: type, ChecksumSHA256 };
      await client.send(new PutObjectCommand(object));
    },
    stateOf: async (key, sha256) => {
      if (!isScanned) return (await isThere(key, sha256)) ? 'ready' : 'missing';
      const tags = await told(key, sha256, client.send(new GetObjectTaggingCommand(objectOf(key, sha256))));
      if (tags === 'missing') return tags;
      const status = tags.TagSet?.find(({ Key }) => Key === scanTag)?.Value;
      if (status === clean) return 'ready';
      return status === infected ? 'infected' : 'unscanned';
    },
    readUpload: async (key, sha256) => {
      try {
        const { Body } = await client.send(new GetObjectCommand(objectOf(key, sha256)));
        if (Body === undefined) throw new TypeError('an object without a body');
        return Body.transformToWebStream();
      } catch (error) {
        throw new Unavailable(`upload not read: ${uploadKey(key, sha256)}`, error);
      }
    },
  };
}
