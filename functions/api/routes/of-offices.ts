/** Calls about people, and what the prefecture writes to offices or has of them. */

import { contactRoutes } from './contacts.ts';
import { accountRoutes } from './accounts.ts';
import { noteRoutes } from './notes.ts';
import { mailRoutes } from './mails.ts';
import { roundTextsRoutes } from './round-texts.ts';
import { prefilledRoutes } from './prefilled.ts';
import type { Route } from './route.ts';

export const officeRoutes: readonly Route[] = [
  ...contactRoutes,
  ...accountRoutes,
  ...noteRoutes,
  ...mailRoutes,
  ...roundTextsRoutes,
  ...prefilledRoutes,
];
