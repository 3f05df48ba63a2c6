/** Whom the prefecture writes to and telephones in a municipality (連絡先): kept for the municipality, not for a round. */

import * as z from 'zod';
import { phonePattern, readPhone, withExtensionApart } from './values/contact-texts.ts';
import { invisibleNameText, isBlank, isStorable, unstorableText, withinText } from './values/text.ts';
import { normaliseWidth } from './values/width.ts';

/** A line that people read, and that may stand in a mail: nothing in it is invisible, a line break least of all. */
function line(most: number) {
  return z
    .string()
    .trim()
    .max(most, { error: withinText(most) })
    .refine((text) => !isBlank(text), { error: '入力してください。', params: { code: 'required' } })
    .refine(isStorable, { error: unstorableText, params: { code: 'unstorable-text' } })
    .refine((text) => invisibleNameText(text) === undefined, {
      error: '改行や見えない文字が含まれています。取り除いて入力し直してください。',
      params: { code: 'invisible-character' },
    });
}

/** What SMTP takes at most. */
const longestAddress = 254;

/** One address as servers take it, with no name beside it and none of the characters that would begin another. */
const address =
  /^[A-Za-z0-9_+'-]+(?:\.[A-Za-z0-9_+'-]+)*@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/;

function phoneAsStored(text: string): string {
  const reading = readPhone(normaliseWidth(text));
  return reading.ok ? withExtensionApart(reading.value) : text;
}

export const contactPerson = z.lazy(() =>
  z.strictObject({
    division: line(100),
    person: line(50),
    telephone: z.string().overwrite(phoneAsStored).regex(phonePattern, {
      error: '電話番号は 048-000-0000 のように入力してください。',
    }),
    /** Full-width characters are read as what they look like. */
    email: z
      .string()
      .overwrite((text) => text.trim().normalize('NFKC'))
      .max(longestAddress, { error: withinText(longestAddress) })
      .regex(address, { error: 'メールアドレスは tantou@town.example.lg.jp のように1件だけ入力してください。' }),
  }),
);
export type ContactPerson = z.infer<typeof contactPerson>;

export const unitContact = z.strictObject({
  /** 主. */
  main: contactPerson,
  /** 副. */
  deputy: contactPerson.optional(),
});
export type UnitContact = z.infer<typeof unitContact>;

/** As it is kept. */
export const keptContact = unitContact.extend({
  unit: z.string(),
  savedAt: z.iso.datetime(),
  savedBy: z.string(),
  /** Counts the changes. */
  revision: z.int().positive(),
});
export type KeptContact = z.infer<typeof keptContact>;
