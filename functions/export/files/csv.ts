/** Machine CSV: UTF-8 without BOM, as `csvText` writes it. */

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
    if (this.#pending.length === 0) return;
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
