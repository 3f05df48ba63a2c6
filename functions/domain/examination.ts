/** The examination of a return before it may be submitted: content, completeness and edit checks in one list. */

import { contentIssues } from '../../schemas/compile.ts';
import { blankCheck, blankReasons } from '../../schemas/kinds/edit-check.ts';
import type { Form } from '../../schemas/form.ts';
import type { FieldError } from '../../schemas/problem.ts';
import type { Answers } from '../../schemas/values/json.ts';
import type { Reasons, SentBack, Version } from '../../schemas/return.ts';
import { isBlank } from '../../schemas/values/text.ts';
import { askedAnswers, exceededIn } from './asked.ts';
import { completeness } from './completeness.ts';
import { withComputed } from './computed.ts';
import { editChecks, ruleContext } from './edit-checks.ts';
import type { CheckedReturn, Finding } from './edit-checks.ts';
import { fieldErrors } from './field-errors.ts';
import { keptOfLastTime } from './previous-scopes.ts';
import { replyKey, sentBackPaths } from './send-back-replies.ts';

export interface Examined extends CheckedReturn {
  /** The version that is examined again: what was asked is what its own last answers say. */
  readonly of?: Pick<Version, 'previous'> | undefined;
  readonly municipalities: Pick<ReadonlySet<string>, 'has'>;
  /** Why it was sent back, if it was. */
  readonly sentBack?: SentBack | undefined;
}

export interface Examination {
  /** With what is computed, as they are sealed. */
  readonly answers: Answers;
  /** What conditions and computed values read of the last answers, which is kept with them. */
  readonly previous?: Answers | undefined;
  /** What keeps the return from being submitted: errors, contradictions and questions for reasons not yet answered. */
  readonly errors: readonly FieldError[];
  /** The reasons that were asked and given, and replies to why it was sent back; others are not part of the version. */
  readonly reasons: Reasons;
  readonly asked: readonly Finding[];
  readonly notes: readonly Finding[];
}

function isGiven(reason: string | undefined): reason is string {
  return reason !== undefined && !isBlank(reason);
}

/** A required question may be left blank with a reason where it says so. */
function blankFinding({ path, message, check }: FieldError): Finding[] {
  if (check === undefined) return [];
  return [{ path, key: check, severity: 'askReason', name: blankCheck, message, readyMade: blankReasons }];
}

export function examine(form: Form, answers: Answers, reasons: Reasons, about: Examined): Examination {
  const last = about.of === undefined ? about.previous : about.of.previous;
  const known = form.knowing({ ...ruleContext(about), previous: last });
  const wrong = fieldErrors(form, answers, contentIssues(form, answers));
  const missing = completeness(known.sections, answers, about.municipalities);
  // Rules read what is computed as any other number.
  const whole = withComputed(known, answers);
  const checked = askedAnswers(known.sections, whole);
  const findings = editChecks(known, checked, about);
  for (const at of new Set([answers, whole, checked].flatMap(exceededIn))) about.exceeded?.(at);
  const asked = [...missing.flatMap(blankFinding), ...findings.filter(({ severity }) => severity === 'askReason')];
  const wanted = [...asked.map(({ key }) => key), ...sentBackPaths(about.sentBack).map(replyKey)];
  const given = wanted.flatMap((key): [string, string][] => {
    const reason = Object.hasOwn(reasons, key) ? reasons[key] : undefined;
    return isGiven(reason) ? [[key, reason]] : [];
  });
  const answered = new Set(given.map(([key]) => key));
  const contradictions = findings.flatMap((finding): FieldError[] => {
    const { path, key, name, message, severity } = finding;
    if (severity === 'refuse') return [{ path, code: name, message }];
    if (severity === 'askReason' && !answered.has(key)) return [{ path, code: 'reason-required', message, check: key }];
    return [];
  });
  return {
    answers: whole,
    ...keptOfLastTime(form, last),
    errors: [
      ...wrong,
      ...missing.filter(({ check }) => check === undefined || !answered.has(check)),
      ...contradictions,
    ],
    reasons: Object.fromEntries(given),
    asked,
    notes: findings.filter(({ severity }) => severity === 'note'),
  };
}
