/** Copies from PDF files carry look-alikes of these four characters. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  '\u2F47': '日',
  '\u2F49': '月',
  '\uF98E': '年',
  '\uF9A8': '令',
};

/**
 * One spelling for the widths and signs that people type, to be parsed and then thrown away:
 * full-width letters, digits and signs become ASCII, every wave `~`, every dash `-`; spaces go,
 * except between digits and commas, where `1 2` must not turn into 12, nor `1, 234` into a thousand.
 *
 * Not NFKC, which would read a footnote mark (`12②`, `12²`) as one more digit. The long vowel mark
 * is a dash unless it lengthens a katakana (ケース). Free text must never pass through here.
 */
export function normaliseWidth(text: string): string {
  return text
    .replace(/[\uFF01-\uFF5E]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[\u2F47\u2F49\uF98E\uF9A8]/g, (sign) => LOOK_ALIKES[sign] ?? sign)
    .replace(/[\u301C\u223C\u02DC\u3030\u2053]/g, '~')
    .replace(/[\u2010-\u2015\u2212\uFE58\uFE63\u2500\u2501]/g, '-')
    .replace(/(?<![\u30A1-\u30FA])\u30FC|(?<![\uFF66-\uFF9F])\uFF70/g, '-')
    .replace(/\u200B|\u200C|\u200D|\u2060|\uFEFF/g, '')
    .replace(/\s+/g, ' ')
    .replace(/(?<![\d,]) | (?![\d,])/g, '');
}
