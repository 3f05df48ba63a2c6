/** Long returns are looked through in parts, so that every page stays small. Pure. */

import type { AnswerBlock } from '../answer-rows.ts';

/** Rows on a page: a council with twenty bodies has some three hundred. */
const rowsPerPart = 70;

/** Blocks in their order; one is never split, so that a part may be longer than asked. At least one part. */
export function answerParts(blocks: readonly AnswerBlock[], rows = rowsPerPart): (readonly AnswerBlock[])[] {
  const parts: AnswerBlock[][] = [[]];
  let count = 0;
  for (const block of blocks) {
    const current = parts.at(-1);
    if (current === undefined || (current.length > 0 && count + block.rows.length > rows)) {
      parts.push([block]);
      count = block.rows.length;
    } else {
      current.push(block);
      count += block.rows.length;
    }
  }
  return parts;
}

function isIn(block: AnswerBlock, path: string): boolean {
  const covers = (each: string): boolean => each === path || each.startsWith(`${path}.`);
  return block.rows.some((row) => covers(row.path)) || covers(block.path);
}

/** The part in which a question stands; the first for a path that is in none. */
export function partWith(parts: readonly (readonly AnswerBlock[])[], path: string): number {
  return Math.max(0, parts.findIndex((part) => part.some((block) => isIn(block, path))));
}
