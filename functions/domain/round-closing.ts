/** Ending a round before its day (受付終了), and taking it up again (再開). */

import { endOf, phaseAt, roundDefinition } from '../../schemas/round.ts';
import type { RoundDefinition } from '../../schemas/round.ts';
import { done, refused } from './outcome.ts';
import type { Outcome } from './outcome.ts';

/** @param closesAt the new closing; none where late returns are taken for ever */
export type ClosingChange = { readonly kind: 'close' } | { readonly kind: 'reopen'; readonly closesAt?: string };

function closedAt(round: RoundDefinition, now: Date): RoundDefinition {
  const at = now.toISOString();
  return { ...round, dueAt: endOf(round.dueAt) > now.getTime() ? at : round.dueAt, closesAt: at };
}

/**
 * The definition with another closing. A round that is not due yet is due when it closes. Refuses `not-open` before
 * opening and `invalid-round` for a closing that is over already, or before the round is due.
 */
export function withClosing(round: RoundDefinition, change: ClosingChange, now: Date): Outcome<RoundDefinition> {
  const phase = phaseAt(round, now);
  if (phase === 'draft' || phase === 'notOpen') return refused('not-open');
  if (change.kind === 'close') return done(phase === 'closed' ? round : closedAt(round, now));
  const { closesAt: _before, ...rest } = round;
  const { closesAt } = change;
  if (closesAt === undefined) return done(rest);
  if (endOf(closesAt) <= now.getTime()) {
    const message = '新しい受付終了は、今より後にしてください。';
    return refused('invalid-round', { errors: [{ path: 'closesAt', code: 'past', message }] });
  }
  const reopened = roundDefinition.safeParse({ ...rest, closesAt });
  if (reopened.success) return done(reopened.data);
  const errors = reopened.error.issues.map(({ path, message }) => ({
    path: path.join('.'),
    code: 'closing-before-due',
    message,
  }));
  return refused('invalid-round', { errors });
}
