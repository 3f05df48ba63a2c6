/** A round in memory: its log, its versions and directories, and the editions that are made of it as an export makes them. */

import { publicFiguresByClass, ClassTallies } from '../../../functions/domain/class-tallies.ts';
import { figureCorrections } from '../../../functions/domain/errata.ts';
import type { FigureCorrection } from '../../../functions/domain/errata.ts';
import { LogFold, logEntry, roundAsOf } from '../../../functions/domain/log.ts';
import type { LogEntry, RoundState } from '../../../functions/domain/log.ts';
import { summarise } from '../../../functions/domain/summary.ts';
import { Tally } from '../../../functions/domain/tally.ts';
import { countedForm } from '../../../functions/service/counted-returns.ts';
import { figuresToPrint } from '../../../functions/service/held-figures.ts';
import type { FiguresToPrint, PrintedEdition } from '../../../functions/service/held-figures.ts';
import type { Directory } from '../../../schemas/directory.ts';
import type { SummaryRow } from '../../../schemas/export.ts';
import { catalogue, form } from '../../../schemas/form.ts';
import { choice, choices, count, list, matrix, section } from '../../../schemas/kinds/question.ts';
import type { Version } from '../../../schemas/return.ts';
import type { Answers } from '../../../schemas/values/json.ts';
import type { Round } from '../../../schemas/round.ts';
import { classNamed } from '../../../schemas/unit-classes.ts';

const options = { yes: 'はい', no: 'いいえ' };
export const survey = form(
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

export function unitCodes(number: number): string[] {
  return Array.from({ length: number }, (_, index) => `11${100 + index}0`);
}

/** Municipalities and their values of two classes. */
export function classified(values: readonly { readonly area?: string; readonly size?: string }[]): Directory {
  return {
    prefecture: { code: '110000', name: '県' },
    municipalities: unitCodes(values.length).map((code, index) => ({
      code,
      name: `${code}市`,
      kind: 'city' as const,
      classes: { ...values[index] },
    })),
    councils: [],
    classes: [
      { id: 'area', label: '圏域' },
      { id: 'size', label: '規模' },
    ],
  };
}

export const round: Round = {
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

interface Published extends PrintedEdition {
  readonly byClass: readonly SummaryRow[];
  readonly errata: readonly FigureCorrection[];
}

/** What a unit answered to a question, as far as its figures depend on it; nothing where it counts in none of them. */
function answered(question: string, { totals }: Answers): unknown {
  const [, key = '', inside] = question.split('.');
  const answer: unknown = Object(totals)[key];
  // The base of a matrix is who was asked.
  if (key === 'area') return (inside === undefined ? answer : Object(answer)[inside]) ?? null;
  if (!Array.isArray(answer)) return answer;
  const inOrder = (texts: readonly unknown[]): string[] => texts.map(String).toSorted((a, b) => a.localeCompare(b));
  if (key === 'methods') return inOrder(answer);
  if (inside === undefined) return answer.length;
  return answer.length === 0 ? undefined : inOrder(answer.map(({ kind }) => kind));
}

export class PrintedRound {
  readonly editions: Published[] = [];
  /** By question whom the prefecture has released it for. */
  readonly released = new Map<string, Set<string>>();
  readonly #log: LogEntry[] = [];
  readonly #versions = new Map<string, Answers[]>();
  readonly #directories: Directory[] = [];
  readonly forms = catalogue([survey]);
  readonly store = {
    roundState: async (_round: string, upTo?: number) => this.state(upTo),
    directoryOfRound: async ({ directoryVersion }: Pick<Round, 'directoryVersion'>) =>
      this.#directory(directoryVersion),
    versionsOf: (named: readonly { form: string; unit: string; version: number }[]) => this.#read(named),
  };

  constructor(directory: Directory) {
    this.change(directory);
  }

  #directory(version: number): Directory {
    const directory = this.#directories[version - 1];
    if (directory === undefined) throw new Error(`no directory ${version}`);
    return directory;
  }

  #write(entry: object): void {
    const place = { seq: this.#log.length + 1, actor: '県', at: '2024-12-01T00:00:00.000Z' };
    this.#log.push(logEntry.parse({ ...place, ...entry }));
  }

  /** The round takes another directory. */
  change(directory: Directory): void {
    this.#directories.push(directory);
    const { id: _id, directoryVersion: _version, ...definition } = round;
    this.#write({ what: 'roundDefined', definition, directoryVersion: this.#directories.length });
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

  toPrint(by?: string): Promise<FiguresToPrint> {
    return figuresToPrint(this, round, this.state(), this.editions, by);
  }

  async release(): Promise<void> {
    const { held } = await this.toPrint();
    if (held.length === 0) return;
    const questions = held.map(({ form, question, units }) => ({ form, question, units }));
    this.#write({ what: 'figuresReleased', questions, reason: '訂正' });
    for (const { question, units } of held)
      this.released.set(question, new Set([...(this.released.get(question) ?? []), ...units]));
  }

  directoryAt(seq?: number): Directory {
    return this.#directory(roundAsOf(round, this.state(seq)).directoryVersion);
  }

  #tallyInto(tally: Pick<Tally, 'add'>): void {
    for (const { unit, version } of countedForm(survey, this.directoryAt(), this.state()).returns)
      tally.add(this.answers(unit.code, version), unit);
  }

  tally(): Tally {
    const tally = new Tally(survey);
    this.#tallyInto(tally);
    return tally;
  }

  /** @param toPrint what the rule says, unless it is another that is tried */
  async publish(by?: string, toPrint?: FiguresToPrint): Promise<Published> {
    const { asOf } = this.state();
    const { held, byClass: tables } = toPrint ?? (await this.toPrint(by));
    const directory = this.directoryAt();
    const counted = { round, directory };
    const { rows } = summarise([this.tally()], asOf, { ...counted, audience: 'public', held });
    const published = classNamed(directory, by);
    const tallies = new ClassTallies(survey, published === undefined ? [] : [published]);
    this.#tallyInto(tallies);
    const byClass = tables === undefined ? [] : publicFiguresByClass([tallies], tables, asOf, counted);
    const last = this.editions.findLast(({ isWithdrawn }) => isWithdrawn !== true);
    const errata = last === undefined ? [] : figureCorrections(last, { rows, byClass });
    const edition = this.editions.length + 1;
    const printed = { edition, exportId: `E${edition}`, asOf, rows, byClass, errata };
    this.editions.push(printed);
    this.#write({ what: 'published', edition, exportId: printed.exportId });
    return printed;
  }

  /** The newest edition, which stands. */
  takeBack(): void {
    const last = this.editions.pop();
    if (last === undefined || last.isWithdrawn === true) throw new RangeError('nothing stands');
    const { edition, exportId } = last;
    this.editions.push({ ...last, isWithdrawn: true });
    this.#write({ what: 'editionWithdrawn', edition, exportId, reason: '誤り' });
  }

  /** What each accepted unit answered to a question at a log number, without any tally. */
  truth(question: string, seq: number): Map<string, string> {
    return new Map(
      countedForm(survey, this.directoryAt(seq), this.state(seq)).returns.flatMap(({ unit, version }) => {
        const answer = answered(question, this.answers(unit.code, version));
        return answer === undefined ? [] : [[unit.code, JSON.stringify(answer)]];
      }),
    );
  }
}
