/** The pages on which returns are answered, and what stands beside them. A new one adds its line here. */

import type { RegisterPages } from '../shared/visit.ts';
import { returnPages } from './return.tsx';
import { sectionPages } from './section.tsx';
import { attachmentPages } from './attachments.tsx';
import { takeoverPages } from './takeover.tsx';
import { sharesPages } from './shares.tsx';
import { askedQuestionPages } from './asked-questions.tsx';
import { commentPages } from './comments.tsx';
import { approvalPages } from './approval.tsx';
import { submissionPages } from './submission.tsx';
import { historyPages } from './history.tsx';
import { paperPages } from './paper.tsx';
import { workbookPages } from './workbook.tsx';
import { resultsPages } from './results.tsx';
import { roundGuidePages } from './round-guide.tsx';
import { correctionPages } from './correction.tsx';

export const pages: readonly RegisterPages[] = [
  returnPages,
  sectionPages,
  attachmentPages,
  takeoverPages,
  sharesPages,
  askedQuestionPages,
  commentPages,
  approvalPages,
  submissionPages,
  historyPages,
  paperPages,
  workbookPages,
  resultsPages,
  roundGuidePages,
  correctionPages,
];
