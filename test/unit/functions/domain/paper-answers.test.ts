import { describe, expect, it } from 'vitest';
import { answerBlocks } from '../../../../functions/domain/answer-rows.ts';
import { answerChanges } from '../../../../functions/domain/answer-changes.ts';
import { paperBlocks } from '../../../../functions/domain/paper-answers.ts';
import type { PaperBlock, PaperPart } from '../../../../functions/domain/paper-answers.ts';
import { form } from '../../../../schemas/form.ts';
import { councilReport2024 } from '../../../../schemas/forms/council-report/v2024.ts';
import { municipalSurvey2024 } from '../../../../schemas/forms/municipal-survey/v2024.ts';
import { countsTable, list, matrix, section, text } from '../../../../schemas/kinds/question.ts';
import type { Answers } from '../../../../schemas/values/json.ts';

const names = { municipalities: new Map([['112011', '川越市']]), entries: new Map<string, string>() };

const report: Answers = {
  profile: {
    secretariat: '福祉課',
    partners: [{ id: 'p1', name: 'A協議会' }],
  },
  bodies: [
    { id: 'b1', name: '全体会', kind: 'plenary' },
    {
      id: 'b2',
      name: '相談部会',
      kind: 'subcommittee',
      parent: 'b1',
      composition: { medical: 2, education: 1 },
      sessions: [
        { id: 's1', title: '第1回', heldOn: '2024-05', items: [{ id: 'i1', kind: 'agenda', text: '計画について' }] },
        { id: 's2', title: '第2回' },
      ],
    },
  ],
};

function tablesOf({ parts }: PaperBlock): PaperPart[] {
  return parts.filter((part) => !('answer' in part));
}

function blockCalled(blocks: readonly PaperBlock[], title: string): PaperBlock {
  const found = blocks.find((block) => block.title === title);
  if (found === undefined) throw new Error(`no block ${title} among ${blocks.map((block) => block.title).join()}`);
  return found;
}

describe('the answers on paper', () => {
  const blocks = paperBlocks(councilReport2024.sections, report, names);

  it('have lists as tables, with the columns that are answered', () => {
    const [partners] = tablesOf(blockCalled(blocks, '協議会の概要'));
    expect(partners).toEqual({ title: '問8　協力・連携機関', columns: ['番号', '名称'], rows: [['1', 'A協議会']] });
  });

  it('have what is inside of an entry in a cell, a line each', () => {
    const tables = tablesOf(blockCalled(blocks, '問10　会議体2：相談部会'));
    expect(tables).toContainEqual({
      title: '問10の14　活動内容',
      columns: ['番号', '会議名', '開催日', '内容'],
      rows: [
        ['1', '第1回', '令和6年5月', '・議題　計画について'],
        ['2', '第2回', '', ''],
      ],
    });
  });

  it('have a table of counts as a table with its total, and references by name', () => {
    const { parts } = blockCalled(blocks, '問10　会議体2：相談部会');
    expect(parts).toContainEqual({
      title: '問10の12　委員構成',
      pairs: [
        { label: '医療機関', answer: '2人' },
        { label: '教育関係機関', answer: '1人' },
        { label: '計', answer: '3人' },
      ],
    });
    expect(parts).toContainEqual({ label: '問10の5　上位の会議体', answer: '全体会' });
  });

  it('have a table of rows and columns as one, with totals both ways, and of options what an empty row means', () => {
    const two = { a: '甲', b: '乙' };
    const { sections } = form(
      'tables',
      1,
      { title: '', units: 'municipality', help: '' },
      {
        all: section('区分', {
          held: countsTable('職員数', two, { c: '常勤', d: '非常勤' }, '人').numbered('問1'),
          by: matrix('実施', two, { x: '県', y: '国' }, '計', '自市町村').numbered('問2'),
        }),
      },
    );
    const [block] = paperBlocks(sections, { all: { held: { a: { c: 3, d: 0 } }, by: { b: 'x' } } }, names);
    expect(block?.parts).toEqual([
      {
        title: '問1　職員数（人）',
        columns: ['', '常勤', '非常勤', '計'],
        rows: [
          ['甲', '3', '0', '3'],
          ['乙', '', '', ''],
          ['計', '3', '0', '3'],
        ],
      },
      {
        title: '問2　実施',
        pairs: [
          { label: '乙', answer: '県' },
          { label: '上記以外', answer: '自市町村' },
        ],
      },
    ]);
  });

  it('stand in the order of the form, also after a list in the middle', () => {
    const inside = {
      name: text('名称', 20),
      rows: list('回', 3, { members: list('委員', 3, { who: text('氏名', 20) }) }),
    };
    const { sections } = form(
      'order',
      1,
      { title: '', units: 'municipality', help: '' },
      {
        all: section('区分', {
          first: text('前', 20).numbered('問1'),
          short: list('短い一覧', 3, { name: text('名称', 20) }).numbered('問2'),
          middle: text('中', 20).numbered('問3'),
          long: list('長い一覧', 3, inside).numbered('問4'),
          last: text('後', 20).numbered('問5'),
        }),
      },
    );
    const answers = {
      all: {
        first: 'あ',
        short: [{ id: 'x', name: 'い' }],
        middle: 'う',
        long: [{ id: 'y', name: 'え', rows: [{ id: 'r', members: [{ id: 'm', who: '人' }] }] }],
        last: 'お',
      },
    };
    const paper = paperBlocks(sections, answers, names);
    expect(paper.map(({ title, parts }) => [title, parts.length])).toEqual([
      ['区分', 3],
      ['問4　長い一覧1：え', 2],
      ['区分（続き）', 1],
    ]);
    const rows = answerBlocks({ sections, answers, names });
    expect(rows.map(({ path, title, rows: own }) => [path, title, own.map(({ number }) => number)])).toEqual([
      ['all', '区分', ['問1']],
      ['all.short.x', '問2　短い一覧1：い', [undefined]],
      ['all.middle', '区分（続き）', ['問3']],
      ['all.long.y', '問4　長い一覧1：え', [undefined, undefined]],
      ['all.last', '区分（続き）', ['問5']],
    ]);
  });

  it('name what was asked and is not answered, and leave out what is not asked', () => {
    const { open } = blockCalled(blocks, '協議会の概要');
    expect(open).toContain('問2　設置年月');
    const survey = paperBlocks(municipalSurvey2024.sections, { establishment: { status: 'notEstablished' } }, names);
    expect(survey.map(({ title }) => title)).not.toContain('市町村自立支援協議会の活動状況');
    expect(blockCalled(survey, '市町村自立支援協議会の設置状況').open).toEqual([]);
  });
});

describe('what differs on paper', () => {
  it('is a few words for each answer, and one line for an entry that came or went', () => {
    const before: Answers = {
      profile: { secretariat: '障害福祉課'.repeat(20) },
      bodies: [
        { id: 'b0', name: '事務局会議', kind: 'secretariat' },
        { id: 'b1', name: '全体会', kind: 'plenary' },
      ],
    };
    const after: Answers = {
      profile: { secretariat: '福祉課' },
      bodies: [{ id: 'b1', name: '総会', kind: 'plenary' }],
    };
    expect(answerChanges(councilReport2024.sections, before, after, names)).toEqual([
      { label: '問1　事務局', before: `${'障害福祉課'.repeat(12)}…`, after: '福祉課' },
      { label: '問10　会議体1：総会：問10の1　名称', before: '全体会', after: '総会' },
      { label: '問10　会議体2：事務局会議（削除）', before: '', after: '削除' },
    ]);
    expect(answerChanges(councilReport2024.sections, after, after, names)).toEqual([]);
  });
});
