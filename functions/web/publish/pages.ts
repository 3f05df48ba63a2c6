/** The pages of tables, exports and editions. A new one adds its line here. */

import type { RegisterPages } from '../shared/visit.ts';
import { summaryPages } from './summary.tsx';
import { analysisPages } from './analysis.tsx';
import { exportPages } from './exports.tsx';
import { handoutPages } from './handout.tsx';
import { releasePages } from './releases.tsx';
import { editionPages } from './editions.tsx';

export const pages: readonly RegisterPages[] = [
  summaryPages,
  analysisPages,
  exportPages,
  handoutPages,
  releasePages,
  editionPages,
];
