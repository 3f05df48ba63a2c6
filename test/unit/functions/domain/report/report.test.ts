import { describe, expect, it } from 'vitest';
import type { Block } from '../../../../../functions/domain/report/document.ts';
import { isShownSingly, reportOf } from '../../../../../functions/domain/report/report.ts';
import { sideBySide } from '../../../../../functions/domain/report/side-by-side.ts';
import { publicAnswers } from '../../../../../functions/domain/public-answers.ts';
import { namesIn } from '../../../../../functions/domain/print-answer.ts';
import { summarise } from '../../../../../functions/domain/summary.ts';
import { Tally } from '../../../../../functions/domain/tally.ts';
import { reportingUnits } from '../../../../../schemas/directory.ts';
import type { Directory } from '../../../../../schemas/directory.ts';
import { extend } from '../../../../../schemas/extend.ts';
import { form } from '../../../../../schemas/form.ts';
import { coordinationMeeting2024 } from '../../../../../schemas/forms/coordination-meeting/v2024.ts';
import { councilReport2024 } from '../../../../../schemas/forms/council-report/v2024.ts';
import { municipalSurvey2024 } from '../../../../../schemas/forms/municipal-survey/v2024.ts';
import type { HandoutPart } from '../../../../../schemas/handout.ts';
import type { Answers } from '../../../../../schemas/values/json.ts';
import { isObject } from '../../../../../schemas/values/json.ts';
import { decimal } from '../../../../../schemas/kinds/decimal.ts';
import { choice, count, counts, countsTable, list, section } from '../../../../../schemas/kinds/question.ts';
import { fixture, round } from '../../../schemas/forms/returns.ts';
import { saitama } from '../../../support/real-forms.ts';
import { rowsOf, saitamaReport, sourceOf, textsOf } from './saitama.ts';

const internal = saitamaReport('internal');
const open = saitamaReport('public');

describe('the head', () => {
  it('says what the report is: final in public as of a day in Japan when every return is accepted, or not to be passed on', () => {
    const partial = saitamaReport('public', {
      forms: [{ form: councilReport2024, counts: { expected: 37, submitted: 17, accepted: 20, correcting: 0 } }],
    });
    expect(partial.head.status).toBe('県が確認した回答の集計（令和6年12月20日現在）');
    expect(rowsOf(partial.before, '対象及び集計した回答')).toEqual([['協議会活動報告書', '20/37協議会', '54.1％']]);
    expect(textsOf(partial.before).find((text) => text.startsWith('注2'))).toContain(
      '協議会活動報告書が37協議会中20協議会である',
    );
    expect(open.head.status).toBe('確定値（令和6年12月20日現在）');
    expect(internal.head.status).toBe('内部検討用・取扱注意');
    expect(open.head.title).toBe('市町村自立支援協議会との連携について');
    expect(textsOf(open.before)[0]).toBe('１ 県内市町村自立支援協議会の活動状況等について');
  });

  it('prints 資料番号, meeting, date and division when they are known', () => {
    const settings = {
      documentNumber: '資料５',
      meeting: '埼玉県自立支援協議会',
      date: '2025-01-20',
      division: '障害者支援課',
    };
    const { head } = saitamaReport('public', { settings });
    expect(head.documentNumber).toBe('資料５');
    expect(head.occasion).toEqual(['令和6年度調査', '埼玉県自立支援協議会', '令和7年1月20日', '障害者支援課']);
    expect(open.head.documentNumber).toBeUndefined();
    expect(open.head.occasion).toEqual(['令和6年度調査', '埼玉県']);
  });
});

describe('正誤表', () => {
  const errata: Block[] = [
    {
      kind: 'table',
      caption: '第1版の集計値の正誤',
      columns: [{ label: '箇所' }, { label: '誤' }, { label: '正' }],
      rows: [['設置数', '62市町村', '63市町村']],
    },
  ];

  it('stands on the cover of an edition that is not the first', () => {
    const { head, before } = saitamaReport('public', { settings: { next: { edition: 2, errata } } });
    expect(head.edition).toBe('第2版');
    expect(textsOf(before).slice(0, 4)).toEqual([
      '正誤表',
      '第1版の集計値の正誤',
      '設置数|62市町村|63市町村',
      '１ 県内市町村自立支援協議会の活動状況等について',
    ]);
    expect(open.head.edition).toBeUndefined();
    expect(textsOf(open.before)).not.toContain('正誤表');
  });
});

describe('調査内容', () => {
  it('has the reference date, the headings, and who was asked and answered', () => {
    const texts = textsOf(open.before);
    expect(texts).toContain(
      '令和6年9月30日現在の県内市町村自立支援協議会の活動状況等（会議の開催回数等の対象期間：R5.4～R6.9）',
    );
    expect(texts).toContain('③ 市町村自立支援協議会の活性化');
    expect(rowsOf(open.before, '対象及び集計した回答')).toEqual([
      ['市町村調査票', '63/63市町村', '100.0％'],
      ['協議会活動報告書', '37/37協議会', '100.0％'],
    ]);
    expect(rowsOf(internal.before, '対象及び回収率')).toEqual([
      ['市町村調査票', '63市町村', '63', '63', '100.0％'],
      ['協議会活動報告書', '37協議会', '37', '37', '100.0％'],
    ]);
  });
});

describe('参考資料1', () => {
  it('has every public question with figures, zeros too', () => {
    expect(rowsOf(open.before, '問12　地域生活支援拠点等の整備状況（')).toEqual([
      ['整備済', '53市町', '84.1％'],
      ['検討中', '10市町村', '15.9％'],
      ['未定', '0', '0.0％'],
    ]);
    const captions = open.before.flatMap((block) => (block.kind === 'table' ? [block.caption] : []));
    for (const { kind, label } of [...municipalSurvey2024.items.values()].map(({ definition }) => definition))
      if (kind === 'choices')
        expect(
          captions.some((caption) => caption.includes(label)),
          label,
        ).toBe(true);
  });

  it('tells a sum that nobody answered from 0', () => {
    const [code = ''] = saitama.municipalities.map((each) => each.code);
    const { before } = reportOf(
      sourceOf('public', [[municipalSurvey2024, { [code]: { consultation: { commissioned: 0 } } }]]),
    );
    const rows = rowsOf(before, '相談支援事業所の設置状況');
    expect(rows.filter((cells) => cells[1] === '1').map((cells) => cells[2])).toEqual(['0']);
    expect(new Set(rows.filter((cells) => cells[1] === '0').map((cells) => cells[2]))).toEqual(new Set(['…']));
  });

  it('draws a chart of the same numbers behind each table of options', () => {
    const charts = open.before.filter((block): block is Extract<Block, { kind: 'bars' }> => block.kind === 'bars');
    const wider = charts.find(({ title }) => title.startsWith('問4の4　広域'));
    expect(wider?.series).toEqual(['県全域', '広域']);
    expect(wider?.bars.find(({ label }) => label === '医療的ケア')?.values).toEqual([30, 12]);
  });

  it('names the municipalities behind a number to the prefecture only', () => {
    expect(rowsOf(internal.before, '問4　地域課題はあがっているか')[1]?.[3]).toMatch(/^[^、]+市、[^、]+市$/);
    expect(rowsOf(open.before, '問4　地域課題はあがっているか')[1]).toHaveLength(3);
  });

  it('has the comparison with the round before, saying what cannot be compared', () => {
    const row = { form: 'municipal-survey', question: 'q', label: '項目', measure: 'count', unit: '市町村' } as const;
    const previous = { id: 'R4', name: '令和4年度調査', referenceDate: '2022-09-30', period: round.period };
    const rows = [
      { ...row, previous: { value: 5, base: 9 }, current: { value: 3, base: 9 }, change: -2 },
      { ...row, current: { value: 3, base: 9 }, change: null, note: 'changed' },
      { ...row, previous: { value: null, base: 0 }, current: { value: 3, base: 9 }, change: null },
      {
        ...row,
        measure: 'mean',
        previous: { value: 2.5, shown: '2.5', base: 2 },
        current: { value: 2.8, shown: '約2.8', base: 9 },
        change: 0.3,
      },
    ] as const;
    const { before } = saitamaReport('internal', { comparisons: [{ form: 'municipal-survey', previous, rows }] });
    expect(rowsOf(before, '市町村調査票：令和4年度調査')).toEqual([
      ['項目', '市町村', '5', '9', '3', '9', '-2', ''],
      ['項目', '市町村', '－', '－', '3', '9', '－', '設問変更のため比較不可'],
      ['項目', '市町村', '…', '0', '3', '9', '－', ''],
      ['項目：平均', '市町村', '2.5', '2', '約2.8', '9', '+0.3', ''],
    ]);
  });

  it('compares long numbers as they are printed elsewhere, and leaves out what nobody answered in either round', () => {
    const row = { form: 'municipal-survey', question: 'q', label: '項目', measure: 'sum', unit: '回' } as const;
    const previous = { id: 'R4', name: '令和4年度調査', referenceDate: '2022-09-30', period: round.period };
    const nobody = { value: null, base: 0 };
    const yearly = {
      previous: { value: 2908, shown: '2908.0', base: 9 },
      current: { value: 1454.04, shown: '約1454.0', base: 9 },
      change: -1454,
    };
    const rows = [
      {
        ...row,
        previous: { value: 1454, base: 9 },
        current: { value: 2181, base: 9 },
        change: null,
        note: 'period',
        yearly,
      },
      { ...row, label: '未回答', previous: nobody, current: nobody, change: null },
      { ...row, label: '変更', previous: nobody, current: nobody, change: null, note: 'changed' },
    ] as const;
    const { before } = saitamaReport('internal', { comparisons: [{ form: 'municipal-survey', previous, rows }] });
    expect(
      rowsOf(before, '市町村調査票：令和4年度調査（前回）との比較（どちらの調査にも回答のない項目は省略）'),
    ).toEqual([
      [
        '項目',
        '回',
        '2,908.0',
        '9',
        '約1,454.0',
        '9',
        '-1,454.0',
        '対象期間の長さが異なるため1年（12か月）当たりで比較',
      ],
      ['変更', '回', '…', '0', '…', '0', '－', '設問変更のため比較不可'],
    ]);
  });
});

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

  it('sets coordination meetings side by side, of public answers without what is not open', () => {
    const given = Object.entries(fixture<Record<string, Answers>>('coordination-meeting.json'));
    const names = namesIn(saitama);
    const returns = given.map(([name, answers]) => ({
      unit: { code: '112038', name, kind: 'city' as const, members: ['112038'], editor: '112038' },
      answers: publicAnswers(coordinationMeeting2024, answers),
    }));
    const table = sideBySide(coordinationMeeting2024, returns, names, 'public');
    expect(table.columns.map(({ label }) => label)).toEqual(['項目', ...given.map(([name]) => name)]);
    const [population] = table.rows;
    expect(population?.slice(1).toSorted()).toEqual(['3,733,886人', '83,237人']);
  });
});

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

describe('２: what the prefecture says itself', () => {
  const handout = {
    proposals: [
      { title: '活性化に向けて', issues: '・停滞気味の協議会がある。\n\n・開催が少ない。', policies: '・研修を行う。' },
      { title: '整備について' },
    ],
  };

  it('has a mark before each of several lines, unless it was typed, and none before one alone', () => {
    const proposals = [{ title: '整備', issues: '研修を行う。\n・周知する。\n（ア）𠮷', policies: '派遣する。' }];
    const texts = textsOf(saitamaReport('public', { settings: { handout: { proposals } } }).before);
    const start = texts.indexOf('〇課題');
    expect(texts.slice(start + 1, start + 6)).toEqual([
      '・研修を行う。',
      '・周知する。',
      '（ア）𠮷',
      '〇対応方針',
      '　派遣する。',
    ]);
  });

  it('stands behind the overview, line by line, numbered as the source numbers it', () => {
    const texts = textsOf(saitamaReport('public', { settings: { handout } }).before);
    const start = texts.indexOf('２ 課題及び県の対応方針について（案）');
    expect(texts.slice(start, start + 8)).toEqual([
      '２ 課題及び県の対応方針について（案）',
      '（１）活性化に向けて',
      '〇課題',
      '・停滞気味の協議会がある。',
      '・開催が少ない。',
      '〇対応方針',
      '・研修を行う。',
      '（２）整備について',
    ]);
    expect(start).toBeLessThan(texts.indexOf('参考資料1　設問別集計表'));
    const named = { settings: { handout: { ...handout, proposalsTitle: '県の活動について（案）' } } };
    expect(textsOf(saitamaReport('public', named).before)).toContain('２ 県の活動について（案）');
    expect(textsOf(open.before).some((text) => text.startsWith('２ '))).toBe(false);
  });
});

describe('the parts of the report', () => {
  const with_ = (parts: readonly HandoutPart[], audience: 'internal' | 'public' = 'internal'): Block[] => {
    const { before, after } = saitamaReport(audience, { settings: { handout: { parts } } });
    return [...before, ...after];
  };
  const appendices = (blocks: readonly Block[]): string[] =>
    blocks.flatMap((block) => (block.kind === 'heading' && block.level === 'appendix' ? [block.text.slice(0, 5)] : []));

  it('are left out where the prefecture does not want them; what was asked and the overview always stand there', () => {
    expect(appendices(with_([]))).toEqual([]);
    expect(textsOf(with_([]))).toContain('（３）調査結果概要');
    expect(appendices(with_(['tables', 'list']))).toEqual(['参考資料1', '参考資料2']);
    expect(appendices(with_(['findings']))).toEqual(['参考資料3']);
    expect(appendices(with_(['findings'], 'public'))).toEqual([]);
    const charts = (blocks: readonly Block[]) => blocks.filter(({ kind }) => kind === 'bars').length;
    expect([charts(with_(['tables'])), charts(with_(['charts']))]).toEqual([0, 0]);
    expect(charts(with_(['tables', 'charts']))).toBeGreaterThan(10);
  });

  it('are all but the pages of single councils until somebody chooses', () => {
    expect(appendices([...internal.before, ...internal.after])).toEqual(['参考資料1', '参考資料2', '参考資料3']);
    expect(isShownSingly(councilReport2024, undefined)).toBe(false);
    expect(isShownSingly(councilReport2024, { parts: ['units'] })).toBe(true);
    expect(textsOf(open.before).some((text) => text.includes('組織図は、'))).toBe(false);
  });
});

describe('public totals', () => {
  it('say which kinds of municipality are among them only where the prefecture wants it, and the note says which', () => {
    const spelling = (spellsKinds: boolean): string[] => {
      const source = sourceOf('public', [[municipalSurvey2024, fixture('saitama-r6/municipal-survey.json')]], saitama, {
        settings: spellsKinds ? { handout: { spellsKinds } } : {},
      });
      const tally = new Tally(municipalSurvey2024);
      for (const unit of reportingUnits(saitama, 'municipality')) {
        const answers = fixture<Record<string, Answers>>('saitama-r6/municipal-survey.json')[unit.code];
        if (answers !== undefined) tally.add(answers, unit);
      }
      const { round, directory, asOf } = source;
      const summary = summarise([tally], asOf, { round, directory, audience: 'public', spellsKinds });
      return textsOf(reportOf({ ...source, summary }).before);
    };
    expect(spelling(false)).toContain('・アンケート・ヒアリング等（33市町村）');
    expect(spelling(false).some((text) => text.includes('種別によらず「市町村」と表記している'))).toBe(true);
    expect(spelling(true)).toContain('・アンケート・ヒアリング等（33市町）');
    expect(spelling(true).some((text) => text.includes('該当する市町村の種別を表記している'))).toBe(true);
  });
});

describe('注', () => {
  it('has the dates and the ways of counting', () => {
    const notes = textsOf(open.before).filter((text) => /^注\d/.test(text));
    expect(notes[0]).toContain('相談支援事業所の設置状況は令和6年4月1日現在');
    expect(notes[1]).toContain(
      '市町村調査票が63市町村中63市町村、協議会活動報告書が37協議会中37協議会である。公表の有無は公表版の目録による。',
    );
    expect(notes[2]).toContain('「事例検討」としたものは公表せず');
    expect(notes.map((note) => note.includes('切り捨てた')).filter(Boolean)).toHaveLength(1);
  });
});

describe('what one municipality alone answered of the Σ questions', () => {
  const surveys = fixture<Record<string, Answers>>('saitama-r6/municipal-survey.json');
  const [first = '', second = ''] = Object.keys(surveys);
  const { issues: _issues, revitalisation: _revitalisation, ...others } = surveys[second] ?? {};
  const given = [[municipalSurvey2024, { [first]: surveys[first] ?? {}, [second]: others }]] as const;
  const told = 'あがっているかどうか';
  const textsFor = (audience: 'internal' | 'public') => textsOf(reportOf(sourceOf(audience, given)).before);

  it('is not published; the report says so in the place of the figures, and why in a note', () => {
    const texts = textsFor('public');
    expect(texts[texts.indexOf(`〇${told}`) + 1]).toBe('・回答が1団体のため公表しません');
    const tables = texts.slice(texts.indexOf('参考資料1　設問別集計表'));
    const silent = tables.filter((text) => text.endsWith('は、回答が1団体のため公表しません。'));
    expect(silent.map((text) => text.split('」、「').length)).toEqual([5, 2]);
    expect(tables.some((text) => text.startsWith('あがっている|'))).toBe(false);
    expect(
      texts.filter((text) => /^注\d/.test(text) && text.includes('１団体のものは、合計がその団体の回答となるため')),
    ).toHaveLength(1);
  });

  it('is in the internal report', () => {
    const texts = textsFor('internal');
    expect(texts.join()).not.toContain('公表しません');
    expect(texts.some((text) => text.startsWith('あがっている|'))).toBe(true);
  });

  it('is no matter where several have answered', () => {
    expect(textsOf(open.before).join()).not.toContain('１団体のものは');
  });
});

describe('other rounds', () => {
  it('of councils alone has the headings that their form answers', () => {
    const directory = fixture<Directory>('gunma-h30/directory.json');
    const returns = fixture<Record<string, Answers>>('gunma-h30/council-report.json');
    const texts = textsOf(reportOf(sourceOf('public', [[councilReport2024, returns]], directory)).before);
    expect(texts).toContain('① 市町村自立支援協議会の設置状況');
    expect(texts.filter((text) => text.startsWith('②'))).toEqual([]);
    expect(texts.some((text) => text.startsWith('回数（期間：'))).toBe(true);
  });

  it('says once of numbers of several units that nobody has answered', () => {
    const numbers = {
      hours: count('時間', '時間'),
      travel: count('移動時間', '時間'),
      kind: choice('種類', { a: '甲', b: '乙' }),
      cost: count('経費', '千円'),
      fee: count('謝金', '千円'),
    };
    const text = { title: '票', units: 'municipality', help: '' } as const;
    const asked = form('f', 2024, text, { s: section('実績', numbers) });
    const code = saitama.municipalities[0]?.code ?? '';
    const texts = textsOf(reportOf(sourceOf('internal', [[asked, { [code]: {} }]])).before);
    const unanswered = texts.filter((each) => each.endsWith('、回答はありません。'));
    expect(unanswered).toEqual(['「実績」、「種類」には、回答はありません。']);
  });

  it('of a form that only has questions has its name, a heading per section, and a list where it lists any', () => {
    const inquiry = (listed: boolean) => {
      const held = choice('実施の有無', { yes: '実施した', no: '実施していない' });
      return form(
        'inquiry',
        2024,
        { title: '緊急照会', units: 'municipality', help: '' },
        {
          q: section('実施状況', { held: listed ? held.listed() : held, times: count('回数', '回').overPeriod() }),
          plan: section('今後', { planned: choice('予定', { yes: 'あり', no: 'なし' }) }),
        },
      );
    };
    const code = saitama.municipalities[0]?.code ?? '';
    const report = (listed: boolean) =>
      reportOf(sourceOf('internal', [[inquiry(listed), { [code]: { q: { held: 'yes', times: 3 } } }]]));
    const { head, before, after } = report(false);
    const texts = textsOf(before);
    expect(head.title).toBe('緊急照会の集計結果');
    expect(texts.slice(0, 3)).toEqual([
      '１ 緊急照会について',
      '（１）調査内容',
      '令和6年9月30日現在の緊急照会（期間を通じて数える項目の対象期間：R5.4～R6.9）',
    ]);
    expect(texts).toContain('② 今後');
    expect(texts.join()).not.toMatch(/協議会|専門部会|組織図|複数回答|母数は|参考資料2/);
    expect(after).toEqual([]);
    const list = rowsOf(report(true).before, '市町村別一覧');
    expect(list).toHaveLength(saitama.municipalities.length);
    expect(list[0]).toEqual([saitama.municipalities[0]?.name, '実施した']);
  });

  it('of several forms has its own name, where they have no title in common, and each purpose', () => {
    const one = (id: string, title: string) =>
      form(
        id,
        2024,
        { title: id, units: 'municipality', help: '', report: { title, purpose: `${title}を把握する。` } },
        { s: section('状況', { n: count('件数', '件') }) },
      );
    const code = saitama.municipalities[0]?.code ?? '';
    const given = { [code]: { s: { n: 1 } } };
    const of = (...forms: ReturnType<typeof one>[]) =>
      reportOf(
        sourceOf(
          'internal',
          forms.map((each) => [each, given] as const),
        ),
      );
    expect(of(one('a', '研修の状況'), one('b', '相談の状況')).head.title).toBe('令和6年度調査の集計結果');
    expect(of(one('a', '研修の状況'), one('b', '研修の状況')).head.title).toBe('研修の状況');
    expect(of(one('a', '研修の状況')).head.title).toBe('研修の状況');
    const texts = textsOf(of(one('a', '研修の状況'), one('b', '相談の状況')).before);
    expect(texts).toContain('研修の状況を把握する。');
    expect(texts).toContain('相談の状況を把握する。');
  });

  it('adds up no prices, says the list of a table inside it, and which figures would tell a single answer', () => {
    const asked = form(
      'f',
      2024,
      { title: '票', units: 'municipality', help: '' },
      {
        s: section('状況', {
          fee: count('通訳者への謝礼', '円'),
          spent: count('支出額', '円').overPeriod(),
          hourly: count('送迎の費用', '円/時間'),
          cases: count('事例', '件').tally(),
          staff: countsTable('職員数', { nurse: '看護師' }, { full: '常勤' }, '人'),
          meetings: list('会議', 9, {
            way: choice('方法', { a: '対面', b: 'オンライン' }),
            people: count('出席者', '人'),
          }),
        }),
      },
    );
    const given = saitama.municipalities.slice(0, 3).map(({ code }, index) => [
      code,
      {
        s: {
          fee: 1000 * (index + 1),
          spent: 5000,
          hourly: 200,
          cases: index,
          staff: { nurse: { full: 1 } },
          meetings: [{ id: 'm1', way: 'a', people: 3 }],
        },
      },
    ]);
    const { before } = reportOf(sourceOf('public', [[asked, Object.fromEntries(given)]]));
    const texts = textsOf(before);
    expect(texts).toContain('・平均2000.0円');
    expect(texts).toContain('・合計　15,000円');
    expect(texts).toContain('・平均200.0円/時間');
    const tables = before.flatMap((block) => (block.kind === 'table' ? [block] : []));
    const captions = tables.map(({ caption }) => caption);
    const lines = tables.flatMap(({ rows }) => [...rows].map((cells) => cells.slice(0, 4)));
    expect(lines).toContainEqual(['通訳者への謝礼', '3', '6,000', '2000.0']);
    expect(lines).toContainEqual(['支出額', '3', '15,000', '5000.0']);
    expect(captions.filter((caption) => caption.startsWith('職員数（'))).toEqual([
      '職員数（R6.9.30現在、回答 3市町村、合計、単位：人）',
    ]);
    expect(captions.some((caption) => caption.startsWith('会議：方法（'))).toBe(true);
    expect(captions.some((caption) => caption.startsWith('会議：出席者（'))).toBe(true);
    const [cases] = rowsOf(before, '事例（');
    expect(cases?.slice(-3)).toEqual(['非公表', '非公表', '非公表']);
    expect(texts.join()).toContain('合計のみを公表する項目の最小及び最大は、１団体の回答そのものとなるため公表せず');
    expect(textsOf(open.before).join()).not.toContain('項目の最小及び最大は');
  });

  it('draws what can be compared, in one unit a chart, and adds up no shares, no averages and nothing that is computed', () => {
    const asked = form(
      'inquiry',
      2024,
      { title: '緊急照会', units: 'municipality', help: '' },
      {
        q: section('状況', {
          held: choice('実施の有無', { yes: '実施した', no: '実施していない' }),
          visits: count('訪問', '件'),
          calls: count('電話', '件'),
          each: count('1事業所当たりの平均開所日数', '日'),
          days: count('開所日数', '日'),
          age: count('最高年齢', '歳'),
          rate: decimal('作成率', '％', { places: 1 }),
          staff: counts('職員数', { full: '常勤', part: '非常勤', short: '短時間', lent: '派遣' }, '人'),
          shifts: counts('交代', { day: '日勤', late: '遅番', night: '夜勤', off: '休み' }, '回'),
          courses: list('研修', 5, { people: count('参加者', '人') }),
        }),
      },
      {
        measures: [
          { kind: 'total', id: 'visited', label: '訪問の合計', measure: 'sum', unit: '件', expression: 'q.visits - 1' },
        ],
      },
    );
    const answers = {
      q: {
        held: 'yes',
        visits: 4,
        calls: 1,
        each: 240,
        days: 250,
        age: 90,
        rate: 50.5,
        staff: { full: 2, part: 1, short: 3, lent: 1 },
        shifts: { day: 2, late: 2, night: 2, off: 2 },
        courses: [{ id: 'a', people: 7 }],
      },
    };
    const codes = saitama.municipalities.slice(0, 2).map(({ code }) => code);
    const returns = Object.fromEntries(codes.map((code) => [code, answers]));
    const { before } = reportOf(sourceOf('internal', [[asked, returns]]));
    const charts = before.flatMap((block) => (block.kind === 'bars' ? [block] : []));
    // All said yes, and two numbers are compared at a glance: what is left has four that are not the same.
    expect(charts.map(({ title, unit }) => `${title}（${unit}）`)).toEqual(['職員数（人）']);
    expect(rowsOf(before, '状況（R6.9.30現在、単位：件）')).toEqual([
      ['訪問', '2', '8', '4.0', '4', '4', '4'],
      ['電話', '2', '2', '1.0', '1', '1', '1'],
    ]);
    expect(rowsOf(before, '作成率')).toEqual([['作成率', '2', '50.5', '50.5', '50.5', '50.5']]);
    expect(rowsOf(before, '状況（R6.9.30現在、単位：日）')).toEqual([
      ['1事業所当たりの平均開所日数', '2', '－', '240.0', '240', '240', '240'],
      ['開所日数', '2', '500', '250.0', '250', '250', '250'],
    ]);
    const lines = ['・平均50.5％', '・平均240.0日', '・平均90.0歳'];
    expect(textsOf(before)).toEqual(expect.arrayContaining(lines));
    expect(textsOf(before).join()).not.toContain('期間を通じて数える項目');
    // Each number of a list once, below the list's own name.
    expect(textsOf(before).join()).toContain('〇研修,・2件,〇研修：参加者,・合計　14人');
    expect(rowsOf(before, '緊急照会：集計値')).toEqual([['訪問の合計', '6件', '2市町村']]);
  });
});
