/** What the function that sends mails is called with: by its schedule, and by SES when a mail did not arrive. */

import * as z from 'zod';

const scheduled = z.strictObject({
  start: z.literal('due-mails'),
  /** When it was scheduled. Delivered at least once, and the same each time. */
  at: z.iso.datetime({ offset: true }),
});
export type ScheduledMails = z.input<typeof scheduled>;

/** Of what SES tells through EventBridge only what is needed: neither addresses nor subjects are looked at. */
const told = z.object({
  source: z.literal('aws.ses'),
  detail: z.object({
    eventType: z.enum(['Bounce', 'Complaint', 'Reject']),
    bounce: z.object({ bounceType: z.string() }).optional(),
    mail: z.object({ tags: z.object({ round: z.tuple([z.string()]), mail: z.tuple([z.string()]) }) }),
  }),
});
export type ToldMail = z.output<typeof told>;

export const mailEvent = z.union([scheduled, told]);
