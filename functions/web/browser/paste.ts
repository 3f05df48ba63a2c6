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

/** The questions of a row in their columns, those in its cells not counted. */
function cellsOf(row: HTMLElement): HTMLElement[] {
  return row instanceof HTMLTableSectionElement
    ? [...row.querySelectorAll<HTMLElement>(':scope > tr:first-child > .cell')]
    : [row];
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

interface Pasted {
  readonly count: number;
  readonly rest: string[];
  readonly undo: (() => void)[];
}

function pasteInto(sheet: Sheet, rows: readonly string[][], top: number, left: number): Pasted {
  const rest: string[] = [];
  const undo: (() => void)[] = [];
  let count = 0;
  for (const [down, texts] of rows.entries()) {
    let line = sheet.lines()[top + down];
    if (line === undefined) {
      const added = sheet.grow();
      if (added !== undefined) undo.push(() => added.remove());
      line = sheet.lines()[top + down];
    }
    for (const [across, text] of texts.entries()) {
      const cell = line?.cells[left + across];
      if (line === undefined || cell === undefined) {
        if (text.trim() !== '')
          rest.push(
            `${line === undefined ? `行が足りません（${sheet.most}）` : `${line.name}：列が足りません`}：${quoted(text)}`,
          );
        continue;
      }
      const fields = mainFields(cell);
      undo.push(...fields.map(stateOf));
      const misfit = fillCell(fields, text);
      if (misfit === undefined) count += 1;
      else rest.push(`${line.name} ${sheet.headings[left + across] ?? ''}：${quoted(misfit)}は選べません`);
    }
  }
  return { count, rest, undo };
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
    // One cell is pasted by the browser, but for the marks of quotation that Excel set around its lines.
    const [[cell = ''] = []] = rows;
    if (!(field instanceof HTMLTextAreaElement) || !text.startsWith('"') || cell.startsWith('"')) return false;
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
  const { count, rest, undo } = pasteInto(sheet, rows, at[0], at[1]);
  tellChanged(form);
  say(form, sheet.place, {
    text:
      rest.length === 0
        ? `${count}個のセルを貼り付けました。`
        : `${count}個のセルを貼り付けました。次の${rest.length}個は貼り付けていません。`,
    rest,
    undo: () => {
      for (const back of undo.toReversed()) back();
      sheet.settle();
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
