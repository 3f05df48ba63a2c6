/** The pages on which questions are answered: sections, lists, entries. Autosave and the plain post share one handler. */

import type { Hono } from 'hono';
import { lostTexts } from './lost-text-page.tsx';
import { lastAnswers, openReturn } from './opened.ts';
import { answersAt, placeOf } from './place.ts';
import { openedWith, recoveredOver, storedFields } from './recovered.ts';
import { failurePage } from '../shared/failure-pages.tsx';
import { prefill } from '../../domain/posted/prefilled.ts';
import { postedAnswers } from '../fields/write.ts';
import type { WebContext, WebEnv } from '../shared/visit.ts';
import { addressOf, listPage, listSection, marksOf, saysMissing, sectionPage } from './section-pages.tsx';
import { save } from './section-post.tsx';

type Answer = Response | Promise<Response>;

async function show(c: WebContext): Promise<Response> {
  const opened = await openReturn(c, 'section.read');
  if (opened instanceof Response) return opened;
  const { visit, draft, form } = opened;
  const address = addressOf(c);
  const list = listSection(opened, address);
  if (list !== undefined) return listPage(c, opened, list);
  const place = placeOf(form, address.section, address.entry, address.at);
  if (place === undefined) return failurePage(c, 'notFound');
  const isPrefilled = c.req.query('takeover') === '1';
  const stored = answersAt(draft.answers, place);
  const before = isPrefilled ? await lastAnswers(opened) : undefined;
  const prefilled = before && answersAt(before, place);
  const own = storedFields(place, draft);
  const recovered = recoveredOver(own, place, visit);
  if (stored === undefined && place.list !== undefined && prefilled === undefined && recovered === undefined)
    return failurePage(c, 'notFound');
  const post =
    recovered ?? (prefilled === undefined ? own : prefill(own, postedAnswers(place.items, prefilled, place.base)));
  return sectionPage(c, opened, place, {
    post,
    ...(recovered === undefined
      ? { etag: draft.etag(place.part), marks: marksOf(place, draft) }
      : openedWith(recovered)),
    findings: { examination: await opened.draft.examination(), withMissing: saysMissing(c) },
    isSaved: c.req.query('saved') === '1' && recovered === undefined,
    isUnsaved: recovered !== undefined || prefilled !== undefined,
    isRecovered: recovered !== undefined && opened.canEdit,
    unsaved: visit.recovered === undefined || opened.canEdit ? [] : lostTexts(c, visit.service.forms, visit.recovered),
  });
}

const route = '/rounds/:round/returns/:form/:unit/sections/:section';

export function sectionPages(app: Hono<WebEnv>): void {
  for (const path of [route, `${route}/entries/:entry`]) {
    app.get(path, (c): Answer => show(c));
    app.post(path, (c): Answer => save(c));
  }
}
