/** What every sheet of a fill-in workbook is written from, and what stands on each of them. */

import { blankCheck } from '../../../schemas/kinds/edit-check.ts';
import type { Form, Item } from '../../../schemas/form.ts';
import type { Answers } from '../../../schemas/values/json.ts';
import type { Reasons } from '../../../schemas/return.ts';
import { asOfDate } from '../../../schemas/round.ts';
import type { Round } from '../../../schemas/round.ts';
import { printPartialDate } from '../../../schemas/values/partial-date.ts';
import type { NewEntryId } from '../normal-form.ts';
import { conditionText, dateText, limitsText } from '../question-facts.ts';
import { circle, optionLabels } from './cells.ts';
import { notApplicableWord } from './plan.ts';
import type { Leaf, PlannedSheet, Slot } from './plan.ts';
import { columnNames, machineRows, metaText } from './sheet.ts';
import type { CellContent, SheetCells } from './sheet.ts';

export interface FillIn {
  readonly form: Form;
  readonly round: Round;
  readonly unit: { readonly code: string; readonly name: string };
  readonly answers: Answers;
  readonly reasons: Reasons;
  /** The last accepted answers of an earlier round. */
  readonly previous: Answers | undefined;
  /** Names of the round's directory, by code. */
  readonly municipalities: ReadonlyMap<string, string>;
}

export interface Writing extends FillIn {
  /** What each sheet of the plan is called in the workbook. */
  readonly titles: ReadonlyMap<PlannedSheet, string>;
  /** For the entries that free rows may become. */
  readonly newId: NewEntryId;
}

/** Why a question is left blank. */
export function blankReason(reasons: Reasons, path: string): string {
  return reasons[`${path}.${blankCheck}`] ?? '';
}

/** Everything that is said of how a question is answered; the shortest first. */
export function factsOf(item: Item, around: Item | undefined, { round }: FillIn, section: Item): string[] {
  const { required, help, example } = item.definition;
  const condition = conditionText(item, around);
  return [
    required ? '【必須】' : '',
    condition === '' ? '' : `該当する場合のみ（${condition}）`,
    limitsText(item),
    item.kind.emptyLabel === undefined ? '' : `空欄は「${item.kind.emptyLabel}」という意味です。`,
    dateText(item, round.period, asOfDate(round, section.key)),
    help ?? '',
    example === undefined ? '' : `記入例：${example}`,
  ].filter((text) => text !== '');
}

/** As long as a prompt of a cell may be, with room for characters that count as two. */
const longestPrompt = 120;

export function promptOf(facts: readonly string[]): { prompt?: string } {
  const text = facts.join('\n');
  const characters = Array.from(text);
  if (text === '') return {};
  return { prompt: characters.length <= longestPrompt ? text : `${characters.slice(0, longestPrompt).join('')}…` };
}

/** How a cell is filled in. */
export function contentOf(cells: SheetCells, leaf: Leaf, slot: Slot): CellContent {
  const { kind, definition } = leaf.item;
  if (slot.accepts === 'mark') return { choices: cells.list([circle]), isStrict: true };
  if (slot.accepts === 'option') {
    const labels = [...optionLabels(leaf).values(), ...(definition.nullable ? [notApplicableWord] : [])];
    return { choices: cells.list(labels), isStrict: true };
  }
  if (kind.nesting === 'fields' || kind.nesting === 'entries') return {};
  const { posting } = kind;
  return posting.as === 'words' || posting.as === 'lines' ? { maxLength: posting.maxLength } : {};
}

/** Rows that every sheet begins with. */
export const rows = { ...machineRows, title: 3, note: 4, next: 5 } as const;

export function beginSheet(cells: SheetCells, sheet: PlannedSheet, { form, round, unit }: Writing): void {
  const meta = { round: round.id, form: form.id, version: form.version, unit: unit.code, sheet: sheet.id };
  cells.put(rows.meta, 1, metaText({ format: 1, ...meta }), 'machine');
  cells.put(rows.columns, 1, columnNames.key, 'machine');
  cells.put(rows.columns, 2, columnNames.mark, 'machine');
  cells.put(rows.title, 3, `${sheet.title}（${unit.name}）`, 'title');
}

export function asOfText({ round }: FillIn, { section }: PlannedSheet): string {
  return `${round.name}　${printPartialDate(asOfDate(round, section.key))}現在`;
}
