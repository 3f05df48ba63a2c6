/** Every page module. A new one adds its line here, and one with a form of the prefecture's the labels of its fields. */

import type { Hono } from 'hono';
import type { Catalogue } from '../../schemas/form.ts';
import { attachmentPages } from './answer/attachments.tsx';
import { accountLabels } from './manage/account-form.tsx';
import { accountPages } from './manage/account.tsx';
import { accountsImportPages } from './manage/accounts-import.tsx';
import { accountsPages } from './manage/accounts.tsx';
import { acceptSeveralPages } from './review/accept-several.tsx';
import { correctionEffectPages } from './review/correction-effect.tsx';
import { correctionPages } from './answer/correction.tsx';
import { correctionLabels } from './answer/correction-view.tsx';
import { decisionPages } from './review/decision.tsx';
import { contactPages } from './manage/contact.tsx';
import { contactsPages } from './manage/contacts.tsx';
import { directoryClassesPages } from './manage/directory-classes.tsx';
import { directoryLabels } from './manage/directory-edit-view.tsx';
import { directoryImportPages } from './manage/directory-import.ts';
import { directoryPages } from './manage/directory.tsx';
import { reorganisationPages } from './manage/reorganisation.ts';
import { reorganisationLabels } from './manage/reorganisation-view.tsx';
import { reportLabels } from './publish/report-form.ts';
import { exportPages } from './publish/exports.tsx';
import { editionPages } from './publish/editions.tsx';
import { releasePages } from './publish/releases.tsx';
import { exceptionLabels, exceptionPages } from './review/exceptions.tsx';
import { onBehalfLabels, onBehalfPages } from './review/on-behalf.tsx';
import { historyPages } from './answer/history.tsx';
import { calendarPages } from './manage/calendar.tsx';
import { guidePages } from './manage/guide.tsx';
import { notesPages } from './manage/notes.tsx';
import { officeLogPages } from './manage/office-log.tsx';
import { logPages } from './manage/log.tsx';
import { municipalHomePages } from './answer/municipal-home.tsx';
import { paperPages } from './answer/paper.tsx';
import { prefectureHomePages } from './review/prefecture-home.tsx';
import { returnPages } from './answer/return.tsx';
import { roundGuidePages } from './answer/round-guide.tsx';
import { resultsPages } from './answer/results.tsx';
import { workbookPages } from './answer/workbook.tsx';
import { roundQuestionPages } from './review/asked-questions.tsx';
import { queuePages } from './review/queue.tsx';
import { reviewPages } from './review/review.tsx';
import { roundLabels } from './manage/round-fields.tsx';
import { roundOpeningPages } from './manage/round-opening.tsx';
import { roundClosingPages } from './manage/round-closing.tsx';
import { roundRemovalPages } from './manage/round-removal.tsx';
import { newRoundPages } from './manage/new-round.tsx';
import { roundSettingsPages } from './manage/round-settings.tsx';
import { roundUnitsPages } from './manage/round-units.tsx';
import { mailRequestPages } from './manage/mail-request.tsx';
import { mailTextLabels, mailTextPages } from './manage/mail-text.tsx';
import { mailsPages } from './manage/mails.tsx';
import { prefilledPages } from './manage/prefilled.tsx';
import { roundTextsPages } from './manage/round-texts.tsx';
import { comparisonPages } from './questionnaires/comparison.tsx';
import { formImportPages } from './questionnaires/form-import.tsx';
import { formGuidePages } from './questionnaires/form-guide.tsx';
import { inquiryPages } from './questionnaires/inquiry.tsx';
import { questionnairePages } from './questionnaires/questionnaires.tsx';
import { trialPages } from './questionnaires/trial-pages.tsx';
import { roundPages } from './review/round.tsx';
import { sectionPages } from './answer/section.tsx';
import { commentPages } from './answer/comments.tsx';
import { approvalPages } from './answer/approval.tsx';
import { askedQuestionPages } from './answer/asked-questions.tsx';
import { sharesPages } from './answer/shares.tsx';
import { submissionPages } from './answer/submission.tsx';
import { takeoverPages } from './answer/takeover.tsx';
import { handoutPages } from './publish/handout.tsx';
import { handoutLabels } from './publish/handout-form.ts';
import { analysisPages } from './publish/analysis.tsx';
import { summaryPages } from './publish/summary.tsx';
import { contactLabels } from './shared/unit-contact.tsx';
import { messageLabels } from './shared/published-answers.tsx';
import { roundTextLabels } from './shared/round-texts-view.tsx';
import type { WebEnv } from './shared/visit.ts';

/** Each registers its routes, without the base path. */
export const pages: readonly ((app: Hono<WebEnv>) => void)[] = [
  municipalHomePages,
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
  prefectureHomePages,
  newRoundPages,
  roundSettingsPages,
  roundTextsPages,
  prefilledPages,
  mailsPages,
  mailTextPages,
  mailRequestPages,
  roundUnitsPages,
  roundOpeningPages,
  roundClosingPages,
  roundRemovalPages,
  roundPages,
  queuePages,
  reviewPages,
  roundQuestionPages,
  decisionPages,
  exceptionPages,
  onBehalfPages,
  correctionPages,
  correctionEffectPages,
  acceptSeveralPages,
  summaryPages,
  analysisPages,
  exportPages,
  handoutPages,
  releasePages,
  editionPages,
  logPages,
  guidePages,
  calendarPages,
  notesPages,
  contactsPages,
  contactPages,
  accountsPages,
  accountsImportPages,
  accountPages,
  officeLogPages,
  directoryPages,
  directoryImportPages,
  directoryClassesPages,
  reorganisationPages,
  questionnairePages,
  formImportPages,
  formGuidePages,
  trialPages,
  comparisonPages,
  inquiryPages,
];

/** What several forms call differently, in a word that is true of each. */
const sharedNames: readonly (readonly [string, string])[] = [
  ['dueAt', '提出期限'],
  ['reason', '理由'],
  ['text', '本文'],
];

/** What stands beside the fields of the prefecture's forms, by their names. */
export function fieldLabels(forms: Catalogue): ReadonlyMap<string, string> {
  return new Map([
    ...roundLabels(forms),
    ...reorganisationLabels,
    ...directoryLabels,
    ...contactLabels,
    ...Object.entries(mailTextLabels),
    ...Object.entries(reportLabels),
    ...handoutLabels,
    ...Object.entries(exceptionLabels),
    ...Object.entries(onBehalfLabels),
    ...Object.entries(correctionLabels),
    ...Object.entries(accountLabels),
    ...Object.entries(roundTextLabels),
    ...Object.entries(messageLabels),
    ...sharedNames,
  ]);
}
