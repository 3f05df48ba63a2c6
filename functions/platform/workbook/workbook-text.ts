/** Texts as cells of a workbook hold them, and the room that they take. */

export const font = { name: 'Yu Gothic', size: 10 } as const;

function escaped(character: string): string {
  return `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;
}

// oxlint-disable-next-line no-control-regex -- the very characters that may not stay
const mayNeedEscape = /[_\r\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/;

/**
 * Text as a workbook can hold it: line breaks as LF, and the control characters that XML forbids in the workbook's own
 * escape (`_x0001_`), so that what looks like one is escaped too.
 */
export function workbookText(text: string): string {
  if (!mayNeedEscape.test(text)) return text;
  return (
    text
      .replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
      .replaceAll(/\r\n?/g, '\n')
      // oxlint-disable-next-line no-control-regex -- the very characters that may not stay
      .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, escaped)
  );
}

/** Half-width characters that a text takes, its longest line counted. */
export function widthOf(text: string): number {
  return Math.max(...text.split('\n').map((line) => line.length + (line.match(/[\u0100-\uFFFF]/g)?.length ?? 0)));
}

/** Points of a line, and how many lines a row shows at most. */
const lineHeight = 17;
const mostLines = 20;

/** Not every program makes a row as high as its text, so that it is said how high. */
export function heightOf(text: string, width: number): number {
  const lines = text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(widthOf(line) / width)), 0);
  return Math.min(lines, mostLines) * lineHeight;
}
