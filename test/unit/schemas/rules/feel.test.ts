/**
 * Whatever is right in a form gives what FEEL gives. Left out are the differences that rules have on purpose: lists
 * compared with `=`, `- 10` with a space, filters that are a call or a bare name, dates, halves of decimals, mixed types.
 */

import * as fc from 'fast-check';
import { evaluate } from 'feelin';
import { expect, test } from 'vitest';
import { evaluator } from '../../../../schemas/rules/evaluate.ts';
import { readRule } from '../../../../schemas/rules/print.ts';
import type { Json } from '../../../../schemas/values/json.ts';
import { about, scratch } from './support.ts';

const { numeric, truth } = fc.letrec<{ numeric: string; truth: string; inEntry: string }>((tie) => {
  const n = tie('numeric');
  const b = tie('truth');
  const e = tie('inEntry');
  const depth = { maxDepth: 4, depthIdentifier: 'expression' };
  const sign = fc.constantFrom('=', '!=', '<', '<=', '>', '>=');
  const size = fc.constantFrom('"large"', '"small"');
  const held = fc.constantFrom('"yes"', '"partly"', '"no"');
  const means = fc.constantFrom('"phone"', '"visit"', '"mail"');
  return {
    numeric: fc.oneof(
      depth,
      fc.constantFrom('times', 'persons', 'inner.a', 'inner.held'),
      fc.integer({ min: -3, max: 12 }).map((each) => (each < 0 ? `(${each})` : String(each))),
      fc.tuple(n, fc.constantFrom('+', '-', '*', '/'), n).map(([x, s, y]) => `(${x} ${s} ${y})`),
      fc
        .tuple(n, fc.constantFrom('+', '-', '*'), n, fc.constantFrom('+', '-', '*'), n)
        .map((parts) => `(${parts.join(' ')})`),
      n.map((x) => `abs(${x})`),
      n.map((x) => `-(${x})`),
      fc.tuple(fc.constantFrom('min', 'max', 'sum'), n, n).map(([f, x, y]) => `${f}(${x}, ${y})`),
      fc.constantFrom(
        'count(means)',
        'count(offices)',
        'sum(offices.staff)',
        'max(offices.staff)',
        'min(offices.staff)',
        'string length(note)',
      ),
      e.map((x) => `count(offices[${x}])`),
      fc.tuple(fc.constantFrom('sum', 'min', 'max'), e).map(([f, x]) => `${f}(offices[${x}].staff)`),
      fc.tuple(b, n, n).map(([t, x, y]) => `(if ${t} then ${x} else ${y})`),
      n.map((x) => `round half up(${x}, 0)`),
    ),
    truth: fc.oneof(
      depth,
      fc.tuple(n, sign, n).map(([x, s, y]) => `${x} ${s} ${y}`),
      fc.tuple(fc.constantFrom('=', '!='), held).map(([s, o]) => `held ${s} ${o}`),
      fc
        .tuple(fc.constantFrom('times', 'held', 'means', 'note', 'offices'), fc.constantFrom('=', '!='))
        .map(([q, s]) => `${q} ${s} null`),
      fc.tuple(held, held).map(([x, y]) => `(held in [${x}, ${y}])`),
      n.map((x) => `(${x} in [1, 2, null])`),
      means.map((o) => `(${o} in means)`),
      means.map((o) => `list contains(means, ${o})`),
      size.map((o) => `list contains(offices.size, ${o})`),
      fc.constant('contains(note, "件")'),
      fc.tuple(b, fc.constantFrom('and', 'or'), b).map(([x, s, y]) => `(${x} ${s} ${y})`),
      fc
        .tuple(b, fc.constantFrom('and', 'or'), b, fc.constantFrom('and', 'or'), b)
        .map((parts) => `(${parts.join(' ')})`),
      b.map((x) => `not(${x})`),
      fc
        .tuple(
          fc.constantFrom('some', 'every'),
          fc.constantFrom('o.staff > times', 'o.size = "large"', 'o.staff != null', '(o.size in ["small"])'),
        )
        .map(([w, x]) => `(${w} o in offices satisfies ${x})`),
      fc.constant('(some a in offices, b in offices satisfies a.staff > b.staff)'),
    ),
    inEntry: fc.oneof(
      depth,
      fc.tuple(sign, n).map(([s, x]) => `staff ${s} ${x}`),
      fc.tuple(fc.constantFrom('=', '!='), size).map(([s, o]) => `size ${s} ${o}`),
      fc.tuple(e, fc.constantFrom('and', 'or'), e).map(([x, s, y]) => `(${x} ${s} ${y})`),
      fc.constant('item.staff != null'),
    ),
  };
});

const small = fc.option(fc.integer({ min: 0, max: 12 }));
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary);

/** With every question there, because FEEL looks outwards for what is missing. */
const situations = fc.record({
  held: maybe(fc.constantFrom('yes', 'partly', 'no')),
  times: small,
  persons: small,
  means: maybe(fc.subarray(['phone', 'visit', 'mail'])),
  note: maybe(fc.constantFrom('', '一件', '𠮷')),
  inner: fc.record({ a: small, held: small }),
  offices: maybe(
    fc.array(
      fc.record({
        id: fc.constant('x'),
        name: fc.constant(null),
        size: maybe(fc.constantFrom('large', 'small')),
        staff: small,
      }),
      { maxLength: 3 },
    ),
  ),
});

function rounded(value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(10)) + 0 : value;
}

test('expressions that are right give what FEEL gives', () => {
  let right = 0;
  fc.assert(
    fc.property(fc.oneof(truth, numeric), situations, (text, { offices, ...q }) => {
      const isNumber = readRule(text, scratch, { use: 'computed', at: 'q.held' });
      const read = isNumber.ok ? isNumber : readRule(text, scratch, { use: 'rule', at: 'q.held' });
      if (!read.ok) return;
      right += 1;
      const ours: Json = evaluator(read.rule.tree)({ scopes: [{ q, offices }], about });
      const theirs: unknown = evaluate(text, { ...q, q, offices }).value;
      expect(rounded(ours), text).toEqual(rounded(theirs));
      const again = evaluate(read.rule.text, { ...q, q, offices }).value;
      expect(rounded(ours), read.rule.text).toEqual(rounded(again));
    }),
    { numRuns: 400 },
  );
  expect(right).toBeGreaterThan(200);
});
