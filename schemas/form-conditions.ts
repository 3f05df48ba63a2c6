/** When each question of a form is asked, and how what is computed is: conditions and formulas by the questions they read. */

import { circular } from './rules/circular.ts';
import { FormError, optionsOf } from './form-drafts.ts';
import type { Draft, DraftConditions, DraftExpression } from './form-drafts.ts';
import type { Condition } from './kinds/question.ts';
import type { About } from './rules/about.ts';
import type { RulePlace } from './rules/check.ts';
import { equalitiesOf } from './rules/equalities.ts';
import { readRule } from './rules/print.ts';
import type { Rule } from './rules/print.ts';
import type { RuleQuestion } from './rules/questions.ts';

function resolveCondition(
  condition: Condition,
  siblings: readonly Draft[],
  scope: readonly Draft[],
  id: string,
): Draft['conditions'] {
  return Object.entries(condition).map(([name, value]) => {
    const on = siblings.find(({ key }) => key === name) ?? findInScope(name, scope);
    if (on === undefined)
      throw new FormError(`${id}: asks for ${name}, which is no question of the same form or entry`);
    if (on.id === id) throw new FormError(`${id}: needs itself`);
    const options = optionsOf(on.definition);
    if (options === undefined) throw new FormError(`${id}: ${name} has no options`);
    const values = typeof value === 'string' ? [value] : value;
    for (const each of values)
      if (!Object.hasOwn(options, each)) throw new FormError(`${id}: ${name} has no option ${each}`);
    return { on, values };
  });
}

function findInScope(id: string, scope: readonly Draft[]): Draft | undefined {
  for (const item of scope) {
    const isInScope = item.kind.nesting === 'fields';
    const found = item.id === id ? item : isInScope ? findInScope(id, item.children) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What a question hangs on, and what is read where it stands. */
interface Around {
  readonly sections: readonly Draft[];
  readonly items: ReadonlyMap<string, Draft>;
  /** The lists around, outermost first. */
  readonly lists: readonly Draft[];
  readonly siblings: readonly Draft[];
  readonly inherited: DraftConditions;
  readonly about: About | undefined;
}

const none: DraftConditions = { conditions: [], expressions: [] };

function scopeOf({ sections, lists }: Pick<Around, 'sections' | 'lists'>): readonly Draft[] {
  return lists.at(-1)?.children ?? sections;
}

/** Throws with everything that is wrong with a text. */
export function ruleAt(text: string, sections: readonly RuleQuestion[], id: string, place: RulePlace): Rule {
  const read = readRule(text, { sections }, place);
  if (!read.ok) throw new FormError(`${id}: ${text}: ${read.errors.map(({ message }) => message).join(' ')}`);
  return read.rule;
}

function resolveExpression(text: string, id: string, use: 'condition' | 'withheld', around: Around): DraftConditions {
  const { sections, items, lists, about } = around;
  const rule = ruleAt(text, sections, id, { use, at: id });
  const scope = scopeOf(around);
  const equalities = equalitiesOf(rule.tree, lists.length)?.map(({ keys, values }) => {
    const on = draftAt(scope, keys);
    return on === undefined || optionsOf(on.definition) === undefined ? undefined : { on, values };
  });
  if (equalities?.every((each) => each !== undefined) === true) return { conditions: equalities, expressions: [] };
  const reads = rule.reads.flatMap((read) => items.get(read) ?? []);
  const scopes = [sections, ...lists.map(({ children }) => children)];
  return { conditions: [], expressions: [{ at: id, text: rule.text, tree: rule.tree, reads, scopes, about }] };
}

/** It may read later questions, and other computed ones. */
function resolveFormula(text: string, id: string, { sections, items, lists, about }: Around): DraftExpression {
  const { tree, reads, text: normal } = ruleAt(text, sections, id, { use: 'computed', at: id });
  return {
    at: id,
    text: normal,
    tree,
    reads: reads.flatMap((read) => items.get(read) ?? []),
    scopes: [sections, ...lists.map(({ children }) => children)],
    about,
  };
}

function draftAt(scope: readonly Draft[], [first, ...others]: readonly string[]): Draft | undefined {
  const found = scope.find(({ key }) => key === first);
  return found === undefined || others.length === 0 ? found : draftAt(found.children, others);
}

function resolveWhen(
  when: Condition | string | undefined,
  id: string,
  use: 'condition' | 'withheld',
  around: Around,
): DraftConditions {
  if (when === undefined) return none;
  if (typeof when === 'string') return resolveExpression(when, id, use, around);
  return { conditions: resolveCondition(when, around.siblings, scopeOf(around), id), expressions: [] };
}

function resolveIn(items: readonly Draft[], around: Around): void {
  for (const item of items) {
    const own = resolveWhen(item.definition.when, item.id, 'condition', around);
    item.conditions.push(...around.inherited.conditions, ...own.conditions);
    item.expressions.push(...around.inherited.expressions, ...own.expressions);
    const { kind, children } = item;
    if (kind.formula !== undefined) item.formula = resolveFormula(kind.formula.text, item.id, around);
    if (kind.nesting === 'fields') resolveIn(children, { ...around, siblings: children, inherited: item });
    if (kind.nesting === 'entries') {
      const inside = { ...around, lists: [...around.lists, item], siblings: children, inherited: none };
      if (kind.withheld !== undefined) item.withheld = resolveWhen(kind.withheld, item.id, 'withheld', inside);
      resolveIn(children, inside);
    }
  }
}

/** Fills in when each question is asked and how it is computed; refuses what needs itself. */
export function resolveConditions(
  sections: readonly Draft[],
  items: ReadonlyMap<string, Draft>,
  about: About | undefined,
): void {
  resolveIn(sections, { sections, items, lists: [], siblings: sections, inherited: none, about });
  const conditions = new Map(
    [...items.values()].map(({ id, conditions, expressions }) => [
      id,
      [...conditions.map(({ on }) => on.id), ...expressions.flatMap(({ reads }) => reads.map((read) => read.id))],
    ]),
  );
  const formulas = new Map(
    [...items.values()].map(({ id, formula }) => [id, formula?.reads.map((read) => read.id) ?? []]),
  );
  for (const id of circular(sections, { conditions, formulas }).keys()) throw new FormError(`${id}: needs itself`);
}
