import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellsOfHtml, cellsOfText, clipboardCells } from '../../../../../functions/web/browser/clipboard.ts';

/** As Excel writes `text/plain`: quoted where there is a line break or a tab, and only there. */
function excelText(rows: readonly (readonly string[])[]): string {
  const cell = (text: string): string => (/[\t\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((row) => `${row.map(cell).join('\t')}\r\n`).join('');
}

/** As Excel writes `text/html`. */
function excelHtml(rows: readonly (readonly string[])[]): string {
  const escaped = (text: string): string =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
  const cell = (text: string): string =>
    `<td class=xl65 style='border-left:none'>${escaped(text).split('\n').join('<br>\r\n    ')}</td>`;
  const lines = rows.map(
    (row) => ` <tr height=25 style='height:18.75pt'>\r\n  ${row.map(cell).join('\r\n  ')}\r\n </tr>`,
  );
  return `<html xmlns:v="urn:schemas-microsoft-com:vml"><head><style><!--table {mso-displayed-decimal-separator:"\\.";}--></style></head>
<body link="#0563C1"><table border=0 cellpadding=0 style='border-collapse:collapse'><col width=72 span=2><!--StartFragment-->
${lines.join('\r\n')}
<!--EndFragment--></table></body></html>`;
}

const word = fc.stringMatching(/^[a-z0-9"<>&'、。あ-んー一二三,]{0,6}$/);
/** Texts whose first mark is none of quotation, which alone would be doubtful. */
const cell = fc
  .array(word, { minLength: 1, maxLength: 3 })
  .map((words) => words.join('\n'))
  .filter((text) => !text.startsWith('"') || text.includes('\n'));
const trimmed = cell.map((text) => text.replaceAll(/^\n+|\n+$/g, ''));
const grid = (of: fc.Arbitrary<string>) =>
  fc
    .integer({ min: 1, max: 4 })
    .chain((columns) =>
      fc.array(fc.array(of, { minLength: columns, maxLength: columns }), { minLength: 1, maxLength: 5 }),
    );

describe('cells on the clipboard as text', () => {
  it('are read as Excel wrote them', () => {
    fc.assert(
      fc.property(grid(cell), (rows) => {
        expect(cellsOfText(excelText(rows))).toEqual(rows);
      }),
    );
  });

  it('of two rows and two columns, with a line break and marks of quotation in a cell', () => {
    expect(cellsOfText('第1回\t令和6年5月1日\r\n第2回\t"議題：\n""住まい""について"\r\n')).toEqual([
      ['第1回', '令和6年5月1日'],
      ['第2回', '議題：\n"住まい"について'],
    ]);
  });

  it.each([
    ['"住まい"', [['"住まい"']]],
    ['"住まい"と「就労」\t2', [['"住まい"と「就労」', '2']]],
    ['5" pipe\t"', [['5" pipe', '"']]],
    ['"開いたまま\n次', [['"開いたまま'], ['次']]],
    ['', [['']]],
    [
      '\t\n\t',
      [
        ['', ''],
        ['', ''],
      ],
    ],
    ['一\r二\r', [['一'], ['二']]],
  ])('%j', (text, rows) => {
    expect(cellsOfText(text)).toEqual(rows);
  });

  it('never fail, and lose no letter', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const letters = (value: string): string => value.replaceAll(/[\t\r\n"]/g, '');
        expect(letters(cellsOfText(text).flat().join(''))).toBe(letters(text));
      }),
    );
  });
});

describe('cells on the clipboard as HTML', () => {
  it('are read as Excel wrote them', () => {
    fc.assert(
      fc.property(grid(trimmed), (rows) => {
        expect(cellsOfHtml(excelHtml(rows))).toEqual(rows);
      }),
    );
  });

  it('of Word have paragraphs for lines', () => {
    const html = `<html><body lang=JA><!--StartFragment--><table class=MsoTableGrid border=1><tr style='mso-yfti-irow:0'>
      <td width=284 valign=top><p class=MsoNormal><span lang=EN-US>第1回<o:p></o:p></span></p></td>
      <td width=284><p class=MsoNormal>議題&nbsp;1</p><p class=MsoNormal>議題<span>2</span></p></td></tr></table><!--EndFragment--></body></html>`;
    expect(cellsOfHtml(html)).toEqual([['第1回', '議題 1\n議題2']]);
  });

  it('that span others leave them blank', () => {
    const html =
      '<table><tr><td rowspan=2>全体会</td><td colspan="2">春</td></tr><tr><td>5月</td><td>6月</td></tr><tr><td>定例会</td></tr></table>';
    expect(cellsOfHtml(html)).toEqual([['全体会', '春', ''], ['', '5月', '6月'], ['定例会']]);
  });

  it('are of the first table, with the text of one inside it', () => {
    expect(cellsOfHtml('<TABLE><TR><TD>a<table><tr><td>b</td></tr></table>c</TABLE><table><tr><td>d</table>')).toEqual([
      ['abc'],
    ]);
  });

  it('are none without a table, and never fail', () => {
    expect(cellsOfHtml('<p>一</p>')).toBeUndefined();
    expect(cellsOfHtml('<table></table>')).toBeUndefined();
    const piece = fc.constantFrom(
      '<table>',
      '<tr>',
      '<td>',
      '</td>',
      '</table>',
      '<',
      '&#x110000;',
      '&#65;',
      '"',
      'a',
      '<td colspan=9999>',
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        expect(cellsOfHtml(pieces.join('')) ?? []).toBeInstanceOf(Array);
      }),
    );
  });
});

describe('the cells of a clipboard', () => {
  it('are told apart by HTML where the text is doubtful', () => {
    const rows = [['"一', '二"']];
    expect(cellsOfText(excelText(rows))).toEqual([['一\t二']]);
    expect(clipboardCells({ html: excelHtml(rows), text: excelText(rows) })).toEqual(rows);
  });

  it('keep their spaces, which HTML does not', () => {
    const rows = [['一  二', '三']];
    expect(clipboardCells({ html: excelHtml(rows), text: excelText(rows) })).toEqual(rows);
  });

  it('are those of the text alone where there is no table', () => {
    expect(clipboardCells({ html: '', text: '一\t二' })).toEqual([['一', '二']]);
  });
});
