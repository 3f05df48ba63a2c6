/** A review in parts that a page can hold: first what there is to weigh, then the answers. Most have one or two. Pure. */

import type { Form } from '../../../schemas/form.ts';
import type { Answers, SentBack } from '../../../schemas/return.ts';
import { answerPieces, blocksOf, weighAnswer } from '../shared/answer-parts.tsx';
import type { AnswerPiece } from '../shared/answer-parts.tsx';
import type { AnswerBlock } from '../shared/answer-rows.ts';
import type { AnswersViewProps } from '../shared/answers-view.tsx';
import { bytesOf, frameBytes, mostPageBytes, packed, textParts } from '../shared/parts.ts';
import type { Paths } from '../shared/paths.ts';
import type { OpenText } from './open-texts.ts';
import { placeLabel } from '../shared/place-label.ts';
import type { AcrossPlace, CheckedPlace, ReviewFacts } from './review-facts.ts';
import { AcrossItem, AskedItem, NoteItem, SentBackItem, TextItem } from './review-parts.tsx';

type SentBackQuestion = SentBack['questions'][number];

export interface ReviewPart {
  readonly sentBack: readonly SentBackQuestion[];
  readonly asked: readonly CheckedPlace[];
  readonly across: readonly AcrossPlace[];
  readonly notes: readonly CheckedPlace[];
  readonly texts: readonly OpenText[];
  readonly blocks: readonly AnswerBlock[];
}

interface Kinds {
  readonly sentBack: SentBackQuestion;
  readonly asked: CheckedPlace;
  readonly across: AcrossPlace;
  readonly notes: CheckedPlace;
  readonly texts: OpenText;
  readonly answers: AnswerPiece;
}

type Piece = { [K in keyof Kinds]: { readonly kind: K; readonly item: Kinds[K] } }[keyof Kinds];

/** A text that weighs more is continued in a further item. */
const mostTextBytes = 12_000;

function textPieces(texts: readonly OpenText[]): OpenText[] {
  return texts.flatMap((each) =>
    textParts(each.text, mostTextBytes).map((text, index) => ({
      ...each,
      text,
      label: index === 0 ? each.label : `${each.label}（続き）`,
    })),
  );
}

export interface DivisionRequest {
  readonly facts: ReviewFacts;
  readonly sentBack: SentBack | undefined;
  readonly blocks: readonly AnswerBlock[];
  /** How the answers are shown. */
  readonly view: Omit<AnswersViewProps, 'blocks'>;
  readonly form: Form;
  readonly answers: Answers;
  readonly paths: Paths;
  readonly round: string;
  /** The longest address that a question may have. */
  readonly farHref: (path: string) => string;
}

function weigherOf({ view, form, answers, paths, round, farHref }: DivisionRequest): (piece: Piece) => number {
  const answerBytes = weighAnswer(view);
  return (piece) => {
    switch (piece.kind) {
      case 'sentBack':
        return bytesOf(
          <SentBackItem item={piece.item} hrefOf={farHref} labelOf={(path) => placeLabel(form, answers, path)} />,
        );
      case 'asked':
        return bytesOf(<AskedItem item={piece.item} hrefOf={farHref} />);
      case 'across':
        return bytesOf(<AcrossItem item={piece.item} hrefOf={farHref} paths={paths} round={round} />);
      case 'notes':
        return bytesOf(<NoteItem item={piece.item} hrefOf={farHref} />);
      case 'texts':
        return bytesOf(<TextItem item={piece.item} hrefOf={farHref} />);
      case 'answers':
        return answerBytes(piece.item);
    }
  };
}

function piecesOf({ facts, sentBack, blocks }: DivisionRequest): Piece[] {
  return [
    ...(sentBack?.questions ?? []).map((item): Piece => ({ kind: 'sentBack', item })),
    ...facts.asked.map((item): Piece => ({ kind: 'asked', item })),
    ...facts.across.map((item): Piece => ({ kind: 'across', item })),
    ...facts.notes.map((item): Piece => ({ kind: 'notes', item })),
    ...textPieces(facts.openTexts).map((item): Piece => ({ kind: 'texts', item })),
    ...answerPieces(blocks).map((item): Piece => ({ kind: 'answers', item })),
  ];
}

function partOf(pieces: readonly Piece[]): ReviewPart {
  return {
    sentBack: pieces.flatMap((piece) => (piece.kind === 'sentBack' ? [piece.item] : [])),
    asked: pieces.flatMap((piece) => (piece.kind === 'asked' ? [piece.item] : [])),
    across: pieces.flatMap((piece) => (piece.kind === 'across' ? [piece.item] : [])),
    notes: pieces.flatMap((piece) => (piece.kind === 'notes' ? [piece.item] : [])),
    texts: pieces.flatMap((piece) => (piece.kind === 'texts' ? [piece.item] : [])),
    blocks: blocksOf(pieces.flatMap((piece) => (piece.kind === 'answers' ? [piece.item] : []))),
  };
}

/** The comment of what was sent back, and the frame of the answers: beside the frame of every page. */
const furtherBytes = 9_000;

export function reviewDivision(request: DivisionRequest): readonly ReviewPart[] {
  return packed(piecesOf(request), weigherOf(request), mostPageBytes - frameBytes - furtherBytes).map(partOf);
}

/** Whether there is anything to weigh besides answers. */
export function hasWeighing({ sentBack, asked, across, notes, texts }: ReviewPart): boolean {
  return [sentBack, asked, across, notes, texts].some(({ length }) => length > 0);
}
