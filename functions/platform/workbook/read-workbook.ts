/** Reads a workbook (.xlsx) as text: the first sheet that is shown, or every sheet with what its cells are. */

import { ValueType, Workbook } from '@cj-tech-master/excelts';
import type { Cell, NumFmt, Worksheet } from '@cj-tech-master/excelts';
import { cellName } from '../../domain/given-sheet.ts';
import type { CellFault, GivenCell, GivenRow, GivenSheet } from '../../domain/given-sheet.ts';
import { unzip } from '../unzip.ts';
import { mostCells, mostColumns, mostRows, outside } from './sheet-limits.ts';
import type { ReadSheet, ReadSheets, SheetRow, SpreadsheetRefusal } from './spreadsheet.ts';

/** Of all parts together, unpacked. */
const mostBytes = 32 * 1024 * 1024;

/** What is needed for the values of cells; drawings, pivot tables and the like are not looked at. */
const neededPart =
  /^(?:\[Content_Types\]\.xml|_rels\/\.rels|xl\/(?:workbook|sharedStrings|styles)\.xml|xl\/_rels\/workbook\.xml\.rels|xl\/worksheets\/[^/]+\.xml)$/u;
const ignoreNodes = [
  'hyperlinks',
  'drawing',
  'legacyDrawing',
  'picture',
  'tableParts',
  'oleObjects',
  'controls',
  'extLst',
];

const withMacros: SpreadsheetRefusal = {
  code: 'file-with-macros',
  message: 'マクロを含むExcelファイルは読み取れません。「Excel ブック（.xlsx）」として保存し直してください。',
};
const tooLarge: SpreadsheetRefusal = {
  code: 'file-too-large',
  message: `ファイルを展開した大きさが${mostBytes / 1024 / 1024}MBを超えるか、セルが${mostCells}個を超えるため、読み取れません。必要な表だけを新しいファイルに写して、保存し直してください。`,
};
const withoutSheet: SpreadsheetRefusal = {
  code: 'file-without-sheet',
  message: '表示されているシートがありません。読み取るシートを表示して、保存し直してください。',
};

class UnreadableCell extends Error {}

function printDate(date: Date): string {
  const [day, time] = date.toISOString().split('T');
  return time?.startsWith('00:00:00') === true ? (day ?? '') : `${day}T${time?.slice(0, 5)}`;
}

/** A format of zeros alone shows the zeros that a number begins with: `011002`; per cent are hundredths. */
function printNumber(value: number, format: string | NumFmt | undefined): string {
  const code = typeof format === 'object' ? format.formatCode : format;
  if (code?.includes('%') === true) return `${Number((value * 100).toPrecision(15))}%`;
  return code !== undefined && /^0+$/.test(code) ? String(value).padStart(code.length, '0') : String(value);
}

function print(value: Cell['value'], format: string | NumFmt | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return printNumber(value, format);
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (value instanceof Date) return printDate(value);
  if ('error' in value) throw new UnreadableCell(`エラー値（${value.error}）です。`);
  if ('richText' in value) return (value.richText ?? []).map(({ text }) => text).join('');
  if ('formula' in value || 'sharedFormula' in value) {
    if (value.result === undefined)
      throw new UnreadableCell(
        '数式の計算結果が保存されていません。Excelで開いて保存し直すか、値として貼り付けてください。',
      );
    return print(value.result, format);
  }
  if ('text' in value) return value.text;
  throw new UnreadableCell('読み取れない種類の値です。文字又は数として入力し直してください。');
}

function rowOf(row: ReturnType<Worksheet['getRow']>): SheetRow {
  const cells: string[] = [];
  const faults: SheetRow['faults'] = [];
  row.eachCell((cell, column) => {
    // The cells that are merged into another one have its value.
    if (cell.type === ValueType.Merge) return;
    try {
      cells[column - 1] = print(cell.value, cell.numFmt).trim();
    } catch (error) {
      if (!(error instanceof UnreadableCell)) throw error;
      faults.push({ column: column - 1, message: `セル${cellName(row.number, column)}は${error.message}` });
    }
  });
  return { number: row.number, cells: Array.from(cells, (cell) => cell ?? ''), isHidden: row.hidden, faults };
}

function readSheet(sheet: Worksheet): SheetRow[] | SpreadsheetRefusal {
  const rows: SheetRow[] = [];
  let cells = 0;
  let stray: SpreadsheetRefusal | undefined;
  sheet.eachRow((row, number) => {
    if (stray !== undefined || !row.hasValues) return;
    let column = 0;
    row.eachCell((_, each) => {
      column = each;
      cells += 1;
    });
    if (number > mostRows || column > mostColumns) stray = outside(number, column);
    else if (cells > mostCells) stray = tooLarge;
    else rows.push(rowOf(row));
  });
  return stray ?? rows.filter((row) => row.faults.length > 0 || row.cells.some((cell) => cell !== ''));
}

/** `undefined` for what is no workbook. */
async function load(bytes: Uint8Array): Promise<Workbook | SpreadsheetRefusal | undefined> {
  const workbook = new Workbook();
  try {
    const parts = unzip(Buffer.from(bytes), mostBytes);
    if (parts.has('xl/vbaProject.bin')) return withMacros;
    if (!parts.has('xl/workbook.xml')) return undefined;
    await workbook.xlsx.loadFromFiles(Object.fromEntries([...parts].filter(([name]) => neededPart.test(name))), {
      ignoreNodes,
    });
    return workbook;
  } catch (error) {
    return error instanceof RangeError && /larger than/.test(error.message) ? tooLarge : undefined;
  }
}

function faultOf(cell: Cell): CellFault | undefined {
  const { value } = cell;
  if (cell.isMerged) return 'merged';
  if (value instanceof Date) return 'date';
  if (typeof value !== 'object' || value === null || 'richText' in value) return undefined;
  if ('error' in value) return 'error';
  if ('formula' in value || 'sharedFormula' in value) return 'formula';
  return 'text' in value ? undefined : 'other';
}

/** Whether a format shows a month and no day: Excel makes one of `R6.9` and `2024/9`, and a first day of it. */
function showsMonth(format: string | NumFmt | undefined): boolean {
  const code = (typeof format === 'object' ? format.formatCode : format) ?? '';
  const bare = code.replaceAll(/"[^"]*"|\[[^\]]*\]|\\./g, '');
  return /m/i.test(bare) && /[yge]/i.test(bare) && !/[dhs]/i.test(bare);
}

function textOf(cell: Cell): string {
  if (cell.type === ValueType.Merge) return '';
  if (cell.value instanceof Date && showsMonth(cell.numFmt)) return cell.value.toISOString().slice(0, 7);
  try {
    return print(cell.value, cell.numFmt);
  } catch (error) {
    if (!(error instanceof UnreadableCell)) throw error;
    return '';
  }
}

/** @param room for so many cells more */
function givenSheet(sheet: Worksheet, room: number): GivenSheet | SpreadsheetRefusal {
  const rows: GivenRow[] = [];
  let left = room;
  let stray: SpreadsheetRefusal | undefined;
  sheet.eachRow((row, number) => {
    if (stray !== undefined || !row.hasValues) return;
    const cells: GivenCell[] = [];
    let last = 0;
    row.eachCell((cell, column) => {
      left -= 1;
      last = column;
      if (left < 0 || column > mostColumns) return;
      const fault = faultOf(cell);
      cells.push({ column, text: textOf(cell), ...(fault === undefined ? {} : { fault }) });
    });
    if (number > mostRows || last > mostColumns) stray = outside(number, last);
    else if (left < 0) stray = tooLarge;
    else rows.push({ number, ...(row.hidden ? { isHidden: true } : {}), cells });
  });
  return stray ?? { name: sheet.name, isHidden: sheet.state !== 'visible', rows };
}

export async function readEverySheet(bytes: Uint8Array): Promise<ReadSheets | undefined> {
  const workbook = await load(bytes);
  if (workbook === undefined) return undefined;
  if (!(workbook instanceof Workbook)) return { ok: false, refusal: workbook };
  const value: GivenSheet[] = [];
  let room = mostCells;
  for (const sheet of workbook.worksheets) {
    const given = givenSheet(sheet, room);
    if ('code' in given) return { ok: false, refusal: given };
    for (const { cells } of given.rows) room -= cells.length;
    value.push(given);
  }
  return value.length === 0 ? { ok: false, refusal: withoutSheet } : { ok: true, value };
}

export async function readWorkbook(bytes: Uint8Array): Promise<ReadSheet | undefined> {
  const workbook = await load(bytes);
  if (workbook === undefined) return undefined;
  if (!(workbook instanceof Workbook)) return { ok: false, refusal: workbook };
  const sheets = workbook.worksheets;
  const sheet = sheets.find(({ state }) => state === 'visible');
  if (sheet === undefined) return { ok: false, refusal: withoutSheet };
  const read = readSheet(sheet);
  if (!Array.isArray(read)) return { ok: false, refusal: read };
  const columns = Array.from({ length: Math.max(0, ...read.map(({ cells }) => cells.length)) }, (_, index) => index);
  return {
    ok: true,
    value: {
      rows: read,
      sheet: {
        name: sheet.name,
        leftAside: sheets
          .filter((each) => each !== sheet)
          .map(({ name, state }) => ({ name, isHidden: state !== 'visible' })),
      },
      hiddenColumns: columns.filter((index) => sheet.getColumn(index + 1).hidden),
    },
  };
}
