/** Every form of the application. A new version of a form is added here. */

import { catalogue } from '../form.ts';
import { coordinationMeeting2024 } from './coordination-meeting/v2024.ts';
import { councilReport2024 } from './council-report/v2024.ts';
import { municipalSurvey2024 } from './municipal-survey/v2024.ts';

export const forms = catalogue([municipalSurvey2024, councilReport2024, coordinationMeeting2024]);
