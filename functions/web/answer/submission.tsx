/** Check, submit once, receipt, withdraw. */

import { randomUUID } from 'node:crypto';
import type { Hono } from 'hono';
import * as z from 'zod';
import { problems } from '../../../schemas/problem.ts';
import { reasons as reasonsSchema } from '../../../schemas/return.ts';
import type { Reasons } from '../../../schemas/return.ts';
import { isBlank } from '../../../schemas/values/text.ts';
import { sameAnswers } from '../../../schemas/same-answers.ts';
import { lineFeeds } from '../../../schemas/values/text.ts';
import { isAllowed } from '../../domain/authorisation.ts';
import { askedAnswers } from '../../domain/asked.ts';
import type { Examination } from '../../domain/examination.ts';
import { CheckView } from './check-view.tsx';
import { isLeftOut } from './findings.ts';
import { openReturn } from './opened.ts';
import type { Opened } from './opened.ts';
import { readyMadeName, reasonName } from './reason-field.tsx';
import { ReceiptView } from './receipt-view.tsx';
import { Notice } from '../shared/notice.tsx';
import { failurePage } from '../shared/failure-pages.tsx';
import { page } from '../shared/layout.tsx';
import { pageWanted } from '../shared/pager.tsx';
import { firstOf, posted } from '../fields/posted.ts';
import type { Posted } from '../fields/posted.ts';
import type { WebContext, WebEnv } from '../shared/visit.ts';

const whole = { kind: 'return' } as const;
const changedMeanwhile = 'この画面を開いた後に、回答が変更されました。内容をもう一度確認してください。';
/** What a form may post for the one submission of its page. */
const idempotencyKey = z.uuid();

/** A submitted return has a receipt; there is nothing left to check. */
function isSubmitted({ draft }: Opened): boolean {
  const { state } = draft.standing;
  return state === 'submitted' || state === 'accepted';
}

/** Why nothing was submitted or saved: said at the top, or at the reasons concerned. */
interface Refused {
  readonly message?: string | undefined;
  readonly reasonErrors?: ReadonlyMap<string, string>;
}

async function checkPage(
  c: WebContext,
  opened: Opened,
  posts: Refused & { readonly post?: Posted } = {},
): Promise<Response> {
  const { visit, key } = opened;
  const examination = await visit.service.returns.examineDraft(key);
  if (!examination.ok) return failurePage(c, 'notFound');
  const { post, message, reasonErrors = new Map() } = posts;
  const isRefused = message !== undefined || reasonErrors.size > 0;
  const hasErrors = reasonErrors.size > 0 || examination.value.errors.some((error) => !isLeftOut(error));
  return page(
    c,
    { title: '確認と提出', script: true, hasErrors, status: isRefused ? 422 : 200 },
    <CheckView
      opened={opened}
      examination={examination.value}
      idempotencyKey={randomUUID()}
      post={post}
      message={message}
      reasonErrors={reasonErrors}
      page={post === undefined ? pageWanted(c.req.query('page')) : 1}
    />,
  );
}

async function check(c: WebContext): Promise<Response> {
  const opened = await openReturn(c);
  if (opened instanceof Response) return opened;
  const { visit, place, relation } = opened;
  if (isSubmitted(opened)) return c.redirect(visit.paths.receipt(place), 303);
  if (!isAllowed(relation, 'return.submit')) return c.redirect(visit.paths.return(place), 303);
  return checkPage(c, opened, visit.recovered === undefined ? {} : { post: posted(visit.recovered) });
}

/** The reasons asked: the ready-made one that was chosen, and what was typed. A blank one is not given. */
function postedReasons({ draft }: Opened, { asked }: Examination, post: Posted): Reasons {
  const reasons: Record<string, string> = { ...draft.reasons };
  for (const { key } of asked) {
    if (!post.has(reasonName(key))) continue;
    const typed = lineFeeds(firstOf(post, reasonName(key)) ?? '');
    const readyMade = firstOf(post, readyMadeName(key)) ?? '';
    const reason = [readyMade, typed].filter((text) => !isBlank(text)).join('\n');
    if (reason === '') delete reasons[key];
    else reasons[key] = reason;
  }
  return reasons;
}

/** Saves the reasons, and for a submission leaves out what is not asked or empty. Otherwise says why not. */
async function saveChecked(opened: Opened, post: Posted, leavesOut: boolean): Promise<Refused | undefined> {
  const { visit, key, draft, form } = opened;
  if (firstOf(post, 'etag') !== draft.etag(whole)) return { message: changedMeanwhile };
  const { returns } = visit.service;
  const examination = await returns.examineDraft(key);
  if (!examination.ok) return { message: problems['not-found'].title };
  const parsed = reasonsSchema.safeParse(postedReasons(opened, examination.value, post));
  if (!parsed.success)
    return { reasonErrors: new Map(parsed.error.issues.map(({ path, message }) => [String(path[0]), message])) };
  const reasons = parsed.data;
  const answers = leavesOut ? askedAnswers(form.sections, draft.answers) : draft.answers;
  if (sameAnswers(reasons, draft.reasons) && sameAnswers(answers, draft.answers)) return undefined;
  const saved = await returns.saveDraft(
    key,
    whole,
    { answers, reasons },
    { ifMatch: draft.etag(whole) },
    visit.person.name,
    visit.person.id,
  );
  if (saved.ok) return undefined;
  return {
    message: saved.problem.code === 'precondition-failed' ? changedMeanwhile : problems[saved.problem.code].title,
  };
}

async function saveReasons(c: WebContext): Promise<Response> {
  const opened = await openReturn(c, 'return.edit');
  if (opened instanceof Response) return opened;
  const { visit, place } = opened;
  if (isSubmitted(opened)) return c.redirect(visit.paths.receipt(place), 303);
  const post = posted(new URLSearchParams(await c.req.text()));
  const refused = await saveChecked(opened, post, false);
  if (refused !== undefined) return checkPage(c, opened, { post, ...refused });
  return c.redirect(visit.paths.check(place), 303);
}

/** What stands after the post: a receipt when it or another press of the button has submitted. */
async function afterSubmission(c: WebContext, post: Posted, refused: Refused): Promise<Response> {
  const now = await openReturn(c, 'return.edit');
  if (now instanceof Response) return now;
  if (isSubmitted(now)) return c.redirect(now.visit.paths.receipt(now.place), 303);
  return checkPage(c, now, { post, ...refused });
}

async function submit(c: WebContext): Promise<Response> {
  const opened = await openReturn(c, 'return.submit');
  if (opened instanceof Response) return opened;
  const { visit, place, key } = opened;
  if (isSubmitted(opened)) return c.redirect(visit.paths.receipt(place), 303);
  const post = posted(new URLSearchParams(await c.req.text()));
  const refused = await saveChecked(opened, post, true);
  if (refused !== undefined) return afterSubmission(c, post, refused);
  const outcome = await visit.service.returns.submit(key, {
    actor: visit.person.name,
    idempotencyKey: idempotencyKey.safeParse(firstOf(post, 'idempotency-key')).data,
    body: '',
  });
  return afterSubmission(c, post, { message: outcome.ok ? changedMeanwhile : problems[outcome.problem.code].title });
}

async function receipt(c: WebContext): Promise<Response> {
  const opened = await openReturn(c);
  if (opened instanceof Response) return opened;
  const { visit, place, key, draft } = opened;
  const { version } = draft.standing;
  const submitted = version === 0 ? undefined : await visit.service.store.version(key, version);
  if (submitted === undefined) return c.redirect(visit.paths.return(place), 303);
  return page(
    c,
    { title: isSubmitted(opened) ? '提出しました' : '提出の記録' },
    <ReceiptView opened={opened} version={submitted} />,
  );
}

async function withdraw(c: WebContext): Promise<Response> {
  const opened = await openReturn(c, 'return.submit');
  if (opened instanceof Response) return opened;
  const { visit, place, key } = opened;
  const withdrawn = await visit.service.returns.withdraw(key, visit.person.name);
  if (withdrawn.ok) return c.redirect(visit.paths.return(place), 303);
  const now = await openReturn(c, 'return.submit');
  if (now instanceof Response) return now;
  const { state, version: number } = now.draft.standing;
  const version = number === 0 ? undefined : await visit.service.store.version(key, number);
  // Another press of the button has withdrawn it.
  if (state === 'draft' || version === undefined) return c.redirect(visit.paths.return(place), 303);
  return page(
    c,
    { title: '提出の記録', status: 409 },
    <>
      <Notice kind="warning" title={`取り下げることができませんでした。${problems[withdrawn.problem.code].title}`} />
      <ReceiptView opened={now} version={version} />
    </>,
  );
}

const route = '/rounds/:round/returns/:form/:unit';

export function submissionPages(app: Hono<WebEnv>): void {
  app.get(`${route}/check`, (c) => check(c));
  app.post(`${route}/check`, (c) => saveReasons(c));
  app.post(`${route}/submission`, (c) => submit(c));
  app.get(`${route}/submission`, (c) => check(c));
  app.get(`${route}/receipt`, (c) => receipt(c));
  app.get(`${route}/withdrawal`, (c) => receipt(c));
  app.post(`${route}/withdrawal`, (c) => withdraw(c));
}
