/** The rows of lists that come back: which entry each is, and what it belongs to. */

import type { Answers } from '../../../schemas/values/json.ts';
import { entryIdPattern } from '../../../schemas/kinds/schemas.ts';
import { lineFeeds } from '../../../schemas/values/text.ts';
import type { NewEntryId } from '../normal-form.ts';
import { isAsWritten, plain } from './cells.ts';
import { entryLabel, entryRows } from './entries.ts';
import type { EntryRow } from './entries.ts';
import { placeOf } from './given.ts';
import type { CellError, FilledSheet, PlacedCell } from './given.ts';
import { leavesIn, pathIn } from './plan.ts';
import type { Leaf, PlannedSheet } from './plan.ts';
import { columnNames, freeRowId, slotKey, tableStart } from './sheet.ts';

/** The cells of an answer in a row, and what the file remembers of them as they were written. */
export interface RowLeaf {
  readonly leaf: Leaf;
  readonly cells: readonly (PlacedCell | undefined)[];
  readonly mark: string;
}

/** A row in which something stands, or stood. */
export interface FilledRow {
  readonly sheet: FilledSheet;
  /** The entry; of a line, that of the entry around with the position. */
  readonly path: string;
  /** The path of the entry around; empty for a list that is in none. */
  readonly parent: string;
  readonly isNew: boolean;
  /** Nothing is left of what stood there. */
  readonly isEmptied: boolean;
  readonly number: number | undefined;
  readonly title: string;
  readonly leaves: readonly RowLeaf[];
  /** For what is said of the whole row. */
  readonly cell: PlacedCell;
}

export interface RowReading {
  readonly stored: Answers;
  readonly newId: NewEntryId;
  /** The rows of sheets that were read before: lists come after what they stand in. */
  readonly read: ReadonlyMap<PlannedSheet, readonly FilledRow[]>;
  readonly report: (error: CellError) => void;
}

/** A number with which people name a row: `3`, `３ こども支援部会`. */
function numberIn(text: string): number | undefined {
  const [digits] = /^\d{1,6}/.exec(text.normalize('NFKC').trim()) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

/** The one of the rows that a text names by its number, or by its title where no other is called so. */
export function rowNamed<R extends Pick<FilledRow, 'number' | 'title'>>(
  rows: readonly R[],
  text: string,
): R | undefined {
  const number = numberIn(text);
  const numbered = number === undefined ? [] : rows.filter((row) => row.number === number);
  const titled = rows.filter(({ title }) => title !== '' && plain(title) === plain(text));
  const [found, other] = numbered.length > 0 ? numbered : titled;
  return other === undefined ? found : undefined;
}

/**
 * The same where the sheet of those rows is not in the file: the numbers may have moved since it was made, so that a title
 * beside the number must agree.
 */
function storedNamed(rows: readonly EntryRow[], text: string): EntryRow | undefined {
  const byLabel = rows.filter((row, index) => plain(entryLabel(index + 1, row)) === plain(text));
  const rest = plain(text).replace(/^\d+/, '');
  const byTitle = rows.filter(({ title }) => title !== '' && (plain(title) === rest || plain(title) === plain(text)));
  const number = rest === '' ? numberIn(text) : undefined;
  const byNumber = rows.filter((_, index) => index + 1 === number);
  const [found, other] = [byLabel, byTitle, byNumber].find(({ length }) => length > 0) ?? [];
  return other === undefined ? found : undefined;
}

export function textAt(cell: PlacedCell | undefined): string {
  return lineFeeds(cell?.text ?? '');
}

function titleIn({ item }: PlannedSheet, leaves: readonly RowLeaf[]): string {
  const named = leaves.find(({ leaf }) => leaf.item.key === item.kind.titledBy);
  return textAt(named?.cells[0]).trim();
}

/** `bodies.b1` of `bodies.b1.sessions.s1`, the list standing in the entry by one key or more. */
function parentOf({ item, parent }: PlannedSheet, path: string): string {
  return parent === undefined
    ? ''
    : path
        .split('.')
        .slice(0, -(item.keys.length + 1))
        .join('.');
}

export function readRows(sheet: FilledSheet, reading: RowReading): FilledRow[] {
  const { planned } = sheet;
  const { stored, newId, read, report } = reading;
  const leaves = leavesIn(planned);
  const around = planned.parent;
  const parentRows = around === undefined ? undefined : read.get(around);
  const storedParents = around === undefined ? [] : entryRows(around, stored);
  const known = new Set(entryRows(planned, stored).map(({ path }) => path));
  const seen = new Map<string, PlacedCell>();
  const start = sheet.rows.find(({ cellAt }) => cellAt(columnNames.key)?.text === tableStart)?.number;

  function reportAt(path: string, cell: PlacedCell, code: string, message: string): undefined {
    report({ path, cell: placeOf(sheet, cell), code, message });
  }

  /** The path of the entry that a row says it belongs to. */
  function parentNamed(text: string): string | undefined {
    return parentRows === undefined
      ? storedNamed(storedParents, text)?.path
      : rowNamed(
          parentRows.filter(({ isEmptied }) => !isEmptied),
          text,
        )?.path;
  }

  function readRow({ number: rowNumber, cellAt }: FilledSheet['rows'][number]): FilledRow | undefined {
    const given = textAt(cellAt(columnNames.key));
    const freeId = freeRowId(given);
    const key = freeId === undefined ? given : '';
    const ownId = (): string => (freeId !== undefined && entryIdPattern.test(freeId) ? freeId : newId());
    const marks = textAt(cellAt(columnNames.mark)).split(' ');
    const rowLeaves = leaves.map((leaf, index): RowLeaf => {
      const cells = leaf.slots.map(({ suffix }) => cellAt(slotKey(leaf.item.id, suffix)));
      return { leaf, cells, mark: marks[index] ?? '' };
    });
    const cells = rowLeaves.flatMap((each) => each.cells).filter((cell) => cell !== undefined);
    const parentCell = around === undefined ? undefined : cellAt(columnNames.parent);
    const parentText = textAt(parentCell).trim();
    const isWithoutAnswers = cells.every(({ text, fault }) => text === '' && fault === undefined);
    const isBlank = isWithoutAnswers && parentText === '' && parentCell?.fault === undefined;
    const hadAnswers = marks.slice(0, leaves.length).some((mark) => mark !== '-' && mark !== '');
    const cell = cells.find((each) => each.text !== '') ?? cells[0] ?? { row: rowNumber, column: 1, text: '' };
    if (key === '' && isWithoutAnswers) return undefined;
    const twin = given === '' ? undefined : seen.get(given);
    if (twin !== undefined)
      return reportAt(
        key,
        cell,
        'row-twice',
        `${twin.row}行目と同じ行の写しです。この行を削除し、新しい件は空いている行に値だけを貼り付けてください。`,
      );
    if (given !== '') seen.set(given, cell);
    const parent = key === '' ? undefined : parentOf(planned, key);
    const isGone = key !== '' && (planned.holds === 'lines' ? !isStoredLine(parent ?? '') : !known.has(key));
    if (isGone) {
      const isChanged = rowLeaves.some(({ cells: own, mark }) => !isAsWritten(own.map(textAt), mark));
      if (!isChanged || isBlank || planned.holds === 'lines') return undefined;
      return reportAt(
        key,
        cell,
        'entry-gone',
        'この行の件は、ファイルが作成された後に削除されています。必要な場合は、空いている行に記入し直してください。',
      );
    }
    const number = numberIn(textAt(cellAt(columnNames.number)));
    const filled = { sheet, number, title: titleIn(planned, rowLeaves), leaves: rowLeaves, cell };
    if (around === undefined || isBlank) {
      const path = key === '' ? `${pathIn('', planned.item)}.${ownId()}` : key;
      const isEmptied = isBlank && (around !== undefined || hadAnswers);
      return { ...filled, path, parent: parent ?? '', isNew: key === '', isEmptied };
    }
    const said = parentCell ?? cell;
    const isAsItWas = parent !== undefined && isAsWritten([parentText], marks[leaves.length] ?? '');
    const own = isAsItWas ? parent : parentText === '' ? undefined : parentNamed(parentText);
    if (own === undefined)
      return reportAt(
        key,
        said,
        'unknown-parent',
        `どの「${around.item.definition.label}」のものか分かりません。そのシートの左端の番号を記入してください。`,
      );
    if (parent !== undefined && own !== parent)
      return reportAt(
        key,
        said,
        'parent-changed',
        `記入済みの行を別の「${around.item.definition.label}」に移すことはできません。この行の欄を全て空欄にし、空いている行に記入し直してください。`,
      );
    const path = key === '' ? `${pathIn(own, planned.item)}.${ownId()}` : key;
    return { ...filled, path, parent: own, isNew: key === '', isEmptied: isWithoutAnswers && hadAnswers };
  }

  function isStoredLine(parent: string): boolean {
    return storedParents.some(({ path }) => path === parent);
  }

  if (start === undefined) {
    reportAt(
      '',
      { row: 1, column: 1, text: '' },
      'heading-missing',
      '見出しの行が失われているため、読み取れません。ファイルをダウンロードし直し、値だけを貼り付けてください。',
    );
    return [];
  }
  return sheet.rows.flatMap((row) => {
    const filled = row.number > start ? readRow(row) : undefined;
    return filled === undefined ? [] : [filled];
  });
}
