/** The pages on which questions are answered: sections, lists, entries. Autosave and the plain post share one handler. */

import type { Hono } from 'hono';
import type { Item } from '../../../schemas/form.ts';
import { problems } from '../../../schemas/problem.ts';
import type { Problem } from '../../../schemas/problem.ts';
import { numberedLabel } from '../../../schemas/question.ts';
import type { DraftView } from '../../service/drafts.ts';
import { ConflictView } from './conflict-view.tsx';
import { openedMarks } from './conflict.ts';
import { isInside } from './findings.ts';
import { ListView } from './list-view.tsx';
import { answersSentBack, lastAnswers, openReturn } from './opened.ts';
import type { Opened } from './opened.ts';
import { answersAt, placeOf } from './place.ts';
import type { EditedPlace } from './place.ts';
import { openedWith, recoveredOver, storedFields } from './recovered.ts';
import { RemovalView, removalTitle, unconfirmedRemoval } from './removal.tsx';
import { saveList } from './save-list.ts';
import { savePlace } from './save.ts';
import type { Saved, Theirs } from './save.ts';
import { elsewhere, isOwnSave, savedElsewhere } from './saved-elsewhere.ts';
import { SectionView, listPart, placeTitle } from './section-view.tsx';
import { pageAround, pageHref, pageOfQuestion } from './where.ts';
import type { PageAddress } from './where.ts';
import { errorsOn, remarksOf } from './page-messages.ts';
import type { PageFindings } from './page-messages.ts';
import { Notice } from '../shared/notice.tsx';
import { refusalPage, httpStatusOf } from '../shared/admission.tsx';
import { failurePage } from '../shared/failure-pages.tsx';
import { printInstant } from '../shared/japan-time.ts';
import { page } from '../shared/layout.tsx';
import { pageWanted } from '../shared/pager.tsx';
import { errorText } from '../fields/context.ts';
import { firstOf, overStored, posted } from '../../domain/posted/posted.ts';
import type { Posted } from '../../domain/posted/posted.ts';
import { isUnconfirmed, prefill } from '../../domain/posted/prefilled.ts';
import { postedAnswers } from '../fields/write.ts';
import type { WebContext, WebEnv } from '../shared/visit.ts';

type Answer = Response | Promise<Response>;

function addressOf(c: WebContext): PageAddress {
  const { section = '', entry } = c.req.param();
  return { section, entry, at: c.req.query('at') };
}

/** The officer comes from the check of the whole. */
function saysMissing(c: WebContext): boolean {
  return c.req.query('check') === '1';
}

interface Shown {
  readonly post: Posted;
  readonly etag: string;
  readonly findings: PageFindings;
  readonly marks: string | undefined;
  readonly isSaved: boolean;
  readonly isUnsaved: boolean;
  readonly isRecovered?: boolean;
  readonly theirs?: Theirs;
  readonly status?: 200 | 422;
}

function marksOf(place: EditedPlace, draft: DraftView): string {
  return openedMarks(place.items, answersAt(draft.answers, place) ?? {}, place.base);
}

async function sectionPage(c: WebContext, opened: Opened, place: EditedPlace, shown: Shown): Promise<Response> {
  const [last, sentBack] = await Promise.all([lastAnswers(opened), answersSentBack(opened)]);
  const hasErrors = errorsOn(opened.form, place.base, shown.findings).size > 0;
  return page(
    c,
    {
      title: placeTitle(opened, place),
      script: opened.canEdit,
      hasErrors: hasErrors && opened.canEdit,
      status: shown.status ?? 200,
    },
    <SectionView
      opened={opened}
      place={place}
      address={addressOf(c)}
      last={last}
      sentBack={sentBack}
      page={pageWanted(c.req.query('page'))}
      {...shown}
    />,
  );
}

async function listPage(c: WebContext, opened: Opened, section: Item, isStale = false): Promise<Response> {
  const [examination, last, sentBack] = await Promise.all([
    opened.draft.examination(),
    lastAnswers(opened),
    answersSentBack(opened),
  ]);
  const findings = { examination, withMissing: saysMissing(c) };
  return page(
    c,
    { title: numberedLabel(section.definition), script: opened.canEdit, status: isStale ? 412 : 200 },
    <ListView
      opened={opened}
      section={section}
      findings={findings}
      last={last}
      sentBack={sentBack}
      isStale={isStale}
      page={pageWanted(c.req.query('page'))}
    />,
  );
}

function listSection({ form }: Opened, { section, entry }: PageAddress): Item | undefined {
  const item = form.sections.find(({ key }) => key === section);
  return entry === undefined && item?.kind.nesting === 'entries' ? item : undefined;
}

async function show(c: WebContext): Promise<Response> {
  const opened = await openReturn(c);
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
    isRecovered: recovered !== undefined,
  });
}

function wantsJson(c: WebContext): boolean {
  return c.req.header('accept')?.includes('application/json') === true;
}

function refusalText({ code, detail }: Problem): string {
  return detail ?? problems[code].title;
}

/** What cannot be saved stays on the page, to be copied or posted again. */
async function refused(
  c: WebContext,
  opened: Opened,
  place: EditedPlace,
  post: Posted,
  problem: Problem,
): Promise<Response> {
  const { status } = problems[problem.code];
  if (wantsJson(c)) return c.json({ message: refusalText(problem) }, status);
  const examination = await opened.draft.examination();
  const findings = { examination, withMissing: saysMissing(c) };
  const shown = overStored(storedFields(place, opened.draft), post);
  const context = {
    post: shown,
    etag: firstOf(post, 'etag') ?? '',
    marks: firstOf(post, 'opened'),
    findings,
    isSaved: false,
    isUnsaved: true,
  };
  const [last, sentBack] = await Promise.all([lastAnswers(opened), answersSentBack(opened)]);
  return page(
    c,
    { title: placeTitle(opened, place), script: true, status: httpStatusOf(problem), hasErrors: true },
    <>
      <Notice kind="warning" title={`保存できませんでした。${refusalText(problem)}`} />
      <SectionView
        opened={{ ...opened, canEdit: true }}
        place={place}
        address={addressOf(c)}
        last={last}
        sentBack={sentBack}
        page={1}
        {...context}
      />
    </>,
  );
}

/** The next section, or after the last one the check of the whole. */
function afterSection({ visit, form, key }: Opened, section: Item): string {
  const next = form.sections[form.sections.indexOf(section) + 1];
  return next === undefined ? visit.paths.check(key) : pageHref(visit.paths, key, { section: next.key });
}

/** The page that follows: the next section, or for an entry the list it is in. */
function nextHref(opened: Opened, place: EditedPlace, address: PageAddress): string {
  const { visit, form, draft } = opened;
  return place.list === undefined
    ? afterSection(opened, place.section)
    : pageHref(visit.paths, opened.key, pageAround(form, draft.answers, address));
}

type Done = Extract<Saved, { kind: 'saved' }>;

/** Where the browser goes after everything was saved. */
function goesTo(opened: Opened, place: EditedPlace, address: PageAddress, saved: Done, post: Posted): string {
  const { visit, form } = opened;
  const { action, focus } = saved;
  if (action !== undefined && focus !== undefined) {
    const target = pageOfQuestion(form, saved.draft.answers, focus);
    const here = pageHref(visit.paths, opened.key, address);
    const query: Record<string, string> = action.verb === 'take' ? { takeover: '1' } : {};
    const href = target === undefined ? here : pageHref(visit.paths, opened.key, target, query);
    const opens = ['open', 'take', 'add'].includes(action.verb);
    if (opens && href !== here) return href;
    return `${here}#${focus}`;
  }
  if (firstOf(post, 'action') === 'next') return nextHref(opened, place, address);
  return pageHref(visit.paths, opened.key, address, { saved: '1' });
}

/** What is stored, and as typed what could not be read. */
function shownAfter(place: EditedPlace, { value, read }: Done, post: Posted): Posted {
  const shown = new Map(postedAnswers(place.items, value, place.base));
  for (const path of read.problems.keys())
    for (const [name, values] of post) if (name === path || name.startsWith(`${path}:`)) shown.set(name, values);
  return shown;
}

async function afterSave(
  c: WebContext,
  opened: Opened,
  place: EditedPlace,
  saved: Done,
  post: Posted,
): Promise<Response> {
  const {
    theirs,
    read: { problems, notices },
  } = saved;
  c.set('isSaved', problems.size === 0);
  if (!wantsJson(c) && problems.size === 0 && notices.size === 0 && theirs.paths.length === 0)
    return c.redirect(goesTo(opened, place, addressOf(c), saved, post), 303);
  const now: Opened = { ...opened, draft: saved.draft };
  const findings = { examination: await now.draft.examination(), problems, notices, withMissing: saysMissing(c) };
  const etag = saved.draft.etag(place.part);
  const marks = marksOf(place, saved.draft);
  if (wantsJson(c)) {
    // What was prefilled and is not confirmed yet is marked already; it is no error of what is being typed.
    const typed = new Map([...problems].filter(([path]) => !isUnconfirmed(post, path)));
    const errors = errorsOn(now.form, place.base, { ...findings, problems: typed });
    const remarks = [...remarksOf(now.form, saved.draft.reasons, findings.examination)].filter(([path]) =>
      isInside(path, place.base),
    );
    return c.json({
      etag,
      opened: marks,
      listEtag: saved.draft.etag(listPart(place)),
      savedAt: savedTime(saved.draft),
      errors: [...errors].map(([path, messages]) => ({ path, message: errorText(messages) })),
      remarks: remarks.flatMap(([path, messages]) => messages.map((message) => ({ path, message }))),
      notices: [...notices].map(([path, message]) => ({ path, message })),
      unsaved: problems.size,
    });
  }
  const shown = {
    post: shownAfter(place, saved, post),
    etag,
    marks,
    findings,
    isSaved: true,
    isUnsaved: problems.size > 0,
    theirs,
  };
  return sectionPage(c, now, place, { ...shown, status: problems.size > 0 ? 422 : 200 });
}

/** 10:32 */
function savedTime({ savedAt }: DraftView): string {
  return savedAt === undefined ? '' : printInstant(new Date(savedAt)).slice(-5);
}

/** Several times what the largest page has: what is refused is shown again, and each field takes its time. */
const mostFields = 5000;

async function save(c: WebContext): Promise<Response> {
  const opened = await openReturn(c, 'return.edit');
  if (opened instanceof Response) return opened;
  const { form, visit } = opened;
  const typed = new URLSearchParams(await c.req.text());
  if (typed.size > mostFields) return refusalPage(c, { code: 'too-large' });
  const post = posted(typed);
  const address = addressOf(c);
  const removed = unconfirmedRemoval(opened, post);
  if (removed !== undefined) {
    const href = pageHref(visit.paths, opened.key, address);
    return page(
      c,
      { title: removalTitle, script: true },
      <RemovalView opened={opened} path={removed} href={href} post={post} />,
    );
  }
  const list = listSection(opened, address);
  if (list !== undefined) return saveEntries(c, opened, list, post);
  const place = placeOf(form, address.section, address.entry, address.at);
  if (place === undefined) return failurePage(c, 'notFound');
  if (firstOf(post, 'action') === 'takeover') return takeOverPage(c, opened, place, post);
  const saved = await savePlace(opened, place, post, !wantsJson(c));
  if (saved.kind === 'refused') return refused(c, opened, place, post, saved.problem);
  if (saved.kind === 'saved') return afterSave(c, opened, place, saved, post);
  const now: Opened = { ...opened, draft: saved.draft };
  const title = savedElsewhere(now);
  if (wantsJson(c)) {
    const first = isOwnSave(visit.person, now.draft) ? title : `${elsewhere(now)}が先に保存しました`;
    return c.json({ message: `${first}。「一時保存する」を押して、内容を確認してください。` }, 412);
  }
  const href = pageHref(visit.paths, opened.key, address);
  return page(
    c,
    { title, status: 412, script: true },
    <ConflictView
      opened={now}
      place={place}
      href={href}
      post={post}
      differing={saved.differing}
      settled={saved.settled}
      isUnsettled={firstOf(post, 'conflict') !== undefined}
    />,
  );
}

/** Fills in what is not answered yet; nothing is saved until the officer has looked at it. */
async function takeOverPage(c: WebContext, opened: Opened, place: EditedPlace, post: Posted): Promise<Response> {
  const last = await lastAnswers(opened);
  const before = last && answersAt(last, place);
  // A question without a field on the page is not open.
  const shown = overStored(storedFields(place, opened.draft), post);
  return sectionPage(c, opened, place, {
    post: before === undefined ? shown : prefill(shown, postedAnswers(place.items, before, place.base)),
    etag: firstOf(post, 'etag') ?? '',
    marks: firstOf(post, 'opened'),
    findings: { examination: await opened.draft.examination(), withMissing: saysMissing(c) },
    isSaved: false,
    isUnsaved: true,
  });
}

async function saveEntries(c: WebContext, opened: Opened, section: Item, post: Posted): Promise<Response> {
  const { visit, form } = opened;
  const saved = await saveList(opened, section, post);
  if (saved.kind === 'stale') {
    const again = await openReturn(c);
    return again instanceof Response ? again : listPage(c, again, section, true);
  }
  if (saved.kind === 'refused') {
    const { title } = problems[saved.problem.code];
    return page(
      c,
      { title: numberedLabel(section.definition), status: httpStatusOf(saved.problem) },
      <>
        <h1>{numberedLabel(section.definition)}</h1>
        <Notice kind="warning" title={`保存できませんでした。${title}`} />
        <a href={visit.paths.return(opened.key)}>回答する項目に戻る</a>
      </>,
    );
  }
  const here = pageHref(visit.paths, opened.key, { section: section.key });
  if (firstOf(post, 'action') === 'next') return c.redirect(afterSection(opened, section), 303);
  if (saved.focus === undefined || !['add', 'open', 'take'].includes(saved.verb ?? '')) return c.redirect(here, 303);
  const target = pageOfQuestion(form, opened.draft.answers, saved.focus) ?? { section: section.key };
  return c.redirect(pageHref(visit.paths, opened.key, target, saved.verb === 'take' ? { takeover: '1' } : {}), 303);
}

const route = '/rounds/:round/returns/:form/:unit/sections/:section';

export function sectionPages(app: Hono<WebEnv>): void {
  for (const path of [route, `${route}/entries/:entry`]) {
    app.get(path, (c): Answer => show(c));
    app.post(path, (c): Answer => save(c));
  }
}
