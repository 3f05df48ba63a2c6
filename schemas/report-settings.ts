/** What the prefecture says about a round's report beside its numbers (報告書の記載事項). What is absent is not printed. */

import * as z from 'zod';
import { isStorable, unstorableText, withinText } from './values/text.ts';

/** Control characters, line breaks and marks that turn the direction of writing: they stand in no heading. */
const notPrinted = /[\p{Cc}\u2028\u2029\u200E\u200F\u202A-\u202E\u2066-\u2069]/u;

/** One line of print. */
export function printedLine(maxLength: number) {
  return z
    .string()
    .min(1, { error: '空欄にはできません。記載しない場合は項目を省いてください。' })
    .max(maxLength, { error: withinText(maxLength) })
    .refine((text) => isStorable(text) && !notPrinted.test(text), {
      error: unstorableText,
      params: { code: 'unstorable-text' },
    })
    .refine((text) => text.trim() === text, {
      error: '前後の空白を除いてください。',
      params: { code: 'blank-around' },
    });
}

export const reportSettings = z.lazy(() =>
  z.strictObject({
    /** 資料番号, such as 資料５. */
    documentNumber: printedLine(30).optional(),
    /** The meeting (会議名) that the report is laid before. */
    meeting: printedLine(100).optional(),
    date: z.iso.date({ error: '日付は 2025-01-20 のように入力してください。' }).optional(),
    /** The division in charge (担当課); absent, that of the deployment, or else the prefecture's name. */
    division: printedLine(100).optional(),
  }),
);

export type ReportSettings = z.infer<typeof reportSettings>;
