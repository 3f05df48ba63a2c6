/** What is said beside a question: when it is asked, how much it takes, as of when it counts. */

import type { Item, ResolvedCondition } from '../../schemas/form.ts';
import { numberedLabel } from '../../schemas/question.ts';
import type { Round } from '../../schemas/round.ts';
import { printPartialDate } from '../../schemas/values/partial-date.ts';

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

export function limitsText({ kind }: Pick<Item, 'kind'>): string {
  if (kind.nesting === 'fields') return '';
  if (kind.nesting === 'entries') return `${kind.maxEntries}件まで`;
  const { posting, maxEntries, mostChosen } = kind;
  if (mostChosen !== undefined) return `${mostChosen}つまで`;
  if (posting.as === 'sent') return posting.rules;
  if (posting.as === 'words') return `${posting.maxLength}文字以内`;
  return posting.as === 'lines' ? `1件${posting.maxLength}文字以内、${maxEntries}件まで` : '';
}

/** The date that the answer is as of, or the time it is counted over; for what is counted only. */
export function dateText({ definition, kind }: Item, { from, to }: Round['period'], asOf: string): string {
  if (definition.overPeriod === true) return `対象期間：${printPartialDate(from)}〜${printPartialDate(to)}`;
  return kind.figures?.of === 'numbers' ? `${printPartialDate(asOf)}現在` : '';
}
