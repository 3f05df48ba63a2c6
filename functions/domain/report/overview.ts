/** （３）調査結果概要: the outline filled with the figures, and whatever it does not name after it. */

import type { Form, Item } from '../../../schemas/form.ts';
import { outline } from '../../../schemas/forms/report-outline.ts';
import type { OutlineHeading, OutlinePart } from '../../../schemas/forms/report-outline.ts';
import { fewAnswersText } from '../few-answers.ts';
import { heading, paragraph } from './document.ts';
import type { Block, Line } from './document.ts';
import { partText } from './overview-parts.ts';
import type { PartContext } from './overview-parts.ts';
import { circledNumber, kanaNumber } from './words.ts';

const most = 5;

/** The headings of a round: those with a question of one of its forms, then one per form for what is not named. */
export function headingsOf(forms: readonly Form[], planned: readonly OutlineHeading[] = outline): OutlineHeading[] {
  const asked = planned.filter(({ sections }) => forms.some(({ id }) => (sections[id] ?? []).length > 0));
  const unnamed = forms.flatMap((form): OutlineHeading[] => {
    const named = new Set(planned.flatMap(({ sections }) => sections[form.id] ?? []));
    const rest = form.sections.filter(({ id, visibility }) => !named.has(id) && visibility !== 'internal');
    return rest.length === 0
      ? []
      : [{ title: form.title, sections: { [form.id]: rest.map(({ id }) => id) }, parts: [] }];
  });
  return [...asked, ...unnamed];
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
    case 'councils':
    case 'total':
    case 'title':
      return [];
  }
}

/**
 * The parts of the questions below an item that the outline does not name, by their type.
 *
 * @param around the label of the group that the item stands in, sections aside
 */
function unnamedParts(item: Item, form: string, named: ReadonlySet<string>, around: string): OutlinePart[] {
  const { definition, id, children } = item;
  const label = around === '' ? definition.label : `${around}：${definition.label}`;
  const text = { style: 'circle', title: label, form } as const;
  if (named.has(id)) return definition.kind === 'list' ? below(children, form, named) : [];
  switch (definition.kind) {
    case 'choice':
      return [{ ...text, kind: 'inline', question: id }];
    case 'choices':
      return [{ ...text, kind: 'ranking', title: `${label}（複数回答）`, question: id, limit: most }];
    case 'count':
    case 'texts':
      return [{ ...text, kind: 'sums', questions: [id] }];
    case 'list':
      return [{ ...text, kind: 'sums', questions: [id] }, ...below(children, form, named)];
    case 'group':
      return definition.layout === 'matrix'
        ? [{ ...text, kind: 'matrix', question: id, limit: most }]
        : below(children, form, named, label);
    case 'text':
    case 'municipalities':
    case 'date':
    case 'range':
    case 'frequency':
    case 'fiscalYears':
    case 'reference':
      // Has no figures.
      return [];
  }
}

function below(items: readonly Item[], form: string, named: ReadonlySet<string>, around = ''): OutlinePart[] {
  return items.flatMap((item) => unnamedParts(item, form, named, around));
}

/** The parts of a heading: those of the outline, then the questions of its sections that are not among them. */
export function partsOf(of: OutlineHeading, forms: readonly Form[]): OutlinePart[] {
  const named = new Set([...of.parts.flatMap(questionsOf), ...(of.tablesOnly ?? [])]);
  const rest = forms.flatMap((form) => {
    const sections = form.sections.filter(({ id }) => of.sections[form.id]?.includes(id));
    return sections.flatMap((section) =>
      section.definition.kind === 'group' && section.definition.layout !== 'matrix'
        ? below(section.children, form.id, named)
        : below([section], form.id, named),
    );
  });
  return [...of.parts.filter(({ form }) => forms.some(({ id }) => id === form)), ...rest];
}

/** Parts that say something without any line below. */
const complete: ReadonlySet<OutlinePart['kind']> = new Set(['headline', 'councils', 'inTitle']);

const leftOutLine: Line = { text: `・${fewAnswersText}`, indent: 1 };

function isLeftOut(part: OutlinePart, { figures }: PartContext): boolean {
  return questionsOf(part).some((question) => figures.leavesOut(part.form, question));
}

function linesOf(of: OutlineHeading, forms: readonly Form[], context: PartContext): Line[] {
  const lines: Line[] = [];
  let items = 0;
  /** A title waits for the first part below it, so that it never stands alone. */
  let title: string | undefined;
  const number = (text: string): void => {
    lines.push({ text: `${kanaNumber(items)} ${text}`, indent: 0 });
    items += 1;
  };
  for (const part of partsOf(of, forms)) {
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

function headingBlocks(of: OutlineHeading, index: number, forms: readonly Form[], context: PartContext): Block[] {
  const lines = linesOf(of, forms, context);
  const title = heading('item', `${circledNumber(index)} ${context.words(of.title + (of.suffix ?? ''))}`);
  return [title, lines.length === 0 ? paragraph('集計対象の回答はありません。') : { kind: 'lines', lines }];
}

/** The blocks of all headings, ① and on. */
export function overviewBlocks(
  forms: readonly Form[],
  context: PartContext,
  planned?: readonly OutlineHeading[],
): Block[] {
  return headingsOf(forms, planned).flatMap((each, index) => headingBlocks(each, index, forms, context));
}
