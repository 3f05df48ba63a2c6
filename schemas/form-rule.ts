/** Edit checks in the language of rules, as forms hold them; `functions/domain/rule-findings.ts` runs them. */

import { blankCheck } from './kinds/edit-check.ts';
import type { Severity } from './kinds/edit-check.ts';

export interface FormRule {
  /** Unique among the rules of its question, or of the whole return; the last part of the key in `reasons`. */
  readonly name: string;
  /** The id of the question it stands at, for each entry of the lists around; absent for the whole return. */
  readonly at?: string | undefined;
  readonly severity: Severity;
  readonly if: string;
  readonly message: string;
  readonly readyMade: readonly string[];
}

/** Under these names a question itself asks for a reason. */
export const reservedRules: ReadonlySet<string> = new Set([blankCheck, 'limits']);

interface WrittenRule extends Omit<FormRule, 'severity' | 'readyMade'> {
  readonly readyMade?: readonly string[];
}

function rule(severity: Severity) {
  return ({ readyMade = [], ...written }: WrittenRule): FormRule => ({ ...written, severity, readyMade });
}

/** A contradiction: the return cannot be submitted. */
export const refuse = rule('refuse');
/** Unlikely, but possible: the officer gives a reason. */
export const askReason = rule('askReason');
/** Worth a look: shown beside the answers. */
export const note = rule('note');
