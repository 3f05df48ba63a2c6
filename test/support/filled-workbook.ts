/** A fill-in workbook as somebody fills it in with a spreadsheet program. */

import { Workbook } from '@cj-tech-master/excelts';
import type { CellValue, Worksheet } from '@cj-tech-master/excelts';

/** The cell that a name of the workbook leads to. */
function addressOf(workbook: Workbook, name: string): [sheet: Worksheet, address: string] {
  const [range = ''] = workbook.definedNames.getRanges(name).ranges;
  const [, title = '', column = '', row = ''] = /^'?(.+?)'?!\$?([A-Z]+)\$?(\d+)/u.exec(range) ?? [];
  const sheet = workbook.getWorksheet(title);
  if (sheet === undefined) throw new Error(`no cell is called ${name}`);
  return [sheet, `${column}${row}`];
}

/**
 * @param values by the names of cells
 * @param change what else is done to it
 */
export async function filledWorkbook(
  bytes: Uint8Array,
  values: Readonly<Record<string, CellValue>>,
  change: (workbook: Workbook) => void = () => undefined,
): Promise<Uint8Array> {
  const workbook = new Workbook();
  await workbook.xlsx.load(new Uint8Array(bytes));
  for (const [name, value] of Object.entries(values)) {
    const [sheet, address] = addressOf(workbook, name);
    sheet.getCell(address).value = value;
  }
  change(workbook);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}
