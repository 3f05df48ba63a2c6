/** 庁内のコメント: what officers and colleagues of a municipality say to each other about the questions of a return. */

import { randomUUID } from 'node:crypto';
import type { Hono } from 'hono';
import * as z from 'zod';
import { commentToWrite, longestComment } from '../../../schemas/comment.ts';
import type { Comment } from '../../../schemas/comment.ts';
import { errorsOf } from '../../../schemas/issues.ts';
import { problems } from '../../../schemas/problem.ts';
import type { FieldError } from '../../../schemas/problem.ts';
import { isAllowed } from '../../domain/authorisation.ts';
import { labelOfQuestion, questionsToAskAbout } from '../../domain/asked-questions.ts';
import { httpStatusOf } from '../shared/admission.tsx';
import { Button } from '../shared/button.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { ErrorSummary } from '../shared/error-summary.tsx';
import { LabelledSelect, LabelledTextArea, fieldId } from '../shared/labelled-controls.tsx';
import { page } from '../shared/layout.tsx';
import { postedForm } from '../shared/posted-form.ts';
import { RecoveredNotice } from '../shared/recovered-notice.tsx';
import { DateTime } from '../shared/time.tsx';
import type { WebContext, WebEnv } from '../shared/visit.ts';
import { Trail } from './frame.tsx';
import { openReturn } from './opened.ts';
import type { Opened } from './opened.ts';

const title = '庁内のコメント';
const commentId = z.uuid();

interface Shown {
  readonly section: string | undefined;
  readonly typed: { readonly id: string; readonly path: string; readonly text: string };
  readonly errors: readonly FieldError[];
}

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

async function view(c: WebContext, opened: Opened, shown: Shown, status: 200 | 409 | 422 = 200): Promise<Response> {
  const { visit, key } = opened;
  const { section, typed, errors } = shown;
  const messageOf = (name: string) => errors.find(({ path }) => path === name)?.message;
  const comments = await visit.service.comments.comments(opened);
  return page(
    c,
    { title, status, hasErrors: errors.length > 0, script: true },
    <>
      <Trail opened={opened} below={[{ label: title }]} />
      <ErrorSummary errors={errors.map(({ path, message }) => ({ href: `#${fieldId(path)}`, message }))} />
      {visit.recovered !== undefined && <RecoveredNotice />}
      <h1>{title}</h1>
      <p>
        この調査票に回答する担当者どうしの連絡に使えます。県には表示されず、出力や履歴にも残りません。調査の回答を廃棄するときに、コメントも廃棄します。
      </p>
      <form method="post" action={visit.paths.comments(key, section)} data-warn>
        <CsrfField visit={visit} />
        <input type="hidden" name="id" value={typed.id} />
        <LabelledSelect
          name="path"
          label="項目"
          value={typed.path}
          error={messageOf('path')}
          options={places(opened, section)}
        />
        <LabelledTextArea
          id={fieldId('text')}
          name="text"
          label="コメント"
          hint={`${longestComment.toLocaleString('ja-JP')}文字まで。`}
          value={typed.text}
          error={messageOf('text')}
          maxLength={longestComment}
        />
        <div class="button-row">
          <Button>コメントする</Button>
          <a href={section === undefined ? visit.paths.return(key) : visit.paths.section(key, section)}>
            回答のページに戻る
          </a>
        </div>
      </form>
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

/** The section from whose page one comes. */
function sectionOf(c: WebContext, { form }: Opened): string | undefined {
  const wanted = c.req.query('section');
  return form.sections.find(({ key }) => key === wanted)?.key;
}

async function show(c: WebContext): Promise<Response> {
  const opened = await openReturn(c, 'comment.write');
  if (opened instanceof Response) return opened;
  const { recovered } = opened.visit;
  const section = sectionOf(c, opened);
  const typed = {
    id: randomUUID(),
    path: recovered?.get('path') ?? section ?? '',
    text: recovered?.get('text') ?? '',
  };
  return view(c, opened, { section, typed, errors: [] });
}

async function post(c: WebContext): Promise<Response> {
  const form = await postedForm(c);
  const removed = form.text('remove');
  const opened = await openReturn(c, removed === '' ? 'comment.write' : 'comment.remove');
  if (opened instanceof Response) return opened;
  const { visit, key } = opened;
  const section = sectionOf(c, opened);
  const back = visit.paths.comments(key, section);
  if (removed !== '') {
    await visit.service.comments.removeComment(key, removed);
    return c.redirect(back, 303);
  }
  const id = commentId.safeParse(form.text('id')).data ?? randomUUID();
  const wanted = { path: form.text('path'), text: form.text('text') };
  const typed = { id, ...wanted };
  const parsed = commentToWrite.safeParse(wanted);
  if (!parsed.success) return view(c, opened, { section, typed, errors: errorsOf(parsed.error, wanted, 2) }, 422);
  const written = await visit.service.comments.comment(opened, parsed.data, visit.person.name, id);
  if (written.ok) return c.redirect(back, 303);
  const { code, errors = [{ path: 'text', code, message: problems[code].title }] } = written.problem;
  return view(c, opened, { section, typed, errors }, httpStatusOf(written.problem) === 409 ? 409 : 422);
}

export function commentPages(app: Hono<WebEnv>): void {
  app.get('/rounds/:round/returns/:form/:unit/comments', (c) => show(c));
  app.post('/rounds/:round/returns/:form/:unit/comments', (c) => post(c));
}
