import { CsvError, parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { csvFault } from '../../../../functions/domain/csv-fault.ts';
import type { CsvFault } from '../../../../functions/domain/csv-fault.ts';

function faultOf(csv: string): CsvFault | undefined {
  try {
    parse(csv);
    return undefined;
  } catch (error) {
    if (error instanceof CsvError) return csvFault(error);
    throw error;
  }
}

describe('a CSV with a stray quote', () => {
  it.each([
    ['inside a cell', 'a,b\r\n1,2\r\n1,x"y\r\n1,2\r\n', 3, 'セルの途中'],
    ['that closes too early', 'a,b\r\n1,"x"y\r\n1,2\r\n', 2, '余分な文字'],
    ['that is closed in a later row only', 'a,b\r\n1,"x\r\n1,"2"\r\n', 2, '余分な文字'],
    ['that is never closed', 'a,b\r\n1,2\r\n"x,2\r\n1,2\r\n', 3, '閉じられていません'],
    ['below empty rows and a cell of two lines', '"a\r\nb",c\r\n,\r\n1,x"y\r\n', 3, 'セルの途中'],
  ])('%s is told by its row', (_, csv, row, reason) => {
    expect(faultOf(csv)).toEqual({ row, message: expect.stringContaining(reason) });
  });

  it('is told without a row where the parser knows none', () => {
    expect(csvFault({ code: 'CSV_OPTION' })).toEqual({ message: 'CSVとして読み取れません。' });
  });
});
