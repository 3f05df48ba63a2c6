/** The files that are downloaded from an export: its own, and those of its edition at `edition/…`. */

import { publishedEdition } from '../../schemas/export.ts';
import type { ExportedFile, PublishedEdition } from '../../schemas/export.ts';
import type { ExportRecord } from '../storage/exports.ts';
import type { Service } from './service.ts';

type Files = Pick<Service, 'readExportFile' | 'readEditionFile'>;
type Published = Pick<ExportRecord, 'exportId' | 'edition' | 'manifest'>;

const manifestPath = 'manifest.json';
const editionFolder = 'edition/';

async function editionOf(service: Files, round: string, edition: number): Promise<PublishedEdition> {
  const text = await new Response(await service.readEditionFile(round, edition, manifestPath)).text();
  return publishedEdition.parse(JSON.parse(text));
}

interface Download {
  readonly stream: ReadableStream<Uint8Array>;
  /** Of a manifest itself they are not known. */
  readonly bytes?: number;
}

async function opened(
  files: readonly ExportedFile[],
  path: string,
  read: (path: string) => Promise<ReadableStream<Uint8Array>>,
): Promise<Download | undefined> {
  const file = files.find((each) => each.path === path);
  if (file === undefined && path !== manifestPath) return undefined;
  return { stream: await read(path), ...(file === undefined ? {} : { bytes: file.bytes }) };
}

/** @param path as in the manifest, or `edition/…` as in that of the edition; `undefined` where there is no such file */
export async function openFile(
  service: Files,
  round: string,
  record: Published,
  path: string,
): Promise<Download | undefined> {
  const { exportId, edition, manifest } = record;
  if (manifest === undefined) return undefined;
  if (edition !== undefined && path.startsWith(editionFolder)) {
    const { files } = await editionOf(service, round, edition);
    return opened(files, path.slice(editionFolder.length), (name) => service.readEditionFile(round, edition, name));
  }
  return opened(manifest.files, path, (name) => service.readExportFile(round, exportId, name));
}
