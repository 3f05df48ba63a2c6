/** Expressions end, never throw, and see nothing but what they are given. */

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluator } from '../../../../schemas/rules/evaluate.ts';
import { readRule } from '../../../../schemas/rules/print.ts';
import type { RulePlace, Use } from '../../../../schemas/rules/check.ts';
import type { JsonObject } from '../../../../schemas/values/json.ts';
import { isObject } from '../../../../schemas/values/json.ts';
import { about, scratch } from './support.ts';

const words = [
  'held',
  'times',
  'q.held',
  'offices',
  'offices.staff',
  'staff',
  'means',
  'note',
  'heldOn',
  'plan',
  'term.from',
  'inner',
  'handled',
  'visits',
  'o',
  'o.staff',
  'item',
  'constructor',
  '__proto__',
  'toString',
  'previous.times',
  'unit.code',
  'unit.members',
  'round.period.from',
  '問1',
  '問8',
  '`2`',
  '①',
  '"yes"',
  '"phone"',
  '"2025-04"',
  '""',
  '1',
  '0',
  'null',
  'true',
  '+',
  '-',
  '*',
  '/',
  '=',
  '!=',
  '<',
  '>=',
  'and',
  'or',
  'in',
  '(',
  ')',
  '[',
  ']',
  ',',
  '.',
  'if',
  'then',
  'else',
  'some o in offices satisfies',
  'every o in handled satisfies',
  'not(',
  'count(',
  'sum(',
  'total(',
  'answered(',
  'empty(',
  'list contains(',
  'repeated(',
  'went back(',
  'abrupt change(',
  'planned(',
  'fiscal year(',
  'outside period(',
  'same as last time()',
  'contains(',
  'round half up(',
];

/** Most are wrong; what is left is nested in ways that nobody writes. */
const texts = fc.oneof(
  fc.array(fc.constantFrom(...words), { maxLength: 12 }).map((parts) => parts.join(' ')),
  fc
    .tuple(
      fc.constantFrom(
        'answered',
        'empty',
        'not applicable',
        'repeated',
        'went back',
        'abrupt change',
        'outside period',
        'planned',
        'fiscal year',
        'total',
        'count',
        'sum',
        'max',
      ),
      fc.constantFrom(...words),
    )
    .map(([name, word]) => `${name}(${word})`),
  fc
    .tuple(fc.constantFrom(...words), fc.constantFrom('=', '<', '!=', 'in', '+', '/'), fc.constantFrom(...words))
    .map((parts) => parts.join(' ')),
);

const places = fc.record<RulePlace>({
  use: fc.constantFrom<Use>('rule', 'condition', 'computed', 'total', 'withheld'),
  at: fc.constantFrom('q.times', 'offices.staff', 'offices.visits.on', 'offices', 'staff.handled', undefined),
});

const anything: fc.Arbitrary<JsonObject> = fc
  .record({
    q: fc.record({
      held: fc.jsonValue(),
      times: fc.jsonValue(),
      means: fc.jsonValue(),
      heldOn: fc.jsonValue(),
      plan: fc.jsonValue(),
      inner: fc.jsonValue(),
    }),
    staff: fc.jsonValue(),
    offices: fc.oneof(
      fc.array(fc.record({ staff: fc.jsonValue(), size: fc.jsonValue(), visits: fc.jsonValue() })),
      fc.jsonValue(),
    ),
  })
  .map((value) => {
    const plain: unknown = JSON.parse(JSON.stringify(value));
    return isObject(plain) ? plain : {};
  });

test('any expression over any answers ends with a value', () => {
  fc.assert(
    fc.property(texts, places, anything, anything, (text, place, answers, before) => {
      const read = readRule(text, scratch, place);
      if (!read.ok) {
        for (const { message, position, length } of read.errors) {
          expect(message).not.toBe('');
          expect(position + length).toBeLessThanOrEqual(text.length);
        }
        return;
      }
      const run = evaluator(read.rule.tree);
      expect(run({ scopes: [answers, answers, answers], previous: [before, before, undefined], about })).not.toBe(
        undefined,
      );
      expect(run({ scopes: [] })).not.toBe(undefined);
    }),
    { numRuns: 500 },
  );
});

describe('what it is not given it does not see', () => {
  test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])('%s is no question', (name) => {
    expect(readRule(`q.${name} != null`, scratch, { use: 'rule' }).ok).toBe(false);
    expect(readRule(`${name} != null`, scratch, { use: 'rule' }).ok).toBe(false);
  });

  test('what every object has is no answer', () =>
    expect(evaluator(['binary', '=', ['read', 0, ['constructor', 'name']], ['value', null]])({ scopes: [{}] })).toBe(
      true,
    ));

  test('answers are not changed by it', () => {
    const answers = { offices: [{ id: 'a', staff: 1 }, { id: 'b' }], q: { means: ['phone'] } };
    const copy = structuredClone(answers);
    const read = readRule('count(offices[staff = 1]) > 0 and list contains(q.means, "phone")', scratch, {
      use: 'rule',
    });
    if (read.ok) evaluator(read.rule.tree)({ scopes: [answers] });
    expect(answers).toEqual(copy);
  });
});
