/** Directories (名簿): immutable numbered versions, and one item that says from which day each holds. */

import { gunzipSync, gzipSync } from 'node:zlib';
import type { Directory } from '../../schemas/directory.ts';
import type { FieldError } from '../../schemas/problem.ts';
import { dayInJapan } from '../../schemas/round.ts';
import { versionOn, withNext } from '../domain/directory-calendar.ts';
import type { DirectoryCalendar } from '../domain/directory-calendar.ts';
import { done, refused } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { StorageContext } from './context.ts';
import { directoryItem, directoryText, latestDirectoryItem, maxItemBytes } from './items.ts';
import { directoryKey, latestDirectoryKey } from './keys.ts';
import { readItem } from './reads.ts';
import { putNew, transact } from './transact.ts';

interface NumberedDirectory {
  readonly version: number;
  readonly directory: Directory;
}

export interface Directories {
  /** The version in force today in Japan; none before the first. */
  currentDirectory(): Promise<NumberedDirectory | undefined>;
  /** The version in force on a day (`2024-09-30`); none before the first. */
  directoryOn(day: string): Promise<NumberedDirectory | undefined>;
  /** A version that is known to exist. Throws when it does not. */
  directoryVersion(version: number): Promise<Directory>;
  /** From which day each version holds. */
  directoryCalendar(): Promise<DirectoryCalendar>;
  /**
   * Saves a valid directory as the next version; where `seen` is given, only upon that newest version (0 before the
   * first). Refuses `directory-changed`, and one too large to keep (`too-large`).
   */
  saveDirectory(directory: Directory, actor: string, seen?: number): Promise<Outcome<{ version: number }>>;
  /** The same for several at once, such as a correction made in today's and in a planned directory: all or none. */
  saveDirectories(
    directories: readonly Directory[],
    actor: string,
    seen?: number,
  ): Promise<Outcome<{ version: number }>>;
}

const noDirectories: DirectoryCalendar = { newest: 0, starts: {} };

/** A deployment keeps the directory of its own prefecture: today's directory says who may edit what. */
function otherPrefecture({ prefecture: { code, name } }: Directory, own: string | undefined): FieldError[] {
  if (own === undefined || own === code) return [];
  const message = `${name}（${code}）の名簿は、この県（${own}）には登録できません。`;
  return [{ path: 'prefecture.code', code: 'other-prefecture', message }];
}

export function createDirectories(context: StorageContext): Directories {
  const { table } = context;
  const kept = new Map<number, Directory>();

  async function readVersion(version: number): Promise<{ directory: Directory; savedAt: string }> {
    const item = await readItem(context, directoryKey(version));
    if (item === undefined) throw new Error(`directory ${version} does not exist`);
    const { gzip, savedAt } = directoryItem.parse(item);
    return { directory: directoryText.parse(gunzipSync(gzip).toString('utf8')), savedAt };
  }

  async function directoryVersion(version: number): Promise<Directory> {
    const known = kept.get(version);
    if (known !== undefined) return known;
    const { directory } = await readVersion(version);
    kept.set(version, directory);
    return directory;
  }

  async function directoryCalendar(): Promise<DirectoryCalendar> {
    const item = await readItem(context, latestDirectoryKey);
    if (item === undefined) return noDirectories;
    const { version: newest, starts, undated } = latestDirectoryItem.parse(item);
    if (starts !== undefined) return { newest, starts, undated };
    let calendar = noDirectories;
    while (calendar.newest < newest) {
      const { directory, savedAt } = await readVersion(calendar.newest + 1);
      calendar = withNext(calendar, directory, dayInJapan(new Date(savedAt)));
    }
    return calendar;
  }

  async function directoryOn(day: string): Promise<NumberedDirectory | undefined> {
    const version = versionOn(await directoryCalendar(), day);
    return version === undefined ? undefined : { version, directory: await directoryVersion(version) };
  }

  async function saveDirectories(
    directories: readonly Directory[],
    actor: string,
    seen?: number,
  ): Promise<Outcome<{ version: number }>> {
    return transact<{ version: number }>(context, async (operation) => {
      const errors = directories.flatMap((directory) => otherPrefecture(directory, context.prefecture));
      if (errors.length > 0) return refused('invalid-directory', { errors });
      const packed = directories.map((directory) => gzipSync(JSON.stringify(directory)));
      if (packed.some(({ byteLength }) => byteLength > maxItemBytes)) return refused('too-large');
      const before = await directoryCalendar();
      if (seen !== undefined && seen !== before.newest) return refused('directory-changed');
      const now = context.now();
      const { newest, starts, undated } = directories.reduce(
        (calendar, directory) => withNext(calendar, directory, dayInJapan(now)),
        before,
      );
      const latest = { ...latestDirectoryKey, version: newest, starts, ...(undated === undefined ? {} : { undated }) };
      const saved = { savedAt: now.toISOString(), savedBy: actor, operation };
      return done({
        kind: 'write',
        writes: [
          {
            Put: {
              TableName: table,
              Item: latest,
              ...(before.newest === 0
                ? { ConditionExpression: 'attribute_not_exists(pk)' }
                : {
                    ConditionExpression: 'version = :before',
                    ExpressionAttributeValues: { ':before': before.newest },
                  }),
            },
          },
          ...packed.map((gzip, index) => putNew(table, { ...directoryKey(before.newest + 1 + index), gzip, ...saved })),
        ],
        proof: directoryKey(newest),
        value: { version: newest },
      });
    });
  }

  return {
    directoryVersion,
    directoryOn,
    directoryCalendar,
    currentDirectory: () => directoryOn(dayInJapan(context.now())),
    saveDirectories,
    saveDirectory: (directory, actor, seen) => saveDirectories([directory], actor, seen),
  };
}
