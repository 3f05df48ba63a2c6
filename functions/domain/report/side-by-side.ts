/** Returns of one form side by side: a row per question, a column per unit, a few units to a table. */

import { isObject } from '../../../schemas/json.ts';
import type { JsonObject } from '../../../schemas/json.ts';
import type { Form, Item } from '../../../schemas/form.ts';
import type { Answers } from '../../../schemas/return.ts';
import { isAsked } from '../asked.ts';
import { notAnswered, printAnswer } from '../print-answer.ts';
import type { Names } from '../../../schemas/kinds/printing.ts';
import { numberedLabel } from '../../../schemas/question.ts';
import type { Audience } from '../summary.ts';
import type { ReportTable } from './document.ts';

export interface NamedReturn {
  readonly name: string;
  readonly answers: Answers;
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

function cell({ item, path }: Row, answers: Answers, names: Names): string {
  const scope = path.reduce<JsonObject>((value, key) => {
    const inner = value[key];
    return isObject(inner) ? inner : {};
  }, answers);
  const answer = scope[item.key];
  if (answer === undefined) {
    const { definition, kind } = item;
    return isAsked(item, [answers]) ? (definition.required ? notAnswered : (kind.emptyLabel ?? '')) : '';
  }
  return printAnswer(item, answer, names);
}

export function sideBySide(form: Form, returns: readonly NamedReturn[], names: Names, audience: Audience): ReportTable {
  const rows = rowsOf(form.sections, [], '', audience).map((row) => [
    row.label,
    ...returns.map(({ answers }) => cell(row, answers, names)),
  ]);
  return {
    kind: 'table',
    caption: `${form.title}：${returns.map(({ name }) => name).join('、')}`,
    columns: [{ label: '項目' }, ...returns.map(({ name }) => ({ label: name }))],
    // What nobody has anything to say to, such as その他, is left out.
    rows: rows.filter((cells) => cells.slice(1).some((text) => text !== '')),
  };
}
