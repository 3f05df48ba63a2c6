/** The bills as the README prints them. */

import type { Form } from '../../../schemas/form.ts';
import { billOf, costOf, totalOf } from './bill.ts';
import type { Line } from './bill.ts';
import { monthOf } from './month.ts';
import type { Season } from './month.ts';
import { prices, pricesAsOf } from './prices.ts';
import type { Resources } from './resources.ts';

const columns: readonly { readonly municipalities: number; readonly season: Season }[] = [
  { municipalities: 63, season: 'idle' },
  { municipalities: 63, season: 'busy' },
  { municipalities: 180, season: 'idle' },
  { municipalities: 180, season: 'busy' },
];

const seasons: Readonly<Record<Season, string>> = { idle: '閑散月', busy: '繁忙月' };

const dollars = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** `$4.25 / 100万要求`, without the exponent of a very small number. */
function priceText({ price }: Line): string {
  const { usd, unit } = prices[price];
  return `$${usd.toFixed(10).replace(/\.?0+$/, '')} / ${unit}`;
}

/** Two months of the year are busy. */
function yearOf(bills: readonly (readonly Line[])[], municipalities: number): number {
  return columns.reduce((sum, column, index) => {
    if (column.municipalities !== municipalities) return sum;
    return sum + totalOf(bills[index] ?? []) * (column.season === 'busy' ? 2 : 10);
  }, 0);
}

/** Markdown: what is assumed, a line for each thing that is paid for, and the sums. */
export function costTable(forms: readonly Pick<Form, 'units' | 'sections'>[], resources: Resources): string {
  const months = columns.map(({ municipalities, season }) => monthOf({ municipalities }, season, forms));
  const bills = months.map((month) => billOf(month, resources));
  const [first = []] = bills;
  const lines = first.map((line, index) =>
    row([
      line.title,
      ...bills.map((bill) => {
        const same = bill[index];
        return same === undefined ? '' : dollars.format(costOf(same));
      }),
      `${priceText(line)}。${line.basis}。${prices[line.price].page}`,
    ]),
  );
  const years = [...new Set(columns.map(({ municipalities }) => municipalities))];
  return [
    `単位は米ドル（税抜）、東京リージョン、無料枠なし。単価は${pricesAsOf}のもので、料金ページを参照して確かめたものではありません。予算に使う前に、各行の料金ページで確認してください。`,
    '',
    `繁忙月は、すべての調査票に回答し、提出し、確認する月です（${columns.flatMap(({ municipalities, season }, index) => (season === 'busy' ? [`${municipalities}市町村で要求 ${whole.format(months[index]?.requests ?? 0)} 件`] : [])).join('、')}）。年間は、繁忙月2か月、閑散月10か月としています。`,
    '',
    row([
      '項目',
      ...columns.map(({ municipalities, season }) => `${municipalities}市町村 ${seasons[season]}`),
      '単価と数え方',
    ]),
    row(['---', ...columns.map(() => '---:'), '---']),
    ...lines,
    row(['**合計**', ...bills.map((bill) => `**${dollars.format(totalOf(bill))}**`), '']),
    '',
    ...years.map(
      (municipalities) => `- ${municipalities}市町村の年間: 約 ${whole.format(yearOf(bills, municipalities))} ドル`,
    ),
  ].join('\n');
}

const markers = /(?<start><!-- cost -->\n)[^]*?(?<end>\n<!-- \/cost -->)/;

/** The text with the table between its markers. @throws Error in Japanese when there are none */
export function withTable(text: string, table: string): string {
  if (!markers.test(text)) throw new Error('<!-- cost --> と <!-- /cost --> の行がありません。');
  return text.replace(markers, (_all, start: string, end: string) => `${start}${table}${end}`);
}
