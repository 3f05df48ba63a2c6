/** What can be a side of a cross table: a question, a number in bands, or a class of the directory. */

import type { Directory } from '../../../schemas/directory.ts';
import { classesOf, unclassified } from '../../../schemas/unit-classes.ts';
import type { UnitClass } from '../../../schemas/unit-classes.ts';
import type { Axis, Chosen } from './cross-table.ts';
import { missingWords } from './unit-values.ts';
import { inBands } from './variables.ts';
import type { OneReturn, Options, Variable } from './variables.ts';

/** @typeParam T what is counted */
export interface Side<T> extends Axis {
  /** Whether what is counted may have several of its options. */
  readonly several: boolean;
  readonly chosen: (of: T) => Chosen;
}

export function optionsSide<T>(variable: Options<T>): Side<T> {
  return {
    ...variable,
    chosen: (of) => variable.chosen(of) ?? (variable.isAsked(of) ? undefined : 'notAsked'),
    unansweredLabel: missingWords.unanswered,
  };
}

export function questionSide(variable: Variable): Side<OneReturn> {
  return optionsSide(variable.of === 'options' ? variable : inBands(variable));
}

interface OfUnit {
  readonly unit: Parameters<UnitClass['valueOf']>[0];
}

/** By each class of the directory. Units without a value of it are a group like the others, where there are any. */
export function classSides(directory: Directory): (Side<OfUnit> & Pick<UnitClass, 'id'>)[] {
  return classesOf(directory).map(({ id, label, values, valueOf }) => ({
    id,
    label,
    options: [...values, unclassified].map((value) => ({ key: value, label: value })),
    shownIfAny: new Set([unclassified]),
    several: false,
    noneLabel: '',
    unansweredLabel: '',
    chosen: ({ unit }) => [valueOf(unit) ?? unclassified],
  }));
}
