/** What people read over a column: the labels on the way to the question, and the unit. */

import type { Form } from '../../schemas/form.ts';
import { numberedLabel } from '../../schemas/kinds/question.ts';
import type { AnswerColumn, AnswerTable } from './tables.ts';

const separator = '：';

function pathOf(
  { items }: Pick<Form, 'items'>,
  table: Pick<AnswerTable, 'id'>,
  { item, cell }: AnswerColumn,
): string[] {
  const keys = item.id.split('.');
  const ids = keys.map((_, index) => keys.slice(0, index + 1).join('.'));
  // A list of plain texts is its own only column.
  const inside = item.id === table.id ? [item.id] : ids.filter((id) => !`${table.id}.`.startsWith(`${id}.`));
  const labels = inside.map((id) => {
    const item = items.get(id);
    return item === undefined ? id : numberedLabel(item.definition);
  });
  return [...labels, ...(cell.label === '' ? [] : [cell.label])];
}

function measureOf({ cell }: AnswerColumn): string {
  if (cell.type === 'flag') return '（該当=1）';
  return cell.unit === undefined ? '' : `（${cell.unit}）`;
}

export function distinct(names: readonly string[], ids: readonly string[]): string[] {
  const times = new Map<string, number>();
  for (const name of names) times.set(name, (times.get(name) ?? 0) + 1);
  return names.map((name, index) => ((times.get(name) ?? 0) > 1 ? `${name}［${ids[index] ?? index}］` : name));
}

/** One whole heading per column of a table: `事業所：利用者数（人）`. */
export function columnHeadings(form: Pick<Form, 'items'>, table: AnswerTable): string[] {
  return table.columns.map((column) => `${pathOf(form, table, column).join(separator)}${measureOf(column)}`);
}
