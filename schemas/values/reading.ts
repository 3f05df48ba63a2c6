/** Something the person who typed should know: a stable kebab-case code and a message in Japanese. */
export interface Notice {
  code: string;
  message: string;
}

/** A text that could not be read as the value asked for. */
export interface Unreadable {
  ok: false;
  problem: Notice;
}

/**
 * What became of a text that someone typed: the value, with a notice where the value says
 * something that the text does not say literally, or the problem that has to be put right.
 */
export type Reading<T> = { ok: true; value: T; notice?: Notice } | Unreadable;

export function read<T>(value: T, notice?: Notice): Reading<T> {
  return notice === undefined ? { ok: true, value } : { ok: true, value, notice };
}

export function unreadable(code: string, message: string): Unreadable {
  return { ok: false, problem: { code, message } };
}

/** Nothing was typed. Whether that is an error is for the question to say: empty is not zero. */
export const EMPTY: Unreadable = unreadable('empty', '何も入力されていません。');
