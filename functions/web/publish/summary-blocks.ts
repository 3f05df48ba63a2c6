/** The rows of a summary as blocks to show: one per question, a table of counts or a matrix in one. Pure. */

import { isOptionTable } from '../../../schemas/kinds/kind.ts';
import { unitNames } from '../../../schemas/directory.ts';
import type { SummaryRow } from '../../../schemas/export.ts';
import type { Form, Item } from '../../../schemas/form.ts';
import type { Figures } from '../../../schemas/kinds/kind.ts';
import { isInPlace } from '../../../schemas/kinds/ranking.ts';
import { numberedLabel } from '../../../schemas/kinds/question.ts';
import { addsUp } from '../../../schemas/values/units.ts';
import { nobodyAnswered } from '../../domain/measures.ts';

export interface OptionFigure {
  readonly option: string;
  readonly label: string;
  readonly value: number;
  readonly base: number;
  /** What is counted: the kinds of municipality among them, or the unit. */
  readonly counted: string;
  /** Codes; absent where entries are counted and not units. */
  readonly units?: readonly string[];
}

export interface NumberFigure {
  /** The id of its question; labels may be the same. */
  readonly key: string;
  readonly label: string;
  readonly unit: string;
  readonly base: number;
  readonly sum: number | null;
  readonly mean?: string;
  readonly median?: number | null;
  readonly min?: number | null;
  readonly max?: number | null;
}

export interface RankedFigure {
  /** The id of its row, or its option. */
  readonly key: string;
  /** Of which its parts are options. */
  readonly question: string;
  /** Equal sums share a rank. */
  readonly rank: number;
  readonly label: string;
  readonly parts: readonly OptionFigure[];
  readonly total: OptionFigure;
}

export type SummaryBlock =
  | { readonly kind: 'options'; readonly id: string; readonly label: string; readonly figures: readonly OptionFigure[] }
  | { readonly kind: 'numbers'; readonly id: string; readonly label: string; readonly figures: readonly NumberFigure[] }
  | {
      readonly kind: 'ranking';
      readonly id: string;
      readonly label: string;
      readonly figures: readonly RankedFigure[];
    }
  | {
      readonly kind: 'crossed';
      readonly id: string;
      readonly label: string;
      readonly unit: string;
      readonly columns: readonly string[];
      /** The sums of a row with their total; the last row is the totals. */
      readonly figures: readonly {
        readonly key: string;
        readonly label: string;
        readonly sums: readonly (number | null)[];
      }[];
    };

type RowsOf = (question: string) => readonly SummaryRow[];

function optionFigure({ option = '', optionLabel = '', value, base, unit, kinds, units }: SummaryRow): OptionFigure {
  return {
    option,
    label: optionLabel,
    value: value ?? 0,
    base,
    counted: kinds === undefined || kinds === '' ? unit : kinds,
    ...(units === undefined ? {} : { units }),
  };
}

function numberFigure(rows: readonly SummaryRow[], key: string, label: string): NumberFigure {
  const at = (measure: SummaryRow['measure']): SummaryRow | undefined => rows.find((row) => row.measure === measure);
  const sum = at('sum') ?? at('count');
  const first = sum ?? at('mean');
  const mean = at('mean')?.shown;
  return {
    key,
    label,
    unit: first?.unit ?? '',
    base: first?.base ?? 0,
    sum: sum === undefined || !addsUp(sum) ? null : sum.value,
    ...(mean === undefined ? {} : { mean }),
    ...(at('median') === undefined
      ? {}
      : { median: at('median')?.value, min: at('min')?.value, max: at('max')?.value }),
  };
}

function labelOf(rows: readonly SummaryRow[], item: Item): string {
  return numberedLabel(rows[0] ?? item.definition);
}

type Unranked = Omit<RankedFigure, 'rank'>;

/** The rows of a matrix. */
function topicsOf(item: Item, rowsOf: RowsOf): Unranked[] {
  return item.children.flatMap((child) => {
    const rows = rowsOf(child.id);
    const all = rows.map(optionFigure);
    const total = all.find(({ option }) => option === 'any');
    return total === undefined
      ? []
      : [
          {
            key: child.id,
            question: child.id,
            label: numberedLabel(child.definition),
            parts: all.filter((each) => each !== total),
            total,
          },
        ];
  });
}

/** The options of a ranking: in each place, and in any. */
function inPlaces(rows: readonly SummaryRow[], figures: Extract<Figures, { readonly of: 'options' }>): Unranked[] {
  const places = figures.ranked?.places ?? [];
  return rows
    .filter(({ option = '' }) => !isInPlace(option))
    .map((row) => ({
      key: row.option ?? '',
      question: row.question,
      label: row.optionLabel ?? '',
      parts: rows
        .filter(({ option = '' }) => isInPlace(option) && option.endsWith(`.${row.option}`))
        .map((each, index) => ({ ...optionFigure(each), label: places[index] ?? '' })),
      total: { ...optionFigure(row), label: '選ばれた数' },
    }));
}

/** The greatest sum first. */
function withRanks(unranked: readonly Unranked[]): RankedFigure[] {
  const figures = unranked.toSorted((a, b) => b.total.value - a.total.value);
  return figures.map((figure) => ({
    ...figure,
    rank: figures.findIndex((each) => each.total.value === figure.total.value) + 1,
  }));
}

function blocksOf(item: Item, rowsOf: RowsOf, around: string): SummaryBlock[] {
  const { kind, id, children } = item;
  const rows = rowsOf(id);
  const label = `${around}${labelOf(rows, item)}`;
  const title = `${around}${numberedLabel(item.definition)}`;
  if (kind.columns !== undefined) {
    const keys = Object.keys(kind.columns);
    const sumOf = (name: string): number | null =>
      rowsOf(name).find(({ measure, base }) => measure === 'sum' && base > 0)?.value ?? null;
    const lineOf = (name: string, row: string) => ({
      key: row,
      label: name,
      sums: [...keys.map((key) => sumOf(`${row}.${key}`)), sumOf(row)],
    });
    const figures = [...children.map((row) => lineOf(row.definition.label, row.id)), lineOf('計', id)];
    const columns = [...Object.values(kind.columns), '計'];
    return [{ kind: 'crossed', id, label: title, unit: kind.unit ?? '', columns, figures }];
  }
  if (kind.nesting === 'fields') {
    if (isOptionTable(kind)) return [{ kind: 'ranking', id, label, figures: withRanks(topicsOf(item, rowsOf)) }];
    // Whatever holds nothing but numbers of one unit, a section too, is one table.
    const isOfOneUnit = new Set(children.map((child) => child.kind.unit)).size < 2;
    if (isOfOneUnit && children.every((child) => child.kind.figures?.of === 'numbers')) {
      const figures = children.map((child) =>
        numberFigure(rowsOf(child.id), child.id, numberedLabel(child.definition)),
      );
      const total = kind.totals === undefined || rows.length === 0 ? [] : [numberFigure(rows, id, '計')];
      return [{ kind: 'numbers', id, label: title, figures: [...figures, ...total] }];
    }
    return children.flatMap((child) => blocksOf(child, rowsOf, around));
  }
  if (rows.length === 0) return [];
  if (kind.figures?.of === 'options' && kind.figures.ranked !== undefined)
    return [{ kind: 'ranking', id, label, figures: withRanks(inPlaces(rows, kind.figures)) }];
  if (kind.figures?.of === 'options') return [{ kind: 'options', id, label, figures: rows.map(optionFigure) }];
  if (kind.figures?.of === 'entries')
    return [
      { kind: 'numbers', id, label: `${label}の件数`, figures: [numberFigure(rows, id, label)] },
      ...children.flatMap((child) => blocksOf(child, rowsOf, `${label}：`)),
    ];
  return [{ kind: 'numbers', id, label, figures: [numberFigure(rows, id, label)] }];
}

function rowsByQuestion(form: Pick<Form, 'id'>, rows: readonly SummaryRow[]): RowsOf {
  const byQuestion = Map.groupBy(
    rows.filter((row) => row.form === form.id),
    ({ question }) => question,
  );
  return (question) => byQuestion.get(question) ?? [];
}

export function sectionBlocks(form: Form, section: Item, rows: readonly SummaryRow[]): SummaryBlock[] {
  return blocksOf(section, rowsByQuestion(form, rows), '');
}

export interface NamedFigure {
  /** The id of its measure, with what of it is told. */
  readonly key: string;
  readonly label: string;
  readonly value: string;
  readonly working: string;
}

const denominators = { perMunicipality: unitNames.municipality, perCouncil: unitNames.council } as const;

function isPer(measure: SummaryRow['measure']): measure is keyof typeof denominators {
  return measure === 'perMunicipality' || measure === 'perCouncil';
}

/** The named measures of a form, with the working of every mean: `180回÷63市町村`. */
export function namedFigures(form: Form, rows: readonly SummaryRow[]): NamedFigure[] {
  const rowsOf = rowsByQuestion(form, rows);
  return form.measures.flatMap(({ measure }) => {
    const own = rowsOf(measure.id);
    const sum = own.find((row) => row.measure === 'sum' || row.measure === 'count')?.value ?? 0;
    return own.map(({ question, label, option = '', optionLabel, measure, value, shown, base, unit }): NamedFigure => {
      const key = [question, option, measure].join(' ');
      if (isPer(measure)) {
        const printed = value === null ? '-' : `${shown ?? value}${unit}`;
        return {
          key,
          label: `${label}（1${denominators[measure]}当たり）`,
          value: printed,
          working: `${sum.toLocaleString('ja')}${unit}÷${base}${denominators[measure]}`,
        };
      }
      const name = optionLabel === undefined ? label : `${label}：${optionLabel}`;
      return {
        key,
        label: name,
        value: base === 0 ? nobodyAnswered : `${(value ?? 0).toLocaleString('ja')}${unit}`,
        working: `回答 ${base}件`,
      };
    });
  });
}

export function figureOf(blocks: readonly SummaryBlock[], question: string, option: string): OptionFigure | undefined {
  return blocks
    .flatMap((block): readonly OptionFigure[] => {
      if (block.kind === 'options') return block.id === question ? block.figures : [];
      if (block.kind !== 'ranking') return [];
      return block.figures.flatMap((row) => (row.question === question ? [row.total, ...row.parts] : []));
    })
    .find((each) => each.option === option);
}
