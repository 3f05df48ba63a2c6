/** The file of accounts as staff keep it in Excel, read strictly: a code read wrongly would show somebody another's return. */

import * as z from 'zod';
import type { Directory } from '../../../schemas/directory.ts';
import { prefectureOf, readMunicipalityCode } from '../../../schemas/values/municipality-code.ts';
import { invisibleNameText, isLongerThan, isStorable } from '../../../schemas/values/text.ts';
import { normaliseWidth } from '../../../schemas/values/width.ts';
import { tableWith } from '../../platform/workbook/sheet-table.ts';
import { readSpreadsheet } from '../../platform/workbook/spreadsheet.ts';
import { accountColumns, roleNames, stateNames } from '../../domain/accounts/account.ts';
import type { AccountError, AccountRole, WantedAccount } from '../../domain/accounts/account.ts';
import { isFederated } from '../../domain/accounts/federated.ts';

type ColumnName = (typeof accountColumns)[number];

export interface KnownPlaces {
  /** The municipalities of the directory, by code; nothing is known of them before there is a directory. */
  readonly municipalities: ReadonlySet<string> | undefined;
  /** Other units that answer themselves. */
  readonly others?: ReadonlySet<string>;
  /** Two digits. */
  readonly prefecture: string | undefined;
  /** The identifiers of the questionnaires that ship or are stored. */
  readonly forms: ReadonlySet<string>;
}

export function placesOf(directory: Directory | undefined, forms: Iterable<string>): KnownPlaces {
  return {
    municipalities: directory && new Set(directory.municipalities.map(({ code }) => code)),
    others: new Set(directory?.units?.flatMap(({ code, answersItself }) => (answersItself === true ? [code] : []))),
    prefecture: directory && prefectureOf(directory.prefecture.code),
    forms: new Set(forms),
  };
}

export type ReadAccounts =
  | { readonly ok: true; readonly accounts: readonly WantedAccount[] }
  | { readonly ok: false; readonly errors: readonly AccountError[] };

type Fail = (column: ColumnName, message: string) => void;
export type Cells = (column: ColumnName) => string;

const usernamePattern = /^[a-z0-9][a-z0-9._-]{2,63}$/;
const longestName = 60;
const mailAddress = z.email();

function readUsername(cell: string, fail: Fail): string {
  // Subjects of a provider are whatever it chose.
  if (isFederated(cell)) return cell.toLowerCase();
  const username = (/\s/.test(cell) ? cell : normaliseWidth(cell)).toLowerCase();
  if (!usernamePattern.test(username))
    fail('利用者名', '半角の英数字で始まる、3文字以上64文字以内の英数字・ピリオド・ハイフン・下線で指定してください。');
  return username;
}

function readName(cell: string, fail: Fail): string {
  if (!isStorable(cell) || cell.includes('\uFFFD') || isLongerThan(cell, longestName) || /^[=+\-@]/.test(cell))
    fail('氏名', `記号で始まらない、${longestName}文字以内の氏名を指定してください。`);
  const invisible = invisibleNameText(cell);
  if (invisible !== undefined) fail('氏名', invisible);
  return cell;
}

function readEmail(cell: string, isOptional: boolean, fail: Fail): string {
  const address = normaliseWidth(cell);
  const isGood = address === '' ? isOptional : mailAddress.safeParse(address).success && !/\s/.test(cell);
  if (!isGood) fail('メールアドレス', address === '' ? '入力してください。' : 'メールアドレスの形ではありません。');
  return address;
}

/** Six digits as they are written: five are not completed here, since a code decides what somebody may read. */
function readCode(text: string, { municipalities, others, prefecture }: KnownPlaces, fail: Fail): string {
  if (others?.has(text) === true) return text;
  const reading = readMunicipalityCode(text, prefecture);
  if (!reading.ok) {
    fail('団体コード', reading.problem.message);
    return '';
  }
  if (reading.notice !== undefined)
    fail(
      '団体コード',
      `「${text}」は6桁ではありません（Excelで先頭の0が消えた場合があります）。「${reading.value}」であれば、6桁で入力してください。`,
    );
  else if (municipalities !== undefined && !municipalities.has(reading.value))
    fail('団体コード', `「${reading.value}」は名簿にありません。`);
  return reading.value;
}

const formIdentifier = /^[a-z][A-Za-z0-9-]{0,63}$/;

/** A municipality by its code, or the form that a division of it answers: the code, a hyphen and the form. */
function readUnit(text: string, place: KnownPlaces, fail: Fail): string {
  const [, code = text, form] = /^([^-]*)-(.*)$/s.exec(normaliseWidth(text)) ?? [];
  const unit = readCode(code, place, fail);
  if (form === undefined) return unit;
  if (!formIdentifier.test(form))
    fail(
      '団体コード',
      `「${text}」の「-」の後には、回答する調査票の識別子（「調査票の一覧」にあります）を入力してください。`,
    );
  else if (!place.forms.has(form))
    fail(
      '団体コード',
      `識別子が「${form}」の調査票はありません。「調査票の一覧」にある識別子（${[...place.forms].toSorted().join('、')}）のいずれかを入力してください。`,
    );
  return `${unit}-${form}`;
}

/** Roles that say all by themselves, as their cells are compared. */
const plainRoles: readonly (readonly [string, AccountRole])[] = [
  [roleNames.admin.normalize('NFKC'), { kind: 'prefecture', rank: 'admin' }],
  [roleNames.prefecture, { kind: 'prefecture' }],
  [roleNames.reader.normalize('NFKC'), { kind: 'prefecture', rank: 'reader' }],
  [roleNames.none, { kind: 'none' }],
];

function readRole(cells: Cells, place: KnownPlaces, fail: Fail): AccountRole {
  const kind = cells('区分').normalize('NFKC');
  const codes = cells('団体コード')
    .split(/[;；、，,]/u)
    .map((code) => code.trim())
    .filter((code) => code !== '');
  const plain = plainRoles.find(([name]) => name === kind);
  if (plain !== undefined) {
    if (codes.length > 0) fail('団体コード', `区分が「${roleNames.municipality}」のときだけ指定してください。`);
    return plain[1];
  }
  if (kind !== roleNames.municipality)
    fail('区分', `${Object.values(roleNames).join('、')}のいずれかを指定してください。`);
  else if (codes.length === 0) fail('団体コード', '入力してください。');
  const units = [...new Set(codes.map((code) => readUnit(code, place, fail)))];
  return { kind: 'municipality', units: units.toSorted() };
}

function readIsActive(state: string, fail: Fail): boolean {
  if (state !== stateNames.active && state !== stateNames.retired)
    fail('状態', `${stateNames.active}、${stateNames.retired}のいずれかを指定してください。`);
  return state === stateNames.active;
}

interface Row {
  readonly row: number;
  readonly isMailOptional: boolean;
}

function readRow({ row, isMailOptional }: Row, cells: Cells, place: KnownPlaces, fail: Fail): WantedAccount {
  const username = readUsername(cells('利用者名'), fail);
  const name = readName(cells('氏名'), fail);
  const email = readEmail(cells('メールアドレス'), isMailOptional || isFederated(username), fail);
  const role = readRole(cells, place, fail);
  return { row, username, name, email, role, isActive: readIsActive(cells('状態'), fail) };
}

/** Reads CSV (UTF-8 or Excel's Shift_JIS) or .xlsx. Every mistake is found at once; with one, nothing is taken. */
export async function readAccounts(bytes: Uint8Array, place: KnownPlaces): Promise<ReadAccounts> {
  const sheet = await readSpreadsheet(bytes);
  if (!sheet.ok) return { ok: false, errors: [sheet.refusal] };
  const table = tableWith(sheet.value, accountColumns);
  if (table === undefined)
    return { ok: false, errors: [{ message: `見出しの行に ${accountColumns.join('、')} がそろっていません。` }] };
  const errors: AccountError[] = [...table.faults];
  const firstRows = new Map<string, number>();
  const accounts = table.rows.map(({ number, cell }) => {
    const fail: Fail = (column, message) => errors.push({ row: number, column, message });
    const account = readRow({ row: number, isMailOptional: false }, cell, place, fail);
    const first = firstRows.get(account.username);
    if (first === undefined) firstRows.set(account.username, number);
    else fail('利用者名', `${first}行目と同じです。`);
    return account;
  });
  return errors.length === 0 ? { ok: true, accounts } : { ok: false, errors };
}

/** One account, of which every cell is given by itself. */
export function readAccount(
  cells: Cells,
  place: KnownPlaces,
  isMailOptional: boolean,
):
  | { readonly ok: true; readonly account: WantedAccount }
  | { readonly ok: false; readonly errors: readonly AccountError[] } {
  const errors: AccountError[] = [];
  const fail: Fail = (column, message) => errors.push({ column, message });
  const account = readRow({ row: 0, isMailOptional }, cells, place, fail);
  return errors.length === 0 ? { ok: true, account } : { ok: false, errors };
}
