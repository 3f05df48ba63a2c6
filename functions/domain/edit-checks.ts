/** Runs the edit checks of a form over a return: each where it belongs, with what the last return said there. */

import type { EditCheck } from '../../schemas/edit-check.ts';
import type { Form, Item } from '../../schemas/form.ts';
import type { Answers, Json } from '../../schemas/return.ts';
import type { Round } from '../../schemas/round.ts';
import { isObject, namedEntries } from './answers.ts';
import type { JsonObject } from './answers.ts';

/** A check that struck. */
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
  /** The last accepted answers of an earlier round. */
  readonly previous?: Answers | undefined;
}

interface Pass {
  readonly about: CheckedReturn;
  readonly findings: Finding[];
}

function run(
  checks: readonly EditCheck<unknown>[],
  answers: Json,
  previous: Json | undefined,
  base: string,
  { about, findings }: Pass,
): void {
  const { unit, round } = about;
  for (const { name, severity, message, readyMade, ...check } of checks) {
    for (const relative of check.find(answers, { unit, round, previous })) {
      const path = [base, relative].filter((part) => part !== '').join('.');
      const key = `${path === '' ? 'return' : path}.${name}`;
      findings.push({ path, key, severity, name, message, readyMade });
    }
  }
}

function visitFields(items: readonly Item[], value: JsonObject, previous: Json | undefined, base: string, pass: Pass): void {
  const before = isObject(previous) ? previous : {};
  for (const item of items) {
    const answer = value[item.key];
    if (answer !== undefined) visit(item, answer, before[item.key], base === '' ? item.key : `${base}.${item.key}`, pass);
  }
}

function visit({ definition, children }: Item, answer: Json, previous: Json | undefined, path: string, pass: Pass): void {
  if (definition.kind === 'group' && isObject(answer)) {
    run(definition.checks, answer, previous, path, pass);
    visitFields(children, answer, previous, path, pass);
  }
  if (definition.kind === 'list') {
    run(definition.checks, answer, previous, path, pass);
    const before = new Map(namedEntries(previous).map(({ name, entry }) => [name, entry]));
    for (const { name, entry } of namedEntries(answer)) {
      run(definition.entryChecks, entry, before.get(name), `${path}.${name}`, pass);
      visitFields(children, entry, before.get(name), `${path}.${name}`, pass);
    }
  }
}

/** Every finding on asked answers of the form's content, in the order of the form. */
export function editChecks(form: Pick<Form, 'sections' | 'checks'>, answers: Answers, about: CheckedReturn): Finding[] {
  const pass: Pass = { about, findings: [] };
  run(form.checks, answers, about.previous, '', pass);
  visitFields(form.sections, answers, about.previous, '', pass);
  return pass.findings;
}
