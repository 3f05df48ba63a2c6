/** A link (共有) by which a colleague without an account fills in one return, or some sections of it. */

import * as z from 'zod';
import { dayLength } from './round.ts';
import { invisibleNameText, isBlank, isStorable, unstorableText, withinText } from './values/text.ts';

/** Characters of a name: of the colleague, or of whom a link is for. */
export const longestShareName = 40;
/** So long may a link be good for. */
export const longestShareDays = 31;

/** Names stand in lists and in the log, on one line. */
export const shareName = z.lazy(() =>
  z
    .string()
    .trim()
    .max(longestShareName, { error: withinText(longestShareName) })
    .refine((name) => !isBlank(name), { error: '名前を入力してください。', params: { code: 'blank' } })
    .refine(isStorable, { error: unstorableText, params: { code: 'unstorable-text' } })
    .refine((name) => invisibleNameText(name) === undefined, {
      error: ({ input }) => invisibleNameText(String(input)) ?? '',
      params: { code: 'invisible-character' },
    }),
);

export const shareWanted = z.lazy(() =>
  z.strictObject({
    /** Keys of sections; the whole return when absent. */
    sections: z.array(z.string()).min(1, { error: '区分を1つ以上選んでください。' }).max(200).optional(),
    /** Whom it is for. */
    name: shareName,
    expiresAt: z.iso.datetime({ offset: true, error: '期限は日時（ISO 8601）で指定してください。' }),
  }),
);
export type ShareWanted = z.infer<typeof shareWanted>;

export const share = z.object({
  /** Names the link, and opens nothing: the hash of what does. */
  id: z.string(),
  sections: z.array(z.string()).optional(),
  name: z.string(),
  expiresAt: z.iso.datetime(),
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
  createdById: z.string().optional(),
  /** The municipality that edited the return then. */
  editor: z.string(),
  endedAt: z.iso.datetime().optional(),
  endedBy: z.string().optional(),
});
export type Share = z.infer<typeof share>;

/** The latest moment at which a link made now may end. */
export function latestShareEnd(now: Date): Date {
  return new Date(now.getTime() + longestShareDays * dayLength);
}
