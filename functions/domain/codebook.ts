/** The codebook (符号表): what every column of an export's tables means. */

import { isTable } from '../../schemas/kinds/kind.ts';
import type { Form, Item } from '../../schemas/form.ts';
import { labelAlone } from '../../schemas/kinds/question.ts';
import type { Visibility } from '../../schemas/kinds/question.ts';
import { asOfDate } from '../../schemas/round.ts';
import type { Round } from '../../schemas/round.ts';
import type { CellType } from '../../schemas/kinds/cells.ts';
import type { KindName } from '../../schemas/kinds/kinds.ts';
import { withDescendants } from './tables.ts';
import type { AnswerTable } from './tables.ts';

export interface CodebookEntry {
  readonly form: string;
  /** The table: empty for the returns, otherwise the list's id. */
  readonly table: string;
  readonly column: string;
  readonly id: string;
  /** 問2の1; empty for a question without. */
  readonly number: string;
  readonly label: string;
  readonly type: CellType['type'];
  readonly unit: string;
  /** `code=label` pairs, separated by ` | `. */
  readonly options: string;
  readonly asOf: string;
  readonly visibility: Visibility;
  readonly help: string;
}

const visibilityNames: Readonly<Record<Visibility, string>> = {
  open: '公表',
  tally: '集計のみ公表',
  internal: '非公表',
};

/** Of a column, as it stands alone. */
export function columnLabel({ definition: { within, label } }: Item, cell: CellType): string {
  const own = labelAlone({ within, label });
  return cell.label === '' ? own : `${own}：${cell.label}`;
}

/** A row or cell of a table has the number of the table. */
export function numberOf({ items }: Pick<Form, 'items'>, { id, definition }: Item): string {
  const around = items.get(id.slice(0, Math.max(0, id.lastIndexOf('.'))));
  return definition.number ?? (around === undefined || !isTable(around.kind) ? '' : numberOf({ items }, around));
}

function timeOf({ id, overPeriod }: Item, round: Round): string {
  if (overPeriod) return `${round.period.from}/${round.period.to}`;
  return asOfDate(round, id.split('.')[0] ?? id);
}

export const flagOptions = '1=該当 | 0=非該当';

function optionsOf({ options, type, emptyLabel }: CellType): string {
  if (type === 'flag') return flagOptions;
  const all = [...Object.entries(options ?? {}), ...(emptyLabel === undefined ? [] : [['', emptyLabel]])];
  return all.map(([code, label]) => `${code}=${label}`).join(' | ');
}

export function codebook(form: Pick<Form, 'id' | 'items'>, table: AnswerTable, round: Round): CodebookEntry[] {
  return withDescendants(table).flatMap(({ id, columns }) =>
    columns.map(({ name, item, cell }) => ({
      form: form.id,
      table: id,
      column: name,
      id: item.id,
      number: numberOf(form, item),
      label: columnLabel(item, cell),
      type: cell.type,
      unit: cell.unit ?? '',
      options: optionsOf(cell),
      asOf: timeOf(item, round),
      visibility: item.visibility,
      help: item.definition.help ?? '',
    })),
  );
}

export function printVisibility(visibility: Visibility): string {
  return visibilityNames[visibility];
}

/** A question as the catalogue of forms tells it, without a round or a directory. */
export interface QuestionEntry {
  readonly id: string;
  readonly number?: string;
  readonly label: string;
  readonly type: KindName;
  readonly unit?: string;
  readonly options?: Readonly<Record<string, string>>;
  readonly required: boolean;
  readonly nullable: boolean;
  readonly visibility: Visibility;
  /** Asked only when every one of these questions holds one of the values. */
  readonly askedWhen: readonly { readonly question: string; readonly values: readonly string[] }[];
  /** And only when these expressions hold, in the language of rules. */
  readonly askedIf?: readonly string[];
  readonly help?: string;
  readonly example?: string;
}

export function questionCodebook(form: Pick<Form, 'items'>): QuestionEntry[] {
  return [...form.items.values()]
    .filter(({ kind }) => kind.nesting !== 'fields')
    .map(({ id, definition, visibility, conditions, expressions }) => ({
      id,
      ...(definition.number === undefined ? {} : { number: definition.number }),
      label: definition.label,
      type: definition.kind,
      ...('unit' in definition ? { unit: definition.unit } : {}),
      ...('options' in definition ? { options: definition.options } : {}),
      required: definition.required,
      nullable: definition.nullable,
      visibility,
      askedWhen: conditions.map(({ on, values }) => ({ question: on.id, values })),
      ...(expressions.length === 0 ? {} : { askedIf: expressions.map(({ text }) => text) }),
      ...(definition.help === undefined ? {} : { help: definition.help }),
      ...(definition.example === undefined ? {} : { example: definition.example }),
    }));
}
