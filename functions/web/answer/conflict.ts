/** Two pages saved the same questions: what differs, what only one of them changed, and what the officer chose. Pure. */

import type { Json, JsonObject } from '../../../schemas/values/json.ts';
import { isObject } from '../../../schemas/values/json.ts';
import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Item } from '../../../schemas/form.ts';
import { sameAnswers } from '../../../schemas/values/same-answers.ts';
import { namesBelow, pathBelow, withAnswerAt } from '../../domain/question-path.ts';
import { firstOf } from '../../domain/posted/posted.ts';
import type { Posted } from '../../domain/posted/posted.ts';

export interface ConflictingAnswer {
  readonly item: Item;
  readonly path: string;
  readonly mine: Json | undefined;
  readonly theirs: Json | undefined;
}

export const sides = ['mine', 'theirs'] as const;
export type Side = (typeof sides)[number];

export interface Settlement {
  readonly path: string;
  readonly side: Side;
}

export function choiceMark(path: string): string {
  return `${path}:choice`;
}

/** Whose answer holds, for what is not asked (again). */
export function settledMark(path: string): string {
  return `${path}:settled`;
}

function eachQuestion<T>(
  items: readonly Item[],
  values: readonly JsonObject[],
  base: string,
  of: (item: Item, path: string, answers: readonly (Json | undefined)[]) => T[],
): T[] {
  return items.flatMap((item): T[] => {
    const path = pathBelow(base, item.key);
    const answers = values.map((value) => value[item.key]);
    if (item.kind.nesting !== 'fields') return of(item, path, answers);
    return eachQuestion(
      item.children,
      answers.map((answer) => (isObject(answer) ? answer : {})),
      path,
      of,
    );
  });
}

export function conflictingAnswers(
  items: readonly Item[],
  mine: JsonObject,
  theirs: JsonObject,
  base: string,
): ConflictingAnswer[] {
  return eachQuestion(items, [mine, theirs], base, (item, path, [a, b]) =>
    sameAnswers(a, b) ? [] : [{ item, path, mine: a, theirs: b }],
  );
}

const markLength = 8;

/** Tells an answer from another one; nothing for no answer. */
function markOf(answer: Json | undefined): string {
  return answer === undefined ? '' : hash('sha256', canonicalize(answer) ?? '', 'base64url').slice(0, markLength);
}

/** What a page posts back to tell what it was opened with: a mark for each question, in the order of the definition. */
export function openedMarks(items: readonly Item[], stored: JsonObject, base: string): string {
  return eachQuestion(items, [stored], base, (_item, _path, [answer]) => [markOf(answer)]).join('.');
}

/** The marks by path; none when they are of other questions than these. */
function marksByPath(items: readonly Item[], base: string, opened: string | undefined): Map<string, string> {
  const paths = eachQuestion(items, [], base, (_item, path) => [path]);
  const marks = opened?.split('.') ?? [];
  return marks.length === paths.length ? new Map(paths.map((path, index) => [path, marks[index] ?? ''])) : new Map();
}

export interface ChangedAnswer {
  readonly item: Item;
  readonly path: string;
  readonly answer: Json | undefined;
}

/** What a page was opened with otherwise; everything where its marks are of other questions than these. */
export function changedSince(
  items: readonly Item[],
  value: JsonObject,
  base: string,
  opened: string | undefined,
): { readonly isOfPage: boolean; readonly changed: readonly ChangedAnswer[] } {
  const marks = marksByPath(items, base, opened);
  const changed = eachQuestion(items, [value], base, (item, path, [answer]): ChangedAnswer[] =>
    marks.get(path) === markOf(answer) ? [] : [{ item, path, answer }],
  );
  return { isOfPage: marks.size > 0, changed };
}

/**
 * The side that alone changed an answer, by path; none for what both changed, which is for the officer to choose.
 *
 * @param opened the marks that the page was opened with; without them everything counts as changed on both sides
 */
export function changedBySide(
  differing: readonly ConflictingAnswer[],
  items: readonly Item[],
  base: string,
  opened: string | undefined,
): Map<string, Side> {
  const marks = marksByPath(items, base, opened);
  return new Map(
    differing.flatMap(({ path, mine, theirs }): [string, Side][] => {
      const before = marks.get(path);
      if (before === undefined) return [];
      if (markOf(theirs) === before) return [[path, 'mine']];
      return markOf(mine) === before ? [[path, 'theirs']] : [];
    }),
  );
}

export interface Settled {
  readonly value: JsonObject;
  /** Where nothing was chosen. */
  readonly open: readonly ConflictingAnswer[];
  readonly settled: readonly Settlement[];
}

export function settle(
  differing: readonly ConflictingAnswer[],
  items: readonly Item[],
  mine: JsonObject,
  base: string,
  sideOf: (path: string) => string | undefined,
): Settled {
  let value = mine;
  const open: ConflictingAnswer[] = [];
  const settled: Settlement[] = [];
  for (const each of differing) {
    const { path } = each;
    const side = sideOf(path);
    if (side !== 'mine' && side !== 'theirs') {
      open.push(each);
      continue;
    }
    if (side === 'theirs') value = withAnswerAt(items, namesBelow(base, path) ?? [], value, () => each.theirs);
    settled.push({ path, side });
  }
  return { value, open, settled };
}

/** What the page of a conflict says of a question: what was settled before it was shown, then what the officer chose. */
export function sideChosen(post: Posted, path: string): string | undefined {
  return firstOf(post, settledMark(path)) ?? firstOf(post, 'choice') ?? firstOf(post, choiceMark(path));
}
