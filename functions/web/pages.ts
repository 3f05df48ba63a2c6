/**
 * Every page, by the task that it belongs to. The pages of a task are loaded when one of them is first asked for: they are
 * most of the code of this application, and a function that starts is asked for one page.
 */

import type { RegisterPages } from './shared/visit.ts';

export interface Task {
  /** Where its pages stand, without the base path. Of two tasks that have a path the first one listed answers. */
  readonly paths: readonly string[];
  readonly load: () => Promise<readonly RegisterPages[]>;
}

const round = '/rounds/:round';
const inReturn = `${round}/returns/:form/:unit`;

/** Whoever is there has a home page of their own. */
const home: RegisterPages = (app) => {
  app.get('/', async (c) => {
    const visit = c.get('visit');
    if (visit.person.role === 'municipality') return (await import('./answer/municipal-home.tsx')).municipalHome(c);
    return (await import('./review/prefecture-home.tsx')).prefectureHome(c, visit);
  });
};

function inRound(...pages: readonly string[]): string[] {
  return pages.map((page) => `${round}/${page}`);
}

function ofReturn(...pages: readonly string[]): string[] {
  return pages.map((page) => `${inReturn}/${page}`);
}

export const tasks: readonly Task[] = [
  { paths: ['/'], load: async () => [home] },
  {
    paths: ['/forms/*', '/inquiries/*'],
    load: async () => (await import('./questionnaires/pages.ts')).pages,
  },
  {
    paths: [
      '/rounds/new',
      '/accounts/*',
      '/contacts/*',
      '/directory/*',
      '/notes',
      '/office-log',
      '/calendar',
      '/guide',
      ...inRound('settings', 'texts', 'prefilled', 'mails/*', 'units', 'opening', 'closing', 'removal', 'log'),
    ],
    load: async () => (await import('./manage/pages.ts')).pages,
  },
  {
    paths: inRound('summary', 'analysis', 'exports/*', 'handout', 'releases', 'publications/*'),
    load: async () => (await import('./publish/pages.ts')).pages,
  },
  {
    paths: [
      round,
      ...inRound('queue', 'questions', 'decisions'),
      ...ofReturn('review', 'questions/:id', 'decision', 'exceptions', 'on-behalf', 'effect'),
    ],
    load: async () => (await import('./review/pages.ts')).pages,
  },
  {
    paths: [...inRound('guide'), `${inReturn}/*`],
    load: async () => (await import('./answer/pages.ts')).pages,
  },
];
