import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readXlsForm } from '../../../../../functions/domain/xlsform/read.ts';
import { formOfDocument } from '../../../../../schemas/document/form.ts';
import { address, sheetsOf } from '../../../support/xlsform.ts';

const types = fc.constantFrom(
  'text',
  'integer',
  'decimal',
  'date',
  'note',
  'calculate',
  'range',
  'file',
  'geopoint',
  'select_one a',
  'select_multiple a or_other',
  'rank a',
  'select_one missing',
  'begin group',
  'begin repeat',
  'begin kobomatrix',
  'end group',
  'end repeat',
  '',
  'x',
);
const names = fc.constantFrom('a', 'b', 'A', 'a_b', '氏名', '1', 'for', '', 'q1', '__proto__', 'constructor');
const expressions = fc.oneof(
  fc.constant(''),
  fc.string({ maxLength: 40 }),
  fc
    .array(
      fc.constantFrom(
        '${a}',
        '${b}',
        '.',
        "'a'",
        '1',
        ' = ',
        ' and ',
        ' > ',
        '(',
        ')',
        'not(',
        'selected(',
        ', ',
        ' + ',
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join('')),
);
const cell = fc.oneof(expressions, fc.string({ maxLength: 20 }));
const row = fc.tuple(
  types,
  names,
  cell,
  cell,
  fc.constantFrom('', 'yes', 'no'),
  expressions,
  expressions,
  expressions,
  cell,
);

describe('whatever stands in an XLSForm', () => {
  it('it is read as a document that can be saved, or refused by cell', () => {
    const headings = [
      'type',
      'name',
      'label',
      'hint',
      'required',
      'relevant',
      'constraint',
      'calculation',
      'parameters',
    ];
    const choice = fc.tuple(fc.constantFrom('a', 'b', ''), names, cell);
    fc.assert(
      fc.property(fc.array(row, { maxLength: 12 }), fc.array(choice, { maxLength: 5 }), (rows, choices) => {
        const sheets = sheetsOf({ survey: [headings, ...rows], choices: [['list_name', 'name', 'label'], ...choices] });
        const result = readXlsForm(sheets, { address });
        if ('errors' in result) {
          expect(result.errors.length).toBeGreaterThan(0);
          for (const { cell: at, message } of result.errors) expect([at, message]).not.toContain('');
        } else {
          expect(formOfDocument(result.document)).toHaveProperty('form');
          for (const { cell: at } of result.notices) expect(at).toMatch(/^(?:survey|choices|settings)!/);
        }
      }),
      { numRuns: 500 },
    );
  });
});
