/**
 * What a file is, by its content and never by its name: a PDF, a Word or Excel document, a picture that is whole. What
 * runs when it is opened (macros), and what nobody can look into (passwords), is refused.
 */

import { mostFileBytes } from '../../schemas/values/file-answer.ts';
import type { FileType } from '../../schemas/values/file-answer.ts';
import { done, refused } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import { partsOf } from './unzip.ts';

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const jpegSignature = Buffer.from([0xff, 0xd8, 0xff]);
const pdfSignature = Buffer.from('%PDF-', 'latin1');
const zipSignature = Buffer.from([0x50, 0x4b, 0x03, 0x04]);
/** Of a compound file: Office before 2007, or a document with a password. */
const compoundSignature = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
/** The stream in which Office keeps a document with a password. */
const encryptedStream = Buffer.from('EncryptedPackage', 'utf16le');

function beginsWith(bytes: Buffer, signature: Buffer): boolean {
  return bytes.subarray(0, signature.length).equals(signature);
}

/** The last bytes in which a PDF says that it ends. */
const pdfTail = 1024;

/** Names in a PDF may have any letter as `#45`. */
function plainNames(pdf: Buffer): string {
  return pdf
    .toString('latin1')
    .replaceAll(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function pdf(bytes: Buffer): Outcome<FileType> {
  if (!bytes.subarray(-pdfTail).includes('%%EOF')) return refused('file-damaged');
  return /\/Encrypt\s*(?:\d+\s+\d+\s+R|<<)/.test(plainNames(bytes))
    ? refused('file-encrypted')
    : done('application/pdf');
}

/** Chunk by chunk: length, name, data, checksum; the last is called IEND. */
function png(bytes: Buffer): Outcome<FileType> {
  let at = pngSignature.length;
  while (at + 12 <= bytes.length) {
    const name = bytes.toString('latin1', at + 4, at + 8);
    const next = at + 12 + bytes.readUInt32BE(at);
    if (at === pngSignature.length && name !== 'IHDR') return refused('file-damaged');
    if (name === 'IEND') return next <= bytes.length ? done('image/png') : refused('file-damaged');
    at = next;
  }
  return refused('file-damaged');
}

/** Of a picture: the end, and the beginning of its data; what stands alone, without a length. */
const endOfImage = 0xd9;
const startOfScan = 0xda;
const isAlone = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);

/** Behind the data of a scan, in which a marker is never followed by 0 or by the number of a restart. */
function afterScan(bytes: Buffer, from: number): number {
  let at = from;
  while (at + 1 < bytes.length) {
    const marker = bytes[at + 1] ?? 0;
    if (bytes[at] === 0xff && marker !== 0 && marker !== 0xff && !isAlone(marker)) return at;
    at += 1;
  }
  return bytes.length;
}

/** Segment by segment, so that the small picture inside a large one does not pass for its end. */
function jpeg(bytes: Buffer): Outcome<FileType> {
  let at = 2;
  let hasData = false;
  while (at + 1 < bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === endOfImage) return hasData ? done('image/jpeg') : refused('file-damaged');
    if (marker === 0xff) at += 1;
    else if (isAlone(marker)) at += 2;
    else {
      const length = at + 4 <= bytes.length ? bytes.readUInt16BE(at + 2) : 0;
      if (length < 2) break;
      at += 2 + length;
      if (marker !== startOfScan) continue;
      hasData = true;
      at = afterScan(bytes, at);
    }
  }
  return refused('file-damaged');
}

/** The part of an Office document that says what its other parts are. */
const contentTypes = '[Content_Types].xml';
/** No document has as many parts. */
const mostContentTypes = 4 * 1024 * 1024;

const documents: readonly (readonly [mainPart: RegExp, type: FileType])[] = [
  [/wordprocessingml\.document\.main/, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  [/spreadsheetml\.sheet\.main/, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
];

/** Macros of Visual Basic and of Excel 4.0, and documents that may have some. */
const macros = /macroEnabled|vbaProject|vbaData|macrosheet/i;

function isOffice(types: string): boolean {
  return /wordprocessingml|spreadsheetml|ms-word\.|ms-excel\./.test(types);
}

function office(bytes: Buffer): Outcome<FileType> {
  const parts = partsOf(bytes);
  if (parts.some(({ isEncrypted }) => isEncrypted)) return refused('file-encrypted');
  const [own, another] = parts.filter(({ name }) => name.toLowerCase() === contentTypes.toLowerCase());
  if (own === undefined) return refused('file-type');
  const types = own.content(mostContentTypes).toString('utf8');
  // No program writes them so, and what is written in entities would not be found.
  if (another !== undefined || /&#|<!/.test(types)) return refused('file-damaged');
  if (isOffice(types) && (macros.test(types) || parts.some(({ name }) => macros.test(name))))
    return refused('file-macros');
  const [, type] = documents.find(([mainPart]) => mainPart.test(types)) ?? [];
  return type === undefined ? refused('file-type') : done(type);
}

/** A damaged ZIP file ends somewhere in the middle, or leads somewhere outside. */
function zip(bytes: Buffer): Outcome<FileType> {
  try {
    return office(bytes);
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError || isInflateError(error))
      return refused('file-damaged');
    throw error;
  }
}

function isInflateError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('Z_');
}

/**
 * The type of a file that is taken. Refuses `file-empty`, `file-too-large`, `file-type`, `file-damaged`, `file-macros` and
 * `file-encrypted`.
 */
export function fileTypeOf(content: Uint8Array): Outcome<FileType> {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  if (bytes.length === 0) return refused('file-empty');
  if (bytes.length > mostFileBytes) return refused('file-too-large');
  if (beginsWith(bytes, pdfSignature)) return pdf(bytes);
  if (beginsWith(bytes, pngSignature)) return png(bytes);
  if (beginsWith(bytes, jpegSignature)) return jpeg(bytes);
  if (beginsWith(bytes, zipSignature)) return zip(bytes);
  if (beginsWith(bytes, compoundSignature))
    return refused(bytes.includes(encryptedStream) ? 'file-encrypted' : 'file-type');
  return refused('file-type');
}
