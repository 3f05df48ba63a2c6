/** Every form of the application, and what they know beyond their questions. A new version of a form is added here. */

import type { FormExtras } from '../form-extras.ts';
import { catalogue } from '../form.ts';
import type { Form } from '../form.ts';
import { acrossReturns } from './across-returns.ts';
import { coordinationMeeting2024 } from './coordination-meeting/v2024.ts';
import { coordinationMeeting2025 } from './coordination-meeting/v2025.ts';
import { councilFacts } from './council-report/facts.ts';
import { bodyLists } from './council-report/body.ts';
import { councilReport2024 } from './council-report/v2024.ts';
import { councilReport2025 } from './council-report/v2025.ts';
import { municipalSurvey2024 } from './municipal-survey/v2024.ts';
import { municipalSurvey2025 } from './municipal-survey/v2025.ts';
import { councilWording, surveyWording } from './wording.ts';

export const forms = catalogue([
  municipalSurvey2024,
  municipalSurvey2025,
  councilReport2024,
  councilReport2025,
  coordinationMeeting2024,
  coordinationMeeting2025,
]);

/** By form, from its first version for which they hold. */
const known: readonly { readonly form: string; readonly from: number; readonly extras: FormExtras }[] = [
  { form: 'municipal-survey', from: 2024, extras: { across: acrossReturns, wording: surveyWording } },
  {
    form: 'council-report',
    from: 2024,
    extras: { across: acrossReturns, facts: councilFacts, lists: bodyLists, wording: councilWording },
  },
  { form: 'coordination-meeting', from: 2024, extras: { isSideBySide: true } },
];

const none: FormExtras = {};

export function extrasOf({ id, version }: Pick<Form, 'id' | 'version'>): FormExtras {
  return known.findLast(({ form, from }) => form === id && from <= version)?.extras ?? none;
}
