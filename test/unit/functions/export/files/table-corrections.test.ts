import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EditionTables } from '../../../../../functions/export/files/edition-tables.ts';
import { csvText } from '../../../../../functions/platform/csv-text.ts';
import {
  CorrectedUnits,
  nameColumnsOf,
  tableCorrections,
} from '../../../../../functions/export/files/table-corrections.ts';
import type { TableCorrection } from '../../../../../functions/export/files/table-corrections.ts';
import { tableOf } from '../../../../../functions/domain/tables.ts';
import { form } from '../../../../../schemas/form.ts';
import { count, list, section, text, texts as lines } from '../../../../../schemas/kinds/question.ts';
import { saitama } from '../../../support/real-forms.ts';

type Rows = readonly (readonly string[])[];

const keys: Readonly<Record<string, readonly string[]>> = {
  'f.csv': ['round', 'unit'],
  'f.bodies.csv': ['round', 'unit', 'id'],
  'f.bodies.themes.csv': ['round', 'unit', 'bodies.id', 'order'],
  'f.offices.csv': ['round', 'unit', 'id'],
  'f.days.csv': ['round', 'unit', 'id'],
  'directory.csv': ['unit'],
  'directory.members.csv': ['unit', 'member'],
};

/** An edition of tables, each with its header first. */
function edition(tables: Readonly<Record<string, Rows>>, opened: string[] = []): EditionTables {
  const texts = new Map(Object.entries(tables).map(([path, rows]) => [path, csvText(rows)]));
  return {
    tables: Object.entries(tables).map(([path, [header = []]]) => ({
      path,
      sha256: createHash('sha256')
        .update(texts.get(path) ?? '')
        .digest('hex'),
      fields: header.map((name) => ({ name, title: `題：${name}`, ...(name === 'a.meetings' ? { unit: '回' } : {}) })),
      primaryKey: keys[path] ?? [],
    })),
    open: async (path) => {
      opened.push(path);
      return Readable.from([Buffer.from(texts.get(path) ?? '')]);
    },
  };
}

/** A form with a list whose entries are called by a question of its own name, and one whose entries have no name. */
const asked = form(
  'f',
  2024,
  { title: '試験票', units: 'municipality', help: '' },
  {
    a: section('A', { meetings: count('会議', '回') }),
    bodies: list('会議体', 5, {
      name: text('名称', 20).open(),
      themes: lines('テーマ', { entries: 5, length: 50 }).open(),
    }),
    offices: list('窓口', 5, { place: text('設置場所', 20).open(), name: text('担当の氏名', 20).open() }),
    days: list('催し', 5, { visitors: count('来訪者', '人'), name: text('内容', 20).open() }),
  },
);
const reading = {
  nameColumns: nameColumnsOf([{ form: asked, table: tableOf(asked, saitama, 'public') }]),
  step: () => Promise.resolve(),
};

async function corrections(before: EditionTables, after: EditionTables): Promise<TableCorrection[]> {
  const found: TableCorrection[] = [];
  for await (const each of tableCorrections(before, after, reading)) found.push(each);
  return found;
}

async function correctedUnits(
  before: EditionTables,
  after: EditionTables,
): Promise<ReturnType<CorrectedUnits['found']>> {
  const units = new CorrectedUnits();
  const corrections = tableCorrections(before, after, reading);
  for await (const _correction of units.noting(corrections));
  return units.found();
}

const header = ['round', 'unit', 'unitName', 'a.meetings', 'a.topics.work', 'a.topics.housing', 'bodies'];
const row = (unit: string, ...cells: string[]): string[] => ['R6', unit, `${unit}市`, ...cells];
const bodies = ['round', 'unit', 'id', 'order', 'unitName', 'bodies.name', 'bodies.themes'];
const body = (unit: string, id: string, order: string, name: string): string[] => [
  'R6',
  unit,
  id,
  order,
  `${unit}市`,
  name,
  '',
];
const themes = ['round', 'unit', 'bodies.id', 'order', 'unitName', 'bodies.themes'];

const returns = [header, row('1', '5', '1', '0', '2'), row('2', '', '-', '-', '1'), row('3', '0', '', '', '')];
const entries = [
  bodies,
  body('1', 'b1', '1', '全体会'),
  body('1', 'b2', '2', '就労部会'),
  body('2', 'b1', '1', '全体会'),
];
const texts = [themes, ['R6', '1', 'b1', '1', '1市', '"引用"\r\n改行'], ['R6', '1', 'b1', '2', '1市', '二']];
const before = edition({ 'f.csv': returns, 'f.bodies.csv': entries, 'f.bodies.themes.csv': texts });

describe('the corrections of tables', () => {
  it('are one per cell, as published, with the name and the unit of its column', async () => {
    const [, first = [], second = [], third = []] = returns;
    const after = edition({
      'f.csv': [
        header,
        first.with(3, '6').with(4, '0').with(5, '1'),
        second.with(3, '0').with(4, '').with(5, ''),
        third.with(2, '新市'),
      ],
      'f.bodies.csv': entries,
      'f.bodies.themes.csv': texts,
    });
    const found = await corrections(before, after);
    expect(found[0]).toEqual({
      change: 'changed',
      form: 'f',
      table: 'f.csv',
      unit: '1',
      unitName: '1市',
      entries: [],
      entryName: '',
      cell: { column: 'a.meetings', label: '題：a.meetings', before: '5', after: '6', unit: '回' },
    });
    expect(found.map(({ unit, unitName, cell }) => [unit, unitName, cell?.column, cell?.before, cell?.after])).toEqual([
      ['1', '1市', 'a.meetings', '5', '6'],
      ['1', '1市', 'a.topics.work', '1', '0'],
      ['1', '1市', 'a.topics.housing', '0', '1'],
      // Not answered, does not apply and 0 stay different things.
      ['2', '2市', 'a.meetings', '', '0'],
      ['2', '2市', 'a.topics.work', '-', ''],
      ['2', '2市', 'a.topics.housing', '-', ''],
    ]);
  });

  it('are one per return that came or went, whatever its lists have', async () => {
    const after = edition({
      'f.csv': [...returns.slice(0, 1), ...returns.slice(2), row('4', '1', '', '', '1')],
      'f.bodies.csv': [bodies, body('2', 'b1', '1', '全体会'), body('4', 'b1', '1', '全体会')],
      'f.bodies.themes.csv': [themes],
    });
    const found = await corrections(before, after);
    expect(found.map(({ change, unit, table, cell }) => [change, unit, table, cell])).toEqual([
      ['added', '4', 'f.csv', undefined],
      ['removed', '1', 'f.csv', undefined],
    ]);
    expect(await correctedUnits(before, after)).toEqual({
      returns: [
        { form: 'f', unitName: '4市', change: 'added', items: 1 },
        { form: 'f', unitName: '1市', change: 'removed', items: 1 },
      ],
      units: [],
    });
  });

  it('are one per entry of a list that came or went, and name it; a text goes by its order', async () => {
    const after = edition({
      'f.csv': returns,
      'f.bodies.csv': [
        bodies,
        body('1', 'b2', '1', '就労支援部会'),
        body('1', 'b3', '2', 'こども部会'),
        body('2', 'b1', '1', '全体会'),
      ],
      'f.bodies.themes.csv': [themes, ['R6', '1', 'b1', '1', '1市', '二']],
    });
    const found = await corrections(before, after);
    expect(
      found.map(({ change, entries, entryName, cell }) => [
        change,
        entries,
        entryName,
        cell?.column,
        cell?.before,
        cell?.after,
      ]),
    ).toEqual([
      ['changed', ['b2'], '就労支援部会', 'order', '2', '1'],
      ['changed', ['b2'], '就労支援部会', 'bodies.name', '就労部会', '就労支援部会'],
      ['added', ['b3'], 'こども部会', undefined, undefined, undefined],
      ['removed', ['b1'], '全体会', undefined, undefined, undefined],
      ['changed', ['b1', '1'], '', 'bodies.themes', '"引用"\r\n改行', '二'],
      ['removed', ['b1', '2'], '', undefined, undefined, undefined],
    ]);
    expect(await correctedUnits(before, after)).toEqual({
      returns: [{ form: 'f', unitName: '1市', change: 'changed', items: 6 }],
      units: [],
    });
  });

  it('call an entry by the question that its list is titled by, whatever that is called, and otherwise by nothing', async () => {
    const office = ['round', 'unit', 'id', 'order', 'unitName', 'offices.place', 'offices.name'];
    const day = ['round', 'unit', 'id', 'order', 'unitName', 'days.visitors', 'days.name'];
    const at = (...cells: string[]): string[] => ['R6', '1', 'x', '1', '1市', ...cells];
    const found = await corrections(
      edition({ 'f.offices.csv': [office, at('本庁舎', '乙')], 'f.days.csv': [day, at('5', '講演')] }),
      edition({ 'f.offices.csv': [office, at('本庁舎', '甲')], 'f.days.csv': [day, at('5', '研修')] }),
    );
    expect(found.map(({ table, entryName, cell }) => [table, entryName, cell?.after])).toEqual([
      ['f.offices.csv', '本庁舎', '甲'],
      ['f.days.csv', '', '研修'],
    ]);
  });

  it('are of the directory too, where alone a unit is renamed', async () => {
    const units = [
      ['unit', 'unitName', 'kind'],
      ['1', '1市', 'city'],
      ['2', '2市', 'town'],
      ['k', '北協議会', 'council'],
    ];
    const members = [
      ['unit', 'unitName', 'member', 'memberName'],
      ['k', '北協議会', '1', '1市'],
      ['k', '北協議会', '2', '2市'],
    ];
    const older = edition({ 'f.csv': returns, 'directory.csv': units, 'directory.members.csv': members });
    const renamed = (rows: Rows): Rows => rows.map((cells) => cells.map((cell) => (cell === '2市' ? '新市' : cell)));
    expect(
      await corrections(
        older,
        edition({
          'f.csv': renamed(returns),
          'directory.csv': renamed(units),
          'directory.members.csv': renamed(members),
        }),
      ),
    ).toEqual([
      {
        change: 'changed',
        form: 'directory',
        table: 'directory.csv',
        unit: '2',
        unitName: '新市',
        entries: [],
        entryName: '',
        cell: { column: 'unitName', label: '題：unitName', before: '2市', after: '新市', unit: '' },
      },
    ]);
    const newer = edition({
      'f.csv': returns,
      'directory.csv': [...units.with(2, ['2', '2市', 'city']), ['m', '南協議会', 'council']],
      'directory.members.csv': [...members.slice(0, 2), ['m', '南協議会', '2', '2市']],
    });
    const found = await corrections(older, newer);
    expect(
      found.map(({ change, table, unit, unitName, entries, entryName, cell }) => [
        change,
        table,
        unit,
        unitName,
        entries,
        entryName,
        cell?.column,
      ]),
    ).toEqual([
      ['changed', 'directory.csv', '2', '2市', [], '', 'kind'],
      ['added', 'directory.csv', 'm', '南協議会', [], '', undefined],
      // Of a council that came its members are not told.
      ['removed', 'directory.members.csv', 'k', '北協議会', ['2'], '2市', undefined],
    ]);
    expect(await correctedUnits(older, newer)).toEqual({
      returns: [],
      units: [
        { form: 'directory', unitName: '2市', change: 'changed', items: 1 },
        { form: 'directory', unitName: '南協議会', change: 'added', items: 1 },
        { form: 'directory', unitName: '北協議会', change: 'changed', items: 1 },
      ],
    });
  });

  it('tell of no unit that it is new where the older edition has no directory', async () => {
    const now = edition({
      'f.csv': returns,
      'directory.csv': [
        ['unit', 'name'],
        ['1', '1市'],
      ],
      'directory.members.csv': [
        ['unit', 'member'],
        ['1', '2'],
      ],
    });
    expect(await corrections(edition({ 'f.csv': returns }), now)).toEqual([]);
  });

  it('tell a column that went where it held anything, and none that came, which was never wrong', async () => {
    const other = header.with(5, 'a.topics.leisure');
    const after = edition({
      'f.csv': [other, row('1', '5', '1', '1', '2'), row('2', '', '-', '', '1'), row('3', '0', '', '', '')],
      'f.bodies.csv': entries,
      'f.bodies.themes.csv': texts,
    });
    expect(
      (await corrections(before, after)).map(({ unit, cell }) => [unit, cell?.column, cell?.before, cell?.after]),
    ).toEqual([
      ['1', 'a.topics.housing', '0', ''],
      ['2', 'a.topics.housing', '-', ''],
    ]);
  });

  it('of a form that is asked no more are its returns', async () => {
    expect((await corrections(before, edition({}))).map(({ change, unit }) => [change, unit])).toEqual([
      ['removed', '1'],
      ['removed', '2'],
      ['removed', '3'],
    ]);
  });

  it('are those that two Maps of the rows would tell, whatever the order: by the newer table, then what is gone', async () => {
    const table = fc.uniqueArray(fc.tuple(fc.nat(60), fc.constantFrom('', '0', '5')), {
      selector: ([unit]) => unit,
      maxLength: 60,
      size: 'max',
    });
    await fc.assert(
      fc.asyncProperty(table, table, async (older, newer) => {
        const [was, is] = [new Map(older), new Map(newer)];
        const expected = [
          ...newer.flatMap(([unit, cell]) =>
            was.get(unit) === cell
              ? []
              : [[was.has(unit) ? 'changed' : 'added', String(unit), was.get(unit), was.has(unit) ? cell : undefined]],
          ),
          ...older.flatMap(([unit]) => (is.has(unit) ? [] : [['removed', String(unit), undefined, undefined]])),
        ];
        const of = (rows: readonly (readonly [number, string])[]): EditionTables =>
          edition({ 'f.csv': [header, ...rows.map(([unit, cell]) => row(String(unit), cell, '', '', ''))] });
        const found = await corrections(of(older), of(newer));
        expect(found.map(({ change, unit, cell }) => [change, unit, cell?.before, cell?.after])).toEqual(expected);
      }),
    );
  });

  it('do not depend on the order of rows, and are none between equal tables, which are not even read', async () => {
    const opened: string[] = [];
    const [head = [], ...rows] = returns;
    expect(
      await corrections(
        before,
        edition(
          { 'f.csv': [head, ...rows.toReversed()], 'f.bodies.csv': entries, 'f.bodies.themes.csv': texts },
          opened,
        ),
      ),
    ).toEqual([]);
    expect(opened).toEqual(['f.csv']);
  });

  it('compare all columns but the keys and the names of units, which the directory alone tells, and step now and then', async () => {
    const units = Array.from({ length: 4500 }, (_, unit) => String(unit));
    const of = (name: string): EditionTables =>
      edition({ 'f.csv': [header, ...units.map((unit) => row(unit, '1', '', '', '').with(2, name))] });
    let steps = 0;
    const step = async (): Promise<void> => {
      steps += 1;
    };
    for await (const found of tableCorrections(of('旧市'), of('新市'), { ...reading, step }))
      expect(found).toBeUndefined();
    expect(steps).toBe(4);
  });
});
