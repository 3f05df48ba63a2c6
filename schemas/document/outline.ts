/** The layout of the report in a document → the outline of a form: what is left out there is filled in here. */

import type { DocumentReport, FormDocument } from './form-document.ts';
import { numberedLabel } from '../kinds/question.ts';
import type { Item } from '../form.ts';
import type { FormReport, OutlinePart } from '../report-outline.ts';

type DocumentPart = NonNullable<NonNullable<DocumentReport['headings']>[number]['parts']>[number];

interface Named {
  readonly items: ReadonlyMap<string, Item>;
  readonly measures: FormDocument['measures'];
}

/** What a part is about, where it has no title of its own. */
function titleOf(part: DocumentPart, { items, measures }: Named): string {
  const [question] = 'question' in part ? [part.question] : 'questions' in part ? part.questions : [];
  const item = question === undefined ? undefined : items.get(question);
  if (item !== undefined) return numberedLabel(item.definition);
  const measure = 'measure' in part ? part.measure : undefined;
  return measures.find(({ id }) => id === measure)?.label ?? '';
}

function partOf(part: DocumentPart, named: Named): OutlinePart {
  const { style = 'circle' } = part;
  if (part.kind !== 'standing') return { ...part, style, title: part.title ?? titleOf(part, named) };
  // What stands is said in the heading above it where it is not set off.
  const { first, title = style === 'plain' ? '' : titleOf(part, named) } = part;
  const { arrow, breakdowns = [] } = first;
  const numbers = arrow.numbers ?? false;
  return { ...part, style, title, first: { ...first, breakdowns, arrow: { ...arrow, numbers } } };
}

export function outlineOf({ report, measures }: FormDocument, items: Named['items']): FormReport | undefined {
  if (report === undefined) return undefined;
  const { headings, ...texts } = report;
  if (headings === undefined) return texts;
  return {
    ...texts,
    headings: headings.map(({ parts, ...heading }) =>
      parts === undefined ? heading : { ...heading, parts: parts.map((part) => partOf(part, { items, measures })) },
    ),
  };
}
