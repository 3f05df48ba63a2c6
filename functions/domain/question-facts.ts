/** What is said beside a question: when it is asked, how much it takes, as of when it counts. */

import type { Item, ResolvedCondition, ResolvedConditions } from '../../schemas/form.ts';
import { numberedLabel } from '../../schemas/kinds/question.ts';
import type { Round } from '../../schemas/round.ts';
import { printPartialDate } from '../../schemas/values/partial-date.ts';
import { conditionWords } from './condition-words.ts';

function isSame(a: ResolvedCondition, b: ResolvedCondition): boolean {
  return a.on === b.on && a.values === b.values;
}

/** The conditions that the question around it does not say already. */
function ownConditions({ conditions, expressions }: Item, around: Item | undefined): ResolvedConditions {
  const above = around?.conditions ?? [];
  return {
    conditions: conditions.filter((condition) => !above.some((each) => isSame(each, condition))),
    expressions: expressions.filter((expression) => around?.expressions.includes(expression) !== true),
  };
}

/** 「設置状況」が「設置済」の場合. Empty when it is always asked. */
export function conditionText(item: Item, around?: Item): string {
  const { conditions, expressions } = ownConditions(item, around);
  return [
    ...conditions.map(({ on: { definition, kind }, values }) => {
      const labels = values.map((value) => `「${kind.options?.[value] ?? value}」`).join('又は');
      return `「${numberedLabel(definition)}」が${labels}の場合`;
    }),
    ...expressions.map((expression) => conditionWords(expression)),
  ].join('、かつ');
}

export function limitsText({ kind }: Pick<Item, 'kind'>): string {
  if (kind.nesting === 'fields') return '';
  if (kind.nesting === 'entries') return `${kind.maxEntries}件まで`;
  const { posting, maxEntries, mostChosen, limits } = kind;
  if (limits !== undefined) return limits;
  if (mostChosen !== undefined) return `${mostChosen}つまで`;
  if (posting.as === 'sent') return posting.rules;
  if (posting.as === 'words') return `${posting.maxLength}文字以内`;
  return posting.as === 'lines' ? `1件${posting.maxLength}文字以内、${maxEntries}件まで` : '';
}

const saidPeriods = new WeakMap<Round['period'], string>();

/** Said beside every question that counts over the round's time: worked out once. */
function periodText(period: Round['period']): string {
  const said = saidPeriods.get(period) ?? `対象期間：${printPartialDate(period.from)}〜${printPartialDate(period.to)}`;
  saidPeriods.set(period, said);
  return said;
}

/** The date that the answer is as of, or the time it is counted over; for what is counted only. */
export function dateText({ definition, kind, formula }: Item, period: Round['period'], asOf: string): string {
  if (definition.overPeriod === true) return periodText(period);
  return kind.figures?.of === 'numbers' && formula === undefined ? `${printPartialDate(asOf)}現在` : '';
}
