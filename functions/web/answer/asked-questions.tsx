/** 県への質問: what the officer asks the prefecture about a question of the form, and what it has answered. */

import { randomUUID } from 'node:crypto';
import type { Hono } from 'hono';
import * as z from 'zod';
import { longestQuestion, questionToAsk } from '../../../schemas/asked-question.ts';
import type { AskedQuestion } from '../../../schemas/asked-question.ts';
import { errorsOf } from '../../../schemas/issues.ts';
import { problems } from '../../../schemas/problem.ts';
import type { FieldError } from '../../../schemas/problem.ts';
import { labelOfQuestion, questionsToAskAbout } from '../../domain/asked-questions.ts';
import { withParameters } from '../shared/address.ts';
import { httpStatusOf } from '../shared/admission.tsx';
import { Button } from '../shared/button.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { ErrorSummary } from '../shared/error-summary.tsx';
import { LabelledSelect, LabelledTextArea, fieldId } from '../shared/labelled-controls.tsx';
import { page } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { postedForm } from '../shared/posted-form.ts';
import { publishedId, publishedTitle } from '../shared/published-answers.tsx';
import { RecoveredNotice } from '../shared/recovered-notice.tsx';
import { Paragraphs } from '../shared/round-texts-view.tsx';
import { DateTime } from '../shared/time.tsx';
import type { WebContext, WebEnv } from '../shared/visit.ts';
import { Trail } from './frame.tsx';
import { openReturn } from './opened.ts';
import type { Opened } from './opened.ts';

const title = '県への質問';
const questionId = z.uuid();

interface Typed {
  readonly id: string;
  readonly path: string;
  readonly text: string;
}

interface Shown {
  readonly typed: Typed;
  readonly errors: readonly FieldError[];
}

function Asked({ opened: { form }, question }: { readonly opened: Opened; readonly question: AskedQuestion }) {
  const { path, text, askedAt, askedBy, answer } = question;
  return (
    <section class="card">
      <h3 class="card__title">{labelOfQuestion(form, path)}</h3>
      <p class="hint">
        <DateTime at={new Date(askedAt)} />　{askedBy}
      </p>
      <p class="preserved">{text}</p>
      {answer === undefined ? (
        <p>
          <strong class="tag">回答待ち</strong>
        </p>
      ) : (
        <>
          <p>
            <strong class="tag tag--accepted">回答</strong>
            {'　'}
            <span class="hint">
              <DateTime at={new Date(answer.answeredAt)} />
            </span>
          </p>
          <Paragraphs text={answer.text} />
        </>
      )}
    </section>
  );
}

function AskForm({ opened, shown: { typed, errors } }: { readonly opened: Opened; readonly shown: Shown }) {
  const { visit, key, form } = opened;
  const messageOf = (name: string) => errors.find(({ path }) => path === name)?.message;
  const section = typed.path === '' ? undefined : typed.path.split('.')[0];
  return (
    <form method="post" action={visit.paths.questions(key)} data-warn>
      <CsrfField visit={visit} />
      <input type="hidden" name="id" value={typed.id} />
      <LabelledSelect
        name="path"
        label="質問する項目"
        value={typed.path}
        error={messageOf('path')}
        options={questionsToAskAbout(form, section)}
      />
      <LabelledTextArea
        id={fieldId('text')}
        name="text"
        label="質問"
        hint={`${longestQuestion.toLocaleString('ja-JP')}文字まで。市町村名と質問した人の名前とともに、県に送られます。個人情報は書かないでください。`}
        value={typed.text}
        error={messageOf('text')}
        maxLength={longestQuestion}
      />
      <div class="button-row">
        <Button>県に質問する</Button>
        <a href={visit.paths.return(key)}>回答する項目に戻る</a>
      </div>
    </form>
  );
}

async function view(c: WebContext, opened: Opened, shown: Shown, status: 200 | 409 | 422 = 200): Promise<Response> {
  const { visit, key, round } = opened;
  const asked = await visit.service.questions.asked(key);
  const newest = asked.toSorted((a, b) => (a.askedAt < b.askedAt ? 1 : -1));
  const { errors } = shown;
  return page(
    c,
    { title, status, hasErrors: errors.length > 0, script: true },
    <>
      <Trail opened={opened} below={[{ label: title }]} />
      <ErrorSummary errors={errors.map(({ path, message }) => ({ href: `#${fieldId(path)}`, message }))} />
      {c.req.query('done') === 'asked' && (
        <Notice kind="success" title="質問を県に送りました。回答は、この画面に表示されます。" />
      )}
      {visit.recovered !== undefined && <RecoveredNotice />}
      <h1>{title}</h1>
      <p>
        調査票の項目について県に質問できます。先に
        <a href={visit.paths.help(key)}>記入要領</a>と
        <a href={`${visit.paths.roundGuide(round.id)}#${publishedId}`}>{publishedTitle}</a>
        を確認してください。県は、質問した市町村が分からない形に書き直して、質問と回答を全ての市町村に示すことがあります。
      </p>
      <AskForm opened={opened} shown={shown} />
      {newest.length > 0 && (
        <section aria-labelledby="asked">
          <h2 id="asked">質問と回答（{newest.length}件）</h2>
          {newest.map((question) => (
            <Asked opened={opened} question={question} />
          ))}
        </section>
      )}
    </>,
  );
}

async function show(c: WebContext): Promise<Response> {
  const opened = await openReturn(c, 'question.read');
  if (opened instanceof Response) return opened;
  const { visit, round, form } = opened;
  if (visit.person.role === 'prefecture') return c.redirect(visit.paths.roundQuestions(round.id), 303);
  const { recovered } = visit;
  const section = c.req.query('section') ?? '';
  const typed = {
    id: randomUUID(),
    path: recovered?.get('path') ?? (form.items.has(section) ? section : ''),
    text: recovered?.get('text') ?? '',
  };
  return view(c, opened, { typed, errors: [] });
}

async function ask(c: WebContext): Promise<Response> {
  const opened = await openReturn(c, 'question.ask');
  if (opened instanceof Response) return opened;
  const { visit, key, form } = opened;
  const post = await postedForm(c);
  const id = questionId.safeParse(post.text('id')).data ?? randomUUID();
  const typed = { id, path: post.text('path'), text: post.text('text') };
  const wanted = { path: typed.path, text: typed.text };
  const parsed = questionToAsk.safeParse(wanted);
  if (!parsed.success) return view(c, opened, { typed, errors: errorsOf(parsed.error, wanted, 2) }, 422);
  const asked = await visit.service.questions.ask(key, form, parsed.data, visit.person.name, id);
  if (asked.ok) return c.redirect(withParameters(visit.paths.questions(key), { done: 'asked' }), 303);
  const { code, errors = [{ path: 'text', code, message: problems[code].title }] } = asked.problem;
  return view(c, opened, { typed, errors }, httpStatusOf(asked.problem) === 409 ? 409 : 422);
}

export function askedQuestionPages(app: Hono<WebEnv>): void {
  app.get('/rounds/:round/returns/:form/:unit/questions', (c) => show(c));
  app.post('/rounds/:round/returns/:form/:unit/questions', (c) => ask(c));
}
