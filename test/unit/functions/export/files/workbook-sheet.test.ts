import { describe, expect, it } from 'vitest';
import { sheetOf } from '../../../../../functions/export/files/workbook-sheet.ts';

describe('a sheet', () => {
  const long = '長'.repeat(60);

  it('that is read as a page breaks what is wider than its column', () => {
    expect(sheetOf({ title: '表紙', rows: [['短い', long]] }, '表紙').data).toMatchObject([
      [{ value: '短い' }, { value: long, wrap: true, height: 51 }],
    ]);
    expect(sheetOf({ title: '表紙', rows: [['短い']] }, '表紙').data).not.toMatchObject([[{ wrap: true }]]);
  });

  it('of a table keeps its rows as high as they are, but for the line breaks that were typed', () => {
    const { data } = sheetOf({ title: '表', header: ['列'], rows: [[long], ['一\n二']] }, '表');
    expect(data).not.toMatchObject([{}, [{ wrap: true }], {}]);
    expect(data).toMatchObject([[{ value: '列' }], [{ value: long }], [{ value: '一\n二', wrap: true, height: 34 }]]);
  });
});
