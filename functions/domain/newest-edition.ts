/** The newest edition of a round, which every later one says its corrections of. */

import type { Problem } from '../../schemas/problem.ts';

export interface NewestEdition {
  readonly edition: number;
  readonly seq: number;
}

/**
 * Why an export cannot become the next edition: its report says what was corrected since the edition that was newest when
 * it was made.
 *
 * @param seq the log number that the export is as of
 */
export function madeBefore(newest: NewestEdition | undefined, seq: number): Problem | undefined {
  if (newest === undefined || newest.seq <= seq) return undefined;
  return { code: 'older-than-published', detail: `第${newest.edition}版を公表した後に、新しい出力を行ってください。` };
}
