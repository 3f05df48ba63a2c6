/**
 * Tables that are drawings: without lines of their own, on a grid of columns of which every cell takes some, with edges
 * where a line is drawn. Elements are in the order of the schema (ISO/IEC 29500-1, 17.4), which Word insists on. Word
 * takes 63 columns.
 */

import { escapeText } from '../../platform/escape-text.ts';
import { shortened, styled } from './report-word-text.ts';

const longestDescription = 250;

const edge = 'w:val="single" w:sz="6" w:space="0" w:color="000000"';
export const sides = ['top', 'left', 'bottom', 'right'] as const;

/** Properties of a paragraph that stays on one page with what is below it. */
export const keepNext = '<w:keepNext/>';

/** Widths and heights are in twentieths of a point. */
export interface GridCell {
  readonly from: number;
  readonly to: number;
  readonly edges: readonly (typeof sides)[number][];
  /** Of a cell that goes over several rows: the first of them, or one below. */
  readonly merge?: 'restart' | 'continue' | undefined;
  readonly shading?: string | undefined;
  /** Beside its text, which then stands at half the height of the cell. */
  readonly margin?: number | undefined;
  readonly content: string;
}

export interface GridRow {
  readonly height: number;
  readonly rule: 'exact' | 'atLeast';
  /** Stands at the head of every page that the table is on. */
  readonly isHeader?: boolean;
  /** From the first column to the last, with nothing left out. */
  readonly cells: readonly GridCell[];
}

function sum(widths: readonly number[], from = 0, to = widths.length): number {
  let all = 0;
  for (let index = from; index < to; index += 1) all += widths[index] ?? 0;
  return all;
}

function bordersXml(edges: GridCell['edges']): string {
  if (edges.length === 0) return '';
  let lines = '';
  for (const side of sides) if (edges.includes(side)) lines += `<w:${side} ${edge}/>`;
  return `<w:tcBorders>${lines}</w:tcBorders>`;
}

function cellXml({ from, to, edges, merge, shading, margin, content }: GridCell, columns: readonly number[]): string {
  const span = to - from > 1 ? `<w:gridSpan w:val="${to - from}"/>` : '';
  const merged = merge === undefined ? '' : `<w:vMerge w:val="${merge}"/>`;
  const fill = shading === undefined ? '' : `<w:shd ${shading}/>`;
  const inside =
    margin === undefined
      ? ''
      : `<w:tcMar><w:left w:w="${margin}" w:type="dxa"/><w:right w:w="${margin}" w:type="dxa"/></w:tcMar><w:vAlign w:val="center"/>`;
  return `<w:tc><w:tcPr><w:tcW w:w="${sum(columns, from, to)}" w:type="dxa"/>${span}${merged}${bordersXml(edges)}${fill}${inside}</w:tcPr>${content}</w:tc>`;
}

/** A paragraph that takes no room, as every cell must have one. */
export function blank(properties: string): string {
  return `<w:p><w:pPr><w:pStyle w:val="Blank"/>${properties}</w:pPr></w:p>`;
}

/** A row, which is never on two pages. */
export function gridRow({ height, rule, isHeader = false, cells }: GridRow, columns: readonly number[]): string {
  const header = isHeader ? '<w:tblHeader/>' : '';
  let inner = '';
  for (const each of cells) inner += cellXml(each, columns);
  return `<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="${height}" w:hRule="${rule}"/>${header}</w:trPr>${inner}</w:tr>`;
}

export interface GridTitle {
  readonly caption: string;
  readonly title: string;
  readonly words: string;
}

export function* gridTable(
  { caption, title, words }: GridTitle,
  columns: readonly number[],
  rows: Iterable<string>,
): Generator<string> {
  const margins = '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>';
  const description = (name: string, text: string): string =>
    `<w:${name} w:val="${escapeText(shortened(text, longestDescription))}"/>`;
  yield styled('Caption', caption, keepNext);
  yield `<w:tbl><w:tblPr><w:tblW w:w="${sum(columns)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>${margins}${description('tblCaption', title)}${description('tblDescription', words)}</w:tblPr>`;
  yield `<w:tblGrid>${columns.map((each) => `<w:gridCol w:w="${each}"/>`).join('')}</w:tblGrid>`;
  yield* rows;
  yield `</w:tbl>${styled('Cell', '')}`;
}
