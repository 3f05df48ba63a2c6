/** What stays on one page: a short table, with the headings above it and the chart of its numbers below. */

import type { Block, ReportTable } from '../../domain/report/document.ts';

/** Rows and characters above which a table may break between pages. */
const longTable = 14;
const longText = 800;

/** Kept on one page as a whole; what would take most of a page may break between its rows. */
export function isKept({ rows }: ReportTable): boolean {
  if (!Array.isArray(rows) || rows.length > longTable) return false;
  return rows.flat().join('').length <= longText;
}

/** A heading that does not begin a part of its own. */
function isAbove(block: Block): boolean {
  return block.kind === 'heading' && (block.level === 'section' || block.level === 'item');
}

/** Every block once, in its order; several at a time where they stay together. */
export function printedTogether(blocks: readonly Block[]): Block[][] {
  const groups: Block[][] = [];
  let headings: Block[] = [];
  for (const block of blocks) {
    const above = groups.at(-1)?.at(-1);
    if (isAbove(block)) headings.push(block);
    else if (block.kind === 'bars' && headings.length === 0 && above?.kind === 'table' && isKept(above))
      groups.at(-1)?.push(block);
    else {
      if (block.kind === 'table' && isKept(block)) groups.push([...headings, block]);
      else groups.push(...headings.map((each) => [each]), [block]);
      headings = [];
    }
  }
  return [...groups, ...headings.map((each) => [each])];
}
