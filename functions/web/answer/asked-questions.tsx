/** 県への質問: what the officer asks the prefecture about a question of the form, and what it has answered. */

import type { Hono } from 'hono';
import { longestQuestion, questionToAsk } from '../../../schemas/asked-question.ts';
import type { AskedQuestion } from '../../../schemas/asked-question.ts';
import { labelOfQuestion, questionsToAskAbout } from '../../domain/asked-questions.ts';
import { withParameters } from '../shared/address.ts';
import { ErrorSummary } from '../shared/error-summary.tsx';
import { page } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { postedForm } from '../shared/posted-form.ts';
import { publishedId, publishedTitle } from '../shared/published-answers.tsx';
import { RecoveredNotice } from '../shared/recovered-notice.tsx';
import { Paragraphs } from '../shared/round-texts-view.tsx';
import { DateTime } from '../shared/time.tsx';
import type { WebContext, WebEnv } from '../shared/visit.ts';
import { Trail } from './frame.tsx';
import { linkedErrors } from '../shared/labelled-controls.tsx';
import { MessageForm, newMessage, postedMessage, refusedMessage } from './message-form.tsx';
import type { Message } from './message-form.tsx';
import { openReturn } from './opened.ts';
import type { Opened } from './opened.ts';

const title = '県への質問';
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

async function view(c: WebContext, opened: Opened, message: Message): Promise<Response> {
  const { visit, key, round, form } = opened;
  const { section, errors, status } = message;
  const asked = await visit.service.questions.asked(key);
  const newest = asked.toSorted((a, b) => (a.askedAt < b.askedAt ? 1 : -1));
  return page(
    c,
    { title, status, hasErrors: errors.length > 0, script: true },
    <>
      <Trail opened={opened} below={[{ label: title }]} />
      <ErrorSummary errors={linkedErrors(message.errors)} />
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
      <MessageForm
        opened={opened}
        message={message}
        action={visit.paths.questions(key, section)}
        places={questionsToAskAbout(form, section)}
        longest={longestQuestion}
        words={{
          place: '質問する項目',
          text: '質問',
          hint: '市町村名と質問した人の名前とともに、県に送られます。個人情報は書かないでください。',
          button: '県に質問する',
        }}
      />
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
  const { visit, round } = opened;
  if (visit.person.role === 'prefecture') return c.redirect(visit.paths.roundQuestions(round.id), 303);
  return view(c, opened, newMessage(c, opened));
}

async function ask(c: WebContext): Promise<Response> {
  const opened = await openReturn(c, 'question.ask');
  if (opened instanceof Response) return opened;
  const { visit, key, form } = opened;
  const { message, wanted } = postedMessage(c, opened, await postedForm(c), questionToAsk);
  if (wanted === undefined) return view(c, opened, message);
  const asked = await visit.service.questions.ask(key, form, wanted, visit.person.name, message.typed.id);
  if (asked.ok) return c.redirect(withParameters(visit.paths.questions(key), { done: 'asked' }), 303);
  return view(c, opened, refusedMessage(message, asked.problem));
}

export function askedQuestionPages(app: Hono<WebEnv>): void {
  app.get('/rounds/:round/returns/:form/:unit/questions', (c) => show(c));
  app.post('/rounds/:round/returns/:form/:unit/questions', (c) => ask(c));
}
