/** Whether figures have the sum of the answers to a question of numbers: a sum of prices says nothing. */

import type { Form, Item } from '../../schemas/form.ts';
import { addsUp, isPrice } from '../../schemas/values/units.ts';

/** A table of numbers has its totals both ways, of which each cell is a part. */
function standsInTable({ items }: Pick<Form, 'items'>, id: string): boolean {
  return items.get(id.slice(0, Math.max(0, id.lastIndexOf('.'))))?.kind.table === 'numbers';
}

/**
 * What its name or its unit calls a price has a mean alone. Any other amount in 円 has both: a budget is added up, and who
 * knows it to be a price reads the mean, as 調査結果概要 prints it.
 */
export function isAddedUp(form: Pick<Form, 'items'>, { id, kind, definition }: Item): boolean {
  const { figures } = kind;
  if (figures?.of !== 'numbers' || !figures.addsUp) return false;
  return standsInTable(form, id) || !isPrice({ label: definition.label, unit: figures.unit });
}

/**
 * Whether a sum also says something to whoever reads it: of shares, ages and averages files have one, for programs, and no table
 * that is read.
 */
export function isReadAsSum(form: Pick<Form, 'items'>, item: Item): boolean {
  const { figures } = item.kind;
  if (figures?.of !== 'numbers' || !isAddedUp(form, item)) return false;
  return addsUp({ label: item.definition.label, unit: figures.unit });
}
