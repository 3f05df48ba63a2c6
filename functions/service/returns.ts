/** What is done with returns: save, examine, submit, withdraw, decide. Whether it may be is decided here and nowhere else. */

import type { ApprovalSources } from './approvals.ts';
import { createDecisions } from './decisions.ts';
import { createDrafts } from './drafts.ts';
import type { ReturnsAndFiles, ReturnSources } from './drafts.ts';
import type { Store } from '../storage/store.ts';
import type { Uploads } from '../storage/uploads.ts';
import { createSubmissions } from './submissions.ts';
import { createTakeovers } from './takeover.ts';

export type Returns = ReturnType<typeof createReturns>;

/** Where nobody sends files. */
export const noUploads: Pick<Uploads, 'stateOf'> = { stateOf: async () => 'missing' };

export function createReturns(
  store: ReturnsAndFiles & ApprovalSources & Pick<Store, 'roundState' | 'prefilled'>,
  sources: ReturnSources,
  uploads: Pick<Uploads, 'stateOf'>,
) {
  return {
    ...createDrafts(store, sources),
    ...createSubmissions(store, sources, uploads),
    ...createDecisions(store, sources),
    ...createTakeovers(store, sources),
  };
}
