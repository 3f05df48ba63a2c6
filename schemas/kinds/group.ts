import type { EditCheck } from '../edit-check.ts';
import type { Fields } from '../question.ts';
import type { Defines, FieldsKind } from './kind.ts';

export interface GroupDefinition extends Defines<'group'> {
  readonly fields: Fields;
  readonly checks: readonly EditCheck<unknown>[];
}

export function groupKind({ fields, checks }: GroupDefinition): FieldsKind {
  return { nesting: 'fields', fields, checks };
}
