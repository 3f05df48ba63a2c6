/** What is wrong with the cells of a workbook, marked in a copy of it: a colour, and a note that says it. */

import { Workbook } from '@cj-tech-master/excelts';
import type { Style } from '@cj-tech-master/excelts';

interface Mark {
  /** `シート!C3`; of what has no cell nothing is marked. */
  readonly cell: string;
  readonly message: string;
}

const marked: Style['fill'] = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFFC7CE' } };

export async function markCells(bytes: Uint8Array, marks: readonly Mark[]): Promise<Uint8Array> {
  const workbook = new Workbook();
  await workbook.xlsx.load(new Uint8Array(bytes));
  for (const [place, told] of Map.groupBy(marks, ({ cell }) => cell)) {
    const at = place.lastIndexOf('!');
    const sheet = at < 0 ? undefined : workbook.getWorksheet(place.slice(0, at));
    if (sheet === undefined) continue;
    const cell = sheet.getCell(place.slice(at + 1));
    cell.style = { ...cell.style, fill: marked };
    cell.note = told.map(({ message }) => message).join('\n');
  }
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}
