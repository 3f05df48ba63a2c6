/**
 * Keys and former ids of the rows of 設問. A row keeps the key of its ID through renaming; where it stands in another
 * 区分, list or group than its ID says, the ID becomes the former one (旧ID). Rows without an ID get `q1`, `q2` … as far
 * as no version has called a question so.
 */

import type { Earlier } from './earlier.ts';
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

/** A new row whose label is that of a question that is lost. */
function sayLost(rows: readonly QuestionRow[], earlier: Earlier, findings: Findings): void {
  const { byLabel } = earlier;
  const kept = new Set(rows.flatMap(({ row }) => [row.text('ID'), row.text('旧ID')]));
  for (const { row } of rows) {
    const lost = byLabel.get(plain(row.text('設問')));
    if (row.text('ID') !== '' || lost === undefined || kept.has(lost)) continue;
    findings.notice(
      row.at('ID'),
      'label-of-a-lost-one',
      `前の版の設問「${row.text('設問')}」（ID：${lost}）と同じ名称です。同じ設問であれば、このセルに「${lost}」を記入してください。新しい設問であれば、このままで構いません。`,
    );
  }
}

export function identities(sections: readonly QuestionRow[], earlier: Earlier, findings: Findings): Identities {
  const rows = flat(sections);
  sayTwice(rows, findings);
  sayLost(rows, earlier, findings);
  const taken = new Set([...rows.map(({ row }) => keyIn(row.text('ID')).toLowerCase()), ...earlier.keys]);
  let last = 0;
  const nextKey = (): string => {
    last += 1;
    return taken.has(`q${last}`) ? nextKey() : `q${last}`;
  };
  const found = new Map<QuestionRow, Identity>();
  for (const each of rows) {
    const { row, parent } = each;
    const given = row.text('ID');
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
