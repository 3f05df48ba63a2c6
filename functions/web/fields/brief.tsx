/**
 * A text that is too heavy for its page: how it begins, the way to the whole of it, and the way to write it anew. The links are
 * downloads, or the browser would ask whether to leave a page with something unsaved.
 */

import type { Child } from 'hono/jsx';
import type { JSX } from 'hono/jsx/jsx-runtime';
import { labelOf } from '../../domain/labels.ts';
import { beginningOf } from '../shared/parts.ts';
import { isOfStored, keepMark, keepsTyped, storedMark } from './keep.ts';
import { firstOf, valuesOf } from './posted.ts';
import type { Posted } from './posted.ts';
import { lineFeeds } from './taken.ts';
import { isTyped } from './typed.ts';
import { Grouped, limits } from './about.tsx';
import { hasError } from './context.ts';
import type { Brief, FieldProps } from './context.ts';

const rewriteVerb = 'rewrite:';
/** What is typed on one line, such as a number, is taken up to here. */
const oneLine = 200;

/** The question whose text the post asks to write anew. */
export function rewrittenBy(post: Posted): string | undefined {
  const action = valuesOf(post, 'action').find((value) => value.startsWith(rewriteVerb));
  return action?.slice(rewriteVerb.length);
}

function mostCharacters({ definition }: FieldProps['item']): number {
  return definition.kind === 'text' || definition.kind === 'texts' ? definition.maxLength : oneLine;
}

function countOf(values: readonly string[]): string {
  const characters = values.reduce((sum, text) => sum + Array.from(lineFeeds(text)).length, 0);
  return values.length > 1 ? `${values.length}件、合わせて${characters}文字` : `${characters}文字`;
}

/** Whether texts are more, or one of them longer, than the question takes. A line break is one character, as it is stored. */
export function isTooLong(item: FieldProps['item'], values: readonly string[]): boolean {
  const { definition } = item;
  if (definition.kind === 'texts' && values.length > definition.maxEntries) return true;
  return values.map(lineFeeds).some((text) => beginningOf(text, mostCharacters(item)) !== text);
}

function About({
  props,
  brief,
  values,
}: {
  readonly props: FieldProps;
  readonly brief: Brief;
  readonly values: readonly string[];
}): JSX.Element {
  const { context, item, path } = props;
  const limit = limits(item);
  const where = brief.isStored ? '全文は保存されています。' : '全文はまだ保存されていません。';
  const count = `${countOf(values)}${limit === '' ? '' : `（${limit}）`}`;
  const isWrong = isTooLong(item, values);
  // What is wrong with what is no number or date is said as its error.
  const advice = isWrong && !isTyped(item.definition) ? '短く書き直してください。' : '';
  const text = `${isWrong ? '長すぎる' : '長い'}ため、初めの部分だけを表示しています：${count}。${where}${advice}`;
  // What is wrong with a stored text is said above it already.
  if (!isWrong || hasError(context, path)) return <p>{text}</p>;
  return (
    <p class="error-message">
      <span class="error-message__label">エラー：</span>
      {text}
    </p>
  );
}

interface BriefProps {
  readonly props: FieldProps;
  readonly brief: Brief;
}

/** How the text begins, and where the whole of it is. */
function Beginning({ props, brief, children }: BriefProps & { readonly children?: Child }): JSX.Element {
  const values = valuesOf(props.context.post, props.path);
  return (
    <>
      <About props={props} brief={brief} values={values} />
      <blockquote class="preserved">{beginningOf(values.join('\n'), brief.characters)}…</blockquote>
      <div class="button-row">
        <a href={brief.file} download>
          全文（テキストファイル）
        </a>
        {children}
      </div>
    </>
  );
}

function isWrittenAnew({ context, path }: Pick<FieldProps, 'context' | 'path'>): boolean {
  return context.rewritten === path && context.briefs.has(path);
}

/** How a question is shown whose field is not on the page. */
export function briefOnly(props: Pick<FieldProps, 'context' | 'path'>): Brief | undefined {
  return isWrittenAnew(props) ? undefined : props.context.briefs.get(props.path);
}

/** What the field of a question shows: nothing where it is there to write a text anew. */
export function ownField<T extends FieldProps>(props: T): T {
  const { context, path } = props;
  if (!isWrittenAnew(props)) return props;
  const others = [...context.post].filter(([name]) => name !== path && !name.startsWith(`${path}:`));
  return { ...props, context: { ...context, post: new Map(others) } };
}

/** Before a field in which a text is written anew: the text so far, which stays while nothing is written. */
export function rewriting(props: FieldProps): JSX.Element | undefined {
  const { context, path, stored } = props;
  const brief = isWrittenAnew(props) ? context.briefs.get(path) : undefined;
  if (brief === undefined && !isOfStored(context.post, path, stored)) return undefined;
  const mark = keepMark(path);
  if (brief !== undefined)
    return (
      <>
        <div class="brief">
          <Beginning props={props} brief={brief} />
        </div>
        <p class="hint">
          新しい内容を入力してください。入力すると、これまでの全文と置き換わります（入力中に自動的に保存されます。必要であれば、先に全文のファイルを保存してください）。空欄のままであれば、これまでの全文がそのまま残ります。
        </p>
        <input type="hidden" name={mark} value={brief.isStored ? storedMark(stored ?? null) : keepsTyped} />
      </>
    );
  return (
    <>
      <p class="hint">
        まだ保存されていない入力内容です。空欄にすると、保存されているこれまでの全文がそのまま残ります。
      </p>
      <input type="hidden" name={mark} value={firstOf(context.post, mark)} />
    </>
  );
}

/** In place of the field of a question; has the question's id, to which errors are linked. */
export function BriefField({ props, brief }: BriefProps): JSX.Element {
  const { context, path, item } = props;
  return (
    <Grouped props={props}>
      <div class="brief" id={path} tabindex={-1}>
        <Beginning props={props} brief={brief}>
          <button class="button button--secondary" name="action" value={`${rewriteVerb}${path}`}>
            書き直す<span class="visually-hidden">（{labelOf(item.definition.label, context.round)}）</span>
          </button>
        </Beginning>
      </div>
    </Grouped>
  );
}
