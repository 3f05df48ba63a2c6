/** A questionnaire as an officer writes it with a spreadsheet program: sheets of rows, cells by their headings. */

import { Workbook } from '@cj-tech-master/excelts';

type Cell = string | number;
type Row = Readonly<Record<string, Cell>>;

export type QuestionnaireSheets = Readonly<Record<string, readonly Row[]>>;

/** @param change what else is done to it */
export async function questionnaireWorkbook(
  sheets: QuestionnaireSheets,
  change: (workbook: Workbook) => void = () => undefined,
): Promise<Uint8Array> {
  const workbook = new Workbook();
  for (const [name, rows] of Object.entries(sheets)) {
    const headings = [...new Set(rows.flatMap((row) => Object.keys(row)))];
    const sheet = workbook.addWorksheet(name);
    sheet.addRow(headings);
    for (const row of rows) sheet.addRow(headings.map((heading) => row[heading]));
  }
  change(workbook);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}
