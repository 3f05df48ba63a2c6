import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { examine } from '../../../../functions/domain/examination.ts';
import { formOfDocument } from '../../../../schemas/document/form.ts';
import { readDocument } from '../../../../schemas/document/form-document.ts';
import type { Form } from '../../../../schemas/form.ts';
import type { JsonObject } from '../../../../schemas/values/json.ts';
import { round } from '../../schemas/forms/returns.ts';

const count = (key: string, rest: object = {}) => ({ key, kind: 'count', label: key, unit: '件', ...rest });

/** As many entries as a list may have, and as many questions in each that hang on another list. */
const entries = 1000;
const questions = 20;

function formWith(conditions: readonly string[]): Form {
  const read = readDocument(
    JSON.parse(
      JSON.stringify({
        id: 'largest',
        version: 2025,
        title: '試験票',
        units: 'municipality',
        sections: [
          {
            key: 's',
            label: '問',
            questions: [
              { key: 'rows', kind: 'list', label: '行', maxEntries: entries, questions: [count('n')] },
              {
                key: 'others',
                kind: 'list',
                label: '他の行',
                maxEntries: entries,
                questions: [count('x'), ...conditions.map((when, index) => count(`c${index}`, { when }))],
              },
            ],
          },
        ],
        rules: [],
        measures: [],
      }),
    ),
  );
  const made = 'document' in read ? formOfDocument(read.document) : read;
  if (!('form' in made)) throw new Error(JSON.stringify(made.errors));
  return made.form;
}

/** @param looked is called whenever an entry of the list that conditions read is looked at */
function answersOf(size: number, looked: () => void) {
  const rows = Array.from({ length: size }, (_, index) =>
    Object.defineProperty<JsonObject>({ id: `r${index}` }, 'n', {
      enumerable: true,
      get: () => {
        looked();
        return index % 50;
      },
    }),
  );
  const own = Object.fromEntries(Array.from({ length: questions }, (_, index) => [`c${index}`, 1]));
  return { s: { rows, others: Array.from({ length: size }, (_, index) => ({ id: `o${index}`, x: index, ...own })) } };
}

function examined(conditions: readonly string[], size: number) {
  let looks = 0;
  const over: string[] = [];
  const { errors } = examine(
    formWith(conditions),
    answersOf(size, () => (looks += 1)),
    {},
    { unit: '112038', round, municipalities: new Set(), exceeded: (at) => over.push(at) },
  );
  return { looks, over, unasked: errors.length };
}

const times = (condition: string): string[] =>
  Array.from({ length: questions }, (_, index) => condition.replaceAll('#', String(index)));

describe('the conditions of a whole return', () => {
  it('share their steps: beyond, they are not met, and are named', () => {
    const { looks, over, unasked } = examined(times('some r in s.rows satisfies r.n > 100 + #'), entries);
    expect(unasked).toBe(entries * questions);
    expect(over).toContain('s.others.c0');
    expect(looks).toBeLessThan(5_000_000);
  });

  it('have enough of them for large returns', () => {
    const { over, unasked } = examined(times('(some r in s.rows satisfies r.n > #) and x >= 0'), 120);
    expect(over).toEqual([]);
    expect(unasked).toBe(0);
  });

  it('hold nobody up, whatever they say', () => {
    const inner = fc.constantFrom('r.n > x + #', 'x in s.rows.n', 'sum(s.rows.n) > #');
    const nested = inner.map((text) => `(some q in s.rows satisfies q.n > r.n and (${text}))`);
    const filtered = fc.constant('count(s.rows[n > #]) > x');
    const condition = fc
      .oneof(inner, nested, filtered)
      .map((text) => `some r in s.rows satisfies r.n < 0 or (${text})`);
    fc.assert(
      fc.property(condition, (text) => {
        expect(examined(times(text), entries).looks).toBeLessThan(10_000_000);
      }),
      { numRuns: 4 },
    );
  }, 60_000);
});
