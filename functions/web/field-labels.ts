/** What stands beside the fields of the prefecture's forms. A page with such a form adds its own here. */

import type { Catalogue } from '../../schemas/form.ts';
import { accountLabels } from './manage/account-form.tsx';
import { correctionLabels } from './answer/correction-view.tsx';
import { directoryLabels } from './manage/directory-edit-view.tsx';
import { reorganisationLabels } from './manage/reorganisation-view.tsx';
import { reportLabels } from './publish/report-form.ts';
import { exceptionLabels } from './review/exceptions.tsx';
import { onBehalfLabels } from './review/on-behalf.tsx';
import { roundLabels } from './manage/round-fields.tsx';
import { mailTextLabels } from './manage/mail-text.tsx';
import { handoutLabels } from './publish/handout-form.ts';
import { contactLabels } from './shared/unit-contact.tsx';
import { messageLabels } from './shared/published-answers.tsx';
import { roundTextLabels } from './shared/round-texts-view.tsx';

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
