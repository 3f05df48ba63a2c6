/** Cells as the XML of a sheet has them. */

import { heightOf, widthOf, workbookText } from '../../platform/workbook/workbook-text.ts';
import { escapeText } from '../../platform/escape-text.ts';
import { styleNumbers } from './styles.ts';
import type { StyleName } from './styles.ts';

/** What is shown otherwise than its type says, or follows from a formula whose value is known. */
interface StyledCell {
  readonly value: string | number;
  readonly style: StyleName;
  readonly formula?: string;
  /** Points that its row has at least: what a formula gives may become longer. */
  readonly height?: number;
}

export type WorkbookCell = string | number | StyledCell | undefined;

/** What Excel can hold; in UTF-16 units, as it counts. */
export const excelLimits = { rows: 1_048_576, columns: 16_384, characters: 32_767 };
export type SheetLimits = Pick<typeof excelLimits, 'rows' | 'columns'>;

const letters: string[] = [];

/** `A` for 0, `AA` for 26. */
export function columnName(index: number): string {
  return (letters[index] ??=
    (index < 26 ? '' : columnName(Math.floor(index / 26) - 1)) + String.fromCodePoint(65 + (index % 26)));
}

/** A text that is no formula, whatever it begins with; spaces around it stay. */
function textElement(text: string): string {
  return text === text.trim() ? `<t>${escapeText(text)}</t>` : `<t xml:space="preserve">${escapeText(text)}</t>`;
}

const dayInMilliseconds = 86_400_000;
/** Day 0 of Excel, which takes 1900 for a leap year: what is before March 1900 has another number there. */
const epoch = Date.UTC(1899, 11, 30);
const firstSafe = '1900-03-01';

/** A day, or a minute in Japan (`2024-11-20 13:00`), that a spreadsheet can sort and filter; text where it is none. */
export function dateCell(text: string): WorkbookCell {
  const hasTime = /^\d{4}-\d\d-\d\d \d\d:\d\d$/u.test(text);
  if (!hasTime && !/^\d{4}-\d\d-\d\d$/u.test(text)) return text;
  const instant = Date.parse(hasTime ? `${text.replace(' ', 'T')}Z` : text);
  if (Number.isNaN(instant) || text < firstSafe) return text;
  return { value: (instant - epoch) / dayInMilliseconds, style: hasTime ? 'time' : 'date' };
}

export interface Placed {
  readonly xml: string;
  /** In points; 0 where one line is enough. */
  readonly height: number;
}

/** @param at as `B7` */
export function cellXml(at: string, cell: Exclude<WorkbookCell, undefined>, width: number, numbers: StyleName): Placed {
  const {
    value,
    style,
    formula,
    height = 0,
  }: Partial<StyledCell> & Pick<StyledCell, 'value'> = typeof cell === 'object' ? cell : { value: cell };
  if (typeof value === 'number') {
    const own = style ?? (numbers === 'count' && !Number.isInteger(value) ? 'number' : numbers);
    const by = formula === undefined ? '' : `<f>${escapeText(formula)}</f>`;
    return { xml: `<c r="${at}" s="${styleNumbers[own]}">${by}<v>${value}</v></c>`, height };
  }
  if (formula !== undefined) {
    const known = `<f>${escapeText(formula)}</f><v>${escapeText(workbookText(value))}</v>`;
    return { xml: `<c r="${at}" s="${styleNumbers[style ?? 'text']}" t="str">${known}</c>`, height };
  }
  if (value === '') return { xml: style === undefined ? '' : `<c r="${at}" s="${styleNumbers[style]}"/>`, height: 0 };
  const content = workbookText(value);
  const wraps =
    style === 'header' || content.includes('\n') || (content.length * 2 > width && widthOf(content) > width);
  const own = style ?? (wraps ? 'lines' : 'text');
  const xml = `<c r="${at}" s="${styleNumbers[own]}" t="inlineStr"><is>${textElement(content)}</is></c>`;
  return { xml, height: wraps && (own === 'lines' || own === 'header') ? heightOf(content, width) : 0 };
}
