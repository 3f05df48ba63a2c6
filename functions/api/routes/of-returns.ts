/** Calls about returns, and what is asked about them. */

import { submissionRoutes } from './submissions.ts';
import { copyRoutes } from './copies.ts';
import { answersRoutes } from './answers.ts';
import { exceptionRoutes } from './exceptions.ts';
import { sharesRoutes } from './shares.ts';
import { approvalRoutes } from './approval.ts';
import { commentsRoutes } from './comments.ts';
import { askedQuestionsRoutes } from './asked-questions.ts';
import { takeoverRoutes } from './takeover.ts';
import { workbookRoutes } from './workbook.ts';
import { fileRoutes } from './files.ts';
import type { Route } from './route.ts';

export const returnRoutes: readonly Route[] = [
  ...submissionRoutes,
  ...copyRoutes,
  ...answersRoutes,
  ...exceptionRoutes,
  ...sharesRoutes,
  ...approvalRoutes,
  ...commentsRoutes,
  ...askedQuestionsRoutes,
  ...takeoverRoutes,
  ...workbookRoutes,
  ...fileRoutes,
];
