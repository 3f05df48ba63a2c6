import { describe, expect, it } from 'vitest';
import { changesInUse, definitionErrors } from '../../../../functions/domain/round-changes.ts';
import { directory } from '../../../../schemas/directory.ts';
import { standingOn } from '../../../../schemas/directory-on-day.ts';
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

  it('may pin one in which a unit that answered has ended, and is told what to do where it is still to come back', () => {
    const errors = (span: object) => {
      const kawaguchi = { code: '112038', name: '川口市', kind: 'city' };
      const later = directory.parse({
        ...saitama,
        municipalities: [...saitama.municipalities, { ...kawaguchi, ...span }],
      });
      const answered = {
        definition,
        directory: directory.parse({ ...later, municipalities: [...saitama.municipalities, kawaguchi] }),
      };
      const taken = { definition, directory: standingOn(later, '2026-12-01') };
      return changesInUse(answered, taken, [{ form: 'scratch-form', unit: '112038' }], scratchCatalogue);
    };
    const ofUnit = (span: object) => errors(span).filter(({ code }) => code === 'unit-in-use');
    expect(ofUnit({ validTo: '2025-03-31', successors: ['111007'] })).toEqual([]);
    expect(ofUnit({ validFrom: '2026-04-01' })).toEqual([]);
    const [back] = ofUnit({ validFrom: '2027-04-01' });
    for (const words of [
      '「川口市」（112038）',
      '令和9年4月1日から有効になる',
      '終わりの記録がある版を選んで',
      '「有効開始」を直して',
    ])
      expect(back?.message).toContain(words);
  });

  it('is told of one that the directory has no longer, and of one that the form does not ask any more', () => {
    const [gone] = changesInUse(
      { definition, directory: saitama },
      { definition, directory: { ...saitama, municipalities: [] } },
      started,
      scratchCatalogue,
    );
    expect(gone?.message).toContain('「さいたま市」（111007）にはすでに');
    const other = [{ form: 'scratch-council', unit: '111007' }];
    const asking = { definition: { ...definition, forms: { 'scratch-council': 2024 } }, directory: saitama };
    const [notAsked] = changesInUse(asking, asking, other, scratchCatalogue);
    expect(notAsked?.message).toContain('この調査票の回答者に当たりません');
    expect(gone?.message).toContain('名簿から削除せずに残し、「有効終了」を入力');
  });
});
