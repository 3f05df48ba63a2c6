import type { Condition, Expression, Fields } from './question.ts';
import { entryCount } from './cells.ts';
import { sharedErrors } from './field-error.ts';
import type { Defines, EntriesKind } from './kind.ts';
import { withinEntries } from './texts.ts';

export interface ListDefinition extends Defines<'list'> {
  readonly maxEntries: number;
  readonly fields: Fields;
  readonly withheld?: Condition | Expression;
  /** One row per entry, of short answers. */
  readonly layout?: 'table';
}

export function listKind({ fields, maxEntries, withheld, layout }: ListDefinition): EntriesKind {
  const [first] = Object.entries(fields);
  return {
    nesting: 'entries',
    fields,
    maxEntries,
    errors: { 'too-many': `${sharedErrors['too-many']}${withinEntries(maxEntries)}` },
    withheld,
    layout,
    // What an entry is called stands first in it; one that begins with something else is called by its position.
    titledBy: first?.[1].definition.kind === 'text' ? first[0] : undefined,
    cells: entryCount,
    figures: { of: 'entries' },
  };
}
