/** An export and the editions made of it in folders, as they were downloaded, and copies of them that somebody has changed. */

import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { verifyFolder } from '../../../functions/export/verify-folder.ts';
import { exportFileKey, publishedFileKey } from '../../../functions/storage/bucket-keys.ts';
import { exportedFile } from '../../../schemas/export.ts';
import type { startEmulators } from './emulators.ts';
import { createExportSystem, submitReturns } from './exports.ts';
import { scratchCatalogue } from './scratch-form.ts';
import { definition, returnOf, round, saitama, succeed, unitsOfSaitama } from './storage.ts';

const renamed = unitsOfSaitama[0] ?? '';
export const [goneCouncil, smallerCouncil] = saitama.councils;

export interface DownloadedFolders {
  /** In which all others are. */
  readonly folder: string;
  /** The export, and the edition made of it. */
  readonly exported: string;
  readonly published: string;
  /** The edition after it, which corrects a return, and the directory. */
  readonly corrected: string;
}

export async function downloadFolders(
  emulators: Awaited<ReturnType<typeof startEmulators>>,
): Promise<DownloadedFolders> {
  const folder = await mkdtemp(join(tmpdir(), 'yoriai-'));
  const [exported, published, corrected] = [
    join(folder, 'exported'),
    join(folder, 'published'),
    join(folder, 'corrected'),
  ];
  const system = await createExportSystem(emulators);
  await submitReturns(system, 4, 2);
  const exportId = succeed(await system.exportRound()).exportId;
  const edition = succeed(await system.publish(exportId));
  const save = async (key: string, target: string): Promise<void> => {
    await mkdir(dirname(target), { recursive: true });
    const content = await new Response(await system.bucket.readStream(key)).arrayBuffer();
    await writeFile(target, Buffer.from(content));
  };
  const { files } = await system.manifestOf(exportId);
  for (const path of ['manifest.json', ...files.map((file) => file.path)])
    await save(exportFileKey(round, exportId, path), join(exported, path));
  for (const path of ['manifest.json', ...edition.files.map((file) => file.path)])
    await save(publishedFileKey(round, 1, path), join(published, path));
  const { store } = system.table;
  const [key, gone] = [returnOf(), returnOf(unitsOfSaitama[1])];
  for (const each of [key, gone])
    succeed(await store.decide(each, { version: 1, decision: 'return', comment: '訂正', questions: [] }, '県'));
  const { etag } = succeed(await store.readDraft(key));
  const whole = { kind: 'return' } as const;
  const answers = {
    overview: { status: 'established', meetings: 7, topics: ['work'] },
    bodies: [
      { id: 'b2', name: '就労部会', members: 3 },
      { id: 'b1', name: '全体会', members: 6 },
    ],
  };
  succeed(await store.saveDraft(key, whole, { answers }, { ifMatch: etag(whole) }, '市'));
  succeed(await store.submit(key, { actor: '市', body: '' }));
  succeed(await store.decide(key, { version: 2, decision: 'accept' }, '県'));
  const municipalities = saitama.municipalities.map((each) =>
    each.code === renamed ? { ...each, name: '新しい市' } : each,
  );
  const councils = saitama.councils
    .slice(1)
    .map((each, index) => (index === 0 ? { ...each, members: each.members.slice(0, -1) } : each));
  const { version } = succeed(await store.saveDirectories([{ ...saitama, municipalities, councils }], '県'));
  succeed(
    await store.defineRound(round, { ...definition, name: `${definition.name}（改）` }, '県', {
      directoryVersion: version,
    }),
  );
  const second = succeed(await system.publish(succeed(await system.exportRound()).exportId));
  for (const path of ['manifest.json', ...second.files.map((file) => file.path)])
    await save(publishedFileKey(round, 2, path), join(corrected, path));
  await rm(system.deps.workDir, { recursive: true });
  return { folder, exported, published, corrected };
}

/** What the manifests of exports and of editions have both. */
const listing = z.looseObject({ files: z.array(exportedFile) });
type Listing = z.output<typeof listing>;

/** A copy of the export with one file changed; with its manifest adapted to it, as a forger would. */
export async function tampered(
  { folder, exported }: DownloadedFolders,
  path: string,
  change: (text: string) => string,
  adapt = false,
  source = exported,
): Promise<string> {
  const copy = await mkdtemp(join(folder, 'copy-'));
  await cp(source, copy, { recursive: true });
  const text = change(await readFile(join(copy, path), 'utf8'));
  await writeFile(join(copy, path), text);
  if (!adapt) return copy;
  await changeManifest(copy, (manifest) => ({
    ...manifest,
    files: manifest.files.map((file) =>
      file.path === path
        ? { ...file, bytes: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex') }
        : file,
    ),
  }));
  return copy;
}

export async function changeManifest(copy: string, change: (manifest: Listing) => Listing): Promise<void> {
  const path = join(copy, 'manifest.json');
  await writeFile(path, JSON.stringify(change(listing.parse(JSON.parse(await readFile(path, 'utf8'))))));
}

/** Removes a file, and its line from the manifest. */
export async function leaveOut(copy: string, path: string): Promise<void> {
  await rm(join(copy, path));
  await changeManifest(copy, (manifest) => ({
    ...manifest,
    files: manifest.files.filter((file) => file.path !== path),
  }));
}

/** What a verification of a folder says is wrong with it. */
export async function found(copy: string): Promise<string[]> {
  return (await verifyFolder(copy, scratchCatalogue)).disagreements.map(({ where, message }) => `${where}: ${message}`);
}
