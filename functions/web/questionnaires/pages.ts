/** The pages of questionnaires and inquiries. A new one adds its line here. */

import type { RegisterPages } from '../shared/visit.ts';
import { questionnairePages } from './questionnaires.tsx';
import { formImportPages } from './form-import.tsx';
import { formGuidePages } from './form-guide.tsx';
import { trialPages } from './trial-pages.tsx';
import { comparisonPages } from './comparison.tsx';
import { inquiryPages } from './inquiry.tsx';

export const pages: readonly RegisterPages[] = [
  questionnairePages,
  formImportPages,
  formGuidePages,
  trialPages,
  comparisonPages,
  inquiryPages,
];
