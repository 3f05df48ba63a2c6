/** The CSV tables of a form against the answers of its JSON, cell by cell. */

import type { Directory } from '../../../schemas/directory.ts';
import type { Form } from '../../../schemas/form.ts';
import type { Answers } from '../../../schemas/values/json.ts';
import type { Audience } from '../../domain/summary.ts';
import { headerOf, tableOf, withDescendants, writeAnswers } from '../../domain/tables.ts';
import type { AnswerTable } from '../../domain/tables.ts';
import { tableFileName } from '../files/key-columns.ts';
import type { Folder } from './folder.ts';
import { recordsOf } from './reading.ts';
import type { CsvRecord } from './reading.ts';

/** The directory as far as the headers tell it: columns of municipalities end with a code. */
function directoryFrom(headers: readonly string[]): Directory {
  const codes = new Set(headers.flatMap((name) => /\.(\d{6})$/.exec(name)?.[1] ?? []));
  const municipalities = [...codes].map((code) => ({ code, name: code, kind: 'city' as const }));
  return { prefecture: { code: '', name: '' }, municipalities, councils: [] };
}

function keyOf(cells: readonly string[]): string {
  return JSON.stringify(cells);
}

/** The rows of a form's tables as they were read; returns are ticked off against them. */
export class WrittenTables {
  readonly returns = new Map<string, CsvRecord>();
  readonly #folder: Folder;
  readonly #path: (table: AnswerTable) => string;
  readonly #entries = new Map<string, Set<string>>();
  #table: AnswerTable | undefined;

  constructor(folder: Folder, audience: Audience, form: Pick<Form, 'id'>) {
    this.#folder = folder;
    this.#path = (table) => `${audience}/${tableFileName(form, table)}`;
  }

  /** Reads the returns, and with the form the tables of its lists. Gives whether the returns could be read. */
  async read(id: string, audience: Audience, form: Form | undefined): Promise<boolean> {
    const path = `${audience}/${id}.csv`;
    const isRead = await this.#folder.reading(path, async () => {
      for await (const record of recordsOf(this.#folder.at(path))) this.returns.set(record['unit'] ?? '', record);
    });
    if (!isRead || form === undefined) return isRead;
    const headers: string[] = Object.keys(this.returns.values().next().value ?? {});
    const children = withDescendants(tableOf(form, directoryFrom([]), audience)).slice(1);
    const records = new Map<string, CsvRecord[]>();
    for (const child of children) {
      const childPath = this.#path(child);
      const rows: CsvRecord[] = [];
      await this.#folder.reading(childPath, async () => {
        for await (const record of recordsOf(this.#folder.at(childPath))) rows.push(record);
        records.set(child.id, rows);
      });
      headers.push(...Object.keys(rows[0] ?? {}));
    }
    this.#table = tableOf(form, directoryFrom(headers), audience);
    for (const child of withDescendants(this.#table)) {
      const rows = records.get(child.id);
      const header = headerOf(child);
      if (rows !== undefined)
        this.#entries.set(child.id, new Set(rows.map((row) => keyOf(header.map((name) => row[name] ?? '')))));
    }
    return true;
  }

  compare(round: string, unit: string, answers: Answers): void {
    const record = this.returns.get(unit);
    const table = this.#table;
    if (record === undefined || table === undefined) return;
    const names = new Map(withDescendants(table).map((each) => [each.id, each]));
    const cells = writeAnswers(table, answers, [round, unit], (id, row) => {
      const rows = this.#entries.get(id);
      const child = names.get(id);
      if (rows !== undefined && child !== undefined && !rows.delete(keyOf(row)))
        this.#folder.report(
          `${this.#path(child)} ${unit}`,
          `JSONの回答と違う行があるか、行がありません（${row.slice(2, child.parentKeys.length + child.ownKeys.length).join('、')}）。`,
        );
    });
    for (const [index, { name }] of table.columns.entries())
      if (record[name] !== cells[index])
        this.#folder.report(`${this.#path(table)} ${unit}`, `${name} がJSONの回答と違います。`);
  }

  /** Rows of lists that no return accounts for. */
  close(): void {
    if (this.#table === undefined) return;
    for (const child of withDescendants(this.#table)) {
      const left = this.#entries.get(child.id)?.size ?? 0;
      if (left > 0) this.#folder.report(this.#path(child), `JSONの回答にない行が ${left} 行あります。`);
    }
  }
}
