/**
 * What a publication says to one unit: its own figures beside those of the prefecture, of the others of its class, and of the
 * years before. Of the others published figures only, and of a class none that stands for fewer than three. Pure.
 */

import type { SummaryRow } from '../../schemas/export.ts';

/** Units of a class besides the one that reads. */
export const fewestInClass = 3;

/** The figures of one question, or of one option of it. */
interface Figure {
  readonly base: number;
  /** How many chose the option, or the sum. */
  readonly value: number | null;
  readonly mean?: string | undefined;
  readonly meanValue?: number | null | undefined;
  readonly median?: number | null | undefined;
}

interface YearFigure {
  readonly year: string;
  readonly own: number | null;
  /** Whose `own` is: the unit's, of all that were merged into it together, or nobody's that could be compared. */
  readonly of: YearRows['of'];
  readonly all: Figure;
}

export interface ResultLine {
  readonly question: string;
  readonly number?: string | undefined;
  readonly label: string;
  readonly option?: string | undefined;
  readonly optionLabel?: string | undefined;
  readonly unit: string;
  /** Of an option 1 or 0, inside lists how many entries; `null` where the unit has not answered. */
  readonly own: number | null;
  readonly all: Figure;
  readonly ofClass?: Figure | undefined;
  readonly earlier: readonly YearFigure[];
}

type Measures = ReadonlyMap<SummaryRow['measure'], SummaryRow>;

function named({ question, option }: SummaryRow): string {
  return JSON.stringify([question, option ?? '']);
}

function byName(rows: readonly SummaryRow[]): ReadonlyMap<string, Measures> {
  const groups = Map.groupBy(rows, named);
  return new Map([...groups].map(([name, own]) => [name, new Map(own.map((row) => [row.measure, row]))]));
}

function figureOf(measures: Measures): Figure | undefined {
  const counted = measures.get('count') ?? measures.get('sum');
  const [mean, median] = [measures.get('mean'), measures.get('median')];
  const any = counted ?? mean ?? median;
  if (any === undefined) return undefined;
  return {
    base: any.base,
    value: counted?.value ?? null,
    ...(mean === undefined || mean.base === 0
      ? {}
      : { mean: mean.shown ?? String(mean.value ?? ''), meanValue: mean.value }),
    ...(median === undefined || median.base === 0 ? {} : { median: median.value }),
  };
}

/** Of the figures of one return alone. */
function ownOf(measures: Measures | undefined): number | null {
  const figure = measures && figureOf(measures);
  if (figure === undefined || figure.base === 0) return null;
  return figure.value ?? figure.median ?? null;
}

/** A round's figures: those of the unit alone, and those that are published. */
export interface YearRows {
  readonly year: string;
  readonly of: 'unit' | 'merged' | 'nobody';
  readonly own: readonly SummaryRow[];
  readonly all: readonly SummaryRow[];
}

interface Compared extends Omit<YearRows, 'year' | 'of'> {
  /** Of the others of the unit's class, from published answers; each says how many answered it. */
  readonly ofClass: readonly SummaryRow[];
  readonly earlier: readonly YearRows[];
}

export function resultLines({ own, all, ofClass, earlier }: Compared): ResultLine[] {
  const [ownFigures, classFigures] = [byName(own), byName(ofClass)];
  const years = earlier.map(({ year, of, ...rows }) => ({ year, of, own: byName(rows.own), all: byName(rows.all) }));
  return [...byName(all)].flatMap(([name, measures]): ResultLine[] => {
    const figure = figureOf(measures);
    const row = [...measures.values()][0];
    if (figure === undefined || row === undefined) return [];
    const others = classFigures.get(name);
    const inClass = others && figureOf(others);
    const { question, number, label, option, optionLabel, unit } = row;
    return [
      {
        question,
        number,
        label,
        option,
        optionLabel,
        unit,
        own: ownOf(ownFigures.get(name)),
        all: figure,
        ofClass: inClass !== undefined && inClass.base >= fewestInClass ? inClass : undefined,
        earlier: years.flatMap(({ year, of, own: before, all: then }): YearFigure[] => {
          const past = then.get(name);
          const known = past && figureOf(past);
          return known === undefined ? [] : [{ year, of, own: ownOf(before.get(name)), all: known }];
        }),
      },
    ];
  });
}
