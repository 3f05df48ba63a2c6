import * as z from 'zod/mini';
import { emailPattern, phonePattern, readEmail, readPhone } from '../values/contact-texts.ts';
import type { Reading } from '../values/reading.ts';
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

interface Format {
  readonly pattern: RegExp;
  readonly read: (text: string) => Reading<string>;
}

const formats: Readonly<Record<TextFormat, Format>> = {
  email: { pattern: emailPattern, read: readEmail },
  phone: { pattern: phonePattern, read: readPhone },
};

/** Longer texts get a tall box on paper. */
const oneLine = 200;

export function textKind({ maxLength, format }: TextDefinition): SingleKind {
  return {
    nesting: 'none',
    value: 'text',
    shape: () => storableText(maxLength),
    content: () =>
      format === undefined
        ? atMost(maxLength)
        : z.string().check(z.maxLength(maxLength), z.regex(formats[format].pattern)),
    issueCode: ({ code }) => {
      if (code === 'too_big') return 'too-long';
      if (code === 'invalid_format') return format === undefined ? 'blank' : `invalid-${format}`;
      return 'wrong-type';
    },
    errors: {
      'too-long': `${sharedErrors['too-long']}${withinText(maxLength)}`,
      'invalid-email':
        'メールアドレスの形式が正しくありません。「tanto@town.example.jp」のように入力してください。複数あるときは「、」で区切ってください。',
      'invalid-phone':
        '電話番号の形式が正しくありません。「027-000-0000」又は「027-000-0000 内線123」のように市外局番から入力してください。',
    },
    cells: () => textual(single('string', { isFree: true })),
    print: asTyped,
    freeTexts: (answer) => (typeof answer === 'string' ? [answer] : []),
    posting: { as: 'words', maxLength, read: format && formats[format].read },
    fieldCount: 1,
    isTall: maxLength > oneLine,
    figures: undefined,
  };
}
