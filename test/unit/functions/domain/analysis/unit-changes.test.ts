import { array, assert, constantFrom, integer, option, property, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changesByUnit, sumsOf, whoMoved } from '../../../../../functions/domain/analysis/unit-changes.ts';
import type { UnitValue } from '../../../../../functions/domain/analysis/unit-values.ts';
import type { Lineage } from '../../../../../functions/domain/lineage.ts';

type Given<T> = Readonly<Record<string, T | null>>;

function units<T>(given: Given<T>): UnitValue<T>[] {
  return Object.entries(given).map(([code, value]) => {
    const unit = { code, name: code, members: [code] };
    return value === null ? { unit, missing: 'unanswered' } : { unit, value };
  });
}

function lineages(known: Readonly<Record<string, [Lineage['kind'], ...string[]]>>): (code: string) => Lineage {
  return (code) => {
    const [kind, ...names] = known[code] ?? ['same'];
    return { kind, units: names.map((name) => ({ code: name, name })) };
  };
}

const sum = (values: readonly number[]): number => values.reduce((all, each) => all + each, 0);

describe('changes by unit', () => {
  it('compare a merged unit with the sum, and name what cannot be compared with its reason', () => {
    const changes = changesByUnit<number>({
      now: units({ 甲: 5, 新市: 9, 乙: null, 東: 3, 村市: 4, 新町: 1, 併市: 7 }),
      before: units({ 甲: 2, 旧a: 3, 旧b: 4, 乙: 6, 元: 8, 村: 1, 併: null, 消: 2 }),
      lineageOf: lineages({
        新市: ['merged', '旧a', '旧b'],
        東: ['divided', '元'],
        村市: ['one', '村'],
        併市: ['merged', '併', '甲'],
      }),
      together: sum,
    });
    expect(changes.compared.map(({ name, before, now, of }) => [name, before, now, of])).toEqual([
      ['甲', 2, 5, []],
      ['新市', 7, 9, ['旧a', '旧b']],
      ['村市', 1, 4, ['村']],
    ]);
    expect(changes.notCompared.map(({ name, before, now, reason }) => [name, before, now, reason])).toEqual([
      ['乙', 6, undefined, '今回は回答なし'],
      ['東', undefined, 3, '分割された団体の後身のため比較不可'],
      ['新町', undefined, 1, '前回の対象外'],
      ['併市', undefined, 7, '前回は併が回答なし'],
      ['元', 8, undefined, '今回の対象外'],
      ['消', 2, undefined, '今回の対象外'],
    ]);
  });

  it('do not add up options or shares of merged units', () => {
    const { compared, notCompared } = changesByUnit<number>({
      now: units({ 新市: 9 }),
      before: units({ 旧a: 3, 旧b: 4 }),
      lineageOf: lineages({ 新市: ['merged', '旧a', '旧b'] }),
    });
    expect(compared).toEqual([]);
    expect(notCompared[0]?.reason).toContain('合計できない');
  });

  it('add up to the difference of the sums, and leave out no answer', () => {
    const codes = ['a', 'b', 'c', 'd', 'e', 'f'];
    const values = array(option(integer({ min: 0, max: 99 })), { minLength: 6, maxLength: 6 });
    const kind = constantFrom<Lineage['kind']>('same', 'one', 'merged', 'divided', 'partly');
    assert(
      property(tuple(values, values, kind), ([now, before, of]) => {
        const given = (all: readonly (number | null)[]): Given<number> =>
          Object.fromEntries(codes.map((code, index) => [code, all[index] ?? null]));
        // `a` came after `e` (and `f`), who are not asked any more.
        const current = units(given(now)).slice(0, 4);
        const earlier = units(given(before)).slice(1);
        const changes = changesByUnit<number>({
          now: current,
          before: earlier,
          lineageOf: lineages({ a: of === 'same' ? ['same'] : of === 'one' ? [of, 'e'] : [of, 'e', 'f'] }),
          together: sum,
        });
        const { compared, all } = sumsOf(changes);
        const total = (of: readonly UnitValue<number>[]): number => sum(of.map(({ value }) => value ?? 0));
        expect(all).toEqual({ now: total(current), before: total(earlier) });
        expect(sum(changes.compared.map((each) => each.now - each.before))).toBe(compared.change);
        const rest = sum(changes.notCompared.map((each) => (each.now ?? 0) - (each.before ?? 0)));
        expect(compared.change + rest).toBe(all.now - all.before);
        const named = [...changes.compared, ...changes.notCompared].map(({ code }) => code);
        for (const { unit } of current) expect(named.filter((code) => code === unit.code)).toHaveLength(1);
      }),
    );
  });
});

describe('who moved', () => {
  const moved = (before: string[], now: string[], name: string) => ({ code: name, name, before, now, of: [] });

  it('is told from option to option, the most frequent way first', () => {
    const compared = [
      moved(['no'], ['yes'], '甲'),
      moved(['yes'], ['yes'], '乙'),
      moved(['plan'], ['yes'], '丙'),
      moved(['no'], ['yes'], '丁'),
      moved([], ['no'], '戊'),
    ];
    expect(whoMoved(compared, false)).toEqual([
      { from: 'no', to: 'yes', units: ['甲', '丁'] },
      { from: 'plan', to: 'yes', units: ['丙'] },
      { from: undefined, to: 'no', units: ['戊'] },
    ]);
  });

  it('is told by option where several may be chosen', () => {
    expect(whoMoved([moved(['a', 'b'], ['b', 'c'], '甲'), moved(['a'], [], '乙')], true)).toEqual([
      { from: 'a', to: undefined, units: ['甲', '乙'] },
      { from: undefined, to: 'c', units: ['甲'] },
    ]);
  });

  it('explains each change of a count: arrived less left', () => {
    const chosen = array(constantFrom('a', 'b', 'c'), { maxLength: 3 }).map((all) => [...new Set(all)]);
    assert(
      property(array(tuple(chosen, chosen)), (all) => {
        const compared = all.map(([before, now], index) => moved(before, now, String(index)));
        const moves = whoMoved(compared, true);
        for (const key of ['a', 'b', 'c']) {
          const count = (of: 'before' | 'now'): number => compared.filter((each) => each[of].includes(key)).length;
          const units = (of: 'from' | 'to'): number =>
            sum(moves.filter((each) => each[of] === key).map((each) => each.units.length));
          expect(units('to') - units('from')).toBe(count('now') - count('before'));
        }
      }),
    );
  });
});
