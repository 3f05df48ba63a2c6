/**
 * The sheets of an XLSForm as rows whose cells are found by their columns, whatever their headings are called: XLSForms
 * have several names for most columns, and one column a language for what people read.
 */

import { lineFeeds } from '../../../schemas/values/text.ts';
import { cellName } from '../given-sheet.ts';
import type { GivenCell, GivenRow, GivenSheet } from '../given-sheet.ts';
import type { Findings } from '../questionnaire/findings.ts';
import { faults } from '../questionnaire/table.ts';

export const sheetNames = ['survey', 'choices', 'settings'] as const;
export type SheetName = (typeof sheetNames)[number];

/** Columns whose cells are read, or said of each cell that they are not; of others only the heading is. */
const columnsOf = {
  survey: {
    read: [
      'type',
      'name',
      'label',
      'hint',
      'guidance_hint',
      'required',
      'relevant',
      'constraint',
      'constraint_message',
      'calculation',
      'repeat_count',
      'parameters',
      'appearance',
    ],
    unread: [
      'default',
      'readonly',
      'choice_filter',
      'trigger',
      'required_message',
      'image',
      'audio',
      'video',
      'big_image',
    ],
    mostRows: 2500,
  },
  choices: { read: ['list_name', 'name', 'label'], unread: ['image', 'audio', 'video', 'big_image'], mostRows: 10_000 },
  settings: { read: ['form_title', 'form_id', 'version', 'default_language'], unread: [], mostRows: 1 },
} as const;

export type Column<S extends SheetName> = (typeof columnsOf)[S]['read'][number];

const otherNames: Readonly<Record<string, string>> = {
  caption: 'label',
  command: 'type',
  tag: 'name',
  value: 'name',
  relevance: 'relevant',
  calculate: 'calculation',
  'jr:constraintmsg': 'constraint_message',
  constraining_message: 'constraint_message',
  'jr:requiredmsg': 'required_message',
  read_only: 'readonly',
  count: 'repeat_count',
  'jr:count': 'repeat_count',
  title: 'form_title',
  set_form_title: 'form_title',
  id_string: 'form_id',
  set_form_id: 'form_id',
};

export interface XlsRow<C extends string = string> {
  readonly number: number;
  /** Trimmed, its lines ended by LF; empty where the column is missing. */
  text(column: C): string;
  /** Where that stands: `survey!C4`. */
  at(column: C): string;
}

interface Heading {
  readonly column: string;
  readonly language: string;
  readonly cell: GivenCell;
}

function headingIn(cell: GivenCell): Heading {
  const text = cell.text
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/^(?:bind|control|body|media)::?\s*/, '')
    .replace('jr:', 'jr\u0000');
  const [word = '', ...language] = text.split(/::?/);
  const plain = word
    .replace('\u0000', ':')
    .trim()
    .replaceAll(/[\s-]+/g, '_');
  return { column: otherNames[plain] ?? plain, language: language.join(':').trim(), cell };
}

const japanese = /^ja$|\(ja(?:-jp)?\)|^japanese|^日本語/;

/** The smaller, the sooner it is read. */
function rankOf(language: string, preferred: string): number {
  if (japanese.test(language)) return 0;
  if (language === preferred) return 1;
  return language === '' ? 2 : 3;
}

export function sheetOf(name: SheetName, sheets: readonly GivenSheet[]): GivenSheet | undefined {
  return sheets.find((sheet) => sheet.name.normalize('NFKC').trim().toLowerCase() === name);
}

function isBlank({ cells }: GivenRow): boolean {
  return cells.every(({ text, fault }) => text.trim() === '' && fault === undefined);
}

/**
 * The rows below the headings in which something stands; none of a sheet that is missing, or too long, which is said.
 *
 * @param language that of the texts where none are Japanese
 */
export function rowsIn<S extends SheetName>(
  name: S,
  sheets: readonly GivenSheet[],
  findings: Findings,
  language = '',
): XlsRow<Column<S>>[] {
  const sheet = sheetOf(name, sheets);
  const [head, ...below] = sheet?.rows.filter((row) => !isBlank(row)) ?? [];
  if (head === undefined) return [];
  const { read, unread, mostRows } = columnsOf[name];
  const isRead: ReadonlySet<string> = new Set(read);
  const isSaid: ReadonlySet<string> = new Set(unread);
  const columns = new Map<string, number[]>();
  const said: GivenCell[] = [];
  const at = (row: number, column: number): string => `${name}!${cellName(row, column)}`;
  const ranked = head.cells
    .map(headingIn)
    .toSorted((a, b) => rankOf(a.language, language.toLowerCase()) - rankOf(b.language, language.toLowerCase()));
  for (const { column, cell } of ranked) {
    const others = columns.get(column);
    if (isRead.has(column)) columns.set(column, [...(others ?? []), cell.column]);
    else if (isSaid.has(column)) said.push(cell);
    else if (column !== '')
      findings.notice(at(head.number, cell.column), 'not-mapped', `列「${cell.text.trim()}」は読み取りません。`);
    if (isRead.has(column) && others !== undefined)
      findings.notice(
        at(head.number, cell.column),
        'not-mapped',
        `列「${cell.text.trim()}」は、日本語などほかの言語の列が空欄の場合だけ読み取ります。`,
      );
  }
  const beyond = below[mostRows];
  if (beyond !== undefined) {
    findings.refuse(
      at(beyond.number, 1),
      'too-many-rows',
      `シート「${name}」は${mostRows.toLocaleString('en')}行までです。不要な行を削除してください（${below.length.toLocaleString('en')}行あります）。`,
    );
    return [];
  }
  return below.map(({ number, cells }) => {
    const byColumn = new Map(cells.map((cell) => [cell.column, cell]));
    const textAt = (column: number): string => lineFeeds(byColumn.get(column)?.text ?? '').trim();
    for (const positions of columns.values())
      for (const column of positions) {
        const fault = byColumn.get(column)?.fault;
        if (fault !== undefined) findings.refuse(at(number, column), `cell-${fault}`, faults[fault]);
      }
    for (const { column, text } of said)
      if (textAt(column) !== '')
        findings.notice(
          at(number, column),
          'not-mapped',
          `「${text.trim()}」の「${textAt(column)}」は読み取りません。`,
        );
    const positionOf = (column: string): number => {
      const positions = columns.get(column) ?? [];
      return positions.find((each) => textAt(each) !== '') ?? positions[0] ?? 1;
    };
    return {
      number,
      text: (column) => (columns.has(column) ? textAt(positionOf(column)) : ''),
      at: (column) => at(number, positionOf(column)),
    };
  });
}
