/** The folder being verified, and what was found not to agree in it. */

import { join } from 'node:path';
import { CsvError } from 'csv-parse';
import * as z from 'zod';
import type { ExportedFile } from '../../../schemas/export.ts';
import { CellError } from '../../../schemas/kinds/cells.ts';

export interface Disagreement {
  readonly where: string;
  readonly message: string;
}

function whyUnreadable(error: unknown): string | undefined {
  if (error instanceof CsvError) {
    const line = typeof error['lines'] === 'number' ? `（${error['lines']}行目付近）` : '';
    return `CSVとして読み取れません${line}。`;
  }
  if (error instanceof SyntaxError) return 'JSONとして読み取れません。';
  if (error instanceof z.ZodError || error instanceof CellError) return '内容の形式が正しくありません。';
  return error instanceof Error && 'code' in error ? 'ファイルを読み取れません。' : undefined;
}

export class Folder {
  readonly disagreements: Disagreement[] = [];
  readonly files: readonly ExportedFile[];
  readonly #path: string;
  readonly #elsewhere: ReadonlyMap<string, string>;
  readonly #unreadable = new Set<string>();

  /** @param elsewhere where files lie that are not at their path in the folder */
  constructor(path: string, files: readonly ExportedFile[], elsewhere: ReadonlyMap<string, string> = new Map()) {
    this.#path = path;
    this.#elsewhere = elsewhere;
    this.files = files;
  }

  report(where: string, message: string): void {
    this.disagreements.push({ where, message });
  }

  at(path: string): string {
    return this.#elsewhere.get(path) ?? join(this.#path, path);
  }

  /** Whether the manifest names the file and it could be read so far. */
  has(path: string): boolean {
    return this.files.some((file) => file.path === path) && !this.#unreadable.has(path);
  }

  /** Nothing more is said about a file that is not there. */
  giveUp(path: string, message: string): void {
    if (this.#unreadable.has(path)) return;
    this.#unreadable.add(path);
    this.report(path, message);
  }

  /**
   * Reads one file; what is wrong with its form becomes a disagreement, so that a damaged byte does not hide the other
   * findings. Gives whether it could be read.
   */
  async reading(path: string, read: () => Promise<void>): Promise<boolean> {
    if (!this.has(path)) return false;
    try {
      await read();
      return true;
    } catch (error) {
      const message = whyUnreadable(error);
      if (message === undefined) throw error;
      this.giveUp(path, message);
      return false;
    }
  }
}
