/** When a question is asked, as data for the script. */

import type { FieldProps } from './context.ts';

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
