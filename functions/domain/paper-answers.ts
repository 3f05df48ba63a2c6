/**
 * The answers of a return as an official paper has them: what is asked and nothing else, short answers beside each other,
 * lists and tables as tables, in the order of the form, and what is left open named in one line.
 */

import type { Answers, Json, JsonObject } from '../../schemas/values/json.ts';
import { isObject } from '../../schemas/values/json.ts';
import type { Item } from '../../schemas/form.ts';
import { isGroup, isNumberTable } from '../../schemas/kinds/kind.ts';
import type { Names } from '../../schemas/kinds/printing.ts';
import { numberedLabel } from '../../schemas/kinds/question.ts';
import { printCount } from '../../schemas/values/count.ts';
import { continued } from './answer-rows.ts';
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

/** The rows of a table of questions, short enough that several stand beside each other. */
export interface PaperPairs {
  readonly title: string;
  readonly pairs: readonly PaperLine[];
}

export type PaperPart = PaperLine | PaperTable | PaperPairs;

export interface PaperBlock {
  readonly path: string;
  readonly title: string;
  /** 0 for a section, 1 for an entry in it. */
  readonly depth: number;
  readonly parts: readonly PaperPart[];
  /** What was asked and may stay open. */
  readonly open: readonly string[];
}

/** More do not fit beside each other. */
const mostColumns = 8;

interface Block extends PaperBlock {
  readonly parts: PaperPart[];
  readonly open: string[];
}

/** What a section, or an entry in one, is called, and the blocks of the return so far. */
interface Heading extends Pick<PaperBlock, 'path' | 'title' | 'depth'> {
  readonly blocks: Block[];
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

/** The total of a table's row, or of a table without columns, printed; nothing where none of its counts is answered. */
function totalText({ kind, children: [first] }: Item, value: JsonObject, names: Names): string | undefined {
  const numbers = Object.values(value).filter((answer) => typeof answer === 'number');
  if (!isNumberTable(kind) || first === undefined || numbers.length === 0) return undefined;
  const total = numbers.reduce((sum, number) => sum + number, 0);
  return printed(first, total, names);
}

/** Counts and options of a table that are answered, with the total: 医療 3人、教育 2人（計5人）. */
function tableLine(item: Item, value: JsonObject, names: Names): string {
  const cells = item.children.flatMap((child): string[] => {
    const answer = value[child.key];
    if (answer === undefined) return [];
    const text = isObject(answer) ? `（${tableLine(child, answer, names)}）` : ` ${printed(child, answer, names)}`;
    return [`${numberedLabel(child.definition)}${text}`];
  });
  const total = totalText(item, value, names);
  return `${cells.join('、')}${total === undefined ? '' : `（計${total}）`}`;
}

/** A table of rows and columns, with its totals both ways. */
function crossedTable(item: Item, title: string, value: JsonObject): PaperTable {
  const { columns = {}, totals = [], unit = '' } = item.kind;
  const total = (key: string): string => {
    const sum = totals.find((each) => each.key === key)?.value(value);
    return sum === undefined ? '' : printCount(sum);
  };
  const rows = item.children.map((row) => [
    numberedLabel(row.definition),
    ...row.children.map(({ key }) => {
      const count = answerIn(value, [row.key, key]);
      return typeof count === 'number' ? printCount(count) : '';
    }),
    total(row.key),
  ]);
  return {
    title: `${title}（${unit}）`,
    columns: ['', ...Object.values(columns), '計'],
    rows: [...rows, ['計', ...Object.keys(columns).map(total), total('')]],
  };
}

/** The rows that are answered, with their total; what the others mean where the table says so. */
function tablePairs(item: Item, title: string, value: JsonObject, names: Names): PaperPairs {
  const answered = item.children.filter(({ key }) => value[key] !== undefined);
  const pairs = answered.map((row) => ({
    label: numberedLabel(row.definition),
    answer: printed(row, value[row.key], names),
  }));
  const total = totalText(item, value, names);
  const { emptyLabel } = item.kind;
  const others = pairs.length === 0 ? '全ての項目' : '上記以外';
  return {
    title,
    pairs: [
      ...pairs,
      ...(total === undefined ? [] : [{ label: '計', answer: total }]),
      ...(emptyLabel === undefined || pairs.length === item.children.length
        ? []
        : [{ label: others, answer: emptyLabel }]),
    ],
  };
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

/** Entries have blocks of their own; what follows them goes on in another block of what is around them. */
function blockFor({ blocks, path, title, depth }: Heading, at: string): Block {
  const last = blocks.at(-1);
  const isFirst = !blocks.some((block) => block.path === path);
  if (last !== undefined && !isFirst && last.depth === depth) return last;
  const block = {
    path: isFirst ? path : at,
    title: isFirst ? title : `${title}${continued}`,
    depth,
    parts: [],
    open: [],
  };
  blocks.push(block);
  return block;
}

function addEntries(item: Item, label: string, answer: Json, place: Place, heading: Heading): void {
  const table = entriesTable(item, label, answer, place.names);
  if (table !== undefined) {
    // A list that is a section is called as the section is.
    blockFor(heading, place.path).parts.push(label === heading.title ? { ...table, title: '' } : table);
    return;
  }
  const names = withEntries(place.names, item, answer);
  for (const [index, { name, entry }] of namedEntries(answer).entries()) {
    const path = `${place.path}.${name}`;
    const title = `${label}${index + 1}：${entryTitle(item, entry, index)}`;
    const below = { blocks: heading.blocks, path, title, depth: heading.depth + 1 };
    blockFor(below, path);
    addFields(item.children, entry, { path, prefix: '', scopes: [...place.scopes, entry], names }, below);
  }
}

function addFields(items: readonly Item[], value: JsonObject, place: Place, heading: Heading): void {
  for (const item of items) {
    const answer = value[item.key];
    if (answer === undefined && !isAsked(item, place.scopes)) continue;
    const label = `${place.prefix}${numberedLabel(item.definition)}`;
    const path = place.path === '' ? item.key : `${place.path}.${item.key}`;
    const { kind } = item;
    const add = (part: PaperPart): void => void blockFor(heading, path).parts.push(part);
    if (isGroup(kind)) {
      const prefix = place.path === '' ? '' : `${label}：`;
      addFields(item.children, part(answer), { ...place, path, prefix }, heading);
    } else if (kind.nesting === 'entries' && Array.isArray(answer) && answer.length > 0)
      addEntries(item, label, answer, { ...place, path }, heading);
    else if (answer === undefined && kind.emptyLabel === undefined) blockFor(heading, path).open.push(label);
    else if (kind.columns !== undefined) add(crossedTable(item, label, part(answer)));
    else if (kind.nesting === 'fields') add(tablePairs(item, label, part(answer), place.names));
    else add({ label, answer: printed(item, answer, place.names) });
  }
}

/** Sections of which nothing is asked are not there. */
export function paperBlocks(sections: readonly Item[], answers: Answers, names: Names): PaperBlock[] {
  return sections.flatMap((section) => {
    const heading = { blocks: [], path: section.key, title: numberedLabel(section.definition), depth: 0 };
    addFields([section], answers, { path: '', prefix: '', scopes: [answers], names }, heading);
    return heading.blocks;
  });
}
