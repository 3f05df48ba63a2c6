/** The approval (承認) of a draft by a second person of the municipality, where the municipality wants one before submission. */

import * as z from 'zod';

export const approval = z.object({
  /** Of the draft that was approved: any save makes another. */
  id: z.string(),
  approvedAt: z.iso.datetime(),
  approvedBy: z.string(),
});
export type Approval = z.infer<typeof approval>;

/** What a reporting unit has settled for all its returns. */
export const unitSettings = z.object({
  /** A second person approves what is submitted. */
  approval: z.boolean(),
});
export type UnitSettings = z.infer<typeof unitSettings>;
