/** A round as of one log entry: which returns an export holds, and how many there are in which state. */

import type { Directory } from '../../schemas/directory.ts';
import { defaultLicence } from '../../schemas/export.ts';
import type { AsOf, Licence, SummaryRow } from '../../schemas/export.ts';
import type { Form } from '../../schemas/form.ts';
import { formOf, formsOf } from '../../schemas/round-forms.ts';
import type { Round } from '../../schemas/round.ts';
import { classNamed } from '../../schemas/unit-classes.ts';
import { roundAsOf } from '../domain/log.ts';
import type { SeriesRound } from '../domain/analysis/time-series.ts';
import type { RoundState } from '../domain/log.ts';
import type { TablesByClass } from '../domain/class-tallies.ts';
import type { PublishedClass } from '../domain/report/class-tables.ts';
import type { PrintedSettings } from '../domain/report/document.ts';
import type { Audience, HeldFigures } from '../domain/summary.ts';
import { countedForm } from '../service/counted-returns.ts';
import type { CountedForm, CountedReturn } from '../service/counted-returns.ts';
import type { ExportDeps } from './deps.ts';
import type { EditionWithTables } from './edition-with-tables.ts';

type Sources = Pick<ExportDeps, 'forms' | 'licence' | 'report'> & {
  readonly store: Omit<
    ExportDeps['store'],
    'versionsOf' | 'reportSettings' | 'handout' | 'roundTexts' | 'documentText'
  >;
};

export interface PreviousForm extends Omit<CountedForm, 'counts'> {
  /** Whose figures are compared with it: public files count accepted returns only, perhaps those of an older round. */
  readonly audiences: readonly Audience[];
  readonly round: Round;
  readonly directory: Directory;
  readonly editions: RoundState['editions'];
  /** What the newest edition that stands has printed, where there is one: the comparison in public shows no other totals. */
  readonly printed?: readonly SummaryRow[] | undefined;
}

export interface Snapshot {
  readonly round: Round;
  readonly directory: Directory;
  readonly asOf: AsOf;
  readonly licence: Licence;
  /** Σ questions that the public files print as an edition before did. */
  readonly held?: readonly HeldFigures[];
  /** How public files have figures by a class, where the prefecture publishes any. */
  readonly byClass?: TablesByClass | undefined;
  /** Which edition the public files become when they are published, where there was one before. */
  readonly edition?: number | undefined;
  /** The newest edition that stands, where a report is to say what is corrected. */
  readonly newestEdition?: EditionWithTables | undefined;
  /** What the prefecture says about the report beside its numbers. */
  readonly report?: PrintedSettings | undefined;
  readonly forms: readonly CountedForm[];
  readonly previous: readonly PreviousForm[];
  /** By form the figures of all rounds before, the newest first, where they are written. */
  readonly earlier?: ReadonlyMap<string, readonly SeriesRound[]>;
  readonly total: number;
}

/** The class that the prefecture publishes; its own report has the same tables, whole. */
export function publishedClass(
  { directory, report, byClass }: Snapshot,
  audience: Audience,
): PublishedClass | undefined {
  const by = classNamed(directory, report?.handout?.byClass);
  return by && { by, leftOut: audience === 'public' ? (byClass?.leftOut ?? []) : [] };
}

const countedFor: Readonly<Record<Audience, (counted: CountedReturn) => boolean>> = {
  internal: () => true,
  public: ({ state }) => state === 'accepted',
};

/** For each audience the newest earlier round, by reference date, in which returns of the form are counted for it. */
async function previousForm({ store, forms }: Sources, form: Form, earlier: readonly Round[]): Promise<PreviousForm[]> {
  const found: PreviousForm[] = [];
  let wanted: Audience[] = ['internal', 'public'];
  for (const round of earlier) {
    if (wanted.length === 0) break;
    const asked = formOf(forms, round, form.id);
    const state = asked === undefined ? undefined : await store.roundState(round.id);
    if (asked === undefined || state === undefined) continue;
    const directory = await store.directoryOfRound(roundAsOf(round, state));
    const { counts: _counts, ...counted } = countedForm(asked, directory, state);
    const audiences = wanted.filter((audience) => counted.returns.some(countedFor[audience]));
    if (audiences.length > 0) found.push({ ...counted, audiences, round, directory, editions: state.editions });
    wanted = wanted.filter((audience) => !audiences.includes(audience));
  }
  return found;
}

/** The round after its newest log entry. Throws for an unknown round or a form that the application does not have. */
export async function readSnapshot(deps: Sources, roundId: string): Promise<Snapshot & { readonly state: RoundState }> {
  const { store, forms } = deps;
  let state = await store.roundState(roundId);
  // Unlike a page, an export has the time to wait until all that was acknowledged before it has its number.
  while (state?.isBehind) state = await store.roundState(roundId);
  const current = await store.round(roundId);
  if (state === undefined || current === undefined) throw new Error(`no round ${roundId}`);
  const round = roundAsOf(current, state);
  // The directory that held at that entry, should the round have been changed since.
  const directory = await store.directoryOfRound(round);
  const missing = Object.keys(round.forms).filter((id) => formOf(forms, round, id) === undefined);
  if (missing.length > 0) throw new Error(`no form ${missing.join(', ')}`);
  const snapshots = formsOf(forms, round).map((form) => countedForm(form, directory, state));
  const rounds = await store.rounds();
  const earlier = rounds.filter(({ referenceDate }) => referenceDate < round.referenceDate).toReversed();
  const previous: PreviousForm[] = [];
  for (const { form } of snapshots) previous.push(...(await previousForm(deps, form, earlier)));
  return {
    round,
    directory,
    previous,
    asOf: state.asOf,
    state,
    licence: deps.licence ?? defaultLicence,
    report: deps.report,
    forms: snapshots,
    total: snapshots.reduce((sum, { returns }) => sum + returns.length, 0),
  };
}
