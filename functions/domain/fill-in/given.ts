/** Which sheets of a workbook that comes back are ours, and where on them each thing stands. */

import type { FieldError } from '../../../schemas/problem.ts';
import { cellName } from '../given-sheet.ts';
import type { CellFault, GivenCell, GivenSheet } from '../given-sheet.ts';
import { planOf } from './plan.ts';
import type { PlannedSheet } from './plan.ts';
import { columnNames, guideMark, isMetaText, readMeta } from './sheet.ts';
import type { SheetMeta } from './sheet.ts';
import type { FillIn } from './writing.ts';

/** What is wrong, or said, of a cell. */
export interface CellError extends FieldError {
  /** As people find it: the sheet's name and the cell. Empty for the whole file. */
  readonly cell: string;
}

export interface PlacedCell {
  readonly row: number;
  readonly column: number;
  readonly text: string;
  readonly fault?: CellFault | undefined;
}

/** A sheet of the plan, as it was handed in. */
export interface FilledSheet {
  readonly planned: PlannedSheet;
  readonly name: string;
  /** Where each column is, by its name. */
  readonly columns: ReadonlyMap<string, number>;
  /** The rows below the two for programs. */
  readonly added: readonly PlacedCell[];
  readonly rows: readonly { readonly number: number; readonly cellAt: (column: string) => PlacedCell | undefined }[];
}

export interface Recognised {
  readonly sheets: readonly FilledSheet[];
  readonly errors: readonly CellError[];
  readonly notices: readonly CellError[];
}

/** Rows in which the rows for programs are looked for: somebody may have put others above. */
const searched = 20;

export function placeOf(sheet: Pick<FilledSheet, 'name'>, { row, column }: Pick<PlacedCell, 'row' | 'column'>): string {
  return `${sheet.name}!${cellName(row, column)}`;
}

function foundIn(
  { rows }: GivenSheet,
  isWanted: (text: string) => boolean,
): { row: number; cell: GivenCell } | undefined {
  for (const { number, cells } of rows.slice(0, searched)) {
    const cell = cells.find(({ text }) => isWanted(text));
    if (cell !== undefined) return { row: number, cell };
  }
  return undefined;
}

function strangerText(
  meta: SheetMeta | undefined,
  { form, round, unit }: FillIn,
): readonly [string, string] | undefined {
  const again = 'この回答の画面からファイルをダウンロードし直してください。';
  if (meta === undefined) return ['unknown-format', `このシステムで読み取れない形式のシートです。${again}`];
  if (meta.form !== form.id)
    return ['other-form', `別の調査票のシートです。「${form.title}」のファイルを選んでください。`];
  if (meta.unit !== unit.code)
    return ['other-unit', `別の回答（${meta.unit}）のシートです。「${unit.name}」のファイルを選んでください。`];
  if (meta.round !== round.id) return ['other-round', `別の調査（${meta.round}）のシートです。${again}`];
  if (meta.version !== form.version)
    return ['other-version', `調査票の版が違うシートです（${meta.version}）。現在の版は${form.version}です。${again}`];
  return undefined;
}

/** The columns by their names; those of people have none. */
function columnsOf(sheet: GivenSheet, row: number, wholeError: (code: string, message: string) => void) {
  const columns = new Map<string, number>();
  for (const { text, column } of sheet.rows.find(({ number }) => number === row)?.cells ?? []) {
    if (text === '' || text === columnNames.unread) continue;
    const known = columns.get(text);
    if (known === undefined) columns.set(text, column);
    else
      wholeError(
        'column-twice',
        `${cellName(row, known)}の列と${cellName(row, column)}の列が同じ列の写しです。どちらかの列を削除してください。`,
      );
  }
  return columns;
}

function recognise(sheet: GivenSheet, fillIn: FillIn): FilledSheet | CellError[] | undefined {
  const meta = foundIn(sheet, isMetaText);
  if (meta === undefined) return undefined;
  const errors: CellError[] = [];
  const wholeError = (code: string, message: string): void => {
    errors.push({ path: '', cell: placeOf(sheet, { row: meta.row, column: meta.cell.column }), code, message });
  };
  const told = readMeta(meta.cell.text);
  const stranger = strangerText(told, fillIn);
  if (stranger !== undefined) {
    wholeError(...stranger);
    return errors;
  }
  const planned = planOf(fillIn.form).find(({ id }) => id === told?.sheet);
  const head = foundIn(sheet, (text) => text === columnNames.key);
  if (planned === undefined || head === undefined) {
    wholeError(
      'heading-missing',
      'シートの先頭の非表示の行が失われているため、読み取れません。ファイルをダウンロードし直し、値だけを貼り付けてください。',
    );
    return errors;
  }
  const columns = columnsOf(sheet, head.row, wholeError);
  const needed =
    planned.holds === 'questions' ? [columnNames.answer] : planned.parent === undefined ? [] : [columnNames.parent];
  if (needed.some((name) => !columns.has(name)))
    wholeError(
      'column-missing',
      '記入欄の列がありません。列を削除した場合は、ファイルをダウンロードし直して記入してください。',
    );
  if (errors.length > 0) return errors;
  const below = sheet.rows.filter(({ number }) => number > Math.max(head.row, meta.row));
  const rows = below.map(({ number, cells }) => {
    const byColumn = new Map(cells.map((cell) => [cell.column, cell]));
    return {
      number,
      cellAt: (name: string): PlacedCell | undefined => {
        const column = columns.get(name);
        if (column === undefined) return undefined;
        const cell = byColumn.get(column);
        return { row: number, column, text: cell?.text ?? '', fault: cell?.fault };
      },
    };
  });
  return { planned, name: sheet.name, columns, rows, added: addedColumns(sheet, head.row, below) };
}

/** Columns that people added, and in which something stands: where the first cell of each is. */
function addedColumns(sheet: GivenSheet, head: number, below: GivenSheet['rows']): PlacedCell[] {
  const named = new Set(
    sheet.rows.flatMap(({ number, cells }) => (number === head ? cells.map(({ column }) => column) : [])),
  );
  const added = new Map<number, PlacedCell>();
  for (const { number, cells } of below)
    for (const { column, text } of cells)
      if (text !== '' && !named.has(column) && !added.has(column)) added.set(column, { row: number, column, text });
  return [...added.values()];
}

/** Refuses what belongs elsewhere; sheets that people added themselves are left aside and named. */
export function recogniseSheets(given: readonly GivenSheet[], fillIn: FillIn): Recognised {
  const sheets: FilledSheet[] = [];
  const errors: CellError[] = [];
  const notices: CellError[] = [];
  // Of a file that belongs elsewhere every sheet does: it is said once.
  const isNew = ({ code, message }: CellError): boolean =>
    !errors.some((each) => each.code === code && each.message === message);
  for (const sheet of given) {
    const found = recognise(sheet, fillIn);
    if (foundIn(sheet, (text) => text === guideMark) !== undefined) continue;
    if (found === undefined)
      notices.push({
        path: '',
        cell: sheet.name,
        code: 'sheet-left-aside',
        message: `シート「${sheet.name}」は読み取っていません。`,
      });
    else if (Array.isArray(found)) errors.push(...found.filter(isNew));
    else {
      const twin = sheets.find(({ planned }) => planned === found.planned);
      for (const cell of found.added)
        notices.push({
          path: '',
          cell: placeOf(found, cell),
          code: 'column-left-aside',
          message: '追加された列のため、読み取っていません。回答は、もとからある記入欄に記入してください。',
        });
      if (twin === undefined) sheets.push(found);
      else
        errors.push({
          path: '',
          cell: sheet.name,
          code: 'sheet-twice',
          message: `シート「${twin.name}」の写しです。どちらかのシートを削除してください。`,
        });
    }
  }
  if (sheets.length === 0 && errors.length === 0)
    errors.push({
      path: '',
      cell: '',
      code: 'not-fill-in-workbook',
      message:
        'この回答のExcelファイルではありません。「Excelで記入する」の画面からダウンロードしたファイルに記入し、そのファイルを選んでください。',
    });
  return { sheets, errors, notices: errors.length > 0 ? [] : notices };
}
