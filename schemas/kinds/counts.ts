import type { EditCheck } from '../edit-check.ts';
import { question } from '../question.ts';
import type { Options } from '../question.ts';
import type { Defines, FieldsKind } from './kind.ts';

/** One count per row, all in the same unit; their total is computed, never typed. */
export interface CountsDefinition extends Defines<'counts'> {
  readonly rows: Options;
  readonly unit: string;
  readonly checks: readonly EditCheck<unknown>[];
}

export function countsKind({ rows, unit, checks }: CountsDefinition): FieldsKind {
  const row = { kind: 'count', required: false, nullable: false, visibility: 'open', unit } as const;
  const fields = Object.entries(rows).map(([key, label]) => [key, question({ ...row, label })]);
  return { nesting: 'fields', fields: Object.fromEntries(fields), checks, table: 'numbers' };
}
