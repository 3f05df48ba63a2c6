/** Runs the rules of a form over a return: each once, or for every entry of the lists around its question. */

import { isObject } from '../../schemas/json.ts';
import type { JsonObject } from '../../schemas/json.ts';
import type { Form, ResolvedRule } from '../../schemas/form.ts';
import type { Answers } from '../../schemas/return.ts';
import { evaluator } from '../../schemas/rules/evaluate.ts';
import type { RuleContext } from '../../schemas/rules/run.ts';
import { entryNames, namedEntries, valueAt } from './answers.ts';
import { isAsked } from './asked.ts';
import type { Scopes } from './asked.ts';

/** The scopes around a question, the same of the last accepted return, and the path to the innermost with a dot behind. */
interface Around {
  readonly scopes: Scopes;
  readonly previous: readonly (JsonObject | undefined)[];
  readonly path: string;
}

function inside({ scopes, previous, path }: Around, list: ResolvedRule['lists'][number]): Around[] {
  const entries = valueAt(scopes.at(-1) ?? {}, list.keys);
  if (!Array.isArray(entries)) return [];
  const last = previous.at(-1);
  const before = new Map(
    namedEntries(last === undefined ? undefined : valueAt(last, list.keys)).map(({ name, entry }) => [name, entry]),
  );
  const names = entryNames(entries);
  return entries.flatMap((entry, index) => {
    if (!isObject(entry)) return [];
    const name = names[index] ?? String(index);
    return [
      {
        scopes: [...scopes, entry],
        previous: [...previous, before.get(name)],
        path: `${path}${list.keys.join('.')}.${name}.`,
      },
    ];
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

  constructor(answers: Answers, previous: Answers | undefined) {
    this.#root = [{ scopes: [answers], previous: [previous], path: '' }];
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
  const all = new Places(answers, previous);
  const struck: Struck[] = [];
  for (const resolved of rules) {
    const { rule, item, lists } = resolved;
    const holds = evaluatorOf(resolved);
    for (const { scopes, previous, path } of all.in(lists)) {
      if (item !== undefined && !isAsked(item, scopes)) continue;
      if (holds({ scopes, previous, about, exceeded: () => exceeded(rule.name) }) !== true) continue;
      struck.push({ rule, path: `${path}${item?.keys.join('.') ?? ''}` });
    }
  }
  return struck;
}
