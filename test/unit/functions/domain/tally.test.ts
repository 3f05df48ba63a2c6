import { array, assert, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { talliedFigures } from '../../../../functions/domain/summary.ts';
import { Tally } from '../../../../functions/domain/tally.ts';
import { reportingUnits } from '../../../../schemas/directory.ts';
import type { ReportingUnit } from '../../../../schemas/directory.ts';
import type { Form } from '../../../../schemas/form.ts';
import { form } from '../../../../schemas/form.ts';
import { choice, matrix, section } from '../../../../schemas/kinds/question.ts';
import type { Answers } from '../../../../schemas/values/json.ts';
import { round } from '../../schemas/forms/returns.ts';
import { answersOf } from '../../support/arbitrary-answers.ts';
import { realForms, saitama, saitamaCodes } from '../../support/real-forms.ts';
import { scratchForm } from '../../support/scratch-form.ts';

function unit(code: string, ...members: string[]): ReportingUnit {
  return { code, name: code, kind: null, members: members.length === 0 ? [code] : members, editor: code };
}

function tallied(of: Form, returns: readonly (readonly [Answers, ReportingUnit])[]): Tally {
  const tally = new Tally(of);
  for (const [answers, from] of returns) tally.add(answers, from);
  return tally;
}

/** Everything that is ever read of a tally. */
function figures(tally: Tally) {
  return {
    returns: tally.returns,
    municipalities: [...tally.municipalities].toSorted(),
    rows: talliedFigures(tally, { round, directory: saitama, audience: 'internal' }).rows,
    publicRows: talliedFigures(tally, { round, directory: saitama, audience: 'public' }).rows,
    behind: [...tally.form.items.keys()].map((id) => tally.unitsBehind(id)),
  };
}

describe('merging', () => {
  it.each(realForms)('tallies of returns of %s gives the tally of all of them, in any order', (_, of) => {
    const units = reportingUnits(saitama, of.units);
    const returns = array(answersOf(of, { municipalities: saitamaCodes, hostile: true, maxEntries: 3 }), {
      maxLength: 6,
    });
    assert(
      property(returns, returns, (a, b) => {
        const withUnits = [...a, ...b].flatMap((answers, index): [Answers, ReportingUnit][] => {
          const from = units[index];
          return from === undefined ? [] : [[answers, from]];
        });
        const [one, other] = [withUnits.slice(0, a.length), withUnits.slice(a.length)];
        const merged = tallied(of, one);
        merged.merge(tallied(of, other));
        expect(figures(merged)).toEqual(figures(tallied(of, withUnits)));
        expect(figures(tallied(of, withUnits.toReversed()))).toEqual(figures(merged));
      }),
      { numRuns: 25 },
    );
  });

  it('with nothing changes nothing', () => {
    const tally = tallied(scratchForm, [[{ first: { status: 'yes', more: 3 } }, unit('a')]]);
    const before = figures(tally);
    tally.merge(new Tally(scratchForm));
    expect(figures(tally)).toEqual(before);
  });
});

describe('a tally', () => {
  it('counts numbers: absent and null are no numbers, 0 is one', () => {
    const tally = tallied(scratchForm, [
      [{ first: {} }, unit('a')],
      [{ first: { visitors: null } }, unit('b')],
      [{ first: { visitors: 0 } }, unit('c')],
      [{ first: { visitors: 5 } }, unit('d')],
    ]);
    const { base, sum } = tally.numbers('first.visitors');
    expect({ returns: tally.returns, base, sum }).toEqual({ returns: 4, base: 2, sum: 5 });
  });

  it('counts who chose an option, out of how many answered', () => {
    const tally = tallied(scratchForm, [
      [{ first: { functions: ['x', 'y'] } }, unit('a')],
      [{ first: { functions: [] } }, unit('b')],
      [{ first: { functions: null } }, unit('c')],
      [{}, unit('d')],
    ]);
    const counts = tally.options('first.functions');
    expect(counts.base).toBe(2);
    expect([counts.total('x'), counts.total('z')]).toEqual([1, 0]);
    expect(counts.units('x')).toEqual(['a']);
  });

  it('counts the entries of lists, and inside lists entries instead of units', () => {
    const tally = tallied(scratchForm, [
      [
        {
          units: [
            { id: 'p', kind: 'open', size: 2 },
            { id: 'q', kind: 'open' },
          ],
        },
        unit('a'),
      ],
      [{ units: [] }, unit('b')],
      [{ first: { goals: ['甲', '乙'] } }, unit('c')],
    ]);
    expect([tally.numbers('units').base, tally.numbers('units').sum]).toEqual([2, 2]);
    expect([tally.options('units.kind').total('open'), tally.options('units.kind').units('open')]).toEqual([2, []]);
    expect(tally.numbers('units.size').sum).toBe(2);
    expect([tally.numbers('first.goals').base, tally.numbers('first.goals').sum]).toEqual([1, 2]);
  });

  it('counts a municipality behind two councils once', () => {
    const tally = tallied(scratchForm, [
      [{}, unit('p', '111007', '112011')],
      [{}, unit('q', '112011', '113018')],
    ]);
    expect([...tally.municipalities].toSorted()).toEqual(['111007', '112011', '113018']);
  });

  it('takes the rows of a matrix out of all who were asked', () => {
    const table = form(
      'table',
      1,
      { title: '', units: 'municipality', help: '' },
      {
        a: section('甲', {
          raised: choice('有無', { yes: '有', no: '無' }),
          wider: matrix('広域', { housing: '住', leisure: '余暇' }, { prefecture: '県', region: '広域' }, '計').when({
            raised: 'yes',
          }),
        }),
      },
    );
    const tally = tallied(table, [
      [{ a: { raised: 'yes', wider: { housing: 'prefecture' } } }, unit('a')],
      [{ a: { raised: 'yes' } }, unit('b')],
      [{ a: { raised: 'no' } }, unit('c')],
      [{}, unit('d')],
    ]);
    expect(tally.options('a.wider.housing').base).toBe(2);
    expect(tally.options('a.wider.housing').total('prefecture')).toBe(1);
    expect(tally.options('a.wider.leisure').base).toBe(2);
  });

  it('counts the measures that a form names, of every return', () => {
    const text = { title: '', units: 'council', help: '' } as const;
    const measured = form(
      'measured',
      1,
      text,
      { a: section('甲', {}) },
      {
        measures: [
          { kind: 'total', id: 'members', label: '構成市町村数', measure: 'sum', expression: 'count(unit.members)' },
          {
            kind: 'class',
            id: 'size',
            label: '規模',
            options: { one: '単独', more: '共同' },
            expression: 'if count(unit.members) > 1 then "more" else "one"',
          },
        ],
      },
    );
    const tally = tallied(measured, [
      [{}, unit('p', '111007', '112011')],
      [{}, unit('q', '113018')],
    ]);
    expect(tally.numbers('members').sum).toBe(3);
    expect(tally.options('size').units('more')).toEqual(['p']);
    expect(tally.options('size').base).toBe(2);
  });
});
