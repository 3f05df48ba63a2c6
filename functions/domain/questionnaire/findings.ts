/** What is found wrong, or worth a look, in the cells of a workbook; at most so much that somebody reads it. */

import type { FieldError } from '../../../schemas/problem.ts';

/** No more errors are listed at once. */
const mostErrors = 200;

export interface CellError extends FieldError {
  readonly cell: string;
}

export class Findings {
  readonly #errors = new Map<string, CellError>();
  readonly #cells = new Set<string>();
  readonly #notices = new Map<string, CellError>();

  /** What is said twice of a cell is listed once: a list of options may be used by several questions. */
  refuse(cell: string, code: string, message: string, path = ''): void {
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
    return [...this.#errors.values()].slice(0, mostErrors);
  }

  get notices(): CellError[] {
    return [...this.#notices.values()].slice(0, mostErrors);
  }
}
