/**
 * What the report says of its difference from the edition before: the figures that were corrected, whose public answers
 * were, and which entries of the directory. All corrections are in `errata.csv` and `errata.returns.csv`.
 */

import type { AsOf } from '../../../schemas/export.ts';
import type { Form } from '../../../schemas/form.ts';
import type { Round } from '../../../schemas/round.ts';
import { printCount } from '../../../schemas/values/count.ts';
import { numberedLabel } from '../../../schemas/kinds/question.ts';
import { correctionLabels } from '../errata.ts';
import { measureRemark } from '../measures.ts';
import type { CorrectionKind, FigureCorrection, PrintedFigure } from '../errata.ts';
import type { Note } from './document.ts';
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
  readonly round: Round;
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

/** `ほか12件は公表版の正誤表（errata.csv）による。` */
function othersIn(count: number, file: string): string[] {
  return count === 0 ? [] : [`ほか${printCount(count)}件は公表版の正誤表（${file}）による。`];
}

function titleIn({ forms }: RoundForms, form: string): string {
  return forms.find(({ id }) => id === form)?.title ?? form;
}

/** `年次調査票「設置状況・設置の有無・設置済」`, as the tables of the report name them. */
export function figureLabel(
  { form, question, number, label, optionLabel, measure }: FigureCorrection,
  asked: RoundForms,
): string {
  const sections = asked.forms.find(({ id }) => id === form)?.sections ?? [];
  const section = question.includes('.') ? sections.find(({ id }) => id === question.split('.')[0]) : undefined;
  const around = section === undefined ? [] : [numberedLabel(section.definition)];
  const names = [...around, numberedLabel({ number, label }), optionLabel, measureRemark(measure)].filter(
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

/** Absent where the report prints the same number as before, since only hidden decimals are others. */
function figureLine(correction: FigureCorrection, asked: RoundForms): string | undefined {
  const { before, after, measureUnit } = correction;
  const printed = (withBase: boolean): string[] =>
    [before, after].map((figure) => printFigure(figure, measureUnit, withBase));
  const [was, is] = printed(false);
  return was === is
    ? undefined
    : `・${figureLabel(correction, asked)}　${printed(before?.base !== after?.base).join(' → ')}`;
}

/** Figures of which the denominator alone is another one come last, and as a number alone: a return more moves nearly all. */
function figureNote(corrections: readonly FigureCorrection[], edition: string, asked: RoundForms): Note[] {
  if (corrections.length === 0) return [];
  const others = corrections.filter((correction) => !isOfBaseAlone(correction));
  const named = others.flatMap((correction) => figureLine(correction, asked) ?? []).slice(0, namedCorrections);
  const lines = [...named, ...othersIn(others.length - named.length, 'errata.csv')];
  const bases = corrections.length - others.length;
  const ofBases = `${lines.length === 0 ? '' : 'このほか、'}母数のみが変わったもの${printCount(bases)}件は公表版の正誤表（errata.csv）による。`;
  const text = `${edition}の集計値を次のとおり改めた（${numbersOf(corrections)}。誤 → 正）。`;
  return [{ text, lines: bases === 0 ? lines : [...lines, ofBases] }];
}

interface Naming<Corrected> {
  readonly what: string;
  readonly nameOf: (corrected: Corrected) => string;
}

function tableNote<Corrected extends CorrectedUnit>(
  corrected: readonly Corrected[],
  edition: string,
  { what, nameOf }: Naming<Corrected>,
): Note[] {
  if (corrected.length === 0) return [];
  const named = kinds.flatMap((kind) => corrected.filter(({ change }) => change === kind)).slice(0, namedCorrections);
  const lines = kinds.flatMap((kind) => {
    const names = named.filter(({ change }) => change === kind).map(nameOf);
    return names.length === 0 ? [] : [`・${correctionLabels[kind]}：${names.join('、')}`];
  });
  const text = `${edition}に公表した${what}を次のとおり改めた（${numbersOf(corrected)}）。内容は公表版の正誤表（errata.returns.csv）による。`;
  return [{ text, lines: [...lines, ...othersIn(corrected.length - named.length, 'errata.returns.csv')] }];
}

/**
 * One note each about figures, returns and the directory, none where nothing public is another one now.
 *
 * @param last the newest edition
 * @param now the figures, returns and units that are others in the next one
 */
export function correctionNotes(
  last: { readonly edition: number; readonly asOf: AsOf },
  { figures, returns, units }: Corrections,
  asked: RoundForms,
): Note[] {
  const edition = `第${last.edition}版（${printDayInJapan(last.asOf.at)}現在）`;
  const nameOf = ({ form, unitName, change, items }: CorrectedReturn): string =>
    `${unitName}（${titleIn(asked, form)}${change === 'changed' ? `、${printCount(items)}項目` : ''}）`;
  return [
    ...figureNote(figures, edition, asked),
    ...tableNote(returns, edition, { what: '回答', nameOf }),
    ...tableNote(units, edition, { what: '回答単位の名簿', nameOf: ({ unitName }) => unitName }),
  ];
}
