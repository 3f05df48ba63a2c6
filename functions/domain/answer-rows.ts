/**
 * A return as rows to read: every question of its form with its answer as text, optionally beside another version. The
 * entries of a section's or group's list are blocks of their own; lists inside them are printed into one row per entry.
 */

import { isNumberTable } from '../../schemas/kinds/kind.ts';
import type { Answers, Json, JsonObject } from '../../schemas/values/json.ts';
import { isObject } from '../../schemas/values/json.ts';
import type { Item } from '../../schemas/form.ts';
import type { FileAnswer } from '../../schemas/values/file-answer.ts';
import { namedEntries } from './answers.ts';
import { sameAnswers } from '../../schemas/values/same-answers.ts';
import { printCount } from '../../schemas/values/count.ts';
import { isAsked } from './asked.ts';
import { filesOf } from './files.ts';
import type { Scopes } from './asked.ts';
import { entryTitle, notAnswered, printAnswer, withEntries } from './print-answer.ts';
import type { Names } from '../../schemas/kinds/printing.ts';
import { numberedLabel } from '../../schemas/kinds/question.ts';

export type AnswerChange = 'same' | 'added' | 'removed' | 'changed';

export interface AnswerRow {
  readonly path: string;
  /** Of the question, where it has one; the label begins with it where nothing else stands before. */
  readonly number?: string | undefined;
  readonly label: string;
  readonly answer: string;
  readonly isAnswered: boolean;
  /** The files that the answer names: the whole of it, or inside what the entry of a list holds. */
  readonly files?: { readonly named: readonly FileAnswer[]; readonly areWhole: boolean };
  /** Answered although other answers say that it is not asked. */
  readonly isStray: boolean;
  /** Absent when there is nothing to compare with. */
  readonly compared?: { readonly answer: string; readonly difference: AnswerChange };
}

export interface AnswerBlock {
  readonly path: string;
  readonly title: string;
  /** 0 for a section, 1 for an entry in it. */
  readonly depth: number;
  readonly rows: readonly AnswerRow[];
  /** Of an entry that is in one of the two versions alone. */
  readonly came?: 'added' | 'removed' | undefined;
}

export interface RowsRequest {
  readonly sections: readonly Item[];
  readonly answers: Answers;
  readonly names: Names;
  /** Another version to put beside the answers. */
  readonly compared?: Answers | undefined;
}

interface Scope {
  /** What conditions read. */
  readonly now: Scopes;
  readonly was: JsonObject | undefined;
  readonly names: Names;
  readonly namesBefore: Names;
}

/** A row, or the block of an entry, in the order of the form. */
type Part = AnswerRow | AnswerBlock;

/** What a heading says again after the entries of a list that stands in the middle. */
export const continued = '（続き）';

const cameMarks = { added: '（追加）', removed: '（削除）' } as const;

const nothing: JsonObject = {};

function differenceOf(now: Json | undefined, was: Json | undefined): AnswerChange {
  if (sameAnswers(now, was)) return 'same';
  if (was === undefined) return 'added';
  return now === undefined ? 'removed' : 'changed';
}

function rowOf(
  item: Item,
  label: string,
  path: string,
  values: { now: Json | undefined; was: Json | undefined },
  scope: Scope,
): AnswerRow {
  const { now, was } = values;
  const named = filesOf(item, now);
  return {
    path,
    number: item.definition.number,
    label,
    answer: printAnswer(item, now, scope.names),
    isAnswered: now !== undefined,
    ...(named.length === 0 ? {} : { files: { named, areWhole: item.kind.files !== undefined } }),
    isStray: now !== undefined && !isAsked(item, scope.now),
    ...(scope.was === undefined
      ? {}
      : { compared: { answer: printAnswer(item, was, scope.namesBefore), difference: differenceOf(now, was) } }),
  };
}

/** A question nobody is asked and nobody has answered is not shown. */
function isShown(item: Item, now: Json | undefined, was: Json | undefined, scope: Scope): boolean {
  return now !== undefined || was !== undefined || isAsked(item, scope.now);
}

function part(value: Json | undefined): JsonObject {
  return isObject(value) ? value : nothing;
}

function sumOf(value: JsonObject, items: readonly Item[]): number {
  return items.reduce((sum, { key }) => sum + (typeof value[key] === 'number' ? value[key] : 0), 0);
}

interface Compared {
  readonly now: JsonObject;
  readonly was: JsonObject;
}

/** What is added up of a table, printed. */
function totalRow(
  item: Item,
  path: string,
  label: string,
  print: (value: JsonObject) => string,
  { now, was }: Compared,
  scope: Scope,
): AnswerRow {
  const given = (value: JsonObject): string | undefined => (print(value) === notAnswered ? undefined : print(value));
  const difference = print(now) === print(was) ? 'same' : differenceOf(given(now), given(was));
  return {
    path,
    number: item.definition.number,
    label,
    answer: print(now),
    isAnswered: Object.keys(now).length > 0,
    isStray: false,
    ...(scope.was === undefined ? {} : { compared: { answer: print(was), difference } }),
  };
}

function countRows(item: Item, label: string, path: string, values: Compared, scope: Scope): AnswerRow[] {
  const { now, was } = values;
  const counted = item.children.filter(({ key }) => now[key] !== undefined || was[key] !== undefined);
  const rows = counted.map((child) =>
    rowOf(
      child,
      `${label}：${numberedLabel(child.definition)}`,
      `${path}.${child.key}`,
      { now: now[child.key], was: was[child.key] },
      scope,
    ),
  );
  const [first] = item.children;
  const print = (value: JsonObject): string =>
    first === undefined || Object.keys(value).length === 0
      ? notAnswered
      : printAnswer(first, sumOf(value, item.children), scope.names);
  return [...rows, totalRow(item, path, counted.length === 0 ? label : `${label}：計`, print, values, scope)];
}

/** The counts of each row with their total, then the totals of the columns in one row with that of the table. */
function crossedRows(item: Item, label: string, path: string, values: Compared, scope: Scope): AnswerRow[] {
  const { now, was } = values;
  const rows = item.children.flatMap((row) =>
    countRows(
      row,
      `${label}：${row.definition.label}`,
      `${path}.${row.key}`,
      { now: part(now[row.key]), was: part(was[row.key]) },
      scope,
    ),
  );
  const { totals = [], unit = '', columns = {} } = item.kind;
  const totalIn = (value: JsonObject, key: string): string => {
    const sum = totals.find((total) => total.key === key)?.value(value);
    return sum === undefined ? notAnswered : printCount(sum, unit);
  };
  const print = (value: JsonObject): string => {
    const parts = Object.entries(columns).map(([key, name]) => `${name} ${totalIn(value, key)}`);
    const all = totalIn(value, '');
    return all === notAnswered ? all : `${all}（${parts.join('、')}）`;
  };
  return [...rows, totalRow(item, path, `${label}：計`, print, values, scope)];
}

interface RowPosition {
  readonly path: string;
  /** The labels of the groups around, for rows that would not be understood without. */
  readonly prefix: string;
  readonly depth: number;
}

function fieldParts(
  items: readonly Item[],
  now: JsonObject,
  before: JsonObject,
  place: RowPosition,
  scope: Scope,
): Part[] {
  return items.flatMap((item): Part[] => {
    const path = place.path === '' ? item.key : `${place.path}.${item.key}`;
    const [is, was] = [now[item.key], before[item.key]];
    if (!isShown(item, is, was, scope)) return [];
    const label = `${place.prefix}${numberedLabel(item.definition)}`;
    if (item.kind.nesting === 'fields') {
      const values = { now: part(is), was: part(was) };
      if (item.kind.columns !== undefined) return crossedRows(item, label, path, values, scope);
      if (isNumberTable(item.kind)) return countRows(item, label, path, values, scope);
      const prefix = place.path === '' ? '' : `${label}：`;
      return fieldParts(item.children, values.now, values.was, { ...place, path, prefix }, scope);
    }
    return item.kind.nesting === 'entries' && hasEntries(is, was)
      ? entryParts(item, is, was, { ...place, path, prefix: label }, scope)
      : [rowOf(item, label, path, { now: is, was }, scope)];
  });
}

function hasEntries(...values: (Json | undefined)[]): boolean {
  return values.some((value) => Array.isArray(value) && value.length > 0);
}

/** Entries of now in their order, was those that are gone. */
function paired(now: Json | undefined, was: Json | undefined) {
  const old = new Map(namedEntries(was).map(({ name, entry }) => [name, entry]));
  const present = namedEntries(now).map(({ name, entry }) => ({ name, now: entry, was: old.get(name) }));
  const kept = new Set(present.map(({ name }) => name));
  const gone = [...old]
    .filter(([name]) => !kept.has(name))
    .map(([name, entry]) => ({ name, now: undefined, was: entry }));
  return [...present, ...gone];
}

function entryParts(
  item: Item,
  now: Json | undefined,
  was: Json | undefined,
  place: RowPosition,
  scope: Scope,
): Part[] {
  const inner: Scope = {
    ...scope,
    names: withEntries(scope.names, item, now),
    namesBefore: withEntries(scope.namesBefore, item, was),
  };
  return paired(now, was).flatMap((pair, index): Part[] => {
    const path = `${place.path}.${pair.name}`;
    const title = `${place.prefix}${index + 1}：${entryTitle(item, pair.now ?? pair.was ?? nothing, index)}`;
    if (place.depth > 0) {
      const values = { now: pair.now && [pair.now], was: pair.was && [pair.was] };
      return [rowOf(item, `${place.prefix}${index + 1}`, path, values, inner)];
    }
    const depth = place.depth + 1;
    const inside = fieldParts(
      item.children,
      pair.now ?? nothing,
      pair.was ?? nothing,
      { path, prefix: '', depth },
      {
        ...inner,
        now: [...scope.now, pair.now ?? pair.was ?? nothing],
        was: scope.was === undefined ? undefined : (pair.was ?? nothing),
      },
    );
    const came =
      pair.now === undefined ? 'removed' : scope.was !== undefined && pair.was === undefined ? 'added' : undefined;
    const mark = came === undefined ? '' : cameMarks[came];
    return blocksOf({ path, title: `${title}${mark}`, depth, came }, inside);
  });
}

function isBlock(each: Part): each is AnswerBlock {
  return 'rows' in each;
}

/** What follows the entries of a list goes on in another block of what is around them. */
function blocksOf(heading: Omit<AnswerBlock, 'rows'>, parts: readonly Part[]): AnswerBlock[] {
  let rows: AnswerRow[] = [];
  const blocks: AnswerBlock[] = [{ ...heading, rows }];
  for (const each of parts) {
    const last = blocks.at(-1);
    if (isBlock(each)) blocks.push(each);
    else if (last?.depth === heading.depth) rows.push(each);
    else {
      rows = [each];
      blocks.push({ ...heading, path: each.path, title: `${heading.title}${continued}`, rows });
    }
  }
  return blocks;
}

export function answerBlocks({ sections, answers, names, compared }: RowsRequest): AnswerBlock[] {
  const scope: Scope = { now: [answers], was: compared, names, namesBefore: names };
  return sections.flatMap((section): AnswerBlock[] => {
    const place = { path: '', prefix: '', depth: 0 };
    const parts = fieldParts([section], answers, compared ?? nothing, place, scope);
    const heading = { path: section.key, title: numberedLabel(section.definition), depth: 0 };
    return parts.length === 0 ? [] : blocksOf(heading, parts);
  });
}

/** What differs only, without blocks in which nothing does. */
export function changedOnly(blocks: readonly AnswerBlock[]): AnswerBlock[] {
  return blocks.flatMap((block) => {
    const rows = block.rows.filter(({ compared }) => compared !== undefined && compared.difference !== 'same');
    return rows.length === 0 ? [] : [{ ...block, rows }];
  });
}
