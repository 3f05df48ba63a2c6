import { describe, expect, it } from 'vitest';
import { perPopulation, populationsOf } from '../../../../../functions/domain/analysis/per-population.ts';
import { reportingUnits } from '../../../../../schemas/directory.ts';
import type { Directory } from '../../../../../schemas/directory.ts';

const directory: Directory = {
  prefecture: { code: '110001', name: '埼玉県' },
  municipalities: [
    { code: '111007', name: 'さいたま市', kind: 'city', population: { number: 1_300_000, on: '2024-10-01' } },
    { code: '113018', name: '伊奈町', kind: 'town', population: { number: 45_000, on: '2024-10-01' } },
    { code: '113697', name: '東秩父村', kind: 'village', population: { number: 2_400, on: '2024-04-01' } },
    { code: '113654', name: '小鹿野町', kind: 'town' },
    { code: '113638', name: '長瀞町', kind: 'town', population: { number: 0, on: '2024-10-01' } },
  ],
  councils: [
    { id: 'joint', name: '合同', members: ['113018', '113697'], lead: '113018' },
    { id: 'partly', name: '一部', members: ['113018', '113654'], lead: '113018' },
    { id: 'ward', name: '浦和区', members: ['111007'], lead: '111007', ward: '浦和区' },
  ],
};
const municipalities = reportingUnits(directory, 'municipality');
const populationOf = populationsOf(directory);

describe('a number by population', () => {
  it('is of the people of a unit, or of all members of a council, and of nobody where one is not known', () => {
    const all = [...municipalities, ...reportingUnits(directory, 'council')];
    expect(all.map((unit) => populationOf(unit))).toEqual([
      { number: 1_300_000, on: ['2024-10-01'] },
      { number: 45_000, on: ['2024-10-01'] },
      { number: 2_400, on: ['2024-04-01'] },
      undefined,
      undefined,
      { number: 47_400, on: ['2024-04-01', '2024-10-01'] },
      undefined,
      undefined,
    ]);
  });

  it('is rounded half up to two decimals, ranked, and given for all together', () => {
    const values = [13, 9, undefined, 4, 0];
    const units = municipalities.map((unit, index) => {
      const value = values[index];
      return value === undefined ? { unit, missing: 'unanswered' as const } : { unit, value };
    });
    const { rows, together, withoutPopulation } = perPopulation(units, populationOf, 100_000);
    expect(rows.map(({ name, rate, rank }) => [name, rate, rank])).toEqual([
      ['伊奈町', 2000, 1],
      ['さいたま市', 100, 2],
      ['東秩父村', undefined, undefined],
      ['小鹿野町', undefined, undefined],
      ['長瀞町', undefined, undefined],
    ]);
    expect(together).toEqual({ units: 2, value: 22, population: 1_345_000, rate: 164 });
    expect(withoutPopulation).toEqual(['小鹿野町', '長瀞町']);
  });

  it('of decimals is of their value', () => {
    const [unit] = municipalities;
    const units = unit === undefined ? [] : [{ unit, value: 135 }];
    expect(perPopulation(units, populationOf, 100_000, 1).rows[0]?.rate).toBe(104);
  });

  it('of councils together counts the people of a municipality once, whatever the councils that it is a member of', () => {
    const councils = [
      { id: 'joint', name: '合同', members: ['113018', '113697'], lead: '113018' },
      { id: 'own', name: '単独', members: ['113018'], lead: '113018' },
    ];
    const units = reportingUnits({ ...directory, councils }, 'council').map((unit) => ({ unit, value: 6 }));
    const { together } = perPopulation(units, populationsOf({ ...directory, councils }), 10_000);
    expect(together).toEqual({ units: 2, value: 12, population: 47_400, rate: 253 });
  });

  it('of nobody is none', () => {
    expect(perPopulation([], populationOf, 1_000)).toEqual({
      rows: [],
      together: { units: 0, value: 0, population: 0 },
      withoutPopulation: [],
    });
  });
});
