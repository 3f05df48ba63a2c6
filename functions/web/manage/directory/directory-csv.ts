/**
 * The directory as a spreadsheet of our own: one row for the prefecture, each municipality and each council. What is
 * written reads back as it was.
 */

import { stringify } from 'csv-stringify/sync';
import { hasWelfareOffice, kindNamed, municipalityKinds } from '../../../../schemas/directory.ts';
import type { Directory } from '../../../../schemas/directory.ts';
import { prefectureOf, readMunicipalityCode } from '../../../../schemas/values/municipality-code.ts';
import { excelText } from '../../../domain/spreadsheet.ts';
import type { Description } from '../../../domain/directory-description.ts';
import type { SheetTable } from '../../../platform/workbook/sheet-table.ts';
import { councilIdFor } from '../../../domain/reorganisation.ts';
import { DateReader, dateCells, dateColumns } from './date-columns.ts';
import type { ListedChanges } from './listed.ts';
import { OtherUnits, isOtherUnit, otherUnitRows } from './other-units.ts';
import { DescriptionReader, descriptionCells, descriptionHeadings } from './description-columns.ts';

export const directoryColumns = [
  '種別',
  'コード',
  '名称',
  '区分',
  '福祉事務所',
  '構成市町村',
  '事務局',
  '行政区',
] as const;

const rowKinds = { prefecture: '都道府県', municipality: '市町村', council: '協議会' } as const;
const yes = '設置';
const no = '未設置';

export interface RowError {
  /** The row of the spreadsheet; 0 for the whole file. */
  readonly row: number;
  readonly message: string;
}

/** A directory as read, not yet checked as a whole, and the rows that its parts stand in. */
export interface ReadDirectory {
  readonly candidate: unknown;
  readonly errors: readonly RowError[];
  /** What a list of municipalities says, where it lacks some of the directory. */
  readonly listed?: ListedChanges;
  readonly rows: {
    readonly prefecture?: number;
    readonly municipalities: readonly number[];
    readonly councils: readonly number[];
    readonly units?: readonly number[];
  };
}

/** No cell runs as a formula or is read as another value; what begins with an apostrophe gets one more. */
function safeCell(text: string): string {
  return text.startsWith("'") ? `'${text}` : excelText(text);
}

function plainText(cell: string): string {
  return cell.startsWith("'") ? cell.slice(1) : cell;
}

export function writeDirectoryCsv(directory: Directory): string {
  const { prefecture, municipalities, councils } = directory;
  const rows = [
    [...directoryColumns, ...dateColumns, ...descriptionHeadings(directory)],
    [
      rowKinds.prefecture,
      prefecture.code,
      prefecture.name,
      '',
      '',
      '',
      '',
      '',
      ...dateCells({}),
      ...descriptionCells(directory, {}),
    ],
    ...municipalities.map((each) => [
      rowKinds.municipality,
      each.code,
      each.name,
      municipalityKinds[each.kind],
      hasWelfareOffice(each) ? yes : no,
      '',
      '',
      '',
      ...dateCells(each),
      ...descriptionCells(directory, each),
    ]),
    ...councils.map(({ id, name, members, lead, ward, ...each }) => [
      rowKinds.council,
      id,
      name,
      '',
      '',
      members.join('、'),
      lead,
      ward ?? '',
      ...dateCells(each),
      ...descriptionCells(directory, each),
    ]),
    ...otherUnitRows(directory),
  ];
  return `\uFEFF${stringify(
    rows.map((row) => row.map(safeCell)),
    { record_delimiter: '\r\n', quote_record_delimiter: true },
  )}`;
}

/** Reads rows, and notes what is wrong with each. */
export class RowReader {
  readonly errors: RowError[] = [];
  readonly #prefecture: string | undefined;
  readonly #names: ReadonlyMap<string, readonly string[]>;

  /** @param names the codes of the municipalities by their names */
  constructor(prefecture: string | undefined, names: ReadonlyMap<string, readonly string[]> = new Map()) {
    this.#prefecture = prefecture;
    this.#names = names;
  }

  fail(row: number, message: string): void {
    this.errors.push({ row, message });
  }

  code(row: number, text: string): string {
    const reading = readMunicipalityCode(text, this.#prefecture);
    if (reading.ok) return reading.value;
    this.fail(row, text === '' ? '市町村コードがありません。' : reading.problem.message);
    return text;
  }

  /** A municipality by its name or its code. */
  member(row: number, text: string): string {
    const [named, ...others] = this.#names.get(text) ?? [];
    if (named === undefined) return this.code(row, text);
    if (others.length > 0)
      this.fail(row, `「${text}」は${others.length + 1}件あります。団体コードで入力してください。`);
    return named;
  }

  municipality(row: number, cell: (column: string) => string) {
    const kind = kindNamed(cell('区分'));
    if (kind === undefined) this.fail(row, `区分は区・市・町・村のいずれかで入力してください（「${cell('区分')}」）。`);
    const office = cell('福祉事務所');
    if (office !== '' && office !== yes && office !== no)
      this.fail(row, `福祉事務所は「${yes}」又は「${no}」としてください（「${office}」）。`);
    const municipality = { code: this.code(row, cell('コード')), name: cell('名称'), kind: kind ?? 'city' };
    const isUsual = office === '' || (office === yes) === hasWelfareOffice(municipality);
    return isUsual ? municipality : { ...municipality, welfareOffice: office === yes };
  }

  council(row: number, cell: (column: string) => string) {
    const members = cell('構成市町村')
      .split(/[\s、，,;；]+/u)
      .filter((each) => each !== '');
    const ward = cell('行政区');
    return {
      id: cell('コード'),
      name: cell('名称'),
      members: members.map((each) => this.member(row, each)),
      lead: this.member(row, cell('事務局')),
      ...(ward === '' ? {} : { ward }),
    };
  }
}

interface ReadUnit {
  readonly row: number;
  readonly value: { readonly code?: string; readonly id?: string };
}

type Cells = readonly { readonly cell: (column: string) => string }[];

function codesByName(rows: Cells): ReadonlyMap<string, readonly string[]> {
  const named = rows.filter(({ cell }) => cell('種別') === rowKinds.municipality);
  const codes = Map.groupBy(named, ({ cell }) => cell('名称'));
  return new Map(
    [...codes].map(([name, of]) => {
      // A merged city often keeps the name of one that ended.
      const standing = of.filter(({ cell }) => cell('有効終了') === '');
      const meant = standing.length === 0 ? of : standing;
      return [name, meant.map(({ cell }) => cell('コード').padStart(6, '0'))];
    }),
  );
}

/** The ids of councils: as given, that of the council of the same name, or one that is made. */
class CouncilIds {
  readonly #taken: { id: string }[];
  readonly #byName = new Map<string, string>();

  constructor(rows: Cells, current: Directory | undefined) {
    for (const { id, name } of current?.councils ?? []) this.#byName.set(name, id);
    const given = rows.filter(({ cell }) => cell('種別') === rowKinds.council && cell('コード') !== '');
    for (const { cell } of given) this.#byName.set(cell('名称'), cell('コード'));
    this.#taken = given.map(({ cell }) => ({ id: cell('コード') }));
  }

  of({ id, name, lead }: { readonly id: string; readonly name: string; readonly lead: string }): string {
    if (id !== '') return id;
    const known = this.#byName.get(name);
    const isFree = known !== undefined && this.#taken.every((each) => each.id !== known);
    const made = isFree ? known : councilIdFor({ councils: this.#taken }, lead);
    this.#taken.push({ id: made });
    return made;
  }

  named(text: string): string {
    return this.#byName.get(text) ?? text;
  }
}

/** A file that knows of no ends, as earlier releases wrote them, takes nobody away who ended. */
function keepEnded(
  current: Directory,
  { municipalities, councils }: { readonly municipalities: ReadUnit[]; readonly councils: ReadUnit[] },
): void {
  const read = new Set([...municipalities, ...councils].map(({ value }) => value.code ?? value.id));
  for (const value of current.municipalities)
    if (value.validTo !== undefined && !read.has(value.code)) municipalities.push({ row: 0, value });
  for (const value of current.councils)
    if (value.validTo !== undefined && !read.has(value.id)) councils.push({ row: 0, value });
}

/**
 * Reads our own spreadsheet. The prefecture's row may be missing where there is a directory already.
 *
 * @param current whose prefecture and day of validity stay
 */
export function readDirectoryTable(table: SheetTable, current: Directory | undefined): ReadDirectory {
  const rows = table.rows.map(({ number, cell }) => ({ number, cell: (column: string) => plainText(cell(column)) }));
  const own = rows.find(({ cell }) => cell('種別') === rowKinds.prefecture);
  const prefecture = own === undefined ? current?.prefecture : { code: own.cell('コード'), name: own.cell('名称') };
  const reader = new RowReader(
    prefecture === undefined ? undefined : prefectureOf(prefecture.code.padStart(6, '0')),
    codesByName(rows),
  );
  if (prefecture === undefined) reader.fail(0, '種別が「都道府県」の行がありません。');
  const descriptions = new DescriptionReader(table, current);
  const dates = new DateReader(table, current);
  const ids = new CouncilIds(rows, current);
  const municipalities: ReadUnit[] = [];
  const councils: ReadUnit[] = [];
  const others = new OtherUnits(current);
  for (const { number, cell } of rows) {
    const kind = cell('種別');
    const fail = (message: string): void => reader.fail(number, message);
    const describe = (code: string): Description => descriptions.read(code, cell, fail);
    if (kind === rowKinds.municipality) {
      const value = reader.municipality(number, cell);
      const dated = dates.read(value.code, cell, (text) => reader.member(number, text), fail);
      municipalities.push({ row: number, value: { ...value, ...describe(value.code), ...dated } });
    } else if (kind === rowKinds.council) {
      const read = reader.council(number, cell);
      const value = { ...read, id: ids.of(read) };
      const dated = dates.read(value.id, cell, (text) => ids.named(text), fail);
      const { population, ...described } = describe(value.id);
      if (population !== undefined) reader.fail(number, '人口は市町村の行だけに入力してください。');
      councils.push({ row: number, value: { ...value, ...described, ...dated } });
    } else if (isOtherUnit(kind)) {
      const code = cell('コード');
      const dated = dates.read(code, cell, (text) => text, fail);
      others.read(number, cell, reader, describe(code), dated);
    } else if (kind !== rowKinds.prefecture)
      reader.fail(
        number,
        `種別は「${Object.values(rowKinds).join('」「')}」のいずれか、又は「種類：」に続けて回答単位の種類を入力してください（「${kind}」）。`,
      );
  }
  if (current !== undefined && !dates.saysEnds) {
    keepEnded(current, { municipalities, councils });
    others.keepEnded();
  }
  return {
    candidate: {
      prefecture: prefecture === undefined ? undefined : { ...prefecture, code: prefecture.code.padStart(6, '0') },
      municipalities: municipalities.map(({ value }) => value),
      councils: councils.map(({ value }) => value),
      ...(descriptions.classes.length === 0 ? {} : { classes: descriptions.classes }),
      ...others.candidate,
    },
    errors: reader.errors,
    rows: {
      ...(own === undefined ? {} : { prefecture: own.number }),
      municipalities: municipalities.map(({ row }) => row),
      councils: councils.map(({ row }) => row),
      units: others.rows,
    },
  };
}
