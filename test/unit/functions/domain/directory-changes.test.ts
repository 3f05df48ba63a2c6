import { describe, expect, it } from 'vitest';
import { directoryChanges, directoryChangesOn, unitsAffected } from '../../../../functions/domain/directory-changes.ts';
import { directory as directorySchema } from '../../../../schemas/directory.ts';
import saitama from '../../../fixtures/saitama-r6/directory.json' with { type: 'json' };

const current = directorySchema.parse(saitama);

describe('what a new directory would change', () => {
  it('is told by what came, went and is called otherwise', () => {
    const [first, second, ...rest] = current.municipalities;
    const after = {
      ...current,
      municipalities: [
        ...(first === undefined ? [] : [{ ...first, name: '新さいたま市' }]),
        ...rest,
        { code: '113018', name: '新町', kind: 'town' as const, welfareOffice: true },
      ].filter((each, index, all) => all.findIndex(({ code }) => code === each.code) === index),
      councils: current.councils.map((council) =>
        council.id === 'hiki'
          ? { ...council, lead: council.members.find((member) => member !== council.lead) ?? council.lead }
          : council,
      ),
    };
    const told = directoryChanges(current, after).map(({ kind, list, id }) => [kind, list, id]);
    expect(told).toContainEqual(['renamed', 'municipalities', '111007']);
    expect(told).toContainEqual(['removed', 'municipalities', second?.code]);
    expect(told).toContainEqual(['lead', 'councils', 'hiki']);
  });

  it('is told of classes, populations and short names, by their names', () => {
    const [first, ...rest] = current.municipalities;
    const after = directorySchema.parse({
      ...current,
      classes: [{ id: 'area', label: '圏域', values: ['南部'] }],
      municipalities: [
        { ...first, shortName: '市', population: { number: 1_345_012, on: '2024-10-01' }, classes: { area: '南部' } },
        ...rest,
      ],
    });
    expect(
      directoryChanges(current, after).map(({ kind, list, before, after }) => [kind, list, before, after]),
    ).toEqual([
      ['population', 'municipalities', '', '1,345,012人（令和6年10月1日）'],
      ['shortName', 'municipalities', '', '市'],
      ['classes', 'municipalities', '', '圏域：南部'],
      ['added', 'classes', '', '圏域'],
    ]);
    const renamed = { ...after, classes: [{ id: 'area', label: '障害福祉圏域', values: ['南部'] }] };
    expect(directoryChanges(after, renamed)).toContainEqual(
      expect.objectContaining({ kind: 'renamed', list: 'classes', before: '圏域', after: '障害福祉圏域' }),
    );
  });

  it('is nothing for the same directory, and everything for the first', () => {
    expect(directoryChanges(current, structuredClone(current))).toEqual([]);
    const first = directoryChanges(undefined, current);
    expect(first).toHaveLength(current.municipalities.length + current.councils.length);
    expect(new Set(first.map(({ kind }) => kind))).toEqual(new Set(['added']));
  });
});

describe('what a change of one unit touches', () => {
  const changed = (id: string, change: object) => ({
    ...current,
    municipalities: current.municipalities.map((each) => (each.code === id ? { ...each, ...change } : each)),
  });

  it('is nothing beside the unit where only its description changes', () => {
    const changes = directoryChangesOn('2024-10-01', current, changed('112038', { name: '新川口市', shortName: '川' }));
    expect(changes.map(({ kind }) => kind)).toEqual(['renamed', 'shortName']);
    expect(unitsAffected(changes)).toEqual(new Set());
  });

  it('is its returns where it begins or ends, and also where it does not stand on the day', () => {
    const begins = changed('112038', { validFrom: '2025-04-01' });
    expect(unitsAffected(directoryChangesOn('2024-10-01', current, begins))).toContain('112038');
    const later = changed('112038', { validFrom: '2026-04-01' });
    const changes = directoryChangesOn('2024-10-01', begins, later);
    expect(changes.map(({ kind, id, after }) => [kind, id, after])).toEqual([['validFrom', '112038', '令和8年4月1日']]);
    expect(unitsAffected(changes)).toEqual(new Set(['112038']));
  });
});
