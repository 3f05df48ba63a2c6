import type { EditCheck } from '../edit-check.ts';
import { question } from '../question.ts';
import type { Options } from '../question.ts';
import type { Defines, FieldsKind } from './kind.ts';

/** One count per row, all in the same unit; their total is computed, never typed. Required, each of them is. */
export interface CountsDefinition extends Defines<'counts'> {
  readonly rows: Options;
  readonly unit: string;
  readonly checks: readonly EditCheck<unknown>[];
}

export function countsKind({ rows, unit, required, reasonIfBlank, checks }: CountsDefinition): FieldsKind {
  const blank = reasonIfBlank === undefined ? {} : { reasonIfBlank };
  const row = { kind: 'count', required, ...blank, nullable: false, visibility: 'open', unit } as const;
  const fields = Object.entries(rows).map(([key, label]) => [key, question({ ...row, label })]);
  return { nesting: 'fields', fields: Object.fromEntries(fields), checks, table: 'numbers' };
}
