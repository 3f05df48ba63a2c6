/** The files that are downloaded from an export: its own, and those of its edition at `edition/…`. */

import { publishedEdition } from '../../schemas/export.ts';
import type { ExportedFile } from '../../schemas/export.ts';
import type { Round } from '../../schemas/round.ts';
import type { Person } from '../domain/authorisation.ts';
import { contentTypeOf } from '../domain/content-types.ts';
import { archiveLabel, attachment, attachmentNamed, editionFolder, publicFolder } from '../domain/download-name.ts';
import { streamOf } from '../platform/byte-stream.ts';
import { isUnchanged, rangeOf } from '../platform/conditional-request.ts';
import type { ByteRange } from '../platform/conditional-request.ts';
import { problemResponse } from '../platform/problem-response.ts';
import type { ExportRecord } from '../storage/exports.ts';
import type { Service } from './service.ts';

type Files = Pick<Service, 'readExportFile' | 'readEditionFile' | 'recordAccess'>;
type Published = Pick<ExportRecord, 'exportId' | 'edition' | 'isWithdrawn' | 'manifest'>;
type ReadFile = (range?: ByteRange) => Promise<ReadableStream<Uint8Array>>;

/** Bytes that are in memory of a file on its way, however slowly it is taken. */
const pieceBytes = 1024 * 1024;

const manifestPath = 'manifest.json';
/** In the log; it is made when it is asked for. */
const archivePath = `${publicFolder}archive.zip`;

interface Download {
  readonly read: ReadFile;
  /** What its manifest says of it; nothing of itself. */
  readonly file?: ExportedFile | undefined;
}

function named(files: readonly ExportedFile[], path: string, read: ReadFile): Download | undefined {
  const file = files.find((each) => each.path === path);
  return file === undefined && path !== manifestPath ? undefined : { read, file };
}

/** @param path as in the manifest, or `edition/…` as in that of the edition; `undefined` where there is no such file */
async function downloadAt(
  service: Files,
  round: string,
  record: Published,
  path: string,
): Promise<Download | undefined> {
  const { exportId, edition, isWithdrawn, manifest } = record;
  if (manifest === undefined) return undefined;
  if (edition !== undefined && path.startsWith(editionFolder)) {
    // What was taken back is read by nobody; the export that it was of stays with the prefecture.
    if (isWithdrawn) return undefined;
    const name = path.slice(editionFolder.length);
    const text = await new Response(await service.readEditionFile(round, edition, manifestPath)).text();
    const { files } = publishedEdition.parse(JSON.parse(text));
    return named(files, name, (range) => service.readEditionFile(round, edition, name, range));
  }
  return named(manifest.files, path, (range) => service.readExportFile(round, exportId, path, range));
}

async function bytesOf(read: ReadFile, range: ByteRange): Promise<Uint8Array> {
  return new Uint8Array(await new Response(await read(range)).arrayBuffer());
}

/**
 * The bytes piece by piece, each read when the one before is taken: a client that stops taking holds one piece and no
 * connection to the bucket, which would end it.
 *
 * @throws Unavailable when the first piece cannot be had
 */
async function inPieces(read: ReadFile, { from, to }: ByteRange): Promise<ReadableStream<Uint8Array>> {
  const first = await bytesOf(read, pieceAt(from, to));
  return streamOf(
    (async function* pieces() {
      yield first;
      yield* piecesOf(read, { from: from + pieceBytes, to });
    })(),
  );
}

function pieceAt(from: number, to: number): ByteRange {
  return { from, to: Math.min(from + pieceBytes - 1, to) };
}

async function* piecesOf(read: ReadFile, { from, to }: ByteRange): AsyncGenerator<Uint8Array> {
  for (let at = from; at <= to; at += pieceBytes) yield bytesOf(read, pieceAt(at, to));
}

interface FileRequest {
  readonly method: string;
  readonly header: (name: string) => string | undefined;
}

/**
 * Answers with a file that a manifest tells of, or with what the caller has not got of it yet.
 *
 * @param sent is awaited before the first bytes go out
 */
export async function answerWithFile(
  { method, header }: FileRequest,
  { bytes, sha256 }: Pick<ExportedFile, 'bytes' | 'sha256'>,
  read: ReadFile,
  headers: Headers,
  sent: () => Promise<void> = async () => undefined,
): Promise<Response> {
  const etag = `"${sha256}"`;
  headers.set('etag', etag);
  headers.set('accept-ranges', 'bytes');
  if (isUnchanged(header, etag)) return new Response(null, { status: 304, headers });
  const range = method === 'HEAD' ? undefined : rangeOf(header, etag, bytes);
  if (range === 'unsatisfiable') {
    const refusal = problemResponse({ code: 'range-not-satisfiable' });
    refusal.headers.set('content-range', `bytes */${bytes}`);
    return refusal;
  }
  const { from, to } = range ?? { from: 0, to: bytes - 1 };
  headers.set('content-length', String(to - from + 1));
  if (range !== undefined) headers.set('content-range', `bytes ${from}-${to}/${bytes}`);
  if (method === 'HEAD') return new Response(null, { headers });
  const body = bytes === 0 ? '' : await inPieces(read, { from, to });
  await sent();
  return new Response(body, { status: range === undefined ? 200 : 206, headers });
}

/** Answers with a file, or with what the caller has not got of it yet. What is sent is logged. */
export async function sendFile(
  service: Files,
  { person, ...request }: FileRequest & { readonly person: Person },
  { id: round }: Pick<Round, 'id'>,
  record: Published,
  path: string,
): Promise<Response | undefined> {
  const download = await downloadAt(service, round, record, path);
  if (download === undefined) return undefined;
  const { read, file } = download;
  const headers = new Headers({
    'content-type': contentTypeOf(path),
    'content-disposition': attachment(path, record, round),
    'cache-control': 'no-store',
  });
  const log = async (): Promise<void> => {
    const { exportId } = record;
    await service.recordAccess(round, { what: 'downloaded', actor: person.name, exportId, path });
  };
  if (file !== undefined) return answerWithFile(request, file, read, headers, log);
  const body = request.method === 'HEAD' ? null : await read();
  if (body !== null) await log();
  return new Response(body, { headers });
}

/**
 * All public files of an export in one ZIP archive, read as they are taken; `undefined` where it has none yet. What is sent
 * is logged once.
 */
export async function sendArchive(
  service: Files,
  person: Person,
  { id: round, name }: Pick<Round, 'id' | 'name'>,
  { manifest, ...record }: Published,
): Promise<Response | undefined> {
  if (manifest === undefined) return undefined;
  const { ZipArchive } = await import('@cj-tech-master/excelts/archive');
  const zip = new ZipArchive({ reproducible: true, smartStore: false });
  for (const { path, bytes } of manifest.files) {
    const read: ReadFile = (range) => service.readExportFile(round, record.exportId, path, range);
    if (path.startsWith(publicFolder))
      zip.add(path.slice(publicFolder.length), bytes === 0 ? '' : piecesOf(read, { from: 0, to: bytes - 1 }));
  }
  const { exportId } = record;
  await service.recordAccess(round, { what: 'downloaded', actor: person.name, exportId, path: archivePath });
  return new Response(streamOf(zip.stream()), {
    headers: {
      'content-type': contentTypeOf(archivePath),
      'content-disposition': attachmentNamed(`${archiveLabel(record)}_${name}.zip`),
      'cache-control': 'no-store',
    },
  });
}
