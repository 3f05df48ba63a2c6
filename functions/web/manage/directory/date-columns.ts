/** Columns of a spreadsheet of the directory that may be missing: 有効開始, 有効終了 and 後の団体. */

import type { Directory } from '../../../../schemas/directory.ts';
import type { Spanned } from '../../../../schemas/directory-spans.ts';
import { readDay } from '../../../domain/directory-calendar.ts';
import { printPartialDate } from '../../../../schemas/values/partial-date.ts';
import type { SheetTable } from '../../../platform/workbook/sheet-table.ts';

export const dateColumns = ['有効開始', '有効終了', '後の団体'] as const;
const [fromColumn, toColumn, afterColumn] = dateColumns;

export function isDateColumn(heading: string): boolean {
  return dateColumns.some((column) => column === heading);
}

interface Dates extends Spanned {
  readonly successors?: readonly string[] | undefined;
}

export function dateCells({ validFrom, validTo, successors = [] }: Dates): string[] {
  const print = (day: string | undefined): string => (day === undefined ? '' : printPartialDate(day));
  return [print(validFrom), print(validTo), successors.join('、')];
}

/** Reads these columns of a row. What the file has no column for stays as the directory has it. */
export class DateReader {
  readonly #headings: ReadonlySet<string>;
  readonly #before: ReadonlyMap<string, Dates>;

  constructor({ also }: Pick<SheetTable, 'also'>, current: Directory | undefined) {
    this.#headings = new Set(also);
    this.#before = new Map<string, Dates>([
      ...(current?.municipalities ?? []).map((each) => [each.code, each] as const),
      ...(current?.councils ?? []).map((each) => [each.id, each] as const),
      ...(current?.units ?? []).map((each) => [each.code, each] as const),
    ]);
  }

  /** Whether the file says who ended; where it does not, those that ended stay though it lacks them. */
  get saysEnds(): boolean {
    return this.#headings.has(toColumn);
  }

  /**
   * @param resolve from a name or a code to a code, or an id
   * @param fail is told what is wrong
   */
  read(
    code: string,
    cell: (column: string) => string,
    resolve: (text: string) => string,
    fail: (message: string) => void,
  ): Dates {
    const before = this.#before.get(code) ?? {};
    const day = (column: string, known: string | undefined): string | undefined => {
      if (!this.#headings.has(column)) return known;
      const typed = cell(column);
      const read = typed === '' ? undefined : readDay(typed);
      if (typed !== '' && read === undefined) fail(`「${column}」は年月日で入力してください（「${typed}」）。`);
      return read;
    };
    const validFrom = day(fromColumn, before.validFrom);
    const validTo = day(toColumn, before.validTo);
    const successors = this.#headings.has(afterColumn)
      ? cell(afterColumn)
          .split(/[\s、，,;；]+/u)
          .filter((each) => each !== '')
          .map(resolve)
      : (before.successors ?? []);
    return {
      ...(validFrom === undefined ? {} : { validFrom }),
      ...(validTo === undefined ? {} : { validTo }),
      ...(successors.length === 0 ? {} : { successors: [...successors] }),
    };
  }
}
