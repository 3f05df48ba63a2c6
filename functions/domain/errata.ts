/** The list of corrections (正誤表) between two published editions: which figures and which answers are others now. */

import type { SummaryRow } from '../../schemas/export.ts';
import type { Form, Item } from '../../schemas/form.ts';
import type { Answers, Json } from '../../schemas/return.ts';
import { isObject, namedEntries } from './answers.ts';
import { diff } from './diff.ts';
import type { Difference } from './diff.ts';
import { entryTitle, noEntries, printAnswer, withEntries } from './print-answer.ts';
import type { Names } from './print-answer.ts';

export type CorrectionKind = 'added' | 'removed' | 'changed';

/** What an edition prints of a figure. */
export type PrintedFigure = Pick<SummaryRow, 'value' | 'base' | 'kinds'>;

export interface FigureCorrection extends Pick<SummaryRow, 'form' | 'question' | 'label' | 'option' | 'optionLabel' | 'measure'> {
  readonly change: CorrectionKind;
  readonly measureUnit: string;
  readonly before?: PrintedFigure;
  readonly after?: PrintedFigure;
}

function keyOf({ form, question, option, measure }: SummaryRow): string {
  return JSON.stringify([form, question, option ?? null, measure]);
}

function correction(row: SummaryRow, change: CorrectionKind, before: SummaryRow | undefined, after: SummaryRow | undefined): FigureCorrection {
  const { form, question, label, option, optionLabel, measure, unit: measureUnit } = row;
  return {
    change,
    form,
    question,
    label,
    option,
    optionLabel,
    measure,
    measureUnit,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  };
}

/**
 * Figures that are printed otherwise (the number, its denominator or the kinds of municipality), in the order of the
 * newer summary; then those that are gone.
 */
export function figureCorrections(before: readonly SummaryRow[], after: readonly SummaryRow[]): FigureCorrection[] {
  const old = new Map(before.map((row) => [keyOf(row), row]));
  const now = new Set(after.map(keyOf));
  const present = after.flatMap((row): FigureCorrection[] => {
    const was = old.get(keyOf(row));
    if (was === undefined) return [correction(row, 'added', undefined, row)];
    const same = was.value === row.value && was.base === row.base && was.kinds === row.kinds;
    return same ? [] : [correction(row, 'changed', was, row)];
  });
  const gone = before.filter((row) => !now.has(keyOf(row)));
  return [...present, ...gone.map((row) => correction(row, 'removed', row, undefined))];
}

/** A line about a return that came or went, or about one of its answers. */
export interface ReturnCorrection {
  readonly change: CorrectionKind;
  readonly form: string;
  readonly unit: string;
  readonly unitName: string;
  /** Absent for a return that came or went. */
  readonly question?: string;
  readonly label?: string;
  /** What the entries are called that the question is in. */
  readonly entry?: string;
  /** As printed. */
  readonly before?: string;
  readonly after?: string;
}

interface Place {
  readonly item: Item;
  /** The path leads to an entry of the list. */
  readonly isEntry: boolean;
  readonly titles: readonly string[];
  readonly names: Names;
}

/** Where a path of a difference leads in one version of the answers. */
function placeOf(form: Pick<Form, 'sections'>, path: string, answers: Answers, names: Names): Place | undefined {
  let items: readonly Item[] = form.sections;
  let value: Json | undefined = answers;
  const titles: string[] = [];
  let place: Place | undefined;
  for (const key of path.split('.')) {
    if (place?.item.definition.kind === 'list' && !place.isEntry) {
      const entries = namedEntries(value);
      const index = entries.findIndex(({ name }) => name === key);
      const entry = entries[index]?.entry;
      if (entry !== undefined) titles.push(entryTitle(entry, index));
      place = { item: place.item, isEntry: true, titles, names: withEntries(names, value) };
      value = entry;
      continue;
    }
    const item: Item | undefined = items.find((each) => each.key === key);
    if (item === undefined) return undefined;
    place = { item, isEntry: false, titles, names: place?.names ?? names };
    items = item.children;
    value = isObject(value) ? value[key] : undefined;
  }
  return place;
}

function printPart({ change }: Difference, { item, isEntry, names }: Place, answer: Json | undefined): string {
  if (change === 'moved') return `${typeof answer === 'number' ? answer : ''}番目`;
  if (!isEntry) return printAnswer(item, answer, names);
  return answer === undefined ? noEntries : printAnswer(item, [answer], names);
}

/** What stands otherwise in a return that both editions have, one line per question with both values. */
export function answerCorrections(form: Form, before: Answers, after: Answers, names: Names): Pick<ReturnCorrection, 'question' | 'label' | 'entry' | 'before' | 'after'>[] {
  return diff(form, before, after).flatMap((difference) => {
    const { path, label } = difference;
    const was = placeOf(form, path, before, names);
    const is = placeOf(form, path, after, names);
    if (was === undefined || is === undefined) return [];
    const entry = (is.titles.length >= was.titles.length ? is : was).titles.join('／');
    return [
      {
        question: is.item.id,
        label,
        ...(entry === '' ? {} : { entry }),
        before: printPart(difference, was, difference.before),
        after: printPart(difference, is, difference.after),
      },
    ];
  });
}
