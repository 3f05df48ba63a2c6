import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { EditionTables } from '../../../../functions/export/edition-tables.ts';
import { csvText } from '../../../../functions/export/files/csv.ts';
import { ChangedRows, TableSide } from '../../../../functions/export/table-side.ts';

const keys = {
  'f.csv': ['round', 'unit'],
  'f.bodies.csv': ['round', 'unit', 'id'],
  'directory.csv': ['unit'],
  'directory.members.csv': ['unit', 'member'],
};

/** An edition of one table, whose bytes count how often they are read. */
function sideOf(
  path: keyof typeof keys,
  rows: readonly (readonly string[])[],
): { readonly side: TableSide; readonly opened: Readable[]; readonly steps: () => number } {
  const opened: Readable[] = [];
  let steps = 0;
  const [header = []] = rows;
  const edition: EditionTables = {
    tables: [{ path, sha256: '', fields: header.map((name) => ({ name, title: name })), primaryKey: keys[path] }],
    open: async () => {
      const source = Readable.from(rows.map((cells) => csvText([cells])));
      opened.push(source);
      return source;
    },
  };
  const side = new TableSide(edition, path, async () => {
    steps += 1;
  });
  return { side, opened, steps: () => steps };
}

async function all<Row>(rows: AsyncIterable<Row>): Promise<Row[]> {
  const read: Row[] = [];
  for await (const row of rows) read.push(row);
  return read;
}

const units = (...of: readonly string[]): string[][] => [
  ['round', 'unit', 'unitName', 'a'],
  ...of.map((unit) => ['R6', unit, `${unit}市`, `${unit}の答`]),
];

describe('a table of one of two editions', () => {
  it('compares all columns but its keys and the names of units, which the directory alone tells', () => {
    const columns = (path: keyof typeof keys, ...header: string[]): readonly string[] =>
      sideOf(path, [header]).side.columns;
    expect(columns('f.csv', 'round', 'unit', 'unitName', 'a', 'bodies')).toEqual(['a', 'bodies']);
    expect(columns('f.bodies.csv', 'round', 'unit', 'id', 'order', 'unitName', 'memberName')).toEqual([
      'order',
      'memberName',
    ]);
    expect(columns('directory.csv', 'unit', 'unitName', 'kind')).toEqual(['unitName', 'kind']);
    expect(columns('directory.members.csv', 'unit', 'unitName', 'member', 'memberName')).toEqual([]);
  });

  it('names its rows by what follows the unit', async () => {
    const entries = async (path: keyof typeof keys, header: string[], cells: string[]): Promise<string[][]> => {
      const { side } = sideOf(path, [header, cells]);
      return (await all(side.rows())).map((row) => side.entries(row));
    };
    expect(await entries('f.bodies.csv', ['round', 'unit', 'id'], ['R6', '1', 'b1'])).toEqual([['b1']]);
    expect(await entries('f.csv', ['round', 'unit'], ['R6', '1'])).toEqual([[]]);
    expect(await entries('directory.members.csv', ['unit', 'member'], ['k', '1'])).toEqual([['1']]);
    expect(await entries('directory.csv', ['unit'], ['k'])).toEqual([[]]);
  });

  it('is read from its beginning every time, and steps now and then', async () => {
    const { side, opened, steps } = sideOf('f.csv', units(...Array.from({ length: 4500 }, (_, unit) => String(unit))));
    for (let times = 1; times <= 2; times += 1) {
      expect(await all(side.rows())).toHaveLength(4500);
      expect([opened.length, steps()]).toEqual([times, 2 * times]);
    }
    expect(side.cell(['R6', '1', '1市', '答'], 'a')).toBe('答');
    expect(side.cell(['R6', '1', '1市', '答'], 'gone')).toBe('');
  });
});

describe('the changed rows of an older table', () => {
  const key = (unit: string): string => JSON.stringify(['R6', unit]);
  const changedOf = (isChanged: (key: string) => boolean) => {
    const { side, opened } = sideOf('f.csv', units('1', '2', '3', '4'));
    return { rows: new ChangedRows(side, isChanged), opened };
  };

  it('are taken in any order, each once', async () => {
    const { rows } = changedOf(() => true);
    for (const unit of ['3', '1', '4', '2']) expect((await rows.take(key(unit)))?.at(-1)).toBe(`${unit}の答`);
    expect(await rows.take(key('3'))).toBeUndefined();
  });

  it('are kept only where they are changed, and read no further than is asked', async () => {
    const asked: string[] = [];
    const { rows, opened } = changedOf((of) => {
      asked.push(of);
      return of === key('1');
    });
    expect(opened).toEqual([]);
    expect((await rows.take(key('3')))?.at(-1)).toBe('3の答');
    expect(asked).toEqual([key('1'), key('2')]);
    expect((await rows.take(key('1')))?.at(-1)).toBe('1の答');
    await rows.close();
    expect(opened.map(({ destroyed }) => destroyed)).toEqual([true]);
    expect(await rows.take(key('4'))).toBeUndefined();
  });
});
