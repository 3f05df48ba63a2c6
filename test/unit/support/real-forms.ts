/** The forms of the application with what their tests need: directories, rounds and reporting units. */

import type { Directory } from '../../../schemas/directory.ts';
import type { Form } from '../../../schemas/form.ts';
import { coordinationMeeting2024 } from '../../../schemas/forms/coordination-meeting/v2024.ts';
import { councilReport2024 } from '../../../schemas/forms/council-report/v2024.ts';
import { municipalSurvey2024 } from '../../../schemas/forms/municipal-survey/v2024.ts';
import { fixture } from '../schemas/forms/returns.ts';

export const saitama = fixture<Directory>('saitama-r6/directory.json');
export const saitamaCodes: readonly string[] = saitama.municipalities.map(({ code }) => code);

/** Name and form, as `it.each` prints them. */
export const realForms: readonly (readonly [string, Form])[] = [
  ['municipal-survey', municipalSurvey2024],
  ['council-report', councilReport2024],
  ['coordination-meeting', coordinationMeeting2024],
];
