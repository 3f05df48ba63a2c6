/** Files that are sent for a return: known by their content, kept under their hash, given to who may read the return. */

import { createHash } from 'node:crypto';
import type { ReturnKey } from '../../schemas/return.ts';
import { fileName } from '../../schemas/values/file-answer.ts';
import type { FileAnswer } from '../../schemas/values/file-answer.ts';
import type { Person } from '../domain/authorisation.ts';
import { attachmentNamed } from '../domain/download-name.ts';
import { isEditable } from '../domain/life.ts';
import { done, refused } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import { isUnchanged } from '../platform/conditional-request.ts';
import { fileTypeOf } from '../platform/file-content.ts';
import type { Store } from '../storage/store.ts';
import type { Uploads } from '../storage/uploads.ts';
import type { Service } from './service.ts';

/** As somebody sends it. */
export interface SentFile {
  readonly name: string;
  readonly content: Uint8Array;
}

export interface Files {
  /**
   * Keeps a file for a return; an answer may name it from then on. Refuses what is no such file (`file-type`,
   * `file-macros`, `file-encrypted`, `file-damaged`, `file-empty`, `file-too-large`), `too-many-files`, `not-editable`,
   * `not-found`, `round-disposed`, `busy`.
   */
  sendFile(key: ReturnKey, sent: SentFile, actor: string): Promise<Outcome<FileAnswer>>;
  /** A file with its content. Refuses `not-found` and what may not be given out (`file-unscanned`, `file-infected`). */
  sentFile(
    key: ReturnKey,
    sha256: string,
  ): Promise<Outcome<{ readonly file: FileAnswer; readonly read: () => Promise<ReadableStream<Uint8Array>> }>>;
}

/** Of one return, whether answers name them or not: some times what the largest form takes. */
const mostFiles = 300;

interface FileDeps {
  readonly store: Pick<Store, 'storedReturn' | 'files' | 'countFiles' | 'addFile'>;
  readonly uploads: Uploads;
}

export function createFileService({ store, uploads }: FileDeps): Files {
  return {
    sendFile: async (key, { name, content }, actor) => {
      const stored = await store.storedReturn(key);
      if (!stored.ok) return stored;
      if (!isEditable(stored.value.standing)) return refused('not-editable');
      const type = fileTypeOf(content);
      if (!type.ok) return type;
      if ((await store.countFiles(key)) >= mostFiles) return refused('too-many-files');
      const sha256 = createHash('sha256').update(content).digest('hex');
      const file = { name: fileName(name, type.value), type: type.value, bytes: content.length, sha256 };
      await uploads.putUpload(key, file, content);
      return store.addFile(key, file, actor);
    },
    sentFile: async (key, sha256) => {
      const file = (await store.files(key, [sha256])).get(sha256);
      if (file === undefined) return refused('not-found');
      const state = await uploads.stateOf(key, sha256);
      if (state === 'missing') return refused('unavailable');
      if (state !== 'ready') return refused(`file-${state}`);
      return done({ file, read: () => uploads.readUpload(key, sha256) });
    },
  };
}

interface FileRequest {
  readonly method: string;
  readonly header: (name: string) => string | undefined;
  readonly person: Person;
}

/** Nothing in a file runs, should a browser show it in spite of all. */
const sandbox = "sandbox; default-src 'none'; frame-ancestors 'none'";

/** Answers with a file to save, never to show. Who takes it is logged. */
export async function fileResponse(
  { files, recordAccess }: Pick<Service, 'files' | 'recordAccess'>,
  { method, header, person }: FileRequest,
  key: ReturnKey,
  sha256: string,
): Promise<Outcome<Response>> {
  const found = await files.sentFile(key, sha256);
  if (!found.ok) return found;
  const { file, read } = found.value;
  const etag = `"${sha256}"`;
  const headers = {
    'content-type': file.type,
    'content-disposition': attachmentNamed(file.name),
    'content-security-policy': sandbox,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    etag,
  };
  if (isUnchanged(header, etag)) return done(new Response(null, { status: 304, headers }));
  const sized = { ...headers, 'content-length': String(file.bytes) };
  if (method === 'HEAD') return done(new Response(null, { headers: sized }));
  const body = await read();
  const { round, form, unit } = key;
  await recordAccess(round, {
    what: 'downloaded',
    actor: person.name,
    return: { form, unit },
    path: `files/${sha256}`,
  });
  return done(new Response(body, { headers: sized }));
}
