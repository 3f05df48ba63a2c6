/** Expressions that would hold up whoever answers: they are left, told, and others go on. */

import { describe, expect, it } from 'vitest';
import { withComputed } from '../../../../functions/domain/computed.ts';
import { examine } from '../../../../functions/domain/examination.ts';
import { formOfDocument } from '../../../../schemas/document/form.ts';
import { readDocument } from '../../../../schemas/document/form-document.ts';
import type { Form } from '../../../../schemas/form.ts';
import { round } from '../../schemas/forms/returns.ts';

const count = (key: string, rest: object = {}) => ({ key, kind: 'count', label: key, unit: '件', ...rest });
const rows = Array.from({ length: 1000 }, (_, index) => ({ id: `e${index}`, n: index, m: 1 }));
/** Milliseconds, on a machine that does much besides. */
const soon = 10_000;

function formOf(questions: object[], rules: object[] = []): Form {
  const list = { key: 'rows', kind: 'list', label: '行', maxEntries: 1000, questions };
  const plain = {
    id: 'slow',
    version: 1,
    title: '試験票',
    units: 'municipality',
    sections: [list],
    rules,
    measures: [],
  };
  const read = readDocument(JSON.parse(JSON.stringify(plain)));
  const made = 'document' in read ? formOfDocument(read.document) : read;
  if (!('form' in made)) throw new Error(JSON.stringify(made.errors));
  return made.form;
}

const note = (name: string, text: string) => ({ name, at: 'rows.n', severity: 'note', if: text, message: '確認' });

describe('an expression that looks through a list for each of its entries', () => {
  const within = 'some a in rows satisfies a.n = n + 1 and a.m = 7';
  const nested = 'some a in rows satisfies some b in rows satisfies a.n = b.n + 1 and b.m = 7';
  const form = formOf(
    [count('n'), count('m')],
    [
      ...Array.from({ length: 40 }, (_, index) => note(`within${index}`, within)),
      ...Array.from({ length: 40 }, (_, index) => note(`nested${index}`, nested)),
      note('last', 'n = 999'),
    ],
  );

  it('is left when it has taken its steps, and told once', () => {
    const told: string[] = [];
    const began = performance.now();
    const { notes } = examine(
      form,
      { rows },
      {},
      {
        unit: '112038',
        round,
        municipalities: new Set<string>(),
        exceeded: (rule) => told.push(rule),
      },
    );
    expect(performance.now() - began).toBeLessThan(soon);
    expect(told.length).toBe(new Set(told).size);
    expect(told).toContain('nested0');
    // What takes no steps is judged all the same.
    expect(notes.map(({ key }) => key)).toEqual(['rows.e999.n.last']);
  });

  it('gives no value where it computes one', () => {
    const computed = Array.from({ length: 20 }, (_, index) => ({
      key: `c${index}`,
      kind: 'computed',
      label: `c${index}`,
      unit: '件',
      places: 0,
      formula: 'n + sum(rows.m)',
    }));
    const began = performance.now();
    const whole = withComputed(formOf([count('n'), count('m'), ...computed]), { rows });
    expect(performance.now() - began).toBeLessThan(soon);
    expect(Object(whole['rows'])[0]).toMatchObject({ c0: 1000 });
    expect(Object(whole['rows'])[999]).not.toHaveProperty('c19');
  });

  it('finds what is repeated among a thousand by looking once', () => {
    const repeated = formOf(
      [count('n'), { key: 'on', kind: 'date', label: '日' }],
      [{ ...note('same', 'repeated(on)'), at: 'rows.on' }],
    );
    const same = rows.map(({ id }, index) => ({ id, on: index < 2 ? '2024-01-01' : `${1000 + index}-01-01` }));
    const found = examine(repeated, { rows: same }, {}, { unit: '112038', round, municipalities: new Set<string>() });
    expect(found.notes.map(({ key }) => key)).toEqual(['rows.e1.on.same']);
  });
});
