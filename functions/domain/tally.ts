/**
 * The tally (集計) of the returns of one form. Counting is associative: merge(tally(a), tally(b)) = tally(a ∪ b).
 * Questions tally by their type; a form adds the measures it names.
 */

import type { Answers, Json, JsonObject } from '../../schemas/values/json.ts';
import { isObject } from '../../schemas/values/json.ts';
import type { ReportingUnit } from '../../schemas/directory.ts';
import type { Form, Item } from '../../schemas/form.ts';
import { totalName } from '../../schemas/kinds/kind.ts';
import { isAsked } from './asked.ts';
import type { Scopes } from './asked.ts';
import { Histogram, OptionCounts } from './tally-counters.ts';

interface CountedUnit {
  readonly code: string;
  /** Inside lists entries are counted and not units. */
  readonly isInside: boolean;
}

/** What is counted of an answer to a question with options; nothing where the return is not in its base. */
export function countedOptions(item: Item, answer: Json | undefined, scopes: Scopes): readonly string[] | undefined {
  const { figures } = item.kind;
  const chosen = figures?.of === 'options' ? figures.chosen(answer) : undefined;
  if (chosen === undefined || figures?.of !== 'options') return undefined;
  return figures.base === 'answered' || isAsked(item, scopes) ? chosen : undefined;
}

export class Tally {
  readonly form: Form;
  returns = 0;
  /** Municipalities behind the units counted: the denominator of what is printed per municipality. */
  readonly municipalities = new Set<string>();
  readonly #numbers = new Map<string, Histogram>();
  readonly #options = new Map<string, OptionCounts>();
  /** The unit that a question counts; `undefined` once there are several. */
  readonly #behind = new Map<string, string | undefined>();

  constructor(form: Form) {
    this.form = form;
  }

  /** @param previous what the version keeps of the answers before */
  add(answers: Answers, unit: ReportingUnit, previous?: Answers): void {
    this.returns += 1;
    for (const member of unit.members) this.municipalities.add(member);
    const counted: CountedUnit = { code: unit.code, isInside: false };
    this.#fields(this.form.knowing({ unit, previous }).sections, answers, [answers], counted);
    for (const { measure } of this.form.measures) {
      if (measure.kind === 'total') this.#add(measure.id, measure.of(answers, unit) ?? 0, counted);
      else this.#choose(measure.id, [measure.of(answers, unit) ?? []].flat(), counted);
    }
  }

  merge(other: Tally): void {
    this.returns += other.returns;
    for (const member of other.municipalities) this.municipalities.add(member);
    for (const [id, histogram] of other.#numbers) this.numbers(id).merge(histogram);
    for (const [id, counts] of other.#options) this.options(id).merge(counts);
    for (const [id, unit] of other.#behind) this.#count(id, unit);
  }

  /**
   * What was added to the figures of every question and measure, as text. Of single returns two equal texts add the same to
   * every figure: the number per municipality also depends on which municipalities are behind the unit.
   */
  added(): ReadonlyMap<string, string> {
    const added = new Map([...this.#numbers, ...this.#options].map(([id, { text }]) => [id, text]));
    for (const { measure } of this.form.measures)
      if (measure.kind === 'total' && measure.per?.includes('municipality') === true)
        added.set(measure.id, `${added.get(measure.id) ?? ''} ${[...this.municipalities].toSorted().join(' ')}`);
    return added;
  }

  numbers(id: string): Histogram {
    const known = this.#numbers.get(id) ?? new Histogram();
    this.#numbers.set(id, known);
    return known;
  }

  options(id: string): OptionCounts {
    const known = this.#options.get(id) ?? new OptionCounts();
    this.#options.set(id, known);
    return known;
  }

  /** How many units a question or measure counts, also where entries of lists are its base; 2 stands for several. */
  unitsBehind(id: string): 0 | 1 | 2 {
    if (!this.#behind.has(id)) return 0;
    return this.#behind.get(id) === undefined ? 2 : 1;
  }

  /** @param unit `undefined` for several */
  #count(id: string, unit: string | undefined): void {
    const isFirst = !this.#behind.has(id);
    if (isFirst || this.#behind.get(id) !== unit) this.#behind.set(id, isFirst ? unit : undefined);
  }

  #fields(items: readonly Item[], value: JsonObject, scopes: Scopes, unit: CountedUnit): void {
    for (const item of items) {
      const answer = value[item.key];
      const { kind } = item;
      if (kind.nesting === 'fields') {
        this.#fields(item.children, isObject(answer) ? answer : {}, scopes, unit);
        if (answer !== undefined) this.#totals(item, answer, unit);
      } else if (kind.figures?.of === 'options') {
        const chosen = countedOptions(item, answer, scopes);
        if (chosen !== undefined) this.#choose(item.id, chosen, unit);
      } else if (answer !== undefined) {
        this.#answer(item, answer, scopes, unit);
      }
    }
  }

  #totals({ id, kind }: Item, answer: Json, unit: CountedUnit): void {
    for (const total of kind.totals ?? []) {
      const value = total.value(answer);
      if (value !== undefined) this.#add(totalName(id, total), value, unit);
    }
  }

  #answer({ id, kind, children }: Item, answer: Json, scopes: Scopes, unit: CountedUnit): void {
    if (kind.figures?.of === 'numbers') {
      const value = kind.figures.value(answer);
      if (value !== undefined) this.#add(id, value, unit);
    }
    if (kind.figures?.of !== 'entries' || !Array.isArray(answer)) return;
    this.#add(id, answer.length, unit);
    if (kind.nesting !== 'entries') return;
    const inside = { ...unit, isInside: true };
    for (const entry of answer) if (isObject(entry)) this.#fields(children, entry, [...scopes, entry], inside);
  }

  #add(id: string, value: number, { code }: CountedUnit): void {
    this.numbers(id).add(value);
    this.#count(id, code);
  }

  #choose(id: string, options: readonly string[], { code, isInside }: CountedUnit): void {
    const counts = this.options(id);
    counts.base += 1;
    this.#count(id, code);
    for (const option of options) counts.choose(option, isInside ? undefined : code);
  }
}
