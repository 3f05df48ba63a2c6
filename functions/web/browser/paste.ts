/** Cells of a spreadsheet pasted into rows: down and to the right from the field that has the focus, with rows added. */

/// <reference lib="dom" />

import { clipboardCells } from './clipboard.ts';
import { fillCell } from './fill.ts';
import { addRow, boxOf, fieldsIn, mostIn, renumber, rowsIn } from './row-boxes.ts';
import { tellChanged } from './rows.ts';
import { say } from './undo.ts';

/** The cells of one row, each with its fields; none where nothing is typed, as in a computed one. */
interface Line {
  readonly name: string;
  readonly cells: readonly HTMLElement[];
}

interface Sheet {
  /** What stands below it. */
  readonly place: HTMLElement;
  readonly lines: () => readonly Line[];
  readonly headings: readonly string[];
  /** One more line; nothing where there is no room. */
  readonly grow: () => HTMLElement | undefined;
  readonly most: string;
  /** After lines were taken away. */
  readonly settle: () => void;
}

function headingsOf(table: HTMLTableElement | null): string[] {
  return [...(table?.tHead?.rows[0]?.cells ?? [])].map(
    (cell) => [...cell.childNodes].find((node) => node.nodeType === Node.TEXT_NODE)?.textContent?.trim() ?? '',
  );
}

/** The questions of a row in their columns; a table below them is one more, which takes a line for each of its rows. */
function cellsOf(row: HTMLElement): HTMLElement[] {
  if (!(row instanceof HTMLTableSectionElement)) return [row];
  const inside = row.querySelectorAll<HTMLElement>(
    ':scope > .row__below > td > fieldset > [data-enter]:has(> .table-scroll)',
  );
  return [
    ...row.querySelectorAll<HTMLElement>(':scope > tr:first-child > .cell'),
    ...(inside.length === 1 ? inside : []),
  ];
}

function boxSheet(box: HTMLElement): Sheet {
  const table = box.querySelector<HTMLTableElement>(':scope > .table-scroll > table');
  return {
    place: box,
    lines: () => rowsIn(box).map((row, index) => ({ name: `${index + 1}件目`, cells: cellsOf(row) })),
    headings: headingsOf(table).slice(1),
    grow: () => addRow(box),
    most: `${mostIn(box)}件まで`,
    settle: () => renumber(box),
  };
}

/** A table of numbers or options, whose rows are given. */
function fixedSheet(table: HTMLTableElement): Sheet {
  const rows = [...(table.tBodies[0]?.rows ?? [])];
  const cells = (row: HTMLTableRowElement): HTMLElement[] =>
    [...row.cells].filter((cell) => fieldsIn(cell).length > 0 && cell.tagName === 'TD');
  return {
    place: table.closest<HTMLElement>('.table-scroll') ?? table,
    lines: () => rows.map((row) => ({ name: headerOf(row), cells: cells(row) })),
    headings: headingsOf(table).slice(1),
    grow: () => undefined,
    most: `${rows.length}行`,
    settle: () => undefined,
  };
}

function headerOf(row: HTMLTableRowElement): string {
  const [header] = row.cells;
  const label = header?.querySelector('label') ?? header?.firstChild;
  return label?.textContent?.trim() ?? '';
}

function sheetAt(field: HTMLElement): Sheet | undefined {
  const table = field.closest<HTMLTableElement>('.matrix');
  if (table !== null) return fixedSheet(table);
  const box = boxOf(field);
  const isInRow = box?.dataset['enter'] !== undefined && field.closest('[data-row]')?.closest('[data-rows]') === box;
  return isInRow ? boxSheet(box) : undefined;
}

/** A field's state, to be put back. */
function stateOf(field: HTMLElement): () => void {
  if (field instanceof HTMLInputElement) {
    const { value, checked } = field;
    return () => Object.assign(field, { value, checked });
  }
  if (field instanceof HTMLSelectElement || field instanceof HTMLTextAreaElement) {
    const { value } = field;
    return () => Object.assign(field, { value });
  }
  return () => undefined;
}

const quoteLength = 30;

function quoted(text: string): string {
  const line = text.trim().replaceAll(/\s+/g, ' ');
  return `「${line.length > quoteLength ? `${line.slice(0, quoteLength)}…` : line}」`;
}

/** What is in a cell by itself: その他 and 不明 beside it are other questions. */
function mainFields(cell: HTMLElement): HTMLElement[] {
  return fieldsIn(cell).filter(
    (field) =>
      field.closest('.unknown, .prefilled, .prefilled-row, .none-boxes') === null &&
      (field.closest('[data-question]') === cell.closest('[data-question]') || field.closest('[data-row]') === cell),
  );
}

/** A table in a row, among the cells of the row. */
function isBox({ dataset }: HTMLElement): boolean {
  return dataset['rows'] !== undefined;
}

function isBlank(text: string): boolean {
  return text.trim() === '';
}

class Pasting {
  readonly undo: (() => void)[] = [];
  /** How many cells have been filled in, and how many have not. */
  filled = 0;
  lost = 0;
  readonly #lines: string[] = [];
  /** What had no column, by its position. */
  readonly #beyond = new Map<number, string[]>();

  get rest(): string[] {
    const columns = [...this.#beyond].map(
      ([column, [first = '', ...more]]) =>
        `${column + 1}列目の列がありません：${quoted(first)}${more.length === 0 ? '' : `ほか${more.length}個`}`,
    );
    return [...columns, ...this.#lines];
  }

  into(sheet: Sheet, rows: readonly string[][], top: number, left: number): void {
    let at = top;
    /** How many rows of the table in the row at hand are filled. */
    let inside = 0;
    for (const [down, all] of rows.entries()) {
      const first = (sheet.lines()[at] ?? sheet.lines()[0])?.cells.findIndex(isBox) ?? -1;
      const outer = first === -1 ? all : all.slice(0, Math.max(first - left, 0));
      // As merged cells leave them: what stands beside them belongs to the row above.
      const goesOn = down > 0 && inside > 0 && outer.every(isBlank) && !all.every(isBlank);
      if (down > 0 && !goesOn) at += 1;
      if (!goesOn) inside = 0;
      const line = sheet.lines()[at] ?? this.#added(sheet, at);
      const box = first < left ? undefined : line?.cells[first];
      const texts = box === undefined ? all : goesOn ? [] : outer;
      for (const [across, text] of texts.entries()) {
        const cell = line?.cells[left + across];
        if (line === undefined) this.#leave(text, `行が足りません（${sheet.most}）：${quoted(text)}`);
        else if (cell === undefined) this.#leaveBeyond(left + across, text);
        else this.#fill(cell, text, `${line.name} ${sheet.headings[left + across] ?? ''}`.trim());
      }
      if (box !== undefined) inside += this.#intoBox(box, all.slice(outer.length), inside, first);
    }
  }

  /**
   * Into the table in a row: one cell is a text for each of its rows, a line each; as many as it has columns go to these.
   *
   * @returns how many of its rows are filled
   */
  #intoBox(box: HTMLElement, texts: readonly string[], top: number, column: number): number {
    const sheet = boxSheet(box);
    const width = texts.findLastIndex((text) => !isBlank(text)) + 1;
    const isWide = width > 1 && width <= (sheet.lines()[0]?.cells.length ?? 0);
    const columns = (isWide ? texts.slice(0, width) : texts.slice(0, 1)).map((text) =>
      text.split('\n').filter((line) => !isBlank(line)),
    );
    if (!isWide) for (const [across, text] of texts.entries()) if (across > 0) this.#leaveBeyond(column + across, text);
    const rows = Array.from({ length: Math.max(0, ...columns.map(({ length }) => length)) }, (_, down) =>
      // What is said once holds for each line beside it.
      columns.map((lines) => (lines.length === 1 ? lines[0] : lines[down]) ?? ''),
    );
    if (rows.length > 0) this.into(sheet, rows, top, isWide ? 0 : textColumn(box));
    return rows.length;
  }

  #added(sheet: Sheet, at: number): Line | undefined {
    const row = sheet.grow();
    if (row !== undefined)
      this.undo.push(() => {
        row.remove();
        sheet.settle();
      });
    return sheet.lines()[at];
  }

  #leave(text: string, line: string): void {
    if (isBlank(text)) return;
    this.lost += 1;
    this.#lines.push(line);
  }

  #leaveBeyond(column: number, text: string): void {
    if (isBlank(text)) return;
    this.lost += 1;
    this.#beyond.set(column, [...(this.#beyond.get(column) ?? []), text]);
  }

  #fill(cell: HTMLElement, text: string, name: string): void {
    const fields = mainFields(cell);
    this.undo.push(...fields.map(stateOf));
    const misfit = fillCell(fields, text);
    if (misfit === undefined) this.filled += 1;
    else this.#leave(misfit, `${name}：${quoted(misfit)}は選べません`);
  }
}

/** The column of a table that takes any text. */
function textColumn(box: HTMLElement): number {
  const [row] = rowsIn(box);
  const isText = (cell: HTMLElement): boolean =>
    cell.querySelector(':scope > :is(textarea, input:not([data-reads]))') !== null;
  return row === undefined ? 0 : Math.max(0, cellsOf(row).findLastIndex(isText));
}

/** Where the focus is among the cells. */
function positionIn(sheet: Sheet, field: HTMLElement): readonly [number, number] | undefined {
  for (const [row, { cells }] of sheet.lines().entries()) {
    const column = cells.findIndex((cell) => cell.contains(field));
    if (column !== -1) return [row, column];
  }
  return undefined;
}

function insertText(field: HTMLTextAreaElement, text: string): void {
  field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

/** @returns whether the page has taken the cells */
function take(form: HTMLFormElement, field: HTMLElement, clipboard: DataTransfer): boolean {
  const [html, text] = [clipboard.getData('text/html'), clipboard.getData('text/plain')];
  const rows = clipboardCells({ html, text });
  const isOne = rows.length === 1 && rows[0]?.length === 1;
  if (isOne) {
    // One cell is pasted by the browser, but for what Excel sets around it: marks of quotation, and the end of its row.
    const [[cell = ''] = []] = rows;
    const isWrapped = text.startsWith('"') ? !cell.startsWith('"') : /<table\b/i.test(html) && text.endsWith('\n');
    if (!(field instanceof HTMLTextAreaElement) || !isWrapped) return false;
    insertText(field, cell);
    return true;
  }
  const sheet = sheetAt(field);
  const at = sheet && positionIn(sheet, field);
  if (sheet === undefined || at === undefined) return false;
  // Lines that were no cells stay together in a field that has lines, but for an empty one of a list of lines.
  const areCells = text.includes('\t') || /<table\b/i.test(html);
  const isForLines = field.closest('table') === null && field instanceof HTMLTextAreaElement && field.value === '';
  if (!areCells && field instanceof HTMLTextAreaElement && !isForLines) return false;
  const pasting = new Pasting();
  pasting.into(sheet, rows, at[0], at[1]);
  const { filled, lost, rest, undo } = pasting;
  tellChanged(form);
  say(form, sheet.place, {
    text: `${filled}個のセルを貼り付けました。${lost === 0 ? '' : `次の${lost}個は貼り付けていません。`}`,
    rest,
    undo: () => {
      for (const back of undo.toReversed()) back();
      tellChanged(form);
      field.focus();
    },
  });
  return true;
}

/** Comes before what refuses several values in one field. */
export function takeCells(form: HTMLFormElement): void {
  form.addEventListener('paste', (event) => {
    const { target, clipboardData } = event;
    if (!(target instanceof HTMLElement) || clipboardData === null) return;
    if (take(form, target, clipboardData)) event.preventDefault();
  });
}
