/**
 * 総務省「全国地方公共団体コード」: the list of the whole country, from which the municipalities of one prefecture are
 * taken. Councils, and which towns have a welfare office, are not in it and stay as they are.
 */

import { kindNamed, municipalityKinds } from '../../../../schemas/directory.ts';
import { hasValidCheckDigit, prefectureOf } from '../../../../schemas/values/municipality-code.ts';
import type { ReadDirectory, RowError } from './directory-csv.ts';
import { listedOver } from './listed.ts';
import type { ListedIn, ListedMunicipality } from './listed.ts';
import type { SheetTable } from '../../../platform/workbook/sheet-table.ts';

export const ministryColumns = ['団体コード', '都道府県名（漢字）', '市区町村名（漢字）'] as const;
const [codeColumn, prefectureColumn, nameColumn] = ministryColumns;

/** A spreadsheet keeps codes as numbers and loses their leading zero. */
function sixDigits(text: string): string {
  return /^\d{5}$/.test(text) ? `0${text}` : text;
}

/** Wards of designated cities (行政区) are listed as 札幌市中央区 and are no municipalities. */
function isWardOfCity(name: string): boolean {
  return name.endsWith('区') && name.includes('市');
}

export function readMinistryTable({ rows }: SheetTable, { current, day, prefecture: wanted }: ListedIn): ReadDirectory {
  const errors: RowError[] = [];
  const name = current?.prefecture.name ?? wanted;
  const own = rows.filter(({ cell }) => cell(prefectureColumn) === name);
  const itself = own.find(({ cell }) => cell(nameColumn) === '');
  if (own.length === 0) errors.push({ row: 0, message: `「${name}」の行がありません。都道府県名を確かめてください。` });
  const municipalities = own.flatMap(({ number, cell }): ListedMunicipality[] => {
    const [code, name] = [sixDigits(cell(codeColumn)), cell(nameColumn)];
    if (name === '' || isWardOfCity(name)) return [];
    const kind = kindNamed(name.slice(-1));
    if (kind === undefined)
      errors.push({
        row: number,
        message: `「${name}」の区分（${Object.values(municipalityKinds).join('・')}）が名称から分かりません。`,
      });
    if (!hasValidCheckDigit(code))
      errors.push({ row: number, message: `「${name}」の団体コード「${cell(codeColumn)}」が正しくありません。` });
    return [{ row: number, code, name, kind: kind ?? 'city' }];
  });
  const prefecture = current?.prefecture ?? (itself && { code: sixDigits(itself.cell(codeColumn)), name });
  const inPrefecture = municipalities.filter(
    ({ code }) => prefecture === undefined || prefectureOf(code) === prefectureOf(prefecture.code),
  );
  if (current !== undefined && own.length > 0) return listedOver(current, day, inPrefecture, errors);
  return {
    candidate: {
      prefecture,
      municipalities: inPrefecture.map(({ code, name, kind }) => ({ code, name, kind })),
      councils: current?.councils ?? [],
      classes: current?.classes,
      kinds: current?.kinds,
      units: current?.units,
    },
    errors,
    rows: { municipalities: inPrefecture.map(({ row }) => row), councils: [] },
  };
}
