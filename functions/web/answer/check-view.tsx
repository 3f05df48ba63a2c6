/** Before submission: all answers, what is wrong, the reasons asked for, and what will be left out. */

import type { JSX } from 'hono/jsx/jsx-runtime';
import type { Examination } from '../../domain/examination.ts';
import { askedAnswers } from '../../domain/asked.ts';
import { AnswersView } from '../shared/answers-view.tsx';
import type { AnswersViewProps } from '../shared/answers-view.tsx';
import { answerBlocks } from '../shared/answer-rows.ts';
import type { AnswerBlock, AnswerRow } from '../shared/answer-rows.ts';
import { Button } from '../shared/button.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { ErrorItem, ErrorSummary } from '../shared/error-summary.tsx';
import type { LinkedError } from '../shared/error-summary.tsx';
import { Notice } from '../shared/notice.tsx';
import { bytesOf, fitting, frameBytes, mostPageBytes } from '../shared/parts.ts';
import type { Fitting } from '../shared/parts.ts';
import { keptField } from '../fields/kept.ts';
import { placeLabel } from '../shared/place-label.ts';
import { NoteItem, checkParts } from './check-parts.tsx';
import type { CheckPart } from './check-parts.tsx';
import { isNotAsked, questionPath, saidWithPlace } from './findings.ts';
import { ClosedNotice, Trail, returnTitle } from './frame.tsx';
import type { Opened } from './opened.ts';
import { ReasonField, reasonName } from './reason-field.tsx';
import type { ReasonsProps } from './reason-field.tsx';
import { fieldHref } from './where.ts';

export interface CheckViewProps extends ReasonsProps {
  readonly examination: Examination;
  /** For the one submission that this page may make. */
  readonly idempotencyKey: string;
  /** What kept the last press of the button from submitting. */
  readonly message: string | undefined;
  /** Wanted of the parts of a long return, from 0. */
  readonly part: number | undefined;
}

/** Errors, and what will be left out, as far as a page can name them. */
const mostListBytes = 9_000;

/** Each error once, linked to where it is corrected; reasons to their fields, which may be on another part. */
function errorLinks(
  { opened, examination, reasonErrors }: CheckViewProps,
  hrefOf: (check: string) => string,
): LinkedError[] {
  const { form, draft } = opened;
  const unreadable = [...reasonErrors].map(([key, message]) => ({ href: hrefOf(key), message }));
  const errors = examination.errors.filter(
    (error) => !isNotAsked(error) && (error.check === undefined || !reasonErrors.has(error.check)),
  );
  const links = errors.map((error) => ({
    href: error.check === undefined ? fieldHref(opened, error.path) : hrefOf(error.check),
    message:
      error.check === undefined
        ? saidWithPlace(form, draft.answers, error)
        : `理由が未記入です：${saidWithPlace(form, draft.answers, error)}`,
  }));
  return [...unreadable, ...links];
}

function LeftOut({ labels }: { readonly labels: Fitting<string> }): JSX.Element {
  return (
    <Notice kind="warning" title="次の回答は、他の回答により回答不要となったため、提出するときに取り除かれます。">
      <ul>
        {labels.shown.map((label) => (
          <li>{label}</li>
        ))}
        {labels.more > 0 && <li>ほか{labels.more}件</li>}
      </ul>
    </Notice>
  );
}

function leftOut({ opened: { form, draft }, examination }: CheckViewProps): Fitting<string> {
  const paths = examination.errors
    .filter(isNotAsked)
    .map(({ path }) => placeLabel(form, draft.answers, questionPath(form, path)));
  return fitting([...new Set(paths)], (label) => bytesOf(<li>{label}</li>), mostListBytes);
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

interface PartProps {
  readonly parts: readonly CheckPart[];
  /** From 0. */
  readonly at: number;
}

/** Going to another part saves the reasons of this one. */
function PartButtons({ parts, at, opened: { visit, place } }: PartProps & Pick<CheckViewProps, 'opened'>): JSX.Element {
  if (parts.length < 2) return <></>;
  const to = (part: number) => ({ name: 'to', value: String(part), formaction: visit.paths.check(place) });
  return (
    <div class="button-row no-print" role="group" aria-label="前後の部分">
      {at > 0 && (
        <Button kind="secondary" {...to(at - 1)}>
          前の部分へ
        </Button>
      )}
      <span>
        {at + 1} / {parts.length}
      </span>
      {at + 1 < parts.length && (
        <Button kind="secondary" {...to(at + 1)}>
          次の部分へ
        </Button>
      )}
    </div>
  );
}

function Reasons({
  part: { asked },
  props,
}: {
  readonly part: CheckPart;
  readonly props: CheckViewProps;
}): JSX.Element {
  if (asked.length === 0) return <></>;
  const { opened, post, reasonErrors, keptReasons } = props;
  const { visit, place } = opened;
  return (
    <section aria-labelledby="reasons">
      <h2 id="reasons">確認事項：数値に誤りがなければ、理由を記入してください</h2>
      {asked.map((finding) => (
        <ReasonField
          finding={finding}
          opened={opened}
          post={post}
          reasonErrors={reasonErrors}
          keptReasons={keptReasons}
        />
      ))}
      <div class="button-row">
        <Button kind="secondary" formaction={visit.paths.check(place)}>
          理由を一時保存する
        </Button>
      </div>
    </section>
  );
}

function Notes({ part: { notes }, opened }: { readonly part: CheckPart; readonly opened: Opened }): JSX.Element {
  if (notes.length === 0) return <></>;
  return (
    <details>
      <summary>参考となる確認（{notes.length}件。このままでも提出できます）</summary>
      <ul>
        {notes.map((note) => (
          <NoteItem note={note} opened={opened} />
        ))}
      </ul>
    </details>
  );
}

function Submission({ opened, examination }: CheckViewProps): JSX.Element {
  const { visit, place, isOver } = opened;
  const blocking = examination.errors.filter((error) => !isNotAsked(error) && error.check === undefined);
  return (
    <>
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
    </>
  );
}

interface SituationProps {
  readonly props: CheckViewProps;
  readonly errors: Fitting<LinkedError>;
  readonly left: Fitting<string>;
  readonly at: number;
}

/** How the return stands; in full on the first part, and where the last press of the button was refused. */
function Situation({ props, errors, left, at }: SituationProps): JSX.Element {
  const { opened, message, reasonErrors } = props;
  const { phase, visit, place } = opened;
  const isFull = at === 0 || message !== undefined || reasonErrors.size > 0;
  const count = errors.shown.length + errors.more;
  const more =
    errors.more === 0
      ? undefined
      : { count: errors.more, text: `ほか${errors.more}件は、上のエラーを修正すると表示されます。` };
  return (
    <>
      {isFull && count > 0 && <ErrorSummary errors={errors.shown} more={more} />}
      <h1>回答を確認して提出する</h1>
      <p>{returnTitle(opened)}</p>
      {!isFull && count > 0 && (
        <p>
          <a href={visit.paths.check(place)}>エラーが{count}件あります（最初の部分に表示しています）。</a>
        </p>
      )}
      {message !== undefined && <Notice kind="warning" title={message} />}
      {phase === 'notOpen' && <Notice kind="info" title="受付開始前です。提出は受付開始後にしてください。" />}
      {phase === 'late' && <Notice kind="warning" title="提出期限を過ぎています。期限後の提出として記録されます。" />}
      <ClosedNotice opened={opened} />
      {isFull && left.shown.length > 0 && <LeftOut labels={left} />}
    </>
  );
}

interface Shown {
  readonly blocks: readonly AnswerBlock[];
  readonly view: Omit<AnswersViewProps, 'blocks'>;
}

/** The answers that would be submitted. */
function shownAnswers(opened: Opened): Shown {
  const { form, draft, round, names } = opened;
  const blocks = answerBlocks({
    sections: form.sections,
    answers: askedAnswers(form.sections, draft.answers),
    round,
    names,
  });
  const isShort = blocks.reduce((sum, { rows }) => sum + rows.length, 0) <= mostLinks;
  const lastColumn = isShort
    ? { heading: '変更', cell: (row: AnswerRow) => <ChangeLink opened={opened} row={row} /> }
    : undefined;
  return { blocks, view: { headingLevel: 3, lastColumn } };
}

interface Divided extends PartProps {
  readonly errors: Fitting<LinkedError>;
}

/** The parts, and the errors as far as a page can name them. */
function divided(props: CheckViewProps, shown: Shown, left: Fitting<string>): Divided {
  const { opened, examination, post, reasonErrors, keptReasons } = props;
  const check = opened.visit.paths.check(opened.place);
  const hrefOn = (part: number, key: string): string => `${check}?part=${part}#${reasonName(key)}`;
  const errors = fitting(
    errorLinks(props, (key) => hrefOn(0, key)),
    (error) => bytesOf(<ErrorItem {...error} />),
    mostListBytes,
  );
  const request = { examination, ...shown, reasons: { opened, post, reasonErrors, keptReasons } };
  const whole = checkParts({ ...request, capacity: mostPageBytes - frameBytes - errors.bytes - left.bytes });
  // Where errors disappear while the parts are gone through, the parts stay as they are.
  const parts =
    whole.length === 1
      ? whole
      : checkParts({ ...request, capacity: mostPageBytes - frameBytes - mostListBytes - left.bytes });
  const at = Math.min(props.part ?? 0, parts.length - 1);
  const hrefOf = (key: string): string => {
    const part = parts.findIndex(({ asked }) => asked.some((finding) => finding.key === key));
    return part === at ? `#${reasonName(key)}` : hrefOn(part, key);
  };
  return { parts, at, errors: { ...errors, shown: errorLinks(props, hrefOf).slice(0, errors.shown.length) } };
}

const nothing: CheckPart = { asked: [], notes: [], blocks: [] };

export function CheckView(props: CheckViewProps): JSX.Element {
  const { opened, idempotencyKey, keptReasons } = props;
  const { visit, place, draft } = opened;
  const left = leftOut(props);
  const shown = shownAnswers(opened);
  const { parts, at, errors } = divided(props, shown, left);
  const part = parts[at] ?? nothing;
  const isLast = at === parts.length - 1;
  return (
    <>
      <Trail opened={opened} below={[{ label: '確認と提出' }]} />
      <Situation props={props} errors={errors} left={left} at={at} />
      {parts.length > 1 && (
        <p>回答が長いため、{parts.length}の部分に分けて表示しています。提出は、最後の部分で行います。</p>
      )}
      <form method="post" action={visit.paths.submission(place)} data-warn>
        <button class="visually-hidden" formaction={visit.paths.check(place)} tabindex={-1} aria-hidden="true">
          理由を一時保存する
        </button>
        <CsrfField visit={visit} />
        <input type="hidden" name="etag" value={draft.etag({ kind: 'return' })} />
        <input type="hidden" name="idempotency-key" value={idempotencyKey} />
        {at > 0 && <input type="hidden" name="part" value={String(at)} />}
        {keptReasons !== undefined && <input type="hidden" name={keptField} value={keptReasons.name} />}
        <Reasons part={part} props={props} />
        <Notes part={part} opened={opened} />
        {part.blocks.length > 0 && (
          <>
            <h2>回答の内容</h2>
            <AnswersView {...shown.view} blocks={part.blocks} />
          </>
        )}
        <PartButtons parts={parts} at={at} opened={opened} />
        {isLast && <Submission {...props} />}
      </form>
    </>
  );
}
