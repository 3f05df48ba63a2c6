import * as z from 'zod/mini';
import { withinText } from '../values/text.ts';
import { entryCount, single, textual } from './cells.ts';
import { sharedErrors } from './field-error.ts';
import type { Defines, SingleKind } from './kind.ts';
import { asTyped, noEntries, textsIn } from './printing.ts';
import { atMost, listInDraft, storableText } from './schemas.ts';

export interface TextsDefinition extends Defines<'texts'> {
  readonly maxEntries: number;
  readonly maxLength: number;
}

export function withinEntries(maxEntries: number): string {
  return `${maxEntries}件以内で入力してください。`;
}

export function textsKind({ maxEntries, maxLength }: TextsDefinition): SingleKind {
  return {
    nesting: 'lines',
    value: 'texts',
    shape: () => listInDraft(storableText(maxLength), maxEntries),
    content: () => z.array(atMost(maxLength)).check(z.maxLength(maxEntries)),
    issueCode: ({ code, origin }) => {
      if (code === 'too_big') return origin === 'array' ? 'too-many' : 'too-long';
      return code === 'invalid_format' ? 'blank' : 'wrong-type';
    },
    errors: {
      'too-long': `${sharedErrors['too-long']}${withinText(maxLength)}`,
      'too-many': `${sharedErrors['too-many']}${withinEntries(maxEntries)}`,
    },
    maxEntries,
    cells: entryCount,
    line: textual(single('string', { isFree: true })),
    print: (answer) => {
      if (!Array.isArray(answer)) return asTyped(answer);
      if (answer.length === 0) return noEntries;
      return textsIn(answer)
        .map((each, index) => `${index + 1}. ${each}`)
        .join('\n');
    },
    freeTexts: (answer) => (Array.isArray(answer) ? textsIn(answer) : []),
    posting: { as: 'lines', maxLength },
    fieldCount: maxEntries,
    figures: { of: 'entries' },
  };
}
