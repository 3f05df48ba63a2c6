/**
 * One answer ↔ the cells of a CSV row. Not answered is an empty cell, does not apply is `-`, options are 0/1 cells,
 * numbers are bare, dates ISO, codes as they are. Reading gives back what was written.
 */

import type { Json } from '../values/json.ts';
import { isObject } from '../values/json.ts';
import type { Options } from './question.ts';

export interface CellType {
  /** Added to the question id to make the column's name; empty when the answer is one cell. */
  readonly suffix: string;
  readonly type: 'string' | 'integer' | 'number' | 'option' | 'flag' | 'date';
  /** What the suffix means, in Japanese. */
  readonly label: string;
  readonly unit?: string;
  readonly options?: Options;
  /** What an empty cell means, where it says something. */
  readonly emptyLabel?: string;
  /** Any text, so that `-` is one. */
  readonly isFree?: true;
}

export interface Codec {
  readonly cells: readonly CellType[];
  /** Some cells of an answer may be empty; otherwise all go together. */
  readonly mayBePartial?: true;
  write(answer: Json | undefined): readonly string[];
  read(cells: readonly string[]): Json | undefined;
}

/** A value that does not fit the columns: a hole in the program or in the directory, never swallowed. */
export class CellError extends Error {}

export const notApplicableCell = '-';

export function single(type: CellType['type'], rest: Partial<CellType> = {}): CellType {
  return { suffix: '', label: '', type, ...rest };
}

export function textual(cell: CellType): Codec {
  return {
    cells: [cell],
    write: (answer) => [typeof answer === 'string' ? answer : ''],
    read: ([cell]) => (cell === '' ? undefined : cell),
  };
}

function integer(text: string | undefined): number {
  if (text === undefined || !/^-?\d+$/.test(text)) throw new CellError('not a whole number');
  return Number(text);
}

export function integral(unit: string): Codec {
  return {
    cells: [single('integer', { unit })],
    write: (answer) => [typeof answer === 'number' ? String(answer) : ''],
    read: ([cell]) => (cell === '' ? undefined : integer(cell)),
  };
}

export function fractional(unit: string): Codec {
  return {
    cells: [single('number', { unit })],
    write: (answer) => [typeof answer === 'number' ? String(answer) : ''],
    read: ([cell = '']) => {
      if (cell === '') return undefined;
      if (!/^-?\d+(?:\.\d+)?$/.test(cell)) throw new CellError('not a number');
      return Number(cell);
    },
  };
}

/** Whole numbers that are answered together, such as the ends of a range, with the labels of their columns. */
export function integers(parts: Options, unit: string): Codec {
  const keys = Object.keys(parts);
  return {
    cells: Object.entries(parts).map(([suffix, label]) => ({ suffix, label, type: 'integer', unit })),
    write: (answer) =>
      keys.map((key) => (isObject(answer) && typeof answer[key] === 'number' ? String(answer[key]) : '')),
    read: (cells) =>
      cells[0] === '' ? undefined : Object.fromEntries(keys.map((key, index) => [key, integer(cells[index])])),
  };
}

export function flags(options: Options): Codec {
  const codes = Object.keys(options);
  const known = new Set(codes);
  const blank = codes.map(() => '');
  const none = codes.map(() => notApplicableCell);
  return {
    cells: codes.map((code) => ({ suffix: code, label: options[code] ?? '', type: 'flag' })),
    write: (answer) => {
      if (answer === null) return none;
      if (!Array.isArray(answer)) return blank;
      for (const each of answer)
        if (typeof each !== 'string' || !known.has(each)) throw new CellError('an option without a column');
      return codes.map((code) => (answer.includes(code) ? '1' : '0'));
    },
    read: (cells) => (cells[0] === '' ? undefined : codes.filter((_, index) => cells[index] === '1')),
  };
}

function plain(value: Json | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

const periods: Options = { week: '週', month: '月', year: '年' };

/** `asNeeded` alone leaves the other cells empty. */
export const frequencyCells: Codec = {
  mayBePartial: true,
  cells: [
    { suffix: 'per', label: '期間', type: 'option', options: periods },
    { suffix: 'min', label: '下限', type: 'integer', unit: '回' },
    { suffix: 'max', label: '上限', type: 'integer', unit: '回' },
    { suffix: 'asNeeded', label: '随時', type: 'flag' },
  ],
  write: (answer) => {
    if (answer === 'asNeeded') return ['', '', '', '1'];
    if (!isObject(answer)) return ['', '', '', ''];
    const { per, times, asNeeded } = answer;
    const { min, max } = isObject(times) ? times : {};
    return [plain(per), plain(min), plain(max), asNeeded === true ? '1' : '0'];
  },
  read: ([per = '', min, max, asNeeded]) => {
    if (asNeeded === '') return undefined;
    if (per === '') return 'asNeeded';
    const times = { min: integer(min), max: integer(max) };
    return asNeeded === '1' ? { per, times, asNeeded: true } : { per, times };
  },
};

/** Lists stand in their parent's row as the number of entries; empty, 0 and n differ. */
const entries: Codec = {
  cells: [single('integer', { unit: '件' })],
  write: (answer) => [Array.isArray(answer) ? String(answer.length) : ''],
  read: ([cell]) => (cell === '' ? undefined : []),
};

export function entryCount(): Codec {
  return entries;
}

/** Also writes and reads `null`, does not apply, where the question declares it. */
export function orNotApplicable(codec: Codec): Codec {
  const none = codec.cells.map(() => notApplicableCell);
  return {
    ...codec,
    write: (answer) => (answer === null ? none : codec.write(answer)),
    read: (cells) => (cells[0] === notApplicableCell ? null : codec.read(cells)),
  };
}
