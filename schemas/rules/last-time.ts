/** What compares an answer with the last accepted return, or with the entries before it. */

import { sameAnswers } from '../same-answers.ts';
import type { Json } from '../return.ts';
import { valueAt } from './run.ts';
import type { Run, Step } from './run.ts';
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

function both(
  { situation }: Run,
  scope: number,
  keys: readonly string[],
): readonly [Json | undefined, Json | undefined] {
  return [valueAt(situation.previous?.[scope], keys), valueAt(situation.scopes[scope], keys)];
}

function isRepeated(run: Run, [, scope, listKeys, keys, kind]: Tree & readonly ['repeated', ...unknown[]]): Json {
  const { scopes } = run.situation;
  const entry = scopes[scope];
  const value = valueAt(entry, keys);
  const list = valueAt(scopes[scope - 1], listKeys);
  const isWholeDay = typeof value === 'string' && value.length === 'yyyy-mm-dd'.length;
  if (value === undefined || value === null || !Array.isArray(list) || (kind === 'date' && !isWholeDay)) return null;
  for (const earlier of list) {
    if (earlier === entry || !run.take(1)) return false;
    if (sameAnswers(valueAt(earlier, keys), value)) return true;
  }
  return false;
}

type LastTime = Tree & readonly ['repeated' | 'went back' | 'abrupt change' | 'same as last time', ...unknown[]];

export function aboutLastTime(tree: LastTime): Step {
  switch (tree[0]) {
    case 'repeated':
      return (run) => isRepeated(run, tree);
    case 'went back': {
      const [, scope, keys, options] = tree;
      return (run) => {
        const [before, now] = both(run, scope, keys);
        if (typeof before !== 'string' || typeof now !== 'string') return null;
        if (!options.includes(before) || !options.includes(now)) return null;
        return options.indexOf(now) > options.indexOf(before);
      };
    }
    case 'abrupt change': {
      const [, scope, keys] = tree;
      return (run) => {
        const [before, now] = both(run, scope, keys);
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
