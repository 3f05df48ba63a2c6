import { describe, expect, it } from 'vitest';
import { examine } from '../../../../functions/domain/examination.ts';
import { form } from '../../../../schemas/form.ts';
import { decimal } from '../../../../schemas/kinds/decimal.ts';
import { limited as limitedBy } from '../../../../schemas/kinds/limits.ts';
import type { Limits } from '../../../../schemas/kinds/limits.ts';
import { count, list, section } from '../../../../schemas/kinds/question.ts';
import { round } from '../forms/returns.ts';

const limited = form(
  'limited',
  2025,
  { title: '様式', units: 'municipality', help: '' },
  {
    s: section('体制', {
      fee: count('委託料', '千円', { max: 1_000_000 }),
      days: decimal('開所日数', '日', { places: 1, min: 10, max: 366 }),
    }),
    offices: list('事業所', 3, { staff: count('職員', '人', { min: 1 }) }),
  },
);
const about = { unit: '111007', round, municipalities: new Set<string>() };

describe('a number outside its limits', () => {
  it('is asked about under a name of its own, where it stands', () => {
    const answers = { s: { fee: 1_000_001, days: 366.5 }, offices: [{ id: 'a', staff: 0 }] };
    expect(examine(limited, answers, {}, about).errors.map(({ code, check }) => [code, check])).toEqual([
      ['reason-required', 's.fee.limits'],
      ['reason-required', 's.days.limits'],
      ['reason-required', 'offices.a.staff.limits'],
    ]);
  });

  it('stands with a reason, which the version keeps', () => {
    const { errors, reasons } = examine(limited, { s: { days: 9.5 } }, { 's.days.limits': '休止のため' }, about);
    expect(errors).toEqual([]);
    expect(reasons).toEqual({ 's.days.limits': '休止のため' });
  });

  it('is none at the limits themselves', () => {
    const answers = { s: { fee: 1_000_000, days: 10 }, offices: [{ id: 'a', staff: 1 }] };
    expect(examine(limited, answers, {}, about).errors).toEqual([]);
  });

  it('is told what is expected, beside it before it is answered too', () => {
    const print = (value: number): string => `${value}人`;
    const said = (limits: Limits): (string | undefined)[] => {
      const { checks, limits: hint } = limitedBy(limits, print);
      return [checks?.[0]?.message, hint];
    };
    expect(said({ min: 1, max: 3 })).toEqual([
      expect.stringMatching(/^1人から3人までの/u),
      '1人から3人までの範囲を外れるときは、理由を伺います。',
    ]);
    expect(said({ min: 1 })).toEqual([expect.stringMatching(/^1人以上の/u), '1人を下回るときは、理由を伺います。']);
    expect(said({ max: 3 })).toEqual([expect.stringMatching(/^3人以下の/u), '3人を超えるときは、理由を伺います。']);
    expect(limitedBy({}, print)).toEqual({});
  });
});
