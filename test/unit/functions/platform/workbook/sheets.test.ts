/** A workbook that is read whole: every sheet, cell by cell, with what is no plain text or number. */

import { expect, it, vi } from 'vitest';
import { readWorkbookSheets } from '../../../../../functions/platform/workbook/spreadsheet.ts';
import { xlsx } from '../../../../support/xlsx.ts';

// The thread that files are read in takes its time to start.
vi.setConfig({ testTimeout: 60_000 });

const patience = 60_000;

it('has every cell of every sheet, as it is written', async () => {
  const bytes = await xlsx(
    {
      表: [
        ['  前後　', 12, 0.125, new Date('2024-04-01T00:00:00Z'), { error: '#N/A' }],
        [{ formula: 'B1*2', result: 24 }, { formula: 'B1*2' }, true, { richText: [{ text: '𠮷' }, { text: '野' }] }],
        ['結合', 'なくなる'],
      ],
      裏: [['一\n二']],
    },
    (sheet, workbook) => {
      sheet.mergeCells('A3:B3');
      sheet.getRow(2).hidden = true;
      sheet.getCell('C1').numFmt = '0.0%';
      const [, other] = workbook.worksheets;
      if (other !== undefined) other.state = 'hidden';
    },
  );
  expect(await readWorkbookSheets(bytes, patience)).toEqual({
    ok: true,
    value: [
      {
        name: '表',
        isHidden: false,
        rows: [
          {
            number: 1,
            cells: [
              { column: 1, text: '  前後　' },
              { column: 2, text: '12' },
              { column: 3, text: '12.5%' },
              { column: 4, text: '2024-04-01', fault: 'date' },
              { column: 5, text: '', fault: 'error' },
            ],
          },
          {
            number: 2,
            isHidden: true,
            cells: [
              { column: 1, text: '24', fault: 'formula' },
              { column: 2, text: '', fault: 'formula' },
              { column: 3, text: 'TRUE' },
              { column: 4, text: '𠮷野' },
            ],
          },
          {
            number: 3,
            cells: [
              { column: 1, text: '結合', fault: 'merged' },
              { column: 2, text: '', fault: 'merged' },
            ],
          },
        ],
      },
      { name: '裏', isHidden: true, rows: [{ number: 1, cells: [{ column: 1, text: '一\n二' }] }] },
    ],
  });
});

it('takes no CSV file, and nothing that stands far outside', async () => {
  expect(await readWorkbookSheets(Buffer.from('a,b'), patience)).toMatchObject({
    refusal: { code: 'file-unreadable', message: expect.stringContaining('.xlsx') },
  });
  const far = await xlsx({ 表: [['a']], 裏: [['b']] }, (sheet) => {
    sheet.getCell('IW2').value = 'x';
  });
  expect(await readWorkbookSheets(far, patience)).toMatchObject({
    refusal: { code: 'file-too-large', message: expect.stringContaining('セルIW2') },
  });
});
