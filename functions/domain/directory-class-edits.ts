/** Which classes (分類) and which kinds of units (種類) a directory has, put in, renamed and taken out by a form. Pure. */

import type { ClassDefinition, ClassValues } from '../../schemas/directory-classes.ts';
import { directory as directorySchema } from '../../schemas/directory.ts';
import type { Directory } from '../../schemas/directory.ts';
import type { FieldError } from '../../schemas/problem.ts';
import type { EditedDirectory } from './directory-edits.ts';

/** An id that none of them has: `class1`, `class2` … */
export function freeId(stem: 'class' | 'kind', others: readonly Pick<ClassDefinition, 'id'>[]): string {
  const taken = new Set(others.map(({ id }) => id));
  let number = 1;
  while (taken.has(`${stem}${number}`)) number += 1;
  return `${stem}${number}`;
}

/** As a form has a class or a kind: an empty label takes it out. */
export interface TypedClass {
  /** Which row of the form it is, where that is not its place. */
  readonly row?: number;
  /** Empty of a new one. */
  readonly id: string;
  readonly label: string;
  /** Of a class, one a line; empty for whatever units have. */
  readonly values: string;
}

/** The field of a class or kind of a form, by its place. */
export function typedClassField(index: number, member: keyof TypedClass): string {
  return `classes.${index}.${member}`;
}

/** New ones get an id that none has in any version; a second press of the button finds the one that the first has made. */
export function identified(
  stem: 'class' | 'kind',
  typed: readonly TypedClass[],
  versions: readonly (readonly TypedClass[])[],
): TypedClass[] {
  const standing = versions.flat();
  const taken: Pick<TypedClass, 'id'>[] = [...standing, ...typed];
  return typed.map((each) => {
    if (each.id !== '' || each.label === '') return each;
    const known = standing.find(({ id, label }) => label === each.label && !typed.some((other) => other.id === id));
    const named = { ...each, id: known?.id ?? freeId(stem, taken) };
    taken.push(named);
    return named;
  });
}

/** What one version has, with what was changed of what was shown. */
export function mergedClasses(
  own: readonly TypedClass[],
  shown: readonly TypedClass[],
  typed: readonly TypedClass[],
): TypedClass[] {
  const rows = typed.map((each, row) => ({ ...each, row, was: shown.find(({ id }) => id === each.id) }));
  const changed = own.map((each): TypedClass => {
    const found = rows.find(({ id }) => id === each.id);
    if (found === undefined) return each;
    const { row, was, label, values } = found;
    return {
      id: each.id,
      row,
      label: label === was?.label ? each.label : label,
      values: values === was?.values ? each.values : values,
    };
  });
  const others = rows.filter(
    ({ id, label, values, was }) =>
      !own.some((each) => each.id === id) && (label !== was?.label || values !== was.values),
  );
  return [...changed, ...others.map(({ was: _was, ...each }) => each)];
}

function definitionsOf(
  stem: 'class' | 'kind',
  typed: readonly TypedClass[],
): { readonly at: number; readonly definition: ClassDefinition }[] {
  const made: { at: number; definition: ClassDefinition }[] = [];
  typed.forEach(({ id, label, values, row }, index) => {
    if (label === '') return;
    const at = row ?? index;
    const lines = values
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
    const taken = [...typed, ...made.map(({ definition }) => definition)];
    made.push({
      at,
      definition: { id: id === '' ? freeId(stem, taken) : id, label, ...(lines.length === 0 ? {} : { values: lines }) },
    });
  });
  return made;
}

function keeping<T extends { readonly classes?: ClassValues | undefined }>(units: readonly T[], ids: Set<string>): T[] {
  return units.map((unit) => {
    const { classes, ...rest } = unit;
    const kept = Object.entries(classes ?? {}).filter(([id]) => ids.has(id));
    return kept.length === Object.keys(classes ?? {}).length
      ? unit
      : { ...unit, ...rest, classes: kept.length === 0 ? undefined : Object.fromEntries(kept) };
  });
}

/** The directory with these classes; units lose their values of those that are taken out. */
export function withClasses(directory: Directory, typed: readonly TypedClass[]): EditedDirectory {
  const made = definitionsOf('class', typed);
  const ids = new Set(made.map(({ definition }) => definition.id));
  const { classes: _before, ...rest } = directory;
  const parsed = directorySchema.safeParse({
    ...rest,
    municipalities: keeping(directory.municipalities, ids),
    councils: keeping(directory.councils, ids),
    ...(directory.units === undefined ? {} : { units: keeping(directory.units, ids) }),
    ...(made.length === 0 ? {} : { classes: made.map(({ definition }) => definition) }),
  });
  if (parsed.success) return { ok: true, directory: parsed.data };
  const fieldOf = ([list, index, member, id]: readonly PropertyKey[]): string => {
    const ofClass = list === 'classes' && typeof index === 'number' ? made[index] : undefined;
    const ofUnit = member === 'classes' ? made.find(({ definition }) => definition.id === id) : undefined;
    if (ofUnit !== undefined) return typedClassField(ofUnit.at, 'values');
    return typedClassField(ofClass?.at ?? 0, member === 'values' ? 'values' : 'label');
  };
  const errors = parsed.error.issues.map(({ path, code, message }): FieldError => ({
    path: fieldOf(path),
    code,
    message,
  }));
  // A value that is taken out may be that of many units: each field says its first.
  return { ok: false, errors: errors.filter(({ path }, at) => errors.findIndex((each) => each.path === path) === at) };
}

/** The directory with these kinds of units; one that units are of is not taken out. */
export function withKinds(directory: Directory, typed: readonly TypedClass[]): EditedDirectory {
  const made = definitionsOf('kind', typed);
  const ids = new Set(made.map(({ definition }) => definition.id));
  const used = typed.flatMap(({ id, row }, index): FieldError[] => {
    const at = row ?? index;
    const count = ids.has(id) ? 0 : (directory.units ?? []).filter(({ kind }) => kind === id).length;
    const message = `この種類の回答単位が${count}件あるため、削除できません。先に回答単位を削除してください。`;
    return count === 0 ? [] : [{ path: typedClassField(at, 'label'), code: 'kind-in-use', message }];
  });
  if (used.length > 0) return { ok: false, errors: used };
  const { kinds: _before, ...rest } = directory;
  const kinds = made.map(({ definition: { id, label } }) => ({ id, label }));
  const parsed = directorySchema.safeParse({ ...rest, ...(kinds.length === 0 ? {} : { kinds }) });
  if (parsed.success) return { ok: true, directory: parsed.data };
  const errors = parsed.error.issues.map(({ path: [list, index], code, message }): FieldError => {
    const at = list === 'kinds' && typeof index === 'number' ? made[index]?.at : undefined;
    return { path: typedClassField(at ?? 0, 'label'), code, message };
  });
  return { ok: false, errors };
}
