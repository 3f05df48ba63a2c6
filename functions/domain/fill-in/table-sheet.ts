/** The sheet of a list: a row for each entry or line with room for new ones, and last year's rows beside. */

import type { Json } from '../../../schemas/values/json.ts';
import { isObject } from '../../../schemas/values/json.ts';
import { numberedLabel } from '../../../schemas/kinds/question.ts';
import type { Reasons } from '../../../schemas/return.ts';
import { valueAt } from '../answers.ts';
import { columnName } from '../given-sheet.ts';
import { circle, linesOf, markOf, textsOf } from './cells.ts';
import type { SheetNames } from './cells.ts';
import { entryLabel, entryRows, labelsBeside, rowCount } from './entries.ts';
import type { EntryRow } from './entries.ts';
import { blankSlot, emptyLeaf, leavesIn, pathIn } from './plan.ts';
import type { Leaf, PlannedSheet, Slot } from './plan.ts';
import { SheetCells, columnNames, freeRowKey, slotKey, tableStart } from './sheet.ts';
import type { CellContent, WrittenSheet } from './sheet.ts';
import { asOfText, beginSheet, blankReason, contentOf, factsOf, promptOf, rows } from './writing.ts';
import type { Writing } from './writing.ts';

/** Beyond so many columns last year's rows have no room beside. */
const mostColumns = 200;

/** One for each slot of each answer. */
interface Column {
  readonly leaf: Leaf;
  readonly slot: Slot;
  /** Of the slot among those of the answer. */
  readonly index: number;
}

function widthOf({ leaf, slot }: Column): number {
  if (slot.accepts === 'mark') return 9;
  const { kind } = leaf.item;
  const isText = kind.nesting === 'lines' || (kind.nesting === 'none' && kind.posting.as === 'words');
  return isText ? 32 : 18;
}

function answerIn(sheet: PlannedSheet, { item }: Leaf, { value }: EntryRow): Json | undefined {
  return sheet.holds === 'lines' ? value : isObject(value) ? valueAt(value, item.keys) : undefined;
}

/** Last year's rows beside the same ones of this year; those that are no more follow. */
function besideRows(now: readonly EntryRow[], before: readonly EntryRow[]): (EntryRow | undefined)[] {
  const known = new Map(before.map((row) => [row.path, row]));
  const own = new Set(now.map(({ path }) => path));
  return [...now.map(({ path }) => known.get(path)), ...before.filter(({ path }) => !own.has(path))];
}

/** The names on the sheet as each row needs them: references name entries of the same list. */
function namesFor(all: readonly EntryRow[], municipalities: SheetNames['municipalities']) {
  const byParent = new Map<string, SheetNames>();
  return (parent: string): SheetNames => {
    const names = byParent.get(parent) ?? { municipalities, entries: labelsBeside(all, parent) };
    byParent.set(parent, names);
    return names;
  };
}

/** What tells whether the lines of an entry were changed: all of them together. */
function lineMarks(all: readonly EntryRow[]): ReadonlyMap<string, string> {
  return new Map(
    [...Map.groupBy(all, ({ parent }) => parent)].map(([parent, lines]) => [
      parent,
      markOf(linesOf(lines.map(({ value }) => value))),
    ]),
  );
}

/** What may be typed for the entry around a row: those that are there, and those that may come. */
function parentChoices(parent: PlannedSheet, parents: readonly EntryRow[]): string[] {
  const room = rowCount(parent, parents);
  return Array.from({ length: room }, (_, index) => {
    const row = parents[index];
    return row === undefined ? String(index + 1) : entryLabel(index + 1, row);
  });
}

function besideSlot({ suffix, label }: Slot): string {
  if (suffix === blankSlot) return '← 不明の場合は、左の欄にその理由を記入してください。';
  return `← 「${label}」の場合は、左の欄に「${circle}」を記入してください。`;
}

export function tableSheet(sheet: PlannedSheet, writing: Writing): WrittenSheet {
  const { answers, previous, municipalities, titles } = writing;
  const { item, parent, section } = sheet;
  const leaves = leavesIn(sheet);
  const columns = leaves.flatMap((leaf) => leaf.slots.map((slot, index): Column => ({ leaf, slot, index })));
  const now = entryRows(sheet, answers);
  const parents = parent === undefined ? [] : entryRows(parent, answers);
  const old = previous === undefined ? [] : entryRows(sheet, previous);
  const first = parent === undefined ? 4 : 5;
  const besideFirst = first + columns.length + 1;
  const before = besideFirst + columns.length <= mostColumns ? besideRows(now, old) : [];
  const hasBefore = before.some((row) => row !== undefined);
  const columnWidths = columns.map(widthOf);
  const cells = new SheetCells([
    0,
    0,
    7,
    ...(parent === undefined ? [] : [20]),
    ...columnWidths,
    ...(hasBefore ? [2, ...columnWidths] : []),
  ]);

  beginSheet(cells, sheet, writing);
  cells.put(rows.columns, 3, columnNames.number, 'machine');
  const facts = factsOf(item, undefined, writing, section).join('　');
  cells.put(rows.note, 3, `${asOfText(writing, sheet)}　1行に1件を記入してください。${facts}`, 'note');

  let row: number = rows.next;
  if (parent === undefined) {
    const leaf = emptyLeaf(sheet);
    const reason = blankReason(writing.reasons, item.id);
    const texts = textsOf(leaf, valueAt(answers, item.keys), namesFor([], municipalities)(''), reason);
    leaf.slots.forEach((slot, index) => {
      cells.put(row, 1, slotKey(item.id, slot.suffix), 'machine');
      if (index === 0) cells.put(row, 2, markOf(texts), 'machine');
      const content = { ...contentOf(cells, leaf, slot), name: `${item.id}.${slot.suffix}` };
      cells.put(row, 3, texts[index] ?? '', 'answer', content);
      cells.put(row, 4, besideSlot(slot), 'note');
      row += 1;
    });
  }

  const [label, option, hint] = [row, row + 1, row + 2];
  const firstEntry = row + 3;
  const last = firstEntry + Math.max(rowCount(sheet, now), before.length) - 1;
  cells.put(hint, 1, tableStart, 'machine');
  cells.put(label, 3, '番号', 'heading');
  cells.put(option, 3, '', 'heading');
  if (parent !== undefined) {
    cells.put(rows.columns, 4, columnNames.parent, 'machine');
    cells.put(label, 4, parent.item.definition.label, 'heading');
    cells.put(option, 4, `シート「${titles.get(parent) ?? ''}」の番号`, 'heading');
    cells.put(hint, 4, '【必須】', 'hint');
  }
  columns.forEach(({ leaf, slot, index }, at) => {
    const name = [...leaf.around, leaf.item].map(({ definition }) => numberedLabel(definition)).join('：');
    const { unit = '' } = leaf.item.kind;
    const { example, help: _help, ...short } = leaf.item.definition;
    cells.put(rows.columns, first + at, slotKey(leaf.item.id, slot.suffix), 'machine');
    cells.put(label, first + at, index === 0 ? name : '', 'heading');
    cells.put(option, first + at, slot.label === '' ? unit : slot.label, 'heading');
    const said = index === 0 ? factsOf({ ...leaf.item, definition: short }, undefined, writing, section) : [];
    cells.put(
      hint,
      first + at,
      [...said, ...(example === undefined || index > 0 ? [] : [`例：${example}`])].join('\n'),
      'hint',
    );
    if (!hasBefore) return;
    cells.put(label, besideFirst + at, index === 0 ? `前回の回答：${name}` : '', 'heading');
    cells.put(option, besideFirst + at, slot.label === '' ? unit : slot.label, 'heading');
  });

  const titleAt = columns.findIndex(({ leaf }) => leaf.item.key === item.kind.titledBy);
  const labelsColumn = columns.some(({ slot }) => slot.accepts === 'entry') ? cells.widths.push(0) : undefined;
  const parentsList = parent === undefined ? undefined : cells.list(parentChoices(parent, parents));
  const parentLabels = new Map(parents.map((each, index) => [each.path, entryLabel(index + 1, each)]));
  const namesNow = namesFor(now, municipalities);
  const namesBefore = namesFor(old, municipalities);
  const marks = sheet.holds === 'lines' ? lineMarks(now) : undefined;

  function contentIn({ leaf, slot, index }: Column): CellContent {
    const isEntry = slot.accepts === 'entry' && labelsColumn !== undefined;
    return {
      ...contentOf(cells, leaf, slot),
      ...(isEntry ? { choices: { column: labelsColumn, from: firstEntry, to: last } } : {}),
      ...(index === 0 ? promptOf(factsOf(leaf.item, undefined, writing, section)) : {}),
    };
  }
  const contents = columns.map(contentIn);

  function writeTexts(
    of: EntryRow | undefined,
    names: (parent: string) => SheetNames,
    reasons: Reasons = {},
  ): string[][] {
    if (of === undefined) return leaves.map(({ slots }) => slots.map(() => ''));
    return leaves.map((leaf) => {
      const reason = blankReason(reasons, pathIn(of.path, leaf.item));
      return textsOf(leaf, answerIn(sheet, leaf, of), names(of.parent), reason);
    });
  }

  for (row = firstEntry; row <= last; row += 1) {
    const entry = now[row - firstEntry];
    const number = row - firstEntry + 1;
    const texts = writeTexts(entry, namesNow, writing.reasons);
    const free = (): string => (sheet.holds === 'lines' ? '' : freeRowKey(writing.newId()));
    cells.put(row, 1, entry?.path ?? free(), 'machine');
    const around = entry === undefined ? '' : (parentLabels.get(entry.parent) ?? '');
    const own = marks === undefined ? texts.map(markOf) : [marks.get(entry?.parent ?? '') ?? '-'];
    const remembered = [...own, ...(parent === undefined ? [] : [markOf([around])])];
    cells.put(row, 2, entry === undefined ? '' : remembered.join(' '), 'machine');
    cells.put(row, 3, String(number), 'number');
    if (parentsList !== undefined) cells.put(row, 4, around, 'answer', { choices: parentsList });
    texts.flat().forEach((text, at) => cells.put(row, first + at, text, 'answer', contents[at]));
    const beside = before[row - firstEntry];
    if (beside !== undefined)
      writeTexts(beside, namesBefore)
        .flat()
        .forEach((text, at) => cells.put(row, besideFirst + at, text, 'previous'));
    if (labelsColumn === undefined) continue;
    const [numberCell, titleCell] = [`$C${row}`, `$${columnName(first + titleAt)}${row}`];
    const formula = titleAt < 0 ? numberCell : `IF(${titleCell}="",${numberCell}&"",${numberCell}&" "&${titleCell})`;
    cells.put(row, labelsColumn, entry === undefined ? String(number) : entryLabel(number, entry), 'machine', {
      formula,
    });
  }
  return cells.written(titles.get(sheet) ?? sheet.id, option, first);
}
