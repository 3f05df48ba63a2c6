/** A number by the population of its unit: per 1,000, 10,000 or 100,000 people, as the directory has them on their day. */

import type { Directory, ReportingUnit } from '../../../schemas/directory.ts';
import { ranksOf } from './unit-ranking.ts';
import { withValues } from './unit-values.ts';
import type { Missing, UnitValue } from './unit-values.ts';

export const populationBases = [1_000, 10_000, 100_000] as const;
export type PopulationBase = (typeof populationBases)[number];

export interface UnitPopulation {
  readonly number: number;
  /** The days on which it was counted; of a council the members may have several. */
  readonly on: readonly string[];
}

/**
 * Of a municipality its own; of a council that of its members together, where all have one. A council of a ward has none, since
 * the directory knows that of the whole city alone, and neither has an office within a municipality.
 */
export function populationsOf(
  directory: Directory,
): (unit: Pick<ReportingUnit, 'code' | 'members'>) => UnitPopulation | undefined {
  const known = new Map(directory.municipalities.map(({ code, population }) => [code, population]));
  const whole = new Set([
    ...known.keys(),
    ...directory.councils.filter(({ ward }) => ward === undefined).map(({ id }) => id),
  ]);
  return ({ code, members }) => {
    const populations = members.flatMap((member) => known.get(member) ?? []);
    const number = populations.reduce((sum, each) => sum + each.number, 0);
    if (!whole.has(code) || populations.length < members.length || number === 0) return undefined;
    return { number, on: [...new Set(populations.map(({ on }) => on))].toSorted() };
  };
}

interface PopulationRate {
  readonly code: string;
  readonly name: string;
  readonly value?: number | undefined;
  readonly missing?: Missing | undefined;
  readonly population?: UnitPopulation | undefined;
  /** In hundredths, rounded half up. */
  readonly rate?: number | undefined;
  readonly rank?: number | undefined;
}

/** Rounded half up to two decimals, in units of these. */
function rateOf(value: number, population: number, base: number): number {
  return Math.round((value * base * 100) / population);
}

export interface PopulationRates {
  /** The highest rate first, then those without one. */
  readonly rows: readonly PopulationRate[];
  /** Of all units together that have both a number and a population: who lives in two councils is one. */
  readonly together: {
    readonly units: number;
    readonly value: number;
    readonly population: number;
    readonly rate?: number;
  };
  /** Names of the units that have a number and no population. */
  readonly withoutPopulation: readonly string[];
}

/**
 * @param units their numbers in units of the last decimal, which is `places` behind the point
 */
export function perPopulation(
  units: readonly UnitValue<number>[],
  populationOf: (unit: Pick<ReportingUnit, 'code' | 'members'>) => UnitPopulation | undefined,
  base: PopulationBase,
  places = 0,
): PopulationRates {
  const scale = 10 ** places;
  const all = units.map(({ unit, value, missing }): PopulationRate => {
    const population = populationOf(unit);
    const rate =
      value === undefined || population === undefined ? undefined : rateOf(value, population.number * scale, base);
    return { code: unit.code, name: unit.name, value, missing, population, rate };
  });
  const rated = all.flatMap((each) => (each.rate === undefined ? [] : [{ ...each, rate: each.rate }]));
  const sorted = rated.toSorted((a, b) => b.rate - a.rate);
  const ranks = ranksOf(sorted.map(({ rate }) => rate));
  const ranked = sorted.map((each, index) => ({ ...each, rank: ranks[index] }));
  const value = rated.reduce((sum, each) => sum + (each.value ?? 0), 0);
  const codes = new Set(rated.map(({ code }) => code));
  const people = new Set(units.flatMap(({ unit }) => (codes.has(unit.code) ? unit.members : [])));
  const population = [...people].reduce((sum, code) => sum + (populationOf({ code, members: [code] })?.number ?? 0), 0);
  return {
    rows: [...ranked, ...all.filter(({ rate }) => rate === undefined)],
    together: {
      units: rated.length,
      value,
      population,
      ...(population === 0 ? {} : { rate: rateOf(value, population * scale, base) }),
    },
    withoutPopulation: withValues(units).flatMap(({ unit }) => (populationOf(unit) === undefined ? [unit.name] : [])),
  };
}
