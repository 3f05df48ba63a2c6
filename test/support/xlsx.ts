/** Workbooks as people make them, for tests of what reads them. */

import { Workbook } from '@cj-tech-master/excelts';
import type { CellValue, Worksheet } from '@cj-tech-master/excelts';

/**
 * @param sheets rows by the name of their sheet
 * @param change what else is done to the first sheet
 */
export async function xlsx(
  sheets: Readonly<Record<string, readonly (readonly CellValue[])[]>>,
  change: (sheet: Worksheet, workbook: Workbook) => void = () => undefined,
): Promise<Uint8Array> {
  const workbook = new Workbook();
  for (const [name, rows] of Object.entries(sheets)) {
    const sheet = workbook.addWorksheet(name);
    for (const row of rows) sheet.addRow([...row]);
  }
  for (const sheet of workbook.worksheets.slice(0, 1)) change(sheet, workbook);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}
