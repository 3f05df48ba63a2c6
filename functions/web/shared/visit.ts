/** What a page is given: who is there, and what the application can do for them. */

import type { Context, Hono } from 'hono';
import type { PrefectureContact } from '../../../schemas/contact.ts';
import { isAllowed, standingOf } from '../../domain/authorisation.ts';
import type { Action, Person } from '../../domain/authorisation.ts';
import type { Service } from '../../service/service.ts';
import type { Paths } from './paths.ts';

export interface Visit {
  readonly person: Person;
  /** The session's token that every form posts back as `csrf`, and a script as the header `x-csrf`. */
  readonly csrf: string;
  readonly service: Service;
  readonly paths: Paths;
  readonly now: Date;
  /** What was typed before the session ended, for the page that it was typed on, until a post of the page is saved. */
  readonly recovered?: URLSearchParams | undefined;
  /** What stands beside the fields of the prefecture's forms, by their names. */
  readonly labels: () => Promise<ReadonlyMap<string, string>>;
}

/** Whether a page shows what leads to an action, of somebody of the prefecture. */
export function mayDo({ person }: Pick<Visit, 'person'>, action: Action): boolean {
  return isAllowed(standingOf(person), action);
}

/** What the frame around every page shows, whoever is there. */
export interface Shell {
  readonly prefectureName: string;
  /** Whom municipalities ask. */
  readonly contact: PrefectureContact;
  /** Fiscal years that a round is kept after its own; 0 keeps it for good. */
  readonly retentionYears: number;
  readonly paths: Paths;
  /** Of the site, as browsers see it. */
  readonly origin: string;
  readonly style: string;
  readonly script: string;
}

interface WebVariables {
  readonly shell: Shell;
  /** On every page but those of the sign-in. */
  readonly visit: Visit;
  /** A post was saved whole, and answered without leading on to another page. */
  readonly isSaved?: boolean;
}

export interface WebEnv {
  readonly Variables: WebVariables;
}

export type WebContext = Context<WebEnv>;

/** What a module of pages does: it registers its routes, without the base path. */
export type RegisterPages = (app: Hono<WebEnv>) => void;
