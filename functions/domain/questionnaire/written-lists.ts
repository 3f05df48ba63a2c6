/** The rows of the sheet 選択肢 as a workbook is written: a list for each question, named by its label. */

import { plain } from './table.ts';

interface Option {
  readonly key: string;
  readonly label: string;
}

export class WrittenLists {
  readonly rows: { readonly 一覧: string; readonly 選択肢: string; readonly ID: string }[] = [];
  readonly #names = new Set<string>();

  /** @param role what the list is in a table: ・行, ・列 */
  put(label: string, role: string, options: readonly Option[]): string {
    const name = this.#free(label, role);
    for (const { key, label } of options) this.rows.push({ 一覧: name, 選択肢: label, ID: key });
    return name;
  }

  #free(label: string, role: string, nth = 1): string {
    const name = `${label}${nth === 1 ? '' : `（${nth}）`}${role}`;
    if (this.#names.has(plain(name))) return this.#free(label, role, nth + 1);
    this.#names.add(plain(name));
    return name;
  }
}
