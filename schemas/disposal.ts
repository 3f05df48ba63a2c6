/** The record that a disposal (廃棄), or the removal (削除) of a round that nobody had answered, leaves of it: all that is still known. */

import * as z from 'zod';
import { roundId } from './round.ts';

/** What was there to be removed. Counted before anything was. */
const removed = z.lazy(() =>
  z.object({
    /** Returns that somebody had started. */
    returns: z.int().nonnegative(),
    versions: z.int().nonnegative(),
    /** Number of the last log entry. */
    logEntries: z.int().nonnegative(),
    /** Files of internal and public exports. */
    files: z.int().nonnegative(),
    /** Files that were sent for its returns; none where releases before they could be had disposed of it. */
    uploads: z.int().nonnegative().optional(),
    /** Editions published; they stay. */
    editions: z.int().nonnegative(),
    /** Those of them that were taken back: what is left of them in the bucket is given to nobody. */
    withdrawnEditions: z.array(z.int().positive()).optional(),
    /** SHA-256 in hexadecimal over the hashes of the versions, sorted, a line each. */
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  }),
);
export type Removed = z.infer<typeof removed>;

export const disposal = z.lazy(() =>
  z.object({
    round: roundId,
    name: z.string(),
    fiscalYear: z.int(),
    referenceDate: z.iso.date(),
    /** Nobody decides on a disposal: it follows from the retention that the prefecture has set. */
    actor: z.literal('system'),
    /** Who removed it, where that was a decision; releases up to 0.3 take it for a disposal. */
    removedBy: z.string().optional(),
    /** Its public address was open: whoever comes there is told that it has ended, and nobody where it was not. */
    wasPublic: z.literal(true).optional(),
    /** From then on the round was closed to everybody. */
    begunAt: z.iso.datetime(),
    /** When nothing was left; absent while it is being removed. */
    disposedAt: z.iso.datetime().optional(),
    removed: removed.optional(),
  }),
);
export type Disposal = z.infer<typeof disposal>;
