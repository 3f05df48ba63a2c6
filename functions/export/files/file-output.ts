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
  /** The text that is not written yet, as its bytes: strings would be kept piece by piece, and copied whole when written. */
  #memory = Buffer.allocUnsafeSlow(0);
  #used = 0;

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
    const needed = this.#used + Buffer.byteLength(text);
    if (needed > this.#memory.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.#memory.length));
      this.#memory.copy(larger, 0, 0, this.#used);
      this.#memory = larger;
    }
    this.#used += this.#memory.write(text, this.#used);
  }

  async drain(): Promise<void> {
    if (this.#used >= buffered) await this.#writeText();
  }

  async #writeText(): Promise<void> {
    await this.#write(this.#memory.subarray(0, this.#used));
    this.#used = 0;
  }

  /** After the text that was appended before. */
  async write(bytes: Uint8Array): Promise<void> {
    if (this.#used > 0) await this.#writeText();
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
