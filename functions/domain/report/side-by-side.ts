/** Returns of one form side by side: a row per question, a column per unit, a few units to a table. */

import type { Answers, JsonObject } from '../../../schemas/values/json.ts';
import { isObject } from '../../../schemas/values/json.ts';
import type { ReportingUnit } from '../../../schemas/directory.ts';
import type { Form, Item } from '../../../schemas/form.ts';
import { isAsked } from '../asked.ts';
import { notAnswered, printAnswer } from '../print-answer.ts';
import type { Names } from '../../../schemas/kinds/printing.ts';
import { numberedLabel } from '../../../schemas/kinds/question.ts';
import type { Audience } from '../summary.ts';
import type { ReportTable } from './document.ts';

export interface NamedReturn {
  readonly unit: ReportingUnit;
  readonly answers: Answers;
  /** What the version keeps of the answers before. */
  readonly previous?: Answers | undefined;
}

/** As many columns as an A4 page takes. */
export const unitsPerTable = 4;

interface Row {
  readonly item: Item;
  readonly label: string;
  readonly path: readonly string[];
}

function rowsOf(items: readonly Item[], path: readonly string[], around: string, audience: Audience): Row[] {
  return items.flatMap((item) => {
    const { definition, kind, key, visibility, children } = item;
    if (audience === 'public' && visibility !== 'open') return [];
    const own = numberedLabel(definition);
    const label = around === '' ? own : `${around}：${own}`;
    if (kind.nesting === 'fields') return rowsOf(children, [...path, key], path.length === 0 ? '' : label, audience);
    return [{ item, label, path }];
  });
}

/** @param form as it was asked of the unit */
function cell({ item, path }: Row, form: Form, answers: Answers, names: Names): string {
  const scope = path.reduce<JsonObject>((value, key) => {
    const inner = value[key];
    return isObject(inner) ? inner : {};
  }, answers);
  const answer = scope[item.key];
  if (answer === undefined) {
    const { definition, kind } = item;
    return isAsked(form.items.get(item.id) ?? item, [answers])
      ? definition.required
        ? notAnswered
        : (kind.emptyLabel ?? '')
      : '';
  }
  return printAnswer(item, answer, names);
}

export function sideBySide(form: Form, returns: readonly NamedReturn[], names: Names, audience: Audience): ReportTable {
  const asked = returns.map(({ unit, answers, previous }) => ({ form: form.knowing({ unit, previous }), answers }));
  const rows = rowsOf(form.sections, [], '', audience).map((row) => [
    row.label,
    ...asked.map((each) => cell(row, each.form, each.answers, names)),
  ]);
  return {
    kind: 'table',
    caption: `${form.title}：${returns.map(({ unit: { name } }) => name).join('、')}`,
    columns: [{ label: '項目' }, ...returns.map(({ unit: { name } }) => ({ label: name }))],
    // What nobody has anything to say to, such as その他, is left out.
    rows: rows.filter((cells) => cells.slice(1).some((text) => text !== '')),
  };
}
