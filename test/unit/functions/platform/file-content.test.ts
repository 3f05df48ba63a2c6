import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileTypeOf } from '../../../../functions/platform/file-content.ts';
import { fileTypes, mostFileBytes } from '../../../../schemas/values/file-answer.ts';
import {
  sampleCompound,
  sampleDocx,
  sampleJpeg,
  samplePdf,
  samplePng,
  sampleXlsx,
  withMacros,
} from '../../../support/sample-files.ts';
import { xlsx } from '../../../support/xlsx.ts';
import { zipOf } from '../../../support/zip.ts';

/** How a type is called, or why the file is refused. */
function known(bytes: Uint8Array): string {
  const type = fileTypeOf(bytes);
  return type.ok ? fileTypes[type.value].label : type.problem.code;
}

const samples: Readonly<Record<string, Buffer>> = {
  PDF: samplePdf(),
  Word: sampleDocx(),
  Excel: sampleXlsx(),
  PNG: samplePng(),
  JPEG: sampleJpeg(),
};

describe('a file that is taken', () => {
  it.each(Object.entries(samples))('is known by its content: %s', (label, bytes) => {
    expect(known(bytes)).toBe(label);
  });

  it('is a workbook as programs write it', async () => {
    expect(known(await xlsx({ 表: [['市町村', 1]] }))).toBe('Excel');
    expect(known(readFileSync(new URL('../../../fixtures/spreadsheets/hidden-row.xlsx', import.meta.url)))).toBe(
      'Excel',
    );
  });

  it('is a picture as browsers write it', () => {
    expect(known(readFileSync(new URL('../../../e2e/screenshots/home-360.png', import.meta.url)))).toBe('PNG');
  });

  it('may go on behind the end of a picture, as photographs that move do', () => {
    expect(known(Buffer.concat([sampleJpeg(), Buffer.from('ftypmp42')]))).toBe('JPEG');
  });

  it('may be as large as 3.5 MB', () => {
    const bytes = Buffer.alloc(mostFileBytes, 0x20);
    samplePdf().copy(bytes);
    bytes.write('%%EOF', bytes.length - 5, 'latin1');
    expect(known(bytes)).toBe('PDF');
    expect(known(Buffer.concat([bytes, Buffer.from('\n')]))).toBe('file-too-large');
  });
});

describe('a file that is refused', () => {
  it.each(Object.entries(withMacros))('has macros: %s', (_, bytes) => {
    expect(known(bytes)).toBe('file-macros');
  });

  it.each([
    ['a document of Office with a password', sampleCompound('EncryptedPackage')],
    ['a PDF with a password', samplePdf('', '/Encrypt 5 0 R ')],
    ['a PDF whose password is in its trailer', samplePdf('', '/Encrypt << /Filter /Standard >> ')],
    ['a PDF that writes the word otherwise', samplePdf('', '/#45ncr#79pt 5 0 R ')],
  ])('is encrypted: %s', (_, bytes) => {
    expect(known(bytes)).toBe('file-encrypted');
  });

  it('is encrypted: a ZIP file whose parts have a password', () => {
    const bytes = Buffer.from(sampleDocx());
    const entry = bytes.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
    bytes.writeUInt16LE(1, entry + 8);
    expect(known(bytes)).toBe('file-encrypted');
  });

  it.each([
    ['a web page', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['a program', Buffer.from('MZ\u0090\0')],
    ['an old document of Word', sampleCompound('WordDocument')],
    ['a ZIP file', zipOf(new Map([['a.exe', Buffer.from('MZ')]]))],
    ['a presentation', zipOf(new Map([['[Content_Types].xml', Buffer.from('presentationml.presentation.main+xml')]]))],
    ['a picture that moves', Buffer.from('GIF89a')],
    ['a text', Buffer.from('%PD')],
  ])('is of another kind: %s', (_, bytes) => {
    expect(known(bytes)).toBe('file-type');
  });

  it('is empty', () => {
    expect(known(Buffer.alloc(0))).toBe('file-empty');
  });

  it('is a document whose types are hidden in entities, or stand there twice', () => {
    const hidden = sampleDocx({ 'word/x.bin': 'application/vnd.ms-office.v&#98;aProject' });
    expect(known(hidden)).toBe('file-damaged');
    const types = Buffer.from('wordprocessingml.document.main+xml');
    expect(
      known(
        zipOf(
          new Map([
            ['[Content_Types].xml', types],
            ['[content_types].xml', types],
          ]),
        ),
      ),
    ).toBe('file-damaged');
  });

  it('is a bomb in the part that is read', () => {
    expect(known(zipOf(new Map([['[Content_Types].xml', Buffer.alloc(5 * 1024 * 1024, 0x20)]])))).toBe('file-damaged');
  });

  it('is cut off anywhere', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(samples)), fc.nat(), (bytes, at) => {
        const cut = bytes.subarray(0, at % bytes.length);
        expect(['file-damaged', 'file-type', 'file-empty']).toContain(known(cut));
      }),
      { numRuns: 2000 },
    );
  });

  it('is made of any bytes, also behind the first ones of a kind that is taken', () => {
    const beginnings = Object.values(samples).map((bytes) => bytes.subarray(0, 10));
    fc.assert(
      fc.property(fc.constantFrom(Buffer.alloc(0), ...beginnings), fc.uint8Array({ maxLength: 300 }), (first, rest) => {
        expect(fileTypeOf(Buffer.concat([first, rest])).ok).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });
});
