/** The calls of the API by the part of it that is loaded when one of them is first made. */

import type { Route } from './route.ts';

interface Part {
  /** Where its calls stand, as Hono matches them. Of two parts that have a path the first one listed answers. */
  readonly paths: readonly string[];
  readonly load: () => Promise<readonly Route[]>;
}

function inRound(...calls: readonly string[]): string[] {
  return calls.map((call) => `/api/rounds/:round/${call}`);
}

export const parts: readonly Part[] = [
  {
    paths: ['/api/health', '/api/directory'],
    load: async () => (await import('./reference.ts')).referenceRoutes,
  },
  {
    paths: ['/api/forms/*'],
    load: async () => (await import('./forms.ts')).formRoutes,
  },
  {
    paths: inRound('returns/:form/:unit/*', 'questions', 'published-answers'),
    load: async () => (await import('./of-returns.ts')).returnRoutes,
  },
  {
    paths: inRound(
      'exports/*',
      'publications/*',
      'public-address',
      'report-settings',
      'handout',
      'analysis',
      'results/*',
    ),
    load: async () => (await import('./of-publications.ts')).publicationRoutes,
  },
  {
    paths: [
      '/api/contacts/*',
      '/api/accounts/*',
      '/api/notes/*',
      ...inRound('mails/*', 'mail-settings', 'texts', 'prefilled'),
    ],
    load: async () => (await import('./of-offices.ts')).officeRoutes,
  },
  {
    paths: ['/api/rounds/*'],
    load: async () => (await import('./rounds.ts')).roundRoutes,
  },
];
