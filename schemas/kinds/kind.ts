/**
 * What a question kind answers for. Each module of this folder takes a definition and gives what follows from it; the
 * rest of the application asks these members and never compares the name of a kind. Kinds that are made of other
 * questions are walked by their `nesting`.
 */

import type * as z from 'zod/mini';
import type { EditCheck } from './edit-check.ts';
import type { Common, Condition, Expression, Fields, Options } from './question.ts';
import type { Json } from '../values/json.ts';
import type { FileAnswer } from '../values/file-answer.ts';
import type { Reading } from '../values/reading.ts';
import type { Codec } from './cells.ts';
import type { ErrorMessages, Issue } from './field-error.ts';
import type { Names } from './printing.ts';

export type Schema = z.ZodMiniType;

export type Figures =
  | {
      readonly of: 'options';
      readonly options: Options;
      readonly several: boolean;
      /** The base: how many answered, or how many were asked. */
      readonly base: 'answered' | 'asked';
      /** The name of all options together, tallied beside them as `any`. */
      readonly totalLabel?: string | undefined;
      /** Of a ranking: what its places are called, and the names of each option in each place, tallied beside the options. */
      readonly ranked?: { readonly places: readonly string[]; readonly options: Options } | undefined;
      /** `undefined` for what counts as no answer. */
      chosen(answer: Json | undefined): readonly string[] | undefined;
    }
  | {
      readonly of: 'numbers';
      readonly unit: string;
      /** Decimals: numbers are counted in units of the last one, so that sums are exact. */
      readonly places: number;
      /** Whether the numbers of several returns add up to something: what follows from the answers of one does not. */
      readonly addsUp: boolean;
      value(answer: Json): number | undefined;
    }
  | { readonly of: 'entries' };

/** How an answer travels in the post of a form. */
export type Posting =
  /** Typed as text into one field. */
  | {
      readonly as: 'typed';
      /** The text in the field of a stored answer. */
      text(answer: Json): string;
      /** What a typed text says. Problems besides those of the value: `empty` when nothing was typed. */
      read(text: string): Reading<Json>;
    }
  /** One value, or several, that the page offers. */
  | { readonly as: 'one' | 'several'; readonly accepts: (value: string) => boolean }
  /** A value for each place, the first ones first. */
  | { readonly as: 'ranked'; readonly places: readonly string[]; readonly accepts: (value: string) => boolean }
  /** Free text, as one text or one a line; one in a format has a reader, which leaves what does not fit as it was typed. */
  | {
      readonly as: 'words';
      readonly maxLength: number;
      readonly read?: ((text: string) => Reading<string>) | undefined;
    }
  | { readonly as: 'lines'; readonly maxLength: number }
  /** Not with the page at all: content is sent by itself, and a post of the page takes nothing away. `rules` say what is taken. */
  | { readonly as: 'sent'; readonly rules: string };

/**
 * What an answer is for rules: numbers are counted with, texts (and options) and dates compared, texts of several lines
 * (options, codes) looked through; a range and a span of fiscal years have two numbers each, files are counted.
 */
type ValueKind = 'number' | 'text' | 'texts' | 'date' | 'frequency' | 'range' | 'fiscalYears' | 'files';

/** What is added up of the counts of a table, and tallied beside them. */
export interface Total {
  /** Of a row or column; empty for the whole table. */
  readonly key: string;
  readonly label: string;
  value(answer: Json): number | undefined;
}

/** What a total is called among the figures: of the whole table as the table itself. */
export function totalName(table: string, { key }: Pick<Total, 'key'>): string {
  return key === '' ? table : `${table}.${key}`;
}

/** What a kind may have to say; absent where there is nothing. */
interface Traits {
  readonly fields: Fields;
  /** What may be chosen; conditions ask for these. */
  readonly options: Options;
  readonly unit: string;
  /** Messages of errors that this kind alone has, or says more exactly than others. */
  readonly errors: ErrorMessages;
  /** The normal form of an answer, before storing and hashing. */
  readonly normal: (answer: Json) => Json;
  /** What its answers name by code or id. */
  readonly refersTo: 'municipalities' | 'entries';
  /** Free texts in an answer, to be read before they are published. */
  readonly freeTexts: (answer: Json) => readonly string[];
  /** Where to write on paper, instead of an empty line. */
  readonly paper: string;
  /** Whether the line on paper is a tall one. */
  readonly isTall: boolean;
  readonly maxEntries: number;
  /** What it is computed by; nobody answers it. */
  readonly formula: { readonly text: string; readonly places: number };
  /** How many of its options may be chosen, where not all. */
  readonly mostChosen: number;
  /** Of a number, when a reason is asked for it. */
  readonly limits: string;
  /** What it means to leave it empty; of a table, its rows. */
  readonly emptyLabel: string;
  /** Shown as a table with a row per entry. */
  readonly layout: 'table';
  /** Cells of a row in the table that a list of lines has by itself. */
  readonly line: Codec;
  /** The files that an answer names; one that no file of this kind fits names none. */
  readonly files: (answer: Json) => readonly FileAnswer[];
  /** The key of the question whose answer an entry is called by; without it entries are called by their position. */
  readonly titledBy: string;
  /** The entries that public files leave out. */
  readonly withheld: Condition | Expression;
  /** Shown and printed as one table with a row per question: of options, or of numbers that add up to a total. */
  readonly table: 'options' | 'numbers';
  /** Of a table whose rows are made of counts themselves, one for each of these. */
  readonly columns: Options;
  readonly totals: readonly Total[];
  /** Of an answer by itself. */
  readonly checks: readonly EditCheck[];
}

/** These traits where there is something to say, and none of the others. */
type Having<Own extends keyof Traits> = { readonly [K in Own]?: Traits[K] | undefined } & {
  readonly [K in Exclude<keyof Traits, Own>]?: undefined;
};

export interface SingleKind extends Having<
  | 'options'
  | 'unit'
  | 'errors'
  | 'normal'
  | 'refersTo'
  | 'freeTexts'
  | 'paper'
  | 'isTall'
  | 'maxEntries'
  | 'mostChosen'
  | 'limits'
  | 'emptyLabel'
  | 'line'
  | 'formula'
  | 'files'
  | 'checks'
> {
  /** `lines`: a list of texts or files, each told by its position. */
  readonly nesting: 'none' | 'lines';
  /** Enough for a draft: JSON types, known options, storable text. */
  shape(): Schema;
  /** Needed to submit: lengths, formats, dates, whole numbers. */
  content(): Schema;
  issueCode(issue: Issue): string;
  /** The columns of an answer; `municipalities` are the codes and names of the round's directory. */
  cells(municipalities: Options): Codec;
  /** An answer as people read it; what does not fit the definition (a draft may hold it) is shown as it is. */
  print(answer: Json, names: Names): string;
  readonly posting: Posting;
  /** What rules can do with an answer. */
  readonly value: ValueKind;
  /** About how many fields of a page it takes. */
  readonly fieldCount: number;
  readonly figures: Figures | undefined;
}

export interface FieldsKind extends Having<'fields' | 'table' | 'emptyLabel' | 'columns' | 'totals' | 'unit'> {
  readonly nesting: 'fields';
  readonly fields: Fields;
  readonly figures?: undefined;
}

/** Entries of the same questions, each with a stable id. */
export interface EntriesKind extends Having<'fields' | 'errors' | 'titledBy' | 'withheld' | 'maxEntries' | 'layout'> {
  readonly nesting: 'entries';
  readonly fields: Fields;
  readonly maxEntries: number;
  cells(): Codec;
  readonly figures: Figures;
}

export type Kind = SingleKind | FieldsKind | EntriesKind;

/** Whether answers are entries, of which a required question wants at least one. */
export function hasEntries({ nesting }: Kind): boolean {
  return nesting === 'entries' || nesting === 'lines';
}

type Tabular = { readonly table?: Traits['table'] | undefined };

/** One table with a row per question, or with rows and columns. */
export function isTable({ table }: Tabular): boolean {
  return table !== undefined;
}

/** A table of which one of the options is chosen in each row. */
export function isOptionTable({ table }: Tabular): boolean {
  return table === 'options';
}

/** A table of numbers that add up. */
export function isNumberTable({ table }: Tabular): boolean {
  return table === 'numbers';
}

/** Questions that belong together and stand each for itself, unlike the rows of a table. */
export function isGroup(kind: Kind): boolean {
  return kind.nesting === 'fields' && !isTable(kind);
}

/** The part of a definition that says its kind. */
export type Defines<K extends string> = Common & { readonly kind: K };
