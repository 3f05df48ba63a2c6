/** When one return is due: what the prefecture granted it (期限の延長) where that is later than the round's own due date. */

import { endOf, phaseAt } from '../../schemas/round.ts';
import type { Phase, RoundDefinition } from '../../schemas/round.ts';
import type { Standing } from './life.ts';

type Extended = Pick<Standing, 'extension'>;

/** A day or an instant, as a round has it. */
export function dueDateOf({ dueAt }: Pick<RoundDefinition, 'dueAt'>, { extension }: Extended): string {
  return extension !== undefined && endOf(extension.dueAt) > endOf(dueAt) ? extension.dueAt : dueAt;
}

/** Where an instant stands for one return: a round does not close for it before it is due. */
export function phaseOfReturn(round: RoundDefinition, standing: Extended, now: Date): Phase {
  const dueAt = dueDateOf(round, standing);
  const { closesAt } = round;
  const isLonger = closesAt !== undefined && endOf(dueAt) > endOf(closesAt);
  return phaseAt({ ...round, dueAt, closesAt: isLonger ? dueAt : closesAt }, now);
}

/** Whether a version came late: as it was judged when it came, unless an extension granted since then covers it. */
export function isLate(
  { late, submittedAt = '' }: { readonly late?: boolean | undefined; readonly submittedAt?: string | undefined },
  { extension }: Extended,
): boolean {
  if (late !== true) return false;
  return extension === undefined || !(Date.parse(submittedAt) < endOf(extension.dueAt));
}
