/** An analysis as tables: what the page draws, the CSV holds and the API gives, in the same order and the same words. */

import { shareOf } from '../report/words.ts';
import { hasNoAnswer, shareBaseOf, shareBases } from './cross-table.ts';
import type { Crossed, ShareBase } from './cross-table.ts';
import type { PopulationBase, PopulationRates } from './per-population.ts';
import type { RankedUnit } from './unit-ranking.ts';
import { missingWords } from './unit-values.ts';
import type { Missing } from './unit-values.ts';
import type { NumberVariable } from './variables.ts';

export interface FigureColumn {
  readonly label: string;
  /** Of a column of numbers, how many it has behind the point. */
  readonly decimals?: number;
  /** Of changes: printed with their sign. */
  readonly isSigned?: true;
  /** Numbers of which a bar is drawn beside: of each column by itself, or of all that have `bars` the same scale. */
  readonly bars?: 'own' | 'shared';
}

/** `null`: there is no figure, and a text of the row says why. */
export type FigureCell = string | number | null;

export interface FigureRow {
  /** The code of the unit that it is about. */
  readonly unit?: string;
  readonly cells: readonly FigureCell[];
  readonly isTotal?: true;
}

export interface FigureTable {
  readonly title: string;
  readonly notes: readonly string[];
  /** The first is the name of the row. */
  readonly columns: readonly FigureColumn[];
  readonly rows: readonly FigureRow[];
  /** The column whose numbers are drawn as a line over the rows. */
  readonly line?: number;
}

/** As the report has shares; none of nobody. */
export function shareIn(value: number, base: number | undefined): number | null {
  return base === undefined || base === 0 ? null : shareOf(value, base);
}

function missingText(missing: Missing | undefined): string {
  return missing === undefined ? '' : missingWords[missing];
}

export const remarks: FigureColumn = { label: '備考' };

export function unitColumn(unit: string, label: string): string {
  return unit === '' ? label : `${label}（${unit}）`;
}

/** Values are whole numbers in units of their last decimal. */
export function scaledBy({ places }: Pick<NumberVariable, 'places'>): (value: number | undefined) => number | null {
  return (value) => (value === undefined ? null : value / 10 ** places);
}

/** What the numbers of a table count: units, or the rows that they gave in a list. */
export type Counted = '団体' | '行';

/** @param several whether either question takes several options */
export function crossTables(crossed: Crossed, share: ShareBase, several: boolean, counted: Counted): FigureTable[] {
  const { rows, columns, cells, units } = crossed;
  const names = columns.entries.map(({ label }) => label);
  const bases = shareBaseOf(crossed, share);
  const shareRows = rows.entries.flatMap(({ key, label }, index) =>
    hasNoAnswer({ key })
      ? []
      : [{ cells: [label, ...columns.entries.map((_, at) => shareIn(cells[index]?.[at] ?? 0, bases[index]?.[at]))] }],
  );
  const title = `「${rows.label}」×「${columns.label}」`;
  return [
    {
      title: `${title}：回答数`,
      notes: [
        ...(counted === '行' ? ['一覧の行を数えています。'] : []),
        ...(several ? [`複数を選べる設問のため、計（選んだ${counted}の数）は各欄の和と一致しません。`] : []),
      ],
      columns: [
        { label: rows.label },
        ...names.map((label): FigureColumn => ({ label, decimals: 0 })),
        { label: '計', decimals: 0, bars: 'own' },
      ],
      rows: [
        ...rows.entries.map(({ label, total }, index) => ({ cells: [label, ...(cells[index] ?? []), total] })),
        { cells: ['計', ...columns.entries.map(({ total }) => total), units], isTotal: true },
      ],
    },
    {
      title: `${title}：割合（％、${shareBases[share]}）`,
      notes: [`割合は回答した${counted}に対するもので、小数第２位を四捨五入しています。`],
      columns: [{ label: rows.label }, ...names.map((label): FigureColumn => ({ label, decimals: 1, bars: 'shared' }))],
      rows: shareRows,
    },
  ];
}

/** Of all together; of what does not add up there is none. */
export function shareOfAll(value: number, sum: number, { addsUp }: Pick<NumberVariable, 'addsUp'>): number | null {
  return !addsUp || sum <= 0 ? null : shareOf(value, sum);
}

export function rankingTable(units: readonly RankedUnit[], variable: NumberVariable): FigureTable {
  const { addsUp, places, unit } = variable;
  const scaled = scaledBy(variable);
  const ranked = units.flatMap(({ value }) => (value === undefined ? [] : [value]));
  const sum = ranked.reduce((all, value) => all + value, 0);
  const share = (value: number | undefined): number | null =>
    value === undefined ? null : shareOfAll(value, sum, variable);
  return {
    title: `「${variable.label}」の団体別順位`,
    notes: [
      `回答 ${ranked.length}団体、回答のない団体 ${units.length - ranked.length}団体。同じ値は同じ順位です。`,
      ...(addsUp ? [] : ['足し合わせる意味のない数のため、合計と割合はありません。']),
    ],
    columns: [
      { label: '団体' },
      { label: '順位', decimals: 0 },
      { label: unitColumn(unit, '値'), decimals: places, bars: 'own' },
      ...(addsUp ? [{ label: '合計に占める割合（％）', decimals: 1 }] : []),
      remarks,
    ],
    rows: [
      ...units.map(({ code, name, rank, value, missing }) => ({
        unit: code,
        cells: [name, rank ?? null, scaled(value), ...(addsUp ? [share(value)] : []), missingText(missing)],
      })),
      ...(addsUp && ranked.length > 0
        ? [{ cells: ['計', null, scaled(sum), share(sum), ''], isTotal: true } as const]
        : []),
    ],
  };
}

export function populationTable(rates: PopulationRates, base: PopulationBase, variable: NumberVariable): FigureTable {
  const { rows, together, withoutPopulation } = rates;
  const scaled = scaledBy(variable);
  const days = [...new Set(rows.flatMap(({ population }) => population?.on ?? []))].toSorted();
  const per = `人口${base.toLocaleString('ja')}人当たり`;
  const rate = (value: number | undefined): number | null => (value === undefined ? null : value / 100);
  return {
    title: `「${variable.label}」の${per}`,
    notes: [
      days.length === 0
        ? '名簿に人口が入力されていません。名簿の市町村の画面で入力し、調査の設定で名簿の版を改めると、計算できます。'
        : `人口は名簿のもの（${days.join('、')}現在）です。小数第３位を四捨五入しています。`,
      ...(withoutPopulation.length === 0
        ? []
        : [`人口がないため計算できない団体（${withoutPopulation.length}）：${withoutPopulation.join('、')}`]),
    ],
    columns: [
      { label: '団体' },
      { label: '順位', decimals: 0 },
      { label: unitColumn(variable.unit, per), decimals: 2, bars: 'own' },
      { label: unitColumn(variable.unit, '値'), decimals: variable.places },
      { label: '人口（人）', decimals: 0 },
      { label: '人口の基準日' },
      remarks,
    ],
    rows: [
      ...rows.map(({ code, name, rank, rate: own, value, population, missing }) => ({
        unit: code,
        cells: [
          name,
          rank ?? null,
          rate(own),
          scaled(value),
          population?.number ?? null,
          population?.on.join('、') ?? '',
          missing === undefined && population === undefined ? '人口なし' : missingText(missing),
        ],
      })),
      ...(together.rate === undefined
        ? []
        : [
            {
              cells: [
                `計（${together.units}団体）`,
                null,
                rate(together.rate),
                scaled(together.value),
                together.population,
                '',
                '',
              ],
              isTotal: true,
            } as const,
          ]),
    ],
  };
}
