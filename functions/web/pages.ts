/** Every page module. A new one adds its line here. */

import type { Hono } from 'hono';
import { acceptSeveralPages } from './pages/accept-several.tsx';
import { answerTextFiles } from './pages/answer-text.ts';
import { decisionPages } from './pages/decision.tsx';
import { directoryImportPages } from './pages/directory-import.tsx';
import { directoryPages } from './pages/directory.tsx';
import { exportPages } from './pages/exports.tsx';
import { factsPage } from './pages/facts.ts';
import { historyPages } from './pages/history.tsx';
import { logPages } from './pages/log.tsx';
import { municipalHomePages } from './pages/municipal-home.tsx';
import { paperPages } from './pages/paper.tsx';
import { prefectureHomePages } from './pages/prefecture-home.tsx';
import { returnPages } from './pages/return.tsx';
import { reviewPages } from './pages/review.tsx';
import { roundSettingsPages } from './pages/round-settings.tsx';
import { roundPages } from './pages/round.tsx';
import { sectionPages } from './pages/section.tsx';
import { submissionPages } from './pages/submission.tsx';
import { summaryPages } from './pages/summary.tsx';
import type { WebEnv } from './visit.ts';

/** Each registers its routes, without the base path. */
export const pages: readonly ((app: Hono<WebEnv>) => void)[] = [
  municipalHomePages,
  returnPages,
  sectionPages,
  factsPage,
  answerTextFiles,
  submissionPages,
  historyPages,
  paperPages,
  prefectureHomePages,
  roundSettingsPages,
  roundPages,
  reviewPages,
  decisionPages,
  acceptSeveralPages,
  summaryPages,
  exportPages,
  logPages,
  directoryPages,
  directoryImportPages,
];
