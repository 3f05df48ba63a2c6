/** Cells as Excel puts them on the clipboard: tab-separated, and as HTML of its own, but for the styles that our pages refuse. */

/// <reference lib="dom" />

import type { Page } from 'playwright-core';

/** A cell; merged with those below it where it spans several rows, which have none of their own there. */
export interface ExcelCell {
  readonly text: string;
  readonly rows?: number;
}

function plainCell(text: string): string {
  return text.includes('\n') ? `"${text.replaceAll('"', '""')}"` : text;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\n', '<br>');
}

/** Merged cells are blank in the lines below their first. */
export function excelClipboard(rows: readonly (readonly (ExcelCell | undefined)[])[]): { text: string; html: string } {
  const text = rows.map((row) => `${row.map((cell) => plainCell(cell?.text ?? '')).join('\t')}\r\n`).join('');
  const body = rows
    .map((row) => {
      const cells = row.flatMap((cell) =>
        cell === undefined
          ? []
          : [
              `  <td ${cell.rows === undefined ? '' : `rowspan=${cell.rows} `}class=xl65>${escaped(cell.text)}</td>\r\n`,
            ],
      );
      return ` <tr height=25>\r\n${cells.join('')} </tr>\r\n`;
    })
    .join('');
  const html = `<html xmlns:x="urn:schemas-microsoft-com:office:excel">\r\n<head>\r\n<meta name=Generator content="Microsoft Excel 15">\r\n</head>\r\n<body>\r\n<table border=0 cellpadding=0 cellspacing=0 width=418>\r\n <col width=87>\r\n<!--StartFragment-->\r\n${body}<!--EndFragment-->\r\n</table>\r\n</body>\r\n</html>`;
  return { text, html };
}

/** Puts on the clipboard what a program does on copying. */
export async function copy(
  page: Page,
  { text, html = '' }: { readonly text: string; readonly html?: string },
): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate(
    async ([plain, rich]) => {
      const blob = (type: string, content: string): Blob => new Blob([content], { type });
      await navigator.clipboard.write([
        new ClipboardItem({
          'text/plain': blob('text/plain', plain),
          ...(rich === '' ? {} : { 'text/html': blob('text/html', rich) }),
        }),
      ]);
    },
    [text, html] as const,
  );
}
