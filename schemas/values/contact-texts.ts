/** E-mail addresses and telephone numbers as people write them, and how they are stored: as text in one spelling. */

import { read } from './reading.ts';
import type { Reading } from './reading.ts';
import { normaliseWidth } from './width.ts';

const address = '[^\\s@,]{1,64}@[^\\s@.,]+(?:\\.[^\\s@.,]+)+';

/** An address, or up to five of them behind commas. */
export const emailPattern = new RegExp(`^${address}(?:, ${address}){0,4}$`);

/** Digits of either width with what stands between them, and an extension. */
export const phonePattern = /^[0-9０-９()（）+＋\-－ー‐ 　]{9,30}(?:(?:内線|内|ext\.?)[ 　]?[0-9０-９]{1,6})?$/;

/** Longer texts are no such thing, and are not looked into. */
const longest = 300;

/** What stands before an extension, without which no number is complete. */
const beforeExtension = /(?<=[\d)])(?=内|ext)/i;

/** A number as it is read, its extension apart from it, however often it is read. */
export function withExtensionApart(phone: string): string {
  return phone.replace(beforeExtension, ' ');
}

/** What a telephone dials: an extension is asked for at the other end. */
export function dialledNumber(phone: string): string {
  const [number = ''] = normaliseWidth(phone).split(beforeExtension);
  return number.replaceAll(/[^\d+]/g, '');
}

const separators = /[\s,，、;；]+/u;
const extension = /^(?<number>[^a-z内]+?)[(,、:;]?(?:内線番号|内線|内|ext\.?)[:.]?(?<extension>\d{1,6})\)?$/i;
const mainLine = /[([]?(?:代表|代)[)\]]?$/;

/**
 * Reads `ｔａｎｔｏｕ＠ｔｏｗｎ．ｌｇ．ｊｐ` and several addresses, however separated, as addresses that mail can be sent to, with
 * the notice `respelt`. What is no address comes back as it was typed: a draft keeps it, and the content is refused.
 */
export function readEmail(text: string): Reading<string> {
  if (text.length > longest || emailPattern.test(text)) return read(text);
  const parts = text.split(separators).filter((part) => part !== '');
  const value = parts.map(normaliseWidth).join(', ');
  if (!emailPattern.test(value)) return read(text);
  const several = parts.length > 1 ? `${parts.length}件のメールアドレス` : '';
  return read(value, { code: 'respelt', message: `${several}「${value}」と読み取りました。` });
}

/**
 * Reads the ways to write an extension (`027-226-2634（内線 2634）`) as one, `027-226-2634 内線2634`, and leaves 代表 away,
 * with the notice `respelt`. What is no number comes back as it was typed.
 */
export function readPhone(text: string): Reading<string> {
  if (text.length > longest || phonePattern.test(text)) return read(text);
  const typed = normaliseWidth(text);
  const parts = extension.exec(typed)?.groups;
  const number = (parts?.['number'] ?? typed).replace(mainLine, '');
  const value = parts === undefined ? number : `${number} 内線${parts['extension']}`;
  return phonePattern.test(value)
    ? read(value, { code: 'respelt', message: `「${value}」と読み取りました。` })
    : read(text);
}
