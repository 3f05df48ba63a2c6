import { normaliseWidth } from './width.ts';

/** Something the person who typed should know: a stable kebab-case code and a message in Japanese. */
export interface ReadingNotice {
  code: string;
  message: string;
}

/** A text that could not be read as the value asked for. */
export interface Unreadable {
  ok: false;
  problem: ReadingNotice;
}

/**
 * What became of a text that someone typed: the value, with a notice where the value says
 * something that the text does not say literally, or the problem that has to be put right.
 */
export type Reading<T> = { ok: true; value: T; notice?: ReadingNotice } | Unreadable;

export function read<T>(value: T, notice?: ReadingNotice): Reading<T> {
  return notice === undefined ? { ok: true, value } : { ok: true, value, notice };
}

export function unreadable(code: string, message: string): Unreadable {
  return { ok: false, problem: { code, message } };
}

/** Nothing was typed. Whether that is an error is for the question to say: empty is not zero. */
const EMPTY: Unreadable = unreadable('empty', '何も入力されていません。値を入力してください。');

/** In UTF-16 units. No value takes as many; a longer text was pasted into the wrong field. */
export const longestValue = 100;

/**
 * What every reader begins with: the text in one spelling of widths. Problems: `empty`, `several-values` for cells of a
 * spreadsheet, and `too-long` for a text that is refused before anything looks into it, so that no text costs more to read
 * than one of a hundred characters.
 */
export function readSpelling(text: string): Reading<string> {
  if (text.length > longestValue) {
    return unreadable('too-long', `長すぎて読み取れません。${longestValue}文字以内で入力してください。`);
  }
  if (/[\t\r\n]/.test(text.trim())) {
    return unreadable('several-values', '複数の値が入力されています。1つの欄には1つの値を入力してください。');
  }
  const typed = normaliseWidth(text);
  return typed === '' ? EMPTY : read(typed);
}
