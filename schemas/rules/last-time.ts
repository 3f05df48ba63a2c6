/** What compares an answer with the last accepted return, or with the entries before it. */

import { sameAnswers } from '../values/same-answers.ts';
import type { Json } from '../values/json.ts';
import { valueAt } from './run.ts';
import type { Step } from './run.ts';
import type { Tree } from './tree.ts';

/** How many makes a change from or to none worth a question. */
const several = 3;
/** A change by more than half counts only when it is also by more than this many. */
const few = 5;

/** From 0 to 3 or more or back; or by more than half of the previous count and by more than 5. */
function isAbrupt(before: number, now: number): boolean {
  const change = Math.abs(now - before);
  if (before === 0 || now === 0) return change >= several;
  return change > before / 2 && change > few;
}

type Repeated = Tree & readonly ['repeated', ...unknown[]];

/** Of every answer that is one text, the entry that has it first. */
function firstsIn(list: readonly Json[], keys: readonly string[]): ReadonlyMap<string, Json> {
  const firsts = new Map<string, Json>();
  for (const entry of list) {
    const value = valueAt(entry, keys);
    if (typeof value === 'string' && !firsts.has(value)) firsts.set(value, entry);
  }
  return firsts;
}

/** Answers stay as they are while they are looked at: a list is gone through once, and not for each of its entries. */
function repeated([, scope, listKeys, keys, kind]: Repeated): Step {
  const firsts = new WeakMap<readonly Json[], ReadonlyMap<string, Json>>();
  return (run) => {
    const { scopes } = run.situation;
    const entry = scopes[scope];
    const value = valueAt(entry, keys);
    const list = valueAt(scopes[scope - 1], listKeys);
    if (value === undefined || value === null || !Array.isArray(list)) return null;
    // Texts are looked up among those that were gone through once.
    if (!run.take(typeof value === 'string' ? 1 : list.length)) return null;
    if (typeof value !== 'string') return list.find((each) => sameAnswers(valueAt(each, keys), value)) !== entry;
    if (kind === 'date' && value.length !== 'yyyy-mm-dd'.length) return null;
    const first = firsts.get(list) ?? firstsIn(list, keys);
    firsts.set(list, first);
    return first.get(value) !== entry;
  };
}

type LastTime = Tree & readonly ['repeated' | 'went back' | 'abrupt change' | 'same as last time', ...unknown[]];

/** @param reading how an answer is read that is compared */
export function aboutLastTime(tree: LastTime, reading: (scope: number, keys: readonly string[]) => Step): Step {
  switch (tree[0]) {
    case 'repeated':
      return repeated(tree);
    case 'went back': {
      const [, scope, keys, options] = tree;
      const read = reading(scope, keys);
      return (run) => {
        const [before, now] = [valueAt(run.situation.previous?.[scope], keys), read(run)];
        if (typeof before !== 'string' || typeof now !== 'string') return null;
        if (!options.includes(before) || !options.includes(now)) return null;
        return options.indexOf(now) > options.indexOf(before);
      };
    }
    case 'abrupt change': {
      const [, scope, keys] = tree;
      const read = reading(scope, keys);
      return (run) => {
        const [before, now] = [valueAt(run.situation.previous?.[scope], keys), read(run)];
        return typeof before === 'number' && typeof now === 'number' ? isAbrupt(before, now) : null;
      };
    }
    case 'same as last time': {
      const [, except] = tree;
      const compared = (answers: object): object =>
        Object.fromEntries(Object.entries(answers).filter(([section]) => !except.includes(section)));
      return ({ situation: { scopes, previous } }) => {
        const [now, before] = [scopes[0], previous?.[0]];
        return now === undefined || before === undefined ? null : sameAnswers(compared(now), compared(before));
      };
    }
  }
}
