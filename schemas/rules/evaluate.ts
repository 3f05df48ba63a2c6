/**
 * A checked tree → a function of a return. Closures are made once, without generated code. Whatever it is given it
 * ends and never throws: what does not fit is `null`, and so is what takes more than `mostSteps`.
 *
 *     const isMet = evaluator(tree);
 *     isMet({ scopes: [answers], previous: [], unit, round }) === true
 */

import type { Json } from '../values/json.ts';
import { isObject } from '../values/json.ts';
import { comparison, dateComparison, sameValue } from './comparison.ts';
import { finite, functions } from './functions.ts';
import { aboutLastTime } from './last-time.ts';
import { Run, valueAt } from './run.ts';
import type { Seen, Situation, Step } from './run.ts';
import type { PreviousKind, Tree } from './tree.ts';

function known(context: unknown, [first = '', ...others]: readonly string[]): Json {
  return isObject(context) ? (valueAt(context[first], others) ?? null) : null;
}

function fits(value: Json | undefined, kind: PreviousKind, options: readonly string[] | undefined): boolean {
  if (kind === 'number') return typeof value === 'number';
  if (kind === 'list') return Array.isArray(value);
  if (kind === 'any') return true;
  return typeof value === 'string' && (options === undefined || options.includes(value));
}

function each(of: Step, keys: readonly string[]): Step {
  return (run) => {
    const list = of(run);
    if (!Array.isArray(list) || !run.take(list.length)) return null;
    return list.map((entry) => valueAt(entry, keys) ?? null);
  };
}

function rows(of: Step, keys: readonly string[]): Step {
  return (run) => {
    const table = of(run);
    return isObject(table) ? keys.map((key) => table[key] ?? null) : null;
  };
}

/** How a list is looked through: the answer so far, until nothing can change it. */
function iteration(kind: 'some' | 'every' | 'filter', over: Step, body: Step, depth: number): Step {
  return (run) => {
    const list = over(run);
    if (!Array.isArray(list)) return null;
    const kept: Json[] = [];
    for (const entry of list) {
      if (!run.take(1)) return null;
      run.locals[depth] = entry;
      const holds = body(run) === true;
      if (kind === 'some' && holds) return true;
      if (kind === 'every' && !holds) return false;
      if (holds) kept.push(entry);
    }
    return kind === 'filter' ? kept : kind === 'every';
  };
}

function and(left: Step, right: Step): Step {
  return (run) => {
    const a = left(run);
    if (a === false) return false;
    const b = right(run);
    if (b === false) return false;
    return a === true && b === true ? true : null;
  };
}

function or(left: Step, right: Step): Step {
  return (run) => {
    const a = left(run);
    if (a === true) return true;
    const b = right(run);
    if (b === true) return true;
    return a === false && b === false ? false : null;
  };
}

function arithmetic(sign: '+' | '-' | '*' | '/', left: Step, right: Step): Step {
  return (run) => {
    const a = left(run);
    const b = right(run);
    if (typeof a !== 'number' || typeof b !== 'number') return null;
    if (sign === '+') return finite(a + b);
    if (sign === '-') return finite(a - b);
    return finite(sign === '*' ? a * b : a / b);
  };
}

function membership(left: Step, right: Step, same: typeof sameValue): Step {
  return (run) => {
    const value = left(run) ?? null;
    const list = right(run);
    if (!Array.isArray(list) || !run.take(list.length)) return null;
    return list.some((each) => same(value, each));
  };
}

function binary(
  [, sign, left, right]: Tree & readonly ['binary', ...unknown[]],
  depth: number,
  seen: Seen | undefined,
): Step {
  const a = closure(left, depth, seen);
  const b = closure(right, depth, seen);
  if (sign === 'and') return and(a, b);
  if (sign === 'or') return or(a, b);
  if (sign === 'in') return membership(a, b, sameValue);
  if (sign === '+' || sign === '-' || sign === '*' || sign === '/') return arithmetic(sign, a, b);
  const compare = comparison(sign);
  return (run) => compare(a(run) ?? null, b(run) ?? null);
}

function reading(scope: number, keys: readonly string[], seen: Seen | undefined): Step {
  const see = seen?.(scope, keys);
  if (see === undefined) return (run) => valueAt(run.situation.scopes[scope], keys);
  return (run) => see(valueAt(run.situation.scopes[scope], keys), run.situation.scopes);
}

function closure(tree: Tree, depth: number, seen: Seen | undefined): Step {
  switch (tree[0]) {
    case 'value':
      return () => tree[1];
    case 'list': {
      const items = tree[1].map((item) => closure(item, depth, seen));
      return (run) => items.map((item) => item(run) ?? null);
    }
    case 'read':
      return reading(tree[1], tree[2], seen);
    case 'previous': {
      const [, scope, keys, kind, options] = tree;
      return (run) => {
        const value = valueAt(run.situation.previous?.[scope], keys);
        return fits(value, kind, options) ? value : null;
      };
    }
    case 'local': {
      const [, local, keys] = tree;
      return (run) => valueAt(run.locals[local], keys);
    }
    case 'about': {
      const [, keys] = tree;
      return ({ situation: { about } }) => known(about, keys);
    }
    case 'each':
      return each(closure(tree[1], depth, seen), tree[2]);
    case 'rows':
      return rows(closure(tree[1], depth, seen), tree[2]);
    case 'negative': {
      const of = closure(tree[1], depth, seen);
      return (run) => {
        const value = of(run);
        return typeof value === 'number' ? -value : null;
      };
    }
    case 'binary':
      return binary(tree, depth, seen);
    case 'dates': {
      const [, sign, left, right] = tree;
      const a = closure(left, depth, seen);
      const b = closure(right, depth, seen);
      if (sign === 'in') return membership(a, b, dateComparison('='));
      const compare = dateComparison(sign);
      return (run) => compare(a(run) ?? null, b(run) ?? null);
    }
    case 'if': {
      const [test, yes, no] = [
        closure(tree[1], depth, seen),
        closure(tree[2], depth, seen),
        closure(tree[3], depth, seen),
      ];
      return (run) => (test(run) === true ? yes(run) : no(run));
    }
    case 'some':
    case 'every':
    case 'filter':
      return iteration(tree[0], closure(tree[1], depth, seen), closure(tree[2], depth + 1, seen), depth);
    case 'call': {
      const args = tree[2].map((argument) => closure(argument, depth, seen));
      return functions[tree[1]](args);
    }
    case 'repeated':
    case 'went back':
    case 'abrupt change':
    case 'same as last time':
      return aboutLastTime(tree, (scope, keys) => reading(scope, keys, seen));
  }
}

/** What is met is exactly `true`; a formula gives a number, a class the key of an option. */
export function evaluator(tree: Tree, seen?: Seen): (situation: Situation) => Json {
  const step = closure(tree, 0, seen);
  return (situation) => {
    const run = new Run(situation);
    const value = step(run) ?? null;
    if (!run.isExceeded) return value;
    situation.exceeded?.();
    return null;
  };
}
