/** What is done with the entries of a list: added, opened, moved, removed; or it is said that there are none. */

import { NoneBoxes } from './boxes.tsx';
import type { FieldProps } from './context.ts';
import { isMarked, noneMark } from '../../domain/posted/posted.ts';

interface EntryButtonsProps {
  readonly path: string;
  /** What the buttons are about, for those who hear them one by one. */
  readonly title: string;
  readonly index: number;
  readonly count: number;
  readonly opens?: boolean;
}

export function EntryButton({
  action,
  label,
  title,
}: {
  readonly action: string;
  readonly label: string;
  readonly title: string;
}) {
  return (
    <button class="button button--text" name="action" value={action}>
      {label}
      <span class="visually-hidden">（{title}）</span>
    </button>
  );
}

export function EntryButtons({ path, title, index, count, opens = false }: EntryButtonsProps) {
  return (
    <div class="entry-buttons">
      {opens && <EntryButton action={`open:${path}`} label="編集" title={title} />}
      {index > 0 && <EntryButton action={`up:${path}`} label="上へ" title={title} />}
      {index < count - 1 && <EntryButton action={`down:${path}`} label="下へ" title={title} />}
      <EntryButton action={`remove:${path}`} label="削除" title={title} />
    </div>
  );
}

const inRows = [
  { verb: 'up', label: '上へ' },
  { verb: 'down', label: '下へ' },
  { verb: 'copy', label: '複製' },
  { verb: 'remove', label: '削除' },
] as const;

/** The same in a row of a table; which of them the first and the last row do not need, the style sheet knows. */
export function RowButtons({ path, row }: { readonly path: string; readonly row: string }) {
  return (
    <>
      {inRows.map(({ verb, label }) => (
        <button class={`button button--text row__${verb}`} name="action" value={`${verb}:${path}`}>
          <span class="visually-hidden">
            <span data-no="">{row}</span>件目を
          </span>
          {label}
        </button>
      ))}
    </>
  );
}

interface AddButtonProps {
  readonly path: string;
  readonly label: string;
  readonly count: number;
  readonly max: number;
  readonly id?: string;
}

export function AddButton({ path, label, count, max, id }: AddButtonProps) {
  if (count >= max) return <p class="hint">{max}件まで記入できます。</p>;
  return (
    <button class="button button--secondary" name="action" value={`add:${path}`} id={id}>
      {label}を追加する
    </button>
  );
}

/** 該当するものはない, offered where there is nothing, and nothing is an answer. */
export function noneBoxes(props: FieldProps, count: number) {
  const isOffered =
    isMarked(props.context.post, noneMark(props.path)) || (count === 0 && !props.item.definition.required);
  return isOffered && <NoneBoxes {...props} />;
}
