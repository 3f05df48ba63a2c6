/** Which cell each member of a document was read from, so that what is wrong with the member is said of the cell. */

export interface Source {
  readonly cell: string;
  /** What to do when the member is missing. */
  readonly missing?: string;
  /** Of the column that the cell stands in. */
  readonly heading?: string | undefined;
}

export class Sources {
  readonly #cells = new Map<string, Source>();
  readonly #first: string;

  /** @param first the cell that stands for the whole document */
  constructor(first: string) {
    this.#first = first;
  }

  put(path: string, cell: string, missing?: string, heading?: string): void {
    this.#cells.set(path, { cell, heading, ...(missing === undefined ? {} : { missing }) });
  }

  /** Of the member itself, or of the nearest around it; of the whole document its first cell. */
  of(path: string): Source & { readonly isExact: boolean } {
    const exact = this.#cells.get(path);
    if (exact !== undefined) return { ...exact, isExact: true };
    const around = path.split('.').slice(0, -1).join('.');
    const { cell } = around === '' ? { cell: this.#first } : this.of(around);
    return { cell, isExact: false };
  }
}

export function pleaseFill(heading: string): string {
  return `「${heading}」を記入してください。`;
}
