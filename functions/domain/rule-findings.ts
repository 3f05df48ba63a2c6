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

/** The scopes around a question, the same of the last accepted return, and the path to the innermost. */
interface Around {
  readonly scopes: Scopes;
  readonly previous: readonly (JsonObject | undefined)[];
  readonly path: readonly string[];
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
      { scopes: [...scopes, entry], previous: [...previous, before.get(name)], path: [...path, ...list.keys, name] },
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

/** What strikes, in the order of the rules. A rule is silent while its question is not asked. */
export function ruleFindings(
  { rules }: Pick<Form, 'rules'>,
  answers: Answers,
  previous: Answers | undefined,
  about: RuleContext,
): Struck[] {
  return rules.flatMap((resolved) => {
    const { rule, item, lists } = resolved;
    const holds = evaluatorOf(resolved);
    const root: Around = { scopes: [answers], previous: [previous], path: [] };
    const places = lists.reduce<readonly Around[]>(
      (around, list) => around.flatMap((each) => inside(each, list)),
      [root],
    );
    return places.flatMap(({ scopes, previous, path }) => {
      if (item !== undefined && !isAsked(item, scopes)) return [];
      if (holds({ scopes, previous, about }) !== true) return [];
      return [{ rule, path: [...path, ...(item?.keys ?? [])].join('.') }];
    });
  });
}
