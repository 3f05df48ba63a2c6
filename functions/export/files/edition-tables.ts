/**
 * The tables about reporting units that an edition has, or will have, those of returns and of the directory: what its data
 * package says of them, and their rows.
 */

import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import * as z from 'zod';
import type { Bucket } from '../../storage/bucket.ts';
import type { WrittenFile } from './formats.ts';
import { csvRows } from '../../platform/csv-rows.ts';
import type { FieldSchema } from './table-schema.ts';

/** `<form>.csv` or the table of one of its lists, `directory.csv` or `directory.members.csv`. */
export interface UnitTable {
  readonly path: string;
  readonly sha256: string;
  readonly fields: readonly Pick<FieldSchema, 'name' | 'title' | 'unit'>[];
  /**
   * Of a return `round` and `unit`, and of an entry of a list the ids of the entries around it and its own; in the directory
   * `unit`, and of a council's member `member`.
   */
  readonly primaryKey: readonly string[];
}

export interface EditionTables {
  readonly tables: readonly UnitTable[];
  readonly open: (path: string) => Promise<Readable>;
}

/** What names a row in its edition: the unit, and the ids of the entries that the row is in. */
export function rowKeys({ primaryKey }: Pick<UnitTable, 'primaryKey'>): readonly string[] {
  return primaryKey[0] === 'round' ? primaryKey.slice(1) : primaryKey;
}

function isOfUnits(primaryKey: readonly string[]): boolean {
  return rowKeys({ primaryKey })[0] === 'unit';
}

const hashPrefix = 'sha256:';

const described = z.object({
  resources: z.array(
    z.object({
      path: z.string(),
      hash: z.string().startsWith(hashPrefix),
      schema: z.object({
        fields: z.array(z.object({ name: z.string(), title: z.string(), unit: z.string().optional() })),
        primaryKey: z.array(z.string()).default([]),
      }),
    }),
  ),
});

export function describedTables(descriptor: unknown, open: EditionTables['open']): EditionTables {
  const { resources } = described.parse(descriptor);
  return {
    tables: resources.flatMap(({ path, hash, schema }) =>
      isOfUnits(schema.primaryKey) ? [{ path, sha256: hash.slice(hashPrefix.length), ...schema }] : [],
    ),
    open,
  };
}

/** @param keyOf where a file of the edition lies in the bucket */
export function tablesInBucket(bucket: Bucket, descriptor: unknown, keyOf: (path: string) => string): EditionTables {
  return describedTables(descriptor, async (path) => Readable.from(await bucket.readStream(keyOf(path))));
}

export function tablesInFolder(folder: string, files: readonly WrittenFile[]): EditionTables {
  return {
    tables: files.flatMap(({ path, sha256, schema }) => {
      const { fields, primaryKey = [] } = schema ?? {};
      return fields !== undefined && isOfUnits(primaryKey) ? [{ path, sha256, fields, primaryKey }] : [];
    }),
    open: async (path) => createReadStream(join(folder, path)),
  };
}

export async function* linesOf({ open }: EditionTables, { path }: UnitTable): AsyncGenerator<readonly string[]> {
  yield* csvRows(await open(path));
}
