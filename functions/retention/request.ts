/** What the function that disposes of rounds is called with by the day's schedule. */

import * as z from 'zod';

export const disposalEvent = z.strictObject({
  start: z.literal('due-disposals'),
  /** When it was scheduled. Delivered at least once, and the same each time. */
  at: z.iso.datetime({ offset: true }),
});
export type ScheduledDisposal = z.input<typeof disposalEvent>;
