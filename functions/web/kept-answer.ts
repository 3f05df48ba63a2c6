/**
 * A page that answers a post is kept, and the browser sent on to it: "back" and "reload" then show that page, where they
 * would otherwise ask whether to post again, or show nothing at all.
 */

import { randomUUID } from 'node:crypto';
import type { Person } from '../domain/authorisation.ts';
import type { FormPlace, KeptForms } from '../storage/kept-forms.ts';
import { markOf } from '../storage/sessions.ts';
import type { WebContext } from './shared/visit.ts';

/** In the query of a page that is there as an answer: which one. */
const answerParameter = 'answer';
const htmlField = 'html';

function urlOf(address: string): URL {
  return new URL(address, 'http://nowhere.invalid');
}

/** Only browsers tell that somebody is looking; programs get the answer itself, with its status. */
function isLookedAt(c: WebContext): boolean {
  const isPage = c.res.headers.get('content-type')?.startsWith('text/html') === true;
  return c.req.header('sec-fetch-dest') === 'document' && isPage && c.res.status < 500;
}

export interface AnswersOptions {
  readonly kept: KeptForms;
  /** The id of the session, which alone finds its answers. */
  readonly session: string;
  readonly person: Person;
  /** Names the time since the browser last changed something here: an answer of before may show what is no longer so. */
  readonly since: { readonly get: () => string | undefined; readonly set: (name: string) => void };
}

export interface Answers {
  /** The answer that this address names, for a day; none once something was changed from this browser. */
  find(c: WebContext, address: string): Promise<Response | undefined>;
  /** Sends the browser on to the page that answers its post to this address. */
  keep(c: WebContext, address: string): Promise<void>;
}

function hasChanged(c: WebContext): boolean {
  return c.res.status === 303 || c.get('hasChanged') === true;
}

/** Addresses are those of this site, as browsers see them. */
export function createAnswers({ kept, session, person, since }: AnswersOptions): Answers {
  const placeOf = (address: string, time: string | undefined): FormPlace | undefined => {
    const { pathname, searchParams } = urlOf(address);
    const id = searchParams.get(answerParameter);
    return id === null
      ? undefined
      : { browser: session, owner: markOf(person.id), page: `${pathname} ${id} ${time ?? ''}` };
  };
  return {
    find: async (c, address) => {
      const place = placeOf(address, since.get());
      const html = place && (await kept.keptForm(place))?.get(htmlField);
      return typeof html === 'string' ? c.html(html) : undefined;
    },
    keep: async (c, address) => {
      let time = since.get();
      if (hasChanged(c)) {
        time = randomUUID();
        since.set(time);
      }
      if (!isLookedAt(c)) return;
      const url = urlOf(address);
      url.searchParams.set(answerParameter, randomUUID());
      const target = `${url.pathname}${url.search}`;
      const place = placeOf(target, time);
      const html = await c.res.clone().text();
      if (place !== undefined && (await kept.keepForm(place, new URLSearchParams({ [htmlField]: html }))))
        c.res = c.redirect(target, 303);
    },
  };
}
