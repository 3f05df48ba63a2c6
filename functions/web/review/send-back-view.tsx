/** Sending a return back: a comment, and a reason at each question chosen, in parts where a page cannot hold them all. */

import type { JSX } from 'hono/jsx/jsx-runtime';
import type { Version } from '../../../schemas/return.ts';
import type { Standing } from '../../domain/life.ts';
import type { FoundReturn } from '../../service/access.ts';
import { Button } from '../shared/button.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { ErrorItem, ErrorSummary } from '../shared/error-summary.tsx';
import type { LinkedError } from '../shared/error-summary.tsx';
import { beginningOf, bytesOf, fitting, mostMainBytes, rendered } from '../shared/parts.ts';
import { keptField } from '../fields/kept.ts';
import type { Visit } from '../shared/visit.ts';
import { withParameters } from '../shared/address.ts';
import { commentField, keptDecision, reasonField } from './decision-form.ts';
import type { DecisionFields } from './decision-form.ts';
import { decisionPart } from './decision-part.ts';
import type { DecisionPart, NumberedReason } from './decision-part.ts';
import { placeLabel } from '../shared/place-label.ts';
import { RoundNav } from '../shared/round-nav.tsx';
import { TextArea } from '../shared/text-field.tsx';

export interface SendBackProps {
  readonly visit: Visit;
  readonly found: FoundReturn;
  /** The filter of the list, as an address's parameters. */
  readonly suffix: string;
  readonly version: Version;
  readonly standing: Standing;
  readonly fields: DecisionFields;
  readonly errors: readonly LinkedError[];
  /** The submitted answers as text, by question. */
  readonly answers: ReadonlyMap<string, string>;
}

/** The question that the part asked for begins with, from 0. */
export const fromField = 'from';

function errorAt(errors: readonly LinkedError[], id: string): string | undefined {
  return errors.find(({ href }) => href === `#${id}`)?.message;
}

/** A submitted answer beside its reason is cut here: all of it stands in the review. */
const mostAnswer = 2_000;

function answerHint(answer: string): string {
  const cut =
    answer.length > mostAnswer ? `${beginningOf(answer, mostAnswer)}…（以下は、回答の画面で確認できます）` : answer;
  return `提出された回答：${cut}`;
}

interface ReasonProps extends Pick<SendBackProps, 'found' | 'version' | 'errors' | 'answers'> {
  readonly question: NumberedReason;
}

function Reason({ found, version, errors, answers, question: { path, reason, index } }: ReasonProps) {
  return (
    <>
      <input type="hidden" name="question" value={path} />
      <TextArea
        id={reasonField(index)}
        name="reason"
        label={placeLabel(found.form, version.answers, path)}
        hint={answerHint(answers.get(path) ?? '')}
        value={reason}
        error={errorAt(errors, reasonField(index))}
        maxLength={1000}
      />
    </>
  );
}

/** Going on and back posts the form, so that nothing typed is lost. */
function PartButtons({ previous, next }: Pick<DecisionPart, 'previous' | 'next'>) {
  const to = (from: number) =>
    ({ kind: 'secondary', name: fromField, value: String(from), formnovalidate: true }) as const;
  return (
    <>
      {previous !== undefined && <Button {...to(previous)}>前の項目へ</Button>}
      {next !== undefined && <Button {...to(next)}>次の項目へ</Button>}
    </>
  );
}

interface PartProps extends SendBackProps {
  readonly part: DecisionPart;
  /** Under what the whole form is kept while it is filled in part by part. */
  readonly kept: string | undefined;
}

function SendBack({ visit, found, suffix, version, standing, fields, errors, answers, part, kept }: PartProps) {
  const isCorrection = standing.state === 'accepted';
  const isWhole = part.previous === undefined && part.next === undefined;
  return (
    <form method="post" action={visit.paths.decision(found.key) + suffix}>
      <CsrfField visit={visit} />
      <input type="hidden" name="decision" value="return" />
      <input type="hidden" name="version" value={fields.version} />
      {kept !== undefined && <input type="hidden" name={keptField} value={kept} />}
      {part.previous === undefined && (
        <TextArea
          id={commentField}
          name={commentField}
          label={isCorrection ? '訂正をお願いする理由' : '差戻しの理由'}
          hint="市町村の「調査の一覧」と回答の画面に表示されます。"
          value={fields.comment}
          error={errorAt(errors, commentField)}
          maxLength={2000}
        />
      )}
      <h2>項目ごとの理由（{fields.questions.length}件）</h2>
      {fields.questions.length === 0 && <p>項目は選ばれていません。全体の理由だけで差し戻すこともできます。</p>}
      {!isWhole && <p>項目が多いため、分けて表示しています。差戻しは、最後の項目の後で行います。</p>}
      {part.shown.map((question) => (
        <Reason found={found} version={version} errors={errors} answers={answers} question={question} />
      ))}
      <div class="button-row">
        <PartButtons {...part} />
        {part.next === undefined && <Button kind="danger">{isCorrection ? '訂正のため差し戻す' : '差し戻す'}</Button>}
        <a href={visit.paths.review(found.key) + suffix}>差し戻さずに回答へ戻る</a>
      </div>
    </form>
  );
}

/** Bytes of the errors named at the top. */
const mostErrorBytes = 10_000;

function Errors({ errors }: Pick<SendBackProps, 'errors'>) {
  if (errors.length === 0) return <></>;
  const { shown, more } = fitting(errors, (error) => bytesOf(<ErrorItem {...error} />), mostErrorBytes);
  return (
    <ErrorSummary
      errors={shown}
      more={more === 0 ? undefined : { count: more, text: `ほか${more}件は、上のエラーを修正すると表示されます。` }}
    />
  );
}

export function titleOf({ standing }: Pick<SendBackProps, 'standing'>): string {
  return standing.state === 'accepted' ? '確認済の回答を訂正のため差し戻す' : '差し戻す';
}

function Content(props: PartProps) {
  const { visit, found, version, suffix, errors, fields, part, kept } = props;
  const { unit, form, round, key } = found;
  const title = titleOf(props);
  const isHere = ({ href }: LinkedError): boolean =>
    href === `#${commentField}`
      ? part.previous === undefined
      : part.shown.some(({ index }) => href === `#${reasonField(index)}`);
  const elsewhere = (from: number): string =>
    withParameters(visit.paths.decision(key) + suffix, {
      version: fields.version,
      [fromField]: String(from),
      [keptField]: kept ?? '',
    });
  const linked = errors.map((error) =>
    isHere(error) ? error : { ...error, href: elsewhere(questionOf(error)) + error.href },
  );
  return (
    <>
      <RoundNav
        paths={visit.paths}
        round={round}
        current="round"
        trail={[{ label: `${unit.name} ${form.title}`, href: visit.paths.review(key) + suffix }, { label: title }]}
      />
      <Errors errors={linked} />
      <h1>{title}</h1>
      <p>
        {unit.name}　{form.title}　第{version.version}版
      </p>
      <SendBack {...props} />
    </>
  );
}

/** The question that an error is about, from 0; the first for the comment, which stands before it. */
export function questionOf({ href }: LinkedError): number {
  return Number(/\d+$/.exec(href)?.[0] ?? 0);
}

/** The page with the questions that it can hold; everything is kept while there are more. */
export async function sendBackContent(props: SendBackProps, from: number): Promise<JSX.Element> {
  const { fields, visit } = props;
  const whole: DecisionPart = {
    shown: decisionPart(fields.questions, 0, () => 0, 1).shown,
    previous: undefined,
    next: undefined,
  };
  const all = rendered(<Content {...props} part={whole} kept={undefined} />);
  if (all.bytes <= mostMainBytes) return all.element;
  const kept = await visit.drawer.keep(keptDecision(fields));
  if (kept === undefined) return all.element;
  const around =
    bytesOf(<Content {...props} part={{ shown: [], previous: undefined, next: 0 }} kept={kept} />) + mostErrorBytes;
  const weigh = (question: NumberedReason): number => bytesOf(<Reason {...props} question={question} />);
  return <Content {...props} part={decisionPart(fields.questions, from, weigh, mostMainBytes - around)} kept={kept} />;
}
