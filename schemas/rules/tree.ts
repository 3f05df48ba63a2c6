/**
 * An expression once its names are resolved: plain JSON, small enough to travel with a page. A scope is counted from the
 * root of the return (0) through the entries of the lists around the place where the expression stands; a local is a
 * loop variable or the entry that a filter looks at, counted from the outermost.
 */

import type { FunctionName } from './function-names.ts';
import type { Sign } from './syntax.ts';

type Keys = readonly string[];

/** Functions of values; those of the place where an expression stands have a kind of tree each. */
export type CalledFunction = Exclude<FunctionName, 'repeated' | 'went back' | 'abrupt change' | 'same as last time'>;

export type Tree =
  | readonly ['value', string | number | boolean | null]
  | readonly ['list', readonly Tree[]]
  | readonly ['read', number, Keys]
  /** In the last accepted return; `null` where it is none of the options, if there are any, or no value of the kind. */
  | readonly ['previous', number, Keys, PreviousKind, Keys?]
  | readonly ['local', number, Keys]
  /** Of the unit or the round. */
  | readonly ['about', Keys]
  /** Of every entry of a list. */
  | readonly ['each', Tree, Keys]
  /** A table of rows and columns as the list of its rows. */
  | readonly ['rows', Tree, Keys]
  | readonly ['negative', Tree]
  | readonly ['binary', Sign, Tree, Tree]
  /** Of dates, at the precision of the less precise. */
  | readonly ['dates', Sign, Tree, Tree]
  | readonly ['if', Tree, Tree, Tree]
  | readonly ['some' | 'every' | 'filter', Tree, Tree]
  | readonly ['call', CalledFunction, readonly Tree[]]
  /** Whether an earlier entry of the list around has the same answer: the keys of the list in the scope around. */
  | readonly ['repeated', number, Keys, Keys, 'date' | 'other']
  /** Options run from the farthest advanced to the least. */
  | readonly ['went back', number, Keys, Keys]
  | readonly ['abrupt change', number, Keys]
  /** Without the sections that are internal. */
  | readonly ['same as last time', Keys];

/** The parts of an expression that are expressions. */
export function partsOf(tree: Tree): readonly Tree[] {
  switch (tree[0]) {
    case 'list':
      return tree[1];
    case 'negative':
    case 'each':
    case 'rows':
      return [tree[1]];
    case 'some':
    case 'every':
    case 'filter':
      return [tree[1], tree[2]];
    case 'binary':
    case 'dates':
      return [tree[2], tree[3]];
    case 'if':
      return [tree[1], tree[2], tree[3]];
    case 'call':
      return tree[2];
    case 'value':
    case 'read':
    case 'previous':
    case 'local':
    case 'about':
    case 'repeated':
    case 'went back':
    case 'abrupt change':
    case 'same as last time':
      return [];
  }
}

export type PreviousKind = 'number' | 'text' | 'list' | 'any';
