/**
 * Keys and former ids of the rows of 設問. A row keeps the key of its ID through renaming; where it stands in another
 * 区分, list or group than its ID says, the ID becomes the former one (旧ID). Rows without an ID get `q1`, `q2` … as far
 * as no version has called a question so.
 */

import type { Earlier } from './earlier.ts';
import { lostLabel } from './findings.ts';
import type { Findings } from './findings.ts';
import type { QuestionRow } from './question-rows.ts';
import { plain } from './table.ts';

export interface Identity {
  readonly key: string;
  readonly id: string;
  /** The id that it had before it moved. */
  readonly was: string | undefined;
}

export type Identities = ReadonlyMap<QuestionRow, Identity>;

function flat(rows: readonly QuestionRow[]): QuestionRow[] {
  return rows.flatMap((row) => [row, ...flat(row.children)]);
}

function keyIn(id: string): string {
  return id.split('.').at(-1) ?? '';
}

function sayTwice(rows: readonly QuestionRow[], findings: Findings): void {
  const seen = new Map<string, string>();
  for (const { row } of rows) {
    const id = row.text('ID');
    if (id === '') continue;
    const first = seen.get(id);
    if (first === undefined) seen.set(id, row.at('ID'));
    else
      findings.refuse(
        row.at('ID'),
        'duplicate',
        `ID「${id}」は${first}にもあります。行を写して増やした設問のIDは、空欄にしてください。`,
      );
  }
}

function labelsTo({ row, parent }: QuestionRow): string {
  const label = plain(row.text('設問'));
  return parent === undefined ? label : `${labelsTo(parent)}\n${label}`;
}

/** Of new rows that are labelled as questions that are lost, the ids of those: where the label stands, or once anywhere. */
function lostIds(rows: readonly QuestionRow[], earlier: Earlier): Map<QuestionRow, string> {
  const { byLabels } = earlier;
  const taken = new Set(rows.flatMap(({ row }) => [row.text('ID'), row.text('旧ID')]));
  const found = new Map<QuestionRow, string>();
  for (const each of rows) {
    const id = byLabels.get(labelsTo(each)) ?? byLabels.get(plain(each.row.text('設問')));
    if (each.row.text('ID') !== '' || id === undefined || taken.has(id)) continue;
    taken.add(id);
    found.set(each, id);
  }
  return found;
}

function sayLost(lost: ReadonlyMap<QuestionRow, string>, findings: Findings): void {
  for (const [{ row }, id] of lost)
    findings.notice(
      row.at('ID'),
      lostLabel,
      `前の版の設問「${row.text('設問')}」（ID：${id}）と同じ名称です。同じ設問であれば、「ID」の列に「${id}」を記入してください。新しい設問であれば、このままで構いません。`,
    );
}

/** @param keepsLost whether what is labelled as a question that is lost is that question */
export function identities(
  sections: readonly QuestionRow[],
  earlier: Earlier,
  keepsLost: boolean,
  findings: Findings,
): Identities {
  const rows = flat(sections);
  sayTwice(rows, findings);
  const lost = lostIds(rows, earlier);
  if (!keepsLost) sayLost(lost, findings);
  const idIn = (each: QuestionRow): string => each.row.text('ID') || (keepsLost && lost.get(each)) || '';
  const taken = new Set([...rows.map((each) => keyIn(idIn(each)).toLowerCase()), ...earlier.keys]);
  let last = 0;
  const nextKey = (): string => {
    last += 1;
    return taken.has(`q${last}`) ? nextKey() : `q${last}`;
  };
  const found = new Map<QuestionRow, Identity>();
  for (const each of rows) {
    const { row, parent } = each;
    const given = idIn(each);
    const key = given === '' ? nextKey() : keyIn(given);
    const around = parent === undefined ? undefined : found.get(parent);
    const id = around === undefined ? key : `${around.id}.${key}`;
    found.set(each, { key, id, was: formerId(given, row.text('旧ID'), id, earlier) });
  }
  return found;
}

/** Of the ID and the 旧ID in a row, what the version before called the question by. */
function formerId(given: string, former: string, id: string, earlier: Earlier): string | undefined {
  const isBareKey = !given.includes('.') && keyIn(id) === given && !earlier.has(given);
  const isMoved = given !== '' && given !== id && !isBareKey;
  const was = isMoved && (former === '' || earlier.has(given)) ? given : former;
  return was === '' || was === id ? undefined : was;
}

/** Ids as they stand in the workbook, to those that the questions have where they stand now. */
export function currentIds(found: Identities): Map<string, string> {
  return new Map([...found].flatMap(([{ row }, { id }]) => (row.text('ID') === '' ? [] : [[row.text('ID'), id]])));
}
