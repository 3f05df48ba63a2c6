/**
 * 順位 and 人口当たり of every number by unit, as one table to be filtered by its question. The numbers are those of the page 分析;
 * units that gave none are not listed, and neither is a question of which all gave the same, which has no order.
 */

import { perPopulation, populationsOf } from '../../domain/analysis/per-population.ts';
import { scaledBy, shareOfAll } from '../../domain/analysis/tables.ts';
import { rankUnits } from '../../domain/analysis/unit-ranking.ts';
import type { NumberVariable } from '../../domain/analysis/variables.ts';
import type { WorkbookCell } from '../xlsx/cells.ts';
import type { Sheet, SheetColumn } from '../xlsx/sheet.ts';
import type { AnalysedForm } from './analysed-forms.ts';
import type { DocumentContext } from './formats.ts';

/** As the page has it before somebody chooses another. */
const per = 10_000;

interface Row {
  readonly form: string;
  readonly variable: NumberVariable;
  /** Absent of all units together. */
  readonly code?: string;
  readonly name: string;
  readonly rank?: number | undefined;
  readonly value: number;
  readonly sum: number;
  /** In hundredths. */
  readonly rate?: number | undefined;
  readonly rateRank?: number | undefined;
  readonly population?: number | undefined;
  readonly on?: string | undefined;
  readonly note: string;
}

interface Column extends SheetColumn {
  readonly cell: (row: Row) => WorkbookCell;
}

const columns: readonly Column[] = [
  { heading: '調査票', widest: 20, cell: ({ form }) => form },
  { heading: '設問', widest: 32, cell: ({ variable }) => variable.label },
  { heading: 'コード', cell: ({ code }) => code },
  { heading: '団体', widest: 24, cell: ({ name }) => name },
  { heading: '順位', cell: ({ rank }) => rank },
  { heading: '値', numbers: 'count', cell: ({ value, variable }) => scaledBy(variable)(value) ?? undefined },
  { heading: '単位', cell: ({ variable }) => variable.unit },
  {
    heading: '合計に占める割合（％）',
    numbers: 'share',
    cell: ({ value, sum, variable }) => shareOfAll(value, sum, variable) ?? undefined,
  },
];

const populationColumns: readonly Column[] = [
  {
    heading: `人口${per.toLocaleString('ja')}人当たり`,
    numbers: 'rate',
    cell: ({ rate }) => (rate === undefined ? undefined : rate / 100),
  },
  { heading: '人口当たりの順位', cell: ({ rateRank }) => rateRank },
  { heading: '人口（人）', numbers: 'count', cell: ({ population }) => population },
  { heading: '人口の基準日', cell: ({ on }) => on },
  { heading: '備考', cell: ({ note }) => note },
];

/** The units of one question in their order, and all together where that means something. */
function rowsOf({ form: { title: form }, directory, answers }: AnalysedForm['now'], variable: NumberVariable): Row[] {
  const units = answers.numbersOf(variable);
  const ranked = rankUnits(units).flatMap(({ value, ...unit }) => (value === undefined ? [] : [{ ...unit, value }]));
  if (new Set(ranked.map(({ value }) => value)).size < 2) return [];
  // Of what does not add up there is none by people, as on the page.
  const { rows, together } = perPopulation(
    variable.addsUp ? units : [],
    populationsOf(directory),
    per,
    variable.places,
  );
  const rates = new Map(rows.map((each) => [each.code, each]));
  const sum = ranked.reduce((all, { value }) => all + value, 0);
  const all: Row = {
    form,
    variable,
    name: '計',
    value: sum,
    sum,
    rate: together.rate,
    population: together.rate === undefined ? undefined : together.population,
    note: together.units === ranked.length ? '' : `人口当たりは、人口のある${together.units}団体の計`,
  };
  return [
    ...ranked.map(({ code, name, rank, value }): Row => {
      const { rate, rank: rateRank, population } = rates.get(code) ?? {};
      const note = variable.addsUp && population === undefined ? '人口なし' : '';
      const people = { population: population?.number, on: population?.on.join('、') };
      return { form, variable, code, name, rank, value, sum, rate, rateRank, ...people, note };
    }),
    ...(variable.addsUp ? [all] : []),
  ];
}

export function rankingSheets({ analysed }: Pick<DocumentContext, 'analysed'>): Sheet[] {
  const rows = [...analysed.values()].flatMap(({ now }) =>
    now.answers.variables.flatMap((variable) => (variable.of === 'numbers' ? rowsOf(now, variable) : [])),
  );
  if (rows.length === 0) return [];
  const hasRates = rows.some(({ rate }) => rate !== undefined);
  const shown = hasRates ? [...columns, ...populationColumns] : columns;
  const cells = rows.map((row) => shown.map(({ cell }) => cell(row)));
  return [{ name: hasRates ? '順位・人口当たり' : '順位', columns: shown, sticky: 4, rows: cells }];
}
