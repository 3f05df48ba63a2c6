/** What the prefecture tells municipalities about a round, in its own words: plain texts of paragraphs, no part of its definition. */

import * as z from 'zod';
import { isBlank, isStorable, unstorableText, withinText } from './values/text.ts';

/** Of each text, in characters: some seven printed pages. */
export const mostTextCharacters = 10_000;

const text = z
  .string()
  .max(mostTextCharacters, { error: withinText(mostTextCharacters) })
  .refine(isStorable, { error: unstorableText, params: { code: 'unstorable-text' } })
  .refine((written) => !isBlank(written), {
    error: '空欄にはできません。載せない場合は項目を省いてください。',
    params: { code: 'blank' },
  });

export const roundTexts = z.strictObject({
  /** 依頼文: the letter that asks for the answers. */
  request: text.optional(),
  /** 記入要領: how to answer, beside what the forms themselves say. */
  instructions: text.optional(),
});
export type RoundTexts = z.infer<typeof roundTexts>;
