/** Calls about exports, what is made of them, and what a round found. */

import { exportRoutes } from './exports.ts';
import { editionRoutes } from './editions.ts';
import { reportSettingsRoutes } from './report-settings.ts';
import { handoutRoutes } from './handout.ts';
import { analysisRoutes } from './analysis.ts';
import { resultsRoutes } from './results.ts';
import type { Route } from './route.ts';

export const publicationRoutes: readonly Route[] = [
  ...exportRoutes,
  ...editionRoutes,
  ...reportSettingsRoutes,
  ...handoutRoutes,
  ...analysisRoutes,
  ...resultsRoutes,
];
