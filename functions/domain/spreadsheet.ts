/**
 * Cells as people read them in a spreadsheet: labels instead of codes, numbers as numbers, and text that stays text.
 */

import type { CellType } from '../../schemas/kinds/cells.ts';
import { notApplicableCell } from '../../schemas/kinds/cells.ts';
import type { AnswerColumn } from './tables.ts';

export type SheetCell = string | number | undefined;

const notApplicableLabel = '該当なし';

function typed(raw: string, { type, options }: Pick<CellType, 'type' | 'options'>): SheetCell {
  if (type === 'integer' || type === 'number' || type === 'flag') return Number(raw);
  return type === 'option' ? (options?.[raw] ?? raw) : raw;
}

/** A cell of a machine table; `undefined` where nothing was answered. */
export function sheetCell(raw: string, { item, cell }: Pick<AnswerColumn, 'item' | 'cell'>): SheetCell {
  if (raw === '') return undefined;
  if (raw === notApplicableCell && item.definition.nullable && cell.isFree !== true) return notApplicableLabel;
  return typed(raw, cell);
}

/** Digits, signs and the words of dates and times only, which a spreadsheet may take for a number or a date. */
const likeNumber =
  /^(?:(?:明治|大正|昭和|平成|令和)(?=元|\d)|[MTSHR](?=\d+[./-]))?(?:[\d\s.,:/+\-%¥$()年月日時分秒元eE]|午前|午後)+(?:\s[AP]M?)?$/iu;
/** `Mar-24`, `2 Mar`, `SEPT2`: the name of a month with a day, a year or both. */
const likeEnglishDate =
  /^(?:\d{1,4}[\s.,/-]*)?(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)[\s.,/-]*(?:\d{1,4}(?:[\s.,/-]+\d{1,4})?)?$/i;
const likeBoolean = /^(?:true|false)$/i;
/** Up to 11 digits, which is as far as Excel shows a number in full, and none that it would leave out. */
const plainNumber = /^(?=.{1,11}$)(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/;
/** Telephone numbers and the like: a group of three digits or more where a month and a day would have to stand. */
const hyphenated = /^\d{1,5}-\d{1,4}(?:-\d{1,4}){0,2}$/;
const formulaStart = /^[=+\-@\t\r]/;

/** Whether digits with hyphens can be no date: in one, all numbers but the year have at most two digits. */
function isNoDate(text: string): boolean {
  if (!hyphenated.test(text)) return false;
  const groups = text.split('-');
  return (
    groups.length > 3 || groups.some(({ length }) => length > 4) || groups.filter(({ length }) => length > 2).length > 1
  );
}

/**
 * Text for a CSV that a spreadsheet opens. What begins with `=`, `+`, `-`, `@`, tab or CR (full-width ones too) could
 * run as a formula, and what looks like a number, a code, a date, a time or a truth value (`001234`, `1-2`,
 * `平成30年4月`, `Mar-24`, `TRUE`) would be read as another value; both get a leading apostrophe. No formula such as
 * `="001234"` is written. What reads the same as a number (`111007`, `2.8`), and a telephone number, stay bare.
 */
export function excelText(text: string): string {
  const narrow = text.normalize('NFKC');
  if (text === '' || plainNumber.test(text) || isNoDate(text)) return text;
  const first = text.trimStart().normalize('NFKC');
  const isFormula = formulaStart.test(text) || formulaStart.test(narrow) || formulaStart.test(first);
  const isNumber = /\d/.test(narrow) && (likeNumber.test(narrow) || likeEnglishDate.test(narrow.trim()));
  return isFormula || isNumber || likeBoolean.test(narrow.trim()) ? `'${text}` : text;
}
