/** 庁内のコメント: what officers and colleagues of a municipality say to each other about the questions of a return. */

import type { Hono } from 'hono';
import { commentToWrite, longestComment } from '../../../schemas/comment.ts';
import type { Comment } from '../../../schemas/comment.ts';
import { isAllowed } from '../../domain/authorisation.ts';
import { labelOfQuestion, questionsToAskAbout } from '../../domain/asked-questions.ts';
import { CsrfField } from '../shared/csrf-field.tsx';
import { ErrorSummary } from '../shared/error-summary.tsx';
import { page } from '../shared/layout.tsx';
import { postedForm } from '../shared/posted-form.ts';
import { RecoveredNotice } from '../shared/recovered-notice.tsx';
import { DateTime } from '../shared/time.tsx';
import type { WebContext, WebEnv } from '../shared/visit.ts';
import { Trail } from './frame.tsx';
import { linkedErrors } from '../shared/labelled-controls.tsx';
import { MessageForm, newMessage, postedMessage, refusedMessage } from './message-form.tsx';
import type { Message } from './message-form.tsx';
import { openReturn } from './opened.ts';
import type { Opened } from './opened.ts';

const title = '庁内のコメント';
function Said({ opened, comment }: { readonly opened: Opened; readonly comment: Comment }) {
  const { visit, key, form, relation } = opened;
  const { id, path, text, at, by } = comment;
  return (
    <section class="card">
      <h3 class="card__title">{labelOfQuestion(form, path)}</h3>
      <p class="hint">
        <DateTime at={new Date(at)} />（{by}）
      </p>
      <p class="preserved">{text}</p>
      {isAllowed(relation, 'comment.remove') && (
        <form method="post" action={visit.paths.comments(key)}>
          <CsrfField visit={visit} />
          <button class="button button--text" name="remove" value={id}>
            削除する
          </button>
        </form>
      )}
    </section>
  );
}

/** What may be commented on: for a guest the sections that were shared. */
function places({ form, sections }: Opened, section: string | undefined): (readonly [string, string])[] {
  return questionsToAskAbout(form, section).filter(
    ([path]) => sections === undefined || sections.includes(path.split('.')[0] ?? ''),
  );
}

async function view(c: WebContext, opened: Opened, message: Message): Promise<Response> {
  const { visit, key } = opened;
  const { section, errors, status } = message;
  const comments = await visit.service.comments.comments(opened);
  return page(
    c,
    { title, status, hasErrors: errors.length > 0, script: true },
    <>
      <Trail opened={opened} below={[{ label: title }]} />
      <ErrorSummary errors={linkedErrors(message.errors)} />
      {visit.recovered !== undefined && <RecoveredNotice />}
      <h1>{title}</h1>
      <p>
        この調査票に回答する担当者どうしの連絡に使えます。県には表示されず、出力や履歴にも残りません。調査の回答を廃棄するときに、コメントも廃棄します。
      </p>
      <MessageForm
        opened={opened}
        message={message}
        action={visit.paths.comments(key, section)}
        places={places(opened, section)}
        longest={longestComment}
        words={{ place: '項目', text: 'コメント', button: 'コメントする' }}
      />
      {comments.length > 0 && (
        <section aria-labelledby="comments">
          <h2 id="comments">コメント（{comments.length}件）</h2>
          {comments.map((comment) => (
            <Said opened={opened} comment={comment} />
          ))}
        </section>
      )}
    </>,
  );
}

async function show(c: WebContext): Promise<Response> {
  const opened = await openReturn(c, 'comment.write');
  return opened instanceof Response ? opened : view(c, opened, newMessage(c, opened));
}

async function post(c: WebContext): Promise<Response> {
  const form = await postedForm(c);
  const removed = form.text('remove');
  const opened = await openReturn(c, removed === '' ? 'comment.write' : 'comment.remove');
  if (opened instanceof Response) return opened;
  const { visit, key } = opened;
  const { message, wanted } = postedMessage(c, opened, form, commentToWrite);
  const back = visit.paths.comments(key, message.section);
  if (removed !== '') {
    await visit.service.comments.removeComment(key, removed);
    return c.redirect(back, 303);
  }
  if (wanted === undefined) return view(c, opened, message);
  const written = await visit.service.comments.comment(opened, wanted, visit.person.name, message.typed.id);
  return written.ok ? c.redirect(back, 303) : view(c, opened, refusedMessage(message, written.problem));
}

export function commentPages(app: Hono<WebEnv>): void {
  app.get('/rounds/:round/returns/:form/:unit/comments', (c) => show(c));
  app.post('/rounds/:round/returns/:form/:unit/comments', (c) => post(c));
}
