import { describe, expect, it } from 'vitest';
import { reportOf } from '../../../../../functions/domain/report/report.ts';
import { extend } from '../../../../../schemas/extend.ts';
import { councilReport2024 } from '../../../../../schemas/forms/council-report/v2024.ts';
import { municipalSurvey2024 } from '../../../../../schemas/forms/municipal-survey/v2024.ts';
import type { Answers } from '../../../../../schemas/values/json.ts';
import { isObject } from '../../../../../schemas/values/json.ts';
import { count } from '../../../../../schemas/kinds/question.ts';
import { fixture, round } from '../../../schemas/forms/returns.ts';
import { internal, open, rowsOf, sourceOf, textsOf } from './saitama.ts';

describe('参考資料3', () => {
  it('is for the prefecture only', () => {
    expect(open.after).toEqual([]);
    expect(textsOf(internal.after)[0]).toBe('参考資料3　内部検討用資料');
  });

  it('tells disagreements between returns', () => {
    const surveys = fixture<Record<string, Answers>>('saitama-r6/municipal-survey.json');
    const single = { ...surveys['112038'], establishment: { status: 'established', form: 'joint' } };
    const councils = fixture<Record<string, Answers>>('saitama-r6/council-report.json');
    const given = [
      [municipalSurvey2024, { ...surveys, 112038: single }],
      [councilReport2024, councils],
    ] as const;
    const texts = textsOf(reportOf(sourceOf('internal', given)).after).join('\n');
    expect(texts).toContain('川口市の自立支援協議会の設置形態の回答は「共同設置」ですが、名簿では「単独設置」です。');
  });

  it('tells them of every version that asks what the checks read, as the review does', () => {
    const survey2025 = extend(municipalSurvey2024, 2025, {
      add: { bases: { drills: count('緊急時訓練の実施回数', '回') } },
    });
    const surveys = fixture<Record<string, Answers>>('saitama-r6/municipal-survey.json');
    const { bases } = surveys['112038'] ?? {};
    const joint = {
      ...surveys['112038'],
      bases: { ...(isObject(bases) ? bases : {}), drills: 2 },
      establishment: { status: 'established', form: 'joint' },
    };
    const given = [
      [survey2025, { ...surveys, 112038: joint }],
      [councilReport2024, fixture<Record<string, Answers>>('saitama-r6/council-report.json')],
    ] as const;
    const texts = textsOf(reportOf(sourceOf('internal', given)).after).join('\n');
    expect(texts).toContain('川口市の自立支援協議会の設置形態の回答は「共同設置」ですが、名簿では「単独設置」です。');
    expect(texts).not.toContain('点検していない');
  });

  it('does not check a version that lacks a question of the checks, and says so', () => {
    const survey2025 = extend(municipalSurvey2024, 2025, { retire: ['bases.partners'] });
    const given = [[survey2025, fixture<Record<string, Answers>>('saitama-r6/municipal-survey.json')]] as const;
    expect(textsOf(reportOf(sourceOf('internal', given)).after)).toContain(
      'この調査では回答間の点検を行っていません（点検していない回答：市町村調査票 63件）。',
    );
  });

  it('says which returns were not checked against each other, instead of finding nothing', () => {
    const councils = fixture<Record<string, Answers>>('saitama-r6/council-report.json');
    const texts = (source = sourceOf('internal', [[councilReport2024, councils]])) => textsOf(reportOf(source).after);
    expect(texts()).toContain(
      'この調査では回答間の点検を行っていません（点検していない回答：協議会活動報告書 37件）。',
    );
    expect(texts().join()).not.toContain('不一致はありません');
    expect(textsOf(internal.after).join()).not.toContain('点検していない');
  });

  it('compares meetings by the year where the periods differ, and names both', () => {
    const met = (meetings: number): Answers => ({
      bodies: [
        { id: 'p', name: '全体会', kind: 'plenary', members: 3, meetings },
        { id: 's', name: '部会', kind: 'subcommittee', meetings: 3, members: 3 },
      ],
    });
    const unit = (code: string) => ({ code, name: '', kind: null, members: [], editor: '' });
    const source = sourceOf('internal', [[councilReport2024, { c111007: met(3), c112011: met(3) }]]);
    const year = { period: { from: '2022-04', to: '2023-03' } };
    source.facts.addPrevious(councilReport2024, unit('c111007'), met(2), year);
    source.facts.addPrevious(councilReport2024, unit('c112011'), met(3), year);
    expect(rowsOf(reportOf(source).after, '協議会ごとの事実').map((cells) => cells[3])).toEqual([
      '全体会の開催回数が前回調査より減少（R4.4～R5.3 3回→R5.4～R6.9 3回、12か月当たり3.0回→2.0回）',
    ]);
  });

  it('tells facts about councils: no meeting, behind the plan, fewer than last time, no subcommittee; and judges nobody', () => {
    const monthly = { per: 'month', times: { min: 1, max: 1 } };
    const council = (bodies: Answers['bodies']): Answers => ({ bodies });
    const plenary = { id: 'p', name: '全体会', kind: 'plenary', members: 3 };
    const sub = { id: 's', name: '部会', kind: 'subcommittee', meetings: 3, members: 3 };
    const returns = {
      c111007: council([{ ...plenary, meetings: 0 }, sub]),
      c112011: council([{ ...plenary, meetings: 2, planned: monthly }, sub]),
      c112038: council([{ ...plenary, meetings: 3 }]),
    };
    const source = sourceOf('internal', [[councilReport2024, returns]]);
    source.facts.addPrevious(
      councilReport2024,
      { code: 'c112038', name: '', kind: null, members: [], editor: '' },
      council([{ ...plenary, meetings: 5 }]),
      round,
    );
    const rows = rowsOf(reportOf(source).after, '協議会ごとの事実');
    expect(rows.map((cells) => cells[3])).toEqual([
      '全体会の開催なし\n開催回数0回の会議体：全体会',
      '開催回数が開催計画の半分未満の会議体：全体会',
      '全体会の開催回数が前回調査より減少（R5.4～R6.9 5回→R5.4～R6.9 3回）\n専門部会等の設置なし',
    ]);
    expect(textsOf(internal.after).join()).not.toMatch(/停滞|不活発|問題/);
  });
});
