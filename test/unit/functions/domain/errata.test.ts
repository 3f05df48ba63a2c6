import { describe, expect, it } from 'vitest';
import { answerCorrections, figureCorrections } from '../../../../functions/domain/errata.ts';
import type { SummaryRow } from '../../../../schemas/export.ts';
import { form } from '../../../../schemas/form.ts';
import { choice, count, list, section, text } from '../../../../schemas/question.ts';

const row: SummaryRow = { form: 'f', question: 'a.meetings', label: '開催回数', measure: 'sum', value: 5, base: 3, unit: '回' };

describe('corrections of figures', () => {
  it('are those that are printed otherwise: number, denominator or kinds', () => {
    const kinds = { ...row, question: 'a.status', option: 'yes', kinds: '市町' };
    const before = [row, { ...row, measure: 'mean' as const, shown: '約1.6' }, { ...row, question: 'a.old' }, kinds];
    const after = [{ ...row, value: 6 }, { ...row, measure: 'mean' as const, base: 4 }, { ...kinds, kinds: '市町村' }, { ...row, question: 'a.new' }];
    const corrections = figureCorrections(before, after);
    expect(corrections.map(({ change, question, measure }) => [change, question, measure])).toEqual([
      ['changed', 'a.meetings', 'sum'],
      ['changed', 'a.meetings', 'mean'],
      ['changed', 'a.status', 'sum'],
      ['added', 'a.new', 'sum'],
      ['removed', 'a.old', 'sum'],
    ]);
    expect(corrections[1]).toMatchObject({ before: { value: 5, base: 3 }, after: { value: 5, base: 4 } });
  });

  it('leave out what only other units stand behind', () => {
    expect(figureCorrections([{ ...row, units: ['1'] }], [{ ...row, units: ['2'] }])).toEqual([]);
  });
});

const council = form('f', 1, { title: '協議会', units: 'council', help: '' }, {
  overview: section('概要', { status: choice('設置', { yes: '設置済', no: '未設置' }), meetings: count('開催回数', '回').nullable() }),
  bodies: list('会議体', 10, { name: text('名称', 50), members: count('人数', '人') }),
});
const names = { municipalities: new Map<string, string>(), entries: new Map<string, string>() };

describe('corrections of a return', () => {
  it('are one line per question, both values as they are printed; not answered, does not apply and 0 differ', () => {
    const before = { overview: { status: 'no', meetings: null } };
    expect(answerCorrections(council, before, { overview: { status: 'yes', meetings: 0 } }, names)).toEqual([
      { question: 'overview.status', label: '設置', before: '未設置', after: '設置済' },
      { question: 'overview.meetings', label: '開催回数', before: '-', after: '0回' },
    ]);
    expect(answerCorrections(council, before, { overview: { status: 'no' } }, names)).toEqual([
      { question: 'overview.meetings', label: '開催回数', before: '-', after: '未回答' },
    ]);
  });

  it('name the entry that a question is in, and tell entries that came, went or moved', () => {
    const [a, b, c] = [{ id: 'a', name: '全体会', members: 20 }, { id: 'b', name: '就労部会', members: 5 }, { id: 'c', name: 'こども部会' }];
    const corrections = answerCorrections(council, { bodies: [a, b] }, { bodies: [c, { ...a, members: 21 }] }, names);
    expect(corrections.map(({ entry, before, after, question }) => [question, entry, before, after])).toEqual([
      ['bodies', '就労部会', expect.stringContaining('人数：5人'), 'なし'],
      ['bodies', 'こども部会', 'なし', expect.stringContaining('名称：こども部会')],
      ['bodies.members', '全体会', '20人', '21人'],
    ]);
    expect(answerCorrections(council, { bodies: [a, b] }, { bodies: [b, a] }, names)).toContainEqual(
      { question: 'bodies', label: '会議体', entry: '全体会', before: '1番目', after: '2番目' },
    );
  });
});
