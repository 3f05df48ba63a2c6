import { describe, expect, it } from 'vitest';
import { askedUnits } from '../../../schemas/asked-units.ts';
import type { AskedUnits } from '../../../schemas/round.ts';
import { directory } from '../../support/every-question.ts';

const codes = directory.municipalities.map(({ code }) => code);
const [first = '', second = ''] = codes;
const form = { id: 'inquiry', units: 'municipality' } as const;
const asked = (units?: AskedUnits): string[] => [...askedUnits(directory, { units }, form).keys()];

describe('whom a round asks a form', () => {
  it('is every unit of its kind, unless the round names some', () => {
    expect(asked()).toEqual(codes);
    expect(asked({})).toEqual(codes);
    expect(asked({ another: [first] })).toEqual(codes);
    expect(asked({ inquiry: [second, first] }), 'in the order of the directory').toEqual([first, second]);
  });

  it('is nobody under a code that the directory, or the kind, does not have', () => {
    expect(asked({ inquiry: [second, '999999'] })).toEqual([second]);
    expect([...askedUnits(directory, { units: { inquiry: [first] } }, { ...form, units: 'council' }).keys()]).toEqual(
      [],
    );
  });

  it('does not take what every object has for a form', () => {
    expect([...askedUnits(directory, { units: {} }, { ...form, id: 'constructor' }).keys()]).toEqual(codes);
  });
});
