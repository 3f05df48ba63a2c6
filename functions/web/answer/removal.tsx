/** Asks once more before an entry with something in it is removed. */

import { isObject } from '../../../schemas/json.ts';
import type { Json } from '../../../schemas/return.ts';
import { entryAction } from './actions.ts';
import { entriesMark, firstOf, isMarked, valuesOf } from '../../domain/posted/posted.ts';
import type { Posted } from '../../domain/posted/posted.ts';
import { placeLabel } from '../../domain/place-label.ts';
import { answerAt } from '../../domain/question-path.ts';
import { Trail } from './frame.tsx';
import type { Opened } from './opened.ts';

const confirmed = 'confirmed';

function entriesInside(value: Json | undefined): number {
  if (Array.isArray(value))
    return value.reduce<number>((sum, each) => sum + (isObject(each) ? 1 + entriesInside(each) : 0), 0);
  return isObject(value) ? Object.values(value).reduce<number>((sum, each) => sum + entriesInside(each), 0) : 0;
}

/** Whether anything is answered; that entries were added and left says nothing. */
function holdsAnswer(value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.length === 0 || value.some(holdsAnswer);
  if (!isObject(value)) return value !== undefined;
  return Object.entries(value).some(([key, each]) => key !== 'id' && holdsAnswer(each));
}

type Stored = { readonly form: Opened['form']; readonly draft: Pick<Opened['draft'], 'answers'> };

function hasContent({ form, draft }: Stored, post: Posted, path: string): boolean {
  if (holdsAnswer(answerAt(form.sections, path.split('.'), draft.answers))) return true;
  const isTyped = (name: string): boolean => !name.endsWith(entriesMark('')) && !post.has(entriesMark(name));
  return [...post.keys()].some(
    (name) => name.startsWith(`${path}.`) && isTyped(name) && valuesOf(post, name).length > 0,
  );
}

/** The entry that a post removes and that nobody has confirmed yet. An empty one goes without a question. */
export function unconfirmedRemoval(opened: Stored, post: Posted): string | undefined {
  const action = entryAction(firstOf(post, 'action'));
  if (action?.verb !== 'remove' || isMarked(post, confirmed)) return undefined;
  return hasContent(opened, post, action.path) ? action.path : undefined;
}

/** An answer's name has a dot in it. */
function isAnswer(name: string): boolean {
  return name.includes('.');
}

/** Whether questions are posted along, which the page that asks does not save. */
export function hasTyped(post: Posted): boolean {
  return [...post.keys()].some(isAnswer);
}

interface RemovalViewProps {
  readonly opened: Opened;
  readonly path: string;
  readonly href: string;
  /** What was typed beside it is carried along, whatever the answer is. */
  readonly post: Posted;
}

export const removalTitle = '削除の確認';

export function RemovalView({ opened, path, href, post }: RemovalViewProps) {
  const { form, draft } = opened;
  const label = placeLabel(opened, draft.answers, path);
  const inside = entriesInside(answerAt(form.sections, path.split('.'), draft.answers));
  return (
    <>
      <Trail opened={opened} below={[{ label: removalTitle }]} />
      <h1>{label}を削除しますか</h1>
      <p>
        記入した内容がすべて削除されます{inside > 0 && `（中の記入${inside}件を含みます）`}
        。削除すると、元に戻すことはできません。
      </p>
      <form method="post" action={href} data-warn data-unsaved={hasTyped(post) ? '' : undefined}>
        {[...post].flatMap(([name, values]) =>
          name === 'action' ? [] : values.map((value) => <input type="hidden" name={name} value={value} />),
        )}
        <input type="hidden" name={confirmed} value="yes" />
        <div class="button-row">
          <button class="button button--danger" name="action" value={`remove:${path}`}>
            削除する
          </button>
          <button class="button button--secondary" name="action" value="save">
            削除しない
          </button>
        </div>
      </form>
    </>
  );
}
