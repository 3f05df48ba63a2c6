import { describe, expect, it } from 'vitest';
import { standingOn } from '../../../../schemas/directory-on-day.ts';
import type { Directory, UnitKind } from '../../../../schemas/directory.ts';
import { form } from '../../../../schemas/form.ts';
import { choice, count, list, section, text } from '../../../../schemas/kinds/question.ts';
import { lineageOf, lineageRows, summedAnswers } from '../../../../functions/domain/lineage.ts';
import type { Lineage } from '../../../../functions/domain/lineage.ts';

/** 川越市 and 熊谷市 became 川熊市; 所沢市 was divided; 伊奈町 became 伊奈市; 川口市 took in 蕨市. */
const whole: Directory = {
  prefecture: { code: '110001', name: '埼玉県' },
  municipalities: [
    { code: '112011', name: '川越市', kind: 'city', validTo: '2025-03-31', successors: ['119016'] },
    { code: '112020', name: '熊谷市', kind: 'city', validTo: '2025-03-31', successors: ['119016'] },
    { code: '119016', name: '川熊市', kind: 'city', validFrom: '2025-04-01' },
    { code: '112089', name: '所沢市', kind: 'city', validTo: '2025-03-31', successors: ['119024', '119032'] },
    { code: '119024', name: '東所沢市', kind: 'city', validFrom: '2025-04-01' },
    { code: '119032', name: '西所沢市', kind: 'city', validFrom: '2025-04-01' },
    { code: '113018', name: '伊奈町', kind: 'town', validTo: '2025-03-31', successors: ['119041'] },
    { code: '119041', name: '伊奈市', kind: 'city', validFrom: '2025-04-01' },
    { code: '112038', name: '川口市', kind: 'city' },
    { code: '112232', name: '蕨市', kind: 'city', validTo: '2025-03-31', successors: ['112038'] },
    { code: '111007', name: 'さいたま市', kind: 'city' },
  ],
  councils: [],
};
const now = standingOn(whole, '2025-04-01');
const then = standingOn(whole, '2025-03-31');

function lineage(
  code: string,
  { directory = then, units, of = 'municipality' }: { directory?: Directory; units?: string[]; of?: UnitKind } = {},
): [Lineage['kind'], ...string[]] {
  const form = { id: 'survey', units: of };
  const round = units === undefined ? {} : { units: { survey: units } };
  const { kind, units: found } = lineageOf(now, code, { directory, round, form });
  return [kind, ...found.map(({ name }) => name)];
}

describe('whose answers of before a unit is compared with', () => {
  it('are its own where nobody was merged into it, or that was before', () => {
    expect(lineage('111007')).toEqual(['same']);
    expect(lineage('119016', { directory: now })).toEqual(['same']);
    expect(lineage('112038', { directory: now })).toEqual(['same']);
  });

  it('are those of all that were merged into it, itself among them', () => {
    expect(lineage('119016')).toEqual(['merged', '川越市', '熊谷市']);
    expect(lineage('112038')).toEqual(['merged', '川口市', '蕨市']);
  });

  it('are those of the town that it was before it became a city', () => {
    expect(lineage('119041')).toEqual(['one', '伊奈町']);
  });

  it('are nobody’s where one was divided, or not all were asked', () => {
    expect(lineage('119024')).toEqual(['divided', '所沢市']);
    expect(lineage('119016', { units: ['112011'] })).toEqual(['partly', '川越市', '熊谷市']);
    expect(lineage('119041', { of: 'welfareOffice' })).toEqual(['partly', '伊奈町']);
  });
});

const asked = form(
  'survey',
  2024,
  { title: '調査票', units: 'municipality', help: '' },
  {
    offices: section('事業所', {
      number: count('事業所数', '事業所'),
      share: count('割合', '%'),
      status: choice('状況', { yes: '有', no: '無' }),
      note: text('備考', 100),
    }),
    meetings: list('会議', 5, { name: text('名称', 100), times: count('回数', '回') }),
  },
);
const [kawagoe, kumagaya] = [
  { offices: { number: 8, share: 40, status: 'yes', note: '甲' }, meetings: [{ id: 'a', name: '全体会', times: 2 }] },
  { offices: { number: 9, share: 60, status: 'yes' }, meetings: [{ id: 'a', name: '部会', times: 3 }] },
];
const names = { municipalities: new Map<string, string>(), entries: new Map<string, string>() };

describe('what several units gave together', () => {
  it('is the sum of the counts that all of them gave, and nothing of shares, choices, texts and lists', () => {
    expect(summedAnswers(asked, [kawagoe, kumagaya])).toEqual({ offices: { number: 17 } });
  });

  it('has no sum where one of them did not answer or what was asked does not apply', () => {
    expect(summedAnswers(asked, [kawagoe, {}])).toEqual({});
    expect(summedAnswers(asked, [kawagoe, { offices: { number: null } }])).toEqual({});
    expect(summedAnswers(asked, [kawagoe, { offices: { number: 0 } }])).toEqual({ offices: { number: 8 } });
  });

  it('stands beside each other by question, with the sum where there is one', () => {
    const rows = lineageRows(asked, [kawagoe, kumagaya], summedAnswers(asked, [kawagoe, kumagaya]), names);
    expect(rows.map(({ cells, sum }) => [...cells, sum]).slice(0, 4)).toEqual([
      ['8事業所', '9事業所', '17事業所'],
      ['40%', '60%', ''],
      ['有', '有', ''],
      ['甲', '', ''],
    ]);
    expect(rows[0]?.label).toContain('事業所数');
  });
});
