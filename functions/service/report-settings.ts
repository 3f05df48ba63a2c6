/** Changing what the prefecture says about a round's report: whether it may be replaced is decided here. */

import { isDeepStrictEqual } from 'node:util';
import type { ReportSettings } from '../../schemas/report-settings.ts';
import { done, refused } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { KeptReportSettings } from '../storage/report-settings.ts';
import type { Store } from '../storage/store.ts';

/** @param seen the revision that the new ones were made from; refuses `precondition-failed` when there is a newer one */
export function saveReportSettings(
  store: Pick<Store, 'changeReportSettings'>,
  round: string,
  settings: ReportSettings,
  actor: string,
  seen?: number,
): Promise<Outcome<KeptReportSettings>> {
  return store.changeReportSettings(round, actor, (kept) => {
    // The second press of a button finds what the first one kept.
    if (isDeepStrictEqual(kept.settings, settings)) return done(undefined);
    return seen === undefined || seen === kept.revision ? done(settings) : refused('precondition-failed');
  });
}
