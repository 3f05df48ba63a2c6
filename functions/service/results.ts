/** The results of a round for one return, from its newest publication and those of the rounds before. */

import * as z from 'zod';
import { askedUnits } from '../../schemas/asked-units.ts';
import type { Directory, ReportingUnit } from '../../schemas/directory.ts';
import { publishedEdition, summary } from '../../schemas/export.ts';
import type { PublishedEdition, SummaryRow } from '../../schemas/export.ts';
import type { Form } from '../../schemas/form.ts';
import type { Answers } from '../../schemas/values/json.ts';
import { isObject } from '../../schemas/values/json.ts';
import type { ReturnKey } from '../../schemas/return.ts';
import { formOf } from '../../schemas/round-forms.ts';
import type { Round } from '../../schemas/round.ts';
import { resultLines } from '../domain/results.ts';
import type { ResultLine, YearRows } from '../domain/results.ts';
import { spellKinds, talliedFigures } from '../domain/summary.ts';
import type { Audience } from '../domain/summary.ts';
import { lineageOf, summedAnswers } from '../domain/lineage.ts';
import { Tally } from '../domain/tally.ts';
import type { FoundReturn } from './access.ts';
import { standingEdition } from './editions.ts';
import type { Service } from './service.ts';

export interface Results {
  readonly published: PublishedEdition;
  /** The version that the unit's own figures are of; none where none is accepted. */
  readonly version: number | undefined;
  /** 市, or what kinds a council's members are: whose figures stand in the column of the class. */
  readonly className: string;
  readonly lines: readonly ResultLine[];
}

/** As many years before stand beside. */
const mostYears = 2;

const publishedReturns = z.array(z.object({ unit: z.string(), answers: z.custom<Answers>(isObject) }));

interface Counting {
  readonly round: Round;
  readonly directory: Directory;
  readonly form: Form;
}

function figuresOf(
  { round, directory, form }: Counting,
  returns: readonly (Pick<Accepted, 'answers' | 'previous'> & { readonly unit: ReportingUnit })[],
  audience: Audience,
): readonly SummaryRow[] {
  const tally = new Tally(form);
  for (const { unit, answers, previous } of returns) tally.add(answers, unit, previous);
  return talliedFigures(tally, { round, directory, audience }).rows;
}

async function fileOf(service: Service, { round, edition }: PublishedEdition, path: string): Promise<unknown> {
  return JSON.parse(await new Response(await service.readEditionFile(round, edition, path)).text());
}

export async function newestPublication(service: Service, round: string): Promise<PublishedEdition | undefined> {
  const newest = standingEdition(await service.editions(round));
  if (newest === undefined) return undefined;
  const text = await new Response(await service.readEditionFile(round, newest.edition, 'manifest.json')).text();
  return publishedEdition.parse(JSON.parse(text));
}

function has({ files }: PublishedEdition, path: string): boolean {
  return files.some((file) => file.path === path);
}

async function publishedRows(service: Service, published: PublishedEdition, form: string): Promise<SummaryRow[]> {
  if (!has(published, 'summary.json')) return [];
  const { rows } = summary.parse(await fileOf(service, published, 'summary.json'));
  return rows.filter((row) => row.form === form);
}

interface Accepted {
  readonly version: number;
  readonly answers: Answers;
  readonly previous?: Answers | undefined;
}

async function acceptedOf({ returns, store }: Service, key: ReturnKey): Promise<Accepted | undefined> {
  const draft = await returns.readDraft(key);
  const version = draft.ok ? draft.value.standing.acceptedVersion : undefined;
  const accepted = version === undefined ? undefined : await store.version(key, version);
  return accepted && { version: accepted.version, answers: accepted.answers, previous: accepted.previous };
}

/** The figures of an earlier round, where it has been published. */
async function yearOf(service: Service, round: Round, key: ReturnKey, now: Directory): Promise<YearRows[]> {
  const form = formOf(service.forms, round, key.form);
  const published = form && (await newestPublication(service, round.id));
  if (form === undefined || published === undefined) return [];
  const directory = await service.store.directoryOfRound(round);
  const { kind, units } = lineageOf(now, key.unit, { directory, round, form });
  const codes = kind === 'same' ? [key.unit] : kind === 'one' || kind === 'merged' ? units.map(({ code }) => code) : [];
  const asked = askedUnits(directory, round, form);
  const found = await Promise.all(
    codes.map(async (code) => {
      const unit = asked.get(code);
      const accepted = unit && (await acceptedOf(service, { ...key, round: round.id, unit: code }));
      return unit === undefined || accepted === undefined ? [] : [{ unit, ...accepted }];
    }),
  );
  const accepted = found.flat();
  const [first] = accepted;
  const isWhole = codes.length > 0 && accepted.length === codes.length;
  // What several gave together is the sum of their counts, as beside a return; of a part of what was divided it is nothing.
  const summed = (): Accepted['answers'] =>
    summedAnswers(
      form,
      accepted.map(({ answers }) => answers),
    );
  const together = kind === 'merged' && isWhole && first !== undefined ? [{ unit: first.unit, answers: summed() }] : [];
  const own = kind === 'same' || kind === 'one' ? accepted : together;
  return [
    {
      year: round.name,
      of: kind === 'same' || kind === 'one' ? 'unit' : together.length > 0 ? 'merged' : 'nobody',
      own: figuresOf({ round, directory, form }, own, 'internal'),
      all: await publishedRows(service, published, form.id),
    },
  ];
}

/** Nothing before the round is published. */
export async function readResults(
  service: Service,
  { round, form, unit, key }: FoundReturn,
): Promise<Results | undefined> {
  const published = await newestPublication(service, round.id);
  if (published === undefined) return undefined;
  const directory = await service.store.directoryOfRound(round);
  const units = askedUnits(directory, round, form);
  const classOf = ({ members }: ReportingUnit): string => spellKinds(members, directory);
  const own = units.get(unit.code);
  const className = own === undefined ? '' : classOf(own);
  const path = `${form.id}.json`;
  const answered = has(published, path) ? publishedReturns.parse(await fileOf(service, published, path)) : [];
  const others = answered.flatMap(({ unit: code, answers }) => {
    const other = units.get(code);
    return other === undefined || code === unit.code || classOf(other) !== className ? [] : [{ unit: other, answers }];
  });
  const open = new Set([...form.items.values()].flatMap((item) => (item.visibility === 'open' ? [item.id] : [])));
  const accepted = await acceptedOf(service, key);
  const before = (await service.store.rounds())
    .filter(({ referenceDate, draft }) => draft === undefined && referenceDate < round.referenceDate)
    .toSorted((a, b) => (a.referenceDate < b.referenceDate ? 1 : -1))
    .filter(({ forms }) => Object.hasOwn(forms, form.id))
    .slice(0, mostYears);
  const counting = { round, directory, form };
  const ownReturns = own === undefined || accepted === undefined ? [] : [{ unit: own, ...accepted }];
  return {
    published,
    version: accepted?.version,
    className,
    lines: resultLines({
      own: figuresOf(counting, ownReturns, 'internal'),
      all: await publishedRows(service, published, form.id),
      // What public answers lack would be counted as if nobody had answered.
      ofClass: figuresOf(counting, others, 'public').filter(({ question }) => open.has(question)),
      earlier: (await Promise.all(before.map((each) => yearOf(service, each, key, directory)))).flat(),
    }),
  };
}
