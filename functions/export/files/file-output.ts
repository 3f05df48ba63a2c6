/** A file of an export while it is written: text in, bytes and their hash out, little of it in memory. */

import { createHash } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ExportedFile } from '../../../schemas/export.ts';

const buffered = 64 * 1024;

export class FileOutput {
  readonly #path: string;
  readonly #handle: FileHandle;
  readonly #hash = createHash('sha256');
  #bytes = 0;
  #text = '';

  private constructor(path: string, handle: FileHandle) {
    this.#path = path;
    this.#handle = handle;
  }

  static async create(folder: string, path: string): Promise<FileOutput> {
    const absolute = join(folder, path);
    await mkdir(dirname(absolute), { recursive: true });
    return new FileOutput(path, await open(absolute, 'wx'));
  }

  append(text: string): void {
    this.#text += text;
  }

  async drain(): Promise<void> {
    if (this.#text.length >= buffered) await this.#writeText();
  }

  async #writeText(): Promise<void> {
    const bytes = Buffer.from(this.#text, 'utf8');
    this.#text = '';
    await this.#write(bytes);
  }

  /** After the text that was appended before. */
  async write(bytes: Uint8Array): Promise<void> {
    if (this.#text !== '') await this.#writeText();
    await this.#write(bytes);
  }

  async #write(bytes: Uint8Array): Promise<void> {
    this.#hash.update(bytes);
    this.#bytes += bytes.length;
    await this.#handle.writeFile(bytes);
  }

  async close(rows: number): Promise<ExportedFile> {
    await this.#writeText();
    await this.#handle.close();
    return { path: this.#path, rows, bytes: this.#bytes, sha256: this.#hash.digest('hex') };
  }

  /** Closes the file of an export that has failed; a file that is closed already stays so. */
  async abandon(): Promise<void> {
    await this.#handle.close();
  }
}
