/** The columns of the list by unit (参考資料2): open questions and measures that a form lists, and what a return says to them. */

import type { ReportingUnit } from '../../../schemas/directory.ts';
import type { Form, Item } from '../../../schemas/form.ts';
import type { Names } from '../../../schemas/kinds/printing.ts';
import type { Measure } from '../../../schemas/measure.ts';
import type { Answers, Json } from '../../../schemas/values/json.ts';
import { printCount } from '../../../schemas/values/count.ts';
import { numberedLabel } from '../../../schemas/kinds/question.ts';
import { addsUp, mayBePrice } from '../../../schemas/values/units.ts';
import { valueAt } from '../answers.ts';
import { notAnswered, printAnswer } from '../print-answer.ts';
import type { ReportColumn } from './document.ts';
import { notApplicableInReport } from './figures.ts';

/** A number, which can be added up, or words; `null` does not apply, `undefined` is not answered. */
export type ListedValue = number | string | null | undefined;

export interface ListedColumn extends ReportColumn {
  of(answers: Answers, unit: ReportingUnit, names: Names): ListedValue;
}

/** Whether the numbers of several municipalities are added up in one cell. */
function isAddedUp({ definition: { label }, kind: { figures }, overPeriod }: Item): boolean {
  if (figures?.of !== 'numbers' || !figures.addsUp) return false;
  const { unit } = figures;
  return addsUp({ label, unit }) && !mayBePrice({ unit, overPeriod });
}

/** `委員数（人）`, or the heading that the form gives. */
export function columnOf(item: Item): ReportColumn {
  const { definition, kind } = item;
  const { listed } = definition;
  const isNumber = isAddedUp(item);
  const unit = isNumber ? `（${kind.unit ?? ''}）` : '';
  return { label: typeof listed === 'string' ? listed : `${numberedLabel(definition)}${unit}`, isNumber };
}

/** Numbers bare, since their unit stands in the heading; everything else as printed. */
function listedValue(item: Item, answer: Json | undefined, names: Names): ListedValue {
  if (answer === undefined || answer === null || (typeof answer === 'number' && isAddedUp(item))) return answer;
  return printAnswer(item, answer, names);
}

function measureColumn(measure: Measure): ListedColumn[] {
  return measure.kind === 'total' && measure.listed !== undefined
    ? [{ label: measure.listed, isNumber: true, of: (answers, unit) => measure.of(answers, unit) }]
    : [];
}

/** Questions in the order of the form, then measures; what stands in a list of entries is listed there. */
export function listedColumns({ sections, measures }: Pick<Form, 'sections' | 'measures'>): ListedColumn[] {
  const below = (items: readonly Item[]): ListedColumn[] =>
    items.flatMap((item) => [
      ...(item.definition.listed === undefined
        ? []
        : [
            {
              ...columnOf(item),
              of: (answers: Answers, _: ReportingUnit, names: Names) =>
                listedValue(item, valueAt(answers, item.keys), names),
            },
          ]),
      ...(item.kind.nesting === 'fields' ? below(item.children) : []),
    ]);
  return [...below(sections), ...measures.flatMap(({ measure }) => measureColumn(measure))];
}

export function printListed(value: ListedValue): string {
  if (value === undefined) return notAnswered;
  if (value === null) return notApplicableInReport;
  return typeof value === 'number' ? printCount(value) : value;
}
