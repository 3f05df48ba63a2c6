/** Text inside HTML, SVG and the XML of office documents. */

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Control characters that XML 1.0 does not know; most are invisible, so that nothing is lost to a reader. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const unknownToXml = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/gu;

// oxlint-disable-next-line no-control-regex -- as above
const anySpecial = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF&<>"']/u;

/** Safe between tags and in attribute values in quotes. */
export function escapeText(text: string): string {
  if (!anySpecial.test(text)) return text;
  return text.replace(unknownToXml, '\uFFFD').replace(/[&<>"']/gu, (character) => escapes[character] ?? character);
}
