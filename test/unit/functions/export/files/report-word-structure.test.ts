/** The organisation chart of the document: boxes as deep as the bodies, and lines from each to those below it. */

import { describe, expect, it } from 'vitest';
import type { Structure, StructureNode } from '../../../../../functions/domain/report/document.ts';
import { structureWord } from '../../../../../functions/export/files/report-word-structure.ts';
import { textWidth } from '../../../../../functions/export/files/report-word-text.ts';
import { linesOfWord, malformedAt } from '../../../../support/markup.ts';
import { cellsOf, columnsOf, gridProblems, rowsOf } from '../../../../support/word-grid.ts';
import type { DrawnCell } from '../../../../support/word-grid.ts';
import { named } from '../../../../support/xml-tree.ts';

function xmlOf(nodes: readonly StructureNode[], title = '組織図'): string {
  const structure: Structure = { kind: 'structure', title, nodes };
  return [...structureWord(structure)].join('');
}

const council: readonly StructureNode[] = [
  { name: '全体会', kind: '全体会', depth: 0 },
  { name: '運営会議', kind: '運営会議', depth: 1, parent: 0 },
  { name: '就労部会', kind: '専門部会', depth: 2, parent: 1 },
  { name: 'こども部会', kind: '専門部会', depth: 1, parent: 0 },
];

/** What stands beside the boxes, row by row, as far as it is a line. */
function linesBeside(nodes: readonly StructureNode[]): DrawnCell[][] {
  const rows = rowsOf(xmlOf(nodes));
  return rows.map((row) => cellsOf(row).filter(({ edges }) => edges.length > 0 && edges.length < 4));
}

describe('the organisation chart', () => {
  it('is text in the order of reading, with the kind of a body where its name does not say it', () => {
    const xml = xmlOf(council);
    expect(malformedAt(`<r>${xml}</r>`)).toBeUndefined();
    expect(linesOfWord(xml)).toEqual([
      '組織図',
      '全体会',
      '運営会議',
      '就労部会［専門部会］',
      'こども部会［専門部会］',
    ]);
  });

  it('says in words who reports to whom', () => {
    expect(xmlOf(council)).toContain(
      '<w:tblCaption w:val="組織図"/><w:tblDescription w:val="組織図。全体会、運営会議（上位：全体会）、就労部会（上位：運営会議）、こども部会（上位：全体会）"/>',
    );
  });

  it('has one framed box per body, all as wide, each further to the right than the one above it', () => {
    const rows = rowsOf(xmlOf(council));
    const columns = columnsOf(xmlOf(council));
    const halves = rows
      .map((row) => cellsOf(row).filter(({ edges }) => edges.length === 4))
      .filter((boxes) => boxes.length > 0);
    expect(halves.map(([box]) => box?.from)).toEqual([0, 0, 2, 2, 4, 4, 2, 2]);
    const widths = halves.map(([box]) => columns.slice(box?.from, box?.to).reduce((sum, each) => sum + each, 0));
    expect(new Set(widths).size).toBe(1);
    expect(rows.flatMap((row) => named('w:vMerge', [row]).map(({ attributes }) => attributes))).toEqual(
      council.flatMap(() => ['w:val="restart"', 'w:val="continue"']),
    );
  });

  it('leads a line from each body to those below it, and no further than the last', () => {
    const down = (from: number, to: number): DrawnCell => ({ from, to, edges: ['left'] });
    const turn = (from: number, to: number): DrawnCell => ({ from, to, edges: ['left', 'bottom'] });
    expect(linesBeside(council)).toEqual([
      // 全体会: two halves, nothing beside them.
      [],
      [],
      // 運営会議: from above, into the box, and on to こども部会.
      [down(1, 7)],
      [turn(1, 2)],
      [down(1, 2)],
      // 就労部会: two lines from above; the inner one ends here.
      [down(1, 3), down(3, 7)],
      [down(1, 3), turn(3, 4)],
      [down(1, 4)],
      // こども部会: the outer one ends here.
      [down(1, 7)],
      [turn(1, 2)],
      [],
    ]);
  });

  it('is a table that Word reads, and fills its grid in every row, so that no program moves a cell', () => {
    expect(gridProblems(xmlOf(council))).toEqual([]);
  });

  it('stays on one page where it is short; a box never stands on two', () => {
    const flat = (count: number): StructureNode[] =>
      Array.from({ length: count }, (_, index) => ({
        name: `部会${index}`,
        kind: '部会',
        depth: index === 0 ? 0 : 1,
        ...(index === 0 ? {} : { parent: 0 }),
      }));
    const rowsThatLetGo = (count: number): number => {
      const rows = rowsOf(xmlOf(flat(count)));
      expect(rows.every((row) => named('w:cantSplit', [row]).length === 1)).toBe(true);
      return rows.filter((row) => named('w:keepNext', [row]).length < named('w:p', [row]).length).length;
    };
    expect(rowsThatLetGo(10)).toBe(1);
    expect(rowsThatLetGo(200)).toBe(200);
  });

  it('keeps to the page and to the columns that Word takes, however deep and long it is', () => {
    const chain: StructureNode[] = Array.from({ length: 200 }, (_, index) => ({
      name: `部会${index}`,
      kind: '部会',
      depth: index,
      ...(index === 0 ? {} : { parent: index - 1 }),
    }));
    const xml = xmlOf(chain);
    const columns = columnsOf(xml);
    expect(gridProblems(xml)).toEqual([]);
    expect(columns.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(textWidth);
    expect(linesOfWord(xml)).toHaveLength(201);
  });

  it('says to what a body belongs where it is too deep for a line', () => {
    const chain: StructureNode[] = Array.from({ length: 13 }, (_, index) => ({
      name: `部会${index}`,
      kind: '部会',
      depth: index,
      ...(index === 0 ? {} : { parent: index - 1 }),
    }));
    expect(linesOfWord(xmlOf(chain)).slice(-3)).toEqual(['部会10', '部会11（上位：部会10）', '部会12（上位：部会11）']);
  });
});
