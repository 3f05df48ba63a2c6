import { describe, expect, it } from 'vitest';
import { fieldErrors } from '../../../../functions/domain/field-errors.ts';
import { printAnswer } from '../../../../functions/domain/print-answer.ts';
import { talliedFigures } from '../../../../functions/domain/summary.ts';
import { Tally } from '../../../../functions/domain/tally.ts';
import { compile } from '../../../../schemas/compile.ts';
import { form } from '../../../../schemas/form.ts';
import { decimal, decimalKind, readDecimal } from '../../../../schemas/kinds/decimal.ts';
import { kindOf } from '../../../../schemas/kinds/kinds.ts';
import { reportingUnits } from '../../../../schemas/directory.ts';
import { section } from '../../../../schemas/kinds/question.ts';
import { round } from '../forms/returns.ts';
import { saitama } from '../../support/real-forms.ts';

const staff = decimal('職員数', '人', { places: 2, max: 1000 });
const staffForm = form(
  'staff',
  2025,
  { title: '職員', units: 'municipality', help: '' },
  { s: section('職員', { staff }) },
);
const below = decimal('増減', '人', { places: 2, min: -5000, max: 5000 });
const options = { unit: '人', places: 2, nullable: false };

function codes(value: number): string[] {
  const answers = { s: { staff: value } };
  const { success, error } = compile(staffForm).content.safeParse(answers);
  return success ? [] : fieldErrors(staffForm, answers, error.issues).map(({ code }) => code);
}

describe('a decimal', () => {
  it.each([
    ['2.5', 2.5],
    ['２．５人', 2.5],
    ['1,234.25', 1234.25],
    ['12', 12],
    ['2.50', 2.5],
  ])('is read from %s', (text, value) => {
    expect(readDecimal(text, options)).toEqual({ ok: true, value });
  });

  it.each([
    ['1.000', 'ambiguous-point'],
    ['1.234', 'too-many-places'],
    ['2.5回', 'unexpected-unit'],
    ['1,23.5', 'misplaced-comma'],
    ['-2.5', 'negative'],
    ['', 'empty'],
  ])('is not read from %s: %s', (text, code) => {
    expect(readDecimal(text, options)).toMatchObject({ ok: false, problem: { code } });
  });

  it.each([
    ['-2.5', -2.5],
    ['▲1,234.5人', -1234.5],
    ['△3', -3],
    ['－0.0', 0],
    ['1.5', 1.5],
  ])('below zero is read from %s where the question goes below zero', (text, value) => {
    expect(readDecimal(text, { ...options, min: -5000 })).toEqual({ ok: true, value });
    const kind = kindOf(below.definition);
    expect(kind.nesting === 'none' && kind.posting.as === 'typed' && kind.posting.read(text)).toEqual({
      ok: true,
      value,
    });
  });

  it('below zero keeps its own reading: 該当なし, places, bounds', () => {
    expect(readDecimal('-', { ...options, min: -1, nullable: true })).toEqual({ ok: true, value: null });
    expect(readDecimal('-2.255', { ...options, min: -5 })).toMatchObject({ problem: { code: 'too-many-places' } });
    expect(readDecimal('--2', { ...options, min: -5 })).toMatchObject({ ok: false });
  });

  it('holds its places to be submitted, and is not below zero where its limits are not', () => {
    expect(codes(2.25)).toEqual([]);
    expect(codes(0.29)).toEqual([]);
    expect(codes(2.255)).toEqual(['too-many-places']);
    expect(codes(-0.5)).toEqual(['negative']);
    expect(codes(1000.5)).toEqual([]);
    expect(codes(1e12)).toEqual(['too-large']);
  });

  it('is one column of numbers, both ways', () => {
    const { definition } = staffForm.items.get('s.staff') ?? {};
    if (definition?.kind !== 'decimal') throw new RangeError('no decimal');
    const codec = decimalKind(definition).cells({});
    expect(codec.cells).toEqual([{ suffix: '', label: '', type: 'number', unit: '人' }]);
    expect(codec.write(2.5)).toEqual(['2.5']);
    expect(codec.read(['2.5'])).toBe(2.5);
    expect(codec.read([''])).toBeUndefined();
  });

  it('is printed with its unit', () => {
    const item = staffForm.items.get('s.staff');
    if (item === undefined) throw new RangeError('no question');
    expect(printAnswer(item, 1234.5, { municipalities: new Map(), entries: new Map() })).toBe('1,234.5人');
  });

  it('adds up exactly', () => {
    const tally = new Tally(staffForm);
    const units = reportingUnits(saitama, 'municipality');
    for (const [index, value] of [0.1, 0.2, 0.3].entries()) {
      const unit = units[index];
      if (unit !== undefined) tally.add({ s: { staff: value } }, unit);
    }
    const rows = talliedFigures(tally, { round, directory: saitama, audience: 'internal' }).rows;
    const of = (measure: string) => rows.find((row) => row.measure === measure);
    expect(of('sum')?.value).toBe(0.6);
    expect(of('mean')).toMatchObject({ value: 0.2, shown: '0.20' });
    expect(of('max')?.value).toBe(0.3);
  });
});
