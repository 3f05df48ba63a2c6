/** What another version of the directory (名簿) would change. Pure. */

import { hasWelfareOffice, municipalityKinds } from '../../schemas/directory.ts';
import type { Council, Directory, Municipality } from '../../schemas/directory.ts';

export const changeKinds = ['added', 'removed', 'renamed', 'lead', 'members', 'kind', 'welfareOffice', 'ward'] as const;

export interface DirectoryChange {
  readonly kind: (typeof changeKinds)[number];
  readonly list: 'municipalities' | 'councils';
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

interface Lists<T> {
  readonly before: readonly T[];
  readonly after: readonly T[];
}

function listChanges<T extends { readonly name: string }>(
  list: DirectoryChange['list'],
  { before, after }: Lists<T>,
  idOf: (each: T) => string,
  compare: (a: T, b: T) => Told[],
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
    .map((each): DirectoryChange => ({
      list,
      id: idOf(each),
      name: each.name,
      kind: 'removed',
      before: each.name,
      after: '',
    }));
  return [...gone, ...present];
}

/** Municipalities first, then councils; what goes before what comes. Nothing existed before the first directory. */
export function directoryChanges(before: Directory | undefined, after: Directory): DirectoryChange[] {
  const names = new Map(
    [...(before?.municipalities ?? []), ...after.municipalities].map(({ code, name }) => [code, name]),
  );
  const nameOf = (code: string): string => names.get(code) ?? code;
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
      ],
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
      ],
    ),
  ];
}
