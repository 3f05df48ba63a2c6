/**
 * A text that is too heavy for its page: how it begins, the way to the whole of it, and the way to write it anew. The links are
 * downloads, or the browser would ask whether to leave a page with something unsaved.
 */

import type { JSX } from 'hono/jsx/jsx-runtime';
import { labelOf } from '../../domain/labels.ts';
import { beginningOf } from '../parts.ts';
import { valuesOf } from '../posted/posted.ts';
import type { Posted } from '../posted/posted.ts';
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

/** What stands in the field of a text: all of it, and of one that is written anew as much as the question takes. */
export function rewrittenText({ context, path, item }: Pick<FieldProps, 'context' | 'path' | 'item'>, text: string): string {
  return context.rewritten === path ? beginningOf(text, mostCharacters(item)) : text;
}

/** That the field does not hold all that it replaces, where it does not. */
export function RewrittenNote({ context, path, item }: FieldProps): JSX.Element {
  const values = valuesOf(context.post, path);
  if (context.rewritten !== path || !isTooLong(item, values)) return <></>;
  return <p class="hint">初めの部分だけを表示しています。保存すると、これまでの全文がこの内容に置き換わります。</p>;
}

function countOf(values: readonly string[]): string {
  const characters = values.reduce((sum, text) => sum + Array.from(text).length, 0);
  return values.length > 1 ? `${values.length}件、合わせて${characters}文字` : `${characters}文字`;
}

/** Whether texts are more, or one of them longer, than the question takes. */
export function isTooLong(item: FieldProps['item'], values: readonly string[]): boolean {
  const { definition } = item;
  if (definition.kind === 'texts' && values.length > definition.maxEntries) return true;
  return values.some((text) => beginningOf(text, mostCharacters(item)) !== text);
}

function About({ props, brief, values }: { readonly props: FieldProps; readonly brief: Brief; readonly values: readonly string[] }): JSX.Element {
  const { context, item, path } = props;
  const limit = limits(item);
  const where = brief.isStored
    ? '全文は保存されています。'
    : '全文はまだ保存されていませんが、失われてはいません。この画面から保存することができます。';
  const count = `${countOf(values)}${limit === '' ? '' : `（${limit}）`}`;
  const isWrong = isTooLong(item, values);
  const text = `${isWrong ? '長すぎる' : '長い'}ため、初めの部分だけを表示しています：${count}。${where}${isWrong ? '短く書き直してください。' : ''}`;
  // What is wrong with a stored text is said above it already.
  if (!isWrong || hasError(context, path)) return <p>{text}</p>;
  return (
    <p class="error-message">
      <span class="error-message__label">エラー：</span>
      {text}
    </p>
  );
}

/** In place of the field of a question; has the question's id, to which errors are linked. */
export function BriefField({ props, brief }: { readonly props: FieldProps; readonly brief: Brief }): JSX.Element {
  const { context, path, item } = props;
  const values = valuesOf(context.post, path);
  const text = values.join('\n');
  return (
    <Grouped props={props}>
      <div class="brief" id={path} tabindex={-1}>
        <About props={props} brief={brief} values={values} />
        <blockquote class="preserved">{beginningOf(text, brief.characters)}…</blockquote>
        <div class="button-row">
          <a href={brief.file} download>
            全文（テキストファイル）
          </a>
          <button class="button button--secondary" name="action" value={`${rewriteVerb}${path}`}>
            書き直す<span class="visually-hidden">（{labelOf(item.definition.label, context.round)}）</span>
          </button>
        </div>
      </div>
    </Grouped>
  );
}
