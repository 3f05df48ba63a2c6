/**
 * Checks that kinds of questions have by themselves. What a form checks is in the language of rules (`form-rule.ts`);
 * `functions/domain/edit-checks.ts` runs both.
 */

/**
 * - `refuse`: the return cannot be submitted.
 * - `askReason`: it can, once a reason (理由) is given.
 * - `note`: shown, never asked.
 */
export type Severity = 'refuse' | 'askReason' | 'note';

export interface EditCheck {
  /** Unique among the checks of its question; the last part of the key in `reasons`. */
  readonly name: string;
  readonly severity: Severity;
  readonly message: string;
  /** Where the check strikes, as paths relative to the question (list entries by id); `[]` when it does not. */
  find(answer: unknown): readonly string[];
}

/** The check that asks why a required question is left blank, and what is usual to answer. */
export const blankCheck = 'blank';
export const blankReasons = ['把握していないため', '集計していないため'] as const;

/** The question that a reason under this key is about, where it is one for leaving it blank. */
export function blankPath(key: string): string | undefined {
  const ending = `.${blankCheck}`;
  return key.endsWith(ending) ? key.slice(0, -ending.length) : undefined;
}
