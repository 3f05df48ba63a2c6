/** What the charts of the report say in words, and the labels of their bars: the same in every format. */

import type { Bars } from '../../domain/report/document.ts';

const lineLength = 20;
const mostLines = 3;

/** The lines of a bar's label; what is too long for them ends in …. */
export function labelLines(label: string): string[] {
  const characters = Array.from(label.slice(0, 400));
  const lines: string[] = [];
  for (let at = 0; at < characters.length; at += lineLength) lines.push(characters.slice(at, at + lineLength).join(''));
  const kept = lines.slice(0, mostLines);
  return lines.length > mostLines ? kept.map((line, index) => (index === mostLines - 1 ? `${line}…` : line)) : kept;
}

export function chartInWords({ title, unit, series, bars }: Bars): string {
  const parts = bars.map(({ label, values }) => {
    const numbers = values.map((value, index) =>
      series.length > 1 ? `${series[index] ?? ''} ${value}` : String(value),
    );
    return `${label} ${numbers.join('、')}`;
  });
  return `${title}のグラフ（単位：${unit}）。${parts.join('、')}`;
}
