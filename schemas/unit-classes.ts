/**
 * By which classes (分類) the units of a directory are counted, filtered and chosen: those that the directory tells by itself,
 * and those that the prefecture has added as columns.
 */

import { builtInClasses } from './directory-classes.ts';
import type { ClassValues } from './directory-classes.ts';
import { municipalityKinds } from './directory.ts';
import type { Directory, Municipality, ReportingUnit } from './directory.ts';

export interface UnitClass {
  readonly id: string;
  readonly label: string;
  /** In the order in which they are listed. */
  readonly values: readonly string[];
  /** None of a unit that has none, and of one whose municipalities have several. */
  readonly valueOf: (unit: Pick<ReportingUnit, 'code' | 'members'>) => string | undefined;
}

/** How the units are called that have no value of a class, or several. */
export const unclassified = '（分類なし）';

const sizes: readonly (readonly [number, string])[] = [
  [300_000, '30万人以上'],
  [100_000, '10万人以上30万人未満'],
  [50_000, '5万人以上10万人未満'],
  [10_000, '1万人以上5万人未満'],
  [0, '1万人未満'],
];

function sizeOf({ population }: Municipality): string | undefined {
  return population && sizes.find(([least]) => population.number >= least)?.[1];
}

type Values = ReadonlyMap<string, string>;

function valuesOf(units: readonly (readonly [code: string, value: string | undefined])[]): Values {
  return new Map(units.flatMap(([code, value]) => (value === undefined ? [] : [[code, value] as const])));
}

/** A unit's own value, or else the one that all its municipalities have. */
function lookUp(own: Values): UnitClass['valueOf'] {
  return ({ code, members }) => {
    const known = own.get(code);
    if (known !== undefined) return known;
    const values = new Set(members.map((member) => own.get(member)));
    return values.size === 1 ? [...values][0] : undefined;
  };
}

function unitClass(id: string, label: string, listed: readonly string[], own: Values): UnitClass {
  const present = new Set(own.values());
  return { id, label, values: listed.filter((value) => present.has(value)), valueOf: lookUp(own) };
}

function own({ classes }: { readonly classes?: ClassValues | undefined }, id: string): string | undefined {
  return classes !== undefined && Object.hasOwn(classes, id) ? classes[id] : undefined;
}

function readClasses({ municipalities, councils, units = [], classes = [] }: Directory): UnitClass[] {
  const kinds = valuesOf(municipalities.map(({ code, kind }) => [code, municipalityKinds[kind]]));
  const populations = valuesOf(municipalities.map((each) => [each.code, sizeOf(each)]));
  const sizeNames = sizes.map(([, label]) => label);
  return [
    unitClass('kind', builtInClasses.kind, Object.values(municipalityKinds), kinds),
    ...(populations.size === 0 ? [] : [unitClass('population', builtInClasses.population, sizeNames, populations)]),
    ...classes.map(({ id, label, values }) => {
      const of = valuesOf([
        ...municipalities.map((each) => [each.code, own(each, id)] as const),
        ...councils.map((each) => [each.id, own(each, id)] as const),
        ...units.map((each) => [each.code, own(each, id)] as const),
      ]);
      return unitClass(id, label, values ?? [...new Set(of.values())], of);
    }),
  ];
}

/** A directory never changes. */
const known = new WeakMap<Directory, readonly UnitClass[]>();

export function classesOf(directory: Directory): readonly UnitClass[] {
  const classes = known.get(directory) ?? readClasses(directory);
  known.set(directory, classes);
  return classes;
}

/** None where the directory has no such class, or no longer. */
export function classNamed(directory: Directory, id: string | undefined): UnitClass | undefined {
  return classesOf(directory).find((each) => each.id === id);
}

/** One value of a class as fields and addresses name it: `area:南部`. */
export function classKey({ id }: Pick<UnitClass, 'id'>, value: string): string {
  return `${id}:${value}`;
}

export interface ClassChoice {
  readonly key: string;
  readonly label: string;
}

/** Every value of these classes, as it is chosen from one list. */
export function classChoices(classes: readonly UnitClass[]): ClassChoice[] {
  return classes.flatMap((each) =>
    each.values.map((value) => ({ key: classKey(each, value), label: `${each.label}：${value}` })),
  );
}

/** The keys of all values that a unit has. */
export function classKeysOf(directory: Directory, unit: Pick<ReportingUnit, 'code' | 'members'>): string[] {
  return classesOf(directory).flatMap((each) => {
    const value = each.valueOf(unit);
    return value === undefined ? [] : [classKey(each, value)];
  });
}
