/** Answers and reasons to read, in parts that a page can hold: most returns have one. Pure. */

import { answerPieces, blocksOf, weighAnswer } from '../shared/answer-parts.tsx';
import type { AnswerPiece } from '../shared/answer-parts.tsx';
import type { AnswerBlock } from '../shared/answer-rows.ts';
import type { AnswersViewProps } from '../shared/answers-view.tsx';
import { frameBytes, mostPageBytes, packed } from '../shared/parts.ts';

export interface ReadPart {
  readonly blocks: readonly AnswerBlock[];
  /** The reasons' keys. */
  readonly reasons: readonly string[];
}

interface ReadRequest {
  readonly blocks: readonly AnswerBlock[];
  /** How the answers are shown. */
  readonly view: Omit<AnswersViewProps, 'blocks'>;
  readonly reasons: readonly string[];
  readonly weighReason: (key: string) => number;
  /** Bytes taken by what else stands on the page. */
  readonly besides?: number;
}

type Piece = AnswerPiece | string;

/** All answers first, then the reasons. At least one part. */
export function readParts({ blocks, view, reasons, weighReason, besides = 0 }: ReadRequest): readonly ReadPart[] {
  const weighRow = weighAnswer(view);
  const pieces: Piece[] = [...answerPieces(blocks), ...reasons];
  const weigh = (piece: Piece): number => (typeof piece === 'string' ? weighReason(piece) : weighRow(piece));
  return packed(pieces, weigh, mostPageBytes - frameBytes - besides).map((part) => ({
    blocks: blocksOf(part.flatMap((piece) => (typeof piece === 'string' ? [] : [piece]))),
    reasons: part.flatMap((piece) => (typeof piece === 'string' ? [piece] : [])),
  }));
}
