/**
 * Bar charts as a spreadsheet draws them itself (DrawingML), from cells of the sheet on which they stand: the label of every
 * bar in the first column, a column for each series, their names above.
 */

import type { Bars } from '../../domain/report/document.ts';
import { escapeText } from '../../platform/escape-text.ts';
import { columnName } from './cells.ts';

export interface SheetChart {
  readonly bars: Bars;
  /** Drawn as a line over what would be the bars, from left to right. */
  readonly isLine?: boolean;
  /** The same for whoever does not see it. */
  readonly words: string;
  /** The row, from 1, in which the names of the series stand. */
  readonly tableRow: number;
  /** Its upper left corner: column and row from 0. */
  readonly column: number;
  readonly row: number;
  /** In points. */
  readonly width: number;
  readonly height: number;
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const schemas = 'http://schemas.openxmlformats.org';
const emuOfPoint = 12_700;
/** Told apart without colour too: from dark to light, with an outline. */
const fills = ['1F4E79', 'F2B16E', '7F9FBF', 'FFFFFF', 'A6A6A6', '4D4D4D'];

function words(text: string, size: number, isBold: boolean): string {
  const properties = `lang="ja-JP" sz="${size * 100}" b="${isBold ? 1 : 0}"`;
  return `<c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr sz="${size * 100}" b="${isBold ? 1 : 0}"/></a:pPr><a:r><a:rPr ${properties}/><a:t>${escapeText(text)}</a:t></a:r></a:p></c:rich>`;
}

function points(values: readonly (string | number)[]): string {
  const all = values.map((value, index) => `<c:pt idx="${index}"><c:v>${escapeText(String(value))}</c:v></c:pt>`);
  return `<c:ptCount val="${values.length}"/>${all.join('')}`;
}

function texts(range: string, values: readonly string[]): string {
  return `<c:strRef><c:f>${range}</c:f><c:strCache>${points(values)}</c:strCache></c:strRef>`;
}

function numbers(range: string, values: readonly number[]): string {
  return `<c:numRef><c:f>${range}</c:f><c:numCache><c:formatCode>General</c:formatCode>${points(values)}</c:numCache></c:numRef>`;
}

const axisLine = '<c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="BFBFBF"/></a:solidFill></a:ln></c:spPr>';
const axisIds = '<c:axId val="1001"/><c:axId val="1002"/>';
const values = '<c:dLbls><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>';
const shown =
  '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>';

function solid(fill: string): string {
  return `<a:solidFill><a:srgbClr val="${fill}"/></a:solidFill>`;
}

/** How a series is drawn, before and after its name and values. */
const bar = {
  style: (fill: string): string =>
    `<c:spPr>${solid(fill)}<a:ln w="6350">${solid('404040')}</a:ln></c:spPr><c:invertIfNegative val="0"/>${values}${shown}`,
  end: '',
  plot: (series: string): string =>
    `<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>${series}<c:gapWidth val="50"/>${axisIds}</c:barChart>`,
  // The first bar on top, and a label for each.
  categories: { orientation: 'maxMin', position: 'l' },
  numbers: { position: 'b', crosses: 'max' },
};
const line: typeof bar = {
  style: (fill) =>
    `<c:spPr><a:ln w="22225">${solid(fill)}</a:ln></c:spPr><c:marker><c:symbol val="circle"/><c:size val="6"/><c:spPr>${solid(fill)}</c:spPr></c:marker>${values}<c:dLblPos val="t"/>${shown}`,
  end: '<c:smooth val="0"/>',
  plot: (series) =>
    `<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>${series}<c:marker val="1"/>${axisIds}</c:lineChart>`,
  categories: { orientation: 'minMax', position: 'b' },
  numbers: { position: 'l', crosses: 'autoZero' },
};

/** @param sheet on which the chart and its cells stand */
export function chartXml(
  { bars: { title, unit, series, bars }, tableRow, isLine = false }: SheetChart,
  sheet: string,
): string {
  const drawing = isLine ? line : bar;
  const [first, last] = [tableRow + 1, tableRow + bars.length];
  const cells = (column: number, from: number, to: number): string =>
    escapeText(`'${sheet.replaceAll("'", "''")}'!$${columnName(column)}$${from}:$${columnName(column)}$${to}`);
  const labels = texts(
    cells(0, first, last),
    bars.map(({ label }) => label),
  );
  const drawn = series.map((name, index) =>
    [
      `<c:ser><c:idx val="${index}"/><c:order val="${index}"/>`,
      `<c:tx>${texts(cells(index + 1, tableRow, tableRow), [name])}</c:tx>`,
      drawing.style(fills[index % fills.length] ?? ''),
      `<c:cat>${labels}</c:cat>`,
      `<c:val>${numbers(
        cells(index + 1, first, last),
        bars.map(({ values }) => values[index] ?? 0),
      )}</c:val>${drawing.end}</c:ser>`,
    ].join(''),
  );
  const { categories, numbers: scale } = drawing;
  // A scale that does not begin at 0 makes much of little.
  const least = bars.some(({ values }) => values.some((value) => value < 0)) ? '' : '<c:min val="0"/>';
  return [
    `${declaration}<c:chartSpace xmlns:c="${schemas}/drawingml/2006/chart" xmlns:a="${schemas}/drawingml/2006/main" xmlns:r="${schemas}/officeDocument/2006/relationships">`,
    '<c:roundedCorners val="0"/><c:chart>',
    `<c:title><c:tx>${words(`${title}（単位：${unit}）`, 10, true)}</c:tx><c:overlay val="0"/></c:title>`,
    '<c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>',
    drawing.plot(drawn.join('')),
    `<c:catAx><c:axId val="1001"/><c:scaling><c:orientation val="${categories.orientation}"/></c:scaling><c:delete val="0"/><c:axPos val="${categories.position}"/>`,
    `<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>${axisLine}`,
    '<c:crossAx val="1002"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:tickLblSkip val="1"/><c:noMultiLvlLbl val="1"/></c:catAx>',
    `<c:valAx><c:axId val="1002"/><c:scaling><c:orientation val="minMax"/>${least}</c:scaling><c:delete val="0"/><c:axPos val="${scale.position}"/>`,
    `<c:majorGridlines>${axisLine}</c:majorGridlines><c:numFmt formatCode="#,##0.##" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>${axisLine}`,
    `<c:crossAx val="1001"/><c:crosses val="${scale.crosses}"/><c:crossBetween val="between"/></c:valAx>`,
    '</c:plotArea>',
    series.length > 1 ? '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>' : '',
    '<c:plotVisOnly val="0"/><c:dispBlanksAs val="gap"/></c:chart>',
    '<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln w="6350"><a:solidFill><a:srgbClr val="BFBFBF"/></a:solidFill></a:ln></c:spPr>',
    '<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="900"/></a:pPr><a:endParaRPr lang="ja-JP"/></a:p></c:txPr>',
    '</c:chartSpace>',
  ].join('');
}

/** Where the charts of a sheet stand, with what they show in words; their relations are rId1, rId2 … */
export function drawingXml(charts: readonly SheetChart[]): string {
  const anchors = charts.map(({ words, column, row, width, height }, index) => {
    const id = index + 1;
    return [
      `<xdr:oneCellAnchor><xdr:from><xdr:col>${column}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>${row}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>`,
      `<xdr:ext cx="${Math.round(width * emuOfPoint)}" cy="${Math.round(height * emuOfPoint)}"/>`,
      `<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="${id + 1}" name="グラフ ${id}" descr="${escapeText(words)}"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr>`,
      '<xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm>',
      `<a:graphic><a:graphicData uri="${schemas}/drawingml/2006/chart"><c:chart xmlns:c="${schemas}/drawingml/2006/chart" r:id="rId${id}"/></a:graphicData></a:graphic>`,
      '</xdr:graphicFrame><xdr:clientData/></xdr:oneCellAnchor>',
    ].join('');
  });
  return `${declaration}<xdr:wsDr xmlns:xdr="${schemas}/drawingml/2006/spreadsheetDrawing" xmlns:a="${schemas}/drawingml/2006/main" xmlns:r="${schemas}/officeDocument/2006/relationships">${anchors.join('')}</xdr:wsDr>`;
}
