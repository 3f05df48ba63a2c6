/** The pages on which the prefecture follows a round, reviews and decides. A new one adds its line here. */

import type { RegisterPages } from '../shared/visit.ts';
import { roundPages } from './round.tsx';
import { queuePages } from './queue.tsx';
import { reviewPages } from './review.tsx';
import { roundQuestionPages } from './asked-questions.tsx';
import { decisionPages } from './decision.tsx';
import { exceptionPages } from './exceptions.tsx';
import { onBehalfPages } from './on-behalf.tsx';
import { correctionEffectPages } from './correction-effect.tsx';
import { acceptSeveralPages } from './accept-several.tsx';

export const pages: readonly RegisterPages[] = [
  roundPages,
  queuePages,
  reviewPages,
  roundQuestionPages,
  decisionPages,
  exceptionPages,
  onBehalfPages,
  correctionEffectPages,
  acceptSeveralPages,
];
