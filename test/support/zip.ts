/** What a docx or xlsx holds: the entries of a zip file, whatever wrote it. */

import { inflateRawSync } from 'node:zlib';

const endOfDirectory = 0x06054b50;
const deflated = 8;

/** The entries by name; throws when the bytes are no zip file. */
export function unzip(bytes: Buffer): Map<string, Buffer> {
  let end = bytes.length - 22;
  while (end >= 0 && bytes.readUInt32LE(end) !== endOfDirectory) end -= 1;
  if (end < 0) throw new Error('no zip file');
  const entries = new Map<string, Buffer>();
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    const method = bytes.readUInt16LE(at + 10);
    const size = bytes.readUInt32LE(at + 20);
    const nameLength = bytes.readUInt16LE(at + 28);
    const local = bytes.readUInt32LE(at + 42);
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const content = bytes.subarray(start, start + size);
    entries.set(name, method === deflated ? inflateRawSync(content) : Buffer.from(content));
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

/** The text of a file: of documents that are zip files, the text of everything in them. */
export function textOfFile(path: string, bytes: Buffer): string {
  if (!/\.(?:docx|xlsx)$/.test(path)) return bytes.toString('utf8');
  return [...unzip(bytes)].map(([name, content]) => `${name}\n${content.toString('utf8')}`).join('\n');
}
