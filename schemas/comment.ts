/** A comment (コメント) inside a municipality on a question of a return. The prefecture does not see it. */

import * as z from 'zod';
import { written } from './return.ts';

export const longestComment = 1000;

export const commentToWrite = z.lazy(() =>
  z.strictObject({
    /** The id of a question or a section of the form; the form as a whole when absent. */
    path: z.string().max(300).optional(),
    text: written(longestComment, 'コメントを入力してください。'),
  }),
);
export type CommentToWrite = z.infer<typeof commentToWrite>;

export const comment = z.lazy(() =>
  z.object({
    id: z.string(),
    path: z.string(),
    text: z.string(),
    at: z.iso.datetime(),
    by: z.string(),
  }),
);
export type Comment = z.infer<typeof comment>;
