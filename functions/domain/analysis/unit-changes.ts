/**
 * What changed unit by unit since the round before, and who moved from which option to which. A unit that others were merged
 * into is compared with their sum where what is asked adds up; what cannot be compared is named with the reason.
 */

import type { Lineage } from '../lineage.ts';
import { missingWords, withValues } from './unit-values.ts';
import type { UnitValue } from './unit-values.ts';

export interface UnitChange<T> {
  readonly code: string;
  readonly name: string;
  readonly now: T;
  readonly before: T;
  /** Who answered before in its place, where it was not the unit itself. */
  readonly of: readonly string[];
}

/** A unit of now, or of before alone, with the reason why it stands beside nothing. */
interface NotCompared<T> {
  readonly code: string;
  readonly name: string;
  readonly now?: T | undefined;
  readonly before?: T | undefined;
  readonly reason: string;
}

export interface UnitChanges<T> {
  readonly compared: readonly UnitChange<T>[];
  /** Each value of now and of before that is not in `compared` is here, once. */
  readonly notCompared: readonly NotCompared<T>[];
}

export interface Rounds<T> {
  readonly now: readonly UnitValue<T>[];
  readonly before: readonly UnitValue<T>[];
  readonly lineageOf: (code: string) => Lineage;
  /** What several gave together; absent where that means nothing. */
  readonly together?: ((values: readonly T[]) => T) | undefined;
}

const lineageReasons = {
  divided: '分割された団体の後身のため比較不可',
  partly: '合併した団体の一部が前回の対象でないため比較不可',
} as const;

type Before<T> =
  | { readonly value: T; readonly of: readonly string[]; readonly codes: readonly string[] }
  | { readonly reason: string };

function beforeOf<T>(
  { code }: { readonly code: string },
  known: ReadonlyMap<string, UnitValue<T>>,
  rounds: Rounds<T>,
): Before<T> {
  const { kind, units } = rounds.lineageOf(code);
  if (kind === 'divided' || kind === 'partly') return { reason: lineageReasons[kind] };
  const codes = kind === 'same' ? [code] : units.map((unit) => unit.code);
  if (kind === 'merged' && rounds.together === undefined)
    return { reason: '合併した団体の回答は合計できないため比較不可' };
  const answered = codes.flatMap((each) => known.get(each) ?? []);
  const [first] = answered;
  const without = answered.find(({ value }) => value === undefined);
  if (first === undefined || answered.length < codes.length) return { reason: '前回の対象外' };
  if (without !== undefined) {
    const who = kind === 'same' ? '' : `${without.unit.name}が`;
    return { reason: `前回は${who}${missingWords[without.missing ?? 'unanswered']}` };
  }
  const values = withValues(answered).map(({ value }) => value);
  const [only] = values;
  const value = kind === 'merged' ? rounds.together?.(values) : only;
  if (value === undefined) return { reason: '前回の対象外' };
  return { value, of: kind === 'same' ? [] : units.map(({ name }) => name), codes };
}

export function changesByUnit<T>(rounds: Rounds<T>): UnitChanges<T> {
  const known = new Map(rounds.before.map((each) => [each.unit.code, each]));
  const used = new Set<string>();
  const compared: UnitChange<T>[] = [];
  const notCompared: NotCompared<T>[] = [];
  for (const { unit, value: now, missing } of rounds.now) {
    const { code, name } = unit;
    const before = beforeOf(unit, known, rounds);
    if (now === undefined) notCompared.push({ code, name, reason: `今回は${missingWords[missing ?? 'unanswered']}` });
    else if ('reason' in before) notCompared.push({ code, name, now, reason: before.reason });
    else {
      compared.push({ code, name, now, before: before.value, of: before.of });
      for (const each of before.codes) used.add(each);
    }
  }
  const current = new Map(notCompared.map((each, index) => [each.code, index]));
  for (const { unit, value } of withValues(rounds.before).filter((each) => !used.has(each.unit.code))) {
    const at = current.get(unit.code);
    const beside = at === undefined ? undefined : notCompared[at];
    if (at === undefined || beside === undefined)
      notCompared.push({ code: unit.code, name: unit.name, before: value, reason: '今回の対象外' });
    else notCompared[at] = { ...beside, before: value };
  }
  return { compared, notCompared };
}

interface SumsOfChanges {
  /** Of the units that are compared: the change is the one by the other, and the sum of all changes. */
  readonly compared: { readonly now: number; readonly before: number; readonly change: number };
  readonly all: { readonly now: number; readonly before: number };
}

export function sumsOf({ compared, notCompared }: UnitChanges<number>): SumsOfChanges {
  const sum = (values: readonly (number | undefined)[]): number =>
    values.reduce<number>((all, each) => all + (each ?? 0), 0);
  const now = sum(compared.map((each) => each.now));
  const before = sum(compared.map((each) => each.before));
  return {
    compared: { now, before, change: now - before },
    all: {
      now: now + sum(notCompared.map((each) => each.now)),
      before: before + sum(notCompared.map((each) => each.before)),
    },
  };
}

/** Units that moved: from one option to another, or, where several may be chosen, to an option or away from one. */
export interface Move {
  /** Absent: they chose it in addition. */
  readonly from?: string | undefined;
  /** Absent: they chose it no more. */
  readonly to?: string | undefined;
  readonly units: readonly string[];
}

/** None where it chose the same. */
export function movesOf(before: readonly string[], now: readonly string[], isOne: boolean): Omit<Move, 'units'>[] {
  const lost = before.filter((option) => !now.includes(option));
  const gained = now.filter((option) => !before.includes(option));
  if (isOne) return lost.length + gained.length === 0 ? [] : [{ from: lost[0], to: gained[0] }];
  return [...lost.map((from) => ({ from })), ...gained.map((to) => ({ to }))];
}

/** The most frequent first. */
export function whoMoved(compared: readonly UnitChange<readonly string[]>[], several: boolean): Move[] {
  const moves = compared.flatMap(({ before, now, name }) =>
    movesOf(before, now, !several).map((move) => ({ ...move, name })),
  );
  const groups = Map.groupBy(moves, ({ from, to }) => JSON.stringify([from ?? null, to ?? null]));
  return [...groups.values()]
    .map((group): Move => ({ from: group[0]?.from, to: group[0]?.to, units: group.map(({ name }) => name) }))
    .toSorted((a, b) => b.units.length - a.units.length);
}
