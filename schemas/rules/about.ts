/** What an expression knows besides answers: who is asked, in which round, and what was answered last. */

import type { Answers } from '../values/json.ts';
import type { RuleContext } from './run.ts';
import { partsOf } from './tree.ts';
import type { Tree } from './tree.ts';

export interface About extends Partial<RuleContext> {
  /** The last accepted answers. */
  readonly previous?: Answers | undefined;
}

function read(tree: Tree): readonly string[] {
  if (tree[0] === 'about') return tree[1][0] === 'round' ? ['round'] : [tree[1].join('.')];
  if (tree[0] === 'call' && (tree[1] === 'planned' || tree[1] === 'outside period')) return ['round'];
  if (tree[0] === 'same as last time') return ['previous', wholeLastTime];
  return ['previous', 'went back', 'abrupt change'].includes(tree[0]) ? ['previous'] : [];
}

/** The last answers as a whole, which no version keeps. */
export const wholeLastTime = 'previous.whole';

/** Which of it: `round`, `previous`, `unit.code`, `unit.kind`, `unit.members`. */
export function aboutsIn(tree: Tree): readonly string[] {
  return [...read(tree), ...partsOf(tree).flatMap(aboutsIn)];
}

/** Of it what is named by `abouts`, as a text that is the same where that is. */
export function aboutText({ unit, round }: About, abouts: ReadonlySet<string>): string {
  return JSON.stringify([
    abouts.has('unit.code') && unit?.code,
    abouts.has('unit.kind') && unit?.kind,
    abouts.has('unit.members') && unit?.members,
    abouts.has('round') && round && [round.fiscalYear, round.period.from, round.period.to],
  ]);
}
