import { describe, expect, it } from 'vitest';
import { SummaryFigures } from '../../../../../functions/domain/report/figures.ts';
import { overviewHeadings, overviewBlocks, partsOf } from '../../../../../functions/domain/report/overview.ts';
import { reportOf } from '../../../../../functions/domain/report/report.ts';
import { talliedFigures } from '../../../../../functions/domain/summary.ts';
import { Tally } from '../../../../../functions/domain/tally.ts';
import { reportingUnits } from '../../../../../schemas/directory.ts';
import { form } from '../../../../../schemas/form.ts';
import { forms } from '../../../../../schemas/forms/catalogue.ts';
import {
  choice,
  choices,
  count,
  counts,
  countsTable,
  group,
  matrix,
  section,
  text,
} from '../../../../../schemas/kinds/question.ts';
import type { Answers } from '../../../../../schemas/values/json.ts';
import { round } from '../../../schemas/forms/returns.ts';
import { means, sourceLines } from '../../../../support/saitama-lines.ts';
import { saitama } from '../../../support/real-forms.ts';
import { internal as internalReport, open as openReport, sourceOf, textsOf } from './saitama.ts';

describe('調査結果概要', () => {
  const internal = textsOf(internalReport.before);
  const open = textsOf(openReport.before);

  it('says the figures of 埼玉県 in the words and the order of the source', () => {
    const wanted = new Set(sourceLines);
    const found = internal.slice(internal.indexOf('（３）調査結果概要')).filter((line) => wanted.has(line));
    expect(found).toEqual(sourceLines);
  });

  it('prints means cut, with their working, and names the denominator', () => {
    for (const line of means) expect(internal, line).toContain(line);
    for (const line of means) expect(open, line).toContain(line);
  });

  it('does not tell in public which kinds of municipality answered what is public as totals only', () => {
    expect(open).toContain('・あがっている（61市町村）、あがっていない（2市町村）');
    expect(open).toContain('・その他　1市町村');
    expect(open).toContain('（単独設置：27市町、共同設置：35市町村、単独・共同設置：1市）');
  });

  it('leaves out what nobody chose', () => {
    expect(internal.filter((line) => /（0市町村|：0$|　0市|0事業所/.test(line) && !/\d0/.test(line))).toEqual([]);
    expect(internal.join('\n')).not.toContain('・未定');
  });

  it('keeps to five of the most frequent, what is equal in the order of the form', () => {
    const from = internal.indexOf('ア 協議事項（多かった内容（複数回答））');
    expect(internal.slice(from + 1, from + 7).filter((line) => line.startsWith('・'))).toHaveLength(5);
  });

  it('says so where there are no returns', () => {
    const nobody = sourceOf('public').forms.map(({ form }) => [form, {}] as const);
    const empty = reportOf(sourceOf('public', nobody));
    const texts = textsOf(empty.before);
    expect(texts.filter((line) => line === '集計対象の回答はありません。')).toHaveLength(5);
  });
});

const yesNo = { yes: 'はい', no: 'いいえ' };
const scratch = form(
  'scratch',
  2024,
  {
    title: '追加調査票',
    units: 'municipality',
    help: '',
    report: {
      headings: [
        {
          title: '状況',
          sections: ['known'],
          parts: [{ kind: 'options', style: 'circle', title: '状況', question: 'known.status' }],
        },
        {
          title: '内側',
          sections: ['known'],
          parts: [{ kind: 'inline', style: 'circle', title: '組の内側', question: 'known.nested.inner' }],
        },
      ],
    },
  },
  {
    known: section('知られた区分', {
      status: choice('状況', yesNo),
      added: choices('追加の設問', { a: '甲', b: '乙' }),
      number: count('人数', '人'),
      staff: counts('職員', { full: '常勤', part: '非常勤' }, '人').numbered('問3'),
      cases: countsTable('件数', { child: '児童' }, { persons: '実人員', times: '延件数' }, '件'),
      nested: group('組', { inner: choice('内側', yesNo) }),
      table: matrix('表', { x: '項目' }, { p: '県', r: '広' }, '計'),
      remarks: text('備考', 100),
    }),
    unknown: section('新しい区分', { other: choice('別の設問', yesNo) }),
  },
);

describe('a question that the outline does not name', () => {
  const answers: Answers = {
    known: {
      status: 'yes',
      added: ['b'],
      number: 3,
      staff: { full: 2, part: 1 },
      cases: { child: { persons: 4, times: 9 } },
      nested: { inner: 'no' },
      table: { x: 'p' },
      remarks: '備考',
    },
    unknown: { other: 'yes' },
  };

  function lines(): string[] {
    const tally = new Tally(scratch);
    for (const unit of reportingUnits(saitama, 'municipality').slice(0, 2)) tally.add(answers, unit);
    const figures = new SummaryFigures({
      rows: talliedFigures(tally, { round, directory: saitama, audience: 'internal' }).rows,
    });
    return textsOf(overviewBlocks([scratch], { figures, jointUnits: () => [], words: (each) => each }));
  }

  it('appears at the end of the heading of its section, by its type', () => {
    expect(lines()).toEqual([
      '① 状況',
      '〇状況',
      '・はい　2市',
      '〇追加の設問（複数回答）',
      '・乙（2市）',
      '〇人数',
      '・合計　6人',
      '〇問3　職員',
      '・常勤　4人',
      '・非常勤　2人',
      '・計　6人',
      '〇件数：児童',
      '・実人員　8件',
      '・延件数　18件',
      '〇表',
      '・項目（県 2市）',
      '② 内側',
      '〇組の内側',
      '・いいえ（2市）',
      '③ 新しい区分',
      '〇別の設問',
      '・はい（2市）',
    ]);
  });

  it('is the exception: the outline names questions of the forms that exist', () => {
    const all = [...forms.values()].flatMap((versions) => [...versions.values()]);
    for (const heading of overviewHeadings(all))
      for (const part of partsOf(heading)) {
        const known = all.find(({ id }) => id === part.form);
        expect(known, part.form).toBeDefined();
        if ('question' in part) expect(known?.items.has(part.question), part.question).toBe(true);
      }
    for (const { items, report: { headings = [] } = {} } of all)
      for (const { sections, tablesOnly = [] } of headings)
        for (const id of [...sections, ...tablesOnly]) expect(items.has(id), id).toBe(true);
  });
});
