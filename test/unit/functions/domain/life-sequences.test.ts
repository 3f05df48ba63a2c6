/** A return through any sequence of what may be done with it. */

import { isDeepStrictEqual } from 'node:util';
import { array, assert, boolean, constantFrom, integer, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  beginProxy,
  correct,
  decide,
  endAbsence,
  endExtension,
  endProxy,
  extend,
  isEditable,
  markAbsent,
  notStarted,
  start,
  submit,
  withdraw,
} from '../../../../functions/domain/life.ts';
import type { Standing, Transition } from '../../../../functions/domain/life.ts';
import type { Outcome } from '../../../../functions/domain/outcome.ts';
import { phaseOfReturn } from '../../../../functions/domain/due-date.ts';
import { endOf } from '../../../../schemas/round.ts';
import type { Phase } from '../../../../schemas/round.ts';
import { round } from '../../schemas/forms/returns.ts';
import { draft, sendBack } from '../../support/standings.ts';

/** The transitions there are, by the name they have in the log. */
const transitions = new Set([
  'started: notStarted → draft',
  'submitted: draft → submitted',
  'submitted: returned → submitted',
  'withdrawn: submitted → draft',
  'accepted: submitted → accepted',
  'returned: submitted → returned',
  'returned: accepted → returned',
  ...['notStarted', 'draft', 'submitted', 'returned', 'accepted'].flatMap((state) => [
    `extended: ${state} → ${state}`,
    `extensionEnded: ${state} → ${state}`,
  ]),
  ...['notStarted', 'draft', 'returned'].map((state) => `proxyBegun: ${state} → ${state}`),
  ...['notStarted', 'draft', 'returned'].map((state) => `proxyEnded: ${state} → ${state}`),
  ...['notStarted', 'draft', 'returned'].flatMap((state) => [
    `absent: ${state} → ${state}`,
    `absenceEnded: ${state} → ${state}`,
  ]),
]);

interface Step {
  readonly kind:
    | 'beginProxy'
    | 'endProxy'
    | 'correct'
    | 'save'
    | 'submit'
    | 'withdraw'
    | 'decide'
    | 'extend'
    | 'endExtension'
    | 'absent'
    | 'endAbsence';
  readonly accept: boolean;
  /** About a version that is no longer the current one. */
  readonly stale: boolean;
}

const course = ['save', 'submit', 'submit', 'withdraw', 'decide', 'decide'] as const;
const kind = constantFrom<Step['kind'][]>(
  ...course,
  'extend',
  'endExtension',
  'absent',
  'endAbsence',
  'beginProxy',
  'endProxy',
  'correct',
);
const step = record<Step>({ kind, accept: boolean(), stale: integer({ min: 0, max: 4 }).map((n) => n === 0) });

const closing = { ...round, opensAt: '2024-10-01', dueAt: '2024-11-29', closesAt: '2024-12-13' };

function take(standing: Standing, each: Step, phase: Phase, receipt: string): Outcome<Transition> {
  if (each.kind === 'save') return start(standing);
  if (each.kind === 'submit') return submit(standing, phase, receipt);
  if (each.kind === 'withdraw') return withdraw(standing, phase);
  if (each.kind === 'extend')
    return extend(standing, { dueAt: each.accept ? '2024-12-06' : '2024-12-20', reason: '台風' }, closing);
  if (each.kind === 'endExtension') return endExtension(standing);
  if (each.kind === 'absent') return markAbsent(standing, { reason: '不在' });
  if (each.kind === 'endAbsence') return endAbsence(standing);
  if (each.kind === 'beginProxy') return beginProxy(standing, { source: each.accept ? 'fax' : 'mail', reason: '郵便' });
  if (each.kind === 'endProxy') return endProxy(standing);
  if (each.kind === 'correct') {
    const corrected = corrects(standing, phase, receipt);
    return corrected.ok ? { ok: true, value: corrected.value.submitted } : corrected;
  }
  const version = standing.version - (each.stale ? 1 : 0);
  return decide(standing, each.accept ? { version, decision: 'accept' } : sendBack(version));
}

function corrects(standing: Standing, phase: Phase, receipt: string): ReturnType<typeof correct> {
  return correct(standing, phase, receipt, { source: 'correction', reason: '転記の誤り' });
}

/** What happens at a step: nothing, one thing, or both that a correction is. */
function taken(standing: Standing, each: Step, phase: Phase, receipt: string): readonly Transition[] {
  const outcome = take(standing, each, phase, receipt);
  if (!outcome.ok) return [];
  const corrected = each.kind === 'correct' ? corrects(standing, phase, receipt) : undefined;
  return corrected?.ok ? [corrected.value.sentBack, corrected.value.submitted] : [outcome.value];
}

describe('any sequence of saves, submissions, withdrawals and decisions', () => {
  const long = { minLength: 10, maxLength: 25, size: 'max' } as const;
  const longer = { ...long, minLength: 40, maxLength: 60 };
  const minutes = integer({ min: -3 * 24 * 60, max: 3 * 24 * 60 });
  const boundaries = ['2024-10-01', '2024-11-30', '2024-12-14'].map((day) => Date.parse(`${day}T00:00:00+09:00`));
  const life = array(record({ each: step, boundary: constantFrom(...boundaries), minute: minutes }), long);

  it('takes only the transitions there are, and numbers versions one by one at submissions', () => {
    const reached = new Set<string>();
    assert(
      property(array(step, longer), constantFrom<Phase>('open', 'late', 'closed'), (steps, phase) => {
        let standing = notStarted;
        for (const [index, each] of steps.entries()) {
          for (const { what, before, after } of taken(standing, each, phase, `R-${index}`)) {
            // Taking back what there is not changes nothing, and is no entry.
            if (isDeepStrictEqual(before, after)) continue;
            const name = `${what}: ${before.state} → ${after.state}`;
            expect(transitions).toContain(name);
            reached.add(name);
            expect(before).toEqual(standing);
            expect(after.version - before.version).toBe(what === 'submitted' ? 1 : 0);
            if (what === 'submitted') expect(after.receipt).toBe(`R-${index}`);
            if (after.state === 'returned') expect(after.sentBack).toBeDefined();
            if (after.state === 'accepted') expect(after.acceptedVersion).toBe(after.version);
            if (after.state === 'submitted' || after.acceptedVersion !== undefined)
              expect(after).not.toHaveProperty('absence');
            if (!isEditable(after)) expect(after).not.toHaveProperty('proxy');
            standing = after;
          }
        }
      }),
      { numRuns: 300 },
    );
    expect(reached).toEqual(transitions);
  });

  it('submits within opening and closing only, but for what was sent back, and marks what is late', () => {
    const seen = { late: 0, onTime: 0, refused: 0 };
    assert(
      property(life, (steps) => {
        let standing: Standing = draft;
        let wasSentBack = false;
        for (const { each, boundary, minute } of steps) {
          const now = new Date(boundary + minute * 60_000);
          const outcome = take(standing, each, phaseOfReturn(closing, standing, now), 'R');
          const granted = standing.extension === undefined ? 0 : endOf(standing.extension.dueAt);
          const [opens = 0, due = 0, closes = 0] = boundaries.map(
            (each, index) => now.getTime() - (index === 0 ? each : Math.max(each, granted)),
          );
          if (each.kind === 'submit' && isEditable(standing)) {
            const isOpen = opens >= 0 && (closes < 0 || wasSentBack);
            expect(outcome.ok).toBe(isOpen);
            if (outcome.ok) expect(outcome.value.after.late).toBe(due >= 0);
            seen[!outcome.ok ? 'refused' : due >= 0 ? 'late' : 'onTime'] += 1;
          }
          if (!outcome.ok) continue;
          standing = outcome.value.after;
          if (standing.state === 'returned' || each.kind === 'correct') wasSentBack = true;
          if (standing.state === 'accepted') wasSentBack = false;
        }
      }),
      { numRuns: 300 },
    );
    expect(Math.min(seen.late, seen.onTime, seen.refused)).toBeGreaterThan(10);
  });
});
