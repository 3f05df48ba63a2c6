/** A return in each of its states, and what becomes of it. */

import type { Standing, Transition } from '../../../functions/domain/life.ts';
import type { Outcome } from '../../../functions/domain/outcome.ts';
import type { SentBack } from '../../../schemas/return.ts';

export const draft: Standing = { state: 'draft', version: 0 };
export const submitted: Standing = { state: 'submitted', version: 1, receipt: 'R-1', late: false };
export const accepted: Standing = { ...submitted, state: 'accepted', acceptedVersion: 1 };

export function sendBack(version: number): SentBack {
  return {
    version,
    decision: 'return',
    comment: '確認してください',
    questions: [{ path: 'bases.status', reason: '確認' }],
  };
}

export const returned: Standing = { ...submitted, state: 'returned', sentBack: sendBack(1) };

export function after(outcome: Outcome<Transition>): Standing {
  if (!outcome.ok) throw new Error(outcome.problem.code);
  return outcome.value.after;
}
