/** What another version of the directory (名簿) would change. Pure. */

import type { ClassDefinition, ClassValues } from '../../schemas/directory-classes.ts';
import { hasWelfareOffice, municipalityKinds, namesOfUnits } from '../../schemas/directory.ts';
import type { Council, Directory, Municipality, OtherUnit } from '../../schemas/directory.ts';
import { endedUnits, standingOn, wholeOf } from '../../schemas/directory-on-day.ts';
import { printPartialDate } from '../../schemas/values/partial-date.ts';

export const changeKinds = [
  'added',
  'removed',
  'ended',
  'renamed',
  'lead',
  'members',
  'kind',
  'welfareOffice',
  'ward',
  'shortName',
  'population',
  'classes',
  'validFrom',
  'validTo',
  'successors',
] as const;

export const changedLists = ['municipalities', 'councils', 'units', 'classes'] as const;

export interface DirectoryChange {
  readonly kind: (typeof changeKinds)[number];
  readonly list: (typeof changedLists)[number];
  readonly id: string;
  readonly name: string;
  /** As people read it; empty where there was nothing. */
  readonly before: string;
  readonly after: string;
}

type Told = Omit<DirectoryChange, 'list' | 'id' | 'name'>;

function changed(kind: DirectoryChange['kind'], before: string, after: string): Told[] {
  return before === after ? [] : [{ kind, before, after }];
}

function printOffice(municipality: Municipality): string {
  return hasWelfareOffice(municipality) ? '設置' : '未設置';
}

function printPopulation({ population }: Municipality): string {
  return population === undefined
    ? ''
    : `${population.number.toLocaleString('ja')}人（${printPartialDate(population.on)}）`;
}

interface Described {
  readonly shortName?: string | undefined;
  readonly classes?: ClassValues | undefined;
}

/** By the names that the classes have in either directory. */
function descriptionChanges(labels: ReadonlyMap<string, string>, a: Described, b: Described): Told[] {
  const print = ({ classes = {} }: Described): string =>
    [...labels]
      .flatMap(([id, label]) => (Object.hasOwn(classes, id) ? [`${label}：${classes[id] ?? ''}`] : []))
      .join('、');
  return [...changed('shortName', a.shortName ?? '', b.shortName ?? ''), ...changed('classes', print(a), print(b))];
}

function printClass({ label, values = [] }: ClassDefinition): string {
  return values.length === 0 ? label : `${label}（${values.join('、')}）`;
}

/** The classes themselves: no two have one name. */
function classChanges(before: readonly ClassDefinition[], after: readonly ClassDefinition[]): DirectoryChange[] {
  const lists = {
    before: before.map((each) => ({ ...each, name: each.label })),
    after: after.map((each) => ({ ...each, name: each.label })),
  };
  return listChanges(
    'classes',
    lists,
    ({ id }) => id,
    (a, b) => [
      ...changed('renamed', a.name, b.name),
      ...(a.name === b.name ? changed('classes', printClass(a), printClass(b)) : []),
    ],
    () => undefined,
  );
}

interface Dated {
  readonly validFrom?: string | undefined;
  readonly validTo?: string | undefined;
  readonly successors?: readonly string[] | undefined;
}

function datesChanged(a: Dated, b: Dated, nameOf: (code: string) => string): Told[] {
  const day = (text: string | undefined): string => (text === undefined ? '' : printPartialDate(text));
  const after = ({ successors = [] }: Dated): string => successors.map(nameOf).join('、');
  return [
    ...changed('validFrom', day(a.validFrom), day(b.validFrom)),
    ...changed('validTo', day(a.validTo), day(b.validTo)),
    ...changed('successors', after(a), after(b)),
  ];
}

interface Lists<T> {
  readonly before: readonly T[];
  readonly after: readonly T[];
}

function listChanges<T extends { readonly name: string }>(
  list: DirectoryChange['list'],
  { before, after }: Lists<T>,
  idOf: (each: T) => string,
  compare: (a: T, b: T) => Told[],
  endOf: (id: string) => string | undefined,
): DirectoryChange[] {
  const old = new Map(before.map((each) => [idOf(each), each]));
  const kept = new Set(after.map(idOf));
  const present = after.flatMap((each): DirectoryChange[] => {
    const was = old.get(idOf(each));
    const place = { list, id: idOf(each), name: each.name };
    if (was === undefined) return [{ ...place, kind: 'added', before: '', after: each.name }];
    return compare(was, each).map((told) => ({ ...place, ...told }));
  });
  const gone = before
    .filter((each) => !kept.has(idOf(each)))
    .map((each): DirectoryChange => {
      const id = idOf(each);
      const end = endOf(id);
      const place = { list, id, name: each.name, before: each.name };
      return end === undefined ? { ...place, kind: 'removed', after: '' } : { ...place, kind: 'ended', after: end };
    });
  return [...gone, ...present];
}

/** Municipalities first, then councils, then classes; what goes before what comes. Nothing existed before the first directory. */
export function directoryChanges(before: Directory | undefined, after: Directory): DirectoryChange[] {
  const wholes = [...(before === undefined ? [] : [wholeOf(before)]), wholeOf(after)];
  const names = new Map(wholes.flatMap((each) => [...namesOfUnits(each)]));
  const ended = endedUnits(after);
  const endOf = (id: string): string | undefined => {
    const unit = ended.get(id);
    if (unit === undefined) return undefined;
    const next = unit.successors.length === 0 ? '' : `（→ ${unit.successors.map(nameOf).join('、')}）`;
    return `${printPartialDate(unit.validTo)}まで${next}`;
  };
  const labels = new Map([...(before?.classes ?? []), ...(after.classes ?? [])].map(({ id, label }) => [id, label]));
  const nameOf = (code: string): string => names.get(code) ?? code;
  const kinds = new Map([...(before?.kinds ?? []), ...(after.kinds ?? [])].map(({ id, label }) => [id, label]));
  const kindOf = ({ kind }: OtherUnit): string => kinds.get(kind) ?? kind;
  const answering = ({ answersItself, municipality = '' }: OtherUnit): string =>
    answersItself === true ? '自ら回答' : nameOf(municipality);
  const namesOf = (codes: readonly string[]): string => codes.toSorted().map(nameOf).join('、');
  return [
    ...listChanges(
      'municipalities',
      { before: before?.municipalities ?? [], after: after.municipalities },
      ({ code }) => code,
      (a, b) => [
        ...changed('renamed', a.name, b.name),
        ...changed('kind', municipalityKinds[a.kind], municipalityKinds[b.kind]),
        ...changed('welfareOffice', printOffice(a), printOffice(b)),
        ...changed('population', printPopulation(a), printPopulation(b)),
        ...descriptionChanges(labels, a, b),
        ...datesChanged(a, b, nameOf),
      ],
      endOf,
    ),
    ...listChanges<Council>(
      'councils',
      { before: before?.councils ?? [], after: after.councils },
      ({ id }) => id,
      (a, b) => [
        ...changed('renamed', a.name, b.name),
        ...changed('lead', nameOf(a.lead), nameOf(b.lead)),
        ...changed('members', namesOf(a.members), namesOf(b.members)),
        ...changed('ward', a.ward ?? '', b.ward ?? ''),
        ...descriptionChanges(labels, a, b),
        ...datesChanged(a, b, nameOf),
      ],
      endOf,
    ),
    ...listChanges<OtherUnit>(
      'units',
      { before: before?.units ?? [], after: after.units ?? [] },
      ({ code }) => code,
      (a, b) => [
        ...changed('renamed', a.name, b.name),
        ...changed('kind', kindOf(a), kindOf(b)),
        ...changed('lead', answering(a), answering(b)),
        ...changed('members', nameOf(a.municipality ?? ''), nameOf(b.municipality ?? '')),
        ...descriptionChanges(labels, a, b),
        ...datesChanged(a, b, nameOf),
      ],
      endOf,
    ),
    ...classChanges(before?.classes ?? [], after.classes ?? []),
  ];
}

/** On a day, and, of units that stand on it neither before nor after, what else changes. */
export function directoryChangesOn(day: string, before: Directory, after: Directory): DirectoryChange[] {
  const standing = directoryChanges(standingOn(before, day), standingOn(after, day));
  const told = new Set(standing.map(({ list, id }) => `${list} ${id}`));
  return [...standing, ...directoryChanges(before, after).filter(({ list, id }) => !told.has(`${list} ${id}`))];
}

const descriptive: ReadonlySet<DirectoryChange['kind']> = new Set([
  'renamed',
  'ward',
  'shortName',
  'population',
  'classes',
]);

/** The units of which more is changed than how they are described: who is asked, who answers, who is a member. */
export function unitsAffected(changes: readonly DirectoryChange[]): ReadonlySet<string> {
  return new Set(changes.flatMap(({ kind, list, id }) => (descriptive.has(kind) || list === 'classes' ? [] : [id])));
}
