/**
 * 正誤表 on the cover of an edition: the figures that the one before printed otherwise, as printed, wrong and right; whose
 * public answers were corrected, and which entries of the directory. All corrections are in `errata.csv` and
 * `errata.returns.csv`, which an official text calls by their titles.
 */

import type { AsOf } from '../../../schemas/export.ts';
import type { Form } from '../../../schemas/form.ts';
import { unclassified } from '../../../schemas/unit-classes.ts';
import { printCount } from '../../../schemas/values/count.ts';
import { numberedLabel } from '../../../schemas/kinds/question.ts';
import { correctionLabels, errataTitles } from '../errata.ts';
import { measureRemark } from '../measures.ts';
import type { CorrectionKind, FigureCorrection, PrintedFigure } from '../errata.ts';
import { paragraph } from './document.ts';
import type { Block } from './document.ts';
import { noFigure } from './figures.ts';
import { printDayInJapan } from './words.ts';

export const namedCorrections = 20;

export interface CorrectedReturn {
  readonly change: CorrectionKind;
  readonly form: string;
  readonly unitName: string;
  /** How many cells and rows of its tables stand otherwise; of a return that came or went 1. */
  readonly items: number;
}

interface RoundForms {
  readonly forms: readonly Form[];
}

export type CorrectedUnit = Pick<CorrectedReturn, 'change' | 'unitName'>;

export interface Corrections {
  readonly figures: readonly FigureCorrection[];
  readonly returns: readonly CorrectedReturn[];
  readonly units: readonly CorrectedUnit[];
}

const kinds: readonly CorrectionKind[] = ['changed', 'added', 'removed'];

function numbersOf(corrections: readonly { readonly change: CorrectionKind }[]): string {
  return kinds
    .map(
      (kind) => `${correctionLabels[kind]}${printCount(corrections.filter(({ change }) => change === kind).length)}件`,
    )
    .join('、');
}

/** `ほか12件は、公表用データの「正誤表：集計」による。` */
function othersIn(count: number, table: keyof typeof errataTitles): string[] {
  return count === 0 ? [] : [`ほか${printCount(count)}件は、公表用データの「${errataTitles[table]}」による。`];
}

function titleIn({ forms }: RoundForms, form: string): string {
  return forms.find(({ id }) => id === form)?.title ?? form;
}

/** `年次調査票「設置状況・設置の有無・設置済」`, as the tables of the report name them. */
export function figureLabel(
  { form, question, number, label, optionLabel, measure, class: by, classValue = unclassified }: FigureCorrection,
  asked: RoundForms,
): string {
  const sections = asked.forms.find(({ id }) => id === form)?.sections ?? [];
  const section = question.includes('.') ? sections.find(({ id }) => id === question.split('.')[0]) : undefined;
  const around = section === undefined ? [] : [numberedLabel(section.definition)];
  const value = by === undefined ? undefined : classValue;
  const names = [...around, numberedLabel({ number, label }), optionLabel, measureRemark(measure), value].filter(
    (name) => name !== undefined && name !== '',
  );
  return `${titleIn(asked, form)}「${[...new Set(names)].join('・')}」`;
}

export function printFigure(figure: PrintedFigure | undefined, unit: string, withBase: boolean): string {
  if (figure === undefined) return '記載なし';
  const { value, shown, base, kinds = '' } = figure;
  const number = value === null ? noFigure : `${shown ?? printCount(value)}${kinds === '' ? unit : kinds}`;
  return withBase ? `${number}（母数${printCount(base)}）` : number;
}

/** The figure stands as before, but is one of more or of fewer returns. */
function isOfBaseAlone({ before, after }: FigureCorrection): boolean {
  return before?.value === after?.value && before?.kinds === after?.kinds;
}

/** 誤 and 正 as they are printed; none where the number is the same as before, since only hidden decimals are others. */
function errataRow(correction: FigureCorrection, asked: RoundForms): string[][] {
  const { before, after, measureUnit } = correction;
  const printed = (withBase: boolean): [string, string] => [
    printFigure(before, measureUnit, withBase),
    printFigure(after, measureUnit, withBase),
  ];
  const [was, is] = printed(false);
  return was === is ? [] : [[figureLabel(correction, asked), ...printed(before?.base !== after?.base)]];
}

function lines(texts: readonly string[]): Block[] {
  return texts.length === 0 ? [] : [{ kind: 'lines', lines: texts.map((text) => ({ text, indent: 1 })) }];
}

/** Figures of which the denominator alone is another one come last, and as a number alone: a return more moves nearly all. */
function figureBlocks(corrections: readonly FigureCorrection[], edition: string, asked: RoundForms): Block[] {
  if (corrections.length === 0) return [];
  const others = corrections.filter((correction) => !isOfBaseAlone(correction));
  const rows = others.flatMap((correction) => errataRow(correction, asked)).slice(0, namedCorrections);
  const bases = corrections.length - others.length;
  const caption = `${edition}の集計値の正誤（${numbersOf(corrections)}）`;
  const table: Block = { kind: 'table', caption, columns: [{ label: '箇所' }, { label: '誤' }, { label: '正' }], rows };
  return [
    rows.length === 0 ? paragraph(`${caption}：記載した数値は変わらない。`) : table,
    ...lines([
      ...othersIn(others.length - rows.length, 'figures'),
      ...(bases === 0
        ? []
        : [`母数のみが変わったもの${printCount(bases)}件は、公表用データの「${errataTitles.figures}」による。`]),
    ]),
  ];
}

interface Naming<Corrected> {
  readonly what: string;
  readonly nameOf: (corrected: Corrected) => string;
}

function namedBlocks<Corrected extends CorrectedUnit>(
  corrected: readonly Corrected[],
  edition: string,
  { what, nameOf }: Naming<Corrected>,
): Block[] {
  if (corrected.length === 0) return [];
  const named = kinds.flatMap((kind) => corrected.filter(({ change }) => change === kind)).slice(0, namedCorrections);
  const byKind = kinds.flatMap((kind) => {
    const names = named.filter(({ change }) => change === kind).map(nameOf);
    return names.length === 0 ? [] : [`・${correctionLabels[kind]}：${names.join('、')}`];
  });
  return [
    paragraph(
      `${edition}に公表した${what}を次のとおり改めた（${numbersOf(corrected)}）。内容は、公表用データの「${errataTitles.returns}」による。`,
    ),
    ...lines([...byKind, ...othersIn(corrected.length - named.length, 'returns')]),
  ];
}

/**
 * 正誤表 of what is public.
 *
 * @param last the newest edition that stands
 */
export function errataBlocks(
  last: { readonly edition: number; readonly asOf: AsOf },
  { figures, returns, units }: Corrections,
  asked: RoundForms,
): Block[] {
  const edition = `第${last.edition}版（${printDayInJapan(last.asOf.at)}現在）`;
  const nameOf = ({ form, unitName, change, items }: CorrectedReturn): string =>
    `${unitName}（${titleIn(asked, form)}${change === 'changed' ? `、${printCount(items)}項目` : ''}）`;
  const errata = [
    ...figureBlocks(figures, edition, asked),
    ...namedBlocks(returns, edition, { what: '回答', nameOf }),
    ...namedBlocks(units, edition, { what: '回答単位の名簿', nameOf: ({ unitName }) => unitName }),
  ];
  return errata.length === 0 ? [paragraph(`${edition}に公表した内容に訂正はない。`)] : errata;
}
