/**
 * Which Σ questions the next edition of a round keeps as they were printed, whose answers they would tell otherwise, and which
 * of them have no table by the class that the prefecture publishes.
 */

import { questionName, summary } from '../../schemas/export.ts';
import type { AsOf, QuestionName, SummaryRow } from '../../schemas/export.ts';
import { formsOf } from '../../schemas/round-forms.ts';
import type { Round } from '../../schemas/round.ts';
import { roundAsOf } from '../domain/log.ts';
import type { RoundState } from '../domain/log.ts';
import { mayPrintByClass, notReleased, toldBy } from '../domain/releases.ts';
import type { TablesByClass } from '../domain/class-tallies.ts';
import type { HeldFigures } from '../domain/summary.ts';
import { questionsOfTotals } from '../domain/summary.ts';
import type { Exports } from '../storage/exports.ts';
import { PrintedMoments } from './printed-moments.ts';
import type { MomentSource } from './printed-moments.ts';

export interface PrintedEdition {
  readonly edition: number;
  readonly exportId: string;
  readonly asOf: AsOf;
  readonly rows: readonly SummaryRow[];
  readonly isWithdrawn?: true | undefined;
  /** The same by the class that was published with them. */
  readonly byClass?: readonly SummaryRow[];
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
    const { asOf, rows, byClass = [] } = summary.parse(JSON.parse(await read(exportId, summaryPath)));
    const dated = (row: SummaryRow): SummaryRow => ({ ...row, asOf: row.asOf ?? asOf });
    const figures = { rows: rows.map(dated), byClass: byClass.map(dated) };
    printed.push({ edition, exportId, asOf, ...figures, ...(isWithdrawn === undefined ? {} : { isWithdrawn }) });
  }
  return printed;
}

/**
 * What a later round may print of one that was published: what the newest edition that stands has. Where none does there is
 * nothing: neither what was withdrawn, nor figures of now, whose difference from it would tell.
 *
 * @param editions oldest first
 */
export function standingRows(editions: readonly PrintedEdition[]): readonly SummaryRow[] | undefined {
  const standing = editions.findLast(({ isWithdrawn }) => isWithdrawn !== true);
  return standing?.rows ?? (editions.length === 0 ? undefined : []);
}

export interface HeldQuestion extends QuestionName, HeldFigures {
  /** Whose answers the difference from what was printed would tell. */
  readonly units: readonly string[];
}

export interface FiguresToPrint {
  /** In the order in which the editions printed them. */
  readonly held: readonly HeldQuestion[];
  readonly byClass?: TablesByClass | undefined;
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

/** What the editions have printed of one question. */
interface Printed {
  /** As the newest of them has them. */
  rows: readonly SummaryRow[];
  /** The log numbers that it was ever printed from, … */
  readonly seqs: Set<number>;
  /** … and by class, the newest of the same number. */
  readonly byClass: Map<string, readonly SummaryRow[]>;
}

function momentOf(by: string, seq: number | undefined): string {
  return `${seq ?? ''} ${by}`;
}

/** Of Σ questions, by their names. */
function printedIn(editions: readonly PrintedEdition[], totals: ReadonlySet<string>): Map<string, Printed> {
  const printed = new Map<string, Printed>();
  for (const edition of editions) {
    for (const [name, rows] of Map.groupBy(edition.rows, questionName)) {
      if (!totals.has(name)) continue;
      const known: Printed = printed.get(name) ?? { rows, seqs: new Set(), byClass: new Map() };
      // What was withdrawn is known all the same; it is printed again only where no edition that stands has other figures.
      if (edition.isWithdrawn !== true) known.rows = rows;
      for (const { asOf } of rows) if (asOf !== undefined) known.seqs.add(asOf.seq);
      printed.set(name, known);
    }
    for (const [name, rows] of Map.groupBy(edition.byClass ?? [], questionName))
      for (const [moment, alike] of Map.groupBy(rows, ({ class: by = '', asOf }) => momentOf(by, asOf?.seq)))
        printed.get(name)?.byClass.set(moment, alike);
  }
  return printed;
}

/** @param by the class that the prefecture publishes figures by, if any */
export async function figuresToPrint(
  source: MomentSource,
  round: Round,
  now: RoundState,
  editions: readonly PrintedEdition[],
  by?: string,
): Promise<FiguresToPrint> {
  const last = editions.at(-1);
  if (last === undefined && by === undefined) return { held: [] };
  const questions = formsOf(source.forms, roundAsOf(round, now)).flatMap((form) =>
    questionsOfTotals(form).map((question): QuestionName => ({ form: form.id, question })),
  );
  const printed = printedIn(editions, new Set(questions.map(questionName)));
  const moments = await PrintedMoments.read(source, round, now, {
    seqs: new Set([...printed.values()].flatMap(({ seqs }) => [...seqs])),
    questions,
  });
  const released = last === undefined ? new Map<string, ReadonlySet<string>>() : releasedSince(last.asOf, now);
  const held: HeldQuestion[] = [];
  const leftOut: QuestionName[] = [];
  const heldByClass: HeldFigures[] = [];
  for (const name of questions) {
    const before = printed.get(questionName(name));
    const named = released.get(questionName(name)) ?? new Set<string>();
    const known = [...(before?.seqs ?? [])].map((seq) => moments.figure(name, seq));
    for (const rows of before?.byClass.values() ?? [])
      known.push(...moments.cells(name, rows[0]?.class ?? '', rows[0]?.asOf?.seq));
    const whole = moments.figure(name);
    const told = before === undefined ? [] : notReleased(toldBy(known, [whole]), named);
    if (before !== undefined && told.length > 0)
      held.push({ ...name, rows: before.rows, units: [...new Set(told.flat())].toSorted() });
    if (by === undefined) continue;
    const asPrinted = told.length === 0 ? undefined : before?.byClass.get(momentOf(by, before.rows[0]?.asOf?.seq));
    if (asPrinted !== undefined) heldByClass.push({ ...name, rows: asPrinted });
    else if (told.length > 0 || !mayPrintByClass([...known, whole], moments.cells(name, by), named)) leftOut.push(name);
  }
  const order = [...printed.keys()];
  held.sort((a, b) => order.indexOf(questionName(a)) - order.indexOf(questionName(b)));
  return { held, ...(by === undefined ? {} : { byClass: { by, leftOut, held: heldByClass } }) };
}
