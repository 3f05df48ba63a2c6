/** What changed since the round before, and over all rounds, as tables. */

import { printMean } from '../../../schemas/values/count.ts';
import { printFiscalYear } from '../../../schemas/values/partial-date.ts';
import { printedMean } from '../comparison.ts';
import { remarks, scaledBy, shareIn, unitColumn } from './tables.ts';
import type { Counted, FigureColumn, FigureTable } from './tables.ts';
import { isAnswered } from './time-series.ts';
import type { TimeSeries } from './time-series.ts';
import { sumsOf, whoMoved } from './unit-changes.ts';
import type { UnitChanges } from './unit-changes.ts';
import type { NumberVariable, OptionsVariable } from './variables.ts';

const changeColumn: FigureColumn = { label: '増減', decimals: 0, isSigned: true };

/** Who answered before in the place of a unit. */
export function predecessorNote(of: readonly string[]): string[] {
  return of.length === 0 ? [] : [`前回は${of.join('・')}${of.length > 1 ? 'の合計' : ''}`];
}

export function chosenWords(chosen: readonly string[], labelOf: (option: string) => string, noneLabel: string): string {
  return chosen.length === 0 ? noneLabel : chosen.map(labelOf).join('、');
}

export function changesOfNumbers(changes: UnitChanges<number>, variable: NumberVariable): FigureTable[] {
  const { compared, notCompared } = changes;
  const scaled = scaledBy(variable);
  const { compared: sums, all } = sumsOf(changes);
  const sorted = compared.toSorted((a, b) => b.now - b.before - (a.now - a.before));
  const times = [
    { label: unitColumn(variable.unit, '前回'), decimals: variable.places },
    { label: unitColumn(variable.unit, '今回'), decimals: variable.places },
  ];
  return [
    {
      title: `「${variable.label}」の団体別の増減`,
      notes: [
        `比較できる団体 ${compared.length}、比較できない団体 ${notCompared.length}。`,
        ...(variable.addsUp
          ? [
              `全ての回答の合計は、前回 ${(scaled(all.before) ?? 0).toLocaleString('ja')}、今回 ${(scaled(all.now) ?? 0).toLocaleString('ja')} です。下の表の計は、比較できる団体だけの合計です。`,
            ]
          : []),
      ],
      columns: [
        { label: '団体' },
        ...times.map((time): FigureColumn => ({ ...time, bars: 'shared' })),
        { ...changeColumn, decimals: variable.places },
        remarks,
      ],
      rows: [
        ...sorted.map(({ code, name, before, now, of }) => ({
          unit: code,
          cells: [name, scaled(before), scaled(now), scaled(now - before), predecessorNote(of).join('')],
        })),
        ...(variable.addsUp && compared.length > 0
          ? [{ cells: ['計', scaled(sums.before), scaled(sums.now), scaled(sums.change), ''], isTotal: true } as const]
          : []),
      ],
    },
    {
      title: '比較できない団体',
      notes: [],
      columns: [{ label: '団体' }, ...times, { label: '理由' }],
      rows: notCompared.map(({ code, name, before, now, reason }) => ({
        unit: code,
        cells: [name, scaled(before), scaled(now), reason],
      })),
    },
  ];
}

/** @param labelOf also of options that the question had before */
export function changesOfOptions(
  changes: UnitChanges<readonly string[]>,
  variable: OptionsVariable,
  labelOf: (option: string) => string,
): FigureTable[] {
  const { compared, notCompared } = changes;
  const { several, noneLabel } = variable;
  const keys = new Set([...variable.options.map(({ key }) => key), ...compared.flatMap(({ before }) => before)]);
  const counted = [...keys].map((key) => {
    const [before, now] = [
      compared.filter((each) => each.before.includes(key)),
      compared.filter((each) => each.now.includes(key)),
    ];
    return { label: labelOf(key), before: before.length, now: now.length };
  });
  const printed = (chosen: readonly string[] | undefined): string =>
    chosen === undefined ? '' : chosenWords(chosen, labelOf, noneLabel);
  const end = (option: string | undefined, otherwise: string): string =>
    option === undefined ? (several ? otherwise : noneLabel) : labelOf(option);
  return [
    {
      title: `「${variable.label}」の増減`,
      notes: [
        `前回と今回の両方に回答した ${compared.length}団体の数です。比較できない団体は ${notCompared.length}です。`,
      ],
      columns: [
        { label: '選択肢' },
        { label: '前回', decimals: 0, bars: 'shared' },
        { label: '今回', decimals: 0, bars: 'shared' },
        changeColumn,
      ],
      rows: counted.map(({ label, before, now }) => ({ cells: [label, before, now, now - before] })),
    },
    {
      title: '回答が変わった団体',
      notes: [],
      columns: [{ label: '前回' }, { label: '今回' }, { label: '団体数', decimals: 0, bars: 'own' }, { label: '団体' }],
      rows: whoMoved(compared, several).map(({ from, to, units }) => ({
        cells: [end(from, '（選択なし）'), end(to, '（選択をやめた）'), units.length, units.join('、')],
      })),
    },
    {
      title: '比較できない団体',
      notes: [],
      columns: [{ label: '団体' }, { label: '前回' }, { label: '今回' }, { label: '理由' }],
      rows: notCompared.map(({ code, name, before, now, reason }) => ({
        unit: code,
        cells: [name, printed(before), printed(now), reason],
      })),
    },
  ];
}

function seriesNotes({ yearsWithout }: TimeSeries): string[] {
  return yearsWithout.length === 0 ? [] : [`調査のない年度：${yearsWithout.map(printFiscalYear).join('、')}`];
}

export function seriesOfNumbers(series: TimeSeries, variable: NumberVariable): FigureTable[] {
  const { addsUp, places, isOverEntries = false } = variable;
  const decimals = Math.max(1, places);
  const mean = (shown: string | undefined, sum: number | null | undefined, base: number): number | null => {
    if (shown !== undefined) return printedMean(shown);
    return typeof sum === 'number' && base > 0 ? printedMean(printMean(sum, base)) : null;
  };
  return [
    {
      title: `「${variable.label}」の推移`,
      notes: [
        `平均は、小数第${'０１２３４５６７８９'[decimals + 1]}位以下を切り捨てています。回答した${isOverEntries ? '行' : '団体'}の数は調査ごとに違います。`,
        ...seriesNotes(series),
      ],
      columns: [
        { label: '年度' },
        ...(addsUp ? [{ label: unitColumn(variable.unit, '合計'), decimals: places, bars: 'own' } as const] : []),
        {
          label: unitColumn(variable.unit, isOverEntries ? '１行の平均' : '平均'),
          decimals,
          ...(addsUp ? {} : { bars: 'own' as const }),
        },
        { label: isOverEntries ? '回答した行' : '回答数', decimals: 0 },
        { label: '調査' },
        remarks,
      ],
      rows: series.points.map(({ name, fiscalYear, figures, notes }) => ({
        cells: [
          printFiscalYear(fiscalYear),
          ...(addsUp ? [figures?.sum ?? null] : []),
          figures === undefined ? null : mean(figures.mean, figures.sum, figures.base),
          figures?.base ?? null,
          name,
          [...notes, ...(figures === undefined || isAnswered(figures) ? [] : ['回答なし'])].join('。'),
        ],
      })),
      line: 1,
    },
  ];
}

export function seriesOfOptions(
  series: TimeSeries,
  variable: Pick<OptionsVariable, 'label' | 'options'>,
  counted: Counted = '団体',
): FigureTable[] {
  const counts = (cell: (value: number, base: number) => number | null) =>
    series.points.map(({ name, fiscalYear, figures, notes }) => ({
      cells: [
        printFiscalYear(fiscalYear),
        ...variable.options.map(({ key }) => {
          const value = figures?.options?.get(key);
          return value === undefined || figures === undefined ? null : cell(value, figures.base);
        }),
        figures?.base ?? null,
        name,
        [...notes, ...(figures === undefined || isAnswered(figures) ? [] : ['回答なし'])].join('。'),
      ],
    }));
  const columns = (decimals: number, bars: Pick<FigureColumn, 'bars'>): FigureColumn[] => [
    { label: '年度' },
    ...variable.options.map(({ label }) => ({ label, decimals, ...bars })),
    { label: '回答数', decimals: 0 },
    { label: '調査' },
    remarks,
  ];
  return [
    {
      title: `「${variable.label}」の推移：割合（％）`,
      notes: [`割合は回答した${counted}に対するもので、小数第２位を四捨五入しています。`, ...seriesNotes(series)],
      columns: columns(1, { bars: 'shared' }),
      rows: counts(shareIn),
    },
    {
      title: `「${variable.label}」の推移：回答数`,
      notes: [],
      columns: columns(0, {}),
      rows: counts((value) => value),
    },
  ];
}
