import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import { exportFiles } from '../../../../support/export-files.ts';
import type { Exported } from '../../../../support/export-files.ts';
import { everyQuestion, round } from '../../../../support/every-question.ts';
import { saitama } from '../../../support/real-forms.ts';

let exported: Exported;
beforeAll(async () => {
  exported = await exportFiles({ round, directory: saitama }, [{ form: everyQuestion, returns: [] }]);
});

function rowsOf(path: string): Record<string, string>[] {
  return parse(exported.texts.get(path) ?? '', { columns: true });
}

describe('the directory of an export', () => {
  it('is the same in internal and public files', () => {
    for (const name of ['directory.csv', 'directory.members.csv']) {
      expect(exported.texts.get(`internal/${name}`)).toMatch(/^unit,unitName,/);
      expect(exported.texts.get(`public/${name}`)).toBe(exported.texts.get(`internal/${name}`));
    }
  });

  it('has every municipality and council with its name and kind', () => {
    const rows = rowsOf('public/directory.csv');
    expect(rows).toHaveLength(saitama.municipalities.length + saitama.councils.length);
    expect(rows).toContainEqual({ unit: '111007', unitName: 'さいたま市', kind: 'city', unit5: '11100' });
    expect(rows).toContainEqual({ unit: 'osato', unitName: '大里地域自立支援協議会', kind: 'council', unit5: '' });
  });

  it('has a row for every member of a council, so that a cell holds one code', () => {
    const members = rowsOf('public/directory.members.csv').filter(({ unit }) => unit === 'osato');
    const council = saitama.councils.find(({ id }) => id === 'osato');
    expect(members.map(({ member }) => member)).toEqual(council?.members);
    expect(members.map(({ member5 }) => member5)).toEqual(['11202', '11218', '11408']);
    expect(members.map(({ memberName }) => memberName)).toEqual(['熊谷市', '深谷市', '寄居町']);
  });
});
