/** A table as Parquet while its rows come by: a group of rows is in memory, what was written of earlier groups on disk. */

import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { SchemaElement } from 'hyparquet';
import type { ExportedFile } from '../../../schemas/export.ts';
import { notApplicableCell } from '../../../schemas/kinds/cells.ts';
import type { FileOutput } from './file-output.ts';
import { hasNotApplicable, notApplicableColumn } from './parquet-columns.ts';
import type { ParquetColumn, ParquetType } from './parquet-columns.ts';
import { emptyCell } from './table-schema.ts';
import type { FieldSchema } from './table-schema.ts';

type Value = string | bigint | number | boolean | Date | null;

/** Of a group of rows; a question of some hundred options has as many columns, so that rows alone say little. */
const cellsOfGroup = 100_000;
const charactersOfGroup = 2_000_000;

function schemaElement({ name, type }: { readonly name: string; readonly type: ParquetType }): SchemaElement {
  const column = { name, repetition_type: 'OPTIONAL' } as const;
  if (type === 'STRING') return { ...column, type: 'BYTE_ARRAY', converted_type: 'UTF8' };
  if (type === 'TIMESTAMP') return { ...column, type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' };
  return { ...column, type };
}

const readers: Readonly<Record<ParquetType, (cell: string, field: FieldSchema) => Value>> = {
  STRING: (cell) => cell,
  INT64: BigInt,
  DOUBLE: Number,
  BOOLEAN: (cell, { trueValues = [] }) => trueValues.includes(cell),
  TIMESTAMP: (cell) => new Date(cell),
};

class Column {
  readonly name: string;
  readonly element: SchemaElement;
  readonly index: number;
  values: Value[] = [];
  readonly #field: FieldSchema;
  readonly #mayNotApply: boolean;
  readonly #read: (cell: string, field: FieldSchema) => Value;

  constructor(column: ParquetColumn) {
    this.name = column.name;
    this.element = schemaElement(column);
    this.index = column.index;
    this.#field = column.field;
    this.#mayNotApply = column.field.missingValues.includes(notApplicableCell);
    this.#read = readers[column.type];
  }

  isNotApplicable(cell: string): boolean {
    return this.#mayNotApply && cell === notApplicableCell;
  }

  add(cell: string): void {
    this.values.push(cell === emptyCell ? null : this.#read(cell, this.#field));
  }
}

export class ParquetFile {
  readonly #output: FileOutput;
  readonly #columns: readonly Column[];
  /** Absent where every question of the table applies to everybody. */
  readonly #notApplicable: Value[] | undefined;
  readonly #bytes = new ByteWriter();
  readonly #writer: ParquetWriter;
  #rows = 0;
  #pending = 0;
  #characters = 0;

  constructor(output: FileOutput, columns: readonly ParquetColumn[]) {
    this.#output = output;
    this.#columns = columns.map((column) => new Column(column));
    const mayNotApply = hasNotApplicable(columns);
    this.#notApplicable = mayNotApply ? [] : undefined;
    const elements = this.#columns.map(({ element }) => element);
    if (mayNotApply) elements.push(schemaElement({ name: notApplicableColumn, type: 'STRING' }));
    const schema = [{ name: 'table', num_children: elements.length }, ...elements];
    // Files are small, and read whole: what would let a reader leave out a part of one costs more than it saves.
    this.#writer = new ParquetWriter({ writer: this.#bytes, schema, statistics: false });
  }

  /** @param cells of a row of the CSV */
  add(cells: readonly string[]): void {
    const without: string[] = [];
    for (const column of this.#columns) {
      const cell = cells[column.index] ?? emptyCell;
      this.#characters += cell.length;
      if (column.isNotApplicable(cell)) {
        column.add(emptyCell);
        without.push(column.name);
      } else column.add(cell);
    }
    this.#notApplicable?.push(without.length === 0 ? null : ` ${without.join(' ')} `);
    this.#pending += 1;
  }

  async drain(): Promise<void> {
    if (this.#pending * this.#columns.length >= cellsOfGroup || this.#characters >= charactersOfGroup)
      await this.#writeGroup();
  }

  async #writeGroup(): Promise<void> {
    if (this.#pending === 0) return;
    const columnData = this.#columns.map((column) => ({ name: column.name, data: column.values, offsetIndex: false }));
    if (this.#notApplicable !== undefined)
      columnData.push({ name: notApplicableColumn, data: this.#notApplicable, offsetIndex: false });
    await this.#writer.write({ columnData, rowGroupSize: this.#pending });
    for (const column of this.#columns) column.values = [];
    this.#notApplicable?.splice(0);
    this.#rows += this.#pending;
    this.#pending = 0;
    this.#characters = 0;
    await this.#save();
  }

  /** Offsets in the file go on; the memory begins anew. */
  async #save(): Promise<void> {
    await this.#output.write(this.#bytes.getBytes());
    this.#bytes.index = 0;
  }

  async close(): Promise<ExportedFile> {
    await this.#writeGroup();
    await this.#writer.finish();
    await this.#save();
    return this.#output.close(this.#rows);
  }
}
