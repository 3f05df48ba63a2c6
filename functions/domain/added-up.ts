/** Whether figures have the sum of the answers to a question of numbers: a sum of prices says nothing. */

import type { Form, Item } from '../../schemas/form.ts';
import type { OutlinePart } from '../../schemas/report-outline.ts';
import { isPrice, mayBePrice } from '../../schemas/values/units.ts';

function sumsOf(part: OutlinePart): readonly string[] {
  return part.kind === 'sums' ? part.questions : [];
}

/** Whether a heading of the report asks for the sum. */
function isNamed({ report }: Pick<Form, 'report'>, id: string): boolean {
  return (report?.headings ?? []).some(({ parts = [] }) => parts.flatMap(sumsOf).includes(id));
}

/** A table of numbers has its totals both ways, of which each cell is a part. */
function standsInTable({ items }: Pick<Form, 'items'>, id: string): boolean {
  return items.get(id.slice(0, Math.max(0, id.lastIndexOf('.'))))?.kind.table === 'numbers';
}

/** Prices are not; what may be one is where the report names its sum. */
export function isAddedUp(form: Pick<Form, 'items' | 'report'>, { id, kind, definition, overPeriod }: Item): boolean {
  const { figures } = kind;
  if (figures?.of !== 'numbers' || !figures.addsUp) return false;
  if (standsInTable(form, id)) return true;
  const { unit } = figures;
  if (isPrice({ label: definition.label, unit })) return false;
  return !mayBePrice({ unit, overPeriod }) || isNamed(form, id);
}
