/** The rules of the shipped forms on generated returns. What each of them asks is tested beside its form. */

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editChecks } from '../../../../functions/domain/edit-checks.ts';
import type { Answers, Json } from '../../../../schemas/values/json.ts';
import { isObject } from '../../../../schemas/values/json.ts';
import type { Form } from '../../../../schemas/form.ts';
import { forms } from '../../../../schemas/forms/catalogue.ts';
import { answersOf } from '../../support/arbitrary-answers.ts';
import { round } from './returns.ts';

const unit = '112020';
const municipalities = [unit, '112038', '112046'];

/** Around the period of the round and its fiscal year. */
const days = ['2023', '2023-03', '2023-04', '2023-04-01', '2024-09', '2024-09-30', '2024-10-01', '2025-03', '2025-04'];

/** Of an answer one near by, so that rules strike: few numbers, dates about the round. */
function near(value: Json): Json {
  if (typeof value === 'number') return value > 1800 && value < 3000 ? 2020 + (value % 6) : value % 9;
  if (typeof value === 'string')
    return /^\d{4}(?:-\d{2})*$/.test(value) ? (days[Number(value.slice(0, 4)) % days.length] ?? value) : value;
  if (Array.isArray(value)) return value.map(near);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, each === undefined ? each : near(each)]));
}

function returnsOf(form: Form): fc.Arbitrary<Answers> {
  return answersOf(form, { municipalities, maxEntries: 4 }).map((answers): Answers => {
    const value = near(answers);
    return isObject(value) ? value : {};
  });
}

// A version has the rules of those before it.
describe.each([...forms.values()].flatMap((versions) => [...versions.values()].slice(-1)))('$id $version', (form) => {
  it('has no rule that never strikes', () => {
    const names = new Set<string>();
    const generated = fc.sample(fc.tuple(returnsOf(form), returnsOf(form)), { numRuns: 400, seed: 41 });
    for (const [answers, before] of generated)
      for (const previous of [before, answers])
        for (const { name } of editChecks(form, answers, { unit, round, previous })) names.add(name);
    for (const { rule } of form.rules) expect(names).toContain(rule.name);
  });
});
