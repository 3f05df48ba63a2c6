/**
 * 総務省「全国地方公共団体コード」: the list of the whole country, from which the municipalities of one prefecture are
 * taken. Councils, and which towns have a welfare office, are not in it and stay as they are.
 */

import { kindNamed, municipalityKinds } from '../../../../schemas/directory.ts';
import type { Directory, MunicipalityKind } from '../../../../schemas/directory.ts';
import { hasValidCheckDigit, prefectureOf } from '../../../../schemas/values/municipality-code.ts';
import { descriptionsOf } from './description-columns.ts';
import type { ReadDirectory, RowError } from './directory-csv.ts';
import type { SheetTable } from '../../../platform/workbook/sheet-table.ts';

export const ministryColumns = ['団体コード', '都道府県名（漢字）', '市区町村名（漢字）'] as const;
const [codeColumn, prefectureColumn, nameColumn] = ministryColumns;

interface ListedMunicipality {
  readonly row: number;
  readonly code: string;
  readonly name: string;
  readonly kind: MunicipalityKind;
}

/** A spreadsheet keeps codes as numbers and loses their leading zero. */
function sixDigits(text: string): string {
  return /^\d{5}$/.test(text) ? `0${text}` : text;
}

/** Wards of designated cities (行政区) are listed as 札幌市中央区 and are no municipalities. */
function isWardOfCity(name: string): boolean {
  return name.endsWith('区') && name.includes('市');
}

/** A list that lacks a municipality that a council names. */
export function councilsWithoutMembers(
  { councils, municipalities }: Directory,
  listed: readonly { readonly code: string }[],
): RowError[] {
  const codes = new Set(listed.map(({ code }) => code));
  const names = new Map(municipalities.map(({ code, name }) => [code, name]));
  return councils.flatMap(({ id, name, members, lead }): RowError[] => {
    const missing = members.filter((member) => !codes.has(member));
    if (missing.length === 0) return [];
    const named = missing
      .map((code) => `${names.get(code) ?? ''}（${code}${code === lead ? '、事務局' : ''}）`)
      .join('、');
    const message = `協議会「${name}」の構成市町村のうち、${named}がこの一覧にありません。合併などでなくなった場合は、先に名簿の画面で合併後の市町村を追加し、この協議会の構成市町村と事務局を改めてから、もう一度取り込んでください。`;
    return [{ row: 0, council: { id, name }, message }];
  });
}

export function readMinistryTable({ rows }: SheetTable, current: Directory | undefined, wanted: string): ReadDirectory {
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
  const offices = new Map(current?.municipalities.map(({ code, welfareOffice }) => [code, welfareOffice]));
  const descriptions = descriptionsOf(current);
  const inPrefecture = municipalities.filter(
    ({ code }) => prefecture === undefined || prefectureOf(code) === prefectureOf(prefecture.code),
  );
  if (current !== undefined && own.length > 0) errors.push(...councilsWithoutMembers(current, inPrefecture));
  return {
    candidate: {
      prefecture,
      municipalities: inPrefecture.map(({ code, name, kind }) => {
        const welfareOffice = offices.get(code);
        const described = descriptions.get(code);
        return { code, name, kind, ...(welfareOffice === undefined ? {} : { welfareOffice }), ...described };
      }),
      councils: current?.councils ?? [],
      classes: current?.classes,
    },
    errors,
    rows: { municipalities: inPrefecture.map(({ row }) => row), councils: [] },
  };
}
