/** Whether a refused decision had been made already: pressing a button twice is no conflict. Pure. */

import type { Decision } from '../../../schemas/return.ts';
import type { Standing } from '../../domain/life.ts';

export function isSettled({ state, version, acceptedVersion, sentBack }: Standing, decision: Decision): boolean {
  if (decision.decision === 'accept') return state === 'accepted' && acceptedVersion === decision.version;
  return state === 'returned' && version === decision.version && sentBack?.comment === decision.comment;
}
