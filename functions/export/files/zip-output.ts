/** A ZIP file of parts that may be larger than memory: a part is compressed to disk before it goes in. */

import { createReadStream } from 'node:fs';
import { open, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { crc32, createDeflateRaw } from 'node:zlib';
import type { DeflateRaw } from 'node:zlib';
import type { ExportedFile } from '../../../schemas/export.ts';
import type { FileOutput } from './file-output.ts';

const version = 20;
const deflated = 8;
/** UTF-8 names. */
const flags = 0x0800;
/** 1980-01-01, the first day that ZIP knows: the same content gives the same bytes. */
const noTime = 0;
const firstDay = 0x0021;
/** Characters that are compressed at once. */
const together = 64 * 1024;
/** What sizes and offsets can say without ZIP64. */
const most = 0xffff_ffff;

interface Entry {
  readonly name: Buffer;
  readonly crc: number;
  readonly compressed: number;
  readonly size: number;
  readonly offset: number;
}

function common({ name, crc, compressed, size }: Entry): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(version, 0);
  fields.writeUInt16LE(flags, 2);
  fields.writeUInt16LE(deflated, 4);
  fields.writeUInt16LE(noTime, 6);
  fields.writeUInt16LE(firstDay, 8);
  fields.writeUInt32LE(crc, 10);
  fields.writeUInt32LE(compressed, 14);
  fields.writeUInt32LE(size, 18);
  fields.writeUInt16LE(name.length, 22);
  return fields;
}

function localHeader(entry: Entry): Buffer {
  return Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), common(entry), entry.name]);
}

function centralHeader(entry: Entry): Buffer {
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(entry.offset, 10);
  const made = Buffer.from([version, 0]);
  return Buffer.concat([Buffer.from('PK\u0001\u0002', 'latin1'), made, common(entry), rest, entry.name]);
}

function endRecord(entries: number, size: number, offset: number): Buffer {
  const record = Buffer.alloc(22);
  record.write('PK\u0005\u0006', 'latin1');
  record.writeUInt16LE(entries, 8);
  record.writeUInt16LE(entries, 10);
  record.writeUInt32LE(size, 12);
  record.writeUInt32LE(offset, 16);
  return record;
}

/** A part being compressed to a file of its own. */
class Compression {
  readonly #deflate: DeflateRaw = createDeflateRaw();
  readonly #written: Promise<void>;
  crc = 0;
  size = 0;

  constructor(handle: FileHandle) {
    const deflate = this.#deflate;
    this.#written = (async () => {
      for await (const chunk of deflate) await handle.writeFile(chunk);
    })();
    // Awaited at the end; until then its failure is nobody's surprise.
    this.#written.catch(() => undefined);
  }

  async add(chunk: Buffer): Promise<void> {
    this.crc = crc32(chunk, this.crc);
    this.size += chunk.length;
    if (this.#deflate.write(chunk)) return;
    await Promise.race([new Promise<void>((resolve) => this.#deflate.once('drain', () => resolve())), this.#written]);
  }

  async end(): Promise<void> {
    this.#deflate.end();
    await this.#written;
  }
}

export class ZipOutput {
  readonly #output: FileOutput;
  readonly #scratch: string;
  readonly #entries: Entry[] = [];
  #offset = 0;

  /** @param scratch path of a file that does not exist, for the part that is being compressed */
  constructor(output: FileOutput, scratch: string) {
    this.#output = output;
    this.#scratch = scratch;
  }

  async #write(bytes: Buffer): Promise<void> {
    await this.#output.write(bytes);
    this.#offset += bytes.length;
  }

  /** Adds a part whose content comes in pieces of text. */
  async add(name: string, content: Iterable<string> | AsyncIterable<string>): Promise<void> {
    const handle = await open(this.#scratch, 'wx');
    const compression = new Compression(handle);
    try {
      let waiting = '';
      for await (const text of content) {
        waiting += text;
        if (waiting.length < together) continue;
        await compression.add(Buffer.from(waiting, 'utf8'));
        waiting = '';
      }
      await compression.add(Buffer.from(waiting, 'utf8'));
      await compression.end();
    } finally {
      await handle.close();
    }
    const { size: compressed } = await stat(this.#scratch);
    const { crc, size } = compression;
    await this.#copy({ name: Buffer.from(name, 'utf8'), crc, compressed, size, offset: this.#offset });
    await rm(this.#scratch);
  }

  async #copy(entry: Entry): Promise<void> {
    if (entry.size > most || entry.offset + entry.compressed > most) throw new RangeError('too large for ZIP');
    this.#entries.push(entry);
    await this.#write(localHeader(entry));
    const compressed: AsyncIterable<Buffer> = createReadStream(this.#scratch);
    for await (const chunk of compressed) await this.#write(chunk);
  }

  async close(): Promise<ExportedFile> {
    const offset = this.#offset;
    for (const entry of this.#entries) await this.#write(centralHeader(entry));
    await this.#write(endRecord(this.#entries.length, this.#offset - offset, offset));
    return this.#output.close(1);
  }
}
