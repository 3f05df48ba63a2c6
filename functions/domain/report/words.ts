/** Words of the report that depend on the round and the prefecture. */

import type { Directory } from '../../../schemas/directory.ts';
import type { Form } from '../../../schemas/form.ts';
import { asOfDate, dayInJapan, periodOf } from '../../../schemas/round.ts';
import type { Round } from '../../../schemas/round.ts';
import { withCompareYear } from '../../../schemas/round-forms.ts';
import { printPartialDate, shortDate } from '../../../schemas/values/partial-date.ts';
import { noFigure } from './figures.ts';

export function printDayInJapan(instant: string): string {
  return printPartialDate(dayInJapan(new Date(instant)));
}

export interface RoundOfPrefecture {
  readonly round: Round;
  readonly directory: Pick<Directory, 'prefecture'>;
}

export function fillIn(text: string, { round, directory }: RoundOfPrefecture, section?: string): string {
  const prefecture = directory.prefecture.name;
  const kind = /[都道府県]$/u.exec(prefecture)?.[0] ?? '県';
  const asOf = section === undefined ? round.referenceDate : asOfDate(round, section);
  return withCompareYear(text, round)
    .replaceAll('{prefecture}', prefecture)
    .replaceAll('{kind}', kind)
    .replaceAll('{inside}', `${kind}内`)
    .replaceAll('{period}', periodOf(round))
    .replaceAll('{asOf}', shortDate(asOf));
}

/** A share in per cent, rounded half up to one decimal; means are cut. In whole numbers, where a half is exactly one. */
export function shareOf(value: number, base: number): number {
  return Math.floor((value * 2000 + base) / (base * 2)) / 10;
}

export function printShare(value: number, base: number): string {
  return base === 0 ? noFigure : `${shareOf(value, base).toFixed(1)}％`;
}

const circled = '①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳';

export function circledNumber(index: number): string {
  return circled[index] ?? `(${index + 1})`;
}

const kana = 'アイウエオカキクケコサシスセソタチツテト';

export function kanaNumber(index: number): string {
  return kana[index] ?? `(${index + 1})`;
}

/** How means are cut: after one decimal, and after two or more where answers have them. */
export function cutMeans(forms: readonly Pick<Form, 'items'>[]): string {
  const isFiner = forms.some(({ items }) =>
    items.values().some(({ kind: { figures } }) => figures?.of === 'numbers' && figures.places > 1),
  );
  return `平均は小数第２位以下${isFiner ? '（小数第２位以下まで回答する設問及び計算する項目では、その桁より下）' : ''}を切り捨て`;
}
