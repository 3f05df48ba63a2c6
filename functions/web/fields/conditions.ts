/** When a question is asked, in words and as data for the script. */

import type { Item, ResolvedCondition } from '../../../schemas/form.ts';
import { numberedLabel } from '../../../schemas/question.ts';
import type { FieldProps } from './context.ts';

function isSame(a: ResolvedCondition, b: ResolvedCondition): boolean {
  return a.on === b.on && a.values === b.values;
}

/** The conditions that the question around it does not say already. */
function ownConditions({ conditions }: Item, around: Item | undefined): readonly ResolvedCondition[] {
  const conditionsAbove = around?.conditions ?? [];
  return conditions.filter((condition) => !conditionsAbove.some((each) => isSame(each, condition)));
}

/** 「設置状況」が「設置済」の場合. Empty when it is always asked. */
export function conditionText(item: Item, around?: Item): string {
  return ownConditions(item, around)
    .map(({ on: { definition, kind }, values }) => {
      const labels = values.map((value) => `「${kind.options?.[value] ?? value}」`).join('又は');
      return `「${numberedLabel(definition)}」が${labels}の場合`;
    })
    .join('、かつ');
}

interface ConditionAttributes {
  readonly 'data-question': string;
  /** `[["bases.status","established"]]`: names of fields, each with the values one of which it must have. */
  readonly 'data-when'?: string;
  /** Answers on other pages say that it is not asked. */
  readonly 'data-unasked'?: string;
}

export function conditionAttributes({ context, item, path, scope }: FieldProps): ConditionAttributes {
  const here = item.conditions.filter(({ on }) => context.isOnPage(on));
  const names = here.map(({ on, values }) => [[scope, ...on.keys].filter((part) => part !== '').join('.'), ...values]);
  return {
    'data-question': path,
    ...(names.length === 0 ? {} : { 'data-when': JSON.stringify(names) }),
    ...(context.isPossible(item) ? {} : { 'data-unasked': '' }),
  };
}
