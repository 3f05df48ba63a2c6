/** Before submission: all answers, what is wrong, the reasons asked for, and what will be left out. */

import type { JSX } from 'hono/jsx/jsx-runtime';
import type { FieldError } from '../../../schemas/problem.ts';
import type { Examination } from '../../domain/examination.ts';
import type { Finding } from '../../domain/edit-checks.ts';
import { AnswersView } from '../answers-view.tsx';
import { answerBlocks } from '../answer-rows.ts';
import type { AnswerRow } from '../answer-rows.ts';
import { CsrfField } from '../components/csrf-field.tsx';
import { ErrorSummary } from '../components/error-summary.tsx';
import { InlineError } from '../components/inline-error.tsx';
import { Notice } from '../components/notice.tsx';
import { errorId } from '../fields/context.ts';
import { firstOf } from '../posted/posted.ts';
import type { Posted } from '../posted/posted.ts';
import { placeLabel } from '../reviewing/place-label.ts';
import { isNotAsked, questionPath, saidWithPlace } from './findings.ts';
import { ClosedNotice, Trail, returnTitle } from './frame.tsx';
import type { Opened } from './opened.ts';
import { fieldHref } from './where.ts';
import { askedAnswers } from '../../domain/asked.ts';

export interface CheckViewProps {
  readonly opened: Opened;
  readonly examination: Examination;
  /** For the one submission that this page may make. */
  readonly idempotencyKey: string;
  /** Reasons as posted, when they could not be saved or are not enough. */
  readonly post: Posted | undefined;
  /** What kept the last press of the button from submitting. */
  readonly message: string | undefined;
  /** What is wrong with posted reasons, by their keys. */
  readonly reasonErrors: ReadonlyMap<string, string>;
}

export const reasonName = (key: string): string => `reason:${key}`;
export const readyMadeName = (key: string): string => `ready:${key}`;

type ReasonFieldProps = { readonly finding: Finding } & Pick<CheckViewProps, 'opened' | 'post' | 'reasonErrors'>;

function ReasonField({ finding, opened, post, reasonErrors }: ReasonFieldProps): JSX.Element {
  const { key, path, message, readyMade } = finding;
  const { form, draft } = opened;
  const stored = Object.hasOwn(draft.reasons, key) ? (draft.reasons[key] ?? '') : '';
  const chosen = post === undefined ? (readyMade.includes(stored) ? stored : '') : (firstOf(post, readyMadeName(key)) ?? '');
  const typed = post === undefined ? (chosen === '' ? stored : '') : (firstOf(post, reasonName(key)) ?? '');
  const id = reasonName(key);
  const error = reasonErrors.get(key);
  return (
    <fieldset class="form-group reason">
      <legend>
        {path === '' ? 'この回答全体' : <a href={fieldHref(opened, path)}>{placeLabel(form, draft.answers, path)}</a>}
      </legend>
      <p>{message}</p>
      {readyMade.map((reason) => (
        <label class="choice">
          <input type="radio" name={readyMadeName(key)} value={reason} checked={reason === chosen} />
          <span>{reason}</span>
        </label>
      ))}
      {readyMade.length > 0 && (
        <label class="choice">
          <input type="radio" name={readyMadeName(key)} value="" checked={chosen === ''} />
          <span>その他の理由（次の欄に記入）</span>
        </label>
      )}
      <label class="label" for={id}>
        理由
      </label>
      {error !== undefined && <InlineError id={errorId(id)} message={error} />}
      <textarea
        class="textarea"
        rows={2}
        id={id}
        name={id}
        aria-invalid={error === undefined ? undefined : 'true'}
        aria-describedby={error === undefined ? undefined : errorId(id)}
      >
        {`\n${typed}`}
      </textarea>
    </fieldset>
  );
}

/** Each error once, linked to where it is corrected; reasons to their fields on this page. */
type ErrorLinksProps = Pick<CheckViewProps, 'opened' | 'reasonErrors'> & { readonly errors: readonly FieldError[] };

function ErrorLinks({ opened, errors, reasonErrors }: ErrorLinksProps): JSX.Element {
  const { form, draft } = opened;
  const unreadable = [...reasonErrors].map(([key, message]) => ({ href: `#${reasonName(key)}`, message }));
  const links = errors.filter(({ check }) => check === undefined || !reasonErrors.has(check)).map((error) => ({
    href: error.check === undefined ? fieldHref(opened, error.path) : `#${reasonName(error.check)}`,
    message: error.check === undefined ? saidWithPlace(form, draft.answers, error) : `理由が未記入です：${saidWithPlace(form, draft.answers, error)}`,
  }));
  return <ErrorSummary errors={[...unreadable, ...links]} />;
}

function LeftOut({ opened, errors }: { readonly opened: Opened; readonly errors: readonly FieldError[] }): JSX.Element {
  const { form, draft } = opened;
  const labels = new Set(errors.map(({ path }) => placeLabel(form, draft.answers, questionPath(form, path))));
  return (
    <Notice kind="warning" title="次の回答は、他の回答により回答不要となったため、提出するときに取り除かれます。">
      <ul>
        {[...labels].map((label) => (
          <li>{label}</li>
        ))}
      </ul>
    </Notice>
  );
}

/** A link at each answer; in a long return the headings of the task list lead there. */
const mostLinks = 100;

function ChangeLink({ opened, row }: { readonly opened: Opened; readonly row: AnswerRow }): JSX.Element {
  return (
    <a class="change-link no-print" href={fieldHref(opened, row.path)}>
      変更<span class="visually-hidden">（{row.label}）</span>
    </a>
  );
}

export function CheckView({ opened, examination, idempotencyKey, post, message, reasonErrors }: CheckViewProps): JSX.Element {
  const { visit, place, form, draft, round, names, phase, isOver } = opened;
  const notAsked = examination.errors.filter(isNotAsked);
  const errors = examination.errors.filter((error) => !isNotAsked(error));
  const blocking = errors.filter(({ check }) => check === undefined);
  const blocks = answerBlocks({ sections: form.sections, answers: askedAnswers(form.sections, draft.answers), round, names });
  const isShort = blocks.reduce((sum, { rows }) => sum + rows.length, 0) <= mostLinks;
  return (
    <>
      <Trail opened={opened} below={[{ label: '確認と提出' }]} />
      {errors.length + reasonErrors.size > 0 && <ErrorLinks opened={opened} errors={errors} reasonErrors={reasonErrors} />}
      <h1>回答を確認して提出する</h1>
      <p>{returnTitle(opened)}</p>
      {message !== undefined && <Notice kind="warning" title={message} />}
      {phase === 'notOpen' && <Notice kind="info" title="受付開始前です。提出は受付開始後にしてください。" />}
      {phase === 'late' && <Notice kind="warning" title="提出期限を過ぎています。期限後の提出として記録されます。" />}
      <ClosedNotice opened={opened} />
      {notAsked.length > 0 && <LeftOut opened={opened} errors={notAsked} />}
      <form method="post" action={visit.paths.submission(place)} data-warn>
        <button class="visually-hidden" formaction={visit.paths.check(place)} tabindex={-1} aria-hidden="true">
          理由を一時保存する
        </button>
        <CsrfField visit={visit} />
        <input type="hidden" name="etag" value={draft.etag({ kind: 'return' })} />
        <input type="hidden" name="idempotency-key" value={idempotencyKey} />
        {examination.asked.length > 0 && (
          <section aria-labelledby="reasons">
            <h2 id="reasons">確認事項：数値に誤りがなければ、理由を記入してください</h2>
            {examination.asked.map((finding) => (
              <ReasonField finding={finding} opened={opened} post={post} reasonErrors={reasonErrors} />
            ))}
            <div class="button-row">
              <button class="button button--secondary" formaction={visit.paths.check(place)}>
                理由を一時保存する
              </button>
            </div>
          </section>
        )}
        {examination.notes.length > 0 && (
          <details>
            <summary>参考となる確認（{examination.notes.length}件。このままでも提出できます）</summary>
            <ul>
              {examination.notes.map(({ path, message }) => (
                <li>
                  {path !== '' && `${placeLabel(form, draft.answers, path)}：`}
                  {message}
                </li>
              ))}
            </ul>
          </details>
        )}
        <h2>回答の内容</h2>
        <AnswersView blocks={blocks} headingLevel={3} lastColumn={isShort ? { heading: '変更', cell: (row) => <ChangeLink opened={opened} row={row} /> } : undefined} />
        <h2>提出</h2>
        {isOver && <p>受付は終了しました。提出はできません。</p>}
        {!isOver && blocking.length > 0 && <p>エラーが{blocking.length}件あります。修正すると提出できます。</p>}
        {!isOver && blocking.length === 0 && (
          <p>提出すると、県が内容を確認します。県が確認済又は差戻しとするまでは取り下げることができます。</p>
        )}
        <div class="button-row">
          {!isOver && <button class="button button--primary">県に提出する</button>}
          <a href={visit.paths.print(place)}>決裁用に印刷する</a>
        </div>
      </form>
    </>
  );
}
