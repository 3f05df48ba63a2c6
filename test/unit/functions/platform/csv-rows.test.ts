import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvRows } from '../../../../functions/platform/csv-rows.ts';
import { csvText } from '../../../../functions/platform/csv-text.ts';

async function* inPieces(bytes: Uint8Array, length: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += length) yield bytes.subarray(from, from + length);
}

async function rowsOf(text: string, length = 7): Promise<string[][]> {
  const rows: string[][] = [];
  for await (const row of csvRows(inPieces(new TextEncoder().encode(text), length))) rows.push(row);
  return rows;
}

const cell = fc
  .array(fc.constantFrom('', ',', '"', '\r', '\n', '\r\n', ' ', '市', '𠮷', '\uFEFF', '=1', '-', '012'), {
    maxLength: 5,
  })
  .map((parts) => parts.join(''));
const table = fc
  .integer({ min: 2, max: 4 })
  .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }));

describe('rows of machine CSV', () => {
  it('are what was written, wherever the bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: 1, max: 9 }), async (rows, length) => {
        expect(await rowsOf(csvText(rows), length)).toEqual(rows);
      }),
    );
  });

  it('are written and read as the libraries for CSV do', async () => {
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const text = csvText(rows);
        expect(text).toBe(stringify(rows, { record_delimiter: '\r\n', quote_record_delimiter: true }));
        expect(await rowsOf(text)).toEqual(parse(text, { record_delimiter: '\r\n' }));
      }),
    );
  });

  it('are none of an empty file', async () => {
    expect(await rowsOf('')).toEqual([]);
  });

  it.each([
    ['rows of different lengths', 'a,b\r\n1\r\n', 'a row of 1 cells where others have 2'],
    ['a last row without an end', 'a,b\r\n1,2', 'the last row has no end'],
    ['quotes that are not closed', 'a,b\r\n"1,2\r\n', 'the last row has no end'],
    ['a cell that goes on after its quotes', 'a,b\r\n"1"x,2\r\n', 'a cell goes on after its quotes'],
  ])('are refused of %s', async (_, text, message) => {
    await expect(rowsOf(text)).rejects.toThrow(message);
  });
});
