import { describe, expect, it } from 'vitest';
import { answerChanges } from '../../../../functions/domain/answer-changes.ts';
import { paperBlocks } from '../../../../functions/domain/paper-answers.ts';
import type { PaperBlock } from '../../../../functions/domain/paper-answers.ts';
import { councilReport2024 } from '../../../../schemas/forms/council-report/v2024.ts';
import { municipalSurvey2024 } from '../../../../schemas/forms/municipal-survey/v2024.ts';
import type { Answers } from '../../../../schemas/return.ts';

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

function blockCalled(blocks: readonly PaperBlock[], title: string): PaperBlock {
  const found = blocks.find((block) => block.title === title);
  if (found === undefined) throw new Error(`no block ${title} among ${blocks.map((block) => block.title).join()}`);
  return found;
}

describe('the answers on paper', () => {
  const blocks = paperBlocks(councilReport2024.sections, report, names);

  it('have lists as tables, with the columns that are answered', () => {
    const [partners] = blockCalled(blocks, '協議会の概要').tables;
    expect(partners).toEqual({ title: '問8　協力・連携機関', columns: ['番号', '名称'], rows: [['1', 'A協議会']] });
  });

  it('have what is inside of an entry in a cell, a line each', () => {
    const [sessions] = blockCalled(blocks, '問10　会議体2：相談部会').tables;
    expect(sessions?.columns).toEqual(['番号', '会議名', '開催日', '内容']);
    expect(sessions?.rows).toEqual([
      ['1', '第1回', '令和6年5月', '・議題　計画について'],
      ['2', '第2回', '', ''],
    ]);
  });

  it('have a table of counts on one line with its total, and references by name', () => {
    const { lines } = blockCalled(blocks, '問10　会議体2：相談部会');
    expect(lines).toContainEqual({ label: '問10の12　委員構成', answer: '医療機関 2人、教育関係機関 1人（計3人）' });
    expect(lines).toContainEqual({ label: '問10の5　上位の会議体', answer: '全体会' });
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
