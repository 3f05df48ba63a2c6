/**
 * The CSV tables of a form → returns, as files of earlier years are brought in. Every mistake in the headings is found in
 * one pass, then every mistake in the rows, each told by file, row and column as the person sees them in a spreadsheet.
 */

import type { Answers, Json, JsonObject } from '../../schemas/values/json.ts';
import { contentIssues } from '../../schemas/compile.ts';
import type { ReportingUnit } from '../../schemas/directory.ts';
import type { Form } from '../../schemas/form.ts';
import { isPartialDate } from '../../schemas/values/partial-date.ts';
import { isStorable, unstorableText } from '../../schemas/values/text.ts';
import { CellError, notApplicableCell } from '../../schemas/kinds/cells.ts';
import type { CellType } from '../../schemas/kinds/cells.ts';
import { completeness } from './completeness.ts';
import { editChecks } from './edit-checks.ts';
import { fieldErrors } from './field-errors.ts';
import { normalForm } from './normal-form.ts';
import type { Round } from '../../schemas/round.ts';
import { headerOf, put, withDescendants } from './tables.ts';
import type { Field, AnswerTable } from './tables.ts';

/** A CSV as it was read: its header, and its rows with the number each has in the file (the header is row 1). */
export interface ImportedTable {
  readonly file: string;
  readonly header: readonly string[];
  readonly rows: readonly { readonly number: number; readonly cells: readonly string[] }[];
}

export interface ImportError {
  readonly file: string;
  /** Absent where it is about the whole file. */
  readonly row?: number;
  readonly column?: string;
  readonly message: string;
}

export interface ImportContext {
  readonly form: Form;
  readonly round: Round;
  readonly table: AnswerTable;
  readonly units: ReadonlyMap<string, ReportingUnit>;
  readonly municipalities: ReadonlySet<string>;
}

export interface ImportedReturn {
  readonly unit: string;
  readonly row: number;
  readonly answers: Answers;
}

interface Row {
  readonly file: string;
  readonly number: number;
  readonly cells: ReadonlyMap<string, string>;
  used: boolean;
}

interface Spot {
  readonly row: Row;
  readonly column: string;
}

interface FieldColumns {
  readonly field: Field;
  readonly columns: readonly string[];
}

/** What stands of a return in an internal file; it is not brought in. */
const ignoredColumns: readonly string[] = [
  'unitName',
  'state',
  'version',
  'submittedAt',
  'late',
  'receipt',
  'sha256',
  'onBehalf',
  'onBehalfReason',
];

function cellProblem(cell: string, { type, options }: CellType, nullable: boolean): string | undefined {
  if (cell === '' || (nullable && cell === notApplicableCell)) return undefined;
  switch (type) {
    case 'integer':
      return /^\d+$/.test(cell)
        ? undefined
        : '0以上の整数ではありません。単位やコンマを除き、0以上の整数にしてください。';
    case 'number':
      return /^-?\d+(?:\.\d+)?$/.test(cell)
        ? undefined
        : '数ではありません。単位やコンマを除き、数だけにしてください。';
    case 'flag':
      return cell === '0' || cell === '1'
        ? undefined
        : '0か1ではありません。選んだ場合は1、選ばない場合は0にしてください。';
    case 'option':
      return Object.hasOwn(options ?? {}, cell)
        ? undefined
        : `選択肢にない符号です（${Object.keys(options ?? {}).join('、')}）。`;
    case 'date':
      return isPartialDate(cell)
        ? undefined
        : '日付ではありません。2024、2024-09、2024-09-30のいずれかの形にしてください。';
    case 'string':
      return isStorable(cell) ? undefined : unstorableText;
  }
}

class Import {
  readonly errors: ImportError[] = [];
  readonly #context: ImportContext;
  readonly #rows = new Map<string, ReadonlyMap<string, Row[]>>();
  readonly #columns = new Map<AnswerTable, readonly FieldColumns[]>();
  #spots = new Map<string, Spot>();

  constructor(context: ImportContext) {
    this.#context = context;
  }

  read(files: ReadonlyMap<string, ImportedTable>): ImportedReturn[] {
    const tables = withDescendants(this.#context.table).flatMap((table) => {
      const given = files.get(table.id);
      return given === undefined ? [] : [{ table, given }];
    });
    for (const { table, given } of tables) this.#checkHeader(table, given);
    // What follows from a column that is missing or unknown would be said of every row.
    if (this.errors.length > 0) return [];
    for (const { table, given } of tables) this.#index(table, given);
    const returns = [...(this.#rows.get('')?.values() ?? [])].flat().flatMap((row) => this.#return(row));
    for (const { table } of tables) this.#refuseStrays(table);
    return returns;
  }

  #report({ file, number }: Pick<Row, 'file' | 'number'>, column: string | undefined, message: string): void {
    this.errors.push({ file, row: number, ...(column === undefined ? {} : { column }), message });
  }

  /** The keys and every question must have their columns, as an export writes them. */
  #checkHeader(table: AnswerTable, { file, header }: ImportedTable): void {
    const required = headerOf(table);
    const known = new Set([...required, ...ignoredColumns]);
    for (const name of required)
      if (!header.includes(name)) this.errors.push({ file, row: 1, column: name, message: 'この列がありません。' });
    for (const [at, name] of header.entries()) {
      if (!known.has(name)) this.errors.push({ file, row: 1, column: name, message: 'この調査票にない列です。' });
      if (header.indexOf(name) !== at)
        this.errors.push({
          file,
          row: 1,
          column: name,
          message: '同じ列が2つあります。どちらかの列を削除してください。',
        });
    }
  }

  #index(table: AnswerTable, { file, header, rows }: ImportedTable): void {
    const { round } = this.#context;
    const byParent = new Map<string, Row[]>();
    for (const { number, cells } of rows) {
      const row: Row = { file, number, cells: new Map(header.map((name, at) => [name, cells[at] ?? ''])), used: false };
      if (cells.length !== header.length)
        this.#report(row, undefined, `列の数が見出しと違います（${cells.length}列）。`);
      const given = row.cells.get('round') ?? '';
      if (given !== round.id) this.#report(row, 'round', `この調査（${round.id}）の行ではありません。`);
      const parent = JSON.stringify(table.parentKeys.map((name) => row.cells.get(name) ?? ''));
      const siblings = byParent.get(parent);
      if (siblings === undefined) byParent.set(parent, [row]);
      else siblings.push(row);
    }
    this.#rows.set(table.id, byParent);
  }

  #return(row: Row): ImportedReturn[] {
    const { form, round, table, units, municipalities } = this.#context;
    const unit = row.cells.get('unit') ?? '';
    row.used = true;
    if (!units.has(unit)) {
      this.#report(row, 'unit', `${unit} は、この調査の名簿にない回答単位です。`);
      return [];
    }
    const first = this.#rows.get('')?.get(JSON.stringify([round.id, unit]))?.[0];
    if (first !== undefined && first !== row) {
      this.#report(row, 'unit', `${unit} の行が2つあります（${first.number}行目）。`);
      return [];
    }
    this.#spots = new Map();
    const before = this.errors.length;
    const read = this.#scope(table, row, [round.id, unit], '');
    if (this.errors.length > before) return [];
    // Ids are in the files; nothing is left to be named.
    const answers = normalForm(form.sections, read, () => '');
    const wrong = fieldErrors(form, answers, contentIssues(form, answers));
    // An earlier year may not have asked all of it: what is required and missing stays missing.
    const misplaced = completeness(form.sections, answers, municipalities).filter(({ code }) => code !== 'required');
    const contradictions = editChecks(form, answers, { unit, round }).filter(({ severity }) => severity === 'refuse');
    for (const { path, message } of [...wrong, ...misplaced, ...contradictions]) {
      const spot = this.#spotOf(path);
      this.#report(spot?.row ?? row, spot?.column, message);
    }
    return this.errors.length > before ? [] : [{ unit, row: row.number, answers }];
  }

  #spotOf(path: string): Spot | undefined {
    const keys = path.split('.');
    for (let length = keys.length; length > 0; length -= 1) {
      const spot = this.#spots.get(keys.slice(0, length).join('.'));
      if (spot !== undefined) return spot;
    }
    return undefined;
  }

  #fieldsOf(table: AnswerTable): readonly FieldColumns[] {
    const known = this.#columns.get(table);
    if (known !== undefined) return known;
    const names = Map.groupBy(table.columns, ({ item }) => item);
    const fields = table.fields.map((field) => ({
      field,
      columns: (names.get(field.item) ?? []).map(({ name }) => name),
    }));
    this.#columns.set(table, fields);
    return fields;
  }

  #scope(table: AnswerTable, row: Row, keys: readonly string[], base: string): JsonObject {
    const scope: JsonObject = {};
    for (const { field, columns } of this.#fieldsOf(table)) {
      const path = `${base}${field.item.keys.join('.')}`;
      const [column = ''] = columns;
      this.#spots.set(path, { row, column });
      const answer = this.#answer(field, row, columns);
      if (field.table === undefined) {
        if (answer !== undefined) put(scope, field.item.keys, answer);
        continue;
      }
      const entries = this.#list(field.table, keys, path);
      const given = row.cells.get(column) ?? '';
      if (given !== '' && Number(given) !== entries.length)
        this.#report(row, column, `件数（${given}）が、別表の行の数（${entries.length}）と違います。`);
      if (given !== '' || entries.length > 0) put(scope, field.item.keys, entries);
    }
    return scope;
  }

  #answer({ item, codec }: Field, row: Row, columns: readonly string[]): Json | undefined {
    const cells = columns.map((name) => row.cells.get(name) ?? '');
    const problems = codec.cells.flatMap((type, at) => {
      const message = cellProblem(cells[at] ?? '', type, item.definition.nullable);
      return message === undefined ? [] : [{ column: columns[at], message }];
    });
    for (const { column, message } of problems) this.#report(row, column, message);
    if (problems.length > 0) return undefined;
    // 随時 leaves the other cells of a frequency empty; elsewhere all cells of an answer go together.
    const empty = cells.filter((cell) => cell === '').length;
    if (codec.mayBePartial !== true && empty > 0 && empty < cells.length) {
      this.#report(
        row,
        columns[cells.indexOf('')],
        '同じ設問の他の列に値があるため、空欄にできません。この列に値を入れるか、他の列も空欄にしてください。',
      );
      return undefined;
    }
    const dashes = cells.filter((cell) => cell === notApplicableCell).length;
    if (item.definition.nullable && dashes > 0 && dashes < cells.length) {
      this.#report(
        row,
        columns[cells.indexOf(notApplicableCell)],
        '該当なし（-）は、同じ設問の全ての列に記入してください。',
      );
      return undefined;
    }
    try {
      return codec.read(cells);
    } catch (error) {
      if (!(error instanceof CellError)) throw error;
      this.#report(row, columns[0], '回答として読み取れません。出力したときの形に戻してください。');
      return undefined;
    }
  }

  #list(table: AnswerTable, keys: readonly string[], path: string): Json[] {
    const rows = this.#rows.get(table.id)?.get(JSON.stringify(keys)) ?? [];
    const orderOf = (row: Row): number => Number(row.cells.get('order'));
    const sorted = rows.toSorted((a, b) => orderOf(a) - orderOf(b));
    return sorted.map((row, index) => {
      row.used = true;
      if (orderOf(row) !== index + 1)
        this.#report(row, 'order', '並び順が1からの連番になっていません。番号を振り直してください。');
      const [field] = table.fields;
      if (field !== undefined && field.item === table.list) {
        const columns = table.columns.map(({ name }) => name);
        this.#spots.set(`${path}.${index}`, { row, column: columns[0] ?? '' });
        return this.#answer(field, row, columns) ?? '';
      }
      const id = row.cells.get('id') ?? '';
      if (id === '') this.#report(row, 'id', '行の識別子がありません。同じ表の中で異なる識別子を入れてください。');
      this.#spots.set(`${path}.${id}`, { row, column: 'id' });
      return { id, ...this.#scope(table, row, [...keys, id], `${path}.${id}.`) };
    });
  }

  #refuseStrays({ id, parentKeys }: AnswerTable): void {
    for (const row of [...(this.#rows.get(id)?.values() ?? [])].flat())
      if (!row.used)
        this.#report(row, parentKeys.at(-1), '対応する親の行がありません。識別子を直すか、この行を削除してください。');
  }
}

/**
 * Reads the tables of one form, the returns under the empty id and each list under its own. A column that is missing is
 * an error, as is one that the form does not know: what an earlier year did not ask stands there as empty cells. With any
 * error nothing may come in.
 */
export function readImport(
  context: ImportContext,
  files: ReadonlyMap<string, ImportedTable>,
): { readonly returns: readonly ImportedReturn[]; readonly errors: readonly ImportError[] } {
  const reading = new Import(context);
  const returns = reading.read(files);
  return { returns, errors: reading.errors };
}
