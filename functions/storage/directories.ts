/** Directories (名簿): immutable numbered versions, and one item that says from which day each holds. */

import type { Directory } from '../../schemas/directory.ts';
import { standingOn } from '../../schemas/directory-on-day.ts';
import { dayInJapan } from '../../schemas/round.ts';
import type { Round } from '../../schemas/round.ts';
import { versionOn, withNext } from '../domain/directory-calendar.ts';
import type { DirectoryCalendar } from '../domain/directory-calendar.ts';
import { done, refused } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { StorageContext } from './context.ts';
import { packDirectory, sizeOfPacked, unpackDirectory } from './directory-items.ts';
import { directoryItem, directorySaved, latestDirectoryItem, maxItemBytes } from './items.ts';
import { directoryKey, latestDirectoryKey, versionPrefix } from './keys.ts';
import { readAll, readItem } from './reads.ts';
import { putNew, transact } from './transact.ts';

interface NumberedDirectory {
  readonly version: number;
  /** The units that stand on the day. */
  readonly directory: Directory;
}

interface SavedDirectory {
  readonly version: number;
  readonly savedAt: string;
  readonly savedBy: string;
}

export interface Directories {
  /** The version in force today in Japan; none before the first. */
  currentDirectory(): Promise<NumberedDirectory | undefined>;
  /** The version in force on a day (`2024-09-30`); none before the first. */
  directoryOn(day: string): Promise<NumberedDirectory | undefined>;
  /** A version that is known to exist, whole as it was saved. Throws when it does not exist. */
  directoryDocument(version: number): Promise<Directory>;
  /** The units that a round asks: those of the version it pins that stand on its reference date. */
  directoryOfRound(round: Pick<Round, 'directoryVersion' | 'referenceDate'>): Promise<Directory>;
  /** From which day each version holds. */
  directoryCalendar(): Promise<DirectoryCalendar>;
  /** Who saved each version, and when; oldest first. */
  directoryHistory(): Promise<readonly SavedDirectory[]>;
  /**
   * Keeps the valid directories that `decide` wants as the next versions, all or none; given the calendar as it stands
   * when they are written. Refuses what it refuses, and one too large to keep (`too-large`).
   */
  changeDirectories(
    actor: string,
    decide: (calendar: DirectoryCalendar) => Promise<Outcome<readonly Directory[]>>,
  ): Promise<Outcome<{ version: number }>>;
}

const noDirectories: DirectoryCalendar = { newest: 0, starts: {} };

export function createDirectories(context: StorageContext): Directories {
  const { table } = context;
  const kept = new Map<number, Directory>();

  async function readVersion(version: number): Promise<{ directory: Directory; savedAt: string }> {
    const item = await readItem(context, directoryKey(version));
    if (item === undefined) throw new Error(`directory ${version} does not exist`);
    const { savedAt, ...packed } = directoryItem.parse(item);
    return { directory: unpackDirectory(packed), savedAt };
  }

  async function directoryDocument(version: number): Promise<Directory> {
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
    return version === undefined
      ? undefined
      : { version, directory: standingOn(await directoryDocument(version), day) };
  }

  async function changeDirectories(
    actor: string,
    decide: (calendar: DirectoryCalendar) => Promise<Outcome<readonly Directory[]>>,
  ): Promise<Outcome<{ version: number }>> {
    return transact<{ version: number }>(context, async (operation) => {
      const before = await directoryCalendar();
      const wanted = await decide(before);
      if (!wanted.ok) return wanted;
      const directories = wanted.value;
      if (directories.length === 0) return done({ kind: 'settled', value: { version: before.newest } });
      const packed = directories.map(packDirectory);
      if (packed.some((each) => sizeOfPacked(each) > maxItemBytes)) return refused('too-large');
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
          ...packed.map((each, index) =>
            putNew(table, { ...directoryKey(before.newest + 1 + index), ...each, ...saved }),
          ),
        ],
        proof: directoryKey(newest),
        value: { version: newest },
      });
    });
  }

  return {
    directoryDocument,
    directoryOfRound: async ({ directoryVersion, referenceDate }) =>
      standingOn(await directoryDocument(directoryVersion), referenceDate),
    directoryOn,
    directoryCalendar,
    directoryHistory: async () => {
      const { pk } = latestDirectoryKey;
      const items = await readAll(context, { pk, prefix: versionPrefix, attributes: ['sk', 'savedAt', 'savedBy'] });
      return items.map((item) => {
        const { sk, ...saved } = directorySaved.parse(item);
        return { version: Number(sk.slice(versionPrefix.length)), ...saved };
      });
    },
    currentDirectory: () => directoryOn(dayInJapan(context.now())),
    changeDirectories,
  };
}
