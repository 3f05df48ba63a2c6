/** What is answered to a post: of a section or an entry by the browser's script or without it, and of a list. */

import { afterSave, afterSection } from './after-save.tsx';
import type { Item } from '../../../schemas/form.ts';
import { isObject } from '../../../schemas/values/json.ts';
import { problems } from '../../../schemas/problem.ts';
import type { Problem } from '../../../schemas/problem.ts';
import { numberedLabel } from '../../../schemas/kinds/question.ts';
import { ConflictView } from './conflict-view.tsx';
import { answersSentBack, heldByPrefecture, lastAnswers, openReturn } from './opened.ts';
import type { Opened } from './opened.ts';
import { answersAt, placeOf } from './place.ts';
import type { EditedPlace } from './place.ts';
import { storedFields } from './recovered.ts';
import { restore } from './removal.tsx';
import { saveList } from './save-list.ts';
import { savePlace } from './save.ts';
import { elsewhere, savedElsewhere } from './saved-elsewhere.ts';
import { isOwnSave } from '../../domain/revisions.ts';
import { SectionView, placeTitle } from './section-view.tsx';
import { newEntryHref, pageHref, pageOfQuestion } from './where.ts';
import { Notice } from '../shared/notice.tsx';
import { refusalPage, httpStatusOf } from '../shared/admission.tsx';
import { failurePage } from '../shared/failure-pages.tsx';
import { page } from '../shared/layout.tsx';
import { firstOf, overStored, posted } from '../../domain/posted/posted.ts';
import type { Posted } from '../../domain/posted/posted.ts';
import { laidOver } from '../../domain/fill-in/prefilled-values.ts';
import { prefill } from '../../domain/posted/prefilled.ts';
import { readPosted } from '../../domain/posted/read.ts';
import { withoutUnread } from '../../domain/posted/rows.ts';
import { postedAnswers } from '../fields/write.ts';
import type { WebContext } from '../shared/visit.ts';
import { addressOf, listPage, listSection, saysMissing, sectionPage, wantsJson } from './section-pages.tsx';

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
  const [last, held, sentBack] = await Promise.all([
    lastAnswers(opened),
    heldByPrefecture(opened),
    answersSentBack(opened),
  ]);
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
        held={held}
        sentBack={sentBack}
        asked={[]}
        page={1}
        {...context}
      />
    </>,
  );
}

async function restored(c: WebContext, opened: Opened, post: Posted): Promise<Response> {
  const put = await restore(opened, post);
  if (!put.ok) return refusalPage(c, put.problem);
  c.set('isSaved', true);
  const page = pageHref(opened.visit.paths, opened.key, addressOf(c));
  return c.redirect(`${page}#${put.value.list}`, 303);
}

/** Several times what the largest page has: what is refused is shown again, and each field takes its time. */
const mostFields = 5000;

export async function save(c: WebContext): Promise<Response> {
  const opened = await openReturn(c, 'section.edit');
  if (opened instanceof Response) return opened;
  const { form, visit } = opened;
  const typed = new URLSearchParams(await c.req.text());
  if (typed.size > mostFields) return refusalPage(c, { code: 'too-large' });
  const post = posted(typed);
  if (firstOf(post, 'action') === 'restore') return restored(c, opened, post);
  const address = addressOf(c);
  const list = listSection(opened, address, post);
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
  const [last, held] = await Promise.all([lastAnswers(opened), heldByPrefecture(opened)]);
  const laid = laidOver(last && answersAt(last, place), answersAt(held, place));
  const before = isObject(laid) ? laid : undefined;
  const { value } = readPosted(place.items, post, place.base, answersAt(opened.draft.answers, place), true);
  // A question without a field on the page is not open; a table with nothing in its rows is.
  const shown = withoutUnread(place.items, overStored(storedFields(place, opened.draft), post), place.base, value);
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
    const again = await openReturn(c, 'section.read');
    return again instanceof Response ? again : listPage(c, again, section, { isStale: true });
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
  if (saved.removed !== undefined) {
    const now = await openReturn(c, 'section.read');
    return now instanceof Response ? now : listPage(c, now, section, saved);
  }
  const here = pageHref(visit.paths, opened.key, { section: section.key });
  if (firstOf(post, 'action') === 'next') return c.redirect(afterSection(opened, section), 303);
  if (saved.focus === undefined || !['add', 'open', 'take'].includes(saved.verb ?? '')) return c.redirect(here, 303);
  if (saved.verb === 'add')
    return c.redirect(newEntryHref(visit.paths, opened.key, section, saved.focus.split('.').at(-1) ?? ''), 303);
  const target = pageOfQuestion(form, opened.draft.answers, saved.focus) ?? { section: section.key };
  return c.redirect(pageHref(visit.paths, opened.key, target, saved.verb === 'take' ? { takeover: '1' } : {}), 303);
}
