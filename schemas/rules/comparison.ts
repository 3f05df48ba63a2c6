/** Comparing values: numbers with numbers, texts with texts, anything with `null`. */

import type { Json } from '../values/json.ts';
import { isPartialDate } from '../values/partial-date.ts';
import type { Sign } from './syntax.ts';

type Comparison = (a: Json, b: Json) => boolean | null;

function isScalar(value: Json): value is string | number | boolean {
  return typeof value !== 'object';
}

export function sameValue(a: Json, b: Json): boolean | null {
  if (a === null || b === null) return a === b;
  return isScalar(a) && typeof a === typeof b ? a === b : null;
}

function ordered(sign: Sign, a: number | string, b: number | string): boolean {
  if (sign === '<') return a < b;
  if (sign === '<=') return a <= b;
  return sign === '>' ? a > b : a >= b;
}

function different(a: Json, b: Json): boolean | null {
  const same = sameValue(a, b);
  return same === null ? null : !same;
}

export function comparison(sign: Sign): Comparison {
  if (sign === '=') return sameValue;
  if (sign === '!=') return different;
  return (a, b) => (typeof a === 'number' && typeof b === 'number' ? ordered(sign, a, b) : null);
}

/** At the precision of the less precise: 2025 is the same as 2025-04, and neither before nor after it. */
export function dateComparison(sign: Sign): Comparison {
  const compare: Comparison =
    sign === '=' || sign === '!='
      ? comparison(sign)
      : (a, b) => (typeof a === 'string' && typeof b === 'string' ? ordered(sign, a, b) : null);
  return (a, b) => {
    if (typeof a !== 'string' || typeof b !== 'string') return compare(a, b);
    if (!isPartialDate(a) || !isPartialDate(b)) return null;
    const precision = Math.min(a.length, b.length);
    return compare(a.slice(0, precision), b.slice(0, precision));
  };
}
