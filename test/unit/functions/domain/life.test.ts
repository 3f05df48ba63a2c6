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
  isOver,
  markAbsent,
  mayBeSubmitted,
  notStarted,
  start,
  submit,
  undoAcceptance,
  withdraw,
} from '../../../../functions/domain/life.ts';
import type { Outcome } from '../../../../functions/domain/outcome.ts';
import { accepted, after, draft, returned, sendBack, submitted } from '../../support/standings.ts';

function refusal<T>(outcome: Outcome<T>): string | undefined {
  return outcome.ok ? undefined : outcome.problem.code;
}

describe('starting', () => {
  it('makes a draft of what nobody has started, once', () => {
    expect(after(start(notStarted))).toEqual(draft);
    for (const standing of [draft, submitted, returned, accepted])
      expect(refusal(start(standing))).toBe('not-editable');
  });

  it('leaves answers editable until they are submitted and once they are sent back', () => {
    expect([notStarted, draft, submitted, returned, accepted].map(isEditable)).toEqual([
      true,
      true,
      false,
      true,
      false,
    ]);
  });
});

describe('submitting', () => {
  it('makes the next version, with its receipt', () => {
    expect(after(submit(draft, 'open', 'R-9'))).toEqual({
      state: 'submitted',
      version: 1,
      receipt: 'R-9',
      late: false,
    });
    expect(after(submit(returned, 'open', 'R-9'))).toMatchObject({ state: 'submitted', version: 2, receipt: 'R-9' });
  });

  it('is late between due and closing', () => {
    expect(after(submit(draft, 'late', 'R-9')).late).toBe(true);
  });

  it('is not possible before opening or after closing', () => {
    expect(refusal(submit(draft, 'notOpen', 'R'))).toBe('not-open');
    expect(refusal(submit(draft, 'draft', 'R'))).toBe('not-open');
    expect(refusal(submit(draft, 'closed', 'R'))).toBe('closed');
  });

  it('is possible after closing for what was sent back, also when it was withdrawn again meanwhile', () => {
    expect(after(submit(returned, 'closed', 'R-9'))).toMatchObject({ state: 'submitted', version: 2, late: true });
    const again = after(withdraw(after(submit(returned, 'closed', 'R-9')), 'closed'));
    expect(after(submit(again, 'closed', 'R-10'))).toMatchObject({ state: 'submitted', version: 3 });
  });

  it('is not possible twice: the receipt there is comes back', () => {
    for (const standing of [submitted, accepted]) {
      const outcome = submit(standing, 'open', 'R-9');
      expect(outcome).toEqual({ ok: false, problem: { code: 'already-submitted', version: 1, receipt: 'R-1' } });
    }
  });

  it('needs something saved', () => {
    expect(refusal(submit(notStarted, 'open', 'R'))).toBe('nothing-to-submit');
  });

  it('says beforehand what it would say', () => {
    expect(mayBeSubmitted(draft, 'open')).toEqual({ ok: true, value: { late: false } });
    expect(mayBeSubmitted(draft, 'late')).toEqual({ ok: true, value: { late: true } });
    expect(refusal(mayBeSubmitted(draft, 'closed'))).toBe('closed');
  });

  it('is over after closing, but for what was sent back', () => {
    expect([isOver(draft, 'late'), isOver(draft, 'closed'), isOver(returned, 'closed')]).toEqual([false, true, false]);
  });
});

describe('withdrawing', () => {
  it('makes a draft again before the prefecture decides; the version number stays used', () => {
    const again = after(withdraw(submitted, 'open'));
    expect(again).toMatchObject({ state: 'draft', version: 1 });
    expect(after(submit(again, 'open', 'R-2')).version).toBe(2);
  });

  it('is not possible once it is decided, or before it is submitted', () => {
    for (const standing of [notStarted, draft, returned, accepted])
      expect(refusal(withdraw(standing, 'open'))).toBe('not-submitted');
  });

  it('is not possible after closing, when it could not be submitted again', () => {
    expect(refusal(withdraw(submitted, 'closed'))).toBe('closed');
    expect(after(withdraw({ ...submitted, sentBack: sendBack(1) }, 'closed')).state).toBe('draft');
  });
});

describe('deciding', () => {
  const accept = (version: number) => ({ version, decision: 'accept' }) as const;

  it('accepts the current version', () => {
    expect(after(decide(submitted, accept(1)))).toMatchObject({ state: 'accepted', version: 1, acceptedVersion: 1 });
  });

  it('sends back what is submitted, and what is accepted for correction, with its reasons', () => {
    expect(after(decide(submitted, sendBack(1)))).toMatchObject({ state: 'returned', sentBack: sendBack(1) });
    const correction = after(decide(accepted, sendBack(1)));
    expect(correction).toMatchObject({ state: 'returned', sentBack: sendBack(1), acceptedVersion: 1 });
  });

  it('forgets what was sent back once it accepts', () => {
    const settled = after(decide(after(submit(returned, 'open', 'R-2')), accept(2)));
    expect(settled).toMatchObject({ state: 'accepted', acceptedVersion: 2 });
    expect(settled).not.toHaveProperty('sentBack');
  });

  it('is refused about a version that is no longer the current one', () => {
    const newer = { ...submitted, version: 2 };
    expect(decide(newer, accept(1))).toEqual({ ok: false, problem: { code: 'not-current-version', version: 2 } });
    expect(refusal(decide(newer, sendBack(3)))).toBe('not-current-version');
  });

  it('is refused about what is not submitted, and twice', () => {
    for (const standing of [notStarted, draft, returned])
      expect(refusal(decide(standing, accept(standing.version)))).toBe('not-submitted');
    expect(refusal(decide(accepted, accept(1)))).toBe('already-accepted');
  });
});

describe('undoing an acceptance', () => {
  const undo = { version: 1, decision: 'undo', reason: '押し間違えたため' } as const;

  it('brings back what stood before it, in the log as a withdrawal that says why', () => {
    const resubmitted = after(submit({ ...returned, acceptedVersion: 1 }, 'open', 'R-2'));
    const again = after(decide(resubmitted, { version: 2, decision: 'accept' }));
    const outcome = undoAcceptance(again, { ...undo, version: 2 }, resubmitted);
    expect(outcome).toMatchObject({ ok: true, value: { what: 'withdrawn', undone: undo.reason, before: again } });
    expect(after(outcome)).toEqual(resubmitted);
  });

  it('is refused about what is not accepted, about another version, and where the acceptance has to stand', () => {
    for (const standing of [notStarted, draft, submitted, returned])
      expect(refusal(undoAcceptance(standing, undo, submitted))).toBe('not-submitted');
    expect(refusal(undoAcceptance({ ...accepted, version: 2 }, undo, submitted))).toBe('not-current-version');
    for (const before of [undefined, notStarted, { ...submitted, version: 2 }])
      expect(refusal(undoAcceptance(accepted, undo, before))).toBe('acceptance-stands');
  });
});

describe('more time for one return', () => {
  const granted = { dueAt: '2024-12-06', reason: '台風のため' };
  const due = { dueAt: '2024-11-29' };

  it('is given in any state and taken back, and changes nothing else', () => {
    for (const standing of [notStarted, draft, submitted, returned, accepted]) {
      const extended = after(extend(standing, granted, due));
      expect(extended).toEqual({ ...standing, extension: granted });
      expect(after(endExtension(extended))).toEqual(standing);
      expect(after(endExtension(standing))).toEqual(standing);
    }
  });

  it('stays through everything that happens to the return', () => {
    const extended = after(extend(draft, granted, due));
    const again = after(decide(after(submit(extended, 'open', 'R-1')), sendBack(1)));
    expect(after(decide(after(submit(again, 'open', 'R-2')), { version: 2, decision: 'accept' }))).toMatchObject({
      state: 'accepted',
      extension: granted,
    });
  });

  it('ends later than the round is due', () => {
    for (const dueAt of ['2024-11-29', '2024-11-29T17:00', '2024-11-01'])
      expect(extend(draft, { ...granted, dueAt }, due)).toMatchObject({
        problem: { code: 'invalid-exception', errors: [{ path: 'dueAt', code: 'not-later' }] },
      });
  });
});

describe('that a return will not come', () => {
  const noted = { reason: '担当者が不在のため' };

  it('is noted until it is submitted, and taken back', () => {
    for (const standing of [notStarted, draft, returned]) {
      const absent = after(markAbsent(standing, noted));
      expect(absent).toEqual({ ...standing, absence: noted });
      expect(after(endAbsence(absent))).toEqual(standing);
      expect(after(endAbsence(standing))).toEqual(standing);
    }
  });

  it('ends with the first submission', () => {
    expect(after(submit(after(markAbsent(draft, noted)), 'open', 'R-1'))).not.toHaveProperty('absence');
    expect(after(start(after(markAbsent(notStarted, noted))))).toEqual({ ...draft, absence: noted });
  });

  it('is not noted of what has come, nor of what counts while it is corrected', () => {
    const correction = after(decide(accepted, sendBack(1)));
    for (const standing of [submitted, accepted, correction])
      expect(refusal(markAbsent(standing, noted))).toBe('already-submitted');
  });
});

describe('what the prefecture enters for a unit', () => {
  const proxy = { source: 'telephone', reason: '通信障害のため' } as const;

  it('begins while the return can be edited, and ends with a submission, whose it is told', () => {
    for (const standing of [notStarted, draft, returned]) {
      const entered = after(beginProxy(standing, proxy));
      expect(entered).toEqual({ ...standing, proxy });
      expect(after(endProxy(entered))).toEqual(standing);
    }
    const saved = after(start(notStarted, proxy));
    expect(saved).toEqual({ ...draft, proxy });
    expect(after(start(after(beginProxy(notStarted, proxy))))).toEqual(saved);
    const own = submit(saved, 'open', 'R-1');
    const theirs = submit(saved, 'late', 'R-1', proxy);
    expect([after(own), after(theirs).late]).toEqual([expect.not.objectContaining({ proxy }), true]);
    expect([own, theirs]).toMatchObject([
      { value: expect.not.objectContaining({ onBehalf: proxy }) },
      { value: { onBehalf: proxy } },
    ]);
    // It stands as long as that version is the newest.
    const entered = after(theirs);
    expect(entered.onBehalf).toEqual(proxy);
    expect(after(decide(entered, { version: 1, decision: 'accept' })).onBehalf).toEqual(proxy);
    expect(after(submit(after(withdraw(entered, 'open')), 'open', 'R-2'))).not.toHaveProperty('onBehalf');
    for (const standing of [submitted, accepted]) expect(refusal(beginProxy(standing, proxy))).toBe('not-editable');
  });
});

describe('a correction by the prefecture', () => {
  const correction = { source: 'correction', reason: '転記の誤り' } as const;

  it('sends back and submits again in one, as much in time as what it corrects', () => {
    for (const standing of [submitted, { ...submitted, late: true }, accepted]) {
      const outcome = correct(standing, 'closed', 'R-2', correction);
      expect(outcome).toMatchObject({
        ok: true,
        value: {
          sentBack: { what: 'returned', before: standing, onBehalf: correction },
          submitted: {
            what: 'submitted',
            after: { state: 'submitted', version: standing.version + 1, receipt: 'R-2', late: standing.late ?? false },
            onBehalf: correction,
          },
        },
      });
      if (outcome.ok) expect(outcome.value.submitted.before).toEqual(outcome.value.sentBack.after);
    }
  });

  it('is of what is submitted only', () => {
    for (const standing of [notStarted, draft, returned])
      expect(correct(standing, 'open', 'R', correction)).toMatchObject({ problem: { code: 'not-submitted' } });
  });
});
