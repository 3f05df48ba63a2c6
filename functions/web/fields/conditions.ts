/** When a question is asked, as data for the script. */

import type { FieldProps } from './context.ts';

interface ConditionAttributes {
  readonly 'data-question': string;
  /** `[["bases.status","established"]]`: names of fields, each with the values one of which it must have. */
  readonly 'data-when'?: string;
  /** A list of `PageRule`, all of which must hold. */
  readonly 'data-rules'?: string;
  /** Answers on other pages say that it is not asked. */
  readonly 'data-unasked'?: string;
}

export function conditionAttributes({ context, item, path, scope }: FieldProps): ConditionAttributes {
  const here = item.conditions.filter(({ on }) => context.isOnPage(on));
  const names = here.map(({ on, values }) => [[scope, ...on.keys].filter((part) => part !== '').join('.'), ...values]);
  const rules = item.expressions.map((expression) => context.pageRule(expression, scope));
  const followed = rules.filter((rule) => typeof rule !== 'boolean');
  return {
    'data-question': path,
    ...(names.length === 0 ? {} : { 'data-when': JSON.stringify(names) }),
    ...(followed.length === 0 ? {} : { 'data-rules': JSON.stringify(followed) }),
    ...(context.isPossible(item) && !rules.includes(false) ? {} : { 'data-unasked': '' }),
  };
}
