/** What every part of the document is written with: pages, paragraphs in a style, and how wide text is. */

import { escapeText } from '../../platform/escape-text.ts';

/** An A4 page and its margins in twentieths of a point. */
export const paper = { short: 11906, long: 16838, margin: 1134 } as const;
export const textWidth = paper.short - 2 * paper.margin;

function run(text: string, properties: string): string {
  const marks = properties === '' ? '' : `<w:rPr>${properties}</w:rPr>`;
  const lines = escapeText(text).replaceAll('\n', '</w:t><w:br/><w:t xml:space="preserve">');
  return `<w:r>${marks}<w:t xml:space="preserve">${lines}</w:t></w:r>`;
}

/** A paragraph in one of the styles of `report-docx.ts`; `properties` are of the paragraph, `marks` of its text. */
export function styled(style: string, text: string, properties = '', marks = ''): string {
  return `<w:p><w:pPr><w:pStyle w:val="${style}"/>${properties}</w:pPr>${run(text, marks)}</w:p>`;
}

export function fullWidths(text: string): number {
  const narrow = text.match(/[ -~]/gu)?.length ?? 0;
  return text.length - narrow * 0.45;
}

export function shortened(text: string, most: number): string {
  const characters = Array.from(text.slice(0, 2 * most + 2));
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}
