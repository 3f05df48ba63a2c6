/** The fields of what the directory says of a unit beside who it is: 略称, 人口 and its value of each class. */

import type { ClassDefinition } from '../../../schemas/directory-classes.ts';
import type { Edited, EditFields } from '../../domain/directory-edits.ts';
import { classField, isClassField } from '../../domain/directory-description.ts';

export interface DirectoryField {
  readonly name: keyof EditFields;
  readonly label: string;
  readonly hint?: string;
  readonly class?: string;
  readonly options?: readonly (readonly [string, string])[];
}

const shortName: DirectoryField = {
  name: 'shortName',
  label: '略称',
  hint: '表で名称の代わりに使う短い名称です。空欄でも構いません。',
  class: 'input--date',
};

const population: readonly DirectoryField[] = [
  { name: 'population', label: '人口', hint: '例：604,715', class: 'input--short' },
  { name: 'populationOn', label: '人口の基準日', hint: '例：令和6年10月1日', class: 'input--date' },
];

export const usualDescription: readonly DirectoryField[] = [shortName, ...population];

function ofClass(definition: ClassDefinition): DirectoryField {
  const { label, values } = definition;
  const field = { name: classField(definition), label };
  if (values === undefined) return { ...field, hint: '空欄でも構いません。', class: 'input--date' };
  return { ...field, options: [['', '（分類なし）'], ...values.map((value) => [value, value] as const)] };
}

export function descriptionFieldsOf(list: Edited['list'], classes: readonly ClassDefinition[]): DirectoryField[] {
  return [shortName, ...(list === 'municipality' ? population : []), ...classes.map(ofClass)];
}

/** Of a councils's form: what is not said of it follows from its municipalities. */
export const followsMembers = '協議会で空欄とした分類は、構成市町村が全て同じ値のとき、その値として集計します。';

/** The class fields of a form that was posted, for the classes of the directory that it showed. */
export function postedClassFields(
  classes: readonly ClassDefinition[] | undefined,
  text: (name: string) => string,
): Record<`class.${string}`, string> {
  return Object.fromEntries((classes ?? []).map((each) => [classField(each), text(classField(each))]));
}

export function isKnownField(name: string, keys: ReadonlySet<string>): boolean {
  return keys.has(name) || isClassField(name);
}
