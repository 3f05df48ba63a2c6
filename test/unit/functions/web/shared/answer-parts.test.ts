import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerPieces, blocksOf, partWith, weighAnswer } from '../../../../../functions/web/shared/answer-parts.tsx';
import type { AnswerBlock, AnswerRow } from '../../../../../functions/web/shared/answer-rows.ts';
import { packed } from '../../../../../functions/web/shared/parts.ts';

function row(path: string, answer = '', before?: string): AnswerRow {
  return {
    path,
    label: '役割',
    answer,
    isAnswered: true,
    isStray: false,
    ...(before === undefined ? {} : { compared: { answer: before, difference: 'changed' as const } }),
  };
}

function block(path: string, rows: readonly AnswerRow[]): AnswerBlock {
  return { path, title: path, depth: 0, rows };
}

function blockOf(path: string, rows: number): AnswerBlock {
  return block(
    path,
    Array.from({ length: rows }, (_, index) => row(`${path}.q${index}`)),
  );
}

function parts(blocks: readonly AnswerBlock[], capacity: number): (readonly AnswerBlock[])[] {
  return packed(answerPieces(blocks), () => 1, capacity).map(blocksOf);
}

describe('the parts of a long return', () => {
  const blocks = [blockOf('a', 3), blockOf('b', 2), blockOf('c', 4), blockOf('d', 0)];

  it('hold every row once, in order, and say where a block goes on', () => {
    const divided = parts(blocks, 6);
    expect(divided.map((part) => part.map(({ title, rows }) => [title, rows.length]))).toEqual([
      [
        ['a', 3],
        ['b', 2],
        ['c', 1],
      ],
      [
        ['c（続き）', 3],
        ['d', 0],
      ],
    ]);
    expect(divided.flatMap((part) => part.flatMap(({ rows }) => rows))).toEqual(blocks.flatMap(({ rows }) => rows));
  });

  it('that begin among the entries of a section have its heading', () => {
    const entries = ['s.e1', 's.e2'].map((path) => ({ ...blockOf(path, 2), depth: 1 }));
    const divided = parts([blockOf('s', 0), ...entries], 3);
    expect(divided.map((part) => part.map(({ title }) => title))).toEqual([
      ['s', 's.e1'],
      ['s（続き）', 's.e2'],
    ]);
  });

  it('are one where there is little or nothing', () => {
    expect(parts(blocks, 60)).toEqual([blocks]);
    expect(parts([], 6)).toEqual([[]]);
  });

  it('are found by a question, an entry or a section', () => {
    const divided = parts(blocks, 6);
    expect(partWith(divided, 'c.q0')).toBe(0);
    expect(partWith(divided, 'c.q3')).toBe(1);
    expect(partWith(divided, 'd')).toBe(1);
    expect(partWith(divided, 'gone')).toBe(0);
  });
});

describe('an answer that is too long for one row', () => {
  it('goes on in rows of the same question, on both sides of a comparison, without losing a character', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 50 }),
        fc.integer({ min: 0, max: 1200 }),
        fc.integer({ min: 0, max: 1200 }),
        (text, times, timesBefore) => {
          const [now, before] = [text.repeat(times), text.repeat(timesBefore)];
          const rows = answerPieces([block('a', [row('a.role', now, before)])]).flatMap((piece) => piece.row ?? []);
          expect(rows.map(({ answer }) => answer).join('')).toBe(now);
          expect(rows.map(({ compared }) => compared?.answer).join('')).toBe(before);
          expect(rows.map(({ isContinued = false }) => isContinued)).toEqual(rows.map((_, index) => index > 0));
          expect(new Set(rows.map(({ path }) => path))).toEqual(new Set(['a.role']));
        },
      ),
      { numRuns: 50 },
    );
  });

  it('weighs what the browser gets, escaped', () => {
    const heaviest = answerPieces([block('a', [row('a.role', '"<&\''.repeat(10_000), '支援'.repeat(10_000))])]);
    const weigh = weighAnswer({ comparedWith: '前回の回答' });
    expect(heaviest.length).toBeGreaterThan(5);
    for (const piece of heaviest) expect(weigh(piece)).toBeLessThan(30_000);
  });
});
