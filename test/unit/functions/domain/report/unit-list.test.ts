import { describe, expect, it } from 'vitest';
import type { Block } from '../../../../../functions/domain/report/document.ts';
import { reportOf } from '../../../../../functions/domain/report/report.ts';
import type { Directory } from '../../../../../schemas/directory.ts';
import { municipalSurvey2024 } from '../../../../../schemas/forms/municipal-survey/v2024.ts';
import type { Answers } from '../../../../../schemas/values/json.ts';
import { fixture } from '../../../schemas/forms/returns.ts';
import { saitama } from '../../../support/real-forms.ts';
import { internal, open, rowsOf, saitamaReport, sourceOf, textsOf } from './saitama.ts';

describe('参考資料2', () => {
  const rows = rowsOf(open.before, '市町村別一覧');

  it('has a row for each municipality, which says of what council it is', () => {
    expect(new Set(rows.map(([name]) => name)).size).toBe(63);
    const joint = rows.filter(([, council]) => council === '鴻巣・北本');
    expect(joint.map((cells) => cells.slice(0, 4))).toEqual([
      ['鴻巣市', '鴻巣・北本', '共同', '直営・委託'],
      ['北本市', '鴻巣・北本', '共同', '再掲'],
    ]);
  });

  it('calls a council by its whole name, where the directory has no shorter one', () => {
    const councils = saitama.councils.map(({ id, name, members, lead }) => ({ id, name, members, lead }));
    const { before } = reportOf(sourceOf('public', undefined, { ...saitama, councils }));
    expect(rowsOf(before, '市町村別一覧').some(([, name]) => name === '鴻巣・北本地域自立支援協議会')).toBe(true);
    expect(textsOf(before).join()).toContain('*（埼葛北地区地域自立支援協議会、北埼玉障がい者支援ネットワーク協議会、');
  });

  it('shows the figures of a municipality and of a council once, so that the columns add up', () => {
    const column = (index: number): number =>
      rows.reduce((total, cells) => total + (Number(cells[index]?.replaceAll(',', '')) || 0), 0);
    expect(column(6)).toBe(111);
    expect(column(4)).toBe(180);
    const councils = saitama.councils
      .slice(0, 1)
      .flatMap((each) => [each, { ...each, id: 'again', name: '別の協議会' }]);
    const [first = '', second = ''] = councils[0]?.members ?? [];
    const of = { consultation: { commissioned: 4 }, bases: { status: 'established' } };
    const listed = (returns: Record<string, Answers>) =>
      rowsOf(
        reportOf(sourceOf('public', [[municipalSurvey2024, returns]], { ...saitama, councils })).before,
        '市町村別一覧',
      ).filter(([, name]) => name !== '－');
    const cells = listed({ [first]: of }).map((row) => [row[3], row[8]]);
    expect(cells.slice(0, 2)).toEqual([
      ['4', '整備済'],
      ['再掲', '再掲'],
    ]);
    // Nothing is pointed to where nothing stands.
    expect(new Set(cells.slice(2).flat())).toEqual(new Set(['…']));
    const { name: ofSecond } = saitama.municipalities.find(({ code }) => code === second) ?? {};
    expect(listed({ [first]: of, [second]: {} }).find(([name]) => name === ofSecond)?.[3]).toBe('未回答');
  });

  it('stands on wide pages of its own, but not where no page would follow', () => {
    const ends = (blocks: readonly Block[]) =>
      blocks.flatMap((block) => (block.kind === 'pagesEnd' ? [block.orientation] : []));
    expect([ends(open.before), open.endsWide]).toEqual([['portrait'], true]);
    const withUnits = saitamaReport('public', { settings: { handout: { parts: ['list', 'units'] } } });
    expect([ends(withUnits.before), withUnits.endsWide]).toEqual([['portrait', 'landscape'], false]);
    expect(ends(internal.before)).toEqual(['portrait', 'landscape']);
    const surveys = [
      [municipalSurvey2024, fixture<Record<string, Answers>>('saitama-r6/municipal-survey.json')],
    ] as const;
    expect(ends(reportOf(sourceOf('public', surveys)).before)).toEqual(['portrait']);
    expect(ends(reportOf(sourceOf('internal', surveys)).before)).toEqual(['portrait', 'landscape']);
  });

  it('lists municipalities without a council, and tells the prefecture alone who has not answered', () => {
    const directory: Directory = { ...saitama, councils: [] };
    const listFor = (audience: 'internal' | 'public') =>
      rowsOf(reportOf(sourceOf(audience, [[municipalSurvey2024, {}]], directory)).before, '市町村別一覧');
    expect(listFor('public')).toHaveLength(63);
    expect(listFor('public')[0]?.slice(0, 4)).toEqual(['さいたま市', '－', '－', '…']);
    expect(listFor('internal')[0]?.slice(0, 4)).toEqual(['さいたま市', '－', '－', '未提出']);
  });
});
