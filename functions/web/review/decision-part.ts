/** The questions of a decision that one page can ask reasons for: nearly always all of them. Pure. */

import { fitting } from '../shared/parts.ts';
import type { QuestionReason } from './decision-form.ts';

export interface NumberedReason extends QuestionReason {
  /** Among all questions of the decision, from 0. */
  readonly index: number;
}

export interface DecisionPart {
  readonly shown: readonly NumberedReason[];
  /** Where the part before begins; none for the first. */
  readonly previous: number | undefined;
  /** Where the part after begins; none for the last. */
  readonly next: number | undefined;
}

/** @param from the first question wanted */
export function decisionPart(
  questions: readonly QuestionReason[],
  from: number,
  weigh: (question: NumberedReason) => number,
  mostBytes: number,
): DecisionPart {
  const numbered = questions.map((each, index): NumberedReason => ({ ...each, index }));
  const first = Math.min(Math.max(from, 0), Math.max(questions.length - 1, 0));
  const { shown, more } = fitting(numbered.slice(first), weigh, mostBytes);
  const before = fitting(numbered.slice(0, first).toReversed(), weigh, mostBytes);
  return {
    shown,
    previous: first === 0 ? undefined : first - before.shown.length,
    next: more === 0 ? undefined : first + shown.length,
  };
}
