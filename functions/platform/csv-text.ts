/** Rows as CSV, version 1: CRLF, RFC 4180. A cell is quoted when it holds a comma, a quote, CR or LF, and only then. */

import { stringify } from 'csv-stringify/sync';
import type { Options } from 'csv-stringify/sync';

const options: Options = {
  record_delimiter: '\r\n',
  // Not implied once the delimiter of records is named: a lone CR or LF would go out bare.
  quote_record_delimiter: true,
};

/** What Excel knows UTF-8 by. */
export const byteOrderMark = '\uFEFF';

export function csvText(rows: readonly (readonly string[])[]): string {
  return stringify([...rows], options);
}
