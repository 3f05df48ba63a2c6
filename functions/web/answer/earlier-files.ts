/** Where what was said earlier about a return's questions stands as files. */

import type { EarlierFiles } from '../fields/context.ts';
import type { Opened } from './opened.ts';

export async function earlierFiles({ visit, round, key, place, draft }: Opened): Promise<EarlierFiles> {
  const { paths, service } = visit;
  const previous = await service.store.previousReturn(round, key);
  const last = { ...place, round: previous?.round.id ?? place.round };
  const { sentBack } = draft.standing;
  return {
    previous: (path) => paths.answerText(last, path, { version: String(previous?.version.version ?? 0) }),
    submitted: (path) => paths.answerText(place, path, { version: String(sentBack?.version ?? 0) }),
    reason: (path) => paths.answerText(place, path, { of: 'reason' }),
  };
}
