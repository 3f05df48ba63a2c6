import { assert, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CellError } from '../../../../schemas/kinds/cells.ts';
import { headerOf, tableOf, withDescendants, writeAnswers } from '../../../../functions/domain/tables.ts';
import type { AnswerTable } from '../../../../functions/domain/tables.ts';
import type { Directory } from '../../../../schemas/directory.ts';
import { coordinationMeeting2024 } from '../../../../schemas/forms/coordination-meeting/v2024.ts';
import { councilReport2024 } from '../../../../schemas/forms/council-report/v2024.ts';
import type { Form } from '../../../../schemas/form.ts';
import type { Answers } from '../../../../schemas/values/json.ts';
import { fixture } from '../../schemas/forms/returns.ts';
import { readAnswers } from '../../../support/read-answers.ts';
import type { RowSource } from '../../../support/read-answers.ts';
import { answersOf } from '../../support/arbitrary-answers.ts';
import { realForms, saitama, saitamaCodes } from '../../support/real-forms.ts';
import { scratchForm } from '../../support/scratch-form.ts';

const keys = ['r6', '111007'] as const;

interface Written {
  readonly own: ReadonlyMap<string, string>;
  readonly children: ReadonlyMap<string, readonly ReadonlyMap<string, string>[]>;
}

function rowOf(header: readonly string[], cells: readonly string[]): Map<string, string> {
  expect(cells).toHaveLength(header.length);
  return new Map(header.map((name, index) => [name, cells[index] ?? '']));
}

/** A return as rows by header, with the rows of another unit between them. */
function write(table: AnswerTable, answers: Answers): Written {
  const headers = new Map(withDescendants(table).map((each) => [each.id, headerOf(each)]));
  const children = new Map<string, Map<string, string>[]>();
  const sink = (id: string, cells: readonly string[]): void => {
    children.set(id, [...(children.get(id) ?? []), rowOf(headers.get(id) ?? [], cells)]);
  };
  writeAnswers(table, answers, ['r6', '112011'], sink);
  const cells = writeAnswers(table, answers, keys, sink);
  writeAnswers(table, answers, ['r5', '111007'], sink);
  return { own: rowOf(headerOf(table), [...keys, ...cells]), children };
}

function sourceOf(table: AnswerTable, { children }: Written): RowSource {
  const parents = new Map(withDescendants(table).map((each) => [each.id, each.parentKeys]));
  return (id, parent) =>
    (children.get(id) ?? [])
      .filter((row) => (parents.get(id) ?? []).every((name, index) => row.get(name) === parent[index]))
      .toSorted((a, b) => Number(a.get('order')) - Number(b.get('order')));
}

function back(table: AnswerTable, written: Written): Answers {
  return readAnswers(table, written.own, keys, sourceOf(table, written));
}

function roundTrip(form: Pick<Form, 'sections'>, answers: Answers, directory: Directory = saitama): Answers {
  const table = tableOf(form, directory, 'internal');
  return back(table, write(table, answers));
}

describe('answers → rows → answers', () => {
  it.each([...realForms, ['scratch', scratchForm] as const])('gives back what was written, for %s', (_, form) => {
    assert(
      property(answersOf(form, { municipalities: saitamaCodes, hostile: true, maxEntries: 3 }), (answers) => {
        expect(roundTrip(form, answers)).toEqual(answers);
      }),
      { numRuns: 40 },
    );
  });

  it('gives back the real reports, entries in their order', () => {
    for (const [unit, answers] of Object.entries(fixture<Record<string, Answers>>('gunma-h30/council-report.json')))
      expect(roundTrip(councilReport2024, answers), unit).toEqual(answers);
    for (const path of ['councils/kisarazu.json', 'councils/yokohama-ward.json'])
      expect(roundTrip(councilReport2024, fixture<Answers>(path)), path).toEqual(fixture(path));
    for (const answers of Object.values(fixture<Record<string, Answers>>('coordination-meeting.json')))
      expect(roundTrip(coordinationMeeting2024, answers)).toEqual(answers);
  });

  it('gives back municipalities by code, leading zeros or not, whatever the order of the directory', () => {
    const kind = 'city';
    const hokkaido: Directory = {
      prefecture: { code: '010006', name: '北海道' },
      municipalities: [
        { code: '012033', name: '小樽市', kind },
        { code: '012025', name: '函館市', kind },
        { code: '011002', name: '札幌市', kind },
      ],
      councils: [],
    };
    const answers = { first: { partners: ['011002', '012033'] } };
    expect(roundTrip(scratchForm, answers, hokkaido)).toEqual(answers);
    const backwards = { ...saitama, municipalities: saitama.municipalities.toReversed() };
    const partners = saitamaCodes.slice(0, 9).toSorted();
    expect(roundTrip(scratchForm, { first: { partners } }, backwards)).toEqual({ first: { partners } });
  });

  it('keeps absent, null, 0 and [] apart', () => {
    const entry = { id: 'a', name: '一' };
    for (const answers of [
      {},
      { units: [] },
      { units: [entry] },
      { units: [{ ...entry, size: 0 }] },
      { units: [{ ...entry, steps: [] }] },
      { units: [{ ...entry, steps: [{ id: 's' }] }] },
      { first: { visitors: null } },
      { first: { visitors: 0 } },
      { first: { functions: null } },
      { first: { functions: [] } },
      { first: { goals: [] } },
      { first: { partners: [] } },
    ])
      expect(roundTrip(scratchForm, answers)).toEqual(answers);
  });
});

describe('tables', () => {
  const table = tableOf(scratchForm, saitama, 'internal');

  it('are one per repeating group, parents first', () => {
    expect(withDescendants(table).map(({ id }) => id)).toEqual(['', 'first.goals', 'units', 'units.steps']);
  });

  it('have the question ids as columns, child tables after the keys of their parents, their id and order', () => {
    const [, goals, units, steps] = withDescendants(table).map(headerOf);
    expect(headerOf(table).slice(0, 5)).toEqual(['round', 'unit', 'first.status', 'first.detail', 'first.detailOther']);
    expect(headerOf(table)).toEqual(
      expect.arrayContaining([
        'first.functions.x',
        'first.partners.111007',
        'first.cases.min',
        'first.planned.asNeeded',
        'first.goals',
        'units',
      ]),
    );
    expect(goals).toEqual(['round', 'unit', 'order', 'first.goals']);
    expect(units).toEqual([
      'round',
      'unit',
      'id',
      'order',
      'units.name',
      'units.parent',
      'units.kind',
      'units.size',
      'units.steps',
    ]);
    expect(steps).toEqual([
      'round',
      'unit',
      'units.id',
      'id',
      'order',
      'units.steps.title',
      'units.steps.times',
      'units.steps.nature',
    ]);
  });

  it.each(realForms)('of %s name no column twice', (_, form) => {
    for (const each of withDescendants(tableOf(form, saitama, 'internal'))) {
      const header = headerOf(each);
      expect(new Set(header).size).toBe(header.length);
    }
  });

  it('hold the number of entries in the parent’s row', () => {
    const { own, children } = write(table, {
      units: [{ id: 'a', steps: [{ id: 's' }, { id: 't' }] }, { id: 'b', steps: [] }, { id: 'c' }],
    });
    expect(own.get('units')).toBe('3');
    const mine = (children.get('units') ?? []).filter(
      (row) => row.get('unit') === '111007' && row.get('round') === 'r6',
    );
    expect(mine.map((row) => [row.get('id'), row.get('order'), row.get('units.steps')])).toEqual([
      ['a', '1', '2'],
      ['b', '2', '0'],
      ['c', '3', ''],
    ]);
  });

  it('are written only with ids', () => {
    expect(() => write(table, { units: [{ name: '一' }] })).toThrow(CellError);
  });

  it('are read only with all their columns', () => {
    const written = write(table, { first: { status: 'yes' } });
    const own = new Map([...written.own].filter(([name]) => name !== 'first.more'));
    expect(() => back(table, { ...written, own })).toThrow('column first.more is missing');
  });

  it('for the public have open questions only, lists of hidden ones left out', () => {
    const shown = withDescendants(tableOf(scratchForm, saitama, 'public'));
    const columns = shown.flatMap((each) => each.columns);
    expect(columns.filter(({ item }) => item.visibility !== 'open')).toEqual([]);
    const names = columns.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['first.status', 'first.note', 'units.name', 'units.steps.title']));
    for (const hidden of ['first.detailOther', 'first.email', 'opinion.view', 'opinion.reason', 'opinion.inner.deep'])
      expect(names).not.toContain(hidden);
  });
});
