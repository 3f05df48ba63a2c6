/** Deciding on a return: 確認済, or 差戻し with a comment and a reason at the questions chosen. */

import { formOfVersion } from '../../domain/previous-scopes.ts';
import type { Hono } from 'hono';
import { decision as decisionSchema, longestReason } from '../../../schemas/return.ts';
import type { Decision, Version } from '../../../schemas/return.ts';
import { isBlank, isLongerThan } from '../../../schemas/values/text.ts';
import type { Standing } from '../../domain/life.ts';
import { trackedReturn } from '../../domain/log.ts';
import type { FoundReturn } from '../../service/access.ts';
import { answerBlocks } from '../../domain/answer-rows.ts';
import { page } from '../shared/layout.tsx';
import { namesIn } from '../../domain/print-answer.ts';
import { withParameters } from '../shared/address.ts';
import { refusalPage, returnAdmitted } from '../shared/admission.tsx';
import { commentField, isSettled, questionReasons, readSendBack } from './decision-form.ts';
import type { DecisionFields } from './decision-form.ts';
import { openTexts } from './open-texts.ts';
import { placeLabel } from '../../domain/place-label.ts';
import { postedForm } from '../shared/posted-form.ts';
import { RoundNav } from '../shared/round-nav.tsx';
import { SendBackView, titleOf } from './send-back-view.tsx';
import type { SendBackProps } from './send-back-view.tsx';
import { nextToDecide, readUnitQuery, writeUnitQuery } from './tracked-units.ts';
import { roundView } from './round-view.ts';
import { UnsavedTexts } from '../shared/unsaved-texts.tsx';
import type { UnsavedText } from '../shared/unsaved-texts.tsx';
import type { Visit, WebContext, WebEnv } from '../shared/visit.ts';

type SendBackTexts = Pick<DecisionFields, 'comment' | 'questions'>;

interface Deciding {
  readonly visit: Visit;
  readonly found: FoundReturn;
  readonly suffix: string;
}

function decidingIn(c: WebContext, visit: Visit, found: FoundReturn): Deciding {
  return { visit, found, suffix: writeUnitQuery(readUnitQuery(c.req.query())) };
}

async function standingOf({ service }: Visit, { key }: FoundReturn): Promise<Standing | undefined> {
  const state = await service.store.roundState(key.round);
  return state === undefined ? undefined : trackedReturn(state, key.form, key.unit);
}

/** What the officer wrote, when nothing can be done with it any more. */
function writtenTexts(
  { found }: Deciding,
  { comment, questions }: SendBackTexts,
  commentLabel = '差戻しの理由',
): UnsavedText[] {
  const reasons = questions.map(({ path, reason }) => ({
    label: `${placeLabel(found, {}, path)}の理由`,
    text: reason,
  }));
  return [{ label: commentLabel, text: comment }, ...reasons].filter(({ text }) => !isBlank(text));
}

/** The return has changed since the officer opened it: the page says so and leads to what is stored now. */
function conflictPage(
  c: WebContext,
  deciding: Deciding,
  standing: Standing | undefined,
  written: SendBackTexts,
): Response | Promise<Response> {
  const { visit, found, suffix } = deciding;
  const { paths } = visit;
  const title = 'この版については決定できませんでした';
  const now = {
    notStarted: '現在、この回答は提出されていません。',
    draft: '市町村が提出を取り下げ、修正しています。',
    submitted: `市町村が新しい版（第${standing?.version ?? ''}版）を提出しています。`,
    returned: 'ほかの担当者がすでに差し戻しています。',
    accepted: 'ほかの担当者がすでに確認済にしています。',
  }[standing?.state ?? 'notStarted'];
  return page(
    c,
    { title, status: 409 },
    <>
      <RoundNav paths={paths} round={found.round} current="round" trail={[{ label: title }]} />
      <h1>{title}</h1>
      <p>画面を表示した後に、回答の状態が変わりました。{now}決定は記録されていません。</p>
      <UnsavedTexts texts={writtenTexts(deciding, written)} />
      <p>
        <a href={paths.review(found.key) + suffix}>現在の回答を確認する</a>
      </p>
    </>,
  );
}

const doneWith = { accept: 'accepted', return: 'returned', undo: 'undone' } as const;

/** To the next that waits for a decision, or to the list where none does; either says what was accepted. */
async function toNext(c: WebContext, { visit, found, suffix }: Deciding): Promise<Response> {
  const { paths } = visit;
  const { key, round } = found;
  const query = readUnitQuery(c.req.query());
  const next = nextToDecide((await roundView(visit, round)).units, query, key.form, key.unit);
  const address =
    next === undefined
      ? paths.queue(round.id) + suffix
      : paths.review({ round: round.id, form: next.form.id, unit: next.unit }) + suffix;
  return c.redirect(withParameters(address, { accepted: `${key.form}/${key.unit}` }), 303);
}

async function decide(c: WebContext, deciding: Deciding, decision: Decision, goesOn = false): Promise<Response> {
  const written =
    decision.decision === 'return'
      ? decision
      : { comment: decision.decision === 'undo' ? decision.reason : '', questions: [] };
  const { visit, found, suffix } = deciding;
  const { service, person, paths } = visit;
  const outcome = await service.returns.decide(found.key, decision, person.name);
  if (!outcome.ok) {
    const { code } = outcome.problem;
    const isConflict = code === 'not-submitted' || code === 'not-current-version' || code === 'already-accepted';
    if (!isConflict)
      return refusalPage(
        c,
        outcome.problem,
        { href: paths.review(found.key) + suffix, label: '回答へ戻る' },
        writtenTexts(deciding, written),
      );
    const standing = await standingOf(visit, found);
    if (standing === undefined || !isSettled(standing, decision)) return conflictPage(c, deciding, standing, written);
  }
  if (goesOn) return toNext(c, deciding);
  return c.redirect(withParameters(paths.review(found.key) + suffix, { done: doneWith[decision.decision] }), 303);
}

async function sendBackPage(c: WebContext, props: Omit<SendBackProps, 'answers'>): Promise<Response> {
  const { visit, found, version, errors } = props;
  const { unit, form, round } = found;
  const directory = await visit.service.store.directoryOfRound(round);
  const blocks = answerBlocks({
    sections: formOfVersion(form, version).sections,
    answers: version.answers,
    names: namesIn(directory),
  });
  const answers = new Map(
    blocks.flatMap(({ rows }) => rows.map(({ path, answer }): [string, string] => [path, answer])),
  );
  return page(
    c,
    { title: `${titleOf(props)}：${unit.name}`, status: errors.length > 0 ? 422 : 200, hasErrors: errors.length > 0 },
    <SendBackView {...props} answers={answers} />,
  );
}

/** The version that is to be decided on, if it still stands as the officer saw it. */
async function decidable(
  visit: Visit,
  found: FoundReturn,
  seen: string,
): Promise<{ version: Version; standing: Standing } | undefined> {
  const standing = await standingOf(visit, found);
  if (standing === undefined || String(standing.version) !== seen) return undefined;
  if (standing.state !== 'submitted' && standing.state !== 'accepted') return undefined;
  const version = await visit.service.store.version(found.key, standing.version);
  return version === undefined ? undefined : { version, standing };
}

async function showSendBack(c: WebContext, visit: Visit, found: FoundReturn): Promise<Response> {
  const deciding = decidingIn(c, visit, found);
  const { recovered } = visit;
  const seen = c.req.query('version') ?? recovered?.get('version') ?? '';
  const fields = {
    version: seen,
    comment: recovered?.get(commentField) ?? '',
    questions: questionReasons(
      recovered?.getAll('question') ?? c.req.queries('question') ?? [],
      recovered?.getAll('reason') ?? [],
    ),
  };
  const at = await decidable(visit, found, seen);
  if (at === undefined) return conflictPage(c, deciding, await standingOf(visit, found), fields);
  return sendBackPage(c, { ...deciding, ...at, fields, errors: [] });
}

/** Free texts that will be published were shown; whoever accepts says that they were read. */
async function unreadTexts({ service }: Visit, found: FoundReturn, version: number): Promise<boolean> {
  const current = await service.store.version(found.key, version);
  return current !== undefined && openTexts(found, current.answers).length > 0;
}

function undo(c: WebContext, deciding: Deciding, seen: string, reason: string): Promise<Response> | Response {
  const { visit, found, suffix } = deciding;
  const read = decisionSchema.safeParse({ version: Number(seen), decision: 'undo', reason });
  if (read.success) return decide(c, deciding, read.data);
  return refusalPage(
    c,
    {
      code: 'invalid-decision',
      detail: isLongerThan(reason, longestReason)
        ? `取り消す理由は${longestReason}文字以内で記入してください。`
        : '「確認済を取り消す」を開き、取り消す理由を記入してください。',
    },
    { href: visit.paths.review(found.key) + suffix, label: '回答へ戻る' },
    writtenTexts(deciding, { comment: reason, questions: [] }, '取り消す理由'),
  );
}

async function postDecision(c: WebContext, visit: Visit, found: FoundReturn): Promise<Response> {
  const deciding = decidingIn(c, visit, found);
  const post = await postedForm(c);
  const seen = post.text('version');
  const pressed = post.text('decision');
  if (pressed === 'undo') return undo(c, deciding, seen, post.text('undoReason'));
  if (pressed === 'accept' || pressed === 'acceptAndNext') {
    const version = Number(seen);
    if (!Number.isSafeInteger(version) || version < 1) return refusalPage(c, { code: 'malformed-request' });
    if (post.text('read') !== 'yes' && (await unreadTexts(visit, found, version)))
      return refusalPage(
        c,
        {
          code: 'invalid-decision',
          detail: '公表される記述を読み、「公表される記述を読みました」を選んでから確認済にしてください。',
        },
        { href: `${visit.paths.review(found.key)}${deciding.suffix}#open-texts`, label: '公表される記述を読む' },
      );
    return decide(c, deciding, { decision: 'accept', version }, pressed === 'acceptAndNext');
  }
  const fields = {
    version: seen,
    comment: post.text(commentField),
    questions: questionReasons(post.all('question'), post.all('reason')),
  };
  const at = await decidable(visit, found, seen);
  const read = readSendBack(fields, (path) => placeLabel(found, at?.version.answers ?? {}, path));
  if (read.ok) return decide(c, deciding, read.decision);
  if (at === undefined) return conflictPage(c, deciding, await standingOf(visit, found), fields);
  return sendBackPage(c, { ...deciding, ...at, fields, errors: read.errors });
}

export function decisionPages(app: Hono<WebEnv>): void {
  const path = '/rounds/:round/returns/:form/:unit/decision';
  app.get(path, returnAdmitted('return.decide', showSendBack));
  app.post(path, returnAdmitted('return.decide', postDecision));
}
