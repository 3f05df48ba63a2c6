import { describe, expect, it } from 'vitest';
import { countedVersion, LogFold, logEntry, returnName, trackedReturn } from '../../../../functions/domain/log.ts';
import type { LogEntry, ReturnEntry } from '../../../../functions/domain/log.ts';
import { decide, notStarted, start, submit, undoAcceptance, withdraw } from '../../../../functions/domain/life.ts';
import type { Standing, Transition } from '../../../../functions/domain/life.ts';
import type { Outcome } from '../../../../functions/domain/outcome.ts';

function time(seq: number): string {
  return `2024-10-01T00:00:${String(seq).padStart(2, '0')}Z`;
}

/** The log of one return's life, after the entry that defines the round. */
function logOf(unit: string, from: number, ...moves: ((standing: Standing) => Outcome<Transition>)[]): ReturnEntry[] {
  let standing = notStarted;
  return moves.map((move, index) => {
    const outcome = move(standing);
    if (!outcome.ok) throw new Error(outcome.problem.code);
    const { what, before, after } = outcome.value;
    standing = after;
    const seq = from + index;
    return { seq, at: time(seq), actor: `人${seq}`, what, return: { form: 'f', unit }, before, after };
  });
}

const definition = {
  name: '令和6年度',
  fiscalYear: 2024,
  referenceDate: '2024-09-30',
  period: { from: '2023-04', to: '2024-03' },
  forms: { f: 2024 },
  opensAt: '2024-10-01',
  dueAt: '2024-11-29',
};
const defined: LogEntry = { seq: 1, at: time(1), actor: '県', what: 'roundDefined', definition, directoryVersion: 3 };
const submitOpen = (standing: Standing) => submit(standing, 'open', `R-${standing.version + 1}`);
const life = logOf(
  'a',
  2,
  start,
  submitOpen,
  (s) => withdraw(s, 'open'),
  submitOpen,
  (s) => decide(s, { version: 2, decision: 'accept' }),
);
const published: LogEntry = { seq: 7, at: time(7), actor: '県', what: 'published', exportId: 'E', edition: 1 };

function fold(...entries: readonly LogEntry[]): LogFold {
  const folded = new LogFold();
  for (const entry of entries) folded.add(entry);
  return folded;
}

describe('a fold of the log', () => {
  it('is the round as of its last entry', () => {
    const state = fold(defined, ...life, published).state();
    expect(state.asOf).toEqual({ seq: 7, at: time(7) });
    expect(state.directoryVersion).toBe(3);
    expect(state.definition).toEqual(definition);
    expect(trackedReturn(state, 'f', 'a')).toEqual({
      state: 'accepted',
      version: 2,
      receipt: 'R-2',
      late: false,
      acceptedVersion: 2,
      actor: '人6',
      at: time(6),
      submittedAt: time(5),
    });
  });

  it('is another round at every earlier entry', () => {
    const states = life.map(
      (_, index) => trackedReturn(fold(defined, ...life.slice(0, index + 1)).state(), 'f', 'a').state,
    );
    expect(states).toEqual(['draft', 'submitted', 'draft', 'submitted', 'accepted']);
  });

  it('keeps when the newest version was submitted, through withdrawal too', () => {
    expect(trackedReturn(fold(defined, ...life.slice(0, 3)).state(), 'f', 'a').submittedAt).toBe(time(3));
    expect(trackedReturn(fold(defined, ...life.slice(0, 1)).state(), 'f', 'a')).not.toHaveProperty('submittedAt');
  });

  it('keeps returns of other units and forms apart', () => {
    const state = fold(defined, ...life, ...logOf('b', 7, start)).state();
    expect(trackedReturn(state, 'f', 'b').state).toBe('draft');
    expect(trackedReturn(state, 'g', 'a')).toEqual(notStarted);
    expect(returnName('f', 'a')).not.toBe(returnName('g', 'a'));
  });

  it('follows the directory that the round pins', () => {
    const state = fold(defined, ...life, { ...defined, seq: 7, directoryVersion: 4 }).state();
    expect(state.directoryVersion).toBe(4);
  });

  it('tells the newest entry that changed something, which a publication does not', () => {
    const published: LogEntry = { what: 'published', seq: 7, actor: '県', at: time(7), exportId: 'x', edition: 1 };
    expect(fold(defined, ...life, published).state()).toMatchObject({ asOf: { seq: 7 }, changedSeq: 6 });
  });

  it('knows what stood before an acceptance until something is published or the return changes again', () => {
    const before = life.at(-1)?.before;
    expect(fold(defined, ...life).state().undoable).toEqual(new Map([['f#a', before]]));
    expect(fold(defined, ...life, published).state().undoable).toEqual(new Map());
    const [undone] = logOf('a', 7, () =>
      undoAcceptance(
        life.at(-1)?.after ?? notStarted,
        { version: 2, decision: 'undo', reason: '押し間違えたため' },
        before,
      ),
    );
    if (undone === undefined) throw new RangeError('too short');
    const state = fold(defined, ...life, undone).state();
    expect([trackedReturn(state, 'f', 'a').state, state.undoable.size]).toEqual(['submitted', 0]);
  });

  it('forgets no edition that was taken back, and shows the newest of the others', () => {
    const second: LogEntry = { ...published, seq: 8, at: time(8), exportId: 'F', edition: 2 };
    const taken = (seq: number, edition: number): LogEntry => {
      const place = { seq, actor: '県', at: time(seq), edition, exportId: edition === 1 ? 'E' : 'F' };
      return { ...place, what: 'editionWithdrawn', reason: '個人名' };
    };
    const one = fold(defined, ...life, published, second, taken(9, 2)).state();
    expect(one.editions).toEqual([
      { edition: 1, exportId: 'E' },
      { edition: 2, exportId: 'F', isWithdrawn: true },
    ]);
    expect([one.published, one.changedSeq]).toEqual([{ edition: 1, at: time(7) }, 9]);
    expect(fold(defined, ...life, published, second, taken(9, 2), taken(10, 1)).state()).not.toHaveProperty(
      'published',
    );
  });

  it('is nothing before the first entry', () => {
    expect(new LogFold().state()).toEqual({
      asOf: { seq: 0, at: '' },
      changedSeq: 0,
      directoryVersion: 0,
      editions: [],
      releases: [],
      undoable: new Map(),
      returns: new Map(),
    });
  });

  it('cannot be had of a log with a gap, a doubled entry or another order', () => {
    const [first, second, third] = life;
    if (first === undefined || second === undefined || third === undefined) throw new RangeError('too short');
    expect(() => fold(defined, second)).toThrow('log entry 2 is missing');
    expect(() => fold(first)).toThrow(RangeError);
    expect(() => fold(defined, first, first)).toThrow(RangeError);
    expect(() => fold(defined, second, first)).toThrow(RangeError);
  });
});

describe('an entry', () => {
  it('is read back as it was written', () => {
    for (const entry of [defined, ...life, published])
      expect(logEntry.parse(JSON.parse(JSON.stringify(entry)))).toEqual(entry);
  });

  it('of an unknown state or without a number is none', () => {
    const [first] = life;
    expect(logEntry.safeParse({ ...first, after: { state: 'lost', version: 1 } }).success).toBe(false);
    expect(logEntry.safeParse({ ...first, seq: 0 }).success).toBe(false);
    expect(logEntry.safeParse({ ...first, what: 'forgotten' }).success).toBe(false);
  });
});

describe('what counts of a return', () => {
  const first = { version: 1 };
  const corrected = { version: 2, acceptedVersion: 1 };

  it.each([
    ['notStarted', { version: 0 }, undefined],
    ['draft', first, undefined],
    ['returned', first, undefined],
    ['submitted', first, { state: 'submitted', version: 1 }],
    ['accepted', first, { state: 'accepted', version: 1 }],
  ] as const)('%s: the newest version, once it is submitted', (state, standing, counted) => {
    expect(countedVersion({ state, ...standing })).toEqual(counted);
  });

  it.each(['returned', 'submitted', 'draft'] as const)(
    'under correction and %s: the version accepted before',
    (state) => {
      expect(countedVersion({ state, ...corrected })).toEqual({ state: 'accepted', version: 1 });
    },
  );

  it('is the correction once that is accepted', () => {
    expect(countedVersion({ state: 'accepted', version: 2, acceptedVersion: 2 })).toEqual({
      state: 'accepted',
      version: 2,
    });
  });
});
