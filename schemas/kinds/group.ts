import type { Fields } from './question.ts';
import type { Defines, FieldsKind } from './kind.ts';

export interface GroupDefinition extends Defines<'group'> {
  readonly fields: Fields;
}

export function groupKind({ fields }: GroupDefinition): FieldsKind {
  return { nesting: 'fields', fields };
}
