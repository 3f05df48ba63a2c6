import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileName, printBytes, printFile } from '../../../../schemas/values/file-answer.ts';
import { codePoints, isStorable } from '../../../../schemas/values/text.ts';

const pdf = (name: string): string => fileName(name, 'application/pdf');

describe('the name of a file', () => {
  it('stays as it is where it can be one', () => {
    for (const name of ['議事録.pdf', '𠮷野家の髙﨑 葛󠄀.PDF', '第1回（全体会）.pdf', 'a.pdf', "Ｂ案 100% #1 'x'.pdf"])
      expect(pdf(name)).toBe(name);
    expect(fileName('写真.JPEG', 'image/jpeg')).toBe('写真.JPEG');
  });

  it('has no folders, nothing that turns the text around it, and nothing that cannot be seen', () => {
    expect(pdf('C:\\fakepath\\議事録.pdf')).toBe('議事録.pdf');
    expect(pdf('../../etc/passwd.pdf')).toBe('passwd.pdf');
    expect(pdf('議事録\u202Efdp.exe')).toBe('議事録fdp.exe.pdf');
    expect(pdf('議\r\nSet-Cookie: a=b\u0000.pdf')).toBe('議Set-Cookie_ a=b.pdf');
    expect(pdf('"x";<y>|?*.pdf')).toBe('_x_;_y____.pdf');
    expect(pdf(' .. .pdf')).toBe('pdf.pdf');
  });

  it('ends as the content does', () => {
    expect(pdf('report.exe')).toBe('report.exe.pdf');
    expect(pdf('report')).toBe('report.pdf');
    expect(pdf('')).toBe('無題.pdf');
    expect(pdf('\u200B\uD800')).toBe('無題.pdf');
  });

  it('has at most 80 characters, its ending among them', () => {
    const long = pdf(`${'𠮷'.repeat(200)}.pdf`);
    expect(long).toBe(`${'𠮷'.repeat(76)}.pdf`);
    expect(codePoints(long)).toBe(80);
  });

  it('is one once and for all, whatever was given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (given) => {
        const name = pdf(given);
        expect(pdf(name)).toBe(name);
        expect(isStorable(name)).toBe(true);
        expect(name).toMatch(/\.pdf$/i);
        // oxlint-disable-next-line no-control-regex -- they are what must not be there
        expect(name).not.toMatch(/[\u0000-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069"\\/]/);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a file', () => {
  it('is printed with what it is and how large it is', () => {
    const sha256 = 'a'.repeat(64);
    expect(printFile({ name: '議事録.pdf', type: 'application/pdf', bytes: 1_234_567, sha256 })).toBe(
      '議事録.pdf（PDF、1.2MB）',
    );
  });

  it('is never of nothing, and never smaller than it is', () => {
    expect([1, 1024, 1025, 1_048_576, 3_670_016].map(printBytes)).toEqual(['1KB', '1KB', '2KB', '1.0MB', '3.5MB']);
  });
});
