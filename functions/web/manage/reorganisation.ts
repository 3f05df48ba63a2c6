/** 合併・分割・市制施行: which municipalities, on what day, what becomes of the councils; shown first, then applied. */

import type { Hono } from 'hono';
import type { Directory } from '../../../schemas/directory.ts';
import { standingOn } from '../../../schemas/directory-on-day.ts';
import type { FieldError } from '../../../schemas/problem.ts';
import { dayInJapan } from '../../../schemas/round.ts';
import { versionOn } from '../../domain/directory-calendar.ts';
import type { DirectoryCalendar } from '../../domain/directory-calendar.ts';
import { newCouncil } from '../../domain/reorganisation.ts';
import { councilQuestions, reorganiseFrom } from '../../domain/reorganisation-dated.ts';
import { withParameters } from '../shared/address.ts';
import { admitted, refusalPage } from '../shared/admission.tsx';
import { readDay } from '../shared/posted-day.ts';
import { postedForm } from '../shared/posted-form.ts';
import type { PostedForm } from '../shared/posted-form.ts';
import type { Visit, WebContext, WebEnv } from '../shared/visit.ts';
import { unpackDirectory } from './directory/import.ts';
import { planOfList, unpackList } from './directory/listed.ts';
import { kindOfReorganisation, readPlan, unpackPlan, withCouncils } from './directory/reorganisation-plan.ts';
import type { WaitingPlan } from './directory/reorganisation-plan.ts';
import { affectedRounds } from './directory-effects.tsx';
import { heldAfter } from './directory-edit.ts';
import { listPlanPage } from './directory-list-view.tsx';
import { councilsPage, previewPage } from './reorganisation-councils.tsx';
import { planPage } from './reorganisation-view.tsx';

interface Held {
  readonly calendar: DirectoryCalendar;
  readonly directory: Directory | undefined;
}

async function heldOn({ service: { store } }: Visit, day: string): Promise<Held> {
  const calendar = await store.directoryCalendar();
  const version = versionOn(calendar, day);
  return { calendar, directory: version === undefined ? undefined : await store.directoryDocument(version) };
}

async function showPlan(c: WebContext, visit: Visit): Promise<Response> {
  const today = dayInJapan(visit.now);
  const { directory } = await heldOn(visit, today);
  if (directory === undefined) return refusalPage(c, { code: 'no-directory' });
  const { recovered } = visit;
  if (recovered !== undefined) {
    const typed = (name: string): string => recovered.get(name) ?? '';
    const plan = unpackPlan(typed('plan'));
    if (plan !== undefined) return showCouncils(c, visit, plan, { text: typed, isFirst: false });
    const list = unpackList(typed('list'));
    const listed = list && (await heldOn(visit, list.day)).directory;
    if (list !== undefined && listed !== undefined)
      return listPlanPage(c, { visit, list, directory: standingOn(listed, list.day), text: typed, errors: [] });
  }
  const text = (name: string): string => recovered?.get(name) ?? (name === 'day' ? '' : (c.req.query(name) ?? ''));
  return planPage(c, {
    visit,
    kind: kindOfReorganisation(recovered?.get('what') ?? c.req.query('what')),
    directory: standingOn(directory, today),
    text,
    errors: [],
    isRecovered: recovered !== undefined,
  });
}

/** The choices for the councils, and, once all are made, what is changed in each version. */
async function showCouncils(
  c: WebContext,
  visit: Visit,
  plan: WaitingPlan,
  { text, isFirst }: { readonly text: PostedForm['text']; readonly isFirst: boolean },
): Promise<Response> {
  const { calendar, directory } = await heldOn(visit, plan.day);
  if (directory === undefined) return refusalPage(c, { code: 'no-directory' });
  const asked = councilQuestions(directory, { ...plan, ended: new Map(plan.ended) });
  const missing = asked.questions
    .filter(({ id }) => text(`council.${id}`) === '')
    .map(({ id, name }): FieldError => ({
      path: `council.${id}`,
      code: 'required',
      message: `「${name}」をどうするか選んでください。`,
    }));
  const show = (errors: readonly FieldError[]): Response | Promise<Response> =>
    councilsPage(c, { visit, plan, directory, ...asked, text, errors });
  if (isFirst && asked.questions.length > 0) return show([]);
  if (missing.length > 0) return show(missing);
  const later = await heldAfter(visit, calendar, plan.day);
  const made = reorganiseFrom(directory, later, withCouncils(plan, asked.questions, text));
  if (!made.ok) return show(made.errors);
  const names = [
    'newCouncil',
    `lead.${newCouncil}`,
    ...asked.questions.flatMap(({ id }) => [`council.${id}`, `lead.${id}`]),
  ];
  const chosen = names.map((name) => [name, text(name)] as const).filter(([, value]) => value !== '');
  const { versions } = made;
  const rounds = await affectedRounds(visit, versions);
  return previewPage(c, { visit, plan, versions, rounds, seen: calendar.newest, chosen });
}

async function readFirst(c: WebContext, visit: Visit, text: PostedForm['text']): Promise<Response> {
  const kind = kindOfReorganisation(text('what'));
  const on = readDay(text('day'), 'day', '合併等の日');
  const day = 'day' in on ? on.day : dayInJapan(visit.now);
  const { directory } = await heldOn(visit, day);
  if (directory === undefined) return refusalPage(c, { code: 'no-directory' });
  const standing = standingOn(directory, day);
  const { plan, errors } = readPlan(kind, text, standing, day);
  const all = [...('day' in on ? [] : [on.error]), ...errors];
  // What contradicts the directory is told here, before anybody is asked about councils.
  const unknown = all.length > 0 ? [] : unknownIn(standing, plan);
  if (all.length > 0 || unknown.length > 0)
    return planPage(c, { visit, kind, directory: standing, text, errors: [...all, ...unknown] });
  return showCouncils(c, visit, plan, { text: () => '', isFirst: true });
}

/** Who comes after those that a list lacks. */
async function readList(c: WebContext, visit: Visit, text: PostedForm['text']): Promise<Response> {
  const list = unpackList(text('list'));
  if (list === undefined) return refusalPage(c, { code: 'malformed-request' });
  const { directory } = await heldOn(visit, list.day);
  if (directory === undefined) return refusalPage(c, { code: 'no-directory' });
  const standing = standingOn(directory, list.day);
  const { plan, errors } = planOfList(list, standing, text);
  if (errors.length > 0) return listPlanPage(c, { visit, list, directory: standing, text, errors });
  return showCouncils(c, visit, plan, { text: () => '', isFirst: true });
}

function unknownIn({ municipalities }: Directory, { ended }: WaitingPlan): FieldError[] {
  const known = new Set(municipalities.map(({ code }) => code));
  return ended
    .filter(([code]) => !known.has(code))
    .map(([code]) => ({
      path: 'ending',
      code: 'not-in-force',
      message: `「${code}」は、その日の名簿にありません。名簿にある名称又はコードを入力してください。`,
    }));
}

async function apply(c: WebContext, visit: Visit, packed: readonly string[], seen: string): Promise<Response> {
  const { service, person, paths } = visit;
  const back = { href: paths.reorganisation, label: '最初から入力し直す' };
  const proposals = packed.map(unpackDirectory);
  const directories = proposals.flatMap((each) => each ?? []);
  if (directories.length < proposals.length) return refusalPage(c, { code: 'invalid-directory' }, back);
  const saved = await service.saveDirectories(directories, person.name, Number(seen));
  const on = directories[0]?.validFrom;
  if (saved.ok) return c.redirect(withParameters(paths.directory, { done: 'reorganised', on }), 303);
  if (saved.problem.code !== 'directory-changed') return refusalPage(c, saved.problem, back);
  const detail = '確かめている間に、他の人が名簿を変更しました。名簿は更新されていません。';
  return refusalPage(c, { code: 'precondition-failed', detail }, back);
}

async function post(c: WebContext, visit: Visit): Promise<Response> {
  const { text, all } = await postedForm(c);
  if (text('do') === 'apply') return apply(c, visit, all('proposal'), text('seen'));
  if (text('list') !== '') return readList(c, visit, text);
  if (text('plan') === '') return readFirst(c, visit, text);
  const plan = unpackPlan(text('plan'));
  if (plan === undefined) return refusalPage(c, { code: 'malformed-request' });
  return showCouncils(c, visit, plan, { text, isFirst: text('do') === 'councils' });
}

export function reorganisationPages(app: Hono<WebEnv>): void {
  app.get('/directory/reorganisation', admitted('directory.write', showPlan));
  app.post('/directory/reorganisation', admitted('directory.write', post));
}
