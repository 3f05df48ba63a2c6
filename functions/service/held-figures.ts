/** Which Σ questions the next edition of a round keeps as they were printed, and whose answers they would tell otherwise. */

import { questionName, summary } from '../../schemas/export.ts';
import type { AsOf, QuestionName, SummaryRow } from '../../schemas/export.ts';
import type { Catalogue, Form } from '../../schemas/form.ts';
import { formOf, formsOf } from '../../schemas/round-forms.ts';
import type { Round } from '../../schemas/round.ts';
import { roundAsOf } from '../domain/log.ts';
import type { RoundState } from '../domain/log.ts';
import { withoutWithheld } from '../domain/public-answers.ts';
import { mayPrint, tells, unitsThatDiffer } from '../domain/releases.ts';
import type { HeldFigures } from '../domain/summary.ts';
import { questionsOfTotals } from '../domain/summary.ts';
import { Tally } from '../domain/tally.ts';
import type { Exports } from '../storage/exports.ts';
import type { Store } from '../storage/store.ts';
import { countedForm, versionsOfReturns } from './counted-returns.ts';
import type { CountedReturn } from './counted-returns.ts';

export interface PrintedEdition {
  readonly edition: number;
  readonly exportId: string;
  readonly asOf: AsOf;
  readonly rows: readonly SummaryRow[];
  readonly isWithdrawn?: true | undefined;
}

const summaryPath = 'public/summary.json';

export async function printedEditions(
  exports: Pick<Exports, 'export'>,
  read: (exportId: string, path: string) => Promise<string>,
  round: string,
  editions: RoundState['editions'],
): Promise<PrintedEdition[]> {
  const printed: PrintedEdition[] = [];
  for (const { edition, exportId, isWithdrawn } of editions) {
    const files = (await exports.export(round, exportId))?.manifest?.files ?? [];
    if (!files.some(({ path }) => path === summaryPath)) continue;
    const { asOf, rows } = summary.parse(JSON.parse(await read(exportId, summaryPath)));
    const known = rows.map((row) => ({ ...row, asOf: row.asOf ?? asOf }));
    printed.push({ edition, exportId, asOf, rows: known, ...(isWithdrawn === undefined ? {} : { isWithdrawn }) });
  }
  return printed;
}

export interface HeldQuestion extends QuestionName, HeldFigures {
  /** Whose answers the difference from what was printed would tell. */
  readonly units: readonly string[];
}

interface Source {
  readonly store: Pick<Store, 'roundState' | 'directoryOfRound' | 'versionsOf'>;
  readonly forms: Catalogue;
}

/** What each of these returns adds to every question, by unit. */
async function addedBy(
  store: Source['store'],
  round: string,
  form: Form,
  returns: readonly CountedReturn[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
  const added = new Map<string, ReadonlyMap<string, string>>();
  for await (const { unit, read } of versionsOfReturns(store, round, { form, returns })) {
    const tally = new Tally(form);
    tally.add(withoutWithheld(form, read.answers), unit, read.previous);
    added.set(unit.code, tally.added());
  }
  return added;
}

async function acceptedOf(
  { store }: Source,
  round: Round,
  state: RoundState,
  form: Form | undefined,
): Promise<ReadonlyMap<string, CountedReturn>> {
  if (form === undefined) return new Map();
  const { returns } = countedForm(form, await store.directoryOfRound(roundAsOf(round, state)), state);
  return new Map(returns.filter(({ state }) => state === 'accepted').map((each) => [each.unit.code, each]));
}

/** The units that differ between two moments of a round, by form and question. Versions that are the same are not read. */
async function differencesOf(
  source: Source,
  round: Round,
  then: RoundState,
  now: RoundState,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { store, forms } = source;
  const found = new Map<string, readonly string[]>();
  for (const form of formsOf(forms, roundAsOf(round, now))) {
    const formThen = formOf(forms, roundAsOf(round, then), form.id);
    const [before, after] = [
      await acceptedOf(source, round, then, formThen),
      await acceptedOf(source, round, now, form),
    ];
    const isSame = (a: CountedReturn, b: CountedReturn | undefined): boolean =>
      formThen === form && a.version === b?.version && a.unit.members.join() === b.unit.members.join();
    const changed = (these: typeof before, those: typeof before): CountedReturn[] =>
      [...these.values()].filter((each) => !isSame(each, those.get(each.unit.code)));
    const was = await addedBy(store, round.id, formThen ?? form, changed(before, after));
    const is = await addedBy(store, round.id, form, changed(after, before));
    for (const question of questionsOfTotals(form)) {
      const [old, current] = [was, is].map(
        (added) =>
          new Map(
            [...added].flatMap(([unit, of]): [string, string][] => {
              const text = of.get(question);
              return text === undefined ? [] : [[unit, text]];
            }),
          ),
      );
      found.set(questionName({ form: form.id, question }), unitsThatDiffer(old ?? new Map(), current ?? new Map()));
    }
  }
  return found;
}

/** The units that the prefecture has released questions for since an edition was printed. */
function releasedSince(asOf: AsOf, { releases }: RoundState): ReadonlyMap<string, ReadonlySet<string>> {
  const released = new Map<string, Set<string>>();
  for (const { seq, questions } of releases) {
    if (seq <= asOf.seq) continue;
    for (const each of questions)
      released.set(questionName(each), new Set([...(released.get(questionName(each)) ?? []), ...each.units]));
  }
  return released;
}

/** In the order in which the editions printed them. */
export async function heldQuestions(
  source: Source,
  round: Round,
  now: RoundState,
  editions: readonly PrintedEdition[],
): Promise<HeldQuestion[]> {
  const last = editions.at(-1);
  if (last === undefined) return [];
  const totals = new Set(
    formsOf(source.forms, roundAsOf(round, now)).flatMap((form) =>
      questionsOfTotals(form).map((question) => questionName({ form: form.id, question })),
    ),
  );
  const printedFrom = new Map<string, Set<number>>();
  const printed = new Map<string, readonly SummaryRow[]>();
  for (const { rows } of editions)
    for (const [name, figures] of Map.groupBy(rows, questionName)) {
      if (!totals.has(name)) continue;
      printed.set(name, figures);
      const moments = figures.flatMap(({ asOf }) => asOf?.seq ?? []);
      printedFrom.set(name, new Set([...(printedFrom.get(name) ?? []), ...moments]));
    }
  const differences = new Map<number, ReadonlyMap<string, readonly string[]>>();
  for (const seq of new Set([...printedFrom.values()].flatMap((moments) => [...moments]))) {
    const then = await source.store.roundState(round.id, seq);
    if (then === undefined) throw new Error(`round ${round.id} has no entry ${seq}`);
    differences.set(seq, await differencesOf(source, round, then, now));
  }
  const released = releasedSince(last.asOf, now);
  return [...printed].flatMap(([name, rows]): HeldQuestion[] => {
    const named = released.get(name) ?? new Set<string>();
    const ofName = [...(printedFrom.get(name) ?? [])].map((seq) => differences.get(seq)?.get(name) ?? []);
    const [first] = rows;
    if (first === undefined || mayPrint(ofName, named)) return [];
    const units = new Set(ofName.filter((each) => tells(each, named)).flat());
    return [{ form: first.form, question: first.question, rows, units: [...units].toSorted() }];
  });
}
