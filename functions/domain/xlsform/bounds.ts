/** Constraints that are nothing but bounds: `. >= 0 and . <= 100`. */

import { isComparison, opposite } from './xpath.ts';
import type { XPath } from './xpath.ts';

/** What a number, the length of a text or the count of what is chosen may be at the least and at the most. */
export interface Bounds {
  readonly of: 'value' | 'string-length' | 'count-selected';
  readonly min?: number;
  readonly max?: number;
}

function numberIn(of: XPath): number | undefined {
  if (of.is === 'negative') {
    const inner = numberIn(of.of);
    return inner === undefined ? undefined : -inner;
  }
  return of.is === 'number' ? of.value : undefined;
}

function boundedIn(of: XPath): Bounds['of'] | undefined {
  if (of.is === 'self') return 'value';
  const isOfSelf = of.is === 'call' && of.args.length === 1 && of.args[0]?.is === 'self';
  return isOfSelf && (of.name === 'string-length' || of.name === 'count-selected') ? of.name : undefined;
}

/** @param isWhole whether more than 0 is at least 1 */
export function boundsIn(of: XPath, isWhole: boolean): Bounds | undefined {
  if (of.is !== 'binary') return undefined;
  const { sign, left, right } = of;
  if (sign === 'and') {
    const one = boundsIn(left, isWhole);
    const other = boundsIn(right, isWhole);
    const isApart = (key: 'min' | 'max'): boolean => one?.[key] === undefined || other?.[key] === undefined;
    const isTogether = one !== undefined && other !== undefined && one.of === other.of;
    return isTogether && isApart('min') && isApart('max') ? { ...one, ...other } : undefined;
  }
  if (!isComparison(sign)) return undefined;
  const bounded = boundedIn(left);
  const number = numberIn(right);
  if (bounded === undefined || number === undefined) {
    const isTurned = boundedIn(right) !== undefined && numberIn(left) !== undefined;
    return isTurned ? boundsIn({ is: 'binary', sign: opposite[sign], left: right, right: left }, isWhole) : undefined;
  }
  const isCounted = isWhole || bounded !== 'value';
  if (isCounted && !Number.isInteger(number)) return undefined;
  if (sign === '>=') return { of: bounded, min: number };
  if (sign === '<=') return { of: bounded, max: number };
  if (sign === '>' && isCounted) return { of: bounded, min: number + 1 };
  if (sign === '<' && isCounted) return { of: bounded, max: number - 1 };
  return undefined;
}
