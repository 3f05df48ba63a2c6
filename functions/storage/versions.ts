/** Reading versions: immutable, so nothing here retries or decides. */

import type { ReturnKey, Version } from '../../schemas/return.ts';
import type { StorageContext } from './context.ts';
import { versionItem, versionSummaryItem } from './items.ts';
import { isReturnKey, versionKey, versionPrefix } from './keys.ts';
import { readAll, readItem, readItems } from './reads.ts';
import type { StoredItem } from './reads.ts';

export type VersionSummary = Omit<Version, 'answers' | 'reasons'>;

interface NumberedReturn {
  readonly form: string;
  readonly unit: string;
  readonly version: number;
}

interface Versions {
  version(key: ReturnKey, version: number): Promise<Version | undefined>;
  /** Oldest first; empty before the first submission. */
  versions(key: ReturnKey): Promise<VersionSummary[]>;
  /**
   * The named versions of a round in the order of the list, read some at a time and one step ahead, so that memory
   * stays flat however long the list. Throws when one does not exist.
   */
  versionsOf(named: readonly NumberedReturn[], round: string): AsyncIterable<Version>;
}

/** Versions in one request: at 300 KB each they stay under the 16 MB of a BatchGetItem. */
const chunkSize = 50;

export function createVersions(context: StorageContext): Versions {
  async function* versionsOf(named: readonly NumberedReturn[], round: string): AsyncGenerator<Version> {
    const readFrom = (start: number): Promise<(StoredItem | undefined)[]> => {
      const chunk = named.slice(start, start + chunkSize);
      const items = readItems(
        context,
        chunk.map(({ version, ...key }) => versionKey({ ...key, round }, version)),
      );
      // Read ahead: a reader who stops early never awaits this one, and its failure would count as unhandled.
      items.catch(() => undefined);
      return items;
    };
    let ahead = readFrom(0);
    for (let start = 0; start < named.length; start += chunkSize) {
      const items = await ahead;
      ahead = readFrom(start + chunkSize);
      for (const item of items) yield versionItem.parse(item);
    }
  }

  return {
    version: async (key, version) => {
      if (!isReturnKey(key) || !Number.isSafeInteger(version)) return undefined;
      const item = await readItem(context, versionKey(key, version));
      return item === undefined ? undefined : versionItem.parse(item);
    },
    versions: async (key) => {
      if (!isReturnKey(key)) return [];
      const attributes = Object.keys(versionSummaryItem.shape);
      const { pk } = versionKey(key, 1);
      const summaries = await readAll(context, { pk, prefix: versionPrefix, attributes });
      return summaries.map((item) => versionSummaryItem.parse(item));
    },
    versionsOf,
  };
}
