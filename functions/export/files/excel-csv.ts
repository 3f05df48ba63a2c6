/**
 * `<form>.excel.csv`: the returns of a form for Excel. UTF-8 with BOM, Japanese headers that are whole and unique,
 * labels instead of codes, 1 and 0 for each option, 該当なし for what does not apply. Text that Excel would run or read
 * as another value carries a leading apostrophe (a code of a unit that begins with 0 is one); dates stay ISO, as answered,
 * to the year, the month (with an apostrophe) or the day. The workbook holds the same text as it is.
 */

import { distinct, columnHeadings } from '../../domain/headings.ts';
import { excelText, sheetCell } from '../../domain/spreadsheet.ts';
import { writeAnswers } from '../../domain/tables.ts';
import { byteOrderMark } from '../../platform/csv-text.ts';
import { clockTimeInJapan } from './conditions.ts';
import { CsvFile } from './csv.ts';
import type { ExportedReturn, ReturnContext, ReturnFiles } from './formats.ts';
import { keyColumns, keyHeading } from './key-columns.ts';
import type { KeyColumn } from './key-columns.ts';
import { keyCells } from './return-tables.ts';

const yearAndMonth = /^\d{4}-\d{2}$/;

function keyCell(raw: string, key: KeyColumn | undefined): string {
  if (key?.type === 'option') return key.options?.[raw] ?? raw;
  // A moment in time is read as one, and a version is a number.
  if (key?.type === 'datetime') return clockTimeInJapan(raw);
  return key?.type === 'string' ? excelText(raw) : raw;
}

export async function excelCsv(context: ReturnContext): Promise<ReturnFiles> {
  const { folder, form, table, round, audience } = context;
  const keys = keyColumns(table, audience);
  const names = [...keys.map(keyHeading), ...columnHeadings(form, table)];
  const ids = [...keys.map(({ name }) => name), ...table.columns.map(({ name }) => name)];
  const output = await folder.create(`${form.id}.excel.csv`);
  output.append(byteOrderMark);
  const file = new CsvFile(output, distinct(names, ids).map(excelText));

  function rowOf(returned: ExportedReturn): string[] {
    const front = keyCells(returned, context).map((raw, index) => keyCell(raw, keys[index]));
    const own = writeAnswers(table, returned.answers, [round.id, returned.unit.code], () => undefined);
    const cells = table.columns.map((column, index) => {
      const cell = sheetCell(own[index] ?? '', column);
      // Dates are ISO by their type, and no text that anybody typed; a month alone would become its first day.
      const isBare = typeof cell !== 'string' || (column.cell.type === 'date' && !yearAndMonth.test(cell));
      return isBare ? String(cell ?? '') : excelText(cell);
    });
    return [...front, ...cells];
  }

  return {
    add: (returned) => file.add(rowOf(returned)),
    drain: () => file.drain(),
    close: async () => [await file.close()],
  };
}
