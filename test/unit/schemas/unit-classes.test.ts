import { describe, expect, it } from 'vitest';
import { directory as directorySchema, reportingUnits } from '../../../schemas/directory.ts';
import { classChoices, classesOf, classKeysOf } from '../../../schemas/unit-classes.ts';

const source = {
  prefecture: { code: '110001', name: '埼玉県' },
  classes: [{ id: 'area', label: '圏域', values: ['西部', '南部', '東部'] }],
  municipalities: [
    {
      code: '112038',
      name: '川口市',
      kind: 'city',
      population: { number: 604_715, on: '2024-10-01' },
      classes: { area: '南部' },
    },
    { code: '112011', name: '川越市', kind: 'city', classes: { area: '西部' } },
    {
      code: '113018',
      name: '伊奈町',
      kind: 'town',
      population: { number: 45_000, on: '2024-10-01' },
      classes: { area: '南部' },
    },
  ],
  councils: [
    { id: 'joint', name: '合同', members: ['112038', '113018'], lead: '112038' },
    { id: 'wide', name: '広域', members: ['112038', '112011'], lead: '112038' },
    { id: 'own', name: '独自', members: ['112038', '112011'], lead: '112038', classes: { area: '西部' } },
  ],
};
const directory = directorySchema.parse(source);

function valuesOf(id: string): unknown {
  const wanted = classesOf(directory).find((each) => each.id === id);
  const units = [...reportingUnits(directory, 'municipality'), ...reportingUnits(directory, 'council')];
  return { values: wanted?.values, units: units.map((unit) => wanted?.valueOf(unit)) };
}

describe('the classes of units', () => {
  it('are the kind and the size of municipalities, and what the prefecture has added, in its order', () => {
    expect(classesOf(directory).map(({ label }) => label)).toEqual(['区分', '人口規模', '圏域']);
    expect(valuesOf('kind')).toEqual({ values: ['市', '町'], units: ['市', '市', '町', undefined, '市', '市'] });
    expect(valuesOf('population')).toMatchObject({
      values: ['30万人以上', '1万人以上5万人未満'],
      units: ['30万人以上', undefined, '1万人以上5万人未満', undefined, undefined, undefined],
    });
  });

  it('of a council are its own, or what all its municipalities have', () => {
    expect(valuesOf('area')).toEqual({
      values: ['西部', '南部'],
      units: ['南部', '西部', '南部', '南部', undefined, '西部'],
    });
  });

  it('are chosen by a key', () => {
    expect(classChoices(classesOf(directory))).toContainEqual({ key: 'area:南部', label: '圏域：南部' });
    expect(classKeysOf(directory, { code: '113018', members: ['113018'] })).toEqual([
      'kind:町',
      'population:1万人以上5万人未満',
      'area:南部',
    ]);
    expect(classKeysOf(directory, { code: 'wide', members: ['112038', '112011'] })).toEqual(['kind:市']);
  });
});

describe('a directory', () => {
  it.each([
    [{ classes: [{ id: 'kind', label: '種類' }] }, 'classes.0.id'],
    [{ classes: [{ id: 'other', label: '区分' }] }, 'classes.0.label'],
    [{ classes: [] }, 'municipalities.0.classes.area'],
    [{ classes: [{ id: 'area', label: '圏域', values: ['南部'] }] }, 'municipalities.1.classes.area'],
    [{ classes: [{ id: 'area', label: '圏域', values: ['西部', '南部', '西部'] }] }, 'classes.0.values.2'],
  ])('is refused with %j', (wrong, path) => {
    const { error } = directorySchema.safeParse({ ...source, ...wrong });
    expect(error?.issues[0]?.path.join('.')).toBe(path);
  });
});
