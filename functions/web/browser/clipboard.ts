/**
 * Cells as Excel, Word and other programs put them on the clipboard: as lines with tabs between cells, and as a table in
 * HTML. Pure; parses text and makes no page of it.
 */

/** A longer table was not copied to be pasted into a form. */
const longest = 1_000_000;

/** The cell that begins at `from` in quotation marks, which Excel sets around one with line breaks or tabs in it. */
function quotedCell(text: string, from: number): { readonly value: string; readonly end: number } | undefined {
  let value = '';
  for (let at = from + 1; at < text.length; at += 1) {
    const close = text.indexOf('"', at);
    if (close === -1) return undefined;
    value += text.slice(at, close);
    at = close + 1;
    if (text[at] === '"') {
      value += '"';
      continue;
    }
    const isEnd = at >= text.length || text[at] === '\t' || text[at] === '\n';
    return isEnd && /[\t\n]/.test(value) ? { value, end: at } : undefined;
  }
  return undefined;
}

/** Rows of cells from `text/plain`. A mark of quotation that is none of Excel's is part of its text. */
export function cellsOfText(clipboard: string): string[][] {
  const text = clipboard.replaceAll(/\r\n?/g, '\n').replace(/\n$/, '');
  const rows: string[][] = [[]];
  let at = 0;
  for (;;) {
    const quoted = text[at] === '"' ? quotedCell(text, at) : undefined;
    const next = /[\t\n]|$/g;
    next.lastIndex = at;
    const end = quoted?.end ?? next.exec(text)?.index ?? text.length;
    rows.at(-1)?.push(quoted?.value ?? text.slice(at, end));
    if (end >= text.length) return rows;
    if (text[end] === '\n') rows.push([]);
    at = end + 1;
  }
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

function unescaped(text: string): string {
  return text.replaceAll(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));/gi,
    (whole, hex?: string, dec?: string, name = '') => {
      if (hex === undefined && dec === undefined) return entities[String(name).toLowerCase()] ?? whole;
      const code = hex === undefined ? Number(dec) : Number.parseInt(hex, 16);
      return code > 0x10_ff_ff ? whole : String.fromCodePoint(code);
    },
  );
}

const token =
  /<!--[\s\S]*?-->|<(style|script|xml)\b[\s\S]*?<\/\1\s*>|<(\/?)([a-z][a-z0-9]*)((?:[^>"']|"[^"]*"|'[^']*')*)>/gi;

function spanOf(attributes: string, name: 'colspan' | 'rowspan'): number {
  const [, digits = '1'] = new RegExp(`\\b${name}\\s*=\\s*["']?(\\d{1,4})`, 'i').exec(attributes) ?? [];
  return Math.min(Math.max(Number(digits), 1), 200);
}

/** Puts cells where they stand: one that spans several leaves the others blank. */
class Grid {
  readonly rows: string[][] = [];
  /** How many more rows a column is taken for. */
  #taken: number[] = [];

  row(): void {
    this.rows.push([]);
  }

  cell(text: string, columns: number, down: number): void {
    const row = this.rows.at(-1);
    if (row === undefined) return;
    this.#skip(row);
    for (let index = 0; index < columns; index += 1) {
      this.#taken[row.length] = down - 1;
      row.push(index === 0 ? text : '');
    }
  }

  /** Over what a cell of a row before takes here. */
  #skip(row: string[]): void {
    while ((this.#taken[row.length] ?? 0) > 0) {
      this.#taken[row.length] = (this.#taken[row.length] ?? 0) - 1;
      row.push('');
    }
  }
}

/** Lines that are shown as such, without how the source is broken into lines. */
function shownText(text: string): string {
  const lines = text.split('\u0000').map((line) => line.replaceAll(/[ \t\r\n]+/g, ' ').trim());
  return lines.join('\n').replaceAll(/^\n+|\n+$/g, '');
}

/** Rows of cells from the first table of `text/html`; `undefined` where there is none. */
export function cellsOfHtml(html: string): string[][] | undefined {
  if (html.length > longest || !/<table\b/i.test(html)) return undefined;
  const grid = new Grid();
  let depth = 0;
  let cell: { text: string; columns: number; down: number } | undefined;
  const close = (): void => {
    if (cell !== undefined) grid.cell(shownText(cell.text), cell.columns, cell.down);
    cell = undefined;
  };
  let last = 0;
  for (const match of html.matchAll(token)) {
    const [whole, , slash = '', name = '', attributes = ''] = match;
    if (cell !== undefined) cell.text += unescaped(html.slice(last, match.index));
    last = match.index + whole.length;
    const tag = name.toLowerCase();
    const isEnd = slash === '/';
    if (tag === 'table') depth += isEnd ? -1 : 1;
    if (tag === 'table' && isEnd && depth === 0) break;
    if (depth === 1 && (tag === 'tr' || tag === 'td' || tag === 'th')) {
      close();
      if (tag === 'tr' && !isEnd) grid.row();
      if (tag !== 'tr' && !isEnd)
        cell = { text: '', columns: spanOf(attributes, 'colspan'), down: spanOf(attributes, 'rowspan') };
    } else if (cell !== undefined && (tag === 'br' || (isEnd && (tag === 'p' || tag === 'div' || tag === 'li'))))
      cell.text += '\u0000';
  }
  close();
  return grid.rows.length === 0 ? undefined : grid.rows;
}

function isAlike(a: readonly string[][], b: readonly string[][]): boolean {
  return a.length === b.length && a.every((row, index) => row.length === b[index]?.length);
}

/** The cells on a clipboard. Where cells are is told best by HTML, what stands in them by the text. */
export function clipboardCells({ html, text }: { readonly html: string; readonly text: string }): string[][] {
  const plain = cellsOfText(text);
  const table = cellsOfHtml(html);
  return table === undefined || isAlike(table, plain) ? plain : table;
}
