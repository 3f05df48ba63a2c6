/** The rounds that a series goes over (経年), each with its figures: what pages show and what an export writes. */

import { summary } from '../../schemas/export.ts';
import type { SummaryRow } from '../../schemas/export.ts';
import { formOf } from '../../schemas/round-forms.ts';
import type { Round } from '../../schemas/round.ts';
import type { FormOfRound } from '../domain/analysis/changes-since.ts';
import { seriesRows } from '../domain/analysis/time-series.ts';
import type { SeriesRound } from '../domain/analysis/time-series.ts';
import { roundAsOf } from '../domain/log.ts';
import type { RoundState } from '../domain/log.ts';
import { Unavailable } from '../domain/unavailable.ts';
import type { Store } from '../storage/store.ts';
import { perLogNumber } from './per-log-number.ts';
import type { Service } from './service.ts';
import { summaryOf } from './summary.ts';

/** What is read of other rounds. */
export interface ReadingRounds {
  readonly store: Pick<Store, 'rounds' | 'roundState' | 'directoryOfRound' | 'versionsOf'>;
  readonly forms: Service['forms'];
  readonly exports: Pick<Service['exports'], 'latestExport' | 'export'>;
  readonly readExportFile: (round: string, exportId: string, path: string) => Promise<ReadableStream<Uint8Array>>;
}

/** A form as a round asked it, with what the round's log says. */
export interface Asked extends FormOfRound {
  readonly state: RoundState;
}

export async function askedIn(
  { store, forms }: Pick<ReadingRounds, 'store' | 'forms'>,
  current: Round,
  form: string,
): Promise<Asked | undefined> {
  const state = await store.roundState(current.id);
  if (state === undefined) return undefined;
  const round = roundAsOf(current, state);
  const asked = formOf(forms, round, form);
  return asked && { round, state, form: asked, directory: await store.directoryOfRound(round) };
}

/** The rounds before that asked the form, the newest first; drafts were asked of nobody. */
export async function roundsBefore(
  { store }: Pick<ReadingRounds, 'store'>,
  { referenceDate }: Round,
  form: string,
): Promise<Round[]> {
  const rounds = await store.rounds();
  return rounds
    .filter((each) => each.draft === undefined && each.referenceDate < referenceDate && Object.hasOwn(each.forms, form))
    .toReversed();
}

const summaryPath = 'internal/summary.json';

/**
 * The figures of the newest export, where nothing has changed since: one file instead of every return. A file that cannot be
 * had, as after a restore without the bucket, is counted anew.
 */
async function exportedRows(
  { exports, readExportFile }: ReadingRounds,
  { id }: Round,
  { changedSeq }: RoundState,
): Promise<readonly SummaryRow[] | undefined> {
  const latest = await exports.latestExport(id);
  if (latest === undefined || latest.asOf.seq < changedSeq) return undefined;
  const { manifest } = (await exports.export(id, latest.exportId)) ?? {};
  if (manifest?.files.some(({ path }) => path === summaryPath) !== true) return undefined;
  try {
    const text = await new Response(await readExportFile(id, latest.exportId, summaryPath)).text();
    return summary.parse(JSON.parse(text)).rows;
  } catch (error) {
    if (error instanceof Unavailable) return undefined;
    throw error;
  }
}

/** Earlier rounds do not change any more: of each its figures are kept, without the units behind them. */
const keptRows = perLogNumber(
  async (service: ReadingRounds, round: Round, state: RoundState): Promise<readonly SummaryRow[]> =>
    seriesRows((await exportedRows(service, round, state)) ?? (await summaryOf(service, round, state)).rows),
);

export async function withFigures(service: ReadingRounds, { round, form, state }: Asked): Promise<SeriesRound> {
  const rows = await keptRows(service, round.id, state.asOf.seq, round, state);
  return { round, form, rows: rows.filter((row) => row.form === form.id) };
}

/** Of how many rounds a series is, itself among them. */
export const mostRounds = 30;

/**
 * The rounds before that asked a form, the newest first, as many as a series has.
 *
 * @param step is called after each of them
 */
export async function earlierFigures(
  service: ReadingRounds,
  round: Round,
  form: string,
  step: () => Promise<void> = () => Promise.resolve(),
): Promise<SeriesRound[]> {
  const found: SeriesRound[] = [];
  for (const each of (await roundsBefore(service, round, form)).slice(0, mostRounds - 1)) {
    const asked = await askedIn(service, each, form);
    if (asked !== undefined) found.push(await withFigures(service, asked));
    await step();
  }
  return found;
}
