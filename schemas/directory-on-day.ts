/**
 * The directory as it stands on a day: the units in force, which alone are asked and counted. Whoever loads a directory
 * for use takes it through here, so that nobody else needs to know of units that ended or have not begun.
 */

import { unitsByCode } from './directory.ts';
import type { Council, Directory, Municipality, OtherUnit, ReportingUnit, UnitKind } from './directory.ts';
import { standsOn } from './directory-spans.ts';

const standing = new WeakMap<Directory, Map<string, Directory>>();
const wholes = new WeakMap<Directory, Directory>();

function takeStanding(directory: Directory, day: string): Directory {
  const municipalities = directory.municipalities.filter((each) => standsOn(each, day));
  const codes = new Set(municipalities.map(({ code }) => code));
  const councils = directory.councils.filter(
    (each) => standsOn(each, day) && each.members.every((member) => codes.has(member)),
  );
  const units = directory.units?.filter((each) => standsOn(each, day));
  const isWhole =
    municipalities.length === directory.municipalities.length &&
    councils.length === directory.councils.length &&
    units?.length === directory.units?.length;
  return isWhole ? directory : { ...directory, municipalities, councils, ...(units === undefined ? {} : { units }) };
}

/**
 * What stands on a day, or on the directory's own first day where that comes later. A council stands as long as all its
 * members do. Asked for again, it is the same object.
 */
export function standingOn(directory: Directory, day: string): Directory {
  const whole = wholeOf(directory);
  const on = whole.validFrom !== undefined && whole.validFrom > day ? whole.validFrom : day;
  const days = standing.get(whole) ?? new Map<string, Directory>();
  standing.set(whole, days);
  const known = days.get(on) ?? takeStanding(whole, on);
  days.set(on, known);
  if (known !== whole) wholes.set(known, whole);
  return known;
}

/** With the units that ended and those that are still to come: the directory that it was taken from, or itself. */
export function wholeOf(directory: Directory): Directory {
  return wholes.get(directory) ?? directory;
}

/** A unit that ended, with who comes after it. */
interface Ended {
  readonly code: string;
  readonly name: string;
  readonly validTo: string;
  readonly successors: readonly string[];
}

function ended(code: string, { name, validTo, successors = [] }: Municipality | Council | OtherUnit): Ended[] {
  return validTo === undefined ? [] : [{ code, name, validTo, successors }];
}

const endings = new WeakMap<Directory, ReadonlyMap<string, Ended>>();

/** The units that have an end, by their codes and ids. */
export function endedUnits(directory: Directory): ReadonlyMap<string, Ended> {
  const whole = wholeOf(directory);
  const known = endings.get(whole);
  if (known !== undefined) return known;
  const all = [
    ...whole.municipalities.flatMap((each) => ended(each.code, each)),
    ...whole.councils.flatMap((each) => ended(each.id, each)),
    ...(whole.units ?? []).flatMap((each) => ended(each.code, each)),
  ];
  const found = new Map(all.map((each) => [each.code, each]));
  endings.set(whole, found);
  return found;
}

/**
 * Who stands in place of a unit on the day of a directory: itself, or through any number of mergers and divisions those that
 * came after it. What the directory does not know stays itself.
 */
export function successorsIn(standing: Directory, code: string): string[] {
  const kinds = ['municipality', 'council', ...(standing.kinds ?? []).map(({ id }) => id)];
  const follow = (each: string): string[] => {
    if (kinds.some((kind) => unitsByCode(standing, kind).has(each))) return [each];
    const unit = endedUnits(standing).get(each);
    return unit === undefined ? [each] : unit.successors.flatMap(follow);
  };
  return [...new Set(follow(code))];
}

/**
 * A unit of the directory that does not stand on its day: asked and counted no longer, and still there to be read.
 */
export function formerUnit(standing: Directory, kind: UnitKind, code: string): ReportingUnit | undefined {
  return unitsByCode(standing, kind).has(code) || !endedUnits(standing).has(code)
    ? undefined
    : unitsByCode(wholeOf(standing), kind).get(code);
}

/** Who was there before a unit, by whichever way: those merged into it or divided into it, and those before them. */
export function predecessorsIn(directory: Directory, code: string): Ended[] {
  const all = [...endedUnits(directory).values()];
  const found = new Map<string, Ended>();
  const look = (of: string): void => {
    for (const each of all)
      if (each.successors.includes(of) && !found.has(each.code)) {
        found.set(each.code, each);
        look(each.code);
      }
  };
  look(code);
  return [...found.values()];
}
