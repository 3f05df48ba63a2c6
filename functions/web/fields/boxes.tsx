/** Radios and boxes to tick. */

import type { FieldProps } from './context.ts';
import { entriesMark, isMarked, noneMark, notApplicableMark } from '../../domain/posted/posted.ts';
import type { Posted } from '../../domain/posted/posted.ts';

interface BoxProps {
  readonly type: 'radio' | 'checkbox';
  readonly name: string;
  readonly value: string;
  readonly label: string;
  readonly checked: boolean;
  readonly id?: string | undefined;
}

/** A function, not a component: a page may have hundreds. */
function box({ type, name, value, label, checked, id }: BoxProps) {
  return (
    <label class="choice">
      <input type={type} id={id} name={name} value={value} checked={checked} />
      <span>{label}</span>
    </label>
  );
}

/** A box for each option. The first one has the id of the question, to which errors are linked. */
export function optionBoxes(
  { path }: Pick<FieldProps, 'path'>,
  type: BoxProps['type'],
  options: readonly (readonly [string, string])[],
  chosen: ReadonlySet<string>,
  isFirst = true,
) {
  return options.map(([value, label], index) =>
    box({ type, name: path, value, label, checked: chosen.has(value), id: isFirst && index === 0 ? path : undefined }),
  );
}

function markBox(post: Posted, name: string, label: string) {
  return box({ type: 'checkbox', name, value: '1', label, checked: isMarked(post, name) });
}

/** 該当なし, where it is declared. */
export function notApplicableBox({ context, path, item }: Pick<FieldProps, 'context' | 'path' | 'item'>) {
  return item.definition.nullable && markBox(context.post, notApplicableMark(path), '該当なし');
}

/** 該当するものはない, and 該当なし where it is declared: two answers that people take for one, so that it is said which is which. */
export function NoneBoxes({ context, path, item }: Pick<FieldProps, 'context' | 'path' | 'item'>) {
  return (
    <div class="none-boxes">
      {markBox(context.post, noneMark(path), '該当するものはない')}
      {item.definition.nullable &&
        markBox(context.post, notApplicableMark(path), '該当なし（この項目自体が当てはまらない）')}
    </div>
  );
}

/** Posts the name even when no box is ticked. */
export function Presence({ path }: Pick<FieldProps, 'path'>) {
  return <input type="hidden" name={path} value="" />;
}

/** Posts that the entries of a list have their fields here. */
export function entriesHere(path: string) {
  return <input type="hidden" name={entriesMark(path)} value="1" />;
}
