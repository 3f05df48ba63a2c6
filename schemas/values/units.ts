import { normaliseWidth } from './width.ts';

/** Units that people write behind a number; those of one row mean the same. */
const UNITS: readonly (readonly string[])[] = [
  ['人', '名'],
  ['か所', 'ヶ所', 'カ所', 'ヵ所', 'ケ所', '箇所', '個所'],
  ['回', '度'],
  ['件', 'ケース', '事例'],
  ['分', '分間'],
  ['時間'],
  ['日', '日間'],
  ['週', '週間'],
  // Apart from か月: `9月` is September.
  ['月'],
  ['か月', 'ヶ月', 'カ月', 'ヵ月', 'ケ月', '箇月'],
  ['年', '年間'],
  ['事業所'],
  ['機関'],
  ['団体'],
  ['法人'],
  ['施設'],
  ['センター'],
  ['市町村'],
  ['世帯'],
  ['円'],
  ['%'],
];

/** What people count in places as well: か所 for any of them says the same number. */
const PLACES: ReadonlySet<string> = new Set(['事業所', '施設', 'センター', '機関', '団体', '法人']);

/** Whether か所 was typed where units that stand somewhere are counted, and the number is the same. */
export function isPlacesFor(typed: string, unit: string | undefined): boolean {
  return isSameUnit(typed, 'か所') && unit !== undefined && PLACES.has(normaliseWidth(unit));
}

/** Shares of something, and ages. */
const NEVER_ADDED: ReadonlySet<string> = new Set(['%', '‰', '割', 'パーセント', 'ポイント', '歳', '才']);

/** What says of a number that it is one already of several, or of one of them: 1事業所当たりの平均開所日数, 通訳者の単価. */
const AVERAGE = /平均|[当あ]たり|単価|時給|日当|日額/u;
/** 円/時間, 円毎時, 件／人当たり. */
const RATE = /[/毎]|[当あ]たり/u;

/** Whether the numbers of several returns have a sum that says anything: shares, ages, prices and averages have a mean alone. */
export function addsUp({ label, unit }: { readonly label: string; readonly unit: string }): boolean {
  const plain = normaliseWidth(unit);
  return !NEVER_ADDED.has(plain) && !AVERAGE.test(label) && !RATE.test(plain);
}

/** What one of several costs, by its name or its unit. */
export function isPrice({ label, unit }: { readonly label: string; readonly unit: string }): boolean {
  return normaliseWidth(unit).startsWith('円') && !addsUp({ label, unit });
}

/** An amount in 円 may be a price: it is none where it is counted over a period. */
export function mayBePrice({
  unit,
  overPeriod,
}: {
  readonly unit?: string | undefined;
  readonly overPeriod: boolean;
}): boolean {
  return normaliseWidth(unit ?? '') === '円' && !overPeriod;
}

/** Whether a text, its widths normalised, is a unit that people count in. */
export function isUnit(text: string): boolean {
  return UNITS.some((row) => row.includes(text));
}

/** Whether a typed unit, its widths normalised, is the unit asked for or means the same. */
export function isSameUnit(typed: string, unit: string | undefined): boolean {
  if (unit === undefined) return false;
  const asked = normaliseWidth(unit);
  return typed === asked || UNITS.some((row) => row.includes(typed) && row.includes(asked));
}
