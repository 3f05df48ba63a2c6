/**
 * The blocks of the report as WordprocessingML. Written as text, block by block, because the library that makes the rest
 * of `report.docx` keeps a whole document in memory; the styles named here are defined in `report-docx.ts`.
 */

import type { Block, Heading, Lines, PagesEnd, ReportHead, ReportTable } from '../../domain/report/document.ts';
import { escapeText } from '../../platform/escape-text.ts';
import { isKept } from './report-together.ts';
import { chartWord } from './report-word-chart.ts';
import { keepNext } from './report-word-grid.ts';
import { structureWord } from './report-word-structure.ts';
import { fullWidths, paper, styled } from './report-word-text.ts';

export const sectionOpening = '<w:sectPr>';

const headingStyles: Readonly<Record<Heading['level'], string>> = {
  part: 'Heading1',
  appendix: 'Heading1',
  section: 'Heading2',
  item: 'Heading3',
};

function headingWord({ level, text }: Heading): string {
  return styled(headingStyles[level], text, level === 'appendix' ? '<w:pageBreakBefore/>' : '');
}

const lineStyles = ['Line0', 'Line1', 'Line2'] as const;

function linesWord({ lines }: Lines): string {
  return lines.map(({ text, indent }) => styled(lineStyles[indent], text)).join('');
}

const sampled = 50;
/** Characters up to which a column keeps its width when others must give way, and beyond which more do not widen it. */
const kept = 5;
const most = 80;
/** Twentieths of a point: a full-width character in either size, and the space beside the text of a cell. */
const character = { normal: 185, dense: 132 };
const besideText = 140;

function lengthOf(text: string): number {
  return fullWidths(text.slice(0, most * 2));
}

const longestHeading = 8;
const longestNumber = 7;
const slack = 0.6;

/** What decides the width of a cell: all of it, but of a number not the remark `（2/6市町村分）`. */
function decisive(text: string, isNumber: boolean): string {
  return isNumber ? text.replace(/（.*$/su, '') : text;
}

/** As wide as there is to read; where that is too much, the columns with long texts give way, those with numbers last. */
function widths({ columns, rows, isDense = false }: ReportTable, pageWidth: number): number[] {
  const isNumber = (index: number): boolean => columns[index]?.isNumber === true;
  const lengths = columns.map(({ label }) => Math.max(lengthOf(label) / 2, 2));
  let seen = 0;
  for (const cells of rows) {
    if (seen === sampled) break;
    seen += 1;
    for (const [index, cell] of cells.entries())
      lengths[index] = Math.max(lengths[index] ?? 0, Math.min(lengthOf(decisive(cell, isNumber(index))), most));
  }
  const size = isDense ? character.dense : character.normal;
  const least = lengths.map((length, index) => {
    const characters = isNumber(index) ? Math.min(length, longestNumber) + slack : Math.min(length, kept);
    return characters * size + besideText;
  });
  const wanted = columns.map(({ label }, index) =>
    Math.max(lengths[index] ?? 0, Math.min(lengthOf(label), longestHeading)),
  );
  const beyond = wanted.map((length, index) => Math.max(length - Math.min(lengths[index] ?? 0, kept), 0) * size);
  const sum = (all: readonly number[]): number => all.reduce((a, b) => a + b, 0);
  const left = pageWidth - sum(least);
  const numbers = sum(least.filter((_, index) => isNumber(index)));
  const texts = sum(least) - numbers;
  // Texts give way down to two thirds of their least.
  if (left < 0 && texts > 0 && pageWidth - numbers > (texts * 2) / 3)
    return least.map((width, index) => Math.floor(isNumber(index) ? width : (width / texts) * (pageWidth - numbers)));
  if (left < 0 || sum(beyond) === 0) return least.map((width) => Math.floor((width / sum(least)) * pageWidth));
  const share = left / sum(beyond);
  return least.map((width, index) => Math.floor(width + (beyond[index] ?? 0) * share));
}

const borders = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV']
  .map((side) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="555555"/>`)
  .join('');

const margins = '<w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar>';

interface CellStyle {
  readonly style: string;
  readonly isNumber: boolean;
  readonly isHeader: boolean;
  readonly keep: string;
}

function cell(text: string, width: number, { style, isNumber, isHeader, keep }: CellStyle): string {
  const shading = isHeader ? '<w:shd w:val="clear" w:color="auto" w:fill="EEEEEE"/>' : '';
  const alignment = isNumber ? '<w:jc w:val="right"/>' : '';
  return `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/>${shading}</w:tcPr>${styled(style, text, keep + alignment)}</w:tc>`;
}

function* tableWord(table: ReportTable, isWithNext: boolean): Generator<string> {
  const { caption, columns, rows, isDense } = table;
  const pageWidth = (table.isLandscape === true ? paper.long : paper.short) - 2 * paper.margin;
  const width = widths(table, pageWidth);
  const style = isDense === true ? 'CellDense' : 'Cell';
  const row = (cells: readonly string[], keep: string, isHeader = false): string => {
    const properties = `<w:trPr><w:cantSplit/>${isHeader ? '<w:tblHeader/>' : ''}</w:trPr>`;
    let inner = '';
    for (const [index, { isNumber = false }] of columns.entries())
      inner += cell(cells[index] ?? '', width[index] ?? 0, { style, isNumber, isHeader, keep });
    return `<w:tr>${properties}${inner}</w:tr>`;
  };
  const properties = `<w:tblPr><w:tblW w:w="${pageWidth}" w:type="dxa"/><w:tblBorders>${borders}</w:tblBorders><w:tblLayout w:type="fixed"/>${margins}<w:tblCaption w:val="${escapeText(caption.slice(0, 250))}"/></w:tblPr>`;
  const grid = `<w:tblGrid>${width.map((each) => `<w:gridCol w:w="${each}"/>`).join('')}</w:tblGrid>`;
  const header = row(
    columns.map(({ label }) => label),
    keepNext,
    true,
  );
  yield `${styled('Caption', caption, keepNext)}<w:tbl>${properties}${grid}${header}`;
  const last = Array.isArray(rows) && isKept(table) ? rows.length - 1 : -1;
  let index = 0;
  for (const cells of rows) {
    yield row(cells, index < last || (isWithNext && index === last) ? keepNext : '');
    index += 1;
  }
  yield `</w:tbl>${styled('Cell', '', isWithNext ? keepNext : '')}`;
}

/** A section's last paragraph, as small as it can be; the footer is put into its properties with the package. */
function pagesEndWord({ orientation }: PagesEnd): string {
  const size =
    orientation === 'portrait'
      ? `w:w="${paper.short}" w:h="${paper.long}"`
      : `w:w="${paper.long}" w:h="${paper.short}" w:orient="landscape"`;
  const edges = (['top', 'right', 'bottom', 'left'] as const).map((side) => `w:${side}="${paper.margin}"`).join(' ');
  const section = `${sectionOpening}<w:pgSz ${size}/><w:pgMar ${edges} w:header="708" w:footer="708" w:gutter="0"/></w:sectPr>`;
  return `<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>${section}</w:pPr></w:p>`;
}

/** @param isWithNext on the page of the block behind it */
export function* blockWord(block: Block, isWithNext = false): Generator<string> {
  switch (block.kind) {
    case 'heading':
      yield headingWord(block);
      break;
    case 'paragraph':
      yield styled('Normal', block.text, '<w:ind w:firstLine="210"/>');
      break;
    case 'lines':
      yield linesWord(block);
      break;
    case 'table':
      yield* tableWord(block, isWithNext);
      break;
    case 'bars':
      yield* chartWord(block);
      break;
    case 'structure':
      yield* structureWord(block);
      break;
    case 'pagesEnd':
      yield pagesEndWord(block);
  }
}

export function headWord({ title, documentNumber, occasion, status, edition, licence }: ReportHead): string {
  const right = '<w:jc w:val="right"/>';
  return [
    ...(documentNumber === undefined ? [] : [styled('Normal', documentNumber, right)]),
    styled('Title', title),
    ...(edition === undefined ? [] : [styled('Normal', edition, '<w:jc w:val="center"/>')]),
    ...occasion.map((each) => styled('Normal', each, right)),
    styled('Status', status),
    ...(licence === undefined ? [] : [styled('Normal', licence, right)]),
  ].join('');
}
