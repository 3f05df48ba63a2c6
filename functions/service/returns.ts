/** What is done with returns: save, examine, submit, withdraw, decide. Whether it may be is decided here and nowhere else. */

import { createDecisions } from './decisions.ts';
import type { Decisions } from './decisions.ts';
import { createDrafts } from './drafts.ts';
import type { Drafts, ReturnsAndVersions, ClockAndIds } from './drafts.ts';
import { createSubmissions } from './submissions.ts';
import type { Submissions } from './submissions.ts';

export interface Returns extends Drafts, Submissions, Decisions {}

export function createReturns(store: ReturnsAndVersions, sources: ClockAndIds): Returns {
  return {
    ...createDrafts(store, sources),
    ...createSubmissions(store, sources),
    ...createDecisions(store, sources),
  };
}
