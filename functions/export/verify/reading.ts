/** Reads the files of a downloaded export as streams. */

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse';
import { asyncBufferFromFile, parquetMetadataAsync } from 'hyparquet';
import * as z from 'zod';

export type CsvRecord = Readonly<Record<string, string>>;

const csvRecord = z.record(z.string(), z.string());

export async function hashOfFile(path: string): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  await pipeline(createReadStream(path), async (source: AsyncIterable<Buffer>) => {
    for await (const chunk of source) {
      hash.update(chunk);
      bytes += chunk.length;
    }
  });
  return { sha256: hash.digest('hex'), bytes };
}

/** The records of a CSV one after the other; the header counts as none. Throws a CsvError for what is no CSV. */
export async function* recordsOf(path: string): AsyncGenerator<CsvRecord> {
  for await (const each of createReadStream(path).pipe(parse({ bom: true, columns: true })))
    yield csvRecord.parse(each);
}

/** How many rows a Parquet file says that it has; `undefined` where it is none. */
export async function rowsOfParquet(path: string): Promise<number | undefined> {
  const file = await asyncBufferFromFile(path);
  const metadata = await parquetMetadataAsync(file).catch(() => undefined);
  return metadata === undefined ? undefined : Number(metadata.num_rows);
}

export interface JsonLine {
  readonly line: number;
  /** `undefined` where the line is no JSON. */
  readonly element: unknown;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The lines of an array that has one element on each, without the brackets around it. */
export async function* jsonLinesOf(path: string): AsyncGenerator<JsonLine> {
  let line = 0;
  for await (const text of createInterface({ input: createReadStream(path) })) {
    line += 1;
    if (!['', '[', ']'].includes(text)) yield { line, element: parsed(text.replace(/,$/, '')) };
  }
}
