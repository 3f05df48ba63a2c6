/** 市町村調査票 as in 2024, with a contact whom the prefecture can reach. */

import { extend } from '../../extend.ts';
import { reachable } from '../../usual-contact.ts';
import { municipalSurvey2024 } from './v2024.ts';

export const municipalSurvey2025 = extend(
  municipalSurvey2024,
  2025,
  {
    require: ['contact.department'],
    rules: [reachable('contact')],
  },
  { isResolvedLate: true },
);
