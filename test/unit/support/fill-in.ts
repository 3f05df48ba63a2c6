/** Fill-in workbooks in memory: as they are written, and as they come back after somebody typed into them. */

import { fillInSheets } from '../../../functions/domain/fill-in/write.ts';
import type { FillIn } from '../../../functions/domain/fill-in/writing.ts';
import type { WrittenSheet } from '../../../functions/domain/fill-in/sheet.ts';
import { cellName } from '../../../functions/domain/given-sheet.ts';
import type { GivenCell, GivenSheet } from '../../../functions/domain/given-sheet.ts';
import type { Form } from '../../../schemas/form.ts';
import type { Answers } from '../../../schemas/values/json.ts';
import type { Round } from '../../../schemas/round.ts';
import { saitama } from './real-forms.ts';

const fillInRound: Round = {
  id: 'R6',
  directoryVersion: 1,
  name: '令和6年度調査',
  fiscalYear: 2024,
  referenceDate: '2024-09-30',
  period: { from: '2023-04', to: '2024-09' },
  forms: {},
  opensAt: '2024-10-01',
  dueAt: '2024-11-29',
};

export function fillInOf(form: Form, answers: Answers = {}, previous?: Answers): FillIn {
  return {
    form,
    round: fillInRound,
    unit: { code: '112011', name: '川越市' },
    answers,
    reasons: {},
    previous,
    municipalities: new Map(saitama.municipalities.map(({ code, name }) => [code, name])),
  };
}

/** The sheets as a reader finds them: nothing of looks, and no empty cells. */
function asGiven(sheets: readonly WrittenSheet[]): GivenSheet[] {
  return sheets.map(({ name, cells }) => {
    const rows = Map.groupBy(
      cells.filter(({ text }) => text !== ''),
      ({ row }) => row,
    );
    return {
      name,
      isHidden: false,
      rows: [...rows]
        .toSorted(([a], [b]) => a - b)
        .map(([number, own]) => ({
          number,
          cells: own.toSorted((a, b) => a.column - b.column).map(({ column, text }) => ({ column, text })),
        })),
    };
  });
}

/** The ids that free rows have: `free1` and so on. */
function freeIds(): () => string {
  let count = 0;
  return () => `free${(count += 1)}`;
}

export function sheetsOf(fillIn: FillIn): WrittenSheet[] {
  return fillInSheets(fillIn, freeIds());
}

export function givenOf(fillIn: FillIn): GivenSheet[] {
  return asGiven(sheetsOf(fillIn));
}

/** The sheets with other cells: by the name of the sheet and the cell, `概要!E6`. */
export function withCells(
  sheets: readonly GivenSheet[],
  changes: Readonly<Record<string, string | Omit<GivenCell, 'column'>>>,
): GivenSheet[] {
  const wanted = new Map(Object.entries(changes));
  const changed = sheets.map((sheet) => {
    const last = Math.max(0, ...sheet.rows.map(({ number }) => number)) + 20;
    const known = new Map(sheet.rows.map(({ number, cells }) => [number, cells]));
    const rows = Array.from({ length: last }, (_, index) => index + 1).flatMap((number) => {
      const cells = new Map((known.get(number) ?? []).map((cell) => [cell.column, cell]));
      for (let column = 1; column <= 120; column += 1) {
        const name = `${sheet.name}!${cellName(number, column)}`;
        const change = wanted.get(name);
        if (change === undefined) continue;
        wanted.delete(name);
        cells.set(column, { column, ...(typeof change === 'string' ? { text: change } : change) });
      }
      const left = [...cells.values()].filter(({ text, fault }) => text !== '' || fault !== undefined);
      return left.length === 0 ? [] : [{ number, cells: left.toSorted((a, b) => a.column - b.column) }];
    });
    return { ...sheet, rows };
  });
  if (wanted.size > 0) throw new Error(`no cell ${[...wanted.keys()].join()}`);
  return changed;
}

/** Where the answer to a question stands that has a cell of its own: `第1!E6`. */
export function cellNamed(fillIn: FillIn, name: string): string {
  for (const sheet of sheetsOf(fillIn)) {
    const cell = sheet.cells.find((each) => each.name === name);
    if (cell !== undefined) return `${sheet.name}!${cellName(cell.row, cell.column)}`;
  }
  throw new Error(`no cell ${name}`);
}

/** A cell of a table: by the key of its column, and the row's number among the entries. */
export function cellInTable(fillIn: FillIn, sheetName: string, column: string, number: number): string {
  const sheet = sheetsOf(fillIn).find(({ name }) => name === sheetName);
  const head = sheet?.cells.find(({ row, text }) => row === 2 && text === column);
  const start = sheet?.cells.find(({ text }) => text === 'yoriai:table');
  if (head === undefined || start === undefined) throw new Error(`no column ${column}`);
  return `${sheetName}!${cellName(start.row + number, head.column)}`;
}
