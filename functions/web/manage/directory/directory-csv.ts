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
  /** The council concerned, where it stands in no row. */
  readonly council?: { readonly id: string; readonly name: string };
  readonly message: string;
}

/** A directory as read, not yet checked as a whole, and the rows that its parts stand in. */
export interface ReadDirectory {
  readonly candidate: unknown;
  readonly errors: readonly RowError[];
  readonly rows: {
    readonly prefecture?: number;
    readonly municipalities: readonly number[];
    readonly councils: readonly number[];
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
    [...directoryColumns, ...descriptionHeadings(directory)],
    [rowKinds.prefecture, prefecture.code, prefecture.name, '', '', '', '', '', ...descriptionCells(directory, {})],
    ...municipalities.map((each) => [
      rowKinds.municipality,
      each.code,
      each.name,
      municipalityKinds[each.kind],
      hasWelfareOffice(each) ? yes : no,
      '',
      '',
      '',
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
      ...descriptionCells(directory, each),
    ]),
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

  constructor(prefecture: string | undefined) {
    this.#prefecture = prefecture;
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
      members: members.map((each) => this.code(row, each)),
      lead: this.code(row, cell('事務局')),
      ...(ward === '' ? {} : { ward }),
    };
  }
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
  const reader = new RowReader(prefecture === undefined ? undefined : prefectureOf(prefecture.code.padStart(6, '0')));
  if (prefecture === undefined) reader.fail(0, '種別が「都道府県」の行がありません。');
  const descriptions = new DescriptionReader(table, current);
  const municipalities: { readonly row: number; readonly value: object }[] = [];
  const councils: { readonly row: number; readonly value: object }[] = [];
  for (const { number, cell } of rows) {
    const kind = cell('種別');
    const describe = (code: string): Description =>
      descriptions.read(code, cell, (message) => reader.fail(number, message));
    if (kind === rowKinds.municipality) {
      const value = reader.municipality(number, cell);
      municipalities.push({ row: number, value: { ...value, ...describe(value.code) } });
    } else if (kind === rowKinds.council) {
      const value = reader.council(number, cell);
      const { population, ...described } = describe(value.id);
      if (population !== undefined) reader.fail(number, '人口は市町村の行だけに入力してください。');
      councils.push({ row: number, value: { ...value, ...described } });
    } else if (kind !== rowKinds.prefecture)
      reader.fail(
        number,
        `種別は「${Object.values(rowKinds).join('」「')}」のいずれかで入力してください（「${kind}」）。`,
      );
  }
  return {
    candidate: {
      prefecture: prefecture === undefined ? undefined : { ...prefecture, code: prefecture.code.padStart(6, '0') },
      municipalities: municipalities.map(({ value }) => value),
      councils: councils.map(({ value }) => value),
      ...(descriptions.classes.length === 0 ? {} : { classes: descriptions.classes }),
    },
    errors: reader.errors,
    rows: {
      ...(own === undefined ? {} : { prefecture: own.number }),
      municipalities: municipalities.map(({ row }) => row),
      councils: councils.map(({ row }) => row),
    },
  };
}
