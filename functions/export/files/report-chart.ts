/** Bar charts as SVG, drawn by ECharts on the server. Loaded only when a chart is drawn. */

import { BarChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { Bars } from '../../domain/report/document.ts';
import { escapeText } from '../../platform/escape-text.ts';
import { chartInWords, labelLines } from './report-chart-text.ts';

use([BarChart, GridComponent, LegendComponent, AriaComponent, SVGRenderer]);

const width = 660;
/** Pixels of a line of a label, and of the bar of one series. */
const lineHeight = 13;
const barHeight = 11;

/** Told apart without colour: dark, hatched, white with dots. */
const patterns = [
  { color: '#444444', decal: { symbol: 'none' } },
  {
    color: '#ffffff',
    decal: { color: '#000000', dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: -Math.PI / 4, symbol: 'rect' },
  },
  { color: '#ffffff', decal: { color: '#000000', symbol: 'circle', symbolSize: 0.5 } },
];

/** What only matters under a pointer, and for a script that is not there. */
const interactive = /<style >.*?<\/style>| class="[^"]*"| ecmeta_\w+="[^"]*"| pointer-events="[^"]*"/gsu;

/** The library counts its drawings on and on; numbered by page, the same report is the same bytes. */
function stillPicture(svg: string, number: number): string {
  return svg.replaceAll(interactive, '').replaceAll(/\bzr\d+-/gu, `chart${number}-`);
}

export function barsSvg(chart: Bars, number: number): string {
  const { series, bars } = chart;
  const lines = bars.map(({ label }) => labelLines(label));
  const rowHeight = Math.max(
    series.length * (barHeight + 2) + 4,
    Math.max(...lines.map(({ length }) => length)) * lineHeight + 4,
  );
  const top = series.length > 1 ? 30 : 6;
  const height = top + rowHeight * bars.length + 26;
  const drawing = init(null, null, { renderer: 'svg', ssr: true, width, height });
  drawing.setOption({
    animation: false,
    textStyle: { fontFamily: 'sans-serif', color: '#000000' },
    grid: { left: 4, right: 48, top, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    ...(series.length > 1
      ? { legend: { top: 0, itemStyle: { borderColor: '#000000', borderWidth: 1 }, data: [...series] } }
      : {}),
    xAxis: {
      type: 'value',
      minInterval: 1,
      axisLabel: { color: '#000000' },
      splitLine: { lineStyle: { color: '#cccccc' } },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: lines.map((each) => each.join('\n')),
      axisLabel: { color: '#000000', fontSize: 11, lineHeight, interval: 0 },
      axisLine: { lineStyle: { color: '#000000' } },
      axisTick: { show: false },
    },
    aria: { enabled: true, label: { enabled: false }, decal: { show: true } },
    series: series.map((name, index) => ({
      name,
      type: 'bar',
      barWidth: barHeight,
      label: { show: true, position: 'right', color: '#000000', fontSize: 11 },
      itemStyle: { ...patterns[index % patterns.length], borderColor: '#000000', borderWidth: 1 },
      data: bars.map(({ values }) => values[index] ?? 0),
    })),
  });
  const svg = drawing.renderToSVGString();
  drawing.dispose();
  return stillPicture(svg, number).replace(
    /^<svg /u,
    `<svg role="img" aria-label="${escapeText(chartInWords(chart))}" `,
  );
}
