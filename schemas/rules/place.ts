/**
 * Where an expression stands, and what names mean there: beside it first, then in the groups and entries around it, then
 * from the sections of the form.
 */

import { isTable } from '../kinds/kind.ts';
import { isPlainName, spelledNumber } from './spelling.ts';
import { isTwoWay } from './questions.ts';
import type { Placed, Questions } from './questions.ts';

/** Words of FEEL, and what rules know besides questions. */
export const reservedWords: ReadonlySet<string> = new Set(
  'for in return if then else some every satisfies or and between instance of function not null true false unit round previous item'.split(
    ' ',
  ),
);

/** As it is written in an expression: in backticks where FEEL would not read it as one name. */
export function writtenName(name: string): string {
  return isPlainName(name) && !reservedWords.has(name) ? name : `\`${name}\``;
}

function isInTable({ parent }: Placed): boolean {
  return parent !== undefined && (isTable(parent.question.kind) || isInTable(parent));
}

/** The question of this name among those directly inside another: its key, number or, in a table, label. */
export function childCalled(name: string, { children }: Pick<Placed, 'children'>): Placed | undefined {
  const spelled = spelledNumber(name);
  return (
    children.find(({ question }) => question.key === name) ??
    children.find(({ question: { definition } }) => spelledNumber(definition.number ?? '') === spelled) ??
    children.find((child) => isInTable(child) && spelledNumber(child.question.definition.label) === spelled)
  );
}

/** That a question is not called by its label. */
export function labelMessage(label: string, number: string | undefined): string {
  const instead = number === undefined ? '設問に番号を付け、番号' : `番号「${writtenName(spelledNumber(number))}」`;
  return `「${label}」は設問の名称です。${instead}で書いてください。`;
}

/** What to write instead of the label of a question; `undefined` where none of these is called so. */
export function labelHint(name: string, among: Iterable<Placed>): string | undefined {
  const spelled = spelledNumber(name);
  for (const placed of among) {
    const { label, number } = placed.question.definition;
    if (spelledNumber(label) === spelled && !isInTable(placed)) return labelMessage(name, number);
  }
  return undefined;
}

/** The columns of a table are those of its first row. */
export function columnsOf(table: Placed): readonly Placed[] {
  return isTwoWay(table) ? (table.children[0]?.children ?? []) : [];
}

export class Place {
  readonly questions: Questions;
  readonly at: Placed | undefined;
  /** The lists whose entries are around it, outermost first. */
  readonly lists: readonly Placed[];
  readonly #around: readonly (readonly Placed[])[];

  /** `inside` an entry of the list `at`, instead of beside it. */
  constructor(questions: Questions, at: Placed | undefined, inside: boolean) {
    this.questions = questions;
    this.at = at;
    this.lists = at === undefined ? [] : inside ? [...at.lists, at] : at.lists;
    const around: (readonly Placed[])[] = [];
    for (let each = inside ? at : at?.parent; each !== undefined; each = each.parent) around.push(each.children);
    this.#around = [...around, questions.roots];
  }

  byKey(key: string): Placed | undefined {
    for (const siblings of this.#around) {
      const found = siblings.find(({ question }) => question.key === key);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** How many of the lists around it are around the question as well. */
  sharedLists({ lists }: Placed): number {
    const apart = this.lists.findIndex((list, index) => lists[index] !== list);
    return apart === -1 ? this.lists.length : apart;
  }

  #isMeant(keys: readonly string[], placed: Placed): boolean {
    const [first = '', ...others] = keys;
    const found = others.reduce(
      (inner, key) => inner?.children.find(({ question }) => question.key === key),
      this.byKey(first),
    );
    return found === placed;
  }

  /**
   * By key where it, or what it is inside of, is beside, else by id; inside an entry from the entry. `isThrough` says
   * that it is read of all entries of a list, also from inside one of them.
   */
  keysOf(placed: Placed, isThrough: boolean): string {
    const { keys } = placed.question;
    const list = isThrough ? placed.lists.at(-1) : undefined;
    if (list !== undefined) return [this.keysOf(list, false), ...keys].join('.');
    for (let above: Placed | undefined = placed, length = 1; above !== undefined; above = above.parent, length += 1) {
      const fromHere = keys.slice(-length);
      if (this.#around[0]?.includes(above) === true && this.#isMeant(fromHere, placed)) return fromHere.join('.');
    }
    return keys.join('.');
  }

  /** By number where it has one of its own, in tables by label. */
  labelOf(placed: Placed, isThrough: boolean): string {
    const { parent, question } = placed;
    const number = this.questions.numberOf(placed);
    const list = isThrough ? placed.lists.at(-1) : undefined;
    const isOwn = list === undefined || !this.lists.includes(list);
    if (number !== undefined && isOwn) return writtenName(number);
    if (parent === undefined || (!isThrough && this.#around[0]?.includes(placed) === true))
      return this.keysOf(placed, isThrough);
    if (!isThrough && this.lists.includes(parent)) return question.key;
    return `${this.labelOf(parent, isThrough && parent !== list)}.${this.stepOf(placed)}`;
  }

  /** After the dot, where the question around it is said before. */
  stepOf(placed: Placed): string {
    const { key, definition } = placed.question;
    const name = isInTable(placed) ? definition.label : (this.questions.numberOf(placed) ?? key);
    const found = placed.parent === undefined ? undefined : childCalled(name, placed.parent);
    return found === placed && !name.includes('`') ? writtenName(name) : key;
  }
}
