/** Contacts (連絡先) of municipalities: one by hand, or those of a spreadsheet all at once or not at all. */

import { isDeepStrictEqual } from 'node:util';
import { answeringUnits, unitsByCode } from '../../schemas/directory.ts';
import type { Directory } from '../../schemas/directory.ts';
import { successorsIn } from '../../schemas/directory-on-day.ts';
import type { Form } from '../../schemas/form.ts';
import { contactPerson } from '../../schemas/unit-contact.ts';
import type { ContactPerson, KeptContact, UnitContact } from '../../schemas/unit-contact.ts';
import { plain } from '../domain/fill-in/cells.ts';
import { excelText } from '../domain/spreadsheet.ts';
import { done } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import { checkEtag } from '../domain/revisions.ts';
import type { Precondition } from '../domain/revisions.ts';
import { inBatches } from '../platform/in-batches.ts';
import { byteOrderMark, csvText } from '../platform/csv-text.ts';
import { tableWith } from '../platform/workbook/sheet-table.ts';
import { readSpreadsheet } from '../platform/workbook/spreadsheet.ts';
import type { Store } from '../storage/store.ts';

/** `"0"` before there is one. */
export function contactEtag(kept: Pick<KeptContact, 'revision'> | undefined): string {
  return `"${kept?.revision ?? 0}"`;
}

function contactOf({ main, deputy }: UnitContact): UnitContact {
  return deputy === undefined ? { main } : { main, deputy };
}

/** Replaces it. Refuses `precondition-failed` where the caller names what it saw, and somebody has changed it since. */
export function saveContact(
  store: Pick<Store, 'changeContact'>,
  unit: string,
  contact: UnitContact,
  precondition: Precondition,
  actor: string,
): Promise<Outcome<KeptContact | undefined>> {
  return store.changeContact(unit, actor, (kept) => {
    // The second press of a button finds what the first one kept.
    if (kept !== undefined && isDeepStrictEqual(contactOf(kept), contactOf(contact))) return done(undefined);
    const seen = checkEtag(contactEtag(kept), precondition);
    return seen.ok ? done(contactOf(contact)) : seen;
  });
}

/** Whom to ask about a unit: a municipality itself, or who leads a council today. */
export async function contactFinder(
  store: Pick<Store, 'contacts' | 'currentDirectory'>,
  pinned: Directory,
): Promise<(form: Pick<Form, 'units'>, unit: string) => KeptContact | undefined> {
  const [kept, today] = await Promise.all([store.contacts(), store.currentDirectory()]);
  const contacts = new Map(kept.map((each) => [each.unit, each]));
  const directories = [...(today === undefined ? [] : [today.directory]), pinned];
  return ({ units }, unit) => {
    const found = directories.map((each) => unitsByCode(each, units).get(unit)).find((each) => each !== undefined);
    if (found === undefined) return undefined;
    const after = successorsIn(today?.directory ?? pinned, found.editor);
    return after.map((each) => contacts.get(each)).find((each) => each !== undefined) ?? contacts.get(found.editor);
  };
}

const fields = [
  ['division', '所属'],
  ['person', '担当者'],
  ['telephone', '電話'],
  ['email', 'メール'],
] as const satisfies readonly (readonly [keyof ContactPerson, string])[];

const people = [
  ['main', '主'],
  ['deputy', '副'],
] as const;

function columnOf(person: string, field: string): string {
  return `${person}：${field}`;
}

export const contactColumns: readonly string[] = [
  'コード',
  '市町村',
  ...people.flatMap(([, person]) => fields.map(([, field]) => columnOf(person, field))),
];

/** Everybody who answers, those without a contact too: a file to be filled in and read again. */
export function writeContacts(directory: Directory, kept: readonly KeptContact[]): string {
  const contacts = new Map(kept.map((each) => [each.unit, each]));
  const rows = answeringUnits(directory).map(({ code, name }) => {
    const contact = contacts.get(code);
    return [code, name, ...people.flatMap(([key]) => fields.map(([field]) => contact?.[key]?.[field] ?? ''))];
  });
  return byteOrderMark + csvText([contactColumns, ...rows].map((row) => row.map(excelText)));
}

export interface RowError {
  /** Of the spreadsheet; 0 for the whole file. */
  readonly row: number;
  readonly message: string;
}

type ReadContacts =
  | { readonly ok: true; readonly contacts: ReadonlyMap<string, UnitContact> }
  | { readonly ok: false; readonly errors: readonly RowError[] };

type Cell = (column: string) => string;

/** None where nothing is written of the person at all. */
function readPerson(cell: Cell, person: string, report: (message: string) => void): ContactPerson | undefined {
  const typed = Object.fromEntries(fields.map(([field, label]) => [field, cell(columnOf(person, label))]));
  if (Object.values(typed).every((text) => text === '')) return undefined;
  const parsed = contactPerson.safeParse(typed);
  if (parsed.success) return parsed.data;
  for (const { path, message } of parsed.error.issues) {
    const label = fields.find(([field]) => field === path[0])?.[1] ?? '';
    report(`${columnOf(person, label)}　${message}`);
  }
  return undefined;
}

function readRow(cell: Cell, report: (message: string) => void): UnitContact | undefined {
  let hasErrors = false;
  const say = (message: string): void => {
    hasErrors = true;
    report(message);
  };
  const [main, deputy] = people.map(([, person]) => readPerson(cell, person, say));
  if (hasErrors || (main === undefined && deputy === undefined)) return undefined;
  if (main !== undefined) return contactOf({ main, deputy });
  report('主の担当者がありません。副だけを登録することはできません。');
  return undefined;
}

/** Reads a CSV or a workbook, whole or not at all, with every error at its row. Rows without a person say nothing. */
export async function readContacts(bytes: Uint8Array, directory: Directory): Promise<ReadContacts> {
  const failed = (message: string): ReadContacts => ({ ok: false, errors: [{ row: 0, message }] });
  const read = await readSpreadsheet(bytes);
  if (!read.ok) return failed(read.refusal.message);
  const table = tableWith(read.value, contactColumns);
  if (table === undefined)
    return failed(
      `見出しの行（${contactColumns.join('、')}）が見つかりません。見出しを付けて、もう一度選んでください。`,
    );
  // Of two that have one name the first.
  const units = new Map(
    answeringUnits(directory)
      .toReversed()
      .flatMap((each) => [each.name, each.code].map((text) => [plain(text), each] as const)),
  );
  const errors: RowError[] = [...table.faults];
  const contacts = new Map<string, UnitContact>();
  const rows = new Map<string, number>();
  for (const { number, cell: raw } of table.rows) {
    const cell: Cell = (column) => raw(column).trim().replace(/^'/, '');
    const report = (message: string): void => void errors.push({ row: number, message });
    const contact = readRow(cell, report);
    const called = cell('コード') || cell('市町村');
    if (called === '') {
      if (contact !== undefined) report('コード又は市町村の名称がありません。');
      continue;
    }
    // A spreadsheet takes the leading zero from a municipality's code.
    const unit = units.get(plain(called)) ?? units.get(plain(called.padStart(6, '0')));
    const before = unit && rows.get(unit.code);
    if (unit === undefined) report(`「${called}」は名簿にありません。`);
    else if (before !== undefined) report(`${unit.name}が${before}行目にもあります。どちらかの行を削除してください。`);
    if (unit === undefined) continue;
    rows.set(unit.code, number);
    if (contact !== undefined) contacts.set(unit.code, contact);
  }
  if (errors.length > 0) return { ok: false, errors: errors.toSorted((a, b) => a.row - b.row) };
  return contacts.size === 0 ? failed('連絡先のある行がありません。') : { ok: true, contacts };
}

/** Contacts that are written at once. */
const atOnce = 10;

/** Puts them in place of what there was; municipalities that are not among them keep theirs. Gives how many changed. */
export async function importContacts(
  store: Pick<Store, 'changeContact' | 'contacts'>,
  contacts: ReadonlyMap<string, UnitContact>,
  actor: string,
): Promise<Outcome<number>> {
  const before = new Map((await store.contacts()).map((each) => [each.unit, contactOf(each)]));
  const changed = [...contacts].filter(([unit, contact]) => !isDeepStrictEqual(before.get(unit), contact));
  const saved = await inBatches(changed, atOnce, ([unit, contact]) =>
    store.changeContact(unit, actor, () => done(contact)),
  );
  for (const each of saved) if (!each.ok) return each;
  return done(changed.length);
}
