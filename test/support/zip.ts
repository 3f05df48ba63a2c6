/** The text in files that people open: what a docx or xlsx holds is in the entries of a zip file. */

import { deflateRawSync } from 'node:zlib';
import { unzip } from '../../functions/platform/unzip.ts';

/** The text of a file: of documents that are zip files, the text of everything in them. */
export function textOfFile(path: string, bytes: Buffer): string {
  if (!/\.(?:docx|xlsx)$/.test(path)) return bytes.toString('utf8');
  return [...unzip(bytes)].map(([name, content]) => `${name}\n${content.toString('utf8')}`).join('\n');
}

/** A zip file of these parts, each of which claims to be empty. */
export function zipOf(parts: ReadonlyMap<string, Buffer>): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of parts) {
    const path = Buffer.from(name, 'utf8');
    const bytes = deflateRawSync(content, { level: 9 });
    const local = Buffer.alloc(30);
    local.write('PK\u0003\u0004', 'latin1');
    local.writeUInt16LE(8, 8);
    local.writeUInt32LE(bytes.length, 18);
    local.writeUInt16LE(path.length, 26);
    const entry = Buffer.alloc(46);
    entry.write('PK\u0001\u0002', 'latin1');
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(bytes.length, 20);
    entry.writeUInt16LE(path.length, 28);
    entry.writeUInt32LE(offset, 42);
    files.push(local, path, bytes);
    directory.push(entry, path);
    offset += local.length + path.length + bytes.length;
  }
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(parts.size, 8);
  end.writeUInt16LE(parts.size, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, ...directory, end]);
}
