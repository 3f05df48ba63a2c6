/** Machine CSV: UTF-8 without BOM, as `csvText` writes it. */

import type { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import * as z from 'zod';
import type { ExportedFile } from '../../../schemas/export.ts';
import { csvText } from '../../platform/csv-text.ts';
import type { FileOutput } from './file-output.ts';

type Cells = readonly string[];

/** A CSV in the making, its header first: rows become text together, at each drain. */
export class CsvFile {
  readonly #output: FileOutput;
  #pending: Cells[] = [];
  #rows = 0;

  constructor(output: FileOutput, header: Cells) {
    this.#output = output;
    output.append(csvText([header]));
  }

  add(cells: Cells): void {
    this.#pending.push(cells);
  }

  async drain(): Promise<void> {
    this.#output.append(csvText(this.#pending));
    this.#rows += this.#pending.length;
    this.#pending = [];
    await this.#output.drain();
  }

  async close(): Promise<ExportedFile> {
    await this.drain();
    return this.#output.close(this.#rows);
  }
}

const record = z.array(z.string());

/** The lines of a CSV one after the other, the header among them. */
export async function* csvLines(source: Readable): AsyncGenerator<string[]> {
  const lines = parse({ record_delimiter: '\r\n' });
  // A source that fails would otherwise leave whoever reads the lines waiting.
  source.on('error', (error) => lines.destroy(error));
  try {
    for await (const line of source.pipe(lines)) yield record.parse(line);
  } finally {
    source.destroy();
  }
}
