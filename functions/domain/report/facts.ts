/**
 * What the report keeps of every return while the returns stream by: a few values each, so that a round of any size
 * fits. Takes answers as the report's audience may see them.
 */

import type { ReportingUnit } from '../../../schemas/directory.ts';
import type { Form } from '../../../schemas/form.ts';
import { isSubcommittee, plenaryMeetings } from '../../../schemas/forms/council-report/body.ts';
import { fewerThanPlanned, noMeetings } from '../../../schemas/forms/council-report/checks.ts';
import { listing } from '../../../schemas/forms/report-outline.ts';
import type { Answers } from '../../../schemas/return.ts';
import type { Round } from '../../../schemas/round.ts';
import { valueAt } from '../answers.ts';
import { AcrossReturns } from '../across-returns.ts';
import type { Audience } from '../summary.ts';
import { bodiesOf } from './bodies.ts';
import type { ReportedBody } from './bodies.ts';

/** Of a municipality: printed values in the order of the listing. */
export interface SurveyFacts {
  readonly established: string;
  readonly counts: readonly (number | undefined)[];
  readonly choices: readonly string[];
}

export interface CouncilFacts {
  readonly name: string;
  readonly operation: string;
  /** Absent when no plenary body says a number. */
  readonly plenaryMeetings: number | undefined;
  readonly subcommittees: number;
  /** Internal: names of bodies that did not meet, and of those that met less than half as often as planned. */
  readonly idle: readonly string[];
  readonly behindPlan: readonly string[];
}

function optionLabel(form: Form, id: string, answers: Answers): string {
  const item = form.items.get(id);
  const answer = item === undefined ? undefined : valueAt(answers, item.keys);
  if (item?.definition.kind !== 'choice' || typeof answer !== 'string') return '';
  return item.definition.options[answer] ?? answer;
}

function numberAt(form: Form, id: string, answers: Answers): number | undefined {
  const answer = valueAt(answers, form.items.get(id)?.keys ?? []);
  return typeof answer === 'number' ? answer : undefined;
}

export class ReportFacts {
  readonly surveys = new Map<string, SurveyFacts>();
  /** By form, the names of the units of several municipalities that have a return. */
  readonly #joint = new Map<string, string[]>();
  readonly councils = new Map<string, CouncilFacts>();
  /** The council reports of the round before: over which period, and plenary meetings by council. */
  readonly previous: { period?: Round['period']; readonly plenaryMeetings: Map<string, number> } = {
    plenaryMeetings: new Map(),
  };
  /** Internal only. */
  readonly across: AcrossReturns;
  readonly #returns = new Map<Form, number>();
  readonly #audience: Audience;
  readonly round: Round;
  /** Option labels are few; what is kept of each return refers to them. */
  readonly #words = new Map<string, string>();

  constructor(audience: Audience, round: Round, forms: readonly Form[]) {
    this.#audience = audience;
    this.round = round;
    this.across = new AcrossReturns(forms);
  }

  add(form: Form, unit: ReportingUnit, answers: Answers): void {
    if (unit.members.length > 1) this.#joint.set(form.id, [...this.jointUnits(form.id), unit.name]);
    this.#returns.set(form, this.returnsOf(form) + 1);
    if (this.#audience === 'internal') this.across.add(form, unit.code, answers);
    if (form.id === listing.survey.form) this.#survey(form, unit, answers);
    if (form.id === listing.council.form) this.#council(form, unit, answers);
  }

  returnsOf(form: Form): number {
    return this.#returns.get(form) ?? 0;
  }

  jointUnits(form: string): readonly string[] {
    return this.#joint.get(form) ?? [];
  }

  /** A return of the round before, which `round` is. */
  addPrevious(form: Form, unit: ReportingUnit, answers: Answers, { period }: Pick<Round, 'period'>): void {
    if (form.id !== listing.council.form) return;
    this.previous.period = period;
    const meetings = meetingsOf(bodiesOf(answers));
    if (meetings !== undefined) this.previous.plenaryMeetings.set(unit.code, meetings);
  }

  #survey(form: Form, { code }: ReportingUnit, answers: Answers): void {
    const { established, counts, choices } = listing.survey;
    this.surveys.set(code, {
      established: this.#once(optionLabel(form, established, answers)),
      counts: Object.values(counts).map((id) => numberAt(form, id, answers)),
      choices: Object.values(choices).map((id) => this.#once(optionLabel(form, id, answers))),
    });
  }

  #council(form: Form, { code, name }: ReportingUnit, answers: Answers): void {
    const bodies = bodiesOf(answers);
    const isInternal = this.#audience === 'internal';
    const about = { unit: code, round: this.round };
    const struck = (check: typeof noMeetings): string[] =>
      isInternal ? bodies.filter((body) => check.find(body, about).length > 0).map((body) => body.name) : [];
    this.councils.set(code, {
      name,
      operation: this.#once(optionLabel(form, listing.council.operation, answers)),
      plenaryMeetings: meetingsOf(bodies),
      subcommittees: bodies.filter(isSubcommittee).length,
      idle: struck(noMeetings),
      behindPlan: struck(fewerThanPlanned),
    });
  }

  #once(word: string): string {
    const known = this.#words.get(word) ?? word;
    this.#words.set(word, known);
    return known;
  }
}

function meetingsOf(bodies: readonly ReportedBody[]): number | undefined {
  return bodies.some(({ kind, meetings }) => kind === 'plenary' && typeof meetings === 'number')
    ? plenaryMeetings(bodies)
    : undefined;
}
