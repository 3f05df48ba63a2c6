/** What of a form can be analysed by unit: questions with options and numbers that stand once in a return, and its measures. */

import type { ReportingUnit } from '../../../schemas/directory.ts';
import type { Form, Item } from '../../../schemas/form.ts';
import { totalName } from '../../../schemas/kinds/kind.ts';
import { isInPlace } from '../../../schemas/kinds/ranking.ts';
import { labelAlone, numberedLabel } from '../../../schemas/kinds/question.ts';
import type { Answers } from '../../../schemas/values/json.ts';
import { isAddedUp } from '../added-up.ts';
import { valueAt } from '../answers.ts';
import { isAsked } from '../asked.ts';
import { numberOf } from '../codebook.ts';
import { entriesUnit } from '../summary.ts';
import { countedOptions } from '../tally.ts';

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

interface Described {
  /** As the summary names it. */
  readonly id: string;
  readonly label: string;
  /** The section that it stands in. */
  readonly section: string;
  /** Whether the return is asked it at all. */
  readonly isAsked: (of: OneReturn) => boolean;
}

export interface OptionsVariable extends Described {
  readonly of: 'options';
  readonly options: readonly Option[];
  readonly several: boolean;
  /** What it means to have chosen none of them. */
  readonly noneLabel: string;
  /** Only options that are chosen among; none where the return is not in the base. */
  readonly chosen: (of: OneReturn) => readonly string[] | undefined;
}

export interface NumberVariable extends Described {
  readonly of: 'numbers';
  readonly unit: string;
  /** Decimals: values are whole numbers in units of the last one, so that sums are exact. */
  readonly places: number;
  /** Whether the values of several units have a sum that says anything. */
  readonly addsUp: boolean;
  readonly value: (of: OneReturn) => number | undefined;
}

export type Variable = OptionsVariable | NumberVariable;

const measuresSection = '主な数';

function optionsOf(labels: Readonly<Record<string, string>>): Option[] {
  return Object.entries(labels).map(([key, label]) => ({ key, label }));
}

function describe(form: Form, item: Item): Described {
  const number = numberOf(form, item);
  const { within, label } = item.definition;
  const section = form.sections.find(({ key }) => key === item.keys[0]);
  const own = (of: OneReturn): Item => form.knowing(of).items.get(item.id) ?? item;
  return {
    id: item.id,
    label: numberedLabel({ number: number === '' ? undefined : number, label: labelAlone({ within, label }) }),
    section: section === undefined ? '' : numberedLabel(section.definition),
    isAsked: (of) => isAsked(own(of), [of.answers]),
  };
}

function variablesOfItem(form: Form, item: Item): Variable[] {
  const { kind, keys } = item;
  const described = describe(form, item);
  const number = { ...described, of: 'numbers', places: 0, addsUp: true } as const;
  const totals = (kind.totals ?? []).map((total): NumberVariable => ({
    ...number,
    id: totalName(item.id, total),
    label: total.label,
    unit: kind.unit ?? '',
    value: ({ answers }) => {
      const answer = valueAt(answers, keys);
      return answer === undefined ? undefined : total.value(answer);
    },
  }));
  const { figures } = kind;
  if (figures?.of === 'options')
    return [
      {
        ...described,
        of: 'options',
        options: optionsOf(figures.options),
        several: figures.several,
        noneLabel: kind.emptyLabel ?? '選択なし',
        chosen: (of) =>
          countedOptions(form.knowing(of).items.get(item.id) ?? item, valueAt(of.answers, keys), [of.answers])?.filter(
            (option) => !isInPlace(option),
          ),
      },
    ];
  if (figures?.of === 'numbers')
    return [
      {
        ...number,
        unit: figures.unit,
        places: figures.places,
        addsUp: isAddedUp(form, item),
        value: ({ answers }) => {
          const answer = valueAt(answers, keys);
          return answer === undefined ? undefined : figures.value(answer);
        },
      },
    ];
  if (figures?.of === 'entries')
    return [
      {
        ...number,
        label: `${described.label}の件数`,
        unit: entriesUnit,
        value: ({ answers }) => {
          const answer = valueAt(answers, keys);
          return Array.isArray(answer) ? answer.length : undefined;
        },
      },
    ];
  return totals;
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
        addsUp: true,
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

/** In the order of the form, its measures first. What stands inside lists has several answers by unit and is none of them. */
export function variablesOf(form: Form): Variable[] {
  const once = [...form.items.values()].filter(({ id, keys }) => id === keys.join('.'));
  return [...variablesOfMeasures(form), ...once.flatMap((item) => variablesOfItem(form, item))];
}

/** Bounds of the bands that numbers are put in: 1, 5, 10, 50, … */
const bounds = Array.from({ length: 10 }, (_, power) => [10 ** power, 5 * 10 ** power]).flat();

function bandLabel(from: number, below: number | undefined, places: number): string {
  const print = (value: number): string => value.toLocaleString('ja');
  if (below === undefined) return `${print(from)}以上`;
  if (places > 0) return `${print(from)}以上${print(below)}未満`;
  return below - 1 === from ? print(from) : `${print(from)}〜${print(below - 1)}`;
}

/** A number as options: 0, 1〜4, 5〜9, 10〜49 and so on. */
export function inBands(number: NumberVariable): OptionsVariable {
  const scale = 10 ** number.places;
  const band = (value: number): string =>
    value < 0 ? 'negative' : value === 0 ? 'zero' : String(bounds.findLast((bound) => bound * scale <= value) ?? 0);
  return {
    ...number,
    of: 'options',
    several: false,
    noneLabel: '',
    options: [
      { key: 'negative', label: '0未満' },
      { key: 'zero', label: '0' },
      ...(number.places > 0 ? [{ key: '0', label: '0を超え1未満' }] : []),
      ...bounds.map((from, index) => ({ key: String(from), label: bandLabel(from, bounds[index + 1], number.places) })),
    ],
    chosen: (of) => {
      const value = number.value(of);
      return value === undefined ? undefined : [band(value)];
    },
  };
}
