/**
 * The sheets of a fill-in workbook: one for each section, one for each list. An answer is one cell (a slot), or one for
 * each option; on the sheet of a list it is so many columns of the entry's row. Written and read by the same plan.
 */

import type { Form, Item } from '../../../schemas/form.ts';
import { noEntries, noneOfThese } from '../../../schemas/kinds/printing.ts';
import { numberedLabel } from '../../../schemas/kinds/question.ts';

/** Ends of the keys of slots that no option can have: keys of options begin with a letter. */
export const noneSlot = '_none';
export const notApplicableSlot = '_na';
/** Why a question is left blank, where that may be said. */
export const blankSlot = '_blank';

export const notApplicableWord = '該当なし';

export interface Slot {
  /** Empty where an answer is one cell. */
  readonly suffix: string;
  /** Of the option. */
  readonly label: string;
  /** What is chosen from a list, marked with ○ or typed. */
  readonly accepts: 'text' | 'mark' | 'option' | 'entry';
}

/** An answer that has cells on a sheet. */
export interface Leaf {
  readonly item: Item;
  /** The groups around it, up to the section or entry. */
  readonly around: readonly Item[];
  readonly slots: readonly Slot[];
}

export interface PlannedSheet {
  /** The id of the section or of the list. */
  readonly id: string;
  readonly title: string;
  /** The questions of a section one below the other, or a row for each entry or line of a list. */
  readonly holds: 'questions' | 'entries' | 'lines';
  readonly item: Item;
  readonly section: Item;
  /** The answers of a section, or of one entry. */
  readonly leaves: readonly Leaf[];
  /** Of a list inside a list: the sheet of the entries that its own belong to. */
  readonly parent?: PlannedSheet;
}

function emptySlots({ definition, kind }: Item): Slot[] {
  const none = kind.nesting === 'none' ? noneOfThese : noEntries;
  return [
    { suffix: noneSlot, label: none, accepts: 'mark' },
    ...(definition.nullable ? [{ suffix: notApplicableSlot, label: notApplicableWord, accepts: 'mark' } as const] : []),
  ];
}

/** Lines of a section have a slot each. A cell holds no file: that there is none is all that can be said. */
export function lineSlots(item: Item, count: number): Slot[] {
  const isTyped = item.kind.fields === undefined && item.kind.posting.as === 'lines';
  const lines = Array.from({ length: isTyped ? count : 0 }, (_, index): Slot => {
    const suffix = String(index + 1);
    return { suffix, label: `${suffix}件目`, accepts: 'text' };
  });
  return [...lines, ...emptySlots(item)];
}

function ownSlots(item: Item, isInEntry: boolean): readonly Slot[] {
  const { kind } = item;
  if (kind.nesting === 'entries' || kind.nesting === 'fields') return emptySlots(item);
  const { posting } = kind;
  switch (posting.as) {
    case 'typed':
    case 'words':
      return [{ suffix: '', label: '', accepts: 'text' }];
    case 'one':
      return [{ suffix: '', label: '', accepts: kind.refersTo === 'entries' ? 'entry' : 'option' }];
    case 'several': {
      // Municipalities are too many for a cell each, and have names that can be typed.
      if (kind.options === undefined) return [{ suffix: '', label: '', accepts: 'text' }];
      const options = Object.entries(kind.options);
      return [...options.map(([suffix, label]): Slot => ({ suffix, label, accepts: 'mark' })), ...emptySlots(item)];
    }
    case 'ranked':
      return posting.places.map((label, index): Slot => ({ suffix: String(index + 1), label, accepts: 'option' }));
    case 'lines':
      return isInEntry ? emptySlots(item) : lineSlots(item, kind.maxEntries ?? 1);
    case 'sent':
      return emptySlots(item);
  }
}

function withBlank({ definition }: Item, slots: readonly Slot[]): readonly Slot[] {
  if (definition.reasonIfBlank !== true) return slots;
  return [...slots, { suffix: blankSlot, label: '不明の場合は、その理由', accepts: 'text' }];
}

function leavesOf(items: readonly Item[], around: readonly Item[], isInEntry: boolean): Leaf[] {
  return items.flatMap((item): Leaf[] => {
    if (item.kind.nesting === 'fields') return leavesOf(item.children, [...around, item], isInEntry);
    if (item.kind.nesting === 'entries' && !isInEntry) return [];
    // Nobody answers what is computed.
    if (item.kind.formula !== undefined) return [];
    return [{ item, around, slots: withBlank(item, ownSlots(item, isInEntry)) }];
  });
}

/** The answers in a row of a list's sheet. */
export function leavesIn({ holds, item, leaves }: PlannedSheet): readonly Leaf[] {
  return holds === 'lines' ? [{ item, around: [], slots: [{ suffix: '', label: '', accepts: 'text' }] }] : leaves;
}

/** On the sheet of a list that is in no other: that there are none, or why it is left blank. */
export function emptyLeaf({ item }: PlannedSheet): Leaf {
  return { item, around: [], slots: withBlank(item, emptySlots(item)) };
}

function listSheets(items: readonly Item[], section: Item, parent: PlannedSheet | undefined): PlannedSheet[] {
  return items.flatMap((item): PlannedSheet[] => {
    const { kind, id } = item;
    if (kind.nesting === 'fields') return listSheets(item.children, section, parent);
    const around = parent === undefined ? {} : { parent };
    const title = parent === undefined ? numberedLabel(item.definition) : `${parent.title}・${item.definition.label}`;
    if (kind.nesting === 'entries') {
      const leaves = leavesOf(item.children, [], true);
      const sheet: PlannedSheet = { id, title, holds: 'entries', item, section, leaves, ...around };
      return [sheet, ...listSheets(item.children, section, sheet)];
    }
    if (kind.nesting === 'none' || kind.posting.as !== 'lines' || parent === undefined) return [];
    return [{ id, title, holds: 'lines', item, section, leaves: [], ...around }];
  });
}

const planned = new WeakMap<object, readonly PlannedSheet[]>();

function build({ sections }: Pick<Form, 'sections'>): PlannedSheet[] {
  return sections.flatMap((section) => {
    if (section.kind.nesting === 'entries') return listSheets([section], section, undefined);
    const leaves = leavesOf(section.children, [], false);
    const title = numberedLabel(section.definition);
    const own: PlannedSheet = { id: section.id, title, holds: 'questions', item: section, section, leaves };
    return [own, ...listSheets(section.children, section, undefined)];
  });
}

/** In the order of the form, each list after what it stands in. */
export function planOf(form: Pick<Form, 'sections'>): readonly PlannedSheet[] {
  const plan = planned.get(form.sections) ?? build(form);
  planned.set(form.sections, plan);
  return plan;
}

/** Keys of an item from the entry, or the root, that the sheet's questions stand in. */
export function pathIn(base: string, { keys }: Pick<Item, 'keys'>): string {
  return [...(base === '' ? [] : [base]), ...keys].join('.');
}
