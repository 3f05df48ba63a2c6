/**
 * What expressions see of a form: its questions, where they stand, and their numbers. `Item` of `schemas/form.ts` is
 * one, and so is whatever a form is built from before it is one.
 */

import { isTable } from '../kinds/kind.ts';
import type { EntriesKind, FieldsKind, SingleKind } from '../kinds/kind.ts';
import type { Visibility } from '../kinds/question.ts';
import { spelledNumber } from './spelling.ts';

type Asked = 'nesting' | 'options' | 'table';

/** What rules ask of a kind. */
export type RuleKind = Pick<SingleKind, Asked | 'value'> | Pick<FieldsKind, Asked> | Pick<EntriesKind, Asked>;

export interface RuleQuestion {
  /** Keys from the root of the form. */
  readonly id: string;
  readonly key: string;
  /** Keys from the scope: the root of the form, or the entry of the innermost list around it. */
  readonly keys: readonly string[];
  readonly visibility: Visibility;
  readonly definition: {
    readonly label: string;
    readonly required: boolean;
    /** 番号, such as 問2の1. */
    readonly number?: string | undefined;
  };
  readonly kind: RuleKind;
  readonly children: readonly RuleQuestion[];
}

export interface Placed {
  readonly question: RuleQuestion;
  readonly parent: Placed | undefined;
  /** The lists around it, outermost first. */
  readonly lists: readonly Placed[];
  readonly children: readonly Placed[];
  /** Its position in the form, and that of the last question inside it. */
  readonly first: number;
  readonly last: number;
}

/** A table of numbers with rows and columns. */
export function isTwoWay({ question: { kind }, children }: Placed): boolean {
  return isTable(kind) && children.some((row) => row.children.length > 0);
}

/** The questions of a form by id and by number. */
export class Questions {
  readonly roots: readonly Placed[];
  readonly byId = new Map<string, Placed>();
  /** `null` for a number that several questions have. */
  readonly byNumber = new Map<string, Placed | null>();
  #count = 0;

  constructor(sections: readonly RuleQuestion[]) {
    this.roots = sections.map((section) => this.#place(section, undefined, []));
  }

  #place(question: RuleQuestion, parent: Placed | undefined, lists: readonly Placed[]): Placed {
    this.#count += 1;
    const children: Placed[] = [];
    const placed = { question, parent, lists, children, first: this.#count, last: this.#count };
    this.byId.set(question.id, placed);
    const { number } = question.definition;
    if (number !== undefined) {
      const spelled = spelledNumber(number);
      this.byNumber.set(spelled, this.byNumber.has(spelled) ? null : placed);
    }
    const inner = question.kind.nesting === 'entries' ? [...lists, placed] : lists;
    for (const child of question.children) children.push(this.#place(child, placed, inner));
    placed.last = this.#count;
    return placed;
  }

  /** As they are written, for `parse`. */
  get numbers(): string[] {
    return [...this.byNumber.keys()];
  }

  /** The number by which it alone is called, as it is compared. */
  numberOf({ question: { definition } }: Placed): string | undefined {
    if (definition.number === undefined) return undefined;
    const number = spelledNumber(definition.number);
    return (this.byNumber.get(number) ?? undefined) === undefined ? undefined : number;
  }
}

const known = new WeakMap<readonly RuleQuestion[], Questions>();

/** Worked out once for the sections of a form. */
export function questionsOf(sections: readonly RuleQuestion[]): Questions {
  const questions = known.get(sections) ?? new Questions(sections);
  known.set(sections, questions);
  return questions;
}
