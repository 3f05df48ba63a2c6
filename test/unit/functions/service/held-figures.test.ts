/** What can be learnt by subtracting editions: random rounds, their editions, and the answers behind every pair of them. */

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LogFold, logEntry } from '../../../../functions/domain/log.ts';
import type { LogEntry, RoundState } from '../../../../functions/domain/log.ts';
import { figuresAsPrinted, summarise } from '../../../../functions/domain/summary.ts';
import { Tally } from '../../../../functions/domain/tally.ts';
import { countedForm } from '../../../../functions/service/counted-returns.ts';
import { heldQuestions } from '../../../../functions/service/held-figures.ts';
import type { PrintedEdition } from '../../../../functions/service/held-figures.ts';
import type { Directory } from '../../../../schemas/directory.ts';
import type { SummaryRow } from '../../../../schemas/export.ts';
import { catalogue, form } from '../../../../schemas/form.ts';
import { choice, choices, count, list, matrix, section } from '../../../../schemas/kinds/question.ts';
import type { Answers } from '../../../../schemas/values/json.ts';
import type { Version } from '../../../../schemas/return.ts';
import type { Round } from '../../../../schemas/round.ts';

const options = { yes: 'はい', no: 'いいえ' };
const survey = form(
  'survey',
  2024,
  { title: '調査票', units: 'municipality', help: '' },
  {
    open: section('公開', { size: count('人数', '人') }),
    totals: section('合計のみ', {
      grade: choice('評価', options).tally(),
      methods: choices('方法', options).tally(),
      cost: count('費用', '円').tally(),
      area: matrix('広域', { housing: '住まい', work: '就労' }, options, '計').tally(),
      plans: list('計画', 5, { kind: choice('種別', options).required() }).tally(),
    }),
  },
);
const units = Array.from({ length: 7 }, (_, index) => `11${100 + index}0`);
const directory: Directory = {
  prefecture: { code: '110000', name: '県' },
  municipalities: units.map((code) => ({ code, name: `${code}市`, kind: 'city' as const })),
  councils: [],
};
const round: Round = {
  id: 'R6',
  name: '調査',
  fiscalYear: 2024,
  referenceDate: '2024-12-01',
  period: { from: '2024-04', to: '2024-11' },
  forms: { survey: 2024 },
  opensAt: '2024-10-01',
  dueAt: '2024-11-29',
  directoryVersion: 1,
};

/** A round in memory: its log, its versions, and the editions that were made of it. */
class Rounds {
  readonly editions: PrintedEdition[] = [];
  readonly #log: LogEntry[] = [];
  readonly #versions = new Map<string, Answers[]>();
  readonly forms = catalogue([survey]);
  readonly store = {
    roundState: async (_round: string, upTo?: number) => this.state(upTo),
    directoryOfRound: async () => directory,
    versionsOf: (named: readonly { form: string; unit: string; version: number }[]) => this.#read(named),
  };

  constructor() {
    const { id: _id, directoryVersion, ...definition } = round;
    this.#write({ what: 'roundDefined', definition, directoryVersion });
  }

  #write(entry: object): void {
    const place = { seq: this.#log.length + 1, actor: '県', at: '2024-12-01T00:00:00.000Z' };
    this.#log.push(logEntry.parse({ ...place, ...entry }));
  }

  state(upTo = this.#log.length): RoundState {
    const fold = new LogFold();
    for (const entry of this.#log.slice(0, upTo)) fold.add(entry);
    return fold.state();
  }

  async *#read(named: readonly { form: string; unit: string; version: number }[]): AsyncGenerator<Version> {
    for (const { form, unit, version } of named)
      yield {
        round: 'R6',
        form,
        formVersion: 2024,
        unit,
        version,
        answers: this.answers(unit, version),
        reasons: {},
        submittedAt: '',
        submittedBy: '',
        late: false,
        receipt: '',
        sha256: '',
      };
  }

  answers(unit: string, version: number): Answers {
    return this.#versions.get(unit)?.[version - 1] ?? {};
  }

  accept(unit: string, answers: Answers): void {
    const versions = [...(this.#versions.get(unit) ?? []), answers];
    this.#versions.set(unit, versions);
    const after = { state: 'accepted', version: versions.length, acceptedVersion: versions.length };
    this.#write({ what: 'accepted', return: { form: 'survey', unit }, before: after, after });
  }

  /** As where a unit is in the round no more. */
  drop(unit: string): void {
    const after = { state: 'draft', version: this.#versions.get(unit)?.length ?? 0 };
    this.#write({ what: 'withdrawn', return: { form: 'survey', unit }, before: after, after });
  }

  held(): ReturnType<typeof heldQuestions> {
    return heldQuestions(this, round, this.state(), this.editions);
  }

  async release(): Promise<void> {
    const questions = (await this.held()).map((held) => ({
      form: held.form,
      question: held.question,
      units: held.units,
    }));
    this.#write({ what: 'figuresReleased', questions, reason: '訂正' });
  }

  tally(): Tally {
    const tally = new Tally(survey);
    for (const { unit, version } of countedForm(survey, directory, this.state()).returns)
      tally.add(this.answers(unit.code, version), unit);
    return tally;
  }

  async publish(): Promise<PrintedEdition> {
    const { asOf } = this.state();
    const { rows } = summarise([this.tally()], asOf, { round, directory, audience: 'public', held: await this.held() });
    const edition = this.editions.length + 1;
    const published = { edition, exportId: `E${edition}`, asOf, rows };
    this.editions.push(published);
    this.#write({ what: 'published', edition, exportId: published.exportId });
    return published;
  }

  /** What each accepted unit answered to a question at a log number, without any tally. */
  truth(question: string, seq: number): Map<string, string> {
    const [, ...keys] = question.split('.');
    return new Map(
      countedForm(survey, directory, this.state(seq)).returns.flatMap(({ unit, version }): [string, string][] => {
        const totals: unknown = this.answers(unit.code, version)['totals'];
        const [key = '', inside = ''] = keys;
        const answer: unknown = Object(totals)[key];
        const at: unknown = key === 'area' && inside !== '' ? Object(answer)[inside] : answer;
        // The base of a matrix is who was asked.
        return at === undefined && key !== 'area' ? [] : [[unit.code, JSON.stringify(at ?? null)]];
      }),
    );
  }
}

function differing(before: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): number {
  return units.filter((unit) => before.get(unit) !== now.get(unit)).length;
}

/** The figures of each Σ question of an edition, without what they were printed from. */
function figuresOf({ rows }: PrintedEdition): Map<string, readonly SummaryRow[]> {
  return Map.groupBy(
    rows.filter(({ question }) => question.startsWith('totals.')),
    ({ question }) => question,
  );
}

function printed(rows: readonly SummaryRow[]): string {
  return JSON.stringify(rows.map(({ asOf: _asOf, ...row }) => row));
}

const option = fc.constantFrom('yes', 'no');
const answers = fc.record({
  open: fc.record({ size: fc.nat(9) }),
  totals: fc.record(
    {
      grade: option,
      methods: fc.uniqueArray(option),
      cost: fc.nat(3),
      area: fc.record({ housing: option, work: option }, { requiredKeys: [] }),
      plans: fc.array(
        option.map((kind) => ({ id: 'p', kind })),
        { maxLength: 2 },
      ),
    },
    { requiredKeys: [] },
  ),
});
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('accept' as const), unit: fc.constantFrom(...units), answers }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('drop' as const), unit: fc.constantFrom(...units) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('publish' as const) }) },
);

describe('the Σ figures of editions', () => {
  it('differ between any two editions by at least three units or not at all, whatever happens in between', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30, size: 'max' }), async (steps) => {
        const rounds = new Rounds();
        for (const each of steps)
          if (each.kind === 'accept') rounds.accept(each.unit, { ...each.answers });
          else if (each.kind === 'drop') rounds.drop(each.unit);
          else await rounds.publish();
        await rounds.publish();
        for (const [index, later] of rounds.editions.entries())
          for (const earlier of rounds.editions.slice(0, index))
            for (const [question, rows] of figuresOf(later)) {
              const before = figuresOf(earlier).get(question);
              if (before === undefined || printed(before) === printed(rows)) continue;
              const [was, is] = [before, rows].map((of) => rounds.truth(question, of[0]?.asOf?.seq ?? 0));
              expect(differing(was ?? new Map(), is ?? new Map()), question).toBeGreaterThanOrEqual(3);
            }
      }),
      { numRuns: 50 },
    );
  });

  const said = (grade: string, cost: number): Answers => ({ open: { size: cost }, totals: { grade, cost } });
  const [a = '', b = '', c = '', d = '', e = ''] = units;

  async function started(): Promise<Rounds> {
    const rounds = new Rounds();
    for (const unit of [a, b, c]) rounds.accept(unit, said('yes', 1));
    await rounds.publish();
    return rounds;
  }
  /** Of the questions that were answered, and whose answers are told otherwise. */
  const heldBy = async (rounds: Rounds): Promise<unknown> =>
    (await rounds.held()).flatMap(({ question, units }) =>
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
    expect(await rounds.held()).toEqual([]);
    // Whoever comes after the decision was not named in it.
    rounds.accept(e, said('no', 2));
    expect(await heldBy(rounds)).toEqual([
      ['totals.grade', [d, e]],
      ['totals.cost', [d, e]],
    ]);
    await rounds.release();
    expect(costOf(await rounds.publish())).toEqual([12, 5, 9]);
    // A decision is for the next edition alone; the difference from the first one tells both again.
    rounds.accept(d, said('no', 8));
    expect(await heldBy(rounds)).toEqual([['totals.cost', [d, e]]]);
  });

  it('of a question that no edition has printed follow the rule of the first edition', async () => {
    const rounds = new Rounds();
    rounds.accept(a, said('yes', 1));
    // One unit alone answered: no figures.
    expect(costOf(await rounds.publish())).toBeUndefined();
    rounds.accept(b, said('yes', 2));
    expect(costOf(await rounds.publish())).toEqual([3, 2, 4]);
  });

  it('stay though their unit is alone now', async () => {
    const rounds = new Rounds();
    for (const unit of [a, b]) rounds.accept(unit, said('yes', 1));
    await rounds.publish();
    rounds.drop(b);
    expect(costOf(await rounds.publish())).toEqual([2, 2, 3]);
  });

  it('of an earlier round are compared as its newest edition has printed them, and not where it left them out', async () => {
    const rounds = new Rounds();
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
});
