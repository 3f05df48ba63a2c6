/** What is found wrong, or worth a look, in the cells of a workbook; at most so much that somebody reads it. */

import type { FieldError } from '../../../schemas/problem.ts';

/** The code of a notice: what has no ID is called as something that the version before has and this one has not. */
export const lostLabel = 'label-of-a-lost-one';

/** No more are listed at once. */
const most = 200;

export interface CellError extends FieldError {
  readonly cell: string;
}

/** As somebody goes through the workbook: sheet by sheet, row by row. */
function inOrder(found: Iterable<CellError>, sheets: readonly string[]): CellError[] {
  const placed = [...found].map((error) => {
    const [, sheet = '', column = '', row = ''] = /^(.*)!([A-Z]+)(\d+)$/.exec(error.cell) ?? [];
    return { error, sheet: sheets.indexOf(sheet), row: Number(row), column: column.padStart(3) };
  });
  return placed
    .toSorted((a, b) => a.sheet - b.sheet || a.row - b.row || (a.column < b.column ? -1 : a.column > b.column ? 1 : 0))
    .map(({ error }) => error);
}

export class Findings {
  readonly #errors = new Map<string, CellError>();
  readonly #cells = new Set<string>();
  readonly #notices = new Map<string, CellError>();
  readonly #sheets: readonly string[];

  /** @param sheets by name, in the order in which they are gone through */
  constructor(sheets: readonly string[]) {
    this.#sheets = sheets;
  }

  /** What is said twice of a cell is listed once: a list of options may be used by several questions. */
  refuse(cell: string, code: string, message: string, path = ''): void {
    // What cannot be read of a cell is said already.
    if (code === 'required' && this.isRefused(cell)) return;
    this.#errors.set(`${cell} ${message}`, { path, cell, code, message });
    this.#cells.add(cell);
  }

  notice(cell: string, code: string, message: string): void {
    this.#notices.set(`${cell} ${message}`, { path: '', cell, code, message });
  }

  /** Of a cell that is refused already, what follows from that is not said. */
  isRefused(cell: string): boolean {
    return this.#cells.has(cell);
  }

  get hasErrors(): boolean {
    return this.#errors.size > 0;
  }

  get errors(): CellError[] {
    return inOrder(this.#errors.values(), this.#sheets).slice(0, most);
  }

  get notices(): CellError[] {
    const all = inOrder(this.#notices.values(), this.#sheets);
    const more = all.length - most;
    if (more <= 0) return all;
    const message = `ほかに${more.toLocaleString('en')}件あります。`;
    return [...all.slice(0, most), { path: '', cell: '', code: 'more', message }];
  }
}
