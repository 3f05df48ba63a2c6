import { describe, expect, it } from 'vitest';
import { tableFileNames } from '../../../../../functions/domain/analysis/table-names.ts';

const round = { id: 'R6', name: '令和6年度調査' };
const request = { kind: 'cross', question: 'centre.status', with: 'class:area' } as const;

describe('the names of the files of an analysis', () => {
  it('say what is counted, of which question and class, in which round, and differ', () => {
    const question = '問3 設置状況';
    const names = [`「${question}」×「圏域」：回答数`, `「${question}」×「圏域」：割合（％、行ごと）`].map(
      (title, index) => tableFileNames({ table: { title }, index, question, request, round }),
    );
    expect(names).toEqual([
      ['分析_「問3 設置状況」×「圏域」：回答数_令和6年度調査.csv', 'R6-cross-centre.status-class-area-1.csv'],
      [
        '分析_「問3 設置状況」×「圏域」：割合（％、行ごと）_令和6年度調査.csv',
        'R6-cross-centre.status-class-area-2.csv',
      ],
    ]);
  });

  it('name the question also where the table does not', () => {
    const table = { title: '比較できない団体' };
    const changes = { kind: 'changes', question: 'times' } as const;
    expect(tableFileNames({ table, index: 1, question: '開催回数', request: changes, round })).toEqual([
      '分析_「開催回数」の比較できない団体_令和6年度調査.csv',
      'R6-changes-times-2.csv',
    ]);
  });

  it('are short enough for a disk, and tell tables of long questions apart, no character cut in two', () => {
    const nameOf = (question: string, of = round): string => {
      const table = { title: `「${question}」の推移：回答数` };
      return tableFileNames({ table, index: 0, question, request, round: of })[0];
    };
    const longest = nameOf('設'.repeat(100), { ...round, name: '調'.repeat(100) });
    expect(new TextEncoder().encode(longest).length).toBeLessThanOrEqual(255);
    expect(new TextEncoder().encode(nameOf('設'.repeat(100))).length).toBeLessThanOrEqual(255);
    expect(nameOf('𠮷'.repeat(100)).isWellFormed()).toBe(true);
    expect(nameOf('𠮷'.repeat(100))).toMatch(/𠮷…𠮷+」の推移：回答数_令和6年度調査\.csv$/u);
  });
});
