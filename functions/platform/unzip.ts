/** Reads the parts of a small ZIP file in memory. */

import { inflateRawSync } from 'node:zlib';

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const deflated = 8;
const encryptedFlag = 1;

function endOf(zip: Buffer): number {
  for (let at = zip.length - 22; at >= 0; at -= 1) if (zip.readUInt32LE(at) === endSignature) return at;
  throw new TypeError('not a ZIP file');
}

interface Part {
  readonly name: string;
  readonly isEncrypted: boolean;
  /** Throws a RangeError for one that is larger than `most` bytes, whatever its header claims. */
  readonly content: (most: number) => Buffer;
}

/** Every part of the directory, not taken apart. Throws a TypeError for no ZIP file, a RangeError for a damaged one. */
export function partsOf(zip: Buffer): Part[] {
  const end = endOf(zip);
  const parts: Part[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let index = 0; index < zip.readUInt16LE(end + 10); index += 1) {
    if (zip.readUInt32LE(at) !== entrySignature) throw new TypeError('not a ZIP file');
    const nameLength = zip.readUInt16LE(at + 28);
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const bytes = zip.subarray(start, start + zip.readUInt32LE(at + 20));
    const isDeflated = zip.readUInt16LE(at + 10) === deflated;
    parts.push({
      name,
      isEncrypted: (zip.readUInt16LE(at + 8) & encryptedFlag) !== 0,
      content: (most) => {
        const content = isDeflated ? inflateRawSync(bytes, { maxOutputLength: Math.max(most, 1) }) : bytes;
        if (content.length > most) throw new RangeError('larger than allowed');
        return content;
      },
    });
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return parts;
}

/**
 * The content of every part by its name. Throws a TypeError for anything else than a ZIP file, and a RangeError for a
 * damaged one and for parts that together are larger than `most` bytes, whatever their headers claim.
 */
export function unzip(zip: Buffer, most = 0xffff_ffff): Map<string, Buffer> {
  let left = most;
  return new Map(
    partsOf(zip).map(({ name, content }) => {
      const bytes = content(left);
      left -= bytes.length;
      return [name, bytes];
    }),
  );
}
