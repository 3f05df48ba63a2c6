/** Sheets as they were written, given back as if somebody had saved and sent them. */

import type { GivenSheet } from '../../../functions/domain/given-sheet.ts';
import type { WrittenSheet } from '../../../functions/domain/questionnaire/write.ts';

export function given(sheets: readonly WrittenSheet[]): GivenSheet[] {
  return sheets.map(({ columns: { name, headings }, rows }) => ({
    name,
    isHidden: false,
    rows: [headings, ...rows].map((cells, index) => ({
      number: index + 1,
      cells: cells.flatMap((value, column) =>
        value === undefined ? [] : [{ column: column + 1, text: String(value) }],
      ),
    })),
  }));
}
