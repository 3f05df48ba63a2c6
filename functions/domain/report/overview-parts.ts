/** One part of the 調査結果概要: a question or measure in the lines that the outline gives it. */

import { unitNames } from '../../../schemas/directory.ts';
import type { SummaryRow } from '../../../schemas/export.ts';
import type { Breakdown, OutlinePart } from '../../../schemas/report-outline.ts';
import { printCount } from '../../../schemas/values/count.ts';
import type { Line } from './document.ts';
import { isNonZero, mostFirst, printUnits, valueOf } from './figures.ts';
import type { SummaryFigures } from './figures.ts';

export interface PartText {
  readonly title: string;
  readonly lines: readonly Line[];
}

export interface PartContext {
  readonly figures: SummaryFigures;
  readonly jointUnits: (form: string) => readonly string[];
  readonly words: (text: string, question?: string) => string;
}

/** `prices`: numbers that nothing says to be amounts, so that they have a mean alone. */
export type PartOfForm = OutlinePart & { readonly form: string; readonly prices?: boolean };

type PartOf<K extends PartOfForm['kind']> = Extract<PartOfForm, { kind: K }>;

const bullet = (text: string): Line => ({ text: `・${text}`, indent: 1 });

function shown(rows: readonly SummaryRow[]): SummaryRow[] {
  return rows.filter(isNonZero);
}

/** `単独設置：28、共同設置：9` */
function withColons(rows: readonly SummaryRow[], mark: (row: SummaryRow) => string = () => ''): string {
  return shown(rows)
    .map((row) => `${row.optionLabel ?? ''}：${printUnits(row)}${mark(row)}`)
    .join('、');
}

function inBrackets(text: string): string {
  return text === '' ? '' : `（${text}）`;
}

function headline(part: PartOf<'headline'>, { figures }: PartContext): PartText | undefined {
  const row = figures.option(part.form, part.question, part.option);
  if (row === undefined || row.base === 0) return undefined;
  const by = inBrackets(withColons(figures.options(part.form, part.by)));
  const number = `${printCount(valueOf(row))}${row.kinds === undefined || row.kinds === '' ? row.unit : row.kinds}`;
  return { title: `${part.title} ${number}${part.ending}`, lines: by === '' ? [] : [{ text: by, indent: 1 }] };
}

function units(part: PartOf<'units'>, { figures, jointUnits }: PartContext): PartText | undefined {
  const row = figures.measured(part.form, part.measure, 'count');
  if (row === undefined || row.base === 0) return undefined;
  const names = jointUnits(part.form);
  const hasNames = names.length > 0;
  const mark = ({ option }: SummaryRow): string => (hasNames && option === part.starred ? ' *' : '');
  const by = inBrackets(withColons(figures.options(part.form, part.by), mark));
  const below: Line[] = hasNames ? [{ text: `*（${names.join('、')}）`, indent: 1 }] : [];
  return { title: `${part.title}：${printCount(valueOf(row))}${by}`, lines: below };
}

function inTitle(part: PartOf<'inTitle'>, { figures }: PartContext): PartText | undefined {
  const by = withColons(figures.options(part.form, part.question));
  return by === '' ? undefined : { title: `${part.title}${inBrackets(by)}`, lines: [] };
}

/** `平均約2.8回（180回÷63市町村）` */
function mean(row: SummaryRow | undefined, sum: number, unit: string, name: string, denominator: string): string[] {
  if (row?.shown === undefined) return [];
  return [`${name}${row.shown}${unit}（${printCount(sum)}${unit}÷${printCount(row.base)}${denominator}）`];
}

function total(part: PartOf<'total'>, { figures, words }: PartContext): PartText | undefined {
  const { form, measure, unit } = part;
  const row = figures.measured(form, measure, 'sum') ?? figures.measured(form, measure, 'count');
  if (row === undefined || row.base === 0) return undefined;
  const sum = valueOf(row);
  const text = [
    `${words(part.label)}：${printCount(sum)}${unit}`,
    ...mean(figures.measured(form, measure, 'perMunicipality'), sum, unit, '平均', unitNames.municipality),
    ...mean(
      figures.measured(form, measure, 'perCouncil'),
      sum,
      unit,
      `１${unitNames.council}当たり `,
      unitNames.council,
    ),
  ].join('、');
  return { title: words(part.title), lines: [{ text, indent: 1 }] };
}

function ranking(part: PartOf<'ranking'>, { figures, words }: PartContext): PartText {
  // As in the source: その他 is no content; 参考資料1 has its number.
  const contents = figures.options(part.form, part.question).filter(({ option }) => option !== 'other');
  const rows = mostFirst(shown(contents)).slice(0, part.limit);
  const lines = rows.map((row) => bullet(`${row.optionLabel ?? ''}（${printUnits(row)}）`));
  return { title: words(part.title, part.question), lines };
}

function inline(part: PartOf<'inline'>, { figures, words }: PartContext): PartText {
  const rows = shown(figures.options(part.form, part.question));
  const text = rows.map((row) => `${row.optionLabel ?? ''}（${printUnits(row)}）`).join('、');
  return { title: words(part.title, part.question), lines: text === '' ? [] : [bullet(text)] };
}

function options(part: PartOf<'options'>, { figures, words }: PartContext): PartText {
  const rows = shown(figures.options(part.form, part.question));
  const lines = rows.map((row) => bullet(`${row.optionLabel ?? ''}　${printUnits(row)}`));
  return { title: words(part.title, part.question), lines };
}

/** The rows of a matrix are the questions below its id. */
function matrix(part: PartOf<'matrix'>, { figures, words }: PartContext): PartText {
  const topics = figures
    .questions(part.form)
    .filter((id) => id.startsWith(`${part.question}.`))
    .flatMap((id) => figures.of(part.form, id).filter(({ option }) => option === 'any'));
  const lines = mostFirst(shown(topics))
    .slice(0, part.limit)
    .map((topic) => {
      const rows = shown(figures.options(part.form, topic.question));
      return bullet(`${topic.label}（${rows.map((row) => `${row.optionLabel ?? ''} ${printUnits(row)}`).join('、')}）`);
    });
  return { title: words(part.title, part.question), lines };
}

/** What of the label of a line its title does not say already. */
function beyond(label: string, title: string): string {
  const parts = label.split('：');
  const said = parts.findLastIndex((_, index) => title.endsWith(parts.slice(0, index + 1).join('：')));
  return parts.slice(said + 1).join('：');
}

/** `委託先 111事業所`, `平均96.5％`; of a number that the title names, what it is. */
function numberLine(row: SummaryRow | undefined, title: string): Line[] {
  if (row === undefined || row.base === 0) return [];
  const number = row.measure === 'mean' ? `平均${row.shown ?? ''}` : printCount(valueOf(row));
  const label = beyond(row.label, title);
  const name = label === '' ? (row.measure === 'sum' ? '合計　' : '') : `${label}　`;
  return [bullet(`${name}${number}${row.unit}`)];
}

function sums(part: PartOf<'sums'>, { figures, words }: PartContext): PartText {
  const row = (question: string): SummaryRow | undefined =>
    part.prices === true ? figures.measured(part.form, question, 'mean') : figures.inALine(part.form, question);
  const line = (question: string): Line[] => numberLine(row(question), part.title);
  const lines = part.questions.flatMap((question) => {
    const below = figures.questions(part.form).filter((id) => id.startsWith(`${question}.`));
    // Of a table with columns its total says enough; of one without, its rows come first.
    const isCrossed = below.some((id) => id.slice(question.length + 1).includes('.'));
    const own = line(question);
    // What its entries are asked has parts of its own.
    const isList = figures.measured(part.form, question, 'count') !== undefined;
    return (isCrossed || isList) && own.length > 0 ? own : [...below.flatMap(line), ...own];
  });
  return { title: words(part.title, part.questions[0]), lines };
}

function breakdown(form: string, { question, short = {} }: Breakdown, figures: SummaryFigures): string {
  return shown(figures.options(form, question))
    .map((row) => `${short[row.option ?? ''] ?? row.optionLabel ?? ''}${printCount(valueOf(row))}`)
    .join('・');
}

/** Without numbers その他 says only that there is more. */
function arrow({ form, first }: PartOf<'standing'>, figures: SummaryFigures): Line[] {
  const { label, question, numbers } = first.arrow;
  const rows = shown(figures.options(form, question));
  if (rows.length === 0) return [];
  const named = numbers ? rows : rows.filter(({ option }) => option !== 'other');
  const names = named.map((row) => `${row.optionLabel ?? ''}${numbers ? ` ${printUnits(row)}` : ''}`).join('、');
  return [{ text: `→${label}：${names}${named.length < rows.length ? 'など' : ''}`, indent: 2 }];
}

function standing(part: PartOf<'standing'>, { figures, words }: PartContext): PartText {
  const { form, question, first } = part;
  const lines = shown(figures.options(form, question)).flatMap((row) => {
    const units = `${row.optionLabel ?? ''} ${printUnits(row)}`;
    if (row.option !== first.option) return [bullet(units)];
    const { list } = first;
    const entries = list === undefined ? undefined : figures.measured(form, list.question, 'count');
    const counted = entries === undefined ? '' : ` ${printCount(valueOf(entries))}${list?.unit ?? ''}`;
    const parts = first.breakdowns.map((each) => breakdown(form, each, figures)).filter((each) => each !== '');
    return [bullet(`${units}${counted}${inBrackets(parts.join('、'))}`), ...arrow(part, figures)];
  });
  return { title: words(part.title, question), lines };
}

/** A part as text; without lines below a mere title says nothing of its own. */
export function partText(part: PartOfForm, context: PartContext): PartText | undefined {
  switch (part.kind) {
    case 'headline':
      return headline(part, context);
    case 'units':
      return units(part, context);
    case 'inTitle':
      return inTitle(part, context);
    case 'total':
      return total(part, context);
    case 'ranking':
      return ranking(part, context);
    case 'inline':
      return inline(part, context);
    case 'options':
      return options(part, context);
    case 'matrix':
      return matrix(part, context);
    case 'sums':
      return sums(part, context);
    case 'standing':
      return standing(part, context);
    case 'title':
      return { title: context.words(part.title), lines: [] };
  }
}
