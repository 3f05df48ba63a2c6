import { describe, expect, it } from 'vitest';
import { changesInUse, definitionErrors } from '../../../../functions/domain/round-changes.ts';
import { directory } from '../../../../schemas/directory.ts';
import { roundDefinition } from '../../../../schemas/round.ts';
import { scratchCatalogue } from '../../../integration/support/scratch-form.ts';

const definition = roundDefinition.parse({
  name: '令和6年度',
  fiscalYear: 2024,
  referenceDate: '2024-09-30',
  period: { from: '2023-04', to: '2024-03' },
  forms: { 'scratch-form': 2024 },
  opensAt: '2024-10-01',
  dueAt: '2024-11-29',
});
const saitama = directory.parse({
  prefecture: { code: '110001', name: '埼玉県' },
  municipalities: [{ code: '111007', name: 'さいたま市', kind: 'city' }],
  councils: [],
});
const started = [{ form: 'scratch-form', unit: '111007' }];
const codes = (after: typeof definition, units = started, directory = saitama) =>
  changesInUse({ definition, directory: saitama }, { definition: after, directory }, units, scratchCatalogue).map(
    ({ code }) => code,
  );

describe('the definition of a round', () => {
  it('names forms and sections that exist', () => {
    expect(definitionErrors({ ...definition, asOf: { overview: '2024-06-01' } }, scratchCatalogue)).toEqual([]);
  });

  it('is told every form and section that does not', () => {
    const wrong = { ...definition, forms: { 'scratch-form': 1999, none: 1 }, asOf: { overview: '2024-06-01' } };
    expect(definitionErrors(wrong, scratchCatalogue).map(({ path }) => path)).toEqual([
      'forms.scratch-form',
      'forms.none',
      'asOf.overview',
    ]);
  });
});

describe('a change of a round with returns', () => {
  it('may change dates and names, and add forms', () => {
    expect(
      codes({
        ...definition,
        name: '改称',
        dueAt: '2024-12-06',
        forms: { 'scratch-form': 2024, 'scratch-council': 2024 },
      }),
    ).toEqual([]);
  });

  it('may not change the version of a form that has one, or drop it', () => {
    expect(codes({ ...definition, forms: { 'scratch-form': 2025 } })).toEqual(['form-in-use']);
    expect(codes({ ...definition, forms: { 'scratch-council': 2024 } })).toEqual(['form-in-use']);
  });

  it('may not pin a directory without a municipality that its returns may name', () => {
    const merged = { ...saitama, municipalities: [{ code: '112038', name: '川口市', kind: 'city' as const }] };
    expect(codes(definition, [{ form: 'scratch-council', unit: 'none' }], merged)).toContain('municipality-in-use');
    expect(codes(definition, [], merged)).toEqual([]);
  });

  it('may not pin a directory without a unit that has one', () => {
    expect(codes(definition, [{ form: 'scratch-form', unit: '112038' }])).toEqual(['unit-in-use']);
  });
});
