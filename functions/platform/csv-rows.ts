/** Rows of CSV as `csvText` writes it, one after the other, from a file of any size. */

class NotCsv extends Error {}

/** A cell in quotes that begins at `from`: its text and where it ends; `undefined` where the text ends before it does. */
function quotedCell(text: string, from: number): { readonly cell: string; readonly end: number } | undefined {
  let end = text.indexOf('"', from + 1);
  while (end >= 0 && text[end + 1] === '"') end = text.indexOf('"', end + 2);
  return end < 0 ? undefined : { cell: text.slice(from + 1, end).replaceAll('""', '"'), end: end + 1 };
}

/** A row that begins at `from`, and where the next one does; `undefined` where the text ends before it does. */
function rowAt(text: string, from: number): { readonly row: string[]; readonly next: number } | undefined {
  const row: string[] = [];
  let at = from;
  let lineEnd = text.indexOf('\r\n', at);
  for (;;) {
    let end: number;
    if (text[at] === '"') {
      const quoted = quotedCell(text, at);
      if (quoted === undefined) return undefined;
      ({ end } = quoted);
      row.push(quoted.cell);
      if (lineEnd >= 0 && lineEnd < end) lineEnd = text.indexOf('\r\n', end);
    } else {
      const comma = text.indexOf(',', at);
      if (comma < 0 && lineEnd < 0) return undefined;
      end = comma < 0 || (lineEnd >= 0 && lineEnd < comma) ? lineEnd : comma;
      row.push(text.slice(at, end));
    }
    if (end === lineEnd) return { row, next: end + 2 };
    if (end + 1 >= text.length) return undefined;
    if (text[end] !== ',') throw new NotCsv('a cell goes on after its quotes');
    at = end + 1;
  }
}

/** @throws where it is no such CSV, or rows differ in their number of cells */
export async function* csvRows(source: AsyncIterable<Uint8Array>): AsyncGenerator<string[]> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let text = '';
  let cells: number | undefined;
  for await (const bytes of source) {
    text += decoder.decode(bytes, { stream: true });
    let from = 0;
    for (let found = rowAt(text, from); found !== undefined; found = rowAt(text, from)) {
      cells ??= found.row.length;
      if (found.row.length !== cells) throw new NotCsv(`a row of ${found.row.length} cells where others have ${cells}`);
      yield found.row;
      from = found.next;
    }
    text = text.slice(from);
  }
  text += decoder.decode();
  if (text !== '') throw new NotCsv('the last row has no end');
}
