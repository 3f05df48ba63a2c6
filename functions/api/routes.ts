/** Every call of the API, in the order in which paths are matched. */

import type { Route } from './route.ts';
import { answersRoutes } from './routes/answers.ts';
import { exportRoutes } from './routes/exports.ts';
import { referenceRoutes } from './routes/reference.ts';
import { reportSettingsRoutes } from './routes/report-settings.ts';
import { roundRoutes } from './routes/rounds.ts';
import { submissionRoutes } from './routes/submissions.ts';

export const routes: readonly Route[] = [
  ...referenceRoutes,
  ...roundRoutes,
  ...submissionRoutes,
  ...answersRoutes,
  ...exportRoutes,
  ...reportSettingsRoutes,
];
