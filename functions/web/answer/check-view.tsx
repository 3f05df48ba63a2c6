/** Before submission: all answers, what is wrong, the reasons asked for, and what will be left out. */

import type { Answers } from '../../../schemas/values/json.ts';
import type { Examination } from '../../domain/examination.ts';
import { askedAnswers } from '../../domain/asked.ts';
import { withComputed } from '../../domain/computed.ts';
import { PagedAnswers } from '../shared/answers-view.tsx';
import { answerBlocks } from '../../domain/answer-rows.ts';
import type { AnswerBlock, AnswerRow, RowsRequest } from '../../domain/answer-rows.ts';
import { carriedOver } from '../../domain/carried-over.ts';
import { Button } from '../shared/button.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { ErrorSummary } from '../shared/error-summary.tsx';
import type { LinkedError } from '../shared/error-summary.tsx';
import { Notice } from '../shared/notice.tsx';
import { firstOf, isMarked } from '../../domain/posted/posted.ts';
import { replyKey, replyTo } from '../../domain/send-back-replies.ts';
import { errorId } from '../fields/context.ts';
import { InlineError } from '../shared/inline-error.tsx';
import { placeLabel } from '../../domain/place-label.ts';
import { questionAt } from '../../domain/question-path.ts';
import { isLeftOut, leftOut, withPlaceLabel } from './findings.ts';
import type { ApprovalState } from '../../service/approvals.ts';
import { ApprovalNotice } from './approval.tsx';
import { ClosedNotice, Trail, returnTitle } from './frame.tsx';
import { fileHrefOf } from './opened.ts';
import type { Opened } from './opened.ts';
import { ReasonField, reasonName } from './reason-field.tsx';
import type { ReasonsProps } from './reason-field.tsx';
import { fieldHref } from './where.ts';

export interface CheckViewProps extends ReasonsProps {
  readonly examination: Examination;
  readonly idempotencyKey: string;
  readonly message: string | undefined;
  /** Since it was sent back: that it is meant so is asked for. */
  readonly isUnchanged: boolean;
  /** Whether the prefecture corrected itself what it would have sent back. */
  readonly isCorrected: boolean;
  /** By a second person, where the municipality wants one. */
  readonly approval: ApprovalState | undefined;
  /** The last answers, accepted or submitted. */
  readonly last: Answers | undefined;
  /** Wanted of a long return, from 1: what there is to do stands on the first page. */
  readonly page: number;
}

/** Each error once, linked to where it is corrected. */
function errorLinks({ opened, examination, reasonErrors }: CheckViewProps): LinkedError[] {
  const { draft } = opened;
  const hrefOf = (key: string): string => `#${reasonName(key)}`;
  const unreadable = [...reasonErrors].map(([key, message]) => ({ href: hrefOf(key), message }));
  const errors = examination.errors.filter(
    (error) => !isLeftOut(error) && (error.check === undefined || !reasonErrors.has(error.check)),
  );
  const links = errors.map((error) => ({
    href: error.check === undefined ? fieldHref(opened, error.path) : hrefOf(error.check),
    message:
      error.check === undefined
        ? withPlaceLabel(opened, draft.answers, error)
        : `理由が未記入です：${withPlaceLabel(opened, draft.answers, error)}`,
  }));
  return [...unreadable, ...links];
}

/** As many are named. */
const mostLeftOut = 100;

function LeftOut({ opened, examination }: CheckViewProps) {
  const { form, draft } = opened;
  return (
    <>
      {Object.entries(leftOut).map(([why, title]) => {
        const errors = examination.errors.filter(({ code }) => code === why);
        const paths = errors.map(({ path }) => placeLabel(opened, draft.answers, questionAt(form, path).path));
        const labels = [...new Set(paths)];
        if (labels.length === 0) return <></>;
        return (
          <Notice kind="warning" title={title}>
            <ul>
              {labels.slice(0, mostLeftOut).map((label) => (
                <li>{label}</li>
              ))}
              {labels.length > mostLeftOut && <li>ほか{labels.length - mostLeftOut}件</li>}
            </ul>
          </Notice>
        );
      })}
    </>
  );
}

/** A link at each answer; in a long return the headings of the task list lead there. */
const mostLinks = 100;

function ChangeLink({ opened, row }: { readonly opened: Opened; readonly row: AnswerRow }) {
  // What is computed is changed where the answers are that it follows from.
  if (questionAt(opened.form, row.path).item?.formula !== undefined) return <></>;
  return (
    <a class="change-link no-print" href={fieldHref(opened, row.path)}>
      変更<span class="visually-hidden">（{row.label}）</span>
    </a>
  );
}

function Reasons(props: CheckViewProps) {
  const { opened, post, reasonErrors, examination } = props;
  const { visit, key } = opened;
  if (examination.asked.length === 0) return <></>;
  return (
    <section aria-labelledby="reasons">
      <h2 id="reasons">確認事項：数値に誤りがなければ、理由を記入してください</h2>
      {examination.asked.map((finding) => (
        <ReasonField finding={finding} opened={opened} post={post} reasonErrors={reasonErrors} />
      ))}
      <div class="button-row">
        <Button kind="secondary" formaction={visit.paths.check(key)}>
          理由を一時保存する
        </Button>
      </div>
    </section>
  );
}

interface ReplyProps extends Pick<CheckViewProps, 'opened' | 'post' | 'reasonErrors'> {
  readonly path: string;
  readonly reason: string;
}

function Reply({ opened, post, reasonErrors, path, reason }: ReplyProps) {
  const { draft } = opened;
  const id = reasonName(replyKey(path));
  const error = reasonErrors.get(replyKey(path));
  const typed = post?.has(id) === true ? firstOf(post, id) : replyTo(path, draft.reasons);
  return (
    <div class="form-group">
      <p>
        {path === '' ? (
          <strong>全体</strong>
        ) : (
          <a href={fieldHref(opened, path)}>{placeLabel(opened, draft.answers, path)}</a>
        )}
        {'：'}
        <span class="preserved">{reason}</span>
      </p>
      <label class="label" for={id}>
        回答<span class="visually-hidden">（{placeLabel(opened, draft.answers, path)}）</span>
        <span class="need">任意</span>
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
        {`\n${typed ?? ''}`}
      </textarea>
    </div>
  );
}

/** What was done about each reason, or why nothing was. */
function Replies(props: CheckViewProps) {
  const { sentBack, state } = props.opened.draft.standing;
  if (sentBack === undefined || state === 'submitted') return <></>;
  const reasons = [{ path: '', reason: sentBack.comment }, ...sentBack.questions];
  return (
    <section aria-labelledby="replies">
      <h2 id="replies">{props.isCorrected ? '県の職権訂正の理由への回答' : '差戻しの理由への回答'}</h2>
      <p class="hint">どのように修正したか、又は修正が不要な理由を、県に伝えることができます。</p>
      {reasons.map(({ path, reason }) => (
        <Reply {...props} path={path} reason={reason} />
      ))}
    </section>
  );
}

function Notes({ examination: { notes }, opened }: CheckViewProps) {
  if (notes.length === 0) return <></>;
  return (
    <details>
      <summary>参考となる確認（{notes.length}件。このままでも提出できます）</summary>
      <ul>
        {notes.map(({ path, message }) => (
          <li>
            {path !== '' && `${placeLabel(opened, opened.draft.answers, path)}：`}
            {message}
          </li>
        ))}
      </ul>
    </details>
  );
}

export const unchangedName = 'unchanged';

function Unchanged({ post }: Pick<CheckViewProps, 'post'>) {
  return (
    <label class="choice">
      <input
        type="checkbox"
        name={unchangedName}
        value="1"
        checked={post !== undefined && isMarked(post, unchangedName)}
      />
      <span>差し戻された後、回答を修正していません。このまま再提出します。</span>
    </label>
  );
}

function Submission(props: CheckViewProps) {
  const { opened, examination, isUnchanged, post } = props;
  const { visit, key, isOver } = opened;
  const open = errorLinks(props);
  const blocking = examination.errors.filter((error) => !isLeftOut(error) && error.check === undefined);
  const hasOpenReasons = open.length > blocking.length;
  return (
    <>
      <h2>提出</h2>
      {isOver && <p>受付は終了しました。提出はできません。</p>}
      {!isOver && blocking.length > 0 && (
        <p>
          エラーが{open.length}件あります。{hasOpenReasons ? '修正し、確認事項の理由を記入すると' : '修正すると'}
          提出できます。
        </p>
      )}
      {!isOver && blocking.length === 0 && (
        <p>提出すると、県が内容を確認します。県が確認済又は差戻しとするまでは取り下げることができます。</p>
      )}
      {!isOver && isUnchanged && <Unchanged post={post} />}
      <div class="button-row">
        {!isOver && <button class="button button--primary">県に提出する</button>}
        <a href={visit.paths.print(key)}>決裁用に印刷する</a>
      </div>
    </>
  );
}

function Situation(props: CheckViewProps) {
  const { opened, message, approval } = props;
  const { phase } = opened;
  return (
    <>
      <ErrorSummary errors={errorLinks(props)} />
      <h1>回答を確認して提出する</h1>
      <p>{returnTitle(opened)}</p>
      {message !== undefined && <Notice kind="warning" title={message} />}
      {phase === 'notOpen' && <Notice kind="info" title="受付開始前です。提出は受付開始後にしてください。" />}
      {phase === 'late' && <Notice kind="warning" title="提出期限を過ぎています。期限後の提出として記録されます。" />}
      <ClosedNotice opened={opened} />
      {approval !== undefined && <ApprovalNotice opened={opened} state={approval} />}
      <LeftOut {...props} />
    </>
  );
}

/** The answers, with a mark at those that differ from the last ones. */
function markedBlocks(asked: RowsRequest, last: Answers): AnswerBlock[] {
  const compared = answerBlocks({ ...asked, compared: last });
  const marks = new Map(compared.flatMap(({ rows }) => rows.map((row) => [row.path, row.compared])));
  return answerBlocks(asked).map((block) => ({
    ...block,
    rows: block.rows.map((row) => {
      const mark = marks.get(row.path);
      return mark === undefined ? row : { ...row, compared: mark };
    }),
  }));
}

function AnswersToCheck({ opened, last, page }: CheckViewProps) {
  const { visit, key, form, draft, names } = opened;
  const asked = {
    sections: form.sections,
    answers: askedAnswers(form.sections, withComputed(opened.form, draft.answers)),
    names,
  };
  const before = last && withComputed(opened.form, carriedOver(form, last));
  const blocks = before === undefined ? answerBlocks(asked) : markedBlocks(asked, before);
  if (blocks.length === 0) return <></>;
  const isShort = blocks.reduce((sum, { rows }) => sum + rows.length, 0) <= mostLinks;
  const lastColumn = isShort
    ? { heading: '変更', cell: (row: AnswerRow) => <ChangeLink opened={opened} row={row} /> }
    : undefined;
  return (
    <>
      <h2>回答の内容</h2>
      {last !== undefined && <p class="hint">前回の回答と違う項目に、印を付けています。</p>}
      <PagedAnswers
        blocks={blocks}
        fileHref={fileHrefOf(opened)}
        headingLevel={3}
        lastColumn={lastColumn}
        page={page}
        hrefOf={(to) => `${visit.paths.check(key)}?page=${to}`}
      />
    </>
  );
}

export function CheckView(props: CheckViewProps) {
  const { opened, idempotencyKey, page } = props;
  const { visit, key, draft } = opened;
  const check = visit.paths.check(key);
  if (page > 1)
    return (
      <>
        <Trail opened={opened} below={[{ label: '確認と提出', href: check }, { label: '回答の続き' }]} />
        <h1>回答を確認して提出する</h1>
        <p>{returnTitle(opened)}</p>
        <p>
          <a href={check}>エラー、確認事項及び提出のボタンは、最初のページにあります。</a>
        </p>
        <AnswersToCheck {...props} />
      </>
    );
  return (
    <>
      <Trail opened={opened} below={[{ label: '確認と提出' }]} />
      <Situation {...props} />
      <form method="post" action={visit.paths.submission(key)} data-warn>
        <button class="visually-hidden" formaction={check} tabindex={-1} aria-hidden="true">
          理由を一時保存する
        </button>
        <CsrfField visit={visit} />
        <input type="hidden" name="etag" value={draft.etag({ kind: 'return' })} />
        <input type="hidden" name="idempotency-key" value={idempotencyKey} />
        <Replies {...props} />
        <Reasons {...props} />
        <Notes {...props} />
        <AnswersToCheck {...props} />
        <Submission {...props} />
      </form>
    </>
  );
}
