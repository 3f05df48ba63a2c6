import { describe, expect, it } from 'vitest';
import { reportOf } from '../../../../../functions/domain/report/report.ts';
import { form } from '../../../../../schemas/form.ts';
import { municipalSurvey2024 } from '../../../../../schemas/forms/municipal-survey/v2024.ts';
import type { Answers } from '../../../../../schemas/values/json.ts';
import { choice, count, countsTable, list, section } from '../../../../../schemas/kinds/question.ts';
import { fixture } from '../../../schemas/forms/returns.ts';
import { saitama } from '../../../support/real-forms.ts';
import { internal, open, rowsOf, sourceOf, textsOf } from './saitama.ts';

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

  it('names the municipalities behind a number to the prefecture only', () => {
    expect(rowsOf(internal.before, '問4　地域課題はあがっているか')[1]?.[3]).toMatch(/^[^、]+市、[^、]+市$/);
    expect(rowsOf(open.before, '問4　地域課題はあがっているか')[1]).toHaveLength(3);
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

describe('the tables of other forms', () => {
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
});
