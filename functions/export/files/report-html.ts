/**
 * `report.html`: the report as one page that needs nothing else. No script, nothing loaded; it prints on A4 in black and
 * white.
 */

import type {
  Bars,
  Block,
  ReportColumn,
  Heading,
  Lines,
  ReportHead,
  ReportTable,
} from '../../domain/report/document.ts';
import { escapeText } from '../../platform/escape-text.ts';
import { reportStyle } from './report-style.ts';
import { structureSvg } from './report-structure.ts';
import { isKept } from './report-together.ts';

const levels: Readonly<Record<Heading['level'], string>> = { part: 'h2', appendix: 'h2', section: 'h3', item: 'h4' };

/** Characters of a cell that is never broken; a number with a remark behind it is longer. */
const shortWord = 6;
const shortNumber = 9;

function withBreaks(text: string): string {
  return escapeText(text).replaceAll('\n', '<br>');
}

function headingHtml({ level, text }: Heading): string {
  const tag = levels[level];
  return `<${tag} class="${level}">${escapeText(text)}</${tag}>`;
}

function linesHtml({ lines }: Lines): string {
  return `<div class="lines">${lines.map(({ text, indent }) => `<p class="i${indent}">${withBreaks(text)}</p>`).join('')}</div>`;
}

/** Numbers and short words stay on one line. */
function cellClass(cell: string, column: ReportColumn | undefined): string {
  const isNumber = column?.isNumber === true;
  const isShort = cell.length <= (isNumber ? shortNumber : shortWord);
  const classes = [...(isNumber ? ['n'] : []), ...(isShort ? ['s'] : [])];
  return classes.length === 0 ? '' : ` class="${classes.join(' ')}"`;
}

function rowHtml([first = '', ...rest]: readonly string[], columns: readonly ReportColumn[]): string {
  const data = rest.map((cell, index) => `<td${cellClass(cell, columns[index + 1])}>${withBreaks(cell)}</td>`).join('');
  return `<tr><th scope="row">${withBreaks(first)}</th>${data}</tr>\n`;
}

function* tableHtml(table: ReportTable): Generator<string> {
  const { caption, columns, rows, isDense, isLandscape } = table;
  const header = columns
    .map(({ label, isNumber }) => `<th scope="col"${isNumber === true ? ' class="n"' : ''}>${withBreaks(label)}</th>`)
    .join('');
  const style = isDense === true ? ' class="dense"' : '';
  const length = isKept(table) ? ' short' : '';
  const pages = isLandscape === true ? ' wide' : '';
  yield `<div class="table${length}${pages}"><table${style}><caption>${escapeText(caption)}</caption><thead><tr>${header}</tr></thead><tbody>\n`;
  for (const cells of rows) yield rowHtml(cells, columns);
  yield '</tbody></table></div>\n';
}

export function* blockHtml(block: Exclude<Block, Bars>): Generator<string> {
  switch (block.kind) {
    case 'heading':
      yield `${headingHtml(block)}\n`;
      break;
    case 'paragraph':
      yield `<p>${withBreaks(block.text)}</p>\n`;
      break;
    case 'lines':
      yield `${linesHtml(block)}\n`;
      break;
    case 'table':
      yield* tableHtml(block);
      break;
    case 'structure':
      yield `<figure><figcaption>${escapeText(block.title)}</figcaption>${structureSvg(block)}</figure>\n`;
      break;
    case 'pagesEnd':
      // Its tables say themselves on what pages they are printed.
      break;
  }
}

/** The drawing of charts is loaded when the first one comes. */
export async function chartHtml(chart: Bars, number: number): Promise<string> {
  const { barsSvg } = await import('./report-chart.ts');
  return `<figure>${barsSvg(chart, number)}</figure>\n`;
}

export function htmlOpening({ title, documentNumber, occasion, status, edition, licence }: ReportHead): string {
  const number = documentNumber === undefined ? '' : `<p class="number">${escapeText(documentNumber)}</p>`;
  const printed = edition === undefined ? '' : `<p class="edition">${escapeText(edition)}</p>`;
  return `<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeText(title)}</title>
<style>${reportStyle}</style>
</head>
<body>
<header>${number}<h1>${escapeText(title)}</h1>${printed}
${occasion.map((each) => `<p class="occasion">${escapeText(each)}</p>`).join('')}<p class="status">${escapeText(status)}</p>${licence === undefined ? '' : `<p class="licence">${escapeText(licence)}</p>`}</header>
<main>
`;
}

export const htmlClosing = '</main>\n</body>\n</html>\n';
