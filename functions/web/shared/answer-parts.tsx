/** The answers of a return in pieces that a page can hold: rows, the longest of them in several. Pure. */

import type { AnswerBlock, AnswerRow } from './answer-rows.ts';
import { AnswersView, Row } from './answers-view.tsx';
import type { AnswersViewProps } from './answers-view.tsx';
import { bytesOf, textParts } from './parts.ts';

/** An answer that weighs more is continued in further rows. */
const mostRowBytes = 12_000;

export interface AnswerPiece {
  readonly block: AnswerBlock;
  /** In which the block stands, where it is an entry's. */
  readonly section: AnswerBlock | undefined;
  /** None where the block is a heading alone. */
  readonly row: AnswerRow | undefined;
  /** The block begins here. */
  readonly isFirst: boolean;
}

function rowPieces(row: AnswerRow): AnswerRow[] {
  const { compared } = row;
  const now = textParts(row.answer, mostRowBytes);
  const was = compared === undefined ? [] : textParts(compared.answer, mostRowBytes);
  if (now.length < 2 && was.length < 2) return [row];
  return Array.from({ length: Math.max(now.length, was.length) }, (_, index) => ({
    ...row,
    answer: now[index] ?? '',
    ...(compared === undefined ? {} : { compared: { ...compared, answer: was[index] ?? '' } }),
    ...(index === 0 ? {} : { label: `${row.label}（続き）`, isContinued: true }),
  }));
}

/** Every row of the blocks in its order, nothing left out. */
export function answerPieces(blocks: readonly AnswerBlock[]): AnswerPiece[] {
  let section: AnswerBlock | undefined;
  return blocks.flatMap((block): AnswerPiece[] => {
    if (block.depth === 0) section = block;
    const around = block.depth === 0 ? undefined : section;
    if (block.rows.length === 0) return [{ block, section: around, row: undefined, isFirst: true }];
    return block.rows.flatMap(rowPieces).map((row, index) => ({ block, section: around, row, isFirst: index === 0 }));
  });
}

/** The blocks that the pieces of one part make up, under the heading of their section. */
export function blocksOf(pieces: readonly AnswerPiece[]): AnswerBlock[] {
  const section = pieces[0]?.section;
  const blocks: { readonly from: AnswerBlock; readonly title: string; readonly rows: AnswerRow[] }[] = [];
  for (const { block, row, isFirst } of pieces) {
    const rows = row === undefined ? [] : [row];
    const last = blocks.at(-1);
    if (last?.from === block) last.rows.push(...rows);
    else blocks.push({ from: block, title: isFirst ? block.title : `${block.title}（続き）`, rows });
  }
  const heading = section === undefined ? [] : [{ ...section, title: `${section.title}（続き）`, rows: [] }];
  return [...heading, ...blocks.map(({ from, title, rows }) => ({ ...from, title, rows }))];
}

/** What a piece weighs in such a view. */
export function weighAnswer(view: Omit<AnswersViewProps, 'blocks'>): (piece: AnswerPiece) => number {
  return ({ block, row, isFirst }) => {
    if (row !== undefined && !isFirst)
      return bytesOf(<Row row={row} comparedWith={view.comparedWith} lastColumn={view.lastColumn} />);
    return bytesOf(<AnswersView {...view} blocks={[{ ...block, rows: row === undefined ? [] : [row] }]} />);
  };
}

function isIn(block: AnswerBlock, path: string): boolean {
  const covers = (each: string): boolean => each === path || each.startsWith(`${path}.`);
  return block.rows.some((row) => covers(row.path)) || covers(block.path);
}

/** The part in which a question stands; the first for a path that is in none. */
export function partWith(parts: readonly (readonly AnswerBlock[])[], path: string): number {
  return Math.max(
    0,
    parts.findIndex((part) => part.some((block) => isIn(block, path))),
  );
}
