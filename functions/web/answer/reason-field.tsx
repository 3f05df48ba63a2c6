/** A question for a reason (確認事項): what strikes, what is usual to answer, and room for another reason. */

import { reasons as reasonsSchema } from '../../../schemas/return.ts';
import type { Reasons } from '../../../schemas/return.ts';
import { isBlank, lineFeeds } from '../../../schemas/values/text.ts';
import type { Finding } from '../../domain/edit-checks.ts';
import { InlineError } from '../shared/inline-error.tsx';
import { errorId } from '../fields/context.ts';
import { firstOf } from '../../domain/posted/posted.ts';
import type { Posted } from '../../domain/posted/posted.ts';
import { placeLabel } from '../../domain/place-label.ts';
import type { Opened } from './opened.ts';
import { fieldHref } from './where.ts';

export const reasonName = (key: string): string => `reason:${key}`;
const readyMadeName = (key: string): string => `ready:${key}`;

export function isReasonField(name: string): boolean {
  return name.startsWith(reasonName('')) || name.startsWith(readyMadeName(''));
}

/** The reasons of a page by their keys: the ready-made one that was chosen, and what was typed; `''` for none. */
function postedReasons(post: Posted): Reasons {
  const keys = [...post.keys()]
    .filter((name) => name.startsWith(reasonName('')))
    .map((name) => name.slice(reasonName('').length));
  const reasons = keys.map((key): [string, string] => {
    const typed = lineFeeds(firstOf(post, reasonName(key)) ?? '');
    const readyMade = firstOf(post, readyMadeName(key)) ?? '';
    return [key, [readyMade, typed].filter((text) => !isBlank(text)).join('\n')];
  });
  return Object.fromEntries(reasons);
}

/** Those, or what is wrong with which. */
export function readReasons(
  post: Posted,
): { readonly reasons: Reasons } | { readonly reasonErrors: ReadonlyMap<string, string> } {
  const parsed = reasonsSchema.safeParse(postedReasons(post));
  if (parsed.success) return { reasons: parsed.data };
  return { reasonErrors: new Map(parsed.error.issues.map(({ path, message }) => [String(path[0]), message])) };
}

export interface ReasonsProps {
  readonly opened: Opened;
  /** Reasons as posted, when they could not be saved or are not enough. */
  readonly post: Posted | undefined;
  /** What is wrong with posted reasons, by their keys. */
  readonly reasonErrors: ReadonlyMap<string, string>;
}

export function ReasonField({
  finding,
  opened,
  post: posts,
  reasonErrors,
  isLinked = true,
}: ReasonsProps & { readonly finding: Finding; readonly isLinked?: boolean }) {
  const { key, path, message, readyMade } = finding;
  const { draft } = opened;
  const id = reasonName(key);
  // A post holds the reasons of its own part.
  const post = posts?.has(id) === true ? posts : undefined;
  const stored = Object.hasOwn(draft.reasons, key) ? (draft.reasons[key] ?? '') : '';
  const chosen =
    post === undefined ? (readyMade.includes(stored) ? stored : '') : (firstOf(post, readyMadeName(key)) ?? '');
  const typed = post === undefined ? (chosen === '' ? stored : '') : (firstOf(post, reasonName(key)) ?? '');
  const error = reasonErrors.get(key);
  const place = path === '' ? 'この回答全体' : placeLabel(opened, draft.answers, path);
  return (
    <fieldset class="form-group reason">
      <legend>{isLinked && path !== '' ? <a href={fieldHref(opened, path)}>{place}</a> : place}</legend>
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
