/** A question that is the row of a table. */

import type { Item } from '../../../schemas/form.ts';
import { printCount, readCount } from '../../../schemas/values/count.ts';
import { shown, versionsAt } from './context.ts';
import type { FieldProps } from './context.ts';
import { confirmedMark, firstOf, isMarked, prefilledMark } from '../../domain/posted/posted.ts';

export interface TableRow extends FieldProps {
  readonly label: string;
}

export function rowsOf(props: FieldProps): TableRow[] {
  return props.item.children.map((item: Item) => ({
    ...props,
    ...versionsAt(props, item.key),
    item,
    path: `${props.path}.${item.key}`,
    label: item.definition.label,
  }));
}

/** The sum of what can be read, as it is printed; nothing while nothing can. */
export function totalOf(cells: readonly Pick<TableRow, 'context' | 'path'>[], unit: string): string {
  const counts = cells.flatMap(({ context, path }) => {
    const reading = readCount(shown(context, path), { unit });
    return reading.ok && reading.value !== null ? [reading.value] : [];
  });
  return counts.length === 0
    ? ''
    : printCount(
        counts.reduce((sum, count) => sum + count, 0),
        unit,
      );
}

export function confirmationBox({ context, path }: Pick<FieldProps, 'context' | 'path'>) {
  const prefilled = firstOf(context.post, prefilledMark(path));
  if (prefilled === undefined) return undefined;
  return (
    <span class="prefilled-row">
      <input type="hidden" name={prefilledMark(path)} value={prefilled} />
      <label>
        <input
          type="checkbox"
          name={confirmedMark(path)}
          value="1"
          checked={isMarked(context.post, confirmedMark(path))}
        />
        転記を確認
      </label>
    </span>
  );
}
