/** Runs the edit checks of a form over a return: those of its questions, and its rules. */

import type { Answers, Json, JsonObject } from '../../schemas/values/json.ts';
import { isObject } from '../../schemas/values/json.ts';
import type { EditCheck, Severity } from '../../schemas/kinds/edit-check.ts';
import type { Form, Item } from '../../schemas/form.ts';
import type { Round } from '../../schemas/round.ts';
import type { RuleContext } from '../../schemas/rules/run.ts';
import { pathOf } from './question-path.ts';
import { referenceChecks } from './references.ts';
import { ruleFindings } from './rule-findings.ts';
import type { Position } from './question-path.ts';

export interface Finding {
  /** Where, by entry ids; empty for the whole return. */
  readonly path: string;
  /** The key in `reasons`, and the name of the finding everywhere else. */
  readonly key: string;
  readonly severity: Severity;
  readonly name: string;
  readonly message: string;
  readonly readyMade: readonly string[];
}

export interface CheckedReturn {
  readonly unit: string;
  readonly round: Round;
  readonly previous?: Answers | undefined;
  /** The kind of the municipality, where it is one, and the municipalities behind the unit. */
  readonly place?: Pick<RuleContext['unit'], 'kind' | 'members'> | undefined;
  /** Told the name of a rule that took too many steps, and was silent; or the question whose condition did, and was not met. */
  readonly exceeded?: ((rule: string) => void) | undefined;
}

/** What a question checks by itself: numbers their limits, lists what their entries refer to. */
function checksOf(item: Item): readonly EditCheck[] {
  return item.kind.nesting === 'entries' ? referenceChecks(item) : (item.kind.checks ?? []);
}

const checkedBelow = new WeakMap<Item, boolean>();

/** Whether there is any check in a question or below it; worked out once per form. */
function isChecked(item: Item): boolean {
  const known = checkedBelow.get(item);
  if (known !== undefined) return known;
  const checked = checksOf(item).length > 0 || item.children.some(isChecked);
  checkedBelow.set(item, checked);
  return checked;
}

function finding(path: string, check: Omit<EditCheck, 'find'>, readyMade: readonly string[]): Finding {
  const { name, severity, message } = check;
  return { path, key: `${path === '' ? 'return' : path}.${name}`, severity, name, message, readyMade };
}

function visitFields(items: readonly Item[], value: JsonObject, around: Position | undefined): Finding[] {
  return items.flatMap((item) => {
    const answer = value[item.key];
    return answer !== undefined && isChecked(item) ? visit(item, answer, { around, key: item.key }) : [];
  });
}

function visit(item: Item, answer: Json, place: Position): Finding[] {
  const own = checksOf(item).flatMap((check) =>
    check.find(answer).map((relative) => {
      const path = [pathOf(place), relative].filter((part) => part !== '').join('.');
      return finding(path, check, []);
    }),
  );
  if (item.kind.nesting === 'fields' && isObject(answer)) return [...own, ...visitFields(item.children, answer, place)];
  if (item.kind.nesting !== 'entries' || !Array.isArray(answer)) return own;
  const inside = answer.flatMap((entry, index) =>
    isObject(entry) ? visitFields(item.children, entry, { around: place, entries: answer, index }) : [],
  );
  return [...own, ...inside];
}

type Checked = Pick<Form, 'sections' | 'rules'>;

/** What rules and formulas know of the unit and the round. */
export function ruleContext({ unit, round, place }: CheckedReturn): Required<RuleContext> {
  return { unit: { code: unit, kind: null, members: [unit], ...place }, round };
}

function foundByRules(form: Checked, answers: Answers, about: CheckedReturn): Finding[] {
  const struck = ruleFindings(form, answers, about.previous, ruleContext(about), about.exceeded);
  return struck.map(({ rule, path }) => finding(path, rule, rule.readyMade));
}

/** What questions check by themselves, in the order of the form, then what rules find, in theirs. */
export function editChecks(form: Checked, answers: Answers, about: CheckedReturn): Finding[] {
  return [...visitFields(form.sections, answers, undefined), ...foundByRules(form, answers, about)];
}
