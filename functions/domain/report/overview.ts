/** （３）調査結果概要: the outline filled with the figures, and whatever it does not name after it. */

import { isOptionTable } from '../../../schemas/kinds/kind.ts';
import type { Form, Item } from '../../../schemas/form.ts';
import type { Figures } from '../../../schemas/kinds/kind.ts';
import type { OutlineHeading, OutlinePart } from '../../../schemas/report-outline.ts';
import { numberedLabel } from '../../../schemas/kinds/question.ts';
import { mayBePrice } from '../../../schemas/values/units.ts';
import { fewAnswersText } from '../few-answers.ts';
import { heading, paragraph } from './document.ts';
import type { Block, Line } from './document.ts';
import { partText } from './overview-parts.ts';
import type { PartContext, PartOfForm } from './overview-parts.ts';
import { circledNumber, kanaNumber } from './words.ts';

const most = 5;

export interface ReportHeading {
  readonly title: string;
  readonly suffix: string;
  readonly forms: readonly { readonly form: Form; readonly heading: OutlineHeading }[];
}

/** What a form plans, and one heading each for the sections that it does not name. */
function headingsIn(form: Form): { readonly key: string; readonly form: Form; readonly heading: OutlineHeading }[] {
  const asked = new Set(form.sections.map(({ id }) => id));
  const planned = form.report?.headings?.filter(({ sections }) => sections.some((id) => asked.has(id))) ?? [];
  const named = new Set(planned.flatMap(({ sections }) => sections));
  const rest = form.sections.filter(({ id, visibility }) => !named.has(id) && visibility !== 'internal');
  return [
    ...planned.map((heading) => ({ key: heading.title, form, heading })),
    ...rest.map(({ id, definition }) => ({
      key: `${form.id}.${id}`,
      form,
      heading: { title: numberedLabel(definition), sections: [id] },
    })),
  ];
}

export function overviewHeadings(forms: readonly Form[]): ReportHeading[] {
  const byKey = Map.groupBy(forms.flatMap(headingsIn), ({ key }) => key);
  return [...byKey.values()].map((all) => ({
    title: all[0]?.heading.title ?? '',
    suffix: all.map(({ heading }) => heading.suffix ?? '').join(''),
    forms: all,
  }));
}

function questionsOf(part: OutlinePart): readonly string[] {
  switch (part.kind) {
    case 'headline':
      return [part.question, part.by];
    case 'inTitle':
    case 'ranking':
    case 'inline':
    case 'options':
    case 'matrix':
      return [part.question];
    case 'sums':
      return part.questions;
    case 'standing': {
      const { list, breakdowns, arrow } = part.first;
      const entries = list === undefined ? [] : [list.question];
      return [part.question, ...entries, ...breakdowns.map(({ question }) => question), arrow.question];
    }
    case 'units':
    case 'total':
    case 'title':
      return [];
  }
}

function manner({ ranked }: Extract<Figures, { readonly of: 'options' }>): string {
  return ranked === undefined ? '複数回答' : `上位${ranked.places.length}つまでに選ばれた数`;
}

function unnamedParts(item: Item, form: string, named: ReadonlySet<string>, around: string): PartOfForm[] {
  const { definition, kind, id, children, overPeriod } = item;
  const own = numberedLabel(definition);
  const label = around === '' ? own : `${around}：${own}`;
  const text = { style: 'circle', title: label, form } as const;
  if (named.has(id)) return kind.nesting === 'entries' ? below(children, form, named, label) : [];
  if (kind.columns !== undefined)
    return children.map((row) => ({
      ...text,
      kind: 'sums',
      title: `${label}：${row.definition.label}`,
      questions: row.children.map((cell) => cell.id),
    }));
  if (kind.totals !== undefined) return [{ ...text, kind: 'sums', questions: [id] }];
  if (kind.nesting === 'fields')
    return isOptionTable(kind)
      ? [{ ...text, kind: 'matrix', question: id, limit: most }]
      : below(children, form, named, label);
  switch (kind.figures?.of) {
    case 'options':
      return kind.figures.several
        ? [{ ...text, kind: 'ranking', title: `${label}（${manner(kind.figures)}）`, question: id, limit: most }]
        : [{ ...text, kind: 'inline', question: id }];
    case 'numbers':
      return [{ ...text, kind: 'sums', questions: [id], prices: mayBePrice({ unit: kind.unit, overPeriod }) }];
    case 'entries':
      return [{ ...text, kind: 'sums', questions: [id] }, ...below(children, form, named, label)];
    case undefined:
      return [];
  }
}

function below(items: readonly Item[], form: string, named: ReadonlySet<string>, around = ''): PartOfForm[] {
  return items.flatMap((item) => unnamedParts(item, form, named, around));
}

export function partsOf({ forms }: ReportHeading): PartOfForm[] {
  const planned = forms.flatMap(({ form, heading }) =>
    (heading.parts ?? []).map((part): PartOfForm => ({ ...part, form: form.id })),
  );
  const rest = forms.flatMap(({ form, heading }) => {
    const all = form.report?.headings ?? [heading];
    const named = new Set(
      all.flatMap(({ parts = [], tablesOnly = [] }) => [...parts.flatMap(questionsOf), ...tablesOnly]),
    );
    // Of a section with several headings, what none of them names stands below the first.
    const above = new Set(all.slice(0, Math.max(0, all.indexOf(heading))).flatMap(({ sections }) => sections));
    return form.sections
      .filter(({ id }) => heading.sections.includes(id) && !above.has(id))
      .flatMap((section) =>
        section.kind.nesting === 'fields' && !isOptionTable(section.kind)
          ? below(section.children, form.id, named)
          : below([section], form.id, named),
      );
  });
  return [...planned, ...rest];
}

/** Parts that say something without any line below. */
const complete: ReadonlySet<PartOfForm['kind']> = new Set(['headline', 'units', 'inTitle']);

const leftOutLine: Line = { text: `・${fewAnswersText}`, indent: 1 };

function isLeftOut(part: PartOfForm, { figures }: PartContext): boolean {
  return questionsOf(part).some((question) => figures.leavesOut(part.form, question));
}

function linesOf(of: ReportHeading, context: PartContext): Line[] {
  const lines: Line[] = [];
  let items = 0;
  /** A title waits for the first part below it, so that it never stands alone. */
  let title: string | undefined;
  const number = (text: string): void => {
    lines.push({ text: `${kanaNumber(items)} ${text}`, indent: 0 });
    items += 1;
  };
  for (const part of partsOf(of)) {
    const text = partText(part, context);
    if (part.kind === 'title') title = text?.title;
    if (text === undefined) continue;
    const below = text.lines.length === 0 && isLeftOut(part, context) ? [leftOutLine] : text.lines;
    if (below.length === 0 && !complete.has(part.kind)) continue;
    if (part.style === 'kana') number(text.title);
    if (part.style === 'circle') {
      if (title !== undefined) number(title);
      lines.push({ text: `〇${text.title}`, indent: 0 });
    }
    title = undefined;
    lines.push(...below);
  }
  return lines;
}

function headingBlocks(of: ReportHeading, index: number, context: PartContext): Block[] {
  const lines = linesOf(of, context);
  const title = heading('item', `${circledNumber(index)} ${context.words(of.title + of.suffix)}`);
  return [title, lines.length === 0 ? paragraph('集計対象の回答はありません。') : { kind: 'lines', lines }];
}

export function overviewBlocks(forms: readonly Form[], context: PartContext): Block[] {
  return overviewHeadings(forms).flatMap((each, index) => headingBlocks(each, index, context));
}
