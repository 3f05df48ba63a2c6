/** A round at the moments that its figures were printed from, and what each accepted return adds to every question at them. */

import { classesOf } from '../../schemas/unit-classes.ts';
import type { UnitClass } from '../../schemas/unit-classes.ts';
import type { Catalogue, Form } from '../../schemas/form.ts';
import { formsOf } from '../../schemas/round-forms.ts';
import type { QuestionName } from '../../schemas/export.ts';
import type { Round } from '../../schemas/round.ts';
import { roundAsOf } from '../domain/log.ts';
import type { RoundState } from '../domain/log.ts';
import { withoutWithheld } from '../domain/public-answers.ts';
import type { Added } from '../domain/releases.ts';
import { Tally } from '../domain/tally.ts';
import type { Store } from '../storage/store.ts';
import { countedForm, versionsOfReturns } from './counted-returns.ts';
import type { CountedReturn } from './counted-returns.ts';

export interface MomentSource {
  readonly store: Pick<Store, 'roundState' | 'directoryOfRound' | 'versionsOf'>;
  readonly forms: Catalogue;
}

interface Moment {
  readonly classes: readonly UnitClass[];
  readonly forms: ReadonlyMap<string, { readonly form: Form; readonly returns: readonly CountedReturn[] }>;
}

async function momentOf({ store, forms }: MomentSource, round: Round, state: RoundState): Promise<Moment> {
  const asked = roundAsOf(round, state);
  const directory = await store.directoryOfRound(asked);
  return {
    classes: classesOf(directory),
    forms: new Map(
      formsOf(forms, asked).map((form) => {
        const { returns } = countedForm(form, directory, state);
        return [form.id, { form, returns: returns.filter(({ state }) => state === 'accepted') }];
      }),
    ),
  };
}

/** Two returns of one form with the same name add the same. */
function nameOf({ unit, version }: CountedReturn): string {
  return `${unit.code} ${version} ${unit.members.join()}`;
}

/** Each different return of every form, as it is asked at some moment. */
function returnsIn(moments: readonly Moment[]): Map<Form, Map<string, CountedReturn>> {
  const found = new Map<Form, Map<string, CountedReturn>>();
  for (const { form, returns } of moments.flatMap(({ forms }) => [...forms.values()])) {
    const named = found.get(form) ?? new Map<string, CountedReturn>();
    found.set(form, named);
    for (const each of returns) named.set(nameOf(each), each);
  }
  return found;
}

type Additions = ReadonlyMap<Form, ReadonlyMap<string, ReadonlyMap<string, string>>>;

export class PrintedMoments {
  readonly #now: Moment;
  readonly #moments: ReadonlyMap<number, Moment>;
  readonly #added: Additions;

  private constructor(now: Moment, moments: ReadonlyMap<number, Moment>, added: Additions) {
    this.#now = now;
    this.#moments = moments;
    this.#added = added;
  }

  /**
   * Returns that never changed are read too: whether they answered a question decides how many a figure of it is of.
   *
   * @param seqs the log numbers of the moments before now
   * @param questions whose figures will be asked for
   */
  static async read(
    source: MomentSource,
    round: Round,
    now: RoundState,
    { seqs, questions }: { readonly seqs: Iterable<number>; readonly questions: readonly QuestionName[] },
  ): Promise<PrintedMoments> {
    const moments = new Map<number, Moment>();
    for (const seq of seqs) {
      const then = await source.store.roundState(round.id, seq);
      if (then === undefined) throw new Error(`round ${round.id} has no entry ${seq}`);
      moments.set(seq, await momentOf(source, round, then));
    }
    const current = await momentOf(source, round, now);
    const added = new Map<Form, Map<string, ReadonlyMap<string, string>>>();
    for (const [form, named] of returnsIn([...moments.values(), current])) {
      const asked = new Set(questions.flatMap((each) => (each.form === form.id ? [each.question] : [])));
      if (asked.size === 0) continue;
      const ofForm = new Map<string, ReadonlyMap<string, string>>();
      for await (const { read, ...of } of versionsOfReturns(source.store, round.id, {
        form,
        returns: [...named.values()],
      })) {
        const tally = new Tally(form);
        tally.add(withoutWithheld(form, read.answers), of.unit, read.previous);
        ofForm.set(nameOf(of), new Map([...tally.added()].filter(([id]) => asked.has(id))));
      }
      added.set(form, ofForm);
    }
    return new PrintedMoments(current, moments, added);
  }

  #at(seq: number | undefined): Moment {
    return (seq === undefined ? undefined : this.#moments.get(seq)) ?? this.#now;
  }

  #addedTo(form: Form, returns: readonly CountedReturn[], question: string): Added {
    return new Map(
      returns.flatMap((each): [string, string][] => {
        const text = this.#added.get(form)?.get(nameOf(each))?.get(question);
        return text === undefined ? [] : [[each.unit.code, text]];
      }),
    );
  }

  /** @param seq absent for now */
  figure({ form, question }: QuestionName, seq?: number): Added {
    const of = this.#at(seq).forms.get(form);
    return of === undefined ? new Map() : this.#addedTo(of.form, of.returns, question);
  }

  /** A figure for each value of a class that some return has, and for the returns without one. */
  cells({ form, question }: QuestionName, by: string, seq?: number): Added[] {
    const { classes, forms } = this.#at(seq);
    const of = forms.get(form);
    const known = classes.find(({ id }) => id === by);
    if (of === undefined || known === undefined) return [];
    const byValue = Map.groupBy(of.returns, ({ unit }) => known.valueOf(unit));
    return [...byValue.values()].map((returns) => this.#addedTo(of.form, returns, question));
  }
}
