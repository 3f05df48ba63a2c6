import { single, textual } from './cells.ts';
import type { Defines, SingleKind } from './kind.ts';
import { asTyped } from './printing.ts';
import { entryId, entryIdPattern, longestWord, storableText } from './schemas.ts';

/** The id of another entry of the same list. */
export type ReferenceDefinition = Defines<'reference'>;

const kind: SingleKind = {
  nesting: 'none',
  value: 'text',
  shape: () => storableText(longestWord),
  content: () => entryId,
  issueCode: () => 'invalid-id',
  refersTo: 'entries',
  cells: () => textual(single('string')),
  print: (answer, { entries }) => (typeof answer === 'string' ? (entries.get(answer) ?? answer) : asTyped(answer)),
  posting: { as: 'one', accepts: (value) => entryIdPattern.test(value) },
  fieldCount: 1,
  figures: undefined,
};

export const referenceKind: (definition: ReferenceDefinition) => SingleKind = () => kind;
