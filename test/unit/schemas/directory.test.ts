import { describe, expect, it } from 'vitest';
import { directory, hasWelfareOffice, reportingUnits, storedDirectory } from '../../../schemas/directory.ts';
import type { Directory } from '../../../schemas/directory.ts';
import { fixture } from './forms/returns.ts';

const small: Directory = {
  prefecture: { code: '110001', name: '埼玉県' },
  municipalities: [
    { code: '111007', name: 'さいたま市', kind: 'city' },
    { code: '112011', name: '川越市', kind: 'city' },
    { code: '113018', name: '伊奈町', kind: 'town' },
    { code: '113697', name: '東秩父村', kind: 'village', welfareOffice: true },
  ],
  councils: [
    { id: 'saitama', name: 'さいたま市協議会', members: ['111007'], lead: '111007' },
    { id: 'joint', name: '共同協議会', members: ['112011', '113018'], lead: '113018' },
    { id: 'omiya', name: '大宮区協議会', members: ['111007'], lead: '111007', ward: '大宮区' },
  ],
};

const [city, , town] = small.municipalities;
const [council] = small.councils;

/** Where the changed directory is refused. */
function refusedAt(change: object): string[] {
  const { error } = directory.safeParse({ ...small, ...change });
  return (error?.issues ?? []).map(({ path }) => path.join('.'));
}

describe('a directory', () => {
  it('lists municipalities and councils', () => {
    expect(directory.parse(small)).toEqual(small);
  });

  it('is one of the fixtures', () => {
    for (const path of ['saitama-r6/directory.json', 'gunma-h30/directory.json'])
      expect(directory.safeParse(fixture(path)).success).toBe(true);
  });

  it('may say from which day it holds', () => {
    expect(refusedAt({ validFrom: '2024-10-01' })).toEqual([]);
    expect(refusedAt({ validFrom: '2024-02-30' })).toEqual(['validFrom']);
  });
});

describe('the days of its units', () => {
  const old = { ...city, validTo: '2025-03-31', successors: ['112011'] };
  const others = small.municipalities.slice(1);
  const without = [council, small.councils[2]].map((each) => ({ ...each, validTo: '2025-03-31' }));

  it('may be given, with who comes after', () => {
    expect(refusedAt({ municipalities: [old, ...others], councils: without })).toEqual([]);
    expect(refusedAt({ municipalities: [{ ...city, validFrom: '2005-04-01' }, ...others] })).toEqual([]);
  });

  it('are refused where the end comes before the start', () => {
    expect(refusedAt({ municipalities: [{ ...old, validFrom: '2025-04-01' }, ...others], councils: without })).toEqual([
      'municipalities.0.validTo',
    ]);
  });

  it('are refused where a council goes on without a member that ended', () => {
    expect(refusedAt({ municipalities: [old, ...others] })).toEqual(['councils.0.members.0', 'councils.2.members.0']);
    const { error } = directory.safeParse({ ...small, municipalities: [old, ...others] });
    expect(error?.issues[0]?.message).toContain('は令和7年3月31日までです。');
    const longer = without.map((each) => ({ ...each, validTo: '2025-04-01' }));
    expect(refusedAt({ municipalities: [old, ...others], councils: longer })).toEqual([
      'councils.0.members.0',
      'councils.1.members.0',
    ]);
  });

  it('are refused where who comes after is unknown, named twice, ended before, or of one that goes on', () => {
    const after = (change: object): string[] =>
      refusedAt({ municipalities: [{ ...old, ...change }, ...others], councils: without });
    expect(after({ successors: ['112038'] })).toEqual(['municipalities.0.successors.0']);
    expect(after({ successors: ['112011', '112011'] })).toEqual(['municipalities.0.successors.1']);
    expect(after({ successors: ['111007'] })).toEqual(['municipalities.0.successors.0']);
    expect(after({ successors: [] })).toEqual(['municipalities.0.successors']);
    expect(refusedAt({ municipalities: [{ ...old, validTo: undefined }, ...others], councils: [] })).toEqual([
      'municipalities.0.successors',
    ]);
  });
});

describe('a directory is refused whole', () => {
  it('for a wrong check digit', () => {
    expect(
      refusedAt({ municipalities: [...small.municipalities, { code: '112020', name: '熊谷市', kind: 'city' }] }),
    ).toEqual([]);
    expect(
      refusedAt({ municipalities: [...small.municipalities, { code: '112021', name: '熊谷市', kind: 'city' }] }),
    ).toEqual(['municipalities.4.code']);
  });

  it('for a code of another prefecture', () => {
    expect(
      refusedAt({ municipalities: [...small.municipalities, { code: '011002', name: '札幌市', kind: 'city' }] }),
    ).toEqual(['municipalities.4.code']);
  });

  it('for a code listed twice', () => {
    expect(refusedAt({ municipalities: [...small.municipalities, city] })).toEqual(['municipalities.4.code']);
  });

  it('for an unknown kind or a blank name', () => {
    expect(refusedAt({ municipalities: [{ ...city, kind: 'hamlet' }], councils: [] })).toEqual([
      'municipalities.0.kind',
    ]);
    expect(refusedAt({ municipalities: [{ ...city, name: ' ' }], councils: [] })).toEqual(['municipalities.0.name']);
  });

  it('for a council whose member it does not list, lists twice, or none', () => {
    expect(refusedAt({ councils: [{ ...council, members: ['111007', '112020'] }] })).toEqual(['councils.0.members.1']);
    expect(refusedAt({ councils: [{ ...council, members: ['111007', '111007'] }] })).toEqual(['councils.0.members.1']);
    expect(refusedAt({ councils: [{ ...council, members: [] }] })).toContain('councils.0.members');
  });

  it('for more members than any prefecture has municipalities, without a word about each of them', () => {
    for (const member of ['111007', '112020', 'x'])
      expect(refusedAt({ councils: [{ ...council, members: Array.from({ length: 94_000 }, () => member) }] })).toEqual([
        'councils.0.members',
      ]);
  });

  it('for a lead that is no member', () => {
    expect(refusedAt({ councils: [{ ...council, lead: '112011' }] })).toEqual(['councils.0.lead']);
  });

  it('for a council listed twice, or whose id would be taken for a municipality or a path', () => {
    expect(refusedAt({ councils: [council, council] })).toEqual(['councils.1.id']);
    for (const id of ['111007', 'a/b', 'a#b', '協議会', ''])
      expect(refusedAt({ councils: [{ ...council, id }] })).toEqual(['councils.0.id']);
  });

  it('for names that cannot be stored', () => {
    for (const name of ['伊奈\0町', '伊奈\u000B町', '\u001B[0m', '伊奈\uFFFE', '\uD842']) {
      expect(refusedAt({ prefecture: { ...small.prefecture, name } })).toEqual(['prefecture.name']);
      expect(refusedAt({ municipalities: [{ ...city, name }], councils: [] })).toEqual(['municipalities.0.name']);
      expect(refusedAt({ councils: [{ ...council, ward: name }] })).toEqual(['councils.0.ward']);
    }
  });

  it.each([
    ['U+202E, which turns what follows', '伊奈\u202E町', 'U+202E'],
    ['U+200B, which nobody sees', '伊奈\u200B町', 'U+200B'],
    ['a line break', '伊奈\n町', '改行'],
  ])('for a name with %s, wherever it stands', (_, name, what) => {
    const places = [
      ['prefecture.name', { prefecture: { ...small.prefecture, name } }],
      ['municipalities.0.name', { municipalities: [{ ...city, name }], councils: [] }],
      ['councils.0.name', { councils: [{ ...council, name }] }],
      ['councils.0.ward', { councils: [{ ...council, ward: name }] }],
    ] as const;
    for (const [path, change] of places) {
      const { error } = directory.safeParse({ ...small, ...change });
      expect(error?.issues.map((issue) => issue.path.join('.'))).toEqual([path]);
      expect(error?.issues[0]?.message).toContain(what);
    }
  });

  it('but is read as it was once stored', () => {
    const stored = { ...small, prefecture: { ...small.prefecture, name: '埼玉\u200B県' } };
    expect(storedDirectory.safeParse(stored).success).toBe(true);
  });

  it('for members nobody knows', () => {
    expect(directory.safeParse({ ...small, contact: 'x' }).success).toBe(false);
    expect(directory.safeParse({ ...small, municipalities: [{ ...city, mayor: 'x' }] }).success).toBe(false);
  });

  it('says every error, in Japanese', () => {
    const { error } = directory.safeParse({
      ...small,
      councils: [{ ...council, members: ['112020', '112038'], lead: '111007' }],
    });
    expect(error?.issues.map(({ message }) => message)).toEqual([
      '協議会「さいたま市協議会」の構成市町村 112020 は名簿にありません。',
      '協議会「さいたま市協議会」の構成市町村 112038 は名簿にありません。',
      '協議会「さいたま市協議会」の事務局 111007 は構成市町村に含まれていません。',
    ]);
  });
});

describe('the units expected to answer', () => {
  it('are the municipalities, each edited by itself', () => {
    expect(reportingUnits(small, 'municipality').map(({ code, members, editor }) => [code, members, editor])).toEqual(
      small.municipalities.map(({ code }) => [code, [code], code]),
    );
  });

  it('are the councils, wards among them, edited by their lead', () => {
    expect(reportingUnits(small, 'council')).toEqual([
      { code: 'saitama', name: 'さいたま市協議会', members: ['111007'], editor: '111007', kind: null },
      { code: 'joint', name: '共同協議会', members: ['112011', '113018'], editor: '113018', kind: null },
      { code: 'omiya', name: '大宮区協議会', members: ['111007'], editor: '111007', kind: null },
    ]);
  });

  it('are those with a welfare office: cities and special wards by law, others where they say so', () => {
    expect(reportingUnits(small, 'welfareOffice').map(({ code }) => code)).toEqual(['111007', '112011', '113697']);
    expect(town && hasWelfareOffice(town)).toBe(false);
    expect(city && hasWelfareOffice({ ...city, kind: 'ward' })).toBe(true);
    expect(city && hasWelfareOffice({ ...city, welfareOffice: false })).toBe(false);
  });
});
