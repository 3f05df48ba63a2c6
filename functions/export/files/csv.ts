/**
 * Machine CSV, version 1: UTF-8 without BOM, CRLF, RFC 4180. A cell is quoted when it holds a comma, a quote, CR or LF,
 * and only then.
 */

import { stringify } from 'csv-stringify/sync';
import type { Options } from 'csv-stringify/sync';

const options: Options = {
  record_delimiter: '\r\n',
  // Not implied once the delimiter of records is named: a lone CR or LF would go out bare.
  quote_record_delimiter: true,
};

/** Rows of strings as CSV text, each ended by CRLF. */
export function csvText(rows: readonly (readonly string[])[]): string {
  return stringify([...rows], options);
}
