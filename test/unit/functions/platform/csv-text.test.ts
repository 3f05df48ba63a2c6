import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvText } from '../../../../functions/platform/csv-text.ts';
import { isStorable } from '../../../../schemas/values/text.ts';

const hostile = fc.constantFrom(
  ',',
  '"',
  '""',
  '\r',
  '\n',
  '\r\n',
  '-',
  '0',
  ' ',
  '　',
  '=1+1',
  '@SUM(A1)',
  '\t',
  "'",
  '\uFEFF',
  '\u2028',
  '𠮷',
  '012345',
  'null',
  '</script>',
);

const text = fc
  .array(fc.oneof(hostile, fc.string({ unit: 'binary', maxLength: 8 })), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join(''))
  .filter((value) => value !== '' && isStorable(value));

describe('machine CSV', () => {
  it('quotes a cell that holds a comma, a quote, CR or LF, and no other', () => {
    const cells = [
      'a,b',
      'say "x"',
      'line\r\nline',
      'lone\nLF',
      'lone\rCR',
      ' space ',
      "it's",
      '=1+1',
      '-',
      '012345',
      '',
    ];
    expect(csvText([cells])).toBe(
      '"a,b","say ""x""","line\r\nline","lone\nLF","lone\rCR", space ,it\'s,=1+1,-,012345,\r\n',
    );
  });

  it('ends every row with CRLF and begins without a byte order mark', () => {
    expect(
      csvText([
        ['round', 'unit'],
        ['R6', '112011'],
      ]),
    ).toBe('round,unit\r\nR6,112011\r\n');
  });

  it('is nothing at all without rows', () => {
    expect(csvText([])).toBe('');
  });

  it('is read back as it was', () => {
    const row = fc.array(fc.oneof(text, fc.constant('')), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), (rows) => {
        const header = ['a', 'b', 'c'];
        expect(parse(csvText([header, ...rows]), { record_delimiter: '\r\n' })).toEqual([header, ...rows]);
      }),
    );
  });
});
