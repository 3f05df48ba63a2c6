/** What follows a save: the page to go to, the same page with what could not be read, or what the script is told. */

import type { Item } from '../../../schemas/form.ts';
import type { Json } from '../../../schemas/values/json.ts';
import { isObject } from '../../../schemas/values/json.ts';
import { namedEntries } from '../../domain/answers.ts';
import { withComputed } from '../../domain/computed.ts';
import type { DraftView } from '../../service/drafts.ts';
import { isInside } from './findings.ts';
import { sectionsSeen } from './opened.ts';
import type { Opened } from './opened.ts';
import { answersAt, entriesFrom } from './place.ts';
import type { EditedPlace } from './place.ts';
import { fieldsWith } from './recovered.ts';
import type { Saved } from './save.ts';
import { addEntry } from './save-list.ts';
import { listPart } from './section-view.tsx';
import { newEntryHref, pageAround, pageHref, pageOfQuestion } from './where.ts';
import type { PageAddress } from './where.ts';
import { printInstant } from '../../domain/print-instant.ts';
import { errorText } from '../fields/context.ts';
import { printComputed } from '../fields/readers.ts';
import { firstOf } from '../../domain/posted/posted.ts';
import type { Posted } from '../../domain/posted/posted.ts';
import { isUnconfirmed } from '../../domain/posted/prefilled.ts';
import type { WebContext } from '../shared/visit.ts';
import { errorsOn, remarksOf } from './page-messages.ts';
import { addressOf, marksOf, saysMissing, sectionPage, wantsJson } from './section-pages.tsx';

/** The next section, or after the last one the check of the whole, which is not for a guest. */
export function afterSection(opened: Opened, section: Item): string {
  const { visit, key, relation } = opened;
  const sections = sectionsSeen(opened);
  const next = sections[sections.indexOf(section) + 1];
  if (next !== undefined) return pageHref(visit.paths, key, { section: next.key });
  return relation === 'guest' ? visit.paths.return(key) : visit.paths.check(key);
}

/** The page that follows: the next section, or for an entry the list it is in. */
function nextHref(opened: Opened, place: EditedPlace, address: PageAddress): string {
  const { visit, form, draft } = opened;
  return place.list === undefined
    ? afterSection(opened, place.section)
    : pageHref(visit.paths, opened.key, pageAround(form, draft.answers, address));
}

/** The entry that comes after this one, or a new one; the list where there is no room. */
async function onwardHref(opened: Opened, place: EditedPlace): Promise<string> {
  const { visit, key, draft } = opened;
  const section = place.section.key;
  const { following } = entriesFrom(draft.answers, place);
  if (following !== undefined) return pageHref(visit.paths, key, { section, entry: following });
  const added = await addEntry(opened, place.section);
  const entry = added.kind === 'saved' ? added.focus?.split('.').at(-1) : undefined;
  return entry === undefined
    ? pageHref(visit.paths, key, { section })
    : newEntryHref(visit.paths, key, place.section, entry);
}

type Done = Extract<Saved, { kind: 'saved' }>;

/** Where the browser goes after everything was saved. */
function goesTo(opened: Opened, place: EditedPlace, address: PageAddress, saved: Done, post: Posted): string {
  const { visit, form } = opened;
  const { action, focus } = saved;
  if (action !== undefined && focus !== undefined) {
    if (action.verb === 'attach') return visit.paths.attachments(opened.key, focus);
    const target = pageOfQuestion(form, saved.draft.answers, focus);
    const here = pageHref(visit.paths, opened.key, address);
    const query: Record<string, string> = action.verb === 'take' ? { takeover: '1' } : {};
    const href = target === undefined ? here : pageHref(visit.paths, opened.key, target, query);
    const opens = ['open', 'take', 'add'].includes(action.verb);
    if (opens && href !== here) return href;
    return `${here}#${focus}`;
  }
  if (firstOf(post, 'action') === 'check') return visit.paths.check(opened.key);
  if (firstOf(post, 'action') === 'next') return nextHref(opened, place, address);
  return pageHref(visit.paths, opened.key, address, { saved: '1' });
}

/** What is stored, and as typed what could not be read. */
function shownAfter(place: EditedPlace, { value, read, draft }: Done, post: Posted): Posted {
  const shown = new Map(fieldsWith(place, value, draft));
  for (const path of read.problems.keys())
    for (const [name, values] of post) if (name === path || name.startsWith(`${path}:`)) shown.set(name, values);
  return shown;
}

/** What is computed on the page, as it is printed. */
function computedOn(opened: Opened, place: EditedPlace): { path: string; message: string }[] {
  const answers = withComputed(opened.form, opened.draft.answers);
  const below = (items: readonly Item[], value: Json | undefined, base: string): { path: string; message: string }[] =>
    items.flatMap((item) => {
      const path = `${base}.${item.key}`;
      const answer = isObject(value) ? value[item.key] : undefined;
      if (item.formula !== undefined)
        return [{ path, message: printComputed(typeof answer === 'number' ? answer : null, item.kind.unit ?? '') }];
      if (item.kind.nesting !== 'entries') return below(item.children, answer, path);
      return namedEntries(answer).flatMap(({ name, entry }) => below(item.children, entry, `${path}.${name}`));
    });
  return below(place.items, answersAt(answers, place), place.base);
}

export async function afterSave(
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
  const now: Opened = { ...opened, draft: saved.draft };
  const hasSaid = problems.size > 0 || notices.size > 0 || theirs.paths.length > 0 || saved.removed !== undefined;
  if (!wantsJson(c) && !hasSaid) {
    const isOnward = firstOf(post, 'action') === 'onward' && place.part.kind === 'entry';
    return c.redirect(isOnward ? await onwardHref(now, place) : goesTo(opened, place, addressOf(c), saved, post), 303);
  }
  const findings = { examination: await now.draft.examination(), problems, notices, withMissing: saysMissing(c) };
  const etag = saved.draft.etag(place.part);
  const marks = marksOf(place, saved.draft);
  if (wantsJson(c)) {
    // What was prefilled and is not confirmed yet is marked already; it is no error of what is being typed.
    const typed = new Map([...problems].filter(([path]) => !isUnconfirmed(post, path)));
    const errors = errorsOn(now.form, place.path, { ...findings, problems: typed });
    const remarks = [...remarksOf(now.form, saved.draft.reasons, findings.examination)].filter(([path]) =>
      isInside(path, place.path),
    );
    return c.json({
      etag,
      opened: marks,
      listEtag: saved.draft.etag(listPart(place)),
      savedAt: savedTime(saved.draft),
      errors: [...errors].map(([path, messages]) => ({ path, message: errorText(messages) })),
      remarks: remarks.flatMap(([path, messages]) => messages.map((message) => ({ path, message }))),
      notices: [...notices].map(([path, message]) => ({ path, message })),
      computed: computedOn(now, place),
      unsaved: problems.size,
    });
  }
  const shown = {
    post: shownAfter(place, saved, post),
    etag,
    marks,
    findings,
    isSaved: saved.removed === undefined || problems.size > 0,
    isUnsaved: problems.size > 0,
    removed: saved.removed,
    theirs,
    focused: saved.action?.verb === 'add' || saved.action?.verb === 'copy' ? saved.focus : undefined,
  };
  return sectionPage(c, now, place, { ...shown, status: problems.size > 0 ? 422 : 200 });
}

/** 10:32 */
function savedTime({ savedAt }: DraftView): string {
  return savedAt === undefined ? '' : printInstant(new Date(savedAt)).slice(-5);
}
