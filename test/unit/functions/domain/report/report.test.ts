import { describe, expect, it } from 'vitest';
import type { Block } from '../../../../../functions/domain/report/document.ts';
import { isShownSingly, reportOf } from '../../../../../functions/domain/report/report.ts';
import { summarise } from '../../../../../functions/domain/summary.ts';
import { Tally } from '../../../../../functions/domain/tally.ts';
import { reportingUnits } from '../../../../../schemas/directory.ts';
import type { Directory } from '../../../../../schemas/directory.ts';
import { form } from '../../../../../schemas/form.ts';
import { councilReport2024 } from '../../../../../schemas/forms/council-report/v2024.ts';
import { municipalSurvey2024 } from '../../../../../schemas/forms/municipal-survey/v2024.ts';
import type { HandoutPart } from '../../../../../schemas/handout.ts';
import type { Answers } from '../../../../../schemas/values/json.ts';
import { choice, count, section } from '../../../../../schemas/kinds/question.ts';
import { fixture } from '../../../schemas/forms/returns.ts';
import { saitama } from '../../../support/real-forms.ts';
import { internal, open, rowsOf, saitamaReport, sourceOf, textsOf } from './saitama.ts';

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
});
