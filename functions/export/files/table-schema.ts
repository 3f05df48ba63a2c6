/** The schema of a CSV file in the words of Frictionless Table Schema 2.0. */

import type { CellType } from '../../../schemas/kinds/cells.ts';
import { notApplicableCell } from '../../../schemas/kinds/cells.ts';
import { columnLabel } from '../../domain/codebook.ts';
import type { AnswerColumn } from '../../domain/tables.ts';

export interface FieldSchema {
  readonly name: string;
  readonly title: string;
  readonly description?: string;
  /** Of what is counted; as the codebook has it. */
  readonly unit?: string;
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'datetime';
  readonly trueValues?: readonly string[];
  readonly falseValues?: readonly string[];
  readonly categories?: readonly { readonly value: string; readonly label: string }[];
  readonly constraints?: { readonly required?: boolean; readonly pattern?: string };
  /** `-` is declared where the question can be answered 該当なし, and nowhere else. */
  readonly missingValues: readonly string[];
}

export interface TableSchema {
  readonly name: string;
  readonly title: string;
  readonly fields: readonly FieldSchema[];
  readonly isInternal?: true;
  /** The id of the form that it is about; absent where it is about all of them. */
  readonly form?: string;
  readonly primaryKey?: readonly string[];
  readonly foreignKeys?: readonly {
    readonly fields: readonly string[];
    readonly reference: { readonly resource: string; readonly fields: readonly string[] };
  }[];
}

export const emptyCell = '';

export const flagType = { type: 'boolean', trueValues: ['1'], falseValues: ['0'] } as const;

/** The type of a cell; partial dates are no `date`, since the month or the day may be missing. */
function typeSchema({
  type,
  options,
}: Pick<CellType, 'type' | 'options'>): Pick<
  FieldSchema,
  'type' | 'trueValues' | 'falseValues' | 'categories' | 'constraints'
> {
  switch (type) {
    case 'string':
      return { type: 'string' };
    case 'integer':
    case 'number':
      return { type };
    case 'flag':
      return flagType;
    case 'date':
      return { type: 'string', constraints: { pattern: String.raw`^\d{4}(-\d{2}(-\d{2})?)?$` } };
    case 'option':
      return {
        type: 'string',
        categories: Object.entries(options ?? {}).map(([value, label]) => ({ value, label })),
      };
  }
}

export function fieldSchema({ name, item, cell }: AnswerColumn): FieldSchema {
  const { help, nullable } = item.definition;
  const mayNotApply = nullable && cell.isFree !== true;
  return {
    name,
    title: columnLabel(item, cell),
    ...(help === undefined ? {} : { description: help }),
    ...(cell.unit === undefined ? {} : { unit: cell.unit }),
    ...typeSchema(cell),
    missingValues: mayNotApply ? [emptyCell, notApplicableCell] : [emptyCell],
  };
}

export function textField(name: string, title: string): FieldSchema {
  return { name, title, type: 'string', missingValues: [emptyCell] };
}
