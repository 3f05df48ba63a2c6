/** A sheet of a fill-in workbook as it is to be written, cell by cell, and what programs find on it again. */

import * as z from 'zod';

export type Look =
  /** For programs: hidden. */
  | 'machine'
  | 'title'
  | 'note'
  | 'heading'
  | 'group'
  | 'label'
  | 'hint'
  | 'number'
  /** To be filled in; everything else is protected. */
  | 'answer'
  | 'previous';

/** Cells of one column on the same sheet. */
interface CellRange {
  readonly column: number;
  readonly from: number;
  readonly to: number;
}

export interface CellContent {
  /** What may be chosen. */
  readonly choices?: CellRange;
  /** Nothing else may be typed. */
  readonly isStrict?: boolean;
  /** Longer texts are asked about, in characters as Excel counts them. */
  readonly maxLength?: number;
  /** Shown when the cell is chosen. */
  readonly prompt?: string;
  /** What formulas and programs call the cell. */
  readonly name?: string;
  /** Of a hidden cell that people do not fill in. */
  readonly formula?: string;
}

export interface WrittenCell extends CellContent {
  readonly row: number;
  readonly column: number;
  readonly text: string;
  readonly look: Look;
}

export interface WrittenSheet {
  readonly name: string;
  /** 0 where a column is hidden. */
  readonly widths: readonly number[];
  /** From the top. */
  readonly hiddenRows: number;
  readonly frozenRows: number;
  readonly frozenColumns: number;
  readonly cells: readonly WrittenCell[];
}

/** What stands in the first cell of every sheet, so that one that is sent alone tells what it belongs to. */
const sheetMeta = z.object({
  format: z.literal(1),
  round: z.string(),
  form: z.string(),
  version: z.number(),
  unit: z.string(),
  sheet: z.string(),
});
export type SheetMeta = z.infer<typeof sheetMeta>;

const metaStart = 'yoriai-fill-in ';

/** What stands on the sheet that says how to fill in the others, and holds nothing to be read. */
export const guideMark = 'yoriai-guide';

export function metaText(meta: SheetMeta): string {
  return `${metaStart}${JSON.stringify(meta)}`;
}

export function isMetaText(text: string): boolean {
  return text.startsWith(metaStart);
}

/** `undefined` for one that cannot be read, such as that of a later release. */
export function readMeta(text: string): SheetMeta | undefined {
  try {
    return sheetMeta.safeParse(JSON.parse(text.slice(metaStart.length))).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Names of columns in the hidden row that says where each is; those of answers have the keys of their slots. */
export const columnNames = {
  key: 'yoriai:key',
  mark: 'yoriai:mark',
  answer: 'yoriai:answer',
  number: 'yoriai:number',
  parent: 'yoriai:parent',
  /** One that people read, and nobody else. */
  unread: 'yoriai:-',
} as const;

/** The rows for programs, at the top. */
export const machineRows = { meta: 1, columns: 2 } as const;

/** In the column of keys: the last row of the headings of a table. */
export const tableStart = 'yoriai:table';

/** The key of a row that is free, with the id that its entry will have: a file that is sent twice adds nothing twice. */
export function freeRowKey(id: string): string {
  return `+${id}`;
}

/** `undefined` for the key of any other row. */
export function freeRowId(key: string): string | undefined {
  return key.startsWith('+') ? key.slice(1) : undefined;
}

export function slotKey(path: string, suffix: string): string {
  return suffix === '' ? path : `${path}#${suffix}`;
}

/** Collects the cells of a sheet, with the lists that are chosen from in hidden columns behind the others. */
export class SheetCells {
  readonly cells: WrittenCell[] = [];
  readonly widths: number[];
  readonly #lists = new Map<string, CellRange>();
  readonly #names = new Set<string>();

  /** @param widths of the columns before the lists */
  constructor(widths: readonly number[]) {
    this.widths = [...widths];
  }

  put(row: number, column: number, text: string, look: Look, content: CellContent = {}): void {
    const { name, ...rest } = content;
    const isNew = name !== undefined && !this.#names.has(name.toLowerCase());
    if (isNew) this.#names.add(name.toLowerCase());
    this.cells.push({ row, column, text, look, ...rest, ...(isNew ? { name } : {}) });
  }

  /** The same texts are listed once. */
  list(texts: readonly string[]): CellRange {
    const id = JSON.stringify(texts);
    const known = this.#lists.get(id);
    if (known !== undefined) return known;
    const column = this.widths.push(0);
    const above = machineRows.columns;
    texts.forEach((text, index) => this.put(above + 1 + index, column, text, 'machine'));
    const range = { column, from: above + 1, to: above + texts.length };
    this.#lists.set(id, range);
    return range;
  }

  written(name: string, frozenRows: number, frozenColumns: number): WrittenSheet {
    const named = new Set(this.cells.flatMap(({ row, column }) => (row === machineRows.columns ? [column] : [])));
    this.widths.forEach((_, index) => {
      if (!named.has(index + 1)) this.put(machineRows.columns, index + 1, columnNames.unread, 'machine');
    });
    return { name, widths: this.widths, hiddenRows: machineRows.columns, frozenRows, frozenColumns, cells: this.cells };
  }
}
