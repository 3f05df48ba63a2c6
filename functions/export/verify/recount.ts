/** Figures counted again from the tables of a downloaded export, by nothing that the export itself counts with. */

import { municipalityKinds } from '../../../schemas/directory.ts';
import type { Directory } from '../../../schemas/directory.ts';
import { questionName } from '../../../schemas/export.ts';
import type { SummaryRow } from '../../../schemas/export.ts';
import type { Folder } from './folder.ts';
import { recordsOf } from './reading.ts';
import type { CsvRecord } from './reading.ts';

/** What a figure is by the tables; what they do not tell is absent. */
export type Recounted = Partial<Pick<SummaryRow, 'value' | 'base' | 'shown' | 'kinds' | 'units'>>;

interface Table {
  readonly name: string;
  readonly records: readonly CsvRecord[];
}

/** The tables of each form, that of the returns first. */
export type FormTables = ReadonlyMap<string, readonly Table[]>;

export async function readTables(folder: Folder, prefix: string, forms: readonly string[]): Promise<FormTables> {
  const tables = new Map<string, readonly Table[]>();
  for (const form of forms) {
    const paths = folder.files
      .map(({ path }) => path)
      .filter((path) => path.startsWith(`${prefix}${form}.`) && path.endsWith('.csv') && !path.endsWith('.excel.csv'))
      .toSorted((a, b) => a.split('.').length - b.split('.').length);
    const ofForm: Table[] = [];
    for (const path of paths) {
      const records: CsvRecord[] = [];
      const isRead = await folder.reading(path, async () => {
        for await (const record of recordsOf(folder.at(path))) records.push(record);
      });
      if (isRead) ofForm.push({ name: path.slice(prefix.length), records });
    }
    tables.set(form, ofForm);
  }
  return tables;
}

function keyOf(record: CsvRecord): string {
  return JSON.stringify(Object.entries(record).filter(([name]) => name === 'unit' || /(?:^|\.)id$/.test(name)));
}

/** For totals of what no public table has, behind the public tables the same rows of the internal ones. */
export function withTotals(ofPublic: FormTables, internal: FormTables): FormTables {
  return new Map(
    [...ofPublic].map(([form, tables]): [string, readonly Table[]] => {
      const units = new Set(tables[0]?.records.map(({ unit }) => unit));
      const same = (internal.get(form) ?? []).map(({ name, records }): Table => {
        const published = tables.find((table) => table.name === name);
        const keys = new Set(published?.records.map(keyOf));
        const isPublic = (record: CsvRecord): boolean =>
          published === undefined ? units.has(record['unit'] ?? '') : keys.has(keyOf(record));
        return { name, records: records.filter(isPublic) };
      });
      return [form, [...tables, ...same]];
    }),
  );
}

/** The rows that belong to the returns of some units. A table that loses all its rows keeps none of its columns. */
export function rowsOfUnits(tables: FormTables, isWanted: (unit: string) => boolean): FormTables {
  return new Map(
    [...tables].map(([form, all]) => [
      form,
      all.map(({ name, records }) => ({ name, records: records.filter(({ unit = '' }) => isWanted(unit)) })),
    ]),
  );
}

function columnOf(tables: readonly Table[], column: string): readonly CsvRecord[] | undefined {
  return tables.find(({ records: [first] }) => first !== undefined && column in first)?.records;
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

/** Numbers in units of their last decimal, so that sums are exact. */
interface Decimals {
  readonly scaled: readonly number[];
  readonly places: number;
}

function decimalsIn(cells: readonly string[]): Decimals {
  const places = Math.max(0, ...cells.map((cell) => cell.split('.')[1]?.length ?? 0));
  return { scaled: cells.map((cell) => Math.round(Number(cell) * 10 ** places)), places };
}

/** @param digits how many decimals are printed */
function meanOf(sum: number, base: number, places = 0, digits = 1): Recounted {
  if (base === 0) return { value: null, base };
  const exact = (sum * 10 ** (digits - places)) / base;
  const cut = Math.trunc(exact);
  const shown = `${cut === exact ? '' : '約'}${(cut / 10 ** digits).toFixed(digits)}`;
  return { value: sum / base / 10 ** places, base, shown };
}

function numberOf({ measure, shown = '' }: SummaryRow, cells: readonly string[]): Recounted {
  const { scaled, places } = decimalsIn(cells);
  const sorted = scaled.toSorted((a, b) => a - b);
  const base = sorted.length;
  const at = (place: number): number | null => {
    const found = sorted[place];
    return found === undefined ? null : found / 10 ** places;
  };
  const middle = [sorted[Math.floor((base - 1) / 2)], sorted[Math.floor(base / 2)]].flatMap((each) => each ?? []);
  if (measure === 'mean') return meanOf(sumOf(sorted), base, places, shown.split('.')[1]?.length);
  if (measure === 'median') return { value: base === 0 ? null : sumOf(middle) / 2 / 10 ** places, base };
  if (measure === 'min') return { value: at(0), base };
  if (measure === 'max') return { value: at(base - 1), base };
  return { value: sumOf(sorted) / 10 ** places, base };
}

/** Who is behind a figure, where the summary says so: the codes, and how their kinds are spelt together. */
function behind(row: SummaryRow, chosen: readonly CsvRecord[], directory: Directory | undefined): Recounted {
  if (row.units === undefined) return {};
  const units = chosen.map(({ unit = '' }) => unit).toSorted();
  if (row.kinds === undefined || directory === undefined) return { units };
  const kinds = directory.municipalities.filter(({ code }) => units.includes(code)).map(({ kind }) => kind);
  const spelt = Object.entries(municipalityKinds).filter(([kind]) => kinds.some((each) => each === kind));
  return { units, kinds: spelt.map(([, label]) => label).join('') };
}

/** Counts figures again. A measure that a form computes stands in no column: of it the means alone can be told. */
export class Recount {
  readonly #tables: FormTables;
  readonly #directory: Directory | undefined;
  readonly #totals: ReadonlyMap<string, number>;
  /** Rows of matrices, whose base is who was asked, which no table tells. */
  readonly #asked: ReadonlySet<string>;

  constructor(tables: FormTables, directory: Directory | undefined, rows: readonly SummaryRow[]) {
    this.#tables = tables;
    this.#directory = directory;
    this.#asked = new Set(rows.filter(({ option }) => option === 'any').map(questionName));
    this.#totals = new Map(
      rows.flatMap((row): [string, number][] =>
        row.option === undefined && (row.measure === 'count' || row.measure === 'sum')
          ? [[questionName(row), row.value ?? 0]]
          : [],
      ),
    );
  }

  /** `undefined` where no table has the question. */
  figure(row: SummaryRow): Recounted | undefined {
    const { form, question, option, measure } = row;
    const tables = this.#tables.get(form) ?? [];
    if (measure === 'perMunicipality' || measure === 'perCouncil') return this.#per(row, tables[0]?.records ?? []);
    const column = columnOf(tables, question);
    if (option === undefined && column === undefined) return this.#total(row, tables);
    if (option === undefined) {
      const cells = column?.map((record) => record[question] ?? '').filter((cell) => /^-?\d+(?:\.\d+)?$/.test(cell));
      return cells && numberOf(row, cells);
    }
    const ranked = this.#ranked(row, tables);
    if (ranked !== undefined) return ranked;
    const flag = `${question}.${option}`;
    const flags = columnOf(tables, flag);
    const answered = flags
      ? flags.filter((record) => record[flag] === '0' || record[flag] === '1')
      : column?.filter((record) => record[question] !== '' && record[question] !== '-');
    if (answered === undefined) return undefined;
    const isChosen = (record: CsvRecord): boolean =>
      flags ? record[flag] === '1' : option === 'any' || record[question] === option;
    const chosen = answered.filter(isChosen);
    const base = this.#asked.has(questionName(row)) ? {} : { base: answered.length };
    return { value: chosen.length, ...base, ...behind(row, chosen, this.#directory) };
  }

  /** Of a table with columns, which has no column of its own: of all its counts, or those of one row or column. */
  #total(row: SummaryRow, tables: readonly Table[]): Recounted | undefined {
    const names = row.question.split('.');
    const [key = '', ...around] = names.toReversed();
    const table = around.toReversed().join('.');
    if (table === '') return undefined;
    const isCounted = (name: string): boolean =>
      name.startsWith(`${row.question}.`) ||
      (name.startsWith(`${table}.`) && name.endsWith(`.${key}`) && name.split('.').length === names.length + 1);
    const records = tables.find(({ records: [first] }) => Object.keys(first ?? {}).some(isCounted))?.records;
    if (records === undefined) return undefined;
    const sums = records.flatMap((record) => {
      const cells = Object.entries(record).filter(([name, cell]) => isCounted(name) && /^\d+$/.test(cell));
      return cells.length === 0 ? [] : [String(sumOf(cells.map(([, cell]) => Number(cell))))];
    });
    return numberOf(row, sums);
  }

  /** Of a ranking, whose places have a column each: the option in one of them, `2.network`, or in any. */
  #ranked(row: SummaryRow, tables: readonly Table[]): Recounted | undefined {
    const [place, option] = /^(?:(\d+)\.)?(.*)$/.exec(row.option ?? '')?.slice(1) ?? [];
    const records = columnOf(tables, `${row.question}.1`);
    if (records === undefined) return undefined;
    const isPlace = (name: string): boolean =>
      place === undefined
        ? /^\d+$/.test(name.slice(row.question.length + 1)) && name.startsWith(`${row.question}.`)
        : name === `${row.question}.${place}`;
    const answered = records.filter((record) => !['', '-'].includes(record[`${row.question}.1`] ?? ''));
    const chosen = answered.filter((record) =>
      Object.entries(record).some(([name, cell]) => cell === option && isPlace(name)),
    );
    return { value: chosen.length, base: answered.length, ...behind(row, chosen, this.#directory) };
  }

  #per(row: SummaryRow, returns: readonly CsvRecord[]): Recounted | undefined {
    const sum = this.#totals.get(questionName(row));
    if (sum === undefined || this.#directory === undefined) return undefined;
    if (row.measure === 'perCouncil') return meanOf(sum, returns.length);
    const members = new Map([
      ...this.#directory.councils.map(({ id, members }) => [id, members] as const),
      ...(this.#directory.units ?? []).map(
        ({ code, municipality }) => [code, municipality === undefined ? [] : [municipality]] as const,
      ),
    ]);
    return meanOf(sum, new Set(returns.flatMap(({ unit = '' }) => members.get(unit) ?? [unit])).size);
  }

  units(): { readonly municipalities: number; readonly councils: number } | undefined {
    if (this.#directory === undefined) return undefined;
    const codes = new Set(this.#directory.municipalities.map(({ code }) => code));
    const units = [...this.#tables.values()].flatMap(
      ([returns]) => returns?.records.map(({ unit = '' }) => unit) ?? [],
    );
    const municipalities = new Set(units.filter((unit) => codes.has(unit)));
    const councils = new Set(this.#directory.councils.map(({ id }) => id));
    return { municipalities: municipalities.size, councils: units.filter((unit) => councils.has(unit)).length };
  }
}
