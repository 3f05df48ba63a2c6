/** Directories (名簿): immutable numbered versions and a pointer to the newest. */

import { gunzipSync, gzipSync } from 'node:zlib';
import type { Directory } from '../../schemas/directory.ts';
import type { FieldError } from '../../schemas/problem.ts';
import { done, refused } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { StorageContext } from './context.ts';
import { directoryItem, latestDirectoryItem, storedDirectory } from './items.ts';
import { directoryKey, latestDirectoryKey } from './keys.ts';
import { putNew } from './numbered.ts';
import { readItem } from './reads.ts';
import { transact } from './transact.ts';

export interface NumberedDirectory {
  readonly version: number;
  readonly directory: Directory;
}

export interface Directories {
  /** The newest version that holds today in Japan; the newest of all when none does; none before the first. */
  currentDirectory(): Promise<NumberedDirectory | undefined>;
  /** The newest version that holds on a day (`2024-09-30`); the newest of all when none does. */
  directoryOn(day: string): Promise<NumberedDirectory | undefined>;
  /** A version that is known to exist. Throws when it does not. */
  directoryVersion(version: number): Promise<Directory>;
  /**
   * Saves a valid directory as the next version; where `seen` is given, only upon that newest version (0 before the
   * first). Refuses `directory-changed`, and one too large to keep (`too-large`).
   */
  saveDirectory(directory: Directory, actor: string, seen?: number): Promise<Outcome<{ version: number }>>;
}

/** DynamoDB keeps at most 400 KB in an item. */
const maxBytes = 380_000;
const japan = 9 * 60 * 60 * 1000;

/** A deployment keeps the directory of its own prefecture: today's directory says who may edit what. */
function otherPrefecture({ prefecture: { code, name } }: Directory, own: string | undefined): FieldError[] {
  if (own === undefined || own === code) return [];
  const message = `${name}（${code}）の名簿は、この県（${own}）には登録できません。`;
  return [{ path: 'prefecture.code', code: 'other-prefecture', message }];
}

export function createDirectories(context: StorageContext): Directories {
  const kept = new Map<number, Directory>();

  async function newest(): Promise<number> {
    const item = await readItem(context, latestDirectoryKey);
    return item === undefined ? 0 : latestDirectoryItem.parse(item).version;
  }

  async function directoryVersion(version: number): Promise<Directory> {
    const known = kept.get(version);
    if (known !== undefined) return known;
    const item = await readItem(context, directoryKey(version));
    if (item === undefined) throw new Error(`directory ${version} does not exist`);
    const { gzip } = directoryItem.parse(item);
    const directory = storedDirectory.parse(gunzipSync(gzip).toString('utf8'));
    kept.set(version, directory);
    return directory;
  }

  async function directoryOn(day: string): Promise<NumberedDirectory | undefined> {
    const latest = await newest();
    for (let version = latest; version > 0; version -= 1) {
      const directory = await directoryVersion(version);
      if (directory.validFrom === undefined || directory.validFrom <= day) return { version, directory };
    }
    return latest === 0 ? undefined : { version: latest, directory: await directoryVersion(latest) };
  }

  return {
    directoryVersion,
    directoryOn,
    currentDirectory: () =>
      directoryOn(new Date(context.now().getTime() + japan).toISOString().slice(0, 'yyyy-mm-dd'.length)),
    saveDirectory: (directory, actor, seen) =>
      transact<{ version: number }>(context, async (operation) => {
        const errors = otherPrefecture(directory, context.prefecture);
        if (errors.length > 0) return refused('invalid-directory', { errors });
        const gzip = gzipSync(JSON.stringify(directory));
        if (gzip.byteLength > maxBytes) return refused('too-large');
        const before = await newest();
        if (seen !== undefined && seen !== before) return refused('directory-changed');
        const version = before + 1;
        const item = {
          ...directoryKey(version),
          gzip,
          savedAt: context.now().toISOString(),
          savedBy: actor,
          operation,
        };
        const latest = { TableName: context.table, Item: { ...latestDirectoryKey, version } };
        return done({
          kind: 'write',
          writes: [
            {
              Put: {
                ...latest,
                ...(before === 0
                  ? { ConditionExpression: 'attribute_not_exists(pk)' }
                  : { ConditionExpression: 'version = :before', ExpressionAttributeValues: { ':before': before } }),
              },
            },
            putNew(context.table, item),
          ],
          proof: directoryKey(version),
          value: { version },
        });
      }),
  };
}
