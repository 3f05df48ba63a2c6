import * as z from 'zod/mini';
import { withinText } from '../values/text.ts';
import { single, textual } from './cells.ts';
import { sharedErrors } from './field-error.ts';
import type { Defines, SingleKind } from './kind.ts';
import { asTyped } from './printing.ts';
import { atMost, storableText } from './schemas.ts';

export type TextFormat = 'email' | 'phone';

/** Free text of at most `maxLength` characters (code points), line breaks kept. */
export interface TextDefinition extends Defines<'text'> {
  readonly maxLength: number;
  readonly format?: TextFormat;
}

const formats: Readonly<Record<TextFormat, RegExp>> = {
  email: /^[^\s@]{1,64}@[^\s@.]+(?:\.[^\s@.]+)+$/,
  phone: /^[0-9０-９()（）+＋\-－ー‐ 　]{9,30}(?:(?:内線|内|ext\.?)[ 　]?[0-9０-９]{1,6})?$/,
};

/** Longer texts get a tall box on paper. */
const oneLine = 200;

export function textKind({ maxLength, format }: TextDefinition): SingleKind {
  return {
    nesting: 'none',
    value: 'text',
    shape: () => storableText(maxLength),
    content: () =>
      format === undefined ? atMost(maxLength) : z.string().check(z.maxLength(maxLength), z.regex(formats[format])),
    issueCode: ({ code }) => {
      if (code === 'too_big') return 'too-long';
      if (code === 'invalid_format') return format === undefined ? 'blank' : `invalid-${format}`;
      return 'wrong-type';
    },
    errors: {
      'too-long': `${sharedErrors['too-long']}${withinText(maxLength)}`,
      'invalid-email': 'メールアドレスの形式が正しくありません。',
      'invalid-phone': '電話番号の形式が正しくありません。',
    },
    cells: () => textual(single('string', { isFree: true })),
    print: asTyped,
    freeTexts: (answer) => (typeof answer === 'string' ? [answer] : []),
    posting: { as: 'words', maxLength },
    fieldCount: 1,
    isTall: maxLength > oneLine,
    figures: undefined,
  };
}
