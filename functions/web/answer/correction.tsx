/**
 * 職権訂正: the prefecture corrects what was submitted. What it changes travels with the page until it is submitted, in one
 * step with the reason; until then nothing of the return is different.
 */

import type { Hono } from 'hono';
import { onBehalf } from '../../../schemas/return.ts';
import type { Reasons, Version } from '../../../schemas/return.ts';
import type { FieldError, Problem } from '../../../schemas/problem.ts';
import { lineFeeds } from '../../../schemas/values/text.ts';
import { answerChanges } from '../../domain/answer-changes.ts';
import { askedAnswers } from '../../domain/asked.ts';
import { isEditable } from '../../domain/life.ts';
import { normalForm } from '../../domain/normal-form.ts';
import { firstOf, posted } from '../../domain/posted/posted.ts';
import type { Posted } from '../../domain/posted/posted.ts';
import { withParameters } from '../shared/address.ts';
import { refusalPage } from '../shared/admission.tsx';
import { page } from '../shared/layout.tsx';
import type { UnsavedText } from '../shared/unsaved-texts.tsx';
import type { WebContext, WebEnv } from '../shared/visit.ts';
import { CorrectionView, correctionLabels, correctionTitle } from './correction-view.tsx';
import { lastAnswers, openReturn } from './opened.ts';
import type { Opened } from './opened.ts';
import { readReasons } from './reason-field.tsx';
import { newEntryId } from './save.ts';
import { readIdempotencyKey } from './submission.tsx';
import { beginWorkingCopy, continueWorkingCopy } from './working-copy.ts';
import type { WorkingCopy } from './working-copy.ts';

const whole = { kind: 'return' } as const;

type Submitted = Pick<Version, 'version' | 'answers' | 'reasons'>;

interface Correction {
  readonly opened: Opened;
  /** What stands submitted. */
  readonly version: Submitted;
  readonly copy: WorkingCopy;
  readonly post: Posted;
  readonly reason: string;
}

function correctionOf(opened: Opened, version: Submitted, post: Posted): Correction {
  const begun = beginWorkingCopy(opened.form, version.answers);
  const copy = post.size === 0 ? begun : continueWorkingCopy(opened.form, post, newEntryId, begun);
  return { opened, version, copy, post, reason: lineFeeds(firstOf(post, 'correctionReason') ?? '') };
}

/** As it would be submitted: without what is not asked any more. */
function correctedAnswers({ opened: { form }, copy }: Correction) {
  return normalForm(form.sections, askedAnswers(form.sections, copy.answers), newEntryId);
}

interface Refused {
  readonly errors?: readonly FieldError[];
  readonly reasonErrors?: ReadonlyMap<string, string>;
}

async function correctionPage(c: WebContext, correction: Correction, refused: Refused = {}): Promise<Response> {
  const { opened, version, copy, post } = correction;
  const { errors = [], reasonErrors = new Map<string, string>() } = refused;
  const given = readReasons(post);
  const reasons: Reasons = { ...version.reasons, ...('reasons' in given ? given.reasons : {}) };
  const action = firstOf(post, 'action');
  const isReview = copy.problems.size === 0 && (action === 'check' || action === 'submit');
  const answers = isReview ? correctedAnswers(correction) : copy.answers;
  const [examined, last] = await Promise.all([
    opened.visit.service.returns.examineContent(opened.key, { answers, reasons }),
    lastAnswers(opened),
  ]);
  if (!examined.ok) return refusalPage(c, examined.problem);
  const isRefused = errors.length > 0 || reasonErrors.size > 0;
  const hasErrors = isRefused || copy.problems.size > 0;
  return page(
    c,
    {
      title: `${opened.unit.name}　${correctionTitle}`,
      script: true,
      hasErrors,
      status: hasErrors ? 422 : 200,
    },
    <CorrectionView
      {...correction}
      answers={answers}
      reasons={reasons}
      examination={examined.value}
      last={last}
      isReview={isReview}
      errors={errors}
      reasonErrors={reasonErrors}
    />,
  );
}

/** What was typed, where nothing can be done with it any more. */
function typedTexts(correction: Correction): UnsavedText[] {
  const { opened, version, reason } = correction;
  const changes = answerChanges(opened.form.sections, version.answers, correctedAnswers(correction), opened.names);
  return [
    ...(reason === '' ? [] : [{ label: correctionLabels.correctionReason, text: reason }]),
    ...changes.map(({ label, after }) => ({ label, text: after })),
  ];
}

function refusedPage(
  c: WebContext,
  { opened }: Pick<Correction, 'opened'>,
  problem: Problem,
  texts: UnsavedText[] = [],
) {
  const { visit, key } = opened;
  const isChanged = problem.code === 'precondition-failed';
  const back = isChanged
    ? { href: visit.paths.correction(key), label: '今の回答から訂正をやり直す' }
    : { href: visit.paths.review(key), label: '回答へ戻る' };
  return refusalPage(c, problem, back, texts);
}

/** What stands submitted of a return; nothing where it is being answered. */
async function submittedVersion({ visit, key, draft: { standing } }: Opened): Promise<Version | undefined> {
  return isEditable(standing) ? undefined : visit.service.store.version(key, standing.version);
}

async function show(c: WebContext): Promise<Response> {
  const opened = await openReturn(c, 'return.onBehalf');
  if (opened instanceof Response) return opened;
  const version = await submittedVersion(opened);
  if (version === undefined) return refusedPage(c, { opened }, { code: 'not-submitted' });
  return correctionPage(c, correctionOf(opened, version, posted(opened.visit.recovered ?? new URLSearchParams())));
}

async function submit(c: WebContext, correction: Correction): Promise<Response> {
  const { opened, version, post, reason } = correction;
  const { visit, key } = opened;
  const { service, person, paths } = visit;
  const named = onBehalf.safeParse({ source: 'correction', reason });
  const given = readReasons(post);
  if (!named.success || 'reasonErrors' in given) {
    const issues = named.error?.issues ?? [];
    const errors = issues.map(({ message }) => ({ path: 'correctionReason', code: 'invalid-on-behalf', message }));
    return correctionPage(c, correction, { errors, ...('reasonErrors' in given ? given : {}) });
  }
  const reasons = Object.entries({ ...version.reasons, ...given.reasons }).filter(([, text]) => text !== '');
  const outcome = await service.returns.submit(key, {
    actor: person.name,
    idempotencyKey: readIdempotencyKey(post),
    body: '',
    onBehalf: named.data,
    corrected: {
      answers: correctedAnswers(correction),
      reasons: Object.fromEntries(reasons),
      ifMatch: firstOf(post, 'etag') ?? '',
      actorId: person.id,
    },
  });
  if (outcome.ok) return c.redirect(withParameters(paths.review(key), { done: 'corrected' }), 303);
  // Why it is not submitted stands on the page.
  if (outcome.problem.code === 'invalid-return') return correctionPage(c, correction);
  return refusedPage(c, correction, outcome.problem, typedTexts(correction));
}

async function change(c: WebContext): Promise<Response> {
  const opened = await openReturn(c, 'return.onBehalf');
  if (opened instanceof Response) return opened;
  const post = posted(new URLSearchParams(await c.req.text()));
  const version = await submittedVersion(opened);
  const { answers, reasons, standing, etag } = opened.draft;
  const correction = correctionOf(opened, version ?? { version: standing.version, answers, reasons }, post);
  if (version === undefined) return refusedPage(c, correction, { code: 'not-submitted' }, typedTexts(correction));
  if (firstOf(post, 'action') === 'submit') return submit(c, correction);
  if (firstOf(post, 'etag') !== etag(whole))
    return refusedPage(c, correction, { code: 'precondition-failed' }, typedTexts(correction));
  return correctionPage(c, correction);
}

export function correctionPages(app: Hono<WebEnv>): void {
  app.get('/rounds/:round/returns/:form/:unit/correction', (c) => show(c));
  app.post('/rounds/:round/returns/:form/:unit/correction', (c) => change(c));
}
