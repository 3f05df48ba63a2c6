/** 分類別集計表: every question by the class (分類) that the prefecture publishes, its values side by side. */

import { questionName } from '../../../schemas/export.ts';
import type { Figures, QuestionName, SummaryRow } from '../../../schemas/export.ts';
import type { Form } from '../../../schemas/form.ts';
import { numberedLabel } from '../../../schemas/kinds/question.ts';
import { unclassified } from '../../../schemas/unit-classes.ts';
import type { UnitClass } from '../../../schemas/unit-classes.ts';
import { printCount } from '../../../schemas/values/count.ts';
import { isAmong } from '../few-answers.ts';
import { measureNames } from '../measures.ts';
import { heading, paragraph } from './document.ts';
import type { Block, ReportTable } from './document.ts';
import { noFigure, notApplicableInReport } from './figures.ts';

export interface PublishedClass {
  readonly by: UnitClass;
  /** Questions without a table by it, since it would tell answers of single units. */
  readonly leftOut: readonly QuestionName[];
}

/** So many values, and the table takes smaller type. */
const many = 6;

const noTableByClass =
  '回答が３団体に満たない区分があり、又は公表した他の値との差から団体の回答が分かるため、掲載しない。';

/** What fits a line of a table: of numbers the sum or, where they do not add up, the mean. */
function linesOf(rows: readonly SummaryRow[]): readonly SummaryRow[] {
  if (rows.some(({ option }) => option !== undefined)) return rows;
  const sums = rows.filter(({ measure }) => measure === 'sum' || measure === 'count');
  return sums.length > 0 ? sums : rows.filter(({ measure }) => measure === 'mean');
}

function tableOf(rows: readonly SummaryRow[], label: string, by: UnitClass): ReportTable {
  const cells = [...Map.groupBy(rows, ({ classValue }) => classValue)];
  const lines = linesOf(cells[0]?.[1] ?? []);
  const print = (row: SummaryRow | undefined): string => {
    if (row === undefined) return notApplicableInReport;
    return row.value === null ? noFigure : (row.shown ?? printCount(row.value));
  };
  return {
    kind: 'table',
    caption: `${label}（${by.label}別、単位：${lines[0]?.unit ?? ''}）`,
    columns: [{ label: '項目' }, ...cells.map(([value = unclassified]) => ({ label: value, isNumber: true }))],
    rows: [
      ['回答数', ...cells.map(([, all]) => printCount(linesOf(all)[0]?.base ?? 0))],
      ...lines.map(({ option, optionLabel, measure }) => [
        optionLabel ?? measureNames[measure],
        ...cells.map(([, all]) => print(all.find((row) => row.option === option && row.measure === measure))),
      ]),
    ],
    ...(cells.length > many ? { isDense: true } : {}),
  };
}

/** The tables of a form by section; questions that nobody answered have none. */
export function classTables(
  form: Form,
  { rows, byClass = [] }: Figures,
  { by, leftOut }: PublishedClass,
  words: (text: string, question: string) => string,
): Block[] {
  const isLeftOut = isAmong(leftOut);
  const ofClass = Map.groupBy(
    byClass.filter((row) => row.class === by.id),
    questionName,
  );
  const answered = rows.filter((row) => row.form === form.id && row.base > 0);
  const questions = [...Map.groupBy(answered, ({ question }) => question).values()].flatMap(([row]) => row ?? []);
  const sections = Map.groupBy(questions, ({ question }) =>
    form.sections.find(({ id }) => question === id || question.startsWith(`${id}.`)),
  );
  const blocks = [...sections].flatMap(([section, asked]): Block[] => {
    const labelOf = (row: SummaryRow): string => words(numberedLabel(row), row.question);
    const tables = asked.flatMap((row): Block[] => {
      const found = ofClass.get(questionName(row));
      return found === undefined ? [] : [tableOf(found, labelOf(row), by)];
    });
    const without = asked.filter(isLeftOut).map((row) => `「${labelOf(row)}」`);
    const note = without.length === 0 ? [] : [paragraph(`${without.join('')}の${by.label}別の表は、${noTableByClass}`)];
    const title = section && heading('item', words(numberedLabel(section.definition), section.id));
    return tables.length + note.length === 0 ? [] : [...[title ?? []].flat(), ...tables, ...note];
  });
  return blocks.length === 0 ? [] : [heading('section', `${form.title}（${by.label}別）`), ...blocks];
}
