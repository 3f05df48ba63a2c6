/** Runs the rules of a form over a return: each once, or for every entry of the lists around its question. */

import type { Answers } from '../../schemas/values/json.ts';
import { isObject } from '../../schemas/values/json.ts';
import type { Form, ResolvedRule } from '../../schemas/form.ts';
import { evaluator } from '../../schemas/rules/evaluate.ts';
import type { RuleContext, Situation } from '../../schemas/rules/run.ts';
import { entryNames, namedEntries, valueAt } from './answers.ts';
import { isAsked } from './asked.ts';
import { pathOf } from './question-path.ts';
import type { Position } from './question-path.ts';

/** What a rule sees at one place, made once for all rules that stand there. */
interface Around extends Situation {
  /** The innermost entry around; nothing for the whole return. */
  readonly at: Position | undefined;
}

function positionAt(around: Position | undefined, keys: readonly string[]): Position | undefined {
  return keys.reduce<Position | undefined>((outer, key) => ({ around: outer, key }), around);
}

function inside(around: Around, { keys }: ResolvedRule['lists'][number]): Around[] {
  const { scopes, previous = [], at } = around;
  const entries = valueAt(scopes.at(-1) ?? {}, keys);
  const list = positionAt(at, keys);
  if (!Array.isArray(entries) || list === undefined) return [];
  const last = previous.at(-1);
  const before = last && new Map(namedEntries(valueAt(last, keys)).map(({ name, entry }) => [name, entry]));
  return entries.flatMap((entry, index) => {
    if (!isObject(entry)) return [];
    const same = before?.get(entryNames(entries)[index] ?? '');
    const at = { around: list, entries, index };
    return [{ ...around, scopes: [...scopes, entry], previous: [...previous, same], at }];
  });
}

const evaluators = new WeakMap<ResolvedRule, ReturnType<typeof evaluator>>();

function evaluatorOf(rule: ResolvedRule): ReturnType<typeof evaluator> {
  const known = evaluators.get(rule) ?? evaluator(rule.tree);
  evaluators.set(rule, known);
  return known;
}

export interface Struck {
  readonly rule: ResolvedRule['rule'];
  /** By entry ids; empty for the whole return. */
  readonly path: string;
}

/** The places inside lists, outermost first; each list is looked through once, however many rules stand in it. */
class Places {
  readonly #root: readonly Around[];
  readonly #inside = new Map<ResolvedRule['lists'][number], readonly Around[]>();

  constructor(situation: Situation) {
    this.#root = [{ ...situation, at: undefined }];
  }

  in(lists: ResolvedRule['lists']): readonly Around[] {
    let around = this.#root;
    for (const list of lists) {
      const known = this.#inside.get(list) ?? around.flatMap((each) => inside(each, list));
      this.#inside.set(list, known);
      around = known;
    }
    return around;
  }
}

/** Over all the entries where it stands, and of all rules together: what takes more would hold up whoever answers. */
const mostStepsOfRule = 500_000;
const mostSteps = 2_000_000;

/**
 * What strikes, in the order of the rules. A rule is silent while its question is not asked, and where it takes too many
 * steps; then its name is told.
 */
export function ruleFindings(
  { rules }: Pick<Form, 'rules'>,
  answers: Answers,
  previous: Answers | undefined,
  about: RuleContext,
  exceeded: (rule: string) => void = () => undefined,
): Struck[] {
  let total = mostSteps;
  const budget = { left: 0 };
  let isOver = false;
  const situation = { scopes: [answers], previous: [previous], about, budget, exceeded: () => (isOver = true) };
  const all = new Places(situation);
  const struck: Struck[] = [];
  for (const resolved of rules) {
    const { rule, item, lists } = resolved;
    const holds = evaluatorOf(resolved);
    const given = Math.min(mostStepsOfRule, total);
    budget.left = given;
    isOver = false;
    for (const around of all.in(lists)) {
      if (budget.left < 0) break;
      if (item !== undefined && !isAsked(item, around.scopes)) continue;
      if (holds(around) !== true) continue;
      const place = positionAt(around.at, item?.keys ?? []);
      struck.push({ rule, path: place === undefined ? '' : pathOf(place) });
    }
    if (isOver) exceeded(rule.name);
    total -= given - Math.max(0, budget.left);
  }
  return struck;
}
