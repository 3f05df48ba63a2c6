/** What the directory says of a unit beside who it is (略称, 人口, 分類), as fields of a form. Pure. */

import { population } from '../../schemas/directory-classes.ts';
import type { ClassDefinition, ClassValues, Population } from '../../schemas/directory-classes.ts';
import type { FieldError } from '../../schemas/problem.ts';
import { readCount } from '../../schemas/values/count.ts';
import { printPartialDate, readPartialDate } from '../../schemas/values/partial-date.ts';

export const descriptionKeys = ['shortName', 'population', 'populationOn'] as const;

/** The field of a unit's value of one class. */
type ClassField = `class.${string}`;

export function classField({ id }: Pick<ClassDefinition, 'id'>): ClassField {
  return `class.${id}`;
}

export function isClassField(name: string): name is ClassField {
  return name.startsWith('class.');
}

export type DescriptionFields = Readonly<Record<(typeof descriptionKeys)[number], string>> & {
  readonly [field: ClassField]: string | undefined;
};

export interface Description {
  readonly shortName?: string | undefined;
  readonly population?: Population | undefined;
  readonly classes?: ClassValues | undefined;
}

/** @param classes those that the directory has */
export function descriptionFields(
  classes: readonly ClassDefinition[] | undefined,
  { shortName = '', population, classes: values = {} }: Description = {},
): DescriptionFields {
  return {
    shortName,
    population: population === undefined ? '' : String(population.number),
    populationOn: population === undefined ? '' : printPartialDate(population.on),
    ...Object.fromEntries(classes?.map((each) => [classField(each), values[each.id] ?? '']) ?? []),
  };
}

type Read<T> = { readonly value: T | undefined } | { readonly error: FieldError };

/** Both of them or neither. */
export function readPopulation(number: string, on: string): Read<Population> {
  if (number === '' && on === '') return { value: undefined };
  const count = readCount(number, { unit: '人' });
  if (!count.ok || count.value === null)
    return { error: { path: 'population', code: 'not-a-number', message: '「人口」は数字で入力してください。' } };
  const day = readPartialDate(on);
  const read = population.safeParse({ number: count.value, on: day.ok ? day.value : '' });
  if (read.success) return { value: read.data };
  const isNumber = read.error.issues.some(({ path }) => path[0] === 'number');
  return isNumber
    ? { error: { path: 'population', code: 'too-large', message: '「人口」は8桁までです。' } }
    : {
        error: { path: 'populationOn', code: 'not-a-day', message: '「人口の基準日」は年月日で入力してください。' },
      };
}

/** Values of classes that the directory does not have are left out. */
export function readDescription(
  classes: readonly ClassDefinition[] | undefined,
  fields: DescriptionFields,
): { readonly description: Description; readonly errors: readonly FieldError[] } {
  const { shortName } = fields;
  const read = readPopulation(fields.population, fields.populationOn);
  const values = (classes ?? []).flatMap((each) => {
    const value = fields[classField(each)] ?? '';
    return value === '' ? [] : [[each.id, value] as const];
  });
  return {
    description: {
      ...(shortName === '' ? {} : { shortName }),
      ...(values.length === 0 ? {} : { classes: Object.fromEntries(values) }),
      ...('value' in read && read.value !== undefined ? { population: read.value } : {}),
    },
    errors: 'error' in read ? [read.error] : [],
  };
}
