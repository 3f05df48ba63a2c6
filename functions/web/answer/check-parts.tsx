/** What there is to look at before submission, in parts that a page can hold: most returns have one. Pure. */

import type { JSX } from 'hono/jsx/jsx-runtime';
import type { Finding } from '../../domain/edit-checks.ts';
import type { Examination } from '../../domain/examination.ts';
import { answerPieces, blocksOf, weighAnswer } from '../shared/answer-parts.tsx';
import type { AnswerPiece } from '../shared/answer-parts.tsx';
import type { AnswerBlock } from '../shared/answer-rows.ts';
import type { AnswersViewProps } from '../shared/answers-view.tsx';
import { bytesOf, packed } from '../shared/parts.ts';
import { placeLabel } from '../shared/place-label.ts';
import type { Opened } from './opened.ts';
import { ReasonField } from './reason-field.tsx';
import type { ReasonsProps } from './reason-field.tsx';

export interface CheckPart {
  readonly asked: readonly Finding[];
  readonly notes: readonly Finding[];
  readonly blocks: readonly AnswerBlock[];
}

/** Reasons weigh as much before as after they are given, unless they are long: the parts stay as they are meanwhile. */
const reasonStep = 2000;

type Piece =
  | { readonly kind: 'asked' | 'notes'; readonly finding: Finding }
  | { readonly kind: 'answer'; readonly piece: AnswerPiece };

export function NoteItem({
  note: { path, message },
  opened: { form, draft },
}: {
  readonly note: Finding;
  readonly opened: Opened;
}): JSX.Element {
  return (
    <li>
      {path !== '' && `${placeLabel(form, draft.answers, path)}：`}
      {message}
    </li>
  );
}

interface CheckPartsRequest {
  readonly examination: Pick<Examination, 'asked' | 'notes'>;
  readonly blocks: readonly AnswerBlock[];
  /** How the answers are shown. */
  readonly view: Omit<AnswersViewProps, 'blocks'>;
  readonly reasons: ReasonsProps;
  /** Bytes that there is room for. */
  readonly capacity: number;
}

/** Questions for reasons first, then notes, then all answers. At least one part. */
export function checkParts({ examination, blocks, view, reasons, capacity }: CheckPartsRequest): readonly CheckPart[] {
  const answerBytes = weighAnswer(view);
  const pieces: Piece[] = [
    ...examination.asked.map((finding) => ({ kind: 'asked', finding }) as const),
    ...examination.notes.map((finding) => ({ kind: 'notes', finding }) as const),
    ...answerPieces(blocks).map((piece) => ({ kind: 'answer', piece }) as const),
  ];
  const weigh = (piece: Piece): number => {
    if (piece.kind === 'answer') return answerBytes(piece.piece);
    if (piece.kind === 'notes') return bytesOf(<NoteItem note={piece.finding} opened={reasons.opened} />);
    return Math.ceil(bytesOf(<ReasonField {...reasons} finding={piece.finding} />) / reasonStep) * reasonStep;
  };
  return packed(pieces, weigh, capacity).map((part) => ({
    asked: part.flatMap((piece) => (piece.kind === 'asked' ? [piece.finding] : [])),
    notes: part.flatMap((piece) => (piece.kind === 'notes' ? [piece.finding] : [])),
    blocks: blocksOf(part.flatMap((piece) => (piece.kind === 'answer' ? [piece.piece] : []))),
  }));
}
