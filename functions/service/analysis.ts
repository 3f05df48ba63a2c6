/** Analyses of a round by unit: returns are read one after another, and of each no more than the question's answer is kept. */

import { reportingUnits } from '../../schemas/directory.ts';
import type { Form } from '../../schemas/form.ts';
import type { Round } from '../../schemas/round.ts';
import { comparedWith, labelsIn, numberChanges, optionChanges } from '../domain/analysis/changes-since.ts';
import { classSides, optionsSide, questionSide } from '../domain/analysis/cross-axes.ts';
import type { Side } from '../domain/analysis/cross-axes.ts';
import { CrossTable } from '../domain/analysis/cross-table.ts';
import { perPopulation, populationsOf } from '../domain/analysis/per-population.ts';
import { classPrefix, unitAxisId, unitAxisName } from '../domain/analysis/request.ts';
import type { AnalysisRequest } from '../domain/analysis/request.ts';
import { crossTables, populationTable, rankingTable } from '../domain/analysis/tables.ts';
import {
  changesOfNumbers,
  changesOfOptions,
  seriesOfNumbers,
  seriesOfOptions,
} from '../domain/analysis/tables-over-rounds.ts';
import type { Counted, FigureTable } from '../domain/analysis/tables.ts';
import { timeSeries } from '../domain/analysis/time-series.ts';
import { UnitAnswers } from '../domain/analysis/unit-answers.ts';
import { rankUnits } from '../domain/analysis/unit-ranking.ts';
import { entryVariablesOf, municipalityVariablesOf, variablesOf } from '../domain/analysis/variables.ts';
import type { EntryVariable, NumberVariable, OneReturn, Variable } from '../domain/analysis/variables.ts';
import type { RoundState } from '../domain/log.ts';
import { done, refused } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import { countedForm, versionsOfReturns } from './counted-returns.ts';
import type { CountedForm } from './counted-returns.ts';
import { askedIn, earlierFigures, mostRounds, roundsBefore, withFigures } from './series-rounds.ts';
import type { Asked, ReadingRounds } from './series-rounds.ts';

export interface Analysis {
  readonly state: RoundState;
  readonly notes: readonly string[];
  readonly tables: readonly FigureTable[];
}

type Made = Outcome<Omit<Analysis, 'state'>>;

/** Cells of a cross table; two questions of 63 municipalities have 3,969. */
const mostCells = 10_000;

async function* returnsOf({ store }: ReadingRounds, round: Round, counted: CountedForm): AsyncGenerator<OneReturn> {
  for await (const { unit, read } of versionsOfReturns(store, round.id, counted))
    yield { unit, answers: read.answers, previous: read.previous };
}

async function answersTo(
  service: ReadingRounds,
  { round, form, directory, state }: Asked,
  variable: Variable,
): Promise<UnitAnswers> {
  const counted = countedForm(form, directory, state);
  const answers = new UnitAnswers([variable], counted);
  for await (const each of returnsOf(service, round, counted)) answers.add(each);
  return answers;
}

/** Each unit that has something is a row. */
function unitAxis({ form, directory }: Asked): Side<OneReturn> {
  const options = reportingUnits(directory, form.units).map(({ code, name }) => ({ key: code, label: name }));
  return {
    label: unitAxisName,
    options,
    shownIfAny: new Set(options.map(({ key }) => key)),
    several: false,
    noneLabel: '',
    unansweredLabel: '',
    chosen: ({ unit }) => [unit.code],
  };
}

/** What is the same for all that a return has: its class, and the unit itself. */
function axisOfUnits(asked: Asked, other: string): Side<OneReturn> | undefined {
  if (other === unitAxisId) return unitAxis(asked);
  return other.startsWith(classPrefix)
    ? classSides(asked.directory).find(({ id }) => id === other.slice(classPrefix.length))
    : undefined;
}

function otherQuestion(asked: Asked, request: AnalysisRequest): Variable | EntryVariable | undefined {
  return questionsFor(asked, 'cross').find(({ id }) => id === request.with);
}

function cross(service: ReadingRounds, asked: Asked, variable: Variable, request: AnalysisRequest): Promise<Made> {
  const other = otherQuestion(asked, request);
  const columns =
    axisOfUnits(asked, request.with ?? '') ??
    (other === undefined || 'list' in other ? undefined : questionSide(other));
  return crossed(service, asked, [questionSide(variable), columns], request, '団体', (of) => [of]);
}

/** The rows of one list are counted: of two questions that stand in it, or of one and what is said of the unit. */
function crossEntries(
  service: ReadingRounds,
  asked: Asked,
  variable: EntryVariable,
  request: AnalysisRequest,
): Promise<Made> {
  const other = otherQuestion(asked, request);
  const isBeside = other !== undefined && 'list' in other && other.list === variable.list;
  const columns = axisOfUnits(asked, request.with ?? '') ?? (isBeside ? optionsSide(other) : undefined);
  return crossed(service, asked, [optionsSide(variable), columns], request, '行', variable.entries);
}

async function crossed<T>(
  service: ReadingRounds,
  asked: Asked,
  [given, other]: readonly [Side<T>, Side<T> | undefined],
  { with: wanted = '', share }: AnalysisRequest,
  counted: Counted,
  casesOf: (of: OneReturn) => readonly T[],
): Promise<Made> {
  if (other === undefined)
    return questionsFor(asked, 'cross').some(({ id }) => id === wanted)
      ? done({ notes: ['一覧の中の設問は、同じ一覧の設問、分類又は団体とだけ掛け合わせられます。'], tables: [] })
      : refused('not-found', { detail: `掛け合わせる設問又は分類 ${wanted.slice(0, 100)} はありません。` });
  // Units are many: one each row.
  const [first, columns] = wanted === unitAxisId ? [other, given] : [given, other];
  const [height, width] = [first.options.length, columns.options.length];
  if (height * width > mostCells)
    return done({
      notes: [
        `表が大きすぎるため作れません（${height}行×${width}列）。${mostCells.toLocaleString('ja')}欄までです。選択肢の少ない設問を選んでください。`,
      ],
      tables: [],
    });
  const table = new CrossTable(first, columns);
  const { round, form, directory, state } = asked;
  for await (const each of returnsOf(service, round, countedForm(form, directory, state)))
    for (const one of casesOf(each)) table.add(first.chosen(one), columns.chosen(one));
  return done({ notes: [], tables: crossTables(table.crossed(), share, first.several || columns.several, counted) });
}

/** In the newest round before in which anybody's return counts, as exports compare. */
async function askedBefore(service: ReadingRounds, now: Asked): Promise<Asked | undefined> {
  for (const round of await roundsBefore(service, now.round, now.form.id)) {
    const asked = await askedIn(service, round, now.form.id);
    if (asked !== undefined && countedForm(asked.form, asked.directory, asked.state).returns.length > 0) return asked;
  }
  return undefined;
}

async function changes(service: ReadingRounds, now: Asked, variable: Variable): Promise<Made> {
  const before = await askedBefore(service, now);
  if (before === undefined) return done({ notes: ['この調査票による前回の調査がありません。'], tables: [] });
  const previous = `前回は「${before.round.name}」です。`;
  const compared = comparedWith(before, now, variable);
  if (typeof compared === 'string') return done({ notes: [previous, `比べられません：${compared}`], tables: [] });
  const notes = [previous, ...compared.notes.map((note) => `${note}。`)];
  const then = { ...before, answers: await answersTo(service, before, compared.before) };
  const current = { ...now, answers: await answersTo(service, now, compared.now) };
  const tables =
    compared.of === 'numbers'
      ? changesOfNumbers(numberChanges(then, current, compared), compared.now)
      : changesOfOptions(optionChanges(then, current, compared), compared.now, labelsIn(compared));
  return done({ notes, tables });
}

async function series(service: ReadingRounds, now: Asked, variable: Variable | EntryVariable): Promise<Made> {
  const rounds = [await withFigures(service, now), ...(await earlierFigures(service, now.round, now.form.id))];
  const found = timeSeries(rounds, variable.id);
  const notes = rounds.length < mostRounds ? [] : [`新しい方から${mostRounds}回までの調査です。`];
  return done({
    notes,
    tables:
      variable.of === 'numbers'
        ? seriesOfNumbers(found, variable)
        : seriesOfOptions(found, variable, 'list' in variable ? '行' : '団体'),
  });
}

async function byUnit(
  service: ReadingRounds,
  asked: Asked,
  variable: NumberVariable,
  { kind, per }: AnalysisRequest,
): Promise<Made> {
  const values = (await answersTo(service, asked, variable)).numbersOf(variable);
  if (kind === 'ranking') return done({ notes: [], tables: [rankingTable(rankUnits(values), variable)] });
  const rates = perPopulation(values, populationsOf(asked.directory), per, variable.places);
  return done({ notes: [], tables: [populationTable(rates, per, variable)] });
}

/** Whether a question can be analysed so: units are ranked by numbers, and what does not add up is none of so many people. */
function fits(variable: Variable, kind: AnalysisRequest['kind']): boolean {
  if (kind === 'population') return variable.of === 'numbers' && variable.addsUp;
  return variable.of === 'numbers' || kind !== 'ranking';
}

/** The questions of a form that can be analysed so. */
export function variablesFor(form: Form, kind: AnalysisRequest['kind']): Variable[] {
  return variablesOf(form).filter((variable) => fits(variable, kind));
}

/**
 * The same, those that are chosen once for each row of a list, by which what follows is counted then, and those that name
 * municipalities.
 */
export function questionsFor(
  { form, directory }: Pick<Asked, 'form' | 'directory'>,
  kind: AnalysisRequest['kind'],
): (Variable | EntryVariable)[] {
  return [
    ...variablesFor(form, kind),
    ...(kind === 'cross' || kind === 'series' ? entryVariablesOf(form) : []),
    ...(kind === 'cross' ? municipalityVariablesOf(form, directory) : []),
  ];
}

function made(
  service: ReadingRounds,
  asked: Asked,
  variable: Variable | EntryVariable,
  request: AnalysisRequest,
): Promise<Made> {
  if ('list' in variable)
    return request.kind === 'cross'
      ? crossEntries(service, asked, variable, request)
      : series(service, asked, variable);
  if (request.kind === 'cross') return cross(service, asked, variable, request);
  if (request.kind === 'changes') return changes(service, asked, variable);
  if (request.kind === 'series' || variable.of === 'options') return series(service, asked, variable);
  return byUnit(service, asked, variable, request);
}

/** What is counted in the round now, submitted and accepted, as summaries count it. */
export async function analyse(
  service: ReadingRounds,
  round: Round,
  request: AnalysisRequest,
): Promise<Outcome<Analysis>> {
  const asked = await askedIn(service, round, request.form);
  if (asked === undefined)
    return refused('not-found', { detail: `この調査に調査票 ${request.form.slice(0, 100)} はありません。` });
  const variable = questionsFor(asked, request.kind).find(({ id }) => id === request.question);
  if (variable === undefined)
    return refused('not-found', {
      detail: `この調査票に、この分析ができる設問 ${request.question.slice(0, 100)} はありません。`,
    });
  const outcome = await made(service, asked, variable, request);
  return outcome.ok ? done({ ...outcome.value, state: asked.state }) : outcome;
}
