/** The sheet of a section: its questions one below the other, an answer in one cell or in one for each option. */

import type { Item } from '../../../schemas/form.ts';
import { numberedLabel } from '../../../schemas/kinds/question.ts';
import { valueAt } from '../answers.ts';
import { markOf, textsOf } from './cells.ts';
import { blankSlot, lineSlots } from './plan.ts';
import type { Leaf, PlannedSheet } from './plan.ts';
import { SheetCells, columnNames, slotKey, tableStart } from './sheet.ts';
import type { WrittenSheet } from './sheet.ts';
import { asOfText, beginSheet, blankReason, contentOf, factsOf, rows } from './writing.ts';
import type { Writing } from './writing.ts';

const columns = { key: 1, mark: 2, label: 3, option: 4, answer: 5, unit: 6, facts: 7, previous: 8 } as const;
const widths = [0, 0, 34, 28, 44, 8, 60, 36];
const headings = ['設問', '選択肢・内訳', '回答', '単位', '記入のしかた', '前回の回答'];

/** Lines have a slot each: as many as they may be, and as many as there are. */
function withLines(leaf: Leaf, answers: readonly unknown[]): Leaf {
  const { item } = leaf;
  if (item.kind.nesting !== 'lines') return leaf;
  const counts = answers.map((each) => (Array.isArray(each) ? each.length : 0));
  return { ...leaf, slots: lineSlots(item, Math.max(item.kind.maxEntries ?? 1, ...counts)) };
}

export function questionsSheet(sheet: PlannedSheet, writing: Writing): WrittenSheet {
  const { answers, reasons, previous, municipalities, titles } = writing;
  const cells = new SheetCells(widths);
  const names = { municipalities, entries: new Map<string, string>() };
  beginSheet(cells, sheet, writing);
  cells.put(rows.columns, columns.answer, columnNames.answer, 'machine');
  cells.put(rows.note, columns.label, asOfText(writing, sheet), 'note');
  headings.forEach((text, index) => cells.put(rows.next, columns.label + index, text, 'heading'));
  cells.put(rows.next, columns.key, tableStart, 'machine');
  let row = rows.next + 1;

  function writeLeaf(planned: Leaf, around: Item): void {
    const { item } = planned;
    const [now, before] = [valueAt(answers, item.keys), previous && valueAt(previous, item.keys)];
    const leaf = withLines(planned, [now, before]);
    const texts = textsOf(leaf, now, names, blankReason(reasons, item.id));
    const beside = textsOf(leaf, before, names);
    const facts = factsOf(item, around, writing, sheet.section).join('\n');
    leaf.slots.forEach((slot, index) => {
      const isFirst = index === 0;
      cells.put(row, columns.key, slotKey(item.id, slot.suffix), 'machine');
      if (isFirst) cells.put(row, columns.mark, markOf(texts), 'machine');
      cells.put(row, columns.label, isFirst ? numberedLabel(item.definition) : '', 'label');
      cells.put(row, columns.option, slot.label, 'label');
      cells.put(row, columns.answer, texts[index] ?? '', 'answer', {
        ...contentOf(cells, leaf, slot),
        name: slot.suffix === '' ? item.id : `${item.id}.${slot.suffix}`,
      });
      cells.put(row, columns.unit, slot.suffix === blankSlot ? '' : (item.kind.unit ?? ''), 'hint');
      cells.put(row, columns.facts, isFirst ? facts : '', 'hint');
      cells.put(row, columns.previous, beside[index] ?? '', 'previous');
      row += 1;
    });
  }

  function writeItem(item: Item, around: Item): void {
    const leaf = sheet.leaves.find((each) => each.item === item);
    if (leaf !== undefined) {
      writeLeaf(leaf, around);
      return;
    }
    const elsewhere = [...titles].find(([each]) => each.item === item)?.[1];
    cells.put(row, columns.label, numberedLabel(item.definition), 'group');
    if (elsewhere === undefined)
      cells.put(row, columns.facts, factsOf(item, around, writing, sheet.section).join('\n'), 'hint');
    else cells.put(row, columns.option, `シート「${elsewhere}」に記入してください。`, 'note');
    row += 1;
    if (elsewhere === undefined) for (const child of item.children) writeItem(child, item);
  }

  for (const item of sheet.item.children) writeItem(item, sheet.item);
  return cells.written(titles.get(sheet) ?? sheet.id, rows.next, columns.label);
}
