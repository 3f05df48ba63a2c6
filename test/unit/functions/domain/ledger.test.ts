import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Ledger } from '../../../../functions/domain/ledger.ts';
import type { LedgerItem } from '../../../../functions/domain/ledger.ts';
import { notStarted, start, submit, withdraw } from '../../../../functions/domain/life.ts';
import type { Standing, Transition } from '../../../../functions/domain/life.ts';
import { roundDefinition } from '../../../../schemas/round.ts';

const definition = roundDefinition.parse({
  name: '調査',
  fiscalYear: 2024,
  referenceDate: '2024-09-30',
  period: { from: '2023-04', to: '2024-03' },
  forms: { survey: 1 },
  opensAt: '2024-10-01',
  dueAt: '2024-11-29',
});
const at = '2024-10-15T03:00:00.000Z';
const place = { form: 'survey', unit: '112038' };

/** Everything that stands after one return was started and submitted and withdrawn so many times. */
function ledgerOf(submissions: number): LedgerItem[] {
  const items: LedgerItem[] = [
    { kind: 'entry', entry: { seq: 1, actor: '県', at, what: 'roundDefined', definition, directoryVersion: 1 } },
  ];
  let standing: Standing = notStarted;
  const move = (transition: Transition): void => {
    const seq = items.filter(({ kind }) => kind === 'entry').length + 1;
    const { what, before, after } = transition;
    items.push({ kind: 'entry', entry: { seq, actor: '市', at, what, return: place, before, after } });
    standing = after;
  };
  const must = (outcome: ReturnType<typeof start>): Transition => {
    if (!outcome.ok) throw new Error(outcome.problem.code);
    return outcome.value;
  };
  move(must(start(standing)));
  for (let version = 1; version <= submissions; version += 1) {
    move(must(submit(standing, 'open', `r-${version}`)));
    items.push({
      kind: 'version',
      version: { ...place, version, receipt: `r-${version}`, submittedAt: at, sha256: 'a', recomputed: 'a' },
    });
    move(must(withdraw(standing, 'open')));
  }
  const seq = items.filter(({ kind }) => kind === 'entry').length;
  items.push({ kind: 'head', ...place, standing, event: seq }, { kind: 'draft', ...place, versions: submissions });
  items.push({ kind: 'round', round: { seq, definition, directoryVersion: 1 } });
  return items;
}

function findingsOf(items: readonly LedgerItem[]): number {
  const ledger = new Ledger();
  for (const item of items) ledger.add(item);
  return ledger.findings().length;
}

const submissions = fc.integer({ min: 0, max: 6 });

describe('the ledger of a round', () => {
  it('agrees after any number of submissions, in whatever order its items come', () => {
    fc.assert(
      fc.property(
        submissions.chain((count) => fc.shuffledSubarray(ledgerOf(count), { minLength: ledgerOf(count).length })),
        (items) => {
          expect(findingsOf(items)).toBe(0);
        },
      ),
    );
  });

  it('never agrees when any one of its items is missing', () => {
    fc.assert(
      fc.property(submissions, fc.nat(), (count, nth) => {
        const items = ledgerOf(count);
        expect(findingsOf(items.toSpliced(nth % items.length, 1))).toBeGreaterThan(0);
      }),
    );
  });

  it('tells an edition that log and table do not agree about: taken back, or not', () => {
    const items = ledgerOf(1).filter(({ kind }) => kind !== 'round');
    const seq = items.filter(({ kind }) => kind === 'entry').length;
    const entry = { actor: '県', at, exportId: 'E', edition: 1 };
    const published: LedgerItem = { kind: 'entry', entry: { ...entry, seq: seq + 1, what: 'published' } };
    const withdrawn: LedgerItem = {
      kind: 'entry',
      entry: { ...entry, seq: seq + 2, what: 'editionWithdrawn', reason: '個人名' },
    };
    const stands = (isWithdrawn: boolean): LedgerItem => ({ kind: 'edition', edition: 1, exportId: 'E', isWithdrawn });
    const round = (last: number): LedgerItem => ({
      kind: 'round',
      round: { seq: last, definition, directoryVersion: 1 },
    });
    const found = [false, true].flatMap((isWithdrawn) => [
      findingsOf([...items, published, stands(isWithdrawn), round(seq + 1)]),
      findingsOf([...items, published, withdrawn, stands(isWithdrawn), round(seq + 2)]),
    ]);
    expect(found).toEqual([0, 1, 1, 0]);
  });

  it('tells a version that is not what was hashed', () => {
    const items = ledgerOf(1).map((item) =>
      item.kind === 'version' ? { ...item, version: { ...item.version, recomputed: 'b' } } : item,
    );
    expect(findingsOf(items)).toBe(1);
  });
});
