/** Bytes that are put into a file of the export at its end; no file of the manifest, so that nobody asks for its hash. */

import { mkdir, open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const buffered = 256 * 1024;

export class PartOutput {
  readonly #handle: FileHandle;
  #pending: Uint8Array[] = [];
  #bytes = 0;

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  static async create(folder: string, path: string): Promise<PartOutput> {
    const absolute = join(folder, path);
    await mkdir(dirname(absolute), { recursive: true });
    return new PartOutput(await open(absolute, 'wx'));
  }

  /** @param bytes that nobody changes afterwards */
  append(bytes: Uint8Array): void {
    this.#pending.push(bytes);
    this.#bytes += bytes.length;
  }

  async drain(): Promise<void> {
    if (this.#bytes >= buffered) await this.#write();
  }

  async #write(): Promise<void> {
    const bytes = Buffer.concat(this.#pending);
    this.#pending = [];
    this.#bytes = 0;
    await this.#handle.writeFile(bytes);
  }

  async close(): Promise<void> {
    await this.#write();
    await this.#handle.close();
  }

  /** Closes the file of an export that has failed; a file that is closed already stays so. */
  async abandon(): Promise<void> {
    await this.#handle.close();
  }
}
