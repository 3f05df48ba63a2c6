/** Check, submit once, receipt, withdraw. */

import { randomUUID } from 'node:crypto';
import type { Hono } from 'hono';
import { problems } from '../../../schemas/problem.ts';
import type { Reasons } from '../../../schemas/return.ts';
import { sameAnswers } from '../../../schemas/same-answers.ts';
import { askedAnswers } from '../../domain/asked.ts';
import type { Examination } from '../../domain/examination.ts';
import { CheckView, readyMadeName, reasonName } from '../answering/check-view.tsx';
import { openReturn } from '../answering/opened.ts';
import type { Opened } from '../answering/opened.ts';
import { ReceiptView } from '../answering/receipt-view.tsx';
import { failurePage } from '../failure-pages.tsx';
import { page } from '../layout.tsx';
import { firstOf, posted } from '../posted/posted.ts';
import type { Posted } from '../posted/posted.ts';
import { lineFeeds } from '../posted/taken.ts';
import type { WebContext, WebEnv } from '../visit.ts';

const whole = { kind: 'return' } as const;
const changedMeanwhile = 'この画面を開いた後に、回答が変更されました。内容をもう一度確認してください。';
const maxReason = 1000;

/** A submitted return has a receipt; there is nothing left to check. */
function isSubmitted({ draft }: Opened): boolean {
  const { state } = draft.standing;
  return state === 'submitted' || state === 'accepted';
}

async function checkPage(c: WebContext, opened: Opened, posts: { post?: Posted; message?: string } = {}): Promise<Response> {
  const { visit, key } = opened;
  const examination = await visit.service.store.examineDraft(key);
  if (!examination.ok) return failurePage(c, 'notFound');
  const { post, message } = posts;
  const hasErrors = examination.value.errors.some(({ code }) => code !== 'not-asked');
  return page(
    c,
    { title: '確認と提出', script: true, hasErrors, status: message === undefined ? 200 : 422 },
    <CheckView opened={opened} examination={examination.value} idempotencyKey={randomUUID()} post={post} message={message} />,
  );
}

async function check(c: WebContext): Promise<Response> {
  const opened = await openReturn(c);
  if (opened instanceof Response) return opened;
  const { visit, place, relation } = opened;
  if (isSubmitted(opened)) return c.redirect(visit.paths.receipt(place), 303);
  if (relation !== 'editor') return c.redirect(visit.paths.return(place), 303);
  return checkPage(c, opened, visit.rescued === undefined ? {} : { post: posted(visit.rescued) });
}

/** The reasons asked: the ready-made one that was chosen, and what was typed. */
function postedReasons({ draft }: Opened, { asked }: Examination, post: Posted): Reasons {
  const reasons: Record<string, string> = { ...draft.reasons };
  for (const { key } of asked) {
    if (!post.has(reasonName(key))) continue;
    const typed = lineFeeds(firstOf(post, reasonName(key)) ?? '').trim();
    const readyMade = firstOf(post, readyMadeName(key)) ?? '';
    const reason = [readyMade, typed].filter((text) => text !== '').join('\n');
    if (reason === '') delete reasons[key];
    else reasons[key] = reason;
  }
  return reasons;
}

/** Saves the reasons, and for a submission leaves out what is not asked. A message says why not. */
async function saveChecked(opened: Opened, post: Posted, leavesOut: boolean): Promise<string | undefined> {
  const { visit, key, draft, form } = opened;
  if (firstOf(post, 'etag') !== draft.etag(whole)) return changedMeanwhile;
  const { store } = visit.service;
  const examination = await store.examineDraft(key);
  if (!examination.ok) return problems['not-found'].title;
  const reasons = postedReasons(opened, examination.value, post);
  if (Object.values(reasons).some((reason) => reason.length > maxReason)) return `理由は${maxReason}文字以内で入力してください。`;
  const answers = leavesOut ? askedAnswers(form.sections, draft.answers) : draft.answers;
  if (sameAnswers(reasons, draft.reasons) && sameAnswers(answers, draft.answers)) return undefined;
  const saved = await store.saveDraft(key, whole, { answers, reasons }, { ifMatch: draft.etag(whole) }, visit.person.name);
  if (saved.ok) return undefined;
  return saved.problem.code === 'precondition-failed' ? changedMeanwhile : problems[saved.problem.code].title;
}

async function saveReasons(c: WebContext): Promise<Response> {
  const opened = await openReturn(c, 'return.edit');
  if (opened instanceof Response) return opened;
  const { visit, place } = opened;
  if (isSubmitted(opened)) return c.redirect(visit.paths.receipt(place), 303);
  const post = posted(new URLSearchParams(await c.req.text()));
  const message = await saveChecked(opened, post, false);
  return message === undefined ? c.redirect(visit.paths.check(place), 303) : checkPage(c, opened, { post, message });
}

/** What stands after the post: a receipt when it or another press of the button has submitted. */
async function afterSubmission(c: WebContext, post: Posted, message: string | undefined): Promise<Response> {
  const now = await openReturn(c, 'return.edit');
  if (now instanceof Response) return now;
  if (isSubmitted(now)) return c.redirect(now.visit.paths.receipt(now.place), 303);
  return checkPage(c, now, { post, message: message ?? changedMeanwhile });
}

async function submit(c: WebContext): Promise<Response> {
  const opened = await openReturn(c, 'return.submit');
  if (opened instanceof Response) return opened;
  const { visit, place, key } = opened;
  if (isSubmitted(opened)) return c.redirect(visit.paths.receipt(place), 303);
  const post = posted(new URLSearchParams(await c.req.text()));
  const message = await saveChecked(opened, post, true);
  if (message !== undefined) return afterSubmission(c, post, message);
  const outcome = await visit.service.store.submit(key, {
    actor: visit.person.name,
    idempotencyKey: firstOf(post, 'idempotency-key'),
    body: '',
  });
  if (outcome.ok) return afterSubmission(c, post, undefined);
  const { code } = outcome.problem;
  return afterSubmission(c, post, problems[code].title);
}

async function receipt(c: WebContext): Promise<Response> {
  const opened = await openReturn(c);
  if (opened instanceof Response) return opened;
  const { visit, place, key, draft } = opened;
  const { version } = draft.standing;
  const submitted = version === 0 ? undefined : await visit.service.store.version(key, version);
  if (submitted === undefined) return c.redirect(visit.paths.return(place), 303);
  return page(c, { title: isSubmitted(opened) ? '提出しました' : '提出の記録' }, <ReceiptView opened={opened} version={submitted} />);
}

async function withdraw(c: WebContext): Promise<Response> {
  const opened = await openReturn(c, 'return.submit');
  if (opened instanceof Response) return opened;
  const { visit, place, key } = opened;
  await visit.service.store.withdraw(key, visit.person.name);
  return c.redirect(visit.paths.return(place), 303);
}

const route = '/rounds/:round/returns/:form/:unit';

export function submissionPages(app: Hono<WebEnv>): void {
  app.get(`${route}/check`, (c) => check(c));
  app.post(`${route}/check`, (c) => saveReasons(c));
  app.post(`${route}/submission`, (c) => submit(c));
  app.get(`${route}/submission`, (c) => check(c));
  app.get(`${route}/receipt`, (c) => receipt(c));
  app.post(`${route}/withdrawal`, (c) => withdraw(c));
}
