import { question } from './question.ts';
import type { Options } from './question.ts';
import type { Defines, FieldsKind } from './kind.ts';

/**
 * A table with one row per topic and at most one option in each; a row may stay empty, so that the tally's base is the
 * returns that were asked.
 */
export interface MatrixDefinition extends Defines<'matrix'> {
  readonly rows: Options;
  readonly options: Options;
  /** Names the sum of all options of a row, tallied beside them as `any`; 計 where nothing else is said. */
  readonly totalLabel?: string;
  /** What an empty row means (自市町村で対応). */
  readonly emptyLabel?: string;
}

export function matrixKind({ rows, options, totalLabel = '計', emptyLabel }: MatrixDefinition): FieldsKind {
  const row = {
    kind: 'choice',
    required: false,
    nullable: false,
    visibility: 'open',
    options,
    totalLabel,
    ...(emptyLabel === undefined ? {} : { emptyLabel }),
  } as const;
  const fields = Object.entries(rows).map(([key, label]) => [key, question({ ...row, label })]);
  return { nesting: 'fields', fields: Object.fromEntries(fields), table: 'options', emptyLabel };
}
