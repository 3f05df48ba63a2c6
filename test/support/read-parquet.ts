/** Reading a Parquet file with another program than wrote it: the reader of hyparquet. */

import { parquetReadObjects, parquetSchema, parquetMetadata } from 'hyparquet';
import * as z from 'zod';

const row = z.record(z.string(), z.union([z.string(), z.number(), z.bigint(), z.boolean(), z.date(), z.null()]));
export type ParquetRow = z.infer<typeof row>;

function bufferOf(bytes: Buffer): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

export async function readParquet(bytes: Buffer): Promise<ParquetRow[]> {
  return z.array(row).parse(await parquetReadObjects({ file: bufferOf(bytes) }));
}

/** The types of the columns as the file says them, by their names. */
export function parquetTypes(bytes: Buffer): Record<string, string> {
  const { children } = parquetSchema(parquetMetadata(bufferOf(bytes)));
  return Object.fromEntries(
    children.map(({ element: { name, type, converted_type } }) => [name, converted_type ?? String(type)]),
  );
}
