/**
 * What of a form can be analysed by unit: questions with options and numbers that stand once in a return, its measures, and the
 * sums of numbers inside lists; and by entry the questions with options inside lists.
 */

import type { Directory, ReportingUnit } from '../../../schemas/directory.ts';
import { listsAround } from '../../../schemas/form.ts';
import type { Form, Item } from '../../../schemas/form.ts';
import { totalName } from '../../../schemas/kinds/kind.ts';
import { noneOfThese, textsIn } from '../../../schemas/kinds/printing.ts';
import { isInPlace } from '../../../schemas/kinds/ranking.ts';
import { labelAlone, numberedLabel } from '../../../schemas/kinds/question.ts';
import type { Answers, Json } from '../../../schemas/values/json.ts';
import { addsUp } from '../../../schemas/values/units.ts';
import { isReadAsSum } from '../added-up.ts';
import { valueAt } from '../answers.ts';
import { isAsked } from '../asked.ts';
import { numberOf } from '../codebook.ts';
import { entriesUnit } from '../summary.ts';
import { countedOptions } from '../tally.ts';
import { entriesOf } from './list-entries.ts';
import type { OneEntry } from './list-entries.ts';

/** One return, with what the version keeps of the answers before. */
export interface OneReturn {
  readonly answers: Answers;
  readonly unit: ReportingUnit;
  readonly previous?: Answers | undefined;
}

export interface Option {
  readonly key: string;
  readonly label: string;
}

interface Described<T> {
  /** As the summary names it. */
  readonly id: string;
  readonly label: string;
  /** The section that it stands in. */
  readonly section: string;
  /** Whether the return, or the entry, is asked it at all. */
  readonly isAsked: (of: T) => boolean;
}

export interface Options<T> extends Described<T> {
  readonly of: 'options';
  readonly options: readonly Option[];
  readonly several: boolean;
  /** Those that are left out where nobody chose them. */
  readonly shownIfAny?: ReadonlySet<string>;
  /** What it means to have chosen none of them. */
  readonly noneLabel: string;
  /** Only options that are chosen among; none where the return is not in the base. */
  readonly chosen: (of: T) => readonly string[] | undefined;
}

export type OptionsVariable = Options<OneReturn>;

/** A question with options inside a list: it is answered once for each entry, and has no answer by unit. */
export interface EntryVariable extends Options<OneEntry> {
  /** The id of the list; questions of the same one can be crossed. */
  readonly list: string;
  readonly entries: (of: OneReturn) => readonly OneEntry[];
}

export interface NumberVariable extends Described<OneReturn> {
  readonly of: 'numbers';
  readonly unit: string;
  /** Decimals: values are whole numbers in units of the last one, so that sums are exact. */
  readonly places: number;
  /** Whether the values of several units have a sum that says anything. */
  readonly addsUp: boolean;
  /** The sum over the entries of a list, which are what the summary counts. */
  readonly isOverEntries?: true;
  readonly value: (of: OneReturn) => number | undefined;
}

export type Variable = OptionsVariable | NumberVariable;

const measuresSection = '主な数';

function optionsOf(labels: Readonly<Record<string, string>>): Option[] {
  return Object.entries(labels).map(([key, label]) => ({ key, label }));
}

function describe(form: Form, item: Item): Described<OneEntry> {
  const number = numberOf(form, item);
  const { within, label } = item.definition;
  const section = form.sections.find(({ key }) => key === item.keys[0]);
  return {
    id: item.id,
    label: numberedLabel({ number: number === '' ? undefined : number, label: labelAlone({ within, label }) }),
    section: section === undefined ? '' : numberedLabel(section.definition),
    isAsked: (of) => isAsked(asAskedOf(form, item, of), of.scopes),
  };
}

/** As a unit is asked it, whose answers of last time a condition may read. */
function asAskedOf(form: Form, item: Item, of: OneReturn): Item {
  return form.knowing(of).items.get(item.id) ?? item;
}

function answerTo({ keys }: Item, { scopes }: OneEntry): Json | undefined {
  return valueAt(scopes.at(-1) ?? {}, keys);
}

function optionsIn(form: Form, item: Item): Options<OneEntry> | undefined {
  const { figures, emptyLabel } = item.kind;
  if (figures?.of !== 'options') return undefined;
  return {
    ...describe(form, item),
    of: 'options',
    options: optionsOf(figures.options),
    several: figures.several,
    noneLabel: emptyLabel ?? '選択なし',
    chosen: (of) =>
      countedOptions(asAskedOf(form, item, of), answerTo(item, of), of.scopes)?.filter((option) => !isInPlace(option)),
  };
}

const otherMunicipality = { key: '(other)', label: '名簿にない市町村' };

/** Which municipalities are named; of the many only those that are. */
function municipalitiesIn(form: Form, item: Item, { municipalities }: Directory): Options<OneEntry> | undefined {
  if (item.kind.refersTo !== 'municipalities') return undefined;
  const known = municipalities.map(({ code, name }): Option => ({ key: code, label: name }));
  const options = [...known, otherMunicipality];
  const keys = new Set(options.map(({ key }) => key));
  return {
    ...describe(form, item),
    of: 'options',
    options,
    shownIfAny: keys,
    several: true,
    noneLabel: noneOfThese,
    chosen: (of) => {
      const answer = answerTo(item, of);
      if (!Array.isArray(answer)) return undefined;
      return textsIn(answer).map((code) => (keys.has(code) ? code : otherMunicipality.key));
    },
  };
}

/** The question as it stands once in each return. */
function once<T extends Described<OneEntry>>(described: T): Omit<T, 'isAsked'> & Described<OneReturn> {
  return { ...described, isAsked: (of) => described.isAsked({ ...of, scopes: [of.answers] }) };
}

function optionsOnce(options: Options<OneEntry>): OptionsVariable {
  return { ...once(options), chosen: (of) => options.chosen({ ...of, scopes: [of.answers] }) };
}

function optionsInList(options: Options<OneEntry>, lists: readonly Item[]): EntryVariable {
  const around = lists.map(({ definition }) => definition.label).join('：');
  const entries = (of: OneReturn): readonly OneEntry[] => entriesOf(lists, of) ?? [];
  return { ...options, label: `${around}：${options.label}`, list: lists.at(-1)?.id ?? '', entries };
}

type NumberIn = Pick<NumberVariable, 'id' | 'label' | 'unit' | 'places' | 'addsUp'> & {
  readonly value: (answer: Json) => number | undefined;
};

/** What is counted with of an answer: the number itself, how many entries it has, the totals of a table. */
function numbersIn(form: Form, item: Item): NumberIn[] {
  const { id, kind } = item;
  const { label } = describe(form, item);
  const { figures } = kind;
  if (figures?.of === 'options') return [];
  if (figures?.of === 'numbers') {
    const { unit, places } = figures;
    return [{ id, label, unit, places, addsUp: isReadAsSum(form, item), value: (answer) => figures.value(answer) }];
  }
  if (figures?.of === 'entries') {
    const value = (answer: Json): number | undefined => (Array.isArray(answer) ? answer.length : undefined);
    return [{ id, label: `${label}の件数`, unit: entriesUnit, places: 0, addsUp: true, value }];
  }
  return (kind.totals ?? []).map((total) => ({
    id: totalName(id, total),
    label: total.label,
    unit: kind.unit ?? '',
    places: 0,
    addsUp: addsUp({ label: total.label, unit: kind.unit ?? '' }),
    value: (answer) => total.value(answer),
  }));
}

function variablesOnce(form: Form, item: Item): Variable[] {
  const options = optionsIn(form, item);
  if (options !== undefined) return [optionsOnce(options)];
  const described = once(describe(form, item));
  return numbersIn(form, item).map(({ value, ...number }) => ({
    ...described,
    ...number,
    of: 'numbers',
    value: ({ answers }) => {
      const answer = valueAt(answers, item.keys);
      return answer === undefined ? undefined : value(answer);
    },
  }));
}

/** What adds up over the entries of a list is a number of the unit. */
function sumsOverEntries(form: Form, item: Item, lists: readonly Item[]): Variable[] {
  const described = describe(form, item);
  const [outermost = item] = lists;
  const around = lists.map(({ definition }) => definition.label).join('：');
  return numbersIn(form, item)
    .filter((number) => number.addsUp)
    .map(({ value, ...number }) => ({
      ...described,
      ...number,
      label: `${around}：${number.label}（各行の計）`,
      of: 'numbers',
      isOverEntries: true,
      isAsked: (of) =>
        entriesOf(lists, of)?.some((entry) => described.isAsked(entry)) ??
        isAsked(asAskedOf(form, outermost, of), [of.answers]),
      value: (of) => {
        const entries = entriesOf(lists, of);
        const values = entries?.flatMap((entry) => {
          const answer = answerTo(item, entry);
          return (answer === undefined ? undefined : value(answer)) ?? [];
        });
        // Whoever has no entries has a sum of 0; entries that all leave it out have none.
        if (entries === undefined || values === undefined || (values.length === 0 && entries.length > 0))
          return undefined;
        return values.reduce((sum, each) => sum + each, 0);
      },
    }));
}

function variablesOfMeasures({ measures }: Form): Variable[] {
  return measures.map(({ measure }): Variable => {
    const described = { id: measure.id, label: measure.label, section: measuresSection, isAsked: () => true };
    if (measure.kind === 'total')
      return {
        ...described,
        of: 'numbers',
        unit: measure.unit ?? '',
        places: 0,
        addsUp: addsUp({ label: measure.label, unit: measure.unit ?? '' }),
        value: ({ answers, unit }) => measure.of(answers, unit) ?? 0,
      };
    return {
      ...described,
      of: 'options',
      options: optionsOf(measure.options),
      several: false,
      noneLabel: 'いずれでもない',
      chosen: ({ answers, unit }) => [measure.of(answers, unit) ?? []].flat(),
    };
  });
}

/** In the order of the form, its measures first. What is chosen inside lists has several answers by unit and is none of them. */
export function variablesOf(form: Form): Variable[] {
  return [
    ...variablesOfMeasures(form),
    ...[...form.items.values()].flatMap((item) => {
      const lists = listsAround(item.id, form.items);
      return lists.length === 0 ? variablesOnce(form, item) : sumsOverEntries(form, item, lists);
    }),
  ];
}

export function entryVariablesOf(form: Form): EntryVariable[] {
  return [...form.items.values()].flatMap((item) => {
    const lists = listsAround(item.id, form.items);
    const options = lists.length === 0 ? undefined : optionsIn(form, item);
    return options === undefined ? [] : [optionsInList(options, lists)];
  });
}

/** Questions that municipalities are named in: their options are the directory's, and no summary counts them. */
export function municipalityVariablesOf(form: Form, directory: Directory): (OptionsVariable | EntryVariable)[] {
  return [...form.items.values()].flatMap((item) => {
    const lists = listsAround(item.id, form.items);
    const options = municipalitiesIn(form, item, directory);
    if (options === undefined) return [];
    return [lists.length === 0 ? optionsOnce(options) : optionsInList(options, lists)];
  });
}

/** Bounds of the bands that numbers are put in: 1, 5, 10, 50, … */
const bounds = Array.from({ length: 10 }, (_, power) => [10 ** power, 5 * 10 ** power]).flat();

function bandLabel(from: number, below: number | undefined, places: number): string {
  const print = (value: number): string => value.toLocaleString('ja');
  if (below === undefined) return `${print(from)}以上`;
  if (places > 0) return `${print(from)}以上${print(below)}未満`;
  return below - 1 === from ? print(from) : `${print(from)}〜${print(below - 1)}`;
}

/** The key of the band in which a value stands. */
export function bandOf(value: number, { places }: Pick<NumberVariable, 'places'>): string {
  if (value < 0) return 'negative';
  return value === 0 ? 'zero' : String(bounds.findLast((bound) => bound * 10 ** places <= value) ?? 0);
}

/** A number as options: 0, 1〜4, 5〜9, 10〜49 and so on. */
export function inBands(number: NumberVariable): OptionsVariable {
  const options = [
    { key: 'negative', label: '0未満' },
    { key: 'zero', label: '0' },
    ...(number.places > 0 ? [{ key: '0', label: '0を超え1未満' }] : []),
    ...bounds.map((from, index) => ({ key: String(from), label: bandLabel(from, bounds[index + 1], number.places) })),
  ];
  return {
    ...number,
    of: 'options',
    several: false,
    noneLabel: '',
    options,
    shownIfAny: new Set(options.map(({ key }) => key)),
    chosen: (of) => {
      const value = number.value(of);
      return value === undefined ? undefined : [bandOf(value, number)];
    },
  };
}
