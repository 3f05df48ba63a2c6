/** What stays as an edition has printed it; what can be worked out from all editions is in `figures-solved.test.ts`. */

import { describe, expect, it } from 'vitest';
import { figuresAsPrinted } from '../../../../functions/domain/summary.ts';
import { standingRows } from '../../../../functions/service/held-figures.ts';
import type { PrintedEdition } from '../../../../functions/service/held-figures.ts';
import type { SummaryRow } from '../../../../schemas/export.ts';
import type { Answers } from '../../../../schemas/values/json.ts';
import { classified, PrintedRound, round, unitCodes } from '../../support/printed-rounds.ts';

const units = unitCodes(7);
const directory = classified(units.map(() => ({})));

describe('the Σ figures of editions', () => {
  const said = (grade: string, cost: number): Answers => ({ open: { size: cost }, totals: { grade, cost } });
  const [a = '', b = '', c = '', d = '', e = ''] = units;

  async function started(): Promise<PrintedRound> {
    const rounds = new PrintedRound(directory);
    for (const unit of [a, b, c]) rounds.accept(unit, said('yes', 1));
    await rounds.publish();
    return rounds;
  }
  /** Of the questions that were answered, and whose answers are told otherwise. */
  const heldBy = async (rounds: PrintedRound): Promise<unknown> =>
    (await rounds.toPrint()).held.flatMap(({ question, units }) =>
      question.startsWith('totals.area') ? [] : [[question, units]],
    );
  const costOf = ({ rows }: PrintedEdition): unknown =>
    rows.flatMap(({ question, measure, value, base, asOf }) =>
      question === 'totals.cost' && measure === 'sum' ? [[value, base, asOf?.seq]] : [],
    )[0];

  it('stay as they were printed when one more return is accepted, while open figures move', async () => {
    const rounds = await started();
    rounds.accept(d, said('no', 7));
    expect(await heldBy(rounds)).toEqual([
      ['totals.grade', [d]],
      ['totals.cost', [d]],
    ]);
    const second = await rounds.publish();
    expect(costOf(second)).toEqual([3, 3, 4]);
    const size = second.rows.find(({ question, measure }) => question === 'open.size' && measure === 'sum');
    expect(size).toMatchObject({ value: 10, base: 4 });
    expect(size).not.toHaveProperty('asOf');
  });

  it('are printed anew, whole, when three units differ', async () => {
    const rounds = await started();
    rounds.accept(d, said('no', 7));
    rounds.accept(e, said('no', 7));
    expect(costOf(await rounds.publish())).toEqual([3, 3, 4]);
    rounds.accept(a, said('yes', 2));
    expect(await heldBy(rounds)).toEqual([['totals.grade', [d, e]]]);
    expect(costOf(await rounds.publish())).toEqual([18, 5, 9]);
  });

  it('are printed anew where the prefecture has released the units that they tell, and no others', async () => {
    const rounds = await started();
    rounds.accept(d, said('no', 7));
    await rounds.release();
    expect((await rounds.toPrint()).held).toEqual([]);
    // Whoever comes after the decision was not named in it.
    rounds.accept(e, said('no', 2));
    expect(await heldBy(rounds)).toEqual([
      ['totals.grade', [d, e]],
      ['totals.cost', [d, e]],
    ]);
    await rounds.release();
    expect(costOf(await rounds.publish())).toEqual([12, 5, 9]);
    // A decision is for the next edition alone; the answer of the other one is told by no difference that was not released.
    rounds.accept(d, said('no', 8));
    expect(await heldBy(rounds)).toEqual([['totals.cost', [d]]]);
  });

  it('count what was printed in an edition that was taken back, and are printed from one that stands', async () => {
    const rounds = await started();
    for (const unit of [d, e]) rounds.accept(unit, said('no', 7));
    rounds.accept(a, said('yes', 2));
    expect(costOf(await rounds.publish())).toEqual([18, 5, 8]);
    rounds.takeBack();
    // One unit differs from what was taken back, and four from what stands.
    rounds.accept(b, said('yes', 2));
    expect(await heldBy(rounds)).toContainEqual(['totals.cost', [b]]);
    expect(costOf(await rounds.publish())).toEqual([3, 3, 4]);
  });

  it('of a question that no edition has printed follow the rule of the first edition', async () => {
    const rounds = new PrintedRound(directory);
    rounds.accept(a, said('yes', 1));
    // One unit alone answered: no figures.
    expect(costOf(await rounds.publish())).toBeUndefined();
    rounds.accept(b, said('yes', 2));
    expect(costOf(await rounds.publish())).toEqual([3, 2, 4]);
  });

  it('stay though their unit is alone now', async () => {
    const rounds = new PrintedRound(directory);
    for (const unit of [a, b]) rounds.accept(unit, said('yes', 1));
    await rounds.publish();
    rounds.drop(b);
    expect(costOf(await rounds.publish())).toEqual([2, 2, 3]);
  });

  it('of two units are held also where others have returned something else', async () => {
    const [f = '', g = ''] = units.slice(5);
    for (const others of [[], [d, e, f, g]]) {
      const rounds = new PrintedRound(directory);
      for (const unit of others) rounds.accept(unit, { open: { size: 1 }, totals: {} });
      for (const unit of [a, b, c]) rounds.accept(unit, said('yes', 1));
      await rounds.publish();
      for (const unit of [a, b]) rounds.accept(unit, said('yes', 5));
      rounds.accept(c, { open: { size: 1 }, totals: {} });
      expect(await heldBy(rounds), others.join()).toContainEqual(['totals.cost', [a, b]]);
    }
  });

  it('of an earlier round are compared as its newest edition has printed them, and not where it left them out', async () => {
    const rounds = new PrintedRound(directory);
    for (const unit of [a, b]) rounds.accept(unit, said('yes', 1));
    rounds.accept(c, { totals: { plans: [{ id: 'p', kind: 'yes' }] } });
    const { rows } = await rounds.publish();
    rounds.accept(d, { totals: { cost: 7, plans: [] } });
    const tally = rounds.tally();
    const before = figuresAsPrinted(tally, { round, directory, audience: 'public' }, rows);
    const isTotal = ({ question }: SummaryRow): boolean => question.startsWith('totals.');
    expect(before.rows.filter(isTotal)).toEqual(rows.filter(isTotal));
    expect(before.tooFew).toContainEqual(expect.objectContaining({ question: 'totals.plans' }));
    expect(tally.unitsBehind('totals.plans')).toBe(2);
  });

  it('of an earlier round are those of an edition that stands, and none where all were taken back', async () => {
    expect(standingRows([])).toBeUndefined();
    const rounds = await started();
    const [standing] = rounds.editions;
    for (const unit of [d, e]) rounds.accept(unit, said('no', 7));
    rounds.accept(a, said('yes', 2));
    await rounds.publish();
    rounds.takeBack();
    expect(standingRows(rounds.editions)).toBe(standing?.rows);
    expect(standingRows(rounds.editions.slice(1))).toEqual([]);
  });
});
