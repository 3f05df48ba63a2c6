/**
 * Edit checks: rules over answers that are well formed each by itself. A check belongs to the smallest section, list or
 * entry that it reads; `functions/domain/edit-checks.ts` runs them.
 */

import type { Severity } from './form-rule.ts';
import type { Round } from './round.ts';

export interface CheckContext<A> {
  readonly unit: string;
  readonly round: Round;
  /** The same section, list or entry in the last accepted return of an earlier round; absent when there is none. */
  readonly previous?: A | undefined;
}

export interface EditCheck<A> {
  /** Unique among the checks of its section, list or entry; the last part of the key in `reasons`. */
  readonly name: string;
  readonly severity: Severity;
  readonly message: string;
  readonly readyMade: readonly string[];
  /**
   * Where the check strikes, as paths relative to what it reads (list entries by id); `[]` when it does not.
   * Answers may be missing: a check judges only what is there.
   */
  find(answers: A, context: CheckContext<A>): readonly string[];
}

interface CheckText {
  readonly message: string;
  readonly readyMade?: readonly string[];
}

type Find<A> = EditCheck<A>['find'];

function check(severity: Severity) {
  return <A>(name: string, { message, readyMade = [] }: CheckText, find: Find<A>): EditCheck<A> => ({
    name,
    severity,
    message,
    readyMade,
    find,
  });
}

/** A contradiction: the return cannot be submitted. */
export const refuse = check('refuse');
/** Unlikely, but possible: the officer gives a reason. */
export const askReason = check('askReason');
/** Worth a look: shown beside the answers. */
export const note = check('note');

/** The check that asks why a required question is left blank, and what is usual to answer. */
export const blankCheck = 'blank';
export const blankReasons = ['把握していないため', '集計していないため'] as const;

/** The question that a reason under this key is about, where it is one for leaving it blank. */
export function blankPath(key: string): string | undefined {
  const ending = `.${blankCheck}`;
  return key.endsWith(ending) ? key.slice(0, -ending.length) : undefined;
}

/** `[path]` when the check strikes, `[]` otherwise. */
export function strike(path: string, strikes: boolean): readonly string[] {
  return strikes ? [path] : [];
}
