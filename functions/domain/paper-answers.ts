/**
 * The answers of a return as an official paper has them: what is asked and nothing else, short answers beside each other,
 * lists as tables with a row per entry, and what is left open named in one line.
 */

import { isObject } from '../../schemas/json.ts';
import type { JsonObject } from '../../schemas/json.ts';
import type { Item } from '../../schemas/form.ts';
import { isGroup } from '../../schemas/kinds/kind.ts';
import type { Names } from '../../schemas/kinds/printing.ts';
import { numberedLabel } from '../../schemas/question.ts';
import type { Answers, Json } from '../../schemas/return.ts';
import { namedEntries } from './answers.ts';
import { isAsked } from './asked.ts';
import type { Scopes } from './asked.ts';
import { entryTitle, printAnswer, withEntries } from './print-answer.ts';

export interface PaperLine {
  readonly label: string;
  readonly answer: string;
}

export interface PaperTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface PaperBlock {
  readonly path: string;
  readonly title: string;
  /** 0 for a section, 1 for an entry in it. */
  readonly depth: number;
  readonly lines: readonly PaperLine[];
  readonly tables: readonly PaperTable[];
  /** What was asked and may stay open. */
  readonly open: readonly string[];
}

/** More do not fit beside each other. */
const mostColumns = 8;

interface Block {
  readonly path: string;
  readonly title: string;
  readonly depth: number;
  readonly lines: PaperLine[];
  readonly tables: PaperTable[];
  readonly open: string[];
  readonly below: Block[];
}

interface Place {
  readonly path: string;
  /** The labels of the groups around. */
  readonly prefix: string;
  readonly scopes: Scopes;
  readonly names: Names;
}

const nothing: JsonObject = {};

function part(value: Json | undefined): JsonObject {
  return isObject(value) ? value : nothing;
}

/** On one line where each of several options stands on its own. */
function printed(item: Item, answer: Json | undefined, names: Names): string {
  const text = printAnswer(item, answer, names);
  const { kind } = item;
  const isList = kind.nesting === 'none' && (kind.posting.as === 'several' || kind.posting.as === 'ranked');
  return isList ? text.replaceAll('\n', '、') : text;
}

/** Counts and options of a table that are answered, with the total: 医療 3人、教育 2人（計5人）. */
function tableLine(item: Item, value: JsonObject, names: Names): string {
  const cells = item.children.flatMap((child): string[] => {
    const answer = value[child.key];
    if (answer === undefined) return [];
    const text = isObject(answer) ? `（${tableLine(child, answer, names)}）` : ` ${printed(child, answer, names)}`;
    return [`${numberedLabel(child.definition)}${text}`];
  });
  const numbers = item.children.map(({ key }) => value[key]).filter((answer) => typeof answer === 'number');
  const [first] = item.children;
  const total =
    item.kind.table === 'numbers' && item.kind.columns === undefined && first !== undefined && numbers.length > 0
      ? `（計${printed(
          first,
          numbers.reduce((sum, number) => sum + number, 0),
          names,
        )}）`
      : '';
  return `${cells.join('、')}${total}`;
}

/** The questions that have a cell of their own. */
function leaves(items: readonly Item[], keys: readonly string[] = []): { item: Item; keys: readonly string[] }[] {
  return items.flatMap((item) => {
    const own = [...keys, item.key];
    return isGroup(item.kind) ? leaves(item.children, own) : [{ item, keys: own }];
  });
}

function answerIn(value: JsonObject, keys: readonly string[]): Json | undefined {
  return keys.reduce<Json | undefined>((inside, key) => part(inside)[key], value);
}

function cellText(item: Item, answer: Json | undefined, names: Names): string {
  if (answer === undefined) return item.kind.emptyLabel ?? '';
  if (item.kind.nesting === 'fields') return tableLine(item, part(answer), names);
  if (item.kind.nesting !== 'entries') return printed(item, answer, names);
  const inside = withEntries(names, item, answer);
  const entries = namedEntries(answer).map(({ entry }) =>
    leaves(item.children)
      .map((leaf) => cellText(leaf.item, answerIn(entry, leaf.keys), inside))
      .filter((text) => text !== '')
      .join('　'),
  );
  return entries.length === 0 ? printed(item, answer, names) : entries.map((text) => `・${text}`).join('\n');
}

/** The entries as a table; `undefined` where they are too large for one. */
function entriesTable(item: Item, title: string, answer: Json, names: Names): PaperTable | undefined {
  const all = leaves(item.children);
  const isDeep = all.some((leaf) =>
    leaves(leaf.item.children).some(({ item: { kind } }) => kind.nesting === 'entries'),
  );
  if (isDeep) return undefined;
  const entries = namedEntries(answer).map(({ entry }) => entry);
  const used = all.filter(({ keys }) => entries.some((entry) => answerIn(entry, keys) !== undefined));
  if (used.length > mostColumns) return undefined;
  const inside = withEntries(names, item, answer);
  return {
    title,
    columns: ['番号', ...used.map((leaf) => numberedLabel(leaf.item.definition))],
    rows: entries.map((entry, index) => [
      String(index + 1),
      ...used.map((leaf) => cellText(leaf.item, answerIn(entry, leaf.keys), inside)),
    ]),
  };
}

function blockOf(path: string, title: string, depth: number): Block {
  return { path, title, depth, lines: [], tables: [], open: [], below: [] };
}

function addEntries(item: Item, label: string, answer: Json, place: Place, block: Block): void {
  const table = entriesTable(item, label, answer, place.names);
  if (table !== undefined) {
    block.tables.push(table);
    return;
  }
  const names = withEntries(place.names, item, answer);
  for (const [index, { name, entry }] of namedEntries(answer).entries()) {
    const path = `${place.path}.${name}`;
    const below = blockOf(path, `${label}${index + 1}：${entryTitle(item, entry, index)}`, block.depth + 1);
    addFields(item.children, entry, { path, prefix: '', scopes: [...place.scopes, entry], names }, below);
    block.below.push(below);
  }
}

function addFields(items: readonly Item[], value: JsonObject, place: Place, block: Block): void {
  for (const item of items) {
    const answer = value[item.key];
    if (answer === undefined && !isAsked(item, place.scopes)) continue;
    const label = `${place.prefix}${numberedLabel(item.definition)}`;
    const path = place.path === '' ? item.key : `${place.path}.${item.key}`;
    const { kind } = item;
    if (isGroup(kind)) {
      const prefix = place.path === '' ? '' : `${label}：`;
      addFields(item.children, part(answer), { ...place, path, prefix }, block);
    } else if (kind.nesting === 'entries' && Array.isArray(answer) && answer.length > 0)
      addEntries(item, label, answer, { ...place, path }, block);
    else if (answer === undefined && kind.emptyLabel === undefined) block.open.push(label);
    else if (kind.nesting === 'fields') block.lines.push({ label, answer: tableLine(item, part(answer), place.names) });
    else block.lines.push({ label, answer: printed(item, answer, place.names) });
  }
}

function flat({ below, ...block }: Block): PaperBlock[] {
  return [block, ...below.flatMap(flat)];
}

/** Sections of which nothing is asked are not there. */
export function paperBlocks(sections: readonly Item[], answers: Answers, names: Names): PaperBlock[] {
  return sections.flatMap((section) => {
    const block = blockOf(section.key, numberedLabel(section.definition), 0);
    addFields([section], answers, { path: '', prefix: '', scopes: [answers], names }, block);
    // A list that is a section is called as the section is.
    const tables = block.tables.map((table) => (table.title === block.title ? { ...table, title: '' } : table));
    const all = flat({ ...block, tables });
    return all.some(({ lines, tables: { length }, open }) => lines.length + length + open.length > 0) ? all : [];
  });
}
