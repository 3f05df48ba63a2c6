/** A release: one synthesis of every prefecture with its bill of materials, and the hash of each of its files. */

import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import * as z from 'zod';

/** Lies in the release beside what it lists. */
const manifestName = 'release.json';

const manifest = z.strictObject({
  version: z.string(),
  commit: z.string(),
  files: z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/)),
});

export type Manifest = z.output<typeof manifest>;

async function hashesIn(folder: string): Promise<Record<string, string>> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = found.filter((each) => !each.isDirectory()).map(({ parentPath, name }) => join(parentPath, name));
  const hashes: Record<string, string> = {};
  for (const path of paths.toSorted()) {
    const name = relative(folder, path).split(sep).join('/');
    if (name !== manifestName)
      hashes[name] = createHash('sha256')
        .update(await readFile(path))
        .digest('hex');
  }
  return hashes;
}

/** Writes the list of what is in a folder into it. */
export async function seal(folder: string, of: Pick<Manifest, 'version' | 'commit'>): Promise<Manifest> {
  const sealed = { ...of, files: await hashesIn(folder) };
  await writeFile(join(folder, manifestName), `${JSON.stringify(sealed, null, 2)}\n`);
  return sealed;
}

/**
 * Reads the list of a folder and compares it with what is there.
 *
 * @throws Error that names each file that is missing, added or changed
 */
export async function unseal(folder: string): Promise<Manifest> {
  const sealed = manifest.parse(JSON.parse(await readFile(join(folder, manifestName), 'utf8')));
  const found = await hashesIn(folder);
  const names = new Set([...Object.keys(sealed.files), ...Object.keys(found)]);
  const wrong = [...names].filter((name) => sealed.files[name] !== found[name]);
  if (wrong.length > 0) throw new Error(`版のファイルが、作られたときのものと異なります: ${wrong.join('、')}`);
  return sealed;
}
