import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { verifyFolder } from '../../../functions/export/verify-folder.ts';
import { exportFileKey, publishedFileKey } from '../../../functions/storage/bucket-keys.ts';
import { manifest as manifestSchema } from '../../../schemas/export.ts';
import { startEmulators } from '../support/emulators.ts';
import { createExportSystem, submitReturns } from '../support/exports.ts';
import { round, succeed } from '../support/storage.ts';

let emulators: Awaited<ReturnType<typeof startEmulators>>;
let folder: string;
/** The export as it was downloaded, and the edition made of it. */
let exported: string;
let published: string;

beforeAll(async () => {
  emulators = await startEmulators();
  folder = await mkdtemp(join(tmpdir(), 'yoriai-'));
  [exported, published] = [join(folder, 'exported'), join(folder, 'published')];
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
  for (const path of ['manifest.json', ...files.map((file) => file.path)]) await save(exportFileKey(round, exportId, path), join(exported, path));
  for (const path of ['manifest.json', ...edition.files.map((file) => file.path)]) await save(publishedFileKey(round, 1, path), join(published, path));
  await rm(system.deps.workDir, { recursive: true });
});
afterAll(async () => {
  await emulators.stop();
  await rm(folder, { recursive: true });
});

let copies = 0;

/** A copy of the export with one file changed; with its manifest adapted to it, as a forger would. */
async function tampered(path: string, change: (text: string) => string, adapt = false): Promise<string> {
  copies += 1;
  const copy = join(folder, `copy-${copies}`);
  await cp(exported, copy, { recursive: true });
  const text = change(await readFile(join(copy, path), 'utf8'));
  await writeFile(join(copy, path), text);
  if (!adapt) return copy;
  const manifest = manifestSchema.parse(JSON.parse(await readFile(join(copy, 'manifest.json'), 'utf8')));
  const files = manifest.files.map((file) =>
    file.path === path ? { ...file, bytes: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex') } : file,
  );
  await writeFile(join(copy, 'manifest.json'), JSON.stringify({ ...manifest, files }));
  return copy;
}

async function found(copy: string): Promise<string[]> {
  return (await verifyFolder(copy)).disagreements.map(({ where, message }) => `${where}: ${message}`);
}

describe('a folder as it was downloaded', () => {
  it('agrees with itself: an export with the hash of every return, and an edition', async () => {
    expect(await verifyFolder(exported)).toMatchObject({ returns: 4, disagreements: [] });
    expect(await verifyFolder(published)).toMatchObject({ returns: 0, disagreements: [] });
  });

  it('without a manifest is refused', async () => {
    await expect(verifyFolder(folder)).rejects.toThrow('manifest.json がありません');
  });
});

describe('a verification finds', () => {
  const json = 'internal/scratch-form.json';
  const csv = 'internal/scratch-form.csv';

  it('a changed byte', async () => {
    expect(await found(await tampered('public/summary.csv', (text) => text.replace('件', '个')))).toEqual(['public/summary.csv: ハッシュ値（SHA-256）が目録と違います。']);
  });

  it('a file that is missing, and one that nobody named', async () => {
    const copy = await tampered('public/codebook.csv', (text) => text);
    await rm(join(copy, 'public/codebook.csv'));
    await writeFile(join(copy, 'public/other.txt'), '');
    expect(await found(copy)).toEqual(['public/codebook.csv: ファイルがありません。', 'public/other.txt: 目録にないファイルです。']);
  });

  it('answers that are not those that were sealed, even with the manifest adapted', async () => {
    const copy = await tampered(json, (text) => text.replace('"meetings":0', '"meetings":9'), true);
    expect(await found(copy)).toEqual([expect.stringMatching(/^internal\/scratch-form\.json \d{6}: 回答がハッシュ値/)]);
  });

  it('a receipt that belongs to another return', async () => {
    const receipts = z.array(z.object({ receipt: z.string() })).parse(JSON.parse(await readFile(join(exported, json), 'utf8')));
    const [a, b] = receipts.map(({ receipt }) => receipt);
    const copy = await tampered(json, (text) => text.replaceAll(a ?? '', b ?? ''), true);
    expect(await found(copy)).toEqual(
      expect.arrayContaining([expect.stringContaining('受付番号かハッシュ値がCSVと違います'), expect.stringContaining('がハッシュ値と一致しません')]),
    );
  });

  it('a return that is left out', async () => {
    const copy = await tampered(csv, (text) => text.split('\r\n').toSpliced(1, 1).join('\r\n'), true);
    const messages = (await found(copy)).join('\n');
    expect(messages).toContain('回答の数が違います（目録 4、実際');
    expect(messages).toContain('行の数が違います');
    expect(messages).toContain('CSVにない回答です');
    expect(messages).toContain('internal/datapackage.json: scratch-form.csv の大きさかハッシュ値が目録と違います。');
  });
});
