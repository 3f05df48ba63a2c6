/** A table in the making as CSV, and beside it as Parquet, from the same rows. */

import { CsvFile } from './csv.ts';
import type { WrittenFile } from './formats.ts';
import { parquetColumns, parquetPath } from './parquet-columns.ts';
import { ParquetFile } from './parquet-file.ts';
import type { TableSchema } from './table-schema.ts';
import type { TablesFolder } from './work-folder.ts';

type Cells = readonly string[];

export class TableFiles {
  readonly #schema: TableSchema;
  readonly #csv: CsvFile;
  readonly #parquet: ParquetFile;

  private constructor(schema: TableSchema, csv: CsvFile, parquet: ParquetFile) {
    this.#schema = schema;
    this.#csv = csv;
    this.#parquet = parquet;
  }

  /** @param path of the CSV below the folder */
  static async create(folder: TablesFolder, path: string, schema: TableSchema): Promise<TableFiles> {
    const header = schema.fields.map(({ name }) => name);
    const csv = new CsvFile(await folder.create(path), header);
    const output = await folder.create(parquetPath(schema, folder.partition));
    return new TableFiles(schema, csv, new ParquetFile(output, parquetColumns(schema)));
  }

  add(cells: Cells): void {
    this.#csv.add(cells);
    this.#parquet.add(cells);
  }

  async drain(): Promise<void> {
    await this.#csv.drain();
    await this.#parquet.drain();
  }

  async close(): Promise<WrittenFile> {
    return { ...(await this.#csv.close()), schema: this.#schema, parquet: await this.#parquet.close() };
  }
}

const rowsAtOnce = 100;

/** A table whose rows are at hand, or come one after the other; its file is called as the table is. */
export async function writeTable(
  folder: TablesFolder,
  schema: TableSchema,
  rows: Iterable<Cells> | AsyncIterable<Cells>,
): Promise<WrittenFile> {
  const files = await TableFiles.create(folder, `${schema.name}.csv`, schema);
  let count = 0;
  for await (const row of rows) {
    files.add(row);
    count += 1;
    if (count % rowsAtOnce === 0) await files.drain();
  }
  return files.close();
}
