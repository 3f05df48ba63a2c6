/**
 * When a round's retention (保存期間) ends. It is counted in fiscal years, April to March in Japan, after the one in which
 * the round closed, or, for a round of an earlier year that was brought in later, in which it was brought in.
 */

import type { Disposal } from '../../schemas/disposal.ts';
import { dayInJapan, endOf, startOf } from '../../schemas/round.ts';
import type { RoundDefinition } from '../../schemas/round.ts';
import { fiscalYearOf, printPartialDate } from '../../schemas/values/partial-date.ts';
import { refused } from './outcome.ts';

export interface RetainedRound {
  readonly round: Pick<RoundDefinition, 'closesAt' | 'dueAt'> & { readonly id: string };
  /** When its first log entry was written. */
  readonly cameInAt: string;
}

/**
 * The instant from which a round is disposed of: the first moment of a 1 April in Japan, in milliseconds since the epoch.
 * A round that closes with the end of 31 March belongs to the year that ends with it.
 *
 * @param roundYears fiscal years that it is kept after its own; 0 keeps it for good
 * @example disposalFrom(closingOn('2024-12-27'), 5) === Date.parse('2030-04-01T00:00:00+09:00')
 */
export function disposalFrom({ round, cameInAt }: RetainedRound, roundYears: number): number | undefined {
  if (roundYears === 0) return undefined;
  const lastMoment = Math.max(endOf(round.closesAt ?? round.dueAt) - 1, Date.parse(cameInAt));
  return startOf(`${fiscalYearOf(dayInJapan(new Date(lastMoment))) + roundYears + 1}-04-01`);
}

export function dueDisposals(rounds: readonly RetainedRound[], roundYears: number, now: Date): string[] {
  return rounds
    .filter((each) => {
      const from = disposalFrom(each, roundYears);
      return from !== undefined && now.getTime() >= from;
    })
    .map(({ round }) => round.id);
}

/**
 * How long after its beginning a disposal may be called complete, in milliseconds: longer than any function runs that was
 * still writing to the round when it began.
 */
const settling = 60 * 60 * 1000;

export function maySettle({ begunAt }: Pick<Disposal, 'begunAt'>, now: Date): boolean {
  return now.getTime() >= Date.parse(begunAt) + settling;
}

/** The refusal of whatever is asked about a round that is gone. */
export function goneRound(disposal: Disposal): ReturnType<typeof refused> {
  const code = disposal.removedBy === undefined ? 'round-disposed' : 'round-removed';
  return refused(code, { detail: printDisposal(disposal) });
}

export function printDisposal({ name, begunAt, disposedAt, removedBy }: Disposal): string {
  if (removedBy !== undefined)
    return `「${name}」は、${printPartialDate(dayInJapan(new Date(begunAt)))}に${removedBy}が削除しました。`;
  const day = printPartialDate(dayInJapan(new Date(disposedAt ?? begunAt)));
  const what = `「${name}」の回答は、保存期間が満了したため、${day}`;
  return disposedAt === undefined ? `${what}から廃棄の手続中です。` : `${what}に廃棄しました。`;
}
