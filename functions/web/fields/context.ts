/** What rendering a question needs to know besides its definition. */

import type { Child } from 'hono/jsx';
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { Item, ResolvedExpression } from '../../../schemas/form.ts';
import type { Json } from '../../../schemas/values/json.ts';
import { isObject } from '../../../schemas/values/json.ts';
import type { DefinitionOf, KindName } from '../../../schemas/kinds/kinds.ts';
import type { Posting } from '../../../schemas/kinds/kind.ts';
import type { Round } from '../../../schemas/round.ts';
import type { RuleContext } from '../../../schemas/rules/run.ts';
import type { Tree } from '../../../schemas/rules/tree.ts';
import { firstOf } from '../../domain/posted/posted.ts';
import type { Posted } from '../../domain/posted/posted.ts';
import type { Names } from '../../../schemas/kinds/printing.ts';

interface Choosable {
  readonly code: string;
  readonly name: string;
  readonly kind: string;
}

/** A condition or formula that the script follows. */
export interface PageRule {
  /** Its reads are names of fields. */
  readonly tree: Tree;
  /** How each field is read. */
  readonly fields: Readonly<Record<string, Posting['as']>>;
  /** Where a function of it reads fields. */
  readonly round?: RuleContext['round'];
  /** By name of field, where a function of it compares with what was answered last. */
  readonly previous?: Readonly<Record<string, Json>>;
}

/** What is said of a question inside the municipality and asked of the prefecture. */
interface Talk {
  /** How much there is: 「コメント 2」; empty where there is nothing. */
  readonly said: string;
  readonly links: readonly { readonly href: string; readonly label: string }[];
}

export interface FieldContext {
  /** What the fields show: the stored answers as they would be posted, or what was posted. */
  readonly post: Posted;
  /** What is wrong, by path, in the order in which it is said. */
  readonly errors: ReadonlyMap<string, readonly string[]>;
  /** What to look at again, by path: questions for reasons and notes, which are no errors. */
  readonly remarks: ReadonlyMap<string, readonly string[]>;
  readonly notices: ReadonlyMap<string, string>;
  readonly sentBack: ReadonlyMap<string, string>;
  /** What the prefecture holds already, as it is printed, by path. */
  readonly held: ReadonlyMap<string, string>;
  readonly round: Round;
  readonly asOf: string;
  readonly names: Names;
  /** The municipalities that may be named; not the one that answers. */
  readonly municipalities: readonly Choosable[];
  /** Where a file of the return is downloaded, by its hash. */
  readonly fileHref: (sha256: string) => string;
  /** The other entries of the list that the page's entry belongs to. */
  readonly references: readonly { readonly id: string; readonly title: string }[];
  /** The entry that was just added, which has the focus. */
  readonly focused?: string | undefined;
  /** Names a row that is offered to be filled in and that nobody has saved yet. */
  readonly newEntryId: () => string;
  /** Whether reasons are saved with the fields: 不明 is offered beside what may be left blank. */
  readonly takesReasons: boolean;
  /** Whether files can be sent: while a questionnaire is tried there is nowhere to keep them. */
  readonly takesFiles: boolean;
  /** Whether a question's conditions can hold, as far as they read answers of other pages. */
  readonly isPossible: (item: Item) => boolean;
  /** What is computed, as the answers are stored. */
  readonly computedAt: (path: string) => Json | undefined;
  /** How it is computed from the fields of the page; nothing where it reads what the script cannot follow. */
  readonly pageFormula: (expression: ResolvedExpression, scope: string) => PageRule | undefined;
  /** An expression as far as the page can tell: what it reads elsewhere stands in it as answered. */
  readonly pageRule: (expression: ResolvedExpression, scope: string) => PageRule | boolean;
  /** Where a question is talked about, by its id; nothing where nobody may. */
  readonly talkOf?: ((id: string) => Talk | undefined) | undefined;
  /** The part of the form that has its fields on this page: the key of a section, or nothing but an entry's own. */
  readonly isOnPage: (item: Item) => boolean;
}

export interface FieldProps {
  readonly context: FieldContext;
  readonly item: Item;
  readonly path: string;
  /** Path of the scope that conditions read; empty for the whole return. */
  readonly scope: string;
  readonly stored: Json | undefined;
  readonly previous: Json | undefined;
  /** The answer as it was submitted, when the return has been sent back. */
  readonly submitted: Json | undefined;
  /** The question around it, whose conditions need not be said again. */
  readonly around?: Item | undefined;
  readonly before?: { readonly item: Item; readonly path: string } | undefined;
  /** Inside an entry that shares its page with others. */
  readonly isCompact?: boolean;
  /** In a row of a table: which one, as printed; empty in the row that the script copies. */
  readonly rowNumber?: string | undefined;
  /** What else stands in its cell. */
  readonly beside?: Child;
  /** Below the cells of a row: which one, as printed, and whether another row says the same of its questions before. */
  readonly below?: { readonly row: string; readonly isRepeated: boolean } | undefined;
}

export interface FieldsProps extends Pick<
  FieldProps,
  'context' | 'scope' | 'stored' | 'previous' | 'submitted' | 'around' | 'isCompact' | 'rowNumber' | 'beside' | 'below'
> {
  readonly items: readonly Item[];
  /** Where they stand: a section's key, or an entry's path. */
  readonly base: string;
}

export interface KindProps<K extends KindName> extends FieldProps {
  readonly definition: DefinitionOf<K>;
  readonly Fields: (props: FieldsProps) => JSX.Element;
}

type Versions = Pick<FieldProps, 'stored' | 'previous' | 'submitted'>;

function part(value: Json | undefined, key: string): Json | undefined {
  return isObject(value) ? value[key] : undefined;
}

export function versionsAt({ stored, previous, submitted }: Versions, key: string): Versions {
  return { stored: part(stored, key), previous: part(previous, key), submitted: part(submitted, key) };
}

export function shown({ post }: FieldContext, path: string): string {
  return firstOf(post, path) ?? '';
}

export function hasError({ errors }: FieldContext, path: string): boolean {
  return errors.has(path);
}

export const hintId = (path: string): string => `${path}-hint`;
export const errorId = (path: string): string => `${path}-error`;

type Described = Pick<FieldProps, 'context' | 'path' | 'rowNumber' | 'previous'>;

/** In a row the hint is the heading of the column, but for what was answered before. */
export function describedBy({ context, path, rowNumber, previous }: Described): string | undefined {
  const hint = rowNumber === undefined || previous !== undefined ? [hintId(path)] : [];
  const ids = hasError(context, path) ? [...hint, errorId(path)] : hint;
  return ids.length === 0 ? undefined : ids.join(' ');
}

export function errorText(messages: readonly string[]): string {
  return messages.join('　');
}
