/** The files that are downloaded from an export: its own, and those that its edition has beside the copies of them. */

import { publishedEdition } from '../../schemas/export.ts';
import type { ExportedFile } from '../../schemas/export.ts';
import type { ExportRecord } from '../storage/exports.ts';
import type { Service } from './service.ts';

type Files = Pick<Service, 'readExportFile' | 'readEditionFile'>;
type Published = Pick<ExportRecord, 'exportId' | 'edition' | 'manifest'>;

const manifestPath = 'manifest.json';
const editionFolder = 'edition/';

/** The list of corrections (正誤表) and what describes it, at `edition/…`; none of a first edition or of a draft. */
export async function editionFiles(service: Files, round: string, { edition, manifest }: Published): Promise<ExportedFile[]> {
  if (edition === undefined || manifest === undefined) return [];
  const text = await new Response(await service.readEditionFile(round, edition, manifestPath)).text();
  const copied = new Set(manifest.files.map(({ path }) => path));
  return publishedEdition
    .parse(JSON.parse(text))
    .files.filter(({ path }) => !copied.has(`public/${path}`))
    .map((file) => ({ ...file, path: `${editionFolder}${file.path}` }));
}

interface Download {
  readonly stream: ReadableStream<Uint8Array>;
  /** Of the manifest itself they are not known. */
  readonly bytes?: number;
}

/** @param path as in the manifest, or `edition/…`; `undefined` where there is no such file */
export async function openFile(service: Files, round: string, record: Published, path: string): Promise<Download | undefined> {
  const { exportId, edition, manifest } = record;
  if (manifest === undefined) return undefined;
  if (edition !== undefined && path.startsWith(editionFolder)) {
    const file = (await editionFiles(service, round, record)).find((each) => each.path === path);
    if (file === undefined) return undefined;
    return { stream: await service.readEditionFile(round, edition, path.slice(editionFolder.length)), bytes: file.bytes };
  }
  const file = manifest.files.find((each) => each.path === path);
  if (file === undefined && path !== manifestPath) return undefined;
  const stream = await service.readExportFile(round, exportId, path);
  return { stream, ...(file === undefined ? {} : { bytes: file.bytes }) };
}
