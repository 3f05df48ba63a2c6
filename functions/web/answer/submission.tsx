/** Check, submit once, receipt, withdraw. */

import { randomUUID } from 'node:crypto';
import type { Hono } from 'hono';
import * as z from 'zod';
import { problems } from '../../../schemas/problem.ts';
import type { Problem } from '../../../schemas/problem.ts';
import { sameAnswers } from '../../../schemas/values/same-answers.ts';
import { askedAnswers } from '../../domain/asked.ts';
import { isAllowed } from '../../domain/authorisation.ts';
import { CheckView, unchangedName } from './check-view.tsx';
import { isLeftOut } from './findings.ts';
import { answersSentBack, lastCounted, openReturn, proxyOf } from './opened.ts';
import type { Opened } from './opened.ts';
import { standsCorrected } from '../../service/standing-correction.ts';
import { readReasons } from './reason-field.tsx';
import { ReceiptView } from './receipt-view.tsx';
import { Notice } from '../shared/notice.tsx';
import { page } from '../shared/layout.tsx';
import { pageWanted } from '../shared/pager.tsx';
import { firstOf, isMarked, posted } from '../../domain/posted/posted.ts';
import type { Posted } from '../../domain/posted/posted.ts';
import type { WebContext, WebEnv } from '../shared/visit.ts';

const whole = { kind: 'return' } as const;
const changedMeanwhile = 'この画面を開いた後に、回答が変更されました。内容をもう一度確認してください。';
const unchangedAsked =
  '差し戻された後、回答が修正されていません。修正するか、修正が不要な場合は「修正していません」を選んでから提出してください。';

/** Of a page that submits: another press of its button submits nothing more. */
export function readIdempotencyKey(post: Posted): string | undefined {
  return z.uuid().safeParse(firstOf(post, 'idempotency-key')).data;
}

/** A submitted return has a receipt; there is nothing left to check. */
function isSubmitted({ draft }: Opened): boolean {
  const { state } = draft.standing;
  return state === 'submitted' || state === 'accepted';
}

interface Refused {
  readonly message?: string | undefined;
  readonly reasonErrors?: ReadonlyMap<string, string>;
}

/** Sent back, and nothing of it has been changed since. */
async function isUnchanged(opened: Opened): Promise<boolean> {
  const { draft, form } = opened;
  if (draft.standing.state !== 'returned') return false;
  const sentBack = await answersSentBack(opened);
  return sentBack !== undefined && sameAnswers(askedAnswers(form.sections, draft.answers), sentBack);
}

async function checkPage(
  c: WebContext,
  opened: Opened,
  posts: Refused & { readonly post?: Posted } = {},
): Promise<Response> {
  const { visit, key, draft } = opened;
  const [examination, isCorrected, approval] = await Promise.all([
    draft.examination(),
    standsCorrected(visit.service.store, key, draft.standing),
    opened.relation === 'proxy' ? undefined : visit.service.approvals.approvalOf(key),
  ]);
  const { post, message, reasonErrors = new Map() } = posts;
  const isRefused = message !== undefined || reasonErrors.size > 0;
  const hasErrors = reasonErrors.size > 0 || examination.errors.some((error) => !isLeftOut(error));
  return page(
    c,
    { title: '確認と提出', script: true, hasErrors, status: isRefused ? 422 : 200 },
    <CheckView
      opened={opened}
      examination={examination}
      idempotencyKey={randomUUID()}
      post={post}
      message={message}
      reasonErrors={reasonErrors}
      isUnchanged={await isUnchanged(opened)}
      isCorrected={isCorrected}
      approval={approval?.ok ? approval.value : undefined}
      last={await lastCounted(opened)}
      page={post === undefined ? pageWanted(c.req.query('page')) : 1}
    />,
  );
}

async function check(c: WebContext): Promise<Response> {
  const opened = await openReturn(c);
  if (opened instanceof Response) return opened;
  const { visit, key, relation } = opened;
  if (isSubmitted(opened)) return c.redirect(visit.paths.receipt(key), 303);
  if (!isAllowed(relation, 'return.submit')) return c.redirect(visit.paths.return(key), 303);
  return checkPage(c, opened, visit.recovered === undefined ? {} : { post: posted(visit.recovered) });
}

function refusedBy({ code }: Problem): Refused {
  return { message: code === 'precondition-failed' ? changedMeanwhile : problems[code].title };
}

async function saveReasons(c: WebContext): Promise<Response> {
  const opened = await openReturn(c, 'return.edit');
  if (opened instanceof Response) return opened;
  const { visit, key, draft } = opened;
  if (isSubmitted(opened)) return c.redirect(visit.paths.receipt(key), 303);
  const post = posted(new URLSearchParams(await c.req.text()));
  const read = readReasons(post);
  if ('reasonErrors' in read) return checkPage(c, opened, { post, ...read });
  const given = Object.entries({ ...draft.reasons, ...read.reasons }).filter(([, reason]) => reason !== '');
  const { person, service } = visit;
  const body = { reasons: Object.fromEntries(given) };
  const ifMatch = firstOf(post, 'etag') ?? '';
  if (ifMatch === draft.etag(whole) && sameAnswers(body.reasons, draft.reasons))
    return c.redirect(visit.paths.check(key), 303);
  const saved = await service.returns.saveDraft(key, whole, body, { ifMatch }, person.name, person.id, proxyOf(opened));
  if (!saved.ok) return checkPage(c, opened, { post, ...refusedBy(saved.problem) });
  return c.redirect(visit.paths.check(key), 303);
}

/** Why there is no receipt; when another press of the button has submitted, there is one. */
async function notSubmitted(c: WebContext, opened: Opened, post: Posted, refused: Refused): Promise<Response> {
  if (isSubmitted(opened)) return c.redirect(opened.visit.paths.receipt(opened.key), 303);
  return checkPage(c, opened, { post, ...refused });
}

async function submit(c: WebContext): Promise<Response> {
  const opened = await openReturn(c, 'return.submit');
  if (opened instanceof Response) return opened;
  const { service, person, paths } = opened.visit;
  const post = posted(new URLSearchParams(await c.req.text()));
  const read = readReasons(post);
  if ('reasonErrors' in read) return notSubmitted(c, opened, post, read);
  if (!isMarked(post, unchangedName) && (await isUnchanged(opened)))
    return notSubmitted(c, opened, post, { message: unchangedAsked });
  const outcome = await service.returns.submit(opened.key, {
    actor: person.name,
    idempotencyKey: readIdempotencyKey(post),
    body: '',
    onBehalf: proxyOf(opened),
    checked: { ifMatch: firstOf(post, 'etag') ?? '', reasons: read.reasons, actorId: person.id },
  });
  // The prefecture goes on with what it reviews.
  if (outcome.ok && opened.relation === 'proxy') return c.redirect(paths.review(opened.key), 303);
  if (outcome.ok) return c.redirect(paths.receipt(opened.key), 303);
  // What was typed is stored even so, or somebody else was faster.
  const now = outcome.examined ? { ...opened, draft: outcome.examined } : await openReturn(c, 'return.submit');
  return now instanceof Response ? now : notSubmitted(c, now, post, refusedBy(outcome.problem));
}

async function receipt(c: WebContext): Promise<Response> {
  const opened = await openReturn(c);
  if (opened instanceof Response) return opened;
  const { visit, key, draft } = opened;
  const { version } = draft.standing;
  const submitted = version === 0 ? undefined : await visit.service.store.version(key, version);
  if (submitted === undefined) return c.redirect(visit.paths.return(key), 303);
  return page(
    c,
    { title: isSubmitted(opened) ? '提出しました' : '提出の記録' },
    <ReceiptView opened={opened} version={submitted} />,
  );
}

async function withdraw(c: WebContext): Promise<Response> {
  const opened = await openReturn(c, 'return.submit');
  if (opened instanceof Response) return opened;
  const { visit, key } = opened;
  const withdrawn = await visit.service.returns.withdraw(key, visit.person.name);
  if (withdrawn.ok) return c.redirect(visit.paths.return(key), 303);
  const now = await openReturn(c, 'return.submit');
  if (now instanceof Response) return now;
  const { state, version: number } = now.draft.standing;
  const version = number === 0 ? undefined : await visit.service.store.version(key, number);
  // Another press of the button has withdrawn it.
  if (state === 'draft' || version === undefined) return c.redirect(visit.paths.return(key), 303);
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
