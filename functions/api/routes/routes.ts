/** Every call of the API, in the order of the OpenAPI document. */

import { formRoutes } from './forms.ts';
import { officeRoutes } from './of-offices.ts';
import { publicationRoutes } from './of-publications.ts';
import { returnRoutes } from './of-returns.ts';
import { referenceRoutes } from './reference.ts';
import { roundRoutes } from './rounds.ts';
import type { Route } from './route.ts';

export const routes: readonly Route[] = [
  ...referenceRoutes,
  ...formRoutes,
  ...roundRoutes,
  ...returnRoutes,
  ...publicationRoutes,
  ...officeRoutes,
];
