/** What the export function is called with: by whoever started an export, or by the day's schedule. */

import * as z from 'zod';
import { roundId } from '../../schemas/round.ts';

const exportRequest = z.strictObject({ round: roundId, exportId: z.string().min(1) });

/** The daily start. Delivered at least once: `at` is the same each time. */
const scheduledStart = z.strictObject({
  start: z.literal('due-exports'),
  at: z.iso.datetime({ offset: true }),
});
export type ScheduledStart = z.input<typeof scheduledStart>;

/** An edition of the round was taken back. */
const takeDownRequest = z.strictObject({ start: z.literal('take-down'), round: roundId });

export const exportEvent = z.union([exportRequest, takeDownRequest, scheduledStart]);
