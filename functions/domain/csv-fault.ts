/** Where and why a CSV could not be read, as one finds it in a spreadsheet. */

/** What csv-parse throws: its code, and how many rows it had read before, empty ones included. */
interface ThrownByParser {
  readonly code: string;
  readonly records?: unknown;
}

export interface CsvFault {
  /** The row as a spreadsheet numbers it, in which the quote began; absent where the parser does not tell. */
  readonly row?: number;
  readonly message: string;
}

const unreadable = 'CSVとして読み取れません。';
const repair = '引用符を取り除くか、元のファイルを表計算ソフトからCSVとして保存し直してください。';

const reasons: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: `この行の引用符（"）が閉じられていません。${repair}`,
  CSV_INVALID_CLOSING_QUOTE: `この行の引用符（"）の後に、余分な文字があります。${repair}`,
  INVALID_OPENING_QUOTE: `この行のセルの途中に、引用符（"）があります。${repair}`,
};

export function csvFault({ code, records }: ThrownByParser): CsvFault {
  return {
    ...(typeof records === 'number' ? { row: records + 1 } : {}),
    message: `${unreadable}${reasons[code] ?? ''}`,
  };
}
