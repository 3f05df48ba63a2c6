/** Tables of a word processor's document that are drawings: the cells of their rows, and what Word would not read. */

import { elementsOf, named } from './xml-tree.ts';
import type { XmlElement } from './xml-tree.ts';

export interface DrawnCell {
  /** Columns that it takes, from the first to before the last. */
  readonly from: number;
  readonly to: number;
  /** The sides that are lines. */
  readonly edges: readonly string[];
}

/** The numbers that elements of a name have as value or as width. */
export function numbersOf(name: string, elements: readonly XmlElement[]): number[] {
  return named(name, elements).map(({ attributes }) =>
    Number(/w:(?:val|w)="(?<value>\d+)"/u.exec(attributes)?.groups?.['value']),
  );
}

export function columnsOf(xml: string): number[] {
  return numbersOf('w:gridCol', elementsOf(xml));
}

export function rowsOf(xml: string): XmlElement[] {
  return named('w:tr', elementsOf(xml));
}

export function cellsOf(row: XmlElement): DrawnCell[] {
  let at = 0;
  return named('w:tc', [row]).map((cell) => {
    const from = at;
    at += numbersOf('w:gridSpan', [cell])[0] ?? 1;
    return {
      from,
      to: at,
      edges: named('w:tcBorders', [cell]).flatMap(({ children }) => children.map(({ name }) => name.slice(2))),
    };
  });
}

/** What a drawing uses of the elements of ISO/IEC 29500-1, 17.3 and 17.4, in the order that these have there. */
const orders: Readonly<Record<string, readonly string[]>> = {
  'w:tbl': ['w:tblPr', 'w:tblGrid', 'w:tr'],
  'w:tblPr': ['w:tblW', 'w:tblLayout', 'w:tblCellMar', 'w:tblCaption', 'w:tblDescription'],
  'w:tblGrid': ['w:gridCol'],
  'w:tr': ['w:trPr', 'w:tc'],
  'w:trPr': ['w:cantSplit', 'w:trHeight', 'w:tblHeader'],
  'w:tc': ['w:tcPr', 'w:p'],
  'w:tcPr': ['w:tcW', 'w:gridSpan', 'w:vMerge', 'w:tcBorders', 'w:shd', 'w:tcMar', 'w:vAlign'],
  'w:tcBorders': ['w:top', 'w:left', 'w:bottom', 'w:right'],
  'w:tcMar': ['w:left', 'w:right'],
  'w:pPr': ['w:pStyle', 'w:keepNext', 'w:spacing', 'w:jc', 'w:rPr'],
};
/** Those of which there may be several. */
const repeated: ReadonlySet<string> = new Set(['w:gridCol', 'w:tr', 'w:tc']);

/** Elements in another order than the schema's, twice or unknown; rows that do not fill the grid; more columns than Word takes. */
export function gridProblems(xml: string): string[] {
  const elements = elementsOf(xml);
  const problems: string[] = [];
  for (const [name, order] of Object.entries(orders))
    for (const { children } of named(name, elements)) {
      const names = children
        .map((each) => each.name)
        .filter((each, index, all) => !repeated.has(each) || each !== all[index - 1]);
      if (names.join(' ') !== order.filter((each) => names.includes(each)).join(' '))
        problems.push(`${name}: ${names.join(' ')}`);
    }
  for (const table of named('w:tbl', elements)) {
    const columns = numbersOf('w:gridCol', [table]);
    if (columns.length > 63 || columns.some((width) => width <= 0)) problems.push(`columns: ${columns.join(' ')}`);
    for (const [index, row] of named('w:tr', [table]).entries()) {
      const cells = cellsOf(row);
      const wanted = cells.map(({ from, to }) => columns.slice(from, to).reduce((sum, width) => sum + width, 0));
      if (cells.at(-1)?.to !== columns.length || wanted.join(' ') !== numbersOf('w:tcW', [row]).join(' '))
        problems.push(`row ${index} does not fill the grid`);
      if (named('w:tc', [row]).some((cell) => named('w:p', [cell]).length === 0))
        problems.push(`row ${index} has a cell without a paragraph`);
    }
  }
  return problems;
}
