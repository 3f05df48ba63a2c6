/** Editing one municipality or council of the directory: what the form shows, and what becomes of what it posts. */

import type { Directory } from '../../../schemas/directory.ts';
import type { FieldError } from '../../../schemas/problem.ts';
import { dayInJapan } from '../../../schemas/round.ts';
import { printPartialDate } from '../../../schemas/values/partial-date.ts';
import { readDay, startsOf, versionOn } from '../../domain/directory-calendar.ts';
import type { DirectoryCalendar } from '../../domain/directory-calendar.ts';
import { makeEdit } from '../../domain/directory-dated-edit.ts';
import type { HeldDirectory } from '../../domain/directory-dated-edit.ts';
import { editFieldsOf, newOne, readEdited } from '../../domain/directory-edits.ts';
import type { EditFields } from '../../domain/directory-edits.ts';
import { roundsAsking } from '../../service/round-directory.ts';
import { withParameters } from '../shared/address.ts';
import { refusalPage } from '../shared/admission.tsx';
import { postedForm } from '../shared/posted-form.ts';
import type { PostedForm } from '../shared/posted-form.ts';
import type { Visit, WebContext } from '../shared/visit.ts';
import { postedClassFields } from './directory-description-fields.ts';
import { confirmationView, removalView } from './directory-edit-confirmation.tsx';
import { editView } from './directory-edit-view.tsx';
import type { Dated } from './directory-edit-view.tsx';
import { affectedRounds, affectsOthers } from './directory-effects.tsx';
import { wantedIn } from './directory-later-versions.tsx';

/** The versions that come into force after a day. */
export async function heldAfter(
  { service }: Visit,
  calendar: DirectoryCalendar,
  day: string,
): Promise<HeldDirectory[]> {
  const later = startsOf(calendar).filter((start) => start.day > day);
  return Promise.all(
    later.map(async (start) => ({ ...start, directory: await service.store.directoryDocument(start.version) })),
  );
}

/** The form, filled in as the directory stands on a day. */
export async function editPage(
  c: WebContext,
  visit: Visit,
  { day, calendar, edit }: { day: string; calendar: DirectoryCalendar; edit: string },
): Promise<Response> {
  const { service, recovered } = visit;
  const edited = readEdited(edit);
  const basis = versionOn(calendar, day);
  if (edited === undefined || basis === undefined) return refusalPage(c, { code: 'not-found' });
  const directory = await service.store.directoryDocument(basis);
  const fields = editFieldsOf(directory, edited);
  if (fields === undefined) return refusalPage(c, { code: 'not-found' });
  if (recovered?.has('name') !== true) {
    const later = await heldAfter(visit, calendar, day);
    const seen = String(calendar.newest);
    const dated = { from: printPartialDate(day), seen, basis: String(basis), later, chosen: () => '' };
    return editView(c, { visit, edited, directory, fields, dated, errors: [] });
  }
  const typed = (name: string): string => recovered.get(name) ?? '';
  const dated = await datedIn(visit, calendar, typed);
  return editView(c, {
    visit,
    edited,
    directory,
    fields: fieldsIn(typed, directory.classes),
    dated: dated.asTyped,
    errors: [],
    isRecovered: true,
  });
}

function fieldsIn(text: PostedForm['text'], classes: Directory['classes']): EditFields {
  return {
    id: text('id'),
    name: text('name'),
    kind: text('kind'),
    welfareOffice: text('welfareOffice'),
    members: text('members'),
    lead: text('lead'),
    ward: text('ward'),
    answering: text('answering'),
    validFrom: text('validFrom'),
    validTo: text('validTo'),
    successors: text('successors'),
    shortName: text('shortName'),
    population: text('population'),
    populationOn: text('populationOn'),
    ...postedClassFields(classes, text),
  };
}

async function datedIn(
  visit: Visit,
  calendar: DirectoryCalendar,
  text: PostedForm['text'],
): Promise<{ day: string | undefined; asTyped: Dated }> {
  const today = dayInJapan(visit.now);
  const day = text('from') === '' ? today : readDay(text('from'));
  const later = await heldAfter(visit, calendar, day ?? today);
  const from = text('from') === '' ? printPartialDate(today) : text('from');
  return { day, asTyped: { from, seen: text('seen'), basis: text('basis'), later, chosen: text } };
}

/** The directory after a change: as it is on the day of the change, where that is not today. */
export function savedAddress(
  { paths, now }: Pick<Visit, 'paths' | 'now'>,
  { list, done, day }: { readonly list: string | undefined; readonly done: string; readonly day: string | undefined },
): string {
  return withParameters(paths.directory, { list, done, on: day === dayInJapan(now) ? undefined : day });
}

/** Saves or removes what the form says, unless somebody else has changed the directory since it was shown. */
export async function saveEdit(c: WebContext, visit: Visit): Promise<Response> {
  const { service, person } = visit;
  const { store } = service;
  const post = await postedForm(c);
  const edited = readEdited(post.text('edit'));
  const calendar = await store.directoryCalendar();
  const { day, asTyped } = await datedIn(visit, calendar, post.text);
  const version = versionOn(calendar, day ?? dayInJapan(visit.now));
  if (edited === undefined || version === undefined) return refusalPage(c, { code: 'not-found' });
  const isRemoval = post.text('do') === 'remove';
  const inForce = await store.directoryDocument(version);
  const basis = Number(asTyped.basis);
  const isKnown = Number.isInteger(basis) && basis > 0 && basis <= calendar.newest;
  const shown = isKnown ? await store.directoryDocument(basis) : inForce;
  const standing = editFieldsOf(inForce, edited);
  const fields = isRemoval ? (standing ?? editFieldsOf(shown, edited)) : fieldsIn(post.text, shown.classes);
  // What is gone already needs no second question.
  const done = savedAddress(visit, { list: edited.list, done: isRemoval ? 'removed' : 'saved', day });
  if (fields === undefined) return c.redirect(done, 303);
  const props = { visit, edited, directory: shown, fields, dated: asTyped, errors: [] };
  const rounds = async () => roundsAsking(service, new Set([edited.id]), visit.now);
  const again = async (errors: readonly FieldError[]): Promise<Response> =>
    isRemoval
      ? removalView(c, { ...props, rounds: await rounds(), errors, isStale: false })
      : editView(c, { ...props, errors, isTyped: true });
  if (day === undefined)
    return again([
      { path: 'from', code: 'not-a-day', message: '「いつから変更しますか」は年月日で入力してください。' },
    ]);
  if (post.text('do') === 'back') return again([]);
  if (isRemoval && standing !== undefined && post.text('confirmed') === '') return again([]);
  const made = makeEdit({
    edited,
    shown,
    typed: isRemoval ? undefined : fields,
    day,
    inForce,
    later: asTyped.later,
    isWanted: wantedIn(post.text),
  });
  if (!made.ok) return again(made.errors);
  // A second press of the button finds its change made.
  if (made.versions.length === 0) return c.redirect(done, 303);
  // Who saved in the meantime is told of first.
  const isUpToDate = Number(asTyped.seen) === calendar.newest;
  if (isUpToDate && edited.id !== newOne && post.text('confirmed') === '' && affectsOthers(made.versions))
    return confirmationView(c, {
      ...props,
      versions: made.versions,
      rounds: await affectedRounds(visit, made.versions),
    });
  const after = made.versions.map((each) => each.after);
  const saved = await service.saveDirectories(after, person.name, Number(asTyped.seen));
  if (saved.ok) return c.redirect(done, 303);
  if (saved.problem.code !== 'directory-changed') return refusalPage(c, saved.problem);
  const dated = { ...asTyped, seen: String(calendar.newest), basis: String(version) };
  if (isRemoval) return removalView(c, { ...props, rounds: await rounds(), dated, isStale: true });
  const meanwhile = edited.id === newOne ? fields : (standing ?? 'gone');
  return editView(c, { ...props, dated, meanwhile });
}
