/**
 * What stands around the fields of a question: its label, help, what was answered before, what is wrong. Most of it is
 * not there most of the time, hence functions: a component costs as much as what it renders.
 */

import type { Child } from 'hono/jsx';
import { isGroup } from '../../../schemas/kinds/kind.ts';
import { numberedLabel } from '../../../schemas/kinds/question.ts';
import { InlineError } from '../shared/inline-error.tsx';
import {
  blankMark,
  confirmedMark,
  firstOf,
  isMarked,
  keptWhyMark,
  prefilledMark,
  whyMark,
} from '../../domain/posted/posted.ts';
import { printAnswer } from '../../domain/print-answer.ts';
import { conditionText, dateText, limitsText } from '../../domain/question-facts.ts';
import { conditionAttributes } from './conditions.ts';
import { describedBy, errorText, errorId, hasError, hintId } from './context.ts';
import type { FieldProps } from './context.ts';

/** Which row a question belongs to, for those who hear of it alone. */
function rowSaid(row: string) {
  return (
    <span class="visually-hidden">
      <span data-no="">{row}</span>件目：
    </span>
  );
}

function label({ item, isCompact = false, below }: Pick<FieldProps, 'item' | 'isCompact' | 'below'>) {
  const { kind, definition } = item;
  const { required } = definition;
  const need = required ? '必須' : item.formula === undefined ? '任意' : '自動計算';
  return (
    <>
      {below !== undefined && rowSaid(below.row)}
      {numberedLabel(definition)}
      {/* Of a group each question says it for itself. */}
      {(required || !(isCompact || isGroup(kind))) && (
        <span class={required ? 'need need--required' : 'need'}>{need}</span>
      )}
    </>
  );
}

function earlier({ context, item, ...answers }: FieldProps, which: 'previous' | 'submitted') {
  const { kind } = item;
  const printed = printAnswer(item, answers[which], context.names);
  // Of several options each is printed on a line, and none has lines of its own.
  const isOneLine = kind.fields === undefined && (kind.posting.as === 'several' || kind.posting.as === 'ranked');
  return <span class="preserved">{isOneLine ? printed.replaceAll('\n', '、') : printed}</span>;
}

/** Help, example, dates and the last round's answer: what `aria-describedby` names. */
function hint(props: FieldProps) {
  const { context, item, path, previous, isCompact = false } = props;
  const { help, example } = item.definition;
  const condition = conditionText(item, props.around);
  const facts = [
    dateText(item, context.round.period, context.asOf),
    ...(isCompact ? [] : [limitsText(item), example === undefined ? '' : `記入例：${example}`]),
  ]
    .filter((text) => text !== '')
    .join('　');
  const isPrinted = item.kind.fields === undefined;
  return (
    <div id={hintId(path)} class="hint">
      {condition !== '' && <p class="hint__when">該当する場合のみ（{condition}）</p>}
      {help !== undefined && !isCompact && <p>{help}</p>}
      {facts !== '' && <p>{facts}</p>}
      {previous !== undefined && isPrinted && (
        <p class="hint__previous">
          前回：
          {earlier(props, 'previous')}
        </p>
      )}
    </div>
  );
}

export function sentBackReason(props: FieldProps) {
  const { context, path, item } = props;
  const reason = context.sentBack.get(path);
  if (reason === undefined) return undefined;
  return (
    <div class="sent-back">
      <p>
        <strong>差戻しの理由：</strong>
        <span class="preserved">{reason}</span>
      </p>
      {item.kind.nesting !== 'entries' && (
        <p>
          提出時の回答：
          {earlier(props, 'submitted')}
        </p>
      )}
    </div>
  );
}

/** What is wrong with an answer, what to look at again, and what the prefecture holds. */
export function errorsAt({ context, path }: Pick<FieldProps, 'context' | 'path'>) {
  const messages = context.errors.get(path);
  const remarks = context.remarks.get(path);
  const held = context.held.get(path);
  if (messages === undefined && remarks === undefined && held === undefined) return undefined;
  return (
    <>
      {held !== undefined && (
        <p class="hint hint__previous">
          県の把握している値：<span class="preserved">{held}</span>
        </p>
      )}
      {messages !== undefined && <InlineError id={errorId(path)} message={errorText(messages)} />}
      {remarks?.map((remark) => (
        <p class="remark">{remark}</p>
      ))}
    </>
  );
}

export function readAs({ context, path }: Pick<FieldProps, 'context' | 'path'>) {
  const notice = context.notices.get(path);
  if (notice === undefined) return undefined;
  return (
    <p class="read-as" role="status">
      読み取り：{notice}
    </p>
  );
}

function confirmation({ context: { post, held }, path }: Pick<FieldProps, 'context' | 'path'>) {
  const prefilled = firstOf(post, prefilledMark(path));
  if (prefilled === undefined) return undefined;
  return (
    <div class="prefilled">
      <input type="hidden" name={prefilledMark(path)} value={prefilled} />
      <strong class="tag">{held.has(path) ? '県の値' : '前回'}から転記・要確認</strong>
      <label class="choice">
        <input type="checkbox" name={confirmedMark(path)} value="1" checked={isMarked(post, confirmedMark(path))} />
        <span>確認しました</span>
      </label>
    </div>
  );
}

/** 不明 and why, beside a question that may be left blank with a reason. */
function unknown({ context, path, item }: FieldProps) {
  if (item.definition.reasonIfBlank !== true || !context.takesReasons) return undefined;
  const name = blankMark(path);
  const kept = firstOf(context.post, keptWhyMark(path));
  return (
    <div class="unknown">
      <input type="hidden" name={name} value="" />
      {kept !== undefined && <input type="hidden" name={keptWhyMark(path)} value={kept} />}
      <label class="choice">
        <input type="checkbox" name={name} value="1" checked={isMarked(context.post, name)} />
        <span>不明</span>
      </label>
      <label class="unknown__why">
        <span>
          理由<span class="visually-hidden">（{numberedLabel(item.definition)}が不明の場合）</span>
        </span>
        <input
          class="input"
          type="text"
          name={whyMark(path)}
          value={firstOf(context.post, whyMark(path)) ?? ''}
          placeholder=" "
        />
      </label>
    </div>
  );
}

/** Comments and questions about a question, folded away; those about a group stand at what is in it. */
function talk({ context, item, isCompact = false }: FieldProps) {
  const found = isCompact || isGroup(item.kind) ? undefined : context.talkOf?.(item.id);
  if (found === undefined) return undefined;
  return (
    <details class="talk">
      <summary>
        {found.said === '' ? 'コメント・質問' : found.said}
        <span class="visually-hidden">（{numberedLabel(item.definition)}）</span>
      </summary>
      {found.links.map(({ href, label: text }) => (
        <a href={href}>{text}</a>
      ))}
    </details>
  );
}

function inRow(props: FieldProps) {
  return (
    <>
      {rowSaid(props.rowNumber ?? '')}
      {label({ ...props, isCompact: true })}
    </>
  );
}

/** A question in a row: what is said of it stands above its column, and what is said of the answer in its cell. */
function cell(props: FieldProps, content: Child) {
  const { context, path, previous } = props;
  return (
    <td class={hasError(context, path) ? 'cell cell--error' : 'cell'} {...conditionAttributes(props)}>
      {content}
      {previous !== undefined && (
        <p id={hintId(path)} class="hint">
          前回：
          {earlier(props, 'previous')}
        </p>
      )}
      {sentBackReason(props)}
      {errorsAt(props)}
      {unknown(props)}
      {readAs(props)}
      {confirmation(props)}
      {props.beside}
    </td>
  );
}

export function Labelled({ props, field }: { readonly props: FieldProps; readonly field: Child }) {
  const { context, path, rowNumber } = props;
  if (rowNumber !== undefined)
    return cell(
      props,
      <>
        <label class="cell__label" for={path}>
          {inRow(props)}
        </label>
        {field}
      </>,
    );
  return (
    <div
      class={hasError(context, path) ? 'form-group form-group--error' : 'form-group'}
      {...conditionAttributes(props)}
    >
      <label class="label" for={path}>
        {label(props)}
      </label>
      {hint(props)}
      {sentBackReason(props)}
      {errorsAt(props)}
      {field}
      {unknown(props)}
      {readAs(props)}
      {confirmation(props)}
      {talk(props)}
    </div>
  );
}

export function Grouped({ props, children }: { readonly props: FieldProps; readonly children: Child }) {
  const { context, path, rowNumber } = props;
  if (rowNumber !== undefined)
    return cell(
      props,
      <fieldset aria-describedby={describedBy(props)}>
        <legend class="cell__label">{inRow(props)}</legend>
        {children}
      </fieldset>,
    );
  return (
    <fieldset
      class={hasError(context, path) ? 'form-group form-group--error' : 'form-group'}
      aria-describedby={hasError(context, path) ? `${hintId(path)} ${errorId(path)}` : hintId(path)}
      {...conditionAttributes(props)}
    >
      <legend>{label(props)}</legend>
      {hint(props)}
      {sentBackReason(props)}
      {errorsAt(props)}
      {children}
      {unknown(props)}
      {confirmation(props)}
      {talk(props)}
    </fieldset>
  );
}
