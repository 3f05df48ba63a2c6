/** What an XLSForm is read as, what is said of what does not map, and what is refused. */

import { describe, expect, it } from 'vitest';
import type { GivenSheet } from '../../../../../functions/domain/given-sheet.ts';
import { isXlsForm, readXlsForm } from '../../../../../functions/domain/xlsform/read.ts';
import { address, firstSection, read, said, sheetsOf, survey, yesNo } from '../../../support/xlsform.ts';

function errorsOf(sheets: readonly GivenSheet[]): readonly { readonly cell: string; readonly code: string }[] {
  const result = readXlsForm(sheets, { address });
  return 'errors' in result ? result.errors.map(({ cell, code }) => ({ cell, code })) : [];
}

/** In the manner of the examples of ODK: a household, who lives there, and what they need. */
const household = sheetsOf({
  survey: [
    ['type', 'name', 'label::English (en)', 'label::Japanese (ja)', 'hint', 'required', 'relevant', 'constraint'],
    ['start', 'start'],
    ['note', 'intro', 'Welcome', '昨年度の実績を回答してください。'],
    ['begin_group', 'basics', 'Basics', '基本'],
    ['select_one yes_no', 'has_center', 'Is there a center?', 'センターの有無', '', 'yes'],
    [
      'integer',
      'staff_count',
      'Staff',
      '職員数（人）',
      '常勤換算しない',
      'true()',
      "${has_center} = 'yes'",
      '. >= 0 and . <= 100',
    ],
    ['decimal', 'fte', 'FTE', '常勤換算', '', '', "selected(${has_center}, 'yes') and ${staff_count} > 0", '. > 0'],
    ['select_multiple needs or_other', 'needs', 'Needs', '支援', '', '', '', 'count-selected(.) <= 2'],
    ['rank needs', 'order', 'Order', '優先する順'],
    ['date', 'opened', 'Opened', '開設日'],
    ['geopoint', 'place', 'Place', '場所'],
    ['end_group'],
    ['begin_repeat', 'visits', 'Visits', '訪問'],
    ['text', 'purpose', 'Purpose', '目的', '', '', '', 'string-length(.) <= 200'],
    ['integer', 'hours', 'Hours', '時間（時間）'],
    ['begin group', 'detail', 'Detail', '詳細', '', '', '${hours} >= 8'],
    ['image', 'photo', 'Photo', '写真'],
    ['end group'],
    ['end_repeat'],
    ['calculate', 'per_person', '', '1人当たり（件）'],
  ],
  choices: [...yesNo, ['needs', 1, '食事'], ['needs', 2, '移動'], ['needs', 3, '相談']],
  settings: [
    ['form_title', 'form_id', 'version'],
    ['世帯の調査', 'household_survey', '2025040101'],
  ],
});

describe('an XLSForm', () => {
  it('is known by its sheet survey', () => {
    expect(isXlsForm(household)).toBe(true);
    expect(isXlsForm(sheetsOf({ 調査票: [['項目', '内容']], 設問: [['種類']] }))).toBe(false);
  });

  it('becomes sections, groups and lists of questions of our kinds', () => {
    const result = read(household);
    expect(result.document).toMatchObject({
      id: 'kodomo',
      version: 2025,
      title: '世帯の調査',
      units: 'municipality',
      sections: [
        {
          key: 'basics',
          label: '基本',
          help: '昨年度の実績を回答してください。',
          questions: [
            {
              key: 'hasCenter',
              kind: 'choice',
              label: 'センターの有無',
              required: true,
              options: [
                { key: 'yes', label: 'はい' },
                { key: 'no', label: 'いいえ' },
              ],
            },
            {
              key: 'staffCount',
              kind: 'count',
              unit: '人',
              help: '常勤換算しない',
              required: true,
              when: 'hasCenter = "yes"',
            },
            { key: 'fte', kind: 'decimal', places: 2, when: 'hasCenter = "yes" and staffCount > 0' },
            {
              key: 'needs',
              kind: 'choices',
              atMost: 2,
              options: [{ key: 'o1' }, { key: 'o2' }, { key: 'o3' }, { key: 'other', label: 'その他' }],
            },
            { key: 'order', kind: 'ranking', places: 3 },
            { key: 'opened', kind: 'date' },
          ],
        },
        {
          key: 'visits',
          kind: 'list',
          maxEntries: 100,
          questions: [
            { key: 'purpose', kind: 'text', maxLength: 200 },
            { key: 'hours', kind: 'count', unit: '時間' },
            { key: 'detail', kind: 'group', when: 'hours >= 8', questions: [{ key: 'photo', kind: 'file' }] },
          ],
        },
      ],
      rules: [
        {
          at: 'basics.staffCount',
          severity: 'refuse',
          if: 'not(empty(staffCount)) and not(staffCount >= 0 and staffCount <= 100)',
          message: '「職員数（人）」は0以上100以下で回答してください。',
        },
        { at: 'basics.fte', severity: 'refuse', if: 'not(empty(fte)) and not(fte > 0)' },
      ],
    });
  });

  it('says first which questions it lacks, then by cell what else is lost or changed', () => {
    const { notices } = read(household);
    expect(notices.slice(0, 2).map(({ cell, code }) => ({ cell, code }))).toEqual([
      { cell: 'survey!A11', code: 'question-left-out' },
      { cell: 'survey!A20', code: 'question-left-out' },
    ]);
    expect(notices[0]?.message).toContain('設問「場所」（geopoint）は取り込みません。');
    const cells = notices.map(({ cell, code }) => `${cell} ${code}`);
    expect(cells).toContain('survey!A2 not-mapped');
    expect(cells).toContain('survey!B5 key-made');
    expect(cells).toContain('survey!C1 not-mapped');
  });

  it('has its id, version and title from its settings, else from the name of its file', () => {
    expect(read(household, { fileName: 'x.xlsx' }).document).toMatchObject({ id: 'household-survey', version: 2025 });
    const { document } = read(survey(['type', 'name', 'label'], ['text', 'a', '質問']), { fileName: 'My Form 3.xlsx' });
    expect(document).toMatchObject({ id: 'my-form-3', version: 1, title: 'my-form-3' });
  });

  it('puts questions outside of groups into sections', () => {
    const result = read(
      sheetsOf({
        survey: [
          ['type', 'name', 'label'],
          ['text', 'a', 'A'],
          ['begin group', 'g', 'G'],
          ['text', 'b', 'B'],
          ['end group'],
          ['text', 'c', 'C'],
        ],
      }),
    );
    expect(result.document.sections.map(({ label }) => label)).toEqual(['設問', 'G', '設問（2）']);
    expect(said(result, 'changed')).toHaveLength(2);
  });

  it('keeps notes as the help of what follows them, of the section they end, or of the whole', () => {
    const result = read(
      sheetsOf({
        survey: [
          ['type', 'name', 'label'],
          ['begin group', 'intro', 'はじめに'],
          ['note', 'n1', '最初に'],
          ['end group'],
          ['begin group', 'g', '区分'],
          ['note', 'n2', '次の設問'],
          ['text', 'a', 'A'],
          ['note', 'n3', '区分の終わり'],
          ['end group'],
          ['note', 'n4', 'ありがとうございました。'],
        ],
      }),
    );
    expect(result.document).toMatchObject({
      help: 'ありがとうございました。',
      sections: [{ help: '最初に\n区分の終わり', questions: [{ help: '次の設問' }] }],
    });
    expect(said(result, 'empty-group')).toEqual([expect.stringContaining('survey!A2')]);
  });

  it('makes keys that are unlike each other, the same each time', () => {
    const rows = [
      ['text', 'first name', 'A'],
      ['text', 'FirstName', 'B'],
      ['text', '氏名', 'C'],
      ['text', '2nd', 'D'],
      ['text', 'for', 'E'],
      ['text', 'for', 'F'],
      ['text', 'ID', 'G'],
    ];
    const result = read(survey(['type', 'name', 'label'], ...rows));
    expect(firstSection(result).map(({ key }) => key)).toEqual([
      'firstName',
      'firstName2',
      'q1',
      'q2nd',
      'for2',
      'for3',
      'id2',
    ]);
    expect(read(survey(['type', 'name', 'label'], ...rows)).document).toEqual(result.document);
    expect(said(result, 'key-made')).toHaveLength(7);
  });

  it('keeps the text of `or_other` apart from a question of that name', () => {
    const result = read(
      survey(['type', 'name', 'label'], ['text', 'whyOther', 'A'], ['select_one yes_no or_other', 'why', 'B']),
    );
    expect(firstSection(result).map(({ key }) => key)).toEqual(['whyOther', 'why2']);
  });

  it('tells options with the same label apart', () => {
    const result = read(
      sheetsOf({
        survey: [
          ['type', 'name', 'label'],
          ['select_one towns', 't', '町'],
        ],
        choices: [
          ['list_name', 'name', 'label', 'pref'],
          ['towns', 'chuo1', '中央', 'a'],
          ['towns', 'chuo2', '中央', 'b'],
        ],
      }),
    );
    expect(firstSection(result)[0]).toMatchObject({ options: [{ label: '中央' }, { label: '中央（chuo2）' }] });
    expect(said(result, 'same-label')).toHaveLength(1);
  });

  it('replaces what is put into texts, and keeps long labels whole in the help', () => {
    const long = 'あ'.repeat(400);
    const result = read(
      survey(
        ['type', 'name', 'label'],
        ['text', 'who', 'お名前'],
        ['text', 'a', '${who} さんの住所'],
        ['text', 'b', long],
      ),
    );
    expect(firstSection(result)).toMatchObject([{}, { label: '「お名前」 さんの住所' }, { help: long }]);
  });

  it.each([
    ['default', '5', 'survey!D3'],
    ['appearance', 'minimal', 'survey!D3'],
    ['choice_filter', 'a = ${n}', 'survey!D3'],
    ['required', "${n} = '1'", 'survey!D3'],
    ['parameters', 'randomize=true', 'survey!D3'],
    ['media::image', 'a.png', 'survey!D3'],
    ['$kuid', 'abc', 'survey!D1'],
  ])('says of the column %s that it is not read', (column, text, cell) => {
    const result = read(survey(['type', 'name', 'label', column], ['select_one yes_no', 'n', 'N', text]));
    expect(said(result, 'not-mapped')).toEqual([expect.stringContaining(`${cell} `)]);
  });

  it('leaves out, saying so, what is no question here', () => {
    const types = ['geotrace', 'audio', 'video', 'select_one_from_file towns.csv', 'selct_one yes_no', ''];
    const result = read(
      survey(['type', 'name', 'label'], ['text', 'a', 'A'], ...types.map((type, index) => [type, `x${index}`, '設問'])),
    );
    expect(firstSection(result)).toHaveLength(1);
    expect(said(result, 'question-left-out')).toHaveLength(types.length);
  });

  describe('is refused, with every cell at once,', () => {
    const type = ['type', 'name', 'label'];

    it.each<[string, Parameters<typeof sheetsOf>[0], object[]]>([
      ['without questions', { survey: [type] }, [{ cell: 'survey!A1', code: 'no-questions' }]],
      ['when empty', { survey: [] }, [{ cell: 'survey!A1', code: 'no-questions' }]],
      [
        'without an end',
        { survey: [type, ['begin group', 'a', 'A'], ['begin repeat', 'b', 'B'], ['text', 'c', 'C']] },
        [
          { cell: 'survey!A2', code: 'not-ended' },
          { cell: 'survey!A3', code: 'not-ended' },
        ],
      ],
      [
        'with an end of something else, or of nothing',
        { survey: [type, ['begin group', 'a', 'A'], ['text', 'c', 'C'], ['end repeat'], ['end group']] },
        [
          { cell: 'survey!A4', code: 'other-end' },
          { cell: 'survey!A5', code: 'stray-end' },
        ],
      ],
      [
        'with a list that is not there',
        { survey: [type, ['select_one yesno', 'a', 'A']], choices: yesNo },
        [{ cell: 'survey!A2', code: 'unknown-list' }],
      ],
      [
        'with a choice twice, or without a name',
        {
          survey: [type, ['select_one yes_no', 'a', 'A']],
          choices: [...yesNo, ['yes_no', 'no', 'x'], ['yes_no', '', 'y']],
        },
        [
          { cell: 'choices!B4', code: 'duplicate' },
          { cell: 'choices!B5', code: 'required' },
        ],
      ],
      [
        'nested deeper than questions go',
        { survey: [type, ...Array.from({ length: 200 }, (_, index) => ['begin group', `g${index}`, 'G'])] },
        [{ cell: 'survey!A7', code: 'too-deep' }],
      ],
      [
        'with more questions than fit',
        { survey: [type, ...Array.from({ length: 1001 }, (_, index) => ['text', `t${index}`, 'T'])] },
        [{ cell: 'survey!A1', code: 'too-many-questions' }],
      ],
      [
        'with more rows than fit',
        { survey: [type, ...Array.from({ length: 2501 }, (_, index) => ['text', `t${index}`, 'T'])] },
        [{ cell: 'survey!A2502', code: 'too-many-rows' }],
      ],
    ])('%s', (_, sheets, errors) => {
      expect(errorsOf(sheetsOf(sheets))).toEqual(errors);
    });

    it('with a formula, a date or merged cells where it is read', () => {
      const [sheet, ...others] = survey(type, ['text', 'a', 'A']);
      const rows = sheet?.rows.map((row) => ({
        ...row,
        cells: row.cells.map((cell) =>
          row.number === 3 && cell.column === 3 ? { ...cell, fault: 'formula' as const } : cell,
        ),
      }));
      expect(errorsOf([{ name: 'survey', isHidden: false, rows: rows ?? [] }, ...others])).toEqual([
        { cell: 'survey!C3', code: 'cell-formula' },
      ]);
    });
  });
});
