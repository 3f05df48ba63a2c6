/** Small files of every kind that is taken, and of kinds that are not, as programs write them. */

import { crc32, deflateSync } from 'node:zlib';
import { zipOf } from './zip.ts';

export function samplePdf(text = 'sample', trailer = ''): Buffer {
  return Buffer.from(
    `%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n% ${text}\ntrailer\n<< /Root 1 0 R ${trailer}>>\nstartxref\n0\n%%EOF`,
    'utf8',
  );
}

function chunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(data.length, 0);
  named.copy(framed, 4);
  framed.writeUInt32BE(crc32(named), named.length + 4);
  return framed;
}

export function samplePng(): Buffer {
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from([0, 0xff]))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function segment(marker: number, data: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
}

/** A photograph with a small picture of itself inside, which ends too, and with two scans. */
export function sampleJpeg(): Buffer {
  const thumbnail = Buffer.from([0xff, 0xd8, 0xff, 0xda, 0, 2, 0x11, 0xff, 0xd9]);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), thumbnail])),
    segment(0xc2, Buffer.from([8, 0, 1, 0, 1, 1, 1, 0x11, 0])),
    segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    Buffer.from([0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56]),
    segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    Buffer.from([0x78, 0xff, 0xd9]),
  ]);
}

const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';
const excel = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml';

function office(main: string, mainPart: string, others: Readonly<Record<string, string>> = {}): Buffer {
  const overrides = [[mainPart, main], ...Object.entries(others).map(([part, type]) => [part, type])].map(
    ([part, type]) => `<Override PartName="/${part}" ContentType="${type}"/>`,
  );
  const types = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>${overrides.join('')}</Types>`;
  const parts = new Map([
    ['[Content_Types].xml', Buffer.from(types)],
    ['_rels/.rels', Buffer.from('<Relationships/>')],
    [mainPart, Buffer.from('<root/>')],
    ...Object.keys(others).map((part): [string, Buffer] => [part, Buffer.from('content')]),
  ]);
  return zipOf(parts);
}

export function sampleDocx(others: Readonly<Record<string, string>> = {}): Buffer {
  return office(word, 'word/document.xml', others);
}

export function sampleXlsx(others: Readonly<Record<string, string>> = {}): Buffer {
  return office(excel, 'xl/workbook.xml', others);
}

const vba = 'application/vnd.ms-office.vbaProject';

/** A document with macros under its own type, and ones that say less than they have. */
export const withMacros: Readonly<Record<string, Buffer>> = {
  docm: office('application/vnd.ms-word.document.macroEnabled.main+xml', 'word/document.xml', {
    'word/vbaProject.bin': vba,
  }),
  xlsm: office('application/vnd.ms-excel.sheet.macroEnabled.main+xml', 'xl/workbook.xml', { 'xl/vbaProject.bin': vba }),
  'xlsm without macros': office('application/vnd.ms-excel.sheet.macroEnabled.main+xml', 'xl/workbook.xml'),
  'docx with a project of another name': sampleDocx({ 'word/picture.bin': vba }),
  'docx with a project of another type': sampleDocx({ 'word/vbaProject.bin': 'image/png' }),
  'xlsx with a sheet of Excel 4.0 macros': sampleXlsx({
    'xl/macrosheets/sheet1.xml': 'application/vnd.ms-excel.macrosheet+xml',
  }),
};

/** Office before 2007, or with a password, in which case it has a stream of that name. */
export function sampleCompound(stream: string): Buffer {
  return Buffer.concat([
    Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
    Buffer.alloc(504),
    Buffer.from(stream, 'utf16le'),
  ]);
}
