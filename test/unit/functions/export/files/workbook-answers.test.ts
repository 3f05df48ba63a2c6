/** Tables of answers that are larger than a sheet or a cell of it. */

import { Workbook } from '@cj-tech-master/excelts';
import { beforeAll, describe, expect, it } from 'vitest';
import { codebookFile } from '../../../../../functions/export/files/codebook-file.ts';
import { returnTables } from '../../../../../functions/export/files/return-tables.ts';
import { workbook } from '../../../../../functions/export/files/workbook.ts';
import { fitting } from '../../../../../functions/export/files/workbook-answers.ts';
import { directory, everyQuestion, round } from '../../../../support/every-question.ts';
import { exportFiles } from '../../../../support/export-files.ts';

describe('a text that is longer than a cell', () => {
  it('is as long as Excel holds, and says where the whole of it is', () => {
    expect(fitting('長'.repeat(32_767), 'form.csv')).toBe('長'.repeat(32_767));
    const cut = fitting('長'.repeat(32_768), 'form.csv');
    expect(cut).toHaveLength(32_767);
    expect(cut).toMatch(/長…（以下省略。全文は form\.csv にあります）$/u);
  });

  it('is cut between characters', () => {
    for (const start of ['', '長']) expect(fitting(start + '𠮷'.repeat(50_000), 'form.csv').isWellFormed()).toBe(true);
  });
});

describe('a table that is larger than a sheet', () => {
  const book = new Workbook();
  const goals = ['一', '二', '三', '四', '五'];

  beforeAll(async () => {
    const exported = await exportFiles(
      { round, directory },
      [{ form: everyQuestion, returns: [{ answers: { plain: { meetings: 7, goals } }, state: 'accepted' }] }],
      {
        returns: [returnTables],
        documents: [codebookFile, (context) => workbook(context, { rows: 4, columns: 30 })],
      },
    );
    await book.xlsx.load(exported.bytes.get('internal/R6.xlsx') ?? Buffer.alloc(0));
  });

  it('goes on in another, header and sums included', () => {
    const sheets = book.worksheets.filter(({ name }) => name.endsWith('目標（全種類の調査票）'));
    expect(sheets.map(({ name }) => name.slice(0, 3))).toEqual(['（1）', '（2）', '（3）']);
    const found = sheets.flatMap((sheet) => {
      const header = sheet.getRow(1);
      const at = Array.from({ length: header.cellCount }, (_, index) => index + 1).find(
        (index) => header.getCell(index).value === '目標',
      );
      return sheet
        .getColumn(at ?? 1)
        .values.slice(2)
        .filter((value) => typeof value === 'string' && value !== '');
    });
    expect(found).toEqual(goals);
  });

  it('has every column somewhere, beside the code and the name', () => {
    const sheets = book.worksheets.filter(({ name }) => /^（\d）全種類の調査票/u.test(name));
    expect(sheets.length).toBeGreaterThan(1);
    for (const sheet of sheets) {
      expect(sheet.getCell('A2').value).toBe('112011');
      expect(sheet.getRow(1).cellCount).toBeLessThanOrEqual(30);
    }
    const headings = sheets.flatMap((sheet) => sheet.getRow(1).values);
    expect(headings).toEqual(expect.arrayContaining(['基本：問2の1　開催回数（回）', '連絡先：メール']));
  });
});

it('leaves out sheets without rows', async () => {
  const { bytes } = await exportFiles({ round, directory }, [{ form: everyQuestion, returns: [] }], {
    returns: [returnTables],
    documents: [codebookFile, workbook],
  });
  const book = new Workbook();
  await book.xlsx.load(bytes.get('public/R6.xlsx') ?? Buffer.alloc(0));
  const names = book.worksheets.map(({ name }) => name);
  expect(names.filter((name) => name.includes('全種類の調査票'))).toEqual([]);
  expect(names).toEqual(expect.arrayContaining(['表紙', '符号表']));
});
