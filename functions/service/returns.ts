/** What is done with returns: save, examine, submit, withdraw, decide. Whether it may be is decided here and nowhere else. */

import { createDecisions } from './decisions.ts';
import { createDrafts } from './drafts.ts';
import type { ReturnsAndVersions, ClockAndIds } from './drafts.ts';
import { createSubmissions } from './submissions.ts';

export type Returns = ReturnType<typeof createReturns>;

export function createReturns(store: ReturnsAndVersions, sources: ClockAndIds) {
  return {
    ...createDrafts(store, sources),
    ...createSubmissions(store, sources),
    ...createDecisions(store, sources),
  };
}
