/** Whether a text is well-formed XML as far as its tags go, and what it says. */

const tag = /<(?<close>\/)?(?<name>[A-Za-z_][\w:.-]*)(?:\s+[\w:.-]+="[^"<]*")*\s*(?<empty>\/)?>/uy;

/** The first place where tags do not match or a bare `<` or `&` stands; `undefined` for well-formed XML. */
export function malformedAt(xml: string): string | undefined {
  const open: string[] = [];
  let at = xml.startsWith('<?xml') ? xml.indexOf('?>') + 2 : 0;
  while (at < xml.length) {
    if (xml[at] !== '<') {
      const next = xml.indexOf('<', at);
      const text = xml.slice(at, next === -1 ? undefined : next);
      if (/&(?!amp;|lt;|gt;|quot;|apos;|#39;)/u.test(text)) return text.slice(0, 80);
      at += text.length;
      continue;
    }
    tag.lastIndex = at;
    const groups = tag.exec(xml)?.groups;
    if (groups === undefined) return xml.slice(at, at + 80);
    const { close, name = '', empty } = groups;
    if (close === undefined && empty === undefined) open.push(name);
    if (close !== undefined && open.pop() !== name) return xml.slice(at, at + 80);
    at = tag.lastIndex;
  }
  return open.length === 0 ? undefined : `<${open.at(-1) ?? ''}> is never closed`;
}

function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}

/** The lines of a page: one per paragraph, heading or table row; nothing of styles and drawings. */
export function linesOfHtml(html: string): string[] {
  const body = html.replaceAll(/<style>.*?<\/style>|<svg.*?<\/svg>|<title>.*?<\/title>/gsu, '');
  return body
    .split(/<\/(?:p|h\d|tr|caption|figcaption)>/u)
    .map((part) => unescaped(part.replaceAll(/<[^>]*>/gu, '')).trim())
    .filter((line) => line !== '');
}

/** The paragraphs of a word processor's document. */
export function linesOfWord(xml: string): string[] {
  return xml
    .split('</w:p>')
    .map((part) => unescaped(part.replaceAll('<w:br/>', '\n').replaceAll(/<[^>]*>/gu, '')).trim())
    .filter((line) => line !== '');
}
