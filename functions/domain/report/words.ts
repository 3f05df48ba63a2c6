/** Words of the report that depend on the round and the prefecture. */

import type { Directory } from '../../../schemas/directory.ts';
import { asOfDate } from '../../../schemas/round.ts';
import type { Round } from '../../../schemas/round.ts';
import { printPartialDate } from '../../../schemas/values/partial-date.ts';
import { labelOf } from '../labels.ts';
import { noFigure } from './figures.ts';

const eraLetters: Readonly<Record<string, string>> = { 令和: 'R', 平成: 'H', 昭和: 'S', 大正: 'T', 明治: 'M' };

/** A partial date as tables print it: `R6.9.30`, `H31.2`, `R元`. */
export function shortDate(value: string): string {
  const printed = /^(?<era>\D{2})(?<year>元|\d+)年(?:(?<month>\d+)月)?(?:(?<day>\d+)日)?$/u.exec(
    printPartialDate(value),
  );
  const { era = '', year = '', month, day } = printed?.groups ?? {};
  const letter = eraLetters[era];
  if (letter === undefined) return printPartialDate(value);
  return [letter + year, month, day].filter((part) => part !== undefined).join('.');
}

const japan = 9 * 60 * 60 * 1000;

/** The day in Japan of an instant, in 和暦. */
export function dayInJapan(instant: string): string {
  return printPartialDate(new Date(Date.parse(instant) + japan).toISOString().slice(0, 10));
}

export interface Place {
  readonly round: Round;
  readonly directory: Pick<Directory, 'prefecture'>;
}

/** Fills in the names that texts of the outline may hold; `section` is whose as-of date is meant. */
export function fillIn(text: string, { round, directory }: Place, section?: string): string {
  const prefecture = directory.prefecture.name;
  const kind = /[都道府県]$/u.exec(prefecture)?.[0] ?? '県';
  const asOf = section === undefined ? round.referenceDate : asOfDate(round, section);
  return labelOf(text, round)
    .replaceAll('{prefecture}', prefecture)
    .replaceAll('{kind}', kind)
    .replaceAll('{inside}', `${kind}内`)
    .replaceAll('{period}', periodOf(round))
    .replaceAll('{asOf}', shortDate(asOf));
}

/** `R5.4～R6.9` */
export function periodOf({ period }: Pick<Round, 'period'>): string {
  return `${shortDate(period.from)}～${shortDate(period.to)}`;
}

/** A share in per cent, cut to one decimal like every mean. */
export function printShare(value: number, base: number): string {
  return base === 0 ? noFigure : `${(Math.trunc((value * 1000) / base) / 10).toFixed(1)}％`;
}

const circled = '①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳';

/** ① for 0. */
export function circledNumber(index: number): string {
  return circled[index] ?? `(${index + 1})`;
}

const kana = 'アイウエオカキクケコサシスセソタチツテト';

/** ア for 0. */
export function kanaNumber(index: number): string {
  return kana[index] ?? `(${index + 1})`;
}
