import { describe, expect, it } from 'vitest';
import type { AnswerBlock } from '../../../../../functions/web/answer-rows.ts';
import { answerParts, partWith } from '../../../../../functions/web/reviewing/answer-parts.ts';

function block(path: string, rows: number): AnswerBlock {
  return {
    path,
    title: path,
    depth: 0,
    rows: Array.from({ length: rows }, (_, index) => ({
      path: `${path}.q${index}`,
      label: '',
      answer: '',
      isAnswered: true,
      isStray: false,
    })),
  };
}

describe('the parts of a long return', () => {
  const blocks = [block('a', 3), block('b', 3), block('c', 9), block('d', 1)];
  const parts = answerParts(blocks, 6);

  it('hold whole blocks, in order, and every one of them', () => {
    expect(parts.map((part) => part.map(({ path }) => path))).toEqual([['a', 'b'], ['c'], ['d']]);
  });

  it('are one where there is little or nothing', () => {
    expect(answerParts(blocks.slice(0, 1), 6)).toHaveLength(1);
    expect(answerParts([], 6)).toEqual([[]]);
  });

  it('are found by a question, an entry or a section', () => {
    expect(partWith(parts, 'c.q8')).toBe(1);
    expect(partWith(parts, 'd')).toBe(2);
    expect(partWith(parts, 'gone')).toBe(0);
  });
});
