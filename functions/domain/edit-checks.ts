/** Runs the edit checks of a form over a return: each where it belongs, with what the last return said there. */

import { isObject } from '../../schemas/json.ts';
import type { JsonObject } from '../../schemas/json.ts';
import type { EditCheck } from '../../schemas/edit-check.ts';
import type { Form, Item } from '../../schemas/form.ts';
import type { Answers, Json } from '../../schemas/return.ts';
import type { Round } from '../../schemas/round.ts';
import type { RuleContext } from '../../schemas/rules/run.ts';
import { entryNames, namedEntries } from './answers.ts';
import { pathOf } from './question-path.ts';
import { referenceChecks } from './references.ts';
import { ruleFindings } from './rule-findings.ts';
import type { Position } from './question-path.ts';

export interface Finding {
  /** Where, by entry ids; empty for the whole return. */
  readonly path: string;
  /** The key in `reasons`, and the name of the finding everywhere else. */
  readonly key: string;
  readonly severity: EditCheck<unknown>['severity'];
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
}

interface Pass {
  readonly about: CheckedReturn;
  readonly findings: Finding[];
}

const checkedBelow = new WeakMap<Item, boolean>();

/** Whether there is any check in a question or below it; worked out once per form. */
function isChecked(item: Item): boolean {
  const known = checkedBelow.get(item);
  if (known !== undefined) return known;
  const { kind, children } = item;
  const ofEntries = kind.nesting === 'entries' ? [...kind.entryChecks, ...referenceChecks(item)] : [];
  const own = (kind.checks ?? []).length > 0 || ofEntries.length > 0;
  const checked = own || children.some(isChecked);
  checkedBelow.set(item, checked);
  return checked;
}

function run(
  checks: readonly EditCheck<unknown>[],
  answers: Json,
  previous: Json | undefined,
  place: Position | undefined,
  { about, findings }: Pass,
): void {
  if (checks.length === 0) return;
  const context = { unit: about.unit, round: about.round, previous };
  for (const check of checks) {
    for (const relative of check.find(answers, context)) {
      const base = place === undefined ? '' : pathOf(place);
      const path = [base, relative].filter((part) => part !== '').join('.');
      const { name, severity, message, readyMade } = check;
      findings.push({ path, key: `${path === '' ? 'return' : path}.${name}`, severity, name, message, readyMade });
    }
  }
}

function visitFields(
  items: readonly Item[],
  value: JsonObject,
  previous: Json | undefined,
  around: Position | undefined,
  pass: Pass,
): void {
  const before = isObject(previous) ? previous : {};
  for (const item of items) {
    const answer = value[item.key];
    if (answer !== undefined && isChecked(item)) visit(item, answer, before[item.key], { around, key: item.key }, pass);
  }
}

function visit(item: Item, answer: Json, previous: Json | undefined, place: Position, pass: Pass): void {
  const { kind, children } = item;
  if (kind.nesting === 'none' || kind.nesting === 'lines') run(kind.checks ?? [], answer, previous, place, pass);
  if (kind.nesting === 'fields' && isObject(answer)) {
    run(kind.checks, answer, previous, place, pass);
    visitFields(children, answer, previous, place, pass);
  }
  if (kind.nesting === 'entries' && Array.isArray(answer)) {
    run(kind.checks, answer, previous, place, pass);
    run(referenceChecks(item), answer, previous, place, pass);
    const before = new Map(namedEntries(previous).map(({ name, entry }) => [name, entry]));
    const names = before.size === 0 ? [] : entryNames(answer);
    for (const [index, entry] of answer.entries()) {
      if (!isObject(entry)) continue;
      const earlier = before.get(names[index] ?? '');
      const inner = { around: place, entries: answer, index };
      run(kind.entryChecks, entry, earlier, inner, pass);
      visitFields(children, entry, earlier, inner, pass);
    }
  }
}

type Checked = Pick<Form, 'sections' | 'checks' | 'rules'>;

function foundByRules(form: Checked, answers: Answers, { unit, round, previous, place }: CheckedReturn): Finding[] {
  const about = { unit: { code: unit, kind: null, members: [unit], ...place }, round };
  return ruleFindings(form, answers, previous, about).map(({ rule, path }) => {
    const { name, severity, message, readyMade } = rule;
    return { path, key: `${path === '' ? 'return' : path}.${name}`, severity, name, message, readyMade };
  });
}

export function editChecks(form: Checked, answers: Answers, about: CheckedReturn): Finding[] {
  const pass: Pass = { about, findings: [] };
  run(form.checks, answers, about.previous, undefined, pass);
  visitFields(form.sections, answers, about.previous, undefined, pass);
  return [...pass.findings, ...foundByRules(form, answers, about)];
}
