/** Every call of the API, in the order in which paths are matched. */

import type { Route } from './route.ts';
import { accountRoutes } from './accounts.ts';
import { approvalRoutes } from './approval.ts';
import { askedQuestionsRoutes } from './asked-questions.ts';
import { analysisRoutes } from './analysis.ts';
import { answersRoutes } from './answers.ts';
import { commentsRoutes } from './comments.ts';
import { contactRoutes } from './contacts.ts';
import { copyRoutes } from './copies.ts';
import { exceptionRoutes } from './exceptions.ts';
import { fileRoutes } from './files.ts';
import { editionRoutes } from './editions.ts';
import { exportRoutes } from './exports.ts';
import { formRoutes } from './forms.ts';
import { referenceRoutes } from './reference.ts';
import { reportSettingsRoutes } from './report-settings.ts';
import { roundRoutes } from './rounds.ts';
import { mailRoutes } from './mails.ts';
import { noteRoutes } from './notes.ts';
import { prefilledRoutes } from './prefilled.ts';
import { resultsRoutes } from './results.ts';
import { handoutRoutes } from './handout.ts';
import { roundTextsRoutes } from './round-texts.ts';
import { sharesRoutes } from './shares.ts';
import { submissionRoutes } from './submissions.ts';
import { takeoverRoutes } from './takeover.ts';
import { workbookRoutes } from './workbook.ts';

export const routes: readonly Route[] = [
  ...referenceRoutes,
  ...contactRoutes,
  ...formRoutes,
  ...roundRoutes,
  ...analysisRoutes,
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
  ...exportRoutes,
  ...editionRoutes,
  ...reportSettingsRoutes,
  ...handoutRoutes,
  ...roundTextsRoutes,
  ...prefilledRoutes,
  ...mailRoutes,
  ...resultsRoutes,
  ...accountRoutes,
  ...noteRoutes,
];
