/** A question (質問) of who answers a form to the prefecture, about one of its questions or the whole, and the answer to it. */

import * as z from 'zod';
import { written } from './return.ts';

export const longestQuestion = 1000;
export const longestAnswer = 2000;

export const questionToAsk = z.lazy(() =>
  z.strictObject({
    /** The id of a question or a section of the form; the form as a whole when absent. */
    path: z.string().max(300).optional(),
    text: written(longestQuestion, '質問を入力してください。'),
  }),
);
export type QuestionToAsk = z.infer<typeof questionToAsk>;

export const answerToGive = z.lazy(() =>
  z.strictObject({
    text: written(longestAnswer, '回答を入力してください。'),
    /** The question in the prefecture's own words, when it is to be shown with the answer to everybody (よくある質問). */
    published: written(longestQuestion, '全ての市町村に示す質問の文を入力してください。').optional(),
  }),
);
export type AnswerToGive = z.infer<typeof answerToGive>;

export const askedQuestion = z.lazy(() =>
  z.object({
    id: z.string(),
    form: z.string(),
    unit: z.string(),
    path: z.string(),
    text: z.string(),
    askedAt: z.iso.datetime(),
    askedBy: z.string(),
    answer: z.object({ text: z.string(), answeredAt: z.iso.datetime(), answeredBy: z.string() }).optional(),
    published: z.string().optional(),
    /** Counts the answers that were given to it. */
    revision: z.int().nonnegative(),
  }),
);
export type AskedQuestion = z.infer<typeof askedQuestion>;
