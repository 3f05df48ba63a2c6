/**
 * The list of a round's returns as the prefecture looks through it: filtered, sorted and paged by what the address says,
 * so that a link shows the same list to a colleague, and previous and next mean the same on every page. Pure.
 */

import { askedUnits } from '../../../schemas/asked-units.ts';
import { unitKind } from '../../../schemas/directory-kinds.ts';
import { isOfMunicipalities, kindsOfUnits, municipalityKinds, unitNames } from '../../../schemas/directory.ts';
import type { Directory } from '../../../schemas/directory.ts';
import type { Form } from '../../../schemas/form.ts';
import { returnStates } from '../../../schemas/return.ts';
import type { ReturnState } from '../../../schemas/return.ts';
import { endOf } from '../../../schemas/round.ts';
import type { Round } from '../../../schemas/round.ts';
import { classChoices, classKeysOf, classesOf } from '../../../schemas/unit-classes.ts';
import type { ClassChoice } from '../../../schemas/unit-classes.ts';
import { normaliseWidth } from '../../../schemas/values/width.ts';
import { dueDateOf, isLate } from '../../domain/due-date.ts';
import type { Paths } from '../shared/paths.ts';
import { trackedReturn } from '../../domain/log.ts';
import type { RoundState, TrackedReturn } from '../../domain/log.ts';

/** What units are told apart by (区分): the kind of a municipality, councils, and the kinds of the directory; by their ids. */
export function kindsOfUnit(directory: Directory): ReadonlyMap<string, string> {
  return new Map([
    ...Object.entries(municipalityKinds),
    ['council', unitNames.council],
    ...(directory.kinds ?? []).map(({ id, label }) => [id, label] as const),
  ]);
}

/** Those that occur among these, in their order. */
export function kindsAmong(directory: Directory, units: readonly TrackedUnit[]): (readonly [string, string])[] {
  const present = new Set(units.map(({ kind }) => kind));
  return [...kindsOfUnit(directory)].filter(([kind]) => present.has(kind));
}

export interface TrackedUnit {
  readonly form: Pick<Form, 'id' | 'title' | 'units'>;
  readonly unit: string;
  readonly name: string;
  readonly kind: string;
  /** The keys of the values of its classes (分類). */
  readonly classes: readonly string[];
  readonly standing: TrackedReturn;
  /** Not submitted although it is due. */
  readonly isOverdue: boolean;
}

export const latenesses = {
  late: '期限後に提出',
  overdue: '期限を過ぎて未提出',
  extended: '期限を延長',
  absent: '回答なし',
} as const;
export const orders = {
  directory: '名簿順',
  code: 'コード順',
  state: '状況順',
  submitted: '提出が早い順',
  latest: '提出が新しい順',
} as const;

export interface UnitQuery {
  readonly state?: ReturnState | undefined;
  readonly kind?: string | undefined;
  /** The key of one value of a class. */
  readonly class?: string | undefined;
  readonly form?: string | undefined;
  readonly lateness?: keyof typeof latenesses | undefined;
  readonly search: string;
  readonly order: keyof typeof orders;
  readonly page: number;
  /** Looked through as what waits for a decision (確認待ち), which only what is submitted does. */
  readonly isQueue?: true | undefined;
  /** Of each return only the answers that differ from those it is put beside. */
  readonly onlyChanged?: true | undefined;
}

export const unitsPerPage = 100;

function isKeyOf<T extends object>(options: T, value: string | undefined): value is Extract<keyof T, string> {
  return value !== undefined && Object.hasOwn(options, value);
}

/** Reads the list's part of an address; what it does not know is as if it were not there. */
export function readUnitQuery(query: Readonly<Record<string, string | undefined>>): UnitQuery {
  const { state, kind, class: of, form, late, q, sort, page, list, only } = query;
  const number = /^[1-9]\d{0,4}$/.test(page ?? '') ? Number(page) : 1;
  const isQueue = list === 'queue';
  return {
    state: isQueue ? 'submitted' : isKeyOf(returnStates, state) ? state : undefined,
    kind: unitKind.safeParse(kind).data,
    class: of === '' ? undefined : of?.slice(0, 200),
    form: form === '' ? undefined : form,
    lateness: isKeyOf(latenesses, late) ? late : undefined,
    search: (q ?? '').trim().slice(0, 100),
    order: isKeyOf(orders, sort) ? sort : 'directory',
    page: number,
    ...(isQueue && { isQueue }),
    ...(only === 'changed' && { onlyChanged: true }),
  };
}

/** The list's part of an address: `?state=submitted&page=2`; empty for the whole list from its beginning. */
export function writeUnitQuery(query: UnitQuery): string {
  const { state, kind, class: of, form, lateness, search, order, page, isQueue, onlyChanged } = query;
  const entries: [string, string | undefined][] = [
    ['list', isQueue && 'queue'],
    ['state', isQueue ? undefined : state],
    ['kind', kind],
    ['class', of],
    ['form', form],
    ['late', lateness],
    ['q', search === '' ? undefined : search],
    ['sort', order === 'directory' ? undefined : order],
    ['page', page === 1 ? undefined : String(page)],
    ['only', onlyChanged && 'changed'],
  ];
  const text = new URLSearchParams(
    entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  ).toString();
  return text === '' ? '' : `?${text}`;
}

function isDue({ state, absence }: TrackedReturn): boolean {
  return (state === 'notStarted' || state === 'draft') && absence === undefined;
}

/** What a list is filtered by beside the kind (区分) of its units. */
export function filterClasses(directory: Directory): ClassChoice[] {
  return classChoices(classesOf(directory).filter(({ id }) => id !== 'kind'));
}

export function trackedUnits(
  forms: readonly Form[],
  directory: Directory,
  state: RoundState,
  { round, now }: { readonly round: Pick<Round, 'dueAt'>; readonly now: Date },
): TrackedUnit[] {
  const kinds = kindsOfUnits(directory);
  return forms.flatMap((form) =>
    [...askedUnits(directory, state.definition ?? {}, form).values()].map((each) => {
      const { code, name } = each;
      const standing = trackedReturn(state, form.id, code);
      return {
        form,
        unit: code,
        name,
        kind: isOfMunicipalities(form.units) ? (kinds.get(code) ?? 'city') : form.units,
        classes: classKeysOf(directory, each),
        standing,
        isOverdue: isDue(standing) && now.getTime() >= endOf(dueDateOf(round, standing)),
      };
    }),
  );
}

/** Whom somebody may have to telephone: late, or sent back. */
export function isAskedAfter({ isOverdue, standing }: TrackedUnit): boolean {
  return isOverdue || standing.state === 'returned';
}

export function countStates(units: readonly TrackedUnit[]): Record<ReturnState, number> {
  const counts: Record<ReturnState, number> = { notStarted: 0, draft: 0, submitted: 0, returned: 0, accepted: 0 };
  for (const { standing } of units) counts[standing.state] += 1;
  return counts;
}

function comparable(text: string): string {
  return normaliseWidth(text).replaceAll(/\s/gu, '').toLowerCase();
}

function matches(unit: TrackedUnit, query: UnitQuery, search: string): boolean {
  if (query.state !== undefined && unit.standing.state !== query.state) return false;
  if (query.kind !== undefined && unit.kind !== query.kind) return false;
  if (query.class !== undefined && !unit.classes.includes(query.class)) return false;
  if (query.form !== undefined && unit.form.id !== query.form) return false;
  if (query.lateness === 'late' && !isLate(unit.standing, unit.standing)) return false;
  if (query.lateness === 'overdue' && !unit.isOverdue) return false;
  if (query.lateness === 'extended' && unit.standing.extension === undefined) return false;
  if (query.lateness === 'absent' && unit.standing.absence === undefined) return false;
  return search === '' || comparable(unit.name).includes(search) || unit.unit.toLowerCase().startsWith(search);
}

/** What waits for the prefecture comes first, what is done last. */
const stateOrder: readonly ReturnState[] = ['submitted', 'returned', 'draft', 'notStarted', 'accepted'];

function compare(order: UnitQuery['order'], a: TrackedUnit, b: TrackedUnit): number {
  const [first, second] = [a.standing.submittedAt ?? '', b.standing.submittedAt ?? ''];
  switch (order) {
    case 'directory':
      return 0;
    case 'code':
      return a.unit < b.unit ? -1 : a.unit > b.unit ? 1 : 0;
    case 'state':
      return stateOrder.indexOf(a.standing.state) - stateOrder.indexOf(b.standing.state);
    case 'submitted':
      // What was never submitted comes after everything that was.
      return (first === '' ? 1 : 0) - (second === '' ? 1 : 0) || (first < second ? -1 : first > second ? 1 : 0);
    case 'latest':
      return first < second ? 1 : first > second ? -1 : 0;
  }
}

export function selectUnits(units: readonly TrackedUnit[], query: UnitQuery): TrackedUnit[] {
  const search = comparable(query.search);
  return units.filter((unit) => matches(unit, query, search)).toSorted((a, b) => compare(query.order, a, b));
}

export interface Neighbours {
  readonly previous?: TrackedUnit;
  readonly next?: TrackedUnit;
}

/**
 * Those before and after a return in the list that the query asks for, also when the return itself has just left it
 * (it was accepted while the list shows what is submitted).
 */
export function neighboursOf(units: readonly TrackedUnit[], query: UnitQuery, form: string, unit: string): Neighbours {
  const search = comparable(query.search);
  const sorted = units.toSorted((a, b) => compare(query.order, a, b));
  const at = sorted.findIndex((each) => each.form.id === form && each.unit === unit);
  const previous = sorted.slice(0, Math.max(at, 0)).findLast((each) => matches(each, query, search));
  const next = sorted.slice(at + 1).find((each) => matches(each, query, search));
  return { ...(previous === undefined ? {} : { previous }), ...(next === undefined ? {} : { next }) };
}

/** The next that waits for a decision, from a return on; after the last one goes on with the first. */
export function nextToDecide(
  units: readonly TrackedUnit[],
  query: UnitQuery,
  form: string,
  unit: string,
): TrackedUnit | undefined {
  const waiting: UnitQuery = { ...query, state: 'submitted' };
  return (
    neighboursOf(units, waiting, form, unit).next ??
    selectUnits(units, waiting).find((each) => each.form.id !== form || each.unit !== unit)
  );
}

/** The list that a return was opened from, with its filter. */
export function listAddress(paths: Pick<Paths, 'round' | 'queue'>, round: string, suffix: string): string {
  const { isQueue } = readUnitQuery(Object.fromEntries(new URLSearchParams(suffix)));
  return (isQueue ? paths.queue(round) : paths.round(round)) + suffix;
}
