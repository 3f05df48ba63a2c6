/** Whom municipalities ask: the division of the prefecture that runs the collection. */

import * as z from 'zod';
import { isStorable, unstorableText } from './values/text.ts';

const line = z
  .string({ error: '文字列で指定してください。' })
  .trim()
  .min(1, { error: '入力してください。' })
  .max(100, { error: '100文字以内で指定してください。' })
  .refine(isStorable, { error: unstorableText });

export const prefectureContact = z.strictObject(
  {
    /** 福祉部 障害者支援課 */
    department: line,
    phone: z.string({ error: '文字列で指定してください。' }).regex(/^0\d{1,4}-\d{1,4}-\d{3,4}(?:（内線\d+）)?$/, {
      error: '電話番号は 048-000-0000 のように指定してください。',
    }),
    email: z.email({ error: 'メールアドレスを指定してください。' }),
  },
  {
    error: (issue) => (issue.code === 'invalid_type' ? '{ department, phone, email } を指定してください。' : undefined),
  },
);
export type PrefectureContact = z.infer<typeof prefectureContact>;
