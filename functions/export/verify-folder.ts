/**
 * Checks a downloaded export, or a published edition, against itself: every file's bytes, hash and rows against the
 * manifest, every data package against the files, every return's hash and receipt against its answers, the tables and
 * the public files against the answers and every count of the summary by counting again. Nothing but the folder and the forms is needed.
 */

import { access, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { manifest as manifestSchema, publishedEdition } from '../../schemas/export.ts';
import type { Manifest, PublishedEdition } from '../../schemas/export.ts';
import type { Catalogue, Form } from '../../schemas/form.ts';
import { unpinned } from '../../schemas/round-forms.ts';
import { formOfText } from '../storage/form-documents.ts';
import { sha256 as hashOfText } from '../storage/seal.ts';
import { documentPath } from './form-documents.ts';
import { errataPaths } from './files/errata-files.ts';
import { verifyCounts } from './verify/counts.ts';
import { readDirectory } from './verify/directory.ts';
import { verifyCompleteness, verifyDataPackage, verifyFiles } from './verify/files.ts';
import { Folder } from './verify/folder.ts';
import type { Disagreement } from './verify/folder.ts';
import { readTables, withTotals } from './verify/recount.ts';
import { verifyReturns } from './verify/returns.ts';

export interface Verification {
  readonly files: number;
  readonly returns: number;
  readonly disagreements: readonly Disagreement[];
}

/** Where the pages and the API have the edition of an export. */
const editionFolder = 'edition/';

type Contents =
  | { readonly kind: 'export'; readonly manifest: Manifest }
  | { readonly kind: 'edition'; readonly manifest: PublishedEdition };

function contentsOf(text: string): Contents | string {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return 'JSONとして読み取れません。';
  }
  const exported = manifestSchema.safeParse(document);
  if (exported.success) return { kind: 'export', manifest: exported.data };
  const edition = publishedEdition.safeParse(document);
  return edition.success ? { kind: 'edition', manifest: edition.data } : '目録の形式が正しくありません。';
}

/** The form that an export brings with it, or else the one that this release ships under its number. */
async function formOf(folder: Folder, manifest: Manifest, id: string, forms: Catalogue): Promise<Form | undefined> {
  const version = manifest.formVersions?.[id] ?? 0;
  const sha256 = manifest.documents?.[id];
  if (sha256 === undefined) return unpinned(forms, id, version);
  const path = documentPath(id, version);
  let form: Form | undefined;
  const isRead = await folder.reading(path, async () => {
    const text = await readFile(folder.at(path), 'utf8');
    if (hashOfText(text) !== sha256) folder.report(path, '調査票のハッシュ値（SHA-256）が目録と違います。');
    form = formOfText(text);
  });
  if (isRead && form === undefined)
    folder.report(path, 'この版のシステムでは読み取れない調査票です。新しい版で点検してください。');
  if (!folder.files.some((file) => file.path === path)) folder.report(path, '調査票が目録にありません。');
  return form;
}

async function verifyExport(folder: Folder, manifest: Manifest, forms: Catalogue): Promise<number> {
  const ids = Object.keys(manifest.forms);
  verifyCompleteness(folder, ['internal/', 'public/'], ids);
  if (ids.length === 0) folder.report('manifest.json', '目録に調査票が1つもありません。');
  await verifyFiles(folder, editionFolder);
  const read = new Map<string, Form | undefined>();
  for (const id of ids) read.set(id, await formOf(folder, manifest, id, forms));
  const directory = await readDirectory(folder, new Set([...read.values()].flatMap((form) => form?.units ?? [])));
  let sealed = 0;
  for (const [id, form] of read) {
    sealed += await verifyReturns(folder, manifest, { id, form, directory });
  }
  const internal = await readTables(folder, 'internal/', ids);
  const ofPublic = withTotals(await readTables(folder, 'public/', ids), internal);
  for (const [prefix, tables] of [
    ['internal/', internal],
    ['public/', ofPublic],
  ] as const) {
    await verifyDataPackage(folder, prefix);
    await verifyCounts(folder, prefix, manifest.round, { directory, tables });
  }
  const expected = Object.values(manifest.forms).reduce(
    (sum, { submitted, accepted }) => sum + submitted + accepted,
    0,
  );
  if (sealed !== expected)
    folder.report('manifest.json', `回答の数が違います（目録 ${expected}、点検できた回答 ${sealed}）。`);
  return sealed;
}

async function verifyEdition(folder: Folder, { round, edition }: PublishedEdition): Promise<void> {
  verifyCompleteness(folder, [''], [], edition > 1 ? Object.values(errataPaths) : []);
  await verifyFiles(folder);
  await verifyDataPackage(folder, '');
  const forms = folder.files.flatMap(({ path }) => /^([^.]+)\.json$/.exec(path)?.[1] ?? []);
  await verifyCounts(folder, '', round, { tables: await readTables(folder, '', forms) });
}

/** Files of an edition that were not saved a second time lie among the public ones of the export, which they are copies of. */
async function copiedFiles(folder: Folder, { files }: PublishedEdition): Promise<Map<string, string>> {
  const copied = new Map<string, string>();
  for (const { path } of files) {
    const isSaved = await access(folder.at(`${editionFolder}${path}`)).then(
      () => true,
      () => false,
    );
    if (!isSaved && folder.files.some((file) => file.path === `public/${path}`))
      copied.set(path, folder.at(`public/${path}`));
  }
  return copied;
}

/** The edition that an export has become, saved inside of it; gives how many files it has. */
async function verifyOwnEdition(folder: Folder, exportId: string): Promise<number> {
  const where = `${editionFolder}manifest.json`;
  const saved = await readdir(folder.at(editionFolder)).catch(() => undefined);
  if (saved === undefined) return 0;
  if (!saved.includes('manifest.json')) {
    folder.report(
      where,
      '公表版の目録がないため、公表版を点検できません。公表版の目録（manifest.json）を edition フォルダに保存してください。',
    );
    return 0;
  }
  const contents = contentsOf(await readFile(folder.at(where), 'utf8'));
  if (typeof contents === 'string' || contents.kind !== 'edition' || contents.manifest.exportId !== exportId) {
    folder.report(where, typeof contents === 'string' ? contents : 'この出力の公表版の目録ではありません。');
    return 0;
  }
  const { manifest } = contents;
  const edition = new Folder(folder.at(editionFolder), manifest.files, await copiedFiles(folder, manifest));
  await verifyEdition(edition, manifest);
  for (const { where: file, message } of edition.disagreements) folder.report(`${editionFolder}${file}`, message);
  return manifest.files.length;
}

export async function verifyFolder(path: string, forms: Catalogue): Promise<Verification> {
  const text = await readFile(join(path, 'manifest.json'), 'utf8').catch(() => {
    throw new Error(
      `${join(path, 'manifest.json')} がありません。出力又は公表版を保存したフォルダを指定してください。`,
    );
  });
  const contents = contentsOf(text);
  if (typeof contents === 'string')
    return { files: 0, returns: 0, disagreements: [{ where: 'manifest.json', message: contents }] };
  const folder = new Folder(path, contents.manifest.files);
  if (contents.kind === 'edition') {
    await verifyEdition(folder, contents.manifest);
    return { files: folder.files.length, returns: 0, disagreements: folder.disagreements };
  }
  const returns = await verifyExport(folder, contents.manifest, forms);
  const published = await verifyOwnEdition(folder, contents.manifest.exportId);
  return { files: folder.files.length + published, returns, disagreements: folder.disagreements };
}
