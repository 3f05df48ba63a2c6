/** Where one audience's files are written before they are uploaded. */

import type { ExportedFile } from '../../../schemas/export.ts';
import { FileOutput } from './file-output.ts';
import type { Partition } from './parquet-columns.ts';
import { PartOutput } from './part-output.ts';

export class WorkFolder {
  readonly path: string;
  readonly #open = new Set<Pick<FileOutput, 'abandon'>>();

  constructor(path: string) {
    this.path = path;
  }

  /** @param path of the new file below the folder */
  async create(path: string): Promise<FileOutput> {
    const output = await FileOutput.create(this.path, path);
    this.#open.add(output);
    return output;
  }

  /** A file for what is put into another one at the end. */
  async createPart(path: string): Promise<PartOutput> {
    const output = await PartOutput.create(this.path, path);
    this.#open.add(output);
    return output;
  }

  async write(path: string, rows: number, text: string): Promise<ExportedFile> {
    const output = await this.create(path);
    output.append(text);
    return output.close(rows);
  }

  async close(): Promise<void> {
    for (const output of this.#open) await output.abandon();
    this.#open.clear();
  }
}

/** A folder with tables in it. */
export class TablesFolder extends WorkFolder {
  /** Whose tables they are. */
  readonly partition: Partition;

  constructor(path: string, partition: Partition) {
    super(path);
    this.partition = partition;
  }
}
