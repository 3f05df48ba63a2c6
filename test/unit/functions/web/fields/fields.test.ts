import { describe, expect, it } from 'vitest';
import { councilReport2024 } from '../../../../../schemas/forms/council-report/v2024.ts';
import { municipalSurvey2024 } from '../../../../../schemas/forms/municipal-survey/v2024.ts';
import { form } from '../../../../../schemas/form.ts';
import type { Json } from '../../../../../schemas/values/json.ts';
import { decimal } from '../../../../../schemas/kinds/decimal.ts';
import { file } from '../../../../../schemas/kinds/file.ts';
import {
  choice,
  choices,
  count,
  counts,
  countsTable,
  group,
  list,
  matrix,
  section as formSection,
} from '../../../../../schemas/kinds/question.ts';
import { renderFolded, renderSection } from '../../../../support/render-fields.tsx';

describe('the fields of a question', () => {
  it('are radios with an explicit 未回答', () => {
    const html = renderSection(municipalSurvey2024, 'establishment', { status: 'established' });
    expect(html).toContain(
      '<input type="radio" id="establishment.status" name="establishment.status" value="established" checked=""/>',
    );
    expect(html).toContain('<input type="radio" name="establishment.form" value="" checked=""/><span>未回答</span>');
  });

  it('of a group say of themselves whether they must be answered', () => {
    const inner = { goal: count('目標', '人').required() };
    const html = renderSection(
      form(
        'f',
        2025,
        { title: '票', units: 'municipality', help: '' },
        { s: formSection('区分', { one: group('目標と実績', inner) }) },
      ),
      's',
      {},
    );
    expect(html).toContain('必須');
    expect(html).not.toContain('任意');
  });

  it('list options in the order of the questionnaire, 未回答 before them, where they open from a list', () => {
    const sites = list('施設', 5, { kind: choice('種別', { public: '公立', private: '民間' }) }, { layout: 'table' });
    const asked = form(
      'f',
      2025,
      { title: '票', units: 'municipality', help: '' },
      { s: formSection('区分', { sites }) },
    );
    const html = renderSection(asked, 's', { sites: [{ id: 'a' }] });
    expect(html).toMatch(/>未回答<\/option><option[^>]*>公立<\/option><option[^>]*>民間</);
  });

  it('offer that none applies, and that the question does not', () => {
    expect(renderSection(municipalSurvey2024, 'activity', { roles: [] })).toContain(
      'name="activity.roles:none" value="1" checked=""',
    );
    const body = renderSection(councilReport2024, 'bodies', { meetings: null, members: 0 }, {}, 'bodies.b');
    expect(body).toContain('name="bodies.b.meetings:na" value="1" checked=""');
    expect(body).toMatch(/name="bodies\.b\.members" value="0"/);
  });

  it('say when they apply, and tell the script', () => {
    const html = renderSection(municipalSurvey2024, 'bases', {});
    expect(html).toContain('該当する場合のみ（「問12　地域生活支援拠点等の整備状況」が「検討中」の場合）');
    expect(html).toContain(
      'data-question="bases.plannedFor" data-when="[[&quot;bases.status&quot;,&quot;considering&quot;]]"',
    );
  });

  it('name dates and units', () => {
    const html = renderSection(municipalSurvey2024, 'consultation', { specific: 8 }, { asOf: '2024-04-01' });
    expect(html).toContain('令和6年4月1日現在');
    expect(html).toContain('<span class="unit"> 事業所</span>');
    expect(renderSection(councilReport2024, 'bodies', {}, {}, 'bodies.b')).toContain(
      '対象期間：令和5年4月〜令和6年9月',
    );
  });

  it('list files by name and size, with what may be added beside', () => {
    const attached = form(
      'attached',
      2025,
      { title: '添付', units: 'municipality', help: '' },
      { s: formSection('資料', { rules: file('要綱', 2) }) },
    );
    const sha256 = 'a'.repeat(64);
    const rules = { name: '要綱<1>.pdf', type: 'application/pdf', bytes: 2048, sha256 };
    const html = renderSection(attached, 's', { rules: [rules] });
    expect(html).toContain('要綱&lt;1&gt;.pdf（PDF、2KB）</a>');
    expect(html).toContain(`<a href="/files/${sha256}" download="">`);
    expect(html).toContain('name="action" value="remove:s.rules.0"');
    expect(html).toContain('name="action" value="attach:s.rules" id="s.rules"');
    expect(html).toContain('PDF、Word（.docx）、Excel（.xlsx）、PNG、JPEG、1件3.5MBまで、2件まで');
    const tried = renderSection(attached, 's', {}, { takesFiles: false });
    expect(tried).not.toContain('保存されます');
    expect(tried).toContain('試しの回答では、ファイルを追加できません。');
    const full = renderSection(attached, 's', { rules: [rules, { ...rules, sha256: 'b'.repeat(64) }] });
    expect(full).not.toContain('attach:');
    expect(full).toContain('2件まで追加できます。');
    expect(renderSection(attached, 's', {})).toContain('name="s.rules:none"');
  });

  it('tell 該当するものはない from 該当なし where it is declared', () => {
    const options = { a: '相談', b: '訪問' };
    const asked = form(
      'none',
      2025,
      { title: '様式', units: 'municipality', help: '' },
      { s: formSection('体制', { plain: choices('事業', options), null: choices('事業', options).nullable() }) },
    );
    const html = renderSection(asked, 's', {});
    const offered = ['s.plain:none', 's.plain:na', 's.null:none', 's.null:na'].filter((name) => html.includes(name));
    expect(offered).toEqual(['s.plain:none', 's.null:none', 's.null:na']);
    expect(html).toContain('該当なし（この項目自体が当てはまらない）');
  });

  it('take decimals with their unit, on a keypad that has a point', () => {
    const staffing = form(
      'staffing',
      2024,
      { title: '体制', units: 'municipality', help: '' },
      { staff: formSection('体制', { fullTime: decimal('常勤換算', '人', { places: 1 }) }) },
    );
    const html = renderSection(staffing, 'staff', { fullTime: 2.5 }, { asOf: '2024-04-01' });
    expect(html).toMatch(/name="staff\.fullTime" value="2\.5" inputmode="decimal"/);
    expect(html).toContain('<span class="unit"> 人</span>');
    expect(html).toContain('令和6年4月1日現在');
  });

  it('begin with the number of the question', () => {
    const numbered = form(
      'numbered',
      2025,
      { title: '体制', units: 'municipality', help: '' },
      {
        staff: formSection('体制', {
          form: choice('実施形態', { direct: '直営', commissioned: '委託' }).numbered('問1'),
          fee: count('委託料', '千円').numbered('問2').when({ form: 'commissioned' }),
        }),
      },
    );
    const html = renderSection(numbered, 'staff', {});
    expect(html).toContain('問1　実施形態<');
    expect(html).toContain('該当する場合のみ（「問1　実施形態」が「委託」の場合）');
  });

  it('offer 不明 and why, where a question may be left blank, and how many options may be chosen', () => {
    const asked = form(
      'asked',
      2025,
      { title: '体制', units: 'municipality', help: '' },
      {
        staff: formSection('体制', {
          days: count('開所日数', '日').reasonIfBlank(),
          roles: choices('役割', { a: '甲', b: '乙', c: '丙' }, { atMost: 2 }),
          wider: matrix('課題', { a: '医療的ケア' }, { x: '県全域で対応' }, '計', '自市町村で対応'),
        }),
      },
    );
    const html = renderSection(asked, 'staff', {});
    expect(html).toContain('name="staff.days:blank" value="1"');
    expect(html).toContain('name="staff.days:why"');
    expect(html).not.toContain('name="staff.roles:blank"');
    expect(html).toContain('<p>2つまで</p>');
    expect(html).toContain('aria-label="医療的ケア：自市町村で対応"');
    expect(renderSection(asked, 'staff', {}, { takesReasons: false })).not.toContain(':blank');
  });

  it('are a table with totals both ways for counts in rows and columns', () => {
    const staffed = form(
      'staffed',
      2025,
      { title: '体制', units: 'municipality', help: '' },
      {
        s: formSection('体制', {
          staff: countsTable('職員数', { full: '常勤', part: '非常勤' }, { only: '専従', also: '兼務' }, '人'),
        }),
      },
    );
    const html = renderSection(staffed, 's', { staff: { full: { only: 3, also: 2 }, part: { only: 1 } } });
    expect(html).toContain('data-part="s.staff s.staff.full s.staff.only"');
    expect(html).toMatch(/name="s\.staff\.full\.only" value="3"[^>]* aria-label="常勤：専従"/);
    const total = (of: string): string | undefined => new RegExp(`data-total-of="${of}"[^>]*>([^<]*)<`).exec(html)?.[1];
    expect(['s.staff.full', 's.staff.part', 's.staff.only', 's.staff.also', 's.staff'].map(total)).toEqual([
      '5人',
      '1人',
      '4人',
      '2人',
      '6人',
    ]);
  });

  it('carry their error, named by the field', () => {
    const html = renderSection(
      municipalSurvey2024,
      'consultation',
      {},
      { errors: new Map([['consultation.specific', ['読み取れません。']]]) },
    );
    expect(html).toContain('id="consultation.specific-error"');
    expect(html).toContain(
      'aria-describedby="consultation.specific-hint consultation.specific-error" aria-invalid="true"',
    );
  });

  it('mark an entry that the prefecture asked about, until it says something else', () => {
    const value = {
      bodies: [
        { id: 'a', name: '甲' },
        { id: 'b', name: '乙' },
      ],
    };
    const item = councilReport2024.items.get('bodies');
    const marked = (submitted: Json | undefined): number => {
      if (item === undefined) throw new Error('no list');
      const post = new Map([['bodies', ['', 'a', 'b']]]);
      const sentBack = new Map([['bodies.a.name', '確認してください。']]);
      const html = renderFolded(
        {
          item,
          path: 'bodies',
          scope: '',
          stored: value.bodies,
          previous: undefined,
          submitted,
        },
        post,
        { sentBack },
      );
      return html.split('要修正').length - 1;
    };
    expect(marked(value.bodies)).toBe(1);
    expect(marked(undefined)).toBe(1);
    expect(marked([{ id: 'a', name: '甲の旧名' }, { id: 'b' }])).toBe(0);
  });

  it('keep the first line break of a text', () => {
    expect(renderSection(municipalSurvey2024, 'contact', { remarks: '\n一' })).toMatch(
      /<textarea[^>]*>\n\n一<\/textarea>/,
    );
  });

  it('make a table of one option per row', () => {
    const html = renderSection(municipalSurvey2024, 'issues', { widerArea: { housing: 'region' } });
    expect(html).toContain('<th scope="col">県全域</th>');
    expect(html).toContain('name="issues.widerArea.housing" value="region" checked="" aria-label="居住支援：広域"');
    expect(html).toContain('<th scope="col">自市町村で対応</th>');
  });

  it('show the total beside the number that it should equal', () => {
    const html = renderSection(
      councilReport2024,
      'bodies',
      { members: 17, composition: { medical: 3, education: 4 } },
      {},
      'bodies.b',
    );
    expect(html).toMatch(/<output[^>]*>7人<\/output>/);
    expect(html).toContain('<span data-shows="bodies.b.members">17</span>');
  });

  it('show no other number beside the total: one of decimals is no sum of counts', () => {
    const staffing = form(
      'staffing',
      2024,
      { title: '体制', units: 'municipality', help: '' },
      {
        staff: formSection('体制', {
          fullTime: decimal('常勤換算', '人', { places: 1 }),
          byTrade: counts('職種', { nurse: '看護師' }, '人'),
        }),
      },
    );
    const html = renderSection(staffing, 'staff', { fullTime: 2.5, byTrade: { nurse: 3 } });
    expect(html).toMatch(/<output[^>]*>3人<\/output>/);
    expect(html).not.toContain('data-shows');
  });
});
